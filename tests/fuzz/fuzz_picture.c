/*
 * libFuzzer: any bytes as the file of a picture: its head looked at, its pixels decoded, and
 * the file put on a page of a PDF. Sizes that it claims cost nothing until it keeps them.
 */
#include "must.h"
#include "paint/bare.h"
#include "paint/parts.h"
#include "paint/pdf/pdf_internal.h"
#include "report/bind_internal.h"

#include <glib/gstdio.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *folder, *path;

static void end_folder(void)
{
	g_remove(path);
	g_rmdir(folder);
}

static void begin(void)
{
	folder = g_strdup("/dev/shm/nianbao-fuzz-XXXXXX");
	must(g_mkdtemp(folder) != NULL);
	path = g_build_filename(folder, "picture", NULL);
	atexit(end_folder);
}

static void paint(struct arena *arena, const struct image *image, enum pdf_profile profile)
{
	struct element *document = arena_new(arena, struct element);
	struct item item = {.kind = ITEM_IMAGE, .width = 1024, .height = 1024};
	struct page page = {609609, 862095, "1", g_array_new(FALSE, FALSE, sizeof item)};
	item.as.image = image;
	g_array_append_val(page.items, item);
	struct pages *pages = arena_new(arena, struct pages); /* the arena's end looks at it */
	*pages = (struct pages){&page, 1, document, 1, NULL, 0, "题", NULL, "zh-CN", NULL, 2021};
	struct pdf_job job = {.arena = arena, .pages = pages, .profile = profile};
	struct bytes file;
	struct pdf_failure failure;
	pdf_make(&job, &file, &failure);
	g_array_unref(page.items);
}

typedef struct bytes bare_fn(struct arena *arena, struct bytes file);

/* What has nothing beside the picture any more is left as it is. */
static void stays_bare(struct arena *arena, bare_fn *bare, struct bytes file)
{
	struct bytes once = bare(arena, file), twice = bare(arena, once);
	must(once.length <= file.length + 2);
	must(once.length == twice.length && memcmp(once.start, twice.start, once.length) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned kinds[] = {
		[PICTURE_PNG] = IMAGE_PNG, [PICTURE_JPEG] = IMAGE_JPEG, [PICTURE_SVG] = IMAGE_SVG};
	if (!folder)
		begin();
	struct arena *arena = arena_open();
	struct picture picture = {.file = "picture"};
	struct picture_problem problem;
	char *report_path = arena_print(arena, "%s/report.yaml", folder);
	/* GLib's quick way to write a file leaves a longer one's tail */
	FILE *file = g_fopen(path, "w");
	must(file != NULL && fwrite(data, 1, size, file) == size);
	must(fclose(file) == 0);
	/* what claims to be large is refused by its painters, not here: that takes memory only */
	if (picture_look(arena, report_path, &picture, &problem) &&
		(int64_t)picture.pixel_width * picture.pixel_height < 4 << 20) {
		struct image image = {.pixel_width = picture.pixel_width,
			.pixel_height = picture.pixel_height,
			.path = path};
		image.kind = kinds[picture.kind];
		image.file = (struct bytes){arena_copy_n(arena, (const char *)data, size), size};
		if (image.kind == IMAGE_JPEG)
			stays_bare(arena, bare_jpeg, image.file);
		if (image.kind == IMAGE_PNG)
			stays_bare(arena, bare_png, image.file);
		if (image.kind == IMAGE_SVG)
			must(bare_svg(arena, image.file).length <= image.file.length);
		struct raster raster;
		if (preview_part.raster(arena, &image, 16, &raster))
			must(raster.width > 0 && raster.height > 0 &&
				raster.stride >= raster.width * 4);
		paint(arena, &image, size % 2 ? PROFILE_A1B : PROFILE_A3A);
	}
	arena_close(arena);
	return 0;
}
