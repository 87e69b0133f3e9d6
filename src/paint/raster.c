/* PNG by Cairo (libpng), JPEG by libjpeg, SVG by librsvg. */
#include "paint/raster.h"

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

/* libjpeg wants <stdio.h> before it. */
#include <jpeglib.h>

#include <jerror.h>

static bool raster_size(struct arena *arena, int width, int height, struct raster *raster)
{
	if (width <= 0 || height <= 0 || (int64_t)width * height > RASTER_PIXELS_MAX)
		return false;
	raster->width = width;
	raster->height = height;
	raster->stride = width * 4;
	raster->pixels = arena_alloc_many(arena, (size_t)height, (size_t)raster->stride);
	return true;
}

struct cursor {
	struct bytes left;
};

static cairo_status_t read_some(void *closure, unsigned char *into, unsigned length)
{
	struct cursor *cursor = closure;
	if (length > cursor->left.length)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(into, cursor->left.start, length);
	cursor->left.start += length;
	cursor->left.length -= length;
	return CAIRO_STATUS_SUCCESS;
}

/* Whatever the surface's format, it is painted over into ARGB32. */
static bool copy_surface(struct arena *arena, cairo_surface_t *surface, struct raster *raster)
{
	int width = cairo_image_surface_get_width(surface);
	int height = cairo_image_surface_get_height(surface);
	if (cairo_surface_status(surface) || !raster_size(arena, width, height, raster))
		return false;
	cairo_surface_t *target = cairo_image_surface_create_for_data(
		raster->pixels, CAIRO_FORMAT_ARGB32, width, height, raster->stride);
	cairo_t *cairo = cairo_create(target);
	cairo_set_source_surface(cairo, surface, 0, 0);
	cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
	cairo_paint(cairo);
	bool ok = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cairo);
	cairo_surface_destroy(target);
	return ok;
}

static bool read_png(struct arena *arena, const struct image *image, struct raster *raster)
{
	struct cursor cursor = {image->file};
	if ((int64_t)image->pixel_width * image->pixel_height > RASTER_PIXELS_MAX)
		return false;
	cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(read_some, &cursor);
	bool ok = copy_surface(arena, surface, raster);
	cairo_surface_destroy(surface);
	return ok;
}

struct jpeg_trouble {
	struct jpeg_error_mgr base; /* first, so that libjpeg's pointer is ours */
	jmp_buf back;
};

static void jpeg_give_up(j_common_ptr jpeg)
{
	longjmp(((struct jpeg_trouble *)jpeg->err)->back, 1);
}

/* A file that ends too early is damaged; other warnings are of no weight. */
static void jpeg_warn(j_common_ptr jpeg, int level)
{
	if (level < 0 && jpeg->err->msg_code == JWRN_JPEG_EOF)
		jpeg_give_up(jpeg);
}

#define SCANS_MAX 100 /* a progressive JPEG has about ten */

/* A file of thousands of scans would be drawn as often. */
static void jpeg_count_scans(j_common_ptr jpeg)
{
	if (jpeg->is_decompressor && ((j_decompress_ptr)jpeg)->input_scan_number > SCANS_MAX)
		jpeg_give_up(jpeg);
}

static void jpeg_stay_silent(j_common_ptr jpeg)
{
	(void)jpeg;
}

/* Adobe's CMYK is stored inverted: 255 is no ink. */
static void store_row(uint32_t *pixels, const JSAMPLE *row, int width, int components)
{
	for (int i = 0; i < width; i++) {
		const JSAMPLE *sample = row + (size_t)i * (size_t)components;
		uint32_t black = components == 4 ? sample[3] : 255;
		uint32_t red = sample[0] * black / 255, green = sample[1] * black / 255;
		uint32_t blue = sample[2] * black / 255;
		pixels[i] = 0xFF000000U | red << 16 | green << 8 | blue;
	}
}

/* No variable that changes after setjmp is read after longjmp but through `jpeg`. */
static bool decode_jpeg(struct arena *arena, struct jpeg_decompress_struct *jpeg,
	struct jpeg_trouble *trouble, struct raster *raster)
{
	if (setjmp(trouble->back))
		return false;
	jpeg_read_header(jpeg, TRUE);
	bool inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
	jpeg->out_color_space = inks ? JCS_CMYK : JCS_RGB;
	if (!raster_size(arena, (int)jpeg->image_width, (int)jpeg->image_height, raster))
		return false;
	jpeg_start_decompress(jpeg);
	size_t row_bytes = (size_t)jpeg->output_width * (size_t)jpeg->output_components;
	JSAMPLE *row = arena_alloc(arena, row_bytes);
	while (jpeg->output_scanline < jpeg->output_height) {
		size_t line = jpeg->output_scanline;
		jpeg_read_scanlines(jpeg, &row, 1);
		store_row((uint32_t *)(void *)(raster->pixels + line * (size_t)raster->stride), row,
			raster->width, jpeg->output_components);
	}
	return true;
}

static bool read_jpeg(struct arena *arena, const struct image *image, struct raster *raster)
{
	struct jpeg_decompress_struct jpeg = {0};
	struct jpeg_trouble trouble = {0};
	jpeg.err = jpeg_std_error(&trouble.base);
	trouble.base.error_exit = jpeg_give_up;
	trouble.base.output_message = jpeg_stay_silent;
	trouble.base.emit_message = jpeg_warn;
	struct jpeg_progress_mgr progress = {.progress_monitor = jpeg_count_scans};
	jpeg_create_decompress(&jpeg);
	jpeg.progress = &progress;
	jpeg_mem_src(&jpeg, (const unsigned char *)image->file.start, image->file.length);
	bool ok = decode_jpeg(arena, &jpeg, &trouble, raster);
	jpeg_destroy_decompress(&jpeg);
	return ok;
}

/* The file's bytes alone: without a base file, librsvg loads nothing that an SVG refers to. */
static bool read_svg(
	struct arena *arena, const struct image *image, int width, struct raster *raster)
{
	int64_t high = image->pixel_width > 0
		? (int64_t)width * image->pixel_height / image->pixel_width
		: width;
	RsvgHandle *svg = rsvg_handle_new_from_data(
		(const guint8 *)image->file.start, image->file.length, NULL);
	if (!svg || high > G_MAXINT16 || !raster_size(arena, width, (int)MAX(high, 1), raster)) {
		if (svg)
			g_object_unref(svg);
		return false;
	}
	cairo_surface_t *surface = cairo_image_surface_create_for_data(
		raster->pixels, CAIRO_FORMAT_ARGB32, raster->width, raster->height, raster->stride);
	cairo_t *cairo = cairo_create(surface);
	RsvgRectangle box = {0, 0, raster->width, raster->height};
	bool ok = rsvg_handle_render_document(svg, cairo, &box, NULL);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	g_object_unref(svg);
	return ok;
}

bool raster_read(struct arena *arena, const struct image *image, int width, struct raster *raster)
{
	switch (image->kind) {
	case IMAGE_PNG:
		return read_png(arena, image, raster);
	case IMAGE_JPEG:
		return read_jpeg(arena, image, raster);
	case IMAGE_SVG:
		return read_svg(arena, image, width, raster);
	}
	return false;
}
