/*
 * Pictures as pixels: PNG, JPEG and SVG decoded for the painters that can't take a file's
 * own bytes. Knows picture formats; refuses to know pages.
 */
#ifndef NIANBAO_PAINT_RASTER_H
#define NIANBAO_PAINT_RASTER_H

#include "layout/page.h"

/* Cairo's ARGB32: alpha in the top byte of a native word, colours multiplied by it. */
struct raster {
	int width, height, stride; /* stride in bytes */
	unsigned char *pixels;
};

/* An SVG is drawn `width` pixels wide; others have their own size. false if the file can't be
 * decoded or has more than RASTER_PIXELS_MAX pixels. */
bool raster_read(struct arena *arena, const struct image *image, int width, struct raster *raster);

#define RASTER_PIXELS_MAX (64 * 1024 * 1024)

#endif
