/*
 * By libpng rather than by Cairo, which writes three bytes a pixel and tries every filter: a
 * page of text is grey, and without filters it is packed in a third of the time.
 */
#include "paint/png.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

#define LEVEL 6
#define INCHES_A_METRE 39.3700787

static void append(png_structp png, png_bytep bytes, size_t length)
{
	g_string_append_len(png_get_io_ptr(png), (const char *)bytes, (gssize)length);
}

static void stay_silent(png_structp png, png_const_charp words)
{
	(void)png, (void)words;
}

static const uint32_t *row_at(const struct raster *raster, int row)
{
	size_t start = (size_t)row * (size_t)raster->stride;
	return (const uint32_t *)(const void *)(raster->pixels + start);
}

static bool is_grey(const struct raster *raster)
{
	for (int y = 0; y < raster->height; y++) {
		const uint32_t *row = row_at(raster, y);
		for (int x = 0; x < raster->width; x++)
			if ((row[x] >> 16 & 0xFF) != (row[x] & 0xFF) ||
				(row[x] >> 8 & 0xFF) != (row[x] & 0xFF))
				return false;
	}
	return true;
}

static void fill_row(const struct raster *raster, int y, bool grey, png_bytep bytes)
{
	const uint32_t *row = row_at(raster, y);
	for (int x = 0; x < raster->width; x++) {
		if (!grey) {
			*bytes++ = (png_byte)(row[x] >> 16);
			*bytes++ = (png_byte)(row[x] >> 8);
		}
		*bytes++ = (png_byte)row[x];
	}
}

/* Nothing that changes after setjmp is used after longjmp. */
static bool write_all(png_structp png, png_infop info, const struct raster *raster, int dpi)
{
	if (setjmp(png_jmpbuf(png)))
		return false;
	bool grey = is_grey(raster);
	png_uint_32 density = (png_uint_32)(dpi * INCHES_A_METRE + 0.5);
	png_set_compression_level(png, LEVEL);
	png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
	png_set_IHDR(png, info, (png_uint_32)raster->width, (png_uint_32)raster->height, 8,
		grey ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
		PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_pHYs(png, info, density, density, PNG_RESOLUTION_METER);
	png_write_info(png, info);
	png_bytep row = png_malloc(png, (size_t)raster->width * 3);
	for (int y = 0; y < raster->height; y++) {
		fill_row(raster, y, grey, row);
		png_write_row(png, row);
	}
	png_free(png, row);
	png_write_end(png, info);
	return true;
}

bool png_encode(const struct raster *raster, int dpi, GString *out)
{
	png_structp png =
		png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, stay_silent, stay_silent);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	bool written = false;
	if (info) {
		png_set_write_fn(png, out, append, NULL);
		written = write_all(png, info, raster, dpi);
	}
	png_destroy_write_struct(&png, &info);
	return written;
}
