/* An SVG is drawn at 300 dpi; alpha is laid on white, the paper. */
#include "paint/pdf/picture.h"

#include "paint/bare.h"
#include "paint/parts.h"

#define SVG_DPI 300
#define PT_AN_INCH 72

struct picture_entry {
	const struct image *image;
	char *name;
	struct pdf_dict *dict; /* NULL: unusable */
};

struct pdf_pictures {
	struct arena *arena;
	struct pdf_objects *objects;
	GArray *entries; /* struct picture_entry */
};

static void pictures_close(void *thing)
{
	g_array_unref(((struct pdf_pictures *)thing)->entries);
}

struct pdf_pictures *pdf_pictures_open(struct arena *arena, struct pdf_objects *objects)
{
	struct pdf_pictures *pictures = arena_new(arena, struct pdf_pictures);
	pictures->arena = arena;
	pictures->objects = objects;
	pictures->entries = g_array_new(FALSE, FALSE, sizeof(struct picture_entry));
	arena_own(arena, pictures, pictures_close);
	return pictures;
}

/* The components of a JPEG of 8 bits, from its frame header (ITU-T T.81, B.2.2); 0 if it is
 * of a kind that PDF doesn't take. */
static int jpeg_components(struct bytes file)
{
	const unsigned char *bytes = (const unsigned char *)file.start;
	for (size_t at = 2; at + 9 < file.length && bytes[at] == 0xFF;) {
		unsigned marker = bytes[at + 1];
		if (marker == 0xFF) {
			at++;
			continue;
		}
		if (marker >= 0xC0 && marker <= 0xC2)
			return bytes[at + 4] == 8 ? bytes[at + 9] : 0;
		at += 2 + ((size_t)bytes[at + 2] << 8 | bytes[at + 3]);
	}
	return 0;
}

static struct bytes pixels_on_white(struct arena *arena, const struct raster *raster)
{
	size_t count = (size_t)raster->width * (size_t)raster->height;
	unsigned char *rgb = arena_alloc_many(arena, count, 3);
	const uint32_t *argb = (const uint32_t *)(const void *)raster->pixels;
	for (size_t i = 0; i < count; i++) {
		uint32_t white = 255 - (argb[i] >> 24);
		for (int part = 0; part < 3; part++)
			rgb[i * 3 + (size_t)part] =
				(unsigned char)((argb[i] >> (16 - 8 * part) & 0xFF) + white);
	}
	return (struct bytes){(char *)rgb, count * 3};
}

static struct pdf_dict *image_dict(
	struct pdf_dict *stream, int width, int height, const char *space)
{
	pdf_put_name(stream, "Type", "XObject");
	pdf_put_name(stream, "Subtype", "Image");
	pdf_put_number(stream, "Width", width);
	pdf_put_number(stream, "Height", height);
	pdf_put_name(stream, "ColorSpace", space);
	pdf_put_number(stream, "BitsPerComponent", 8);
	return stream;
}

/* `width` on the page, in units. */
static struct pdf_dict *picture_dict(
	struct pdf_pictures *pictures, const struct image *image, int width)
{
	int components = image->kind == IMAGE_JPEG ? jpeg_components(image->file) : 0;
	if (components == 1 || components == 3) {
		struct pdf_dict *stream =
			pdf_stream_new(pictures->objects, bare_jpeg(pictures->arena, image->file));
		pdf_put_name(stream, "Filter", "DCTDecode");
		return image_dict(stream, image->pixel_width, image->pixel_height,
			components == 1 ? "DeviceGray" : "DeviceRGB");
	}
	struct raster raster;
	const struct preview_part *part = part_preview(pictures->arena, NULL);
	int pixels_wide = (int)((int64_t)width * SVG_DPI / (PT_AN_INCH * UNITS_PER_PT));
	if (!part || !part->raster(pictures->arena, image, MAX(pixels_wide, 1), &raster))
		return NULL;
	struct bytes pixels = pixels_on_white(pictures->arena, &raster);
	return image_dict(pdf_stream_pack_well(pictures->objects, pixels), raster.width,
		raster.height, "DeviceRGB");
}

const char *pdf_picture_name(struct pdf_pictures *pictures, const struct image *image, int width)
{
	for (guint i = 0; i < pictures->entries->len; i++) {
		const struct picture_entry *entry =
			&g_array_index(pictures->entries, struct picture_entry, i);
		if (entry->image == image)
			return entry->dict ? entry->name : NULL;
	}
	struct picture_entry entry = {image,
		arena_print(pictures->arena, "I%u", pictures->entries->len + 1),
		picture_dict(pictures, image, width)};
	g_array_append_val(pictures->entries, entry);
	return entry.dict ? entry.name : NULL;
}

const struct image *pdf_pictures_undrawn(const struct pdf_pictures *pictures)
{
	for (guint i = 0; i < pictures->entries->len; i++) {
		const struct picture_entry *entry =
			&g_array_index(pictures->entries, struct picture_entry, i);
		if (!entry->dict)
			return entry->image;
	}
	return NULL;
}

struct pdf_dict *pdf_pictures_resources(struct pdf_pictures *pictures)
{
	struct pdf_dict *resources = NULL;
	for (guint i = 0; i < pictures->entries->len; i++) {
		const struct picture_entry *entry =
			&g_array_index(pictures->entries, struct picture_entry, i);
		if (!entry->dict)
			continue;
		if (!resources)
			resources = pdf_dict_new(pictures->objects);
		pdf_put_dict(resources, entry->name, entry->dict);
	}
	return resources;
}
