/*
 * Pixels to a PNG file: grey where no pixel has a colour, and how large it is meant to be.
 * Knows that one format.
 */
#ifndef NIANBAO_PAINT_PNG_H
#define NIANBAO_PAINT_PNG_H

#include "paint/raster.h"

/* Appends the file to `out`; alpha is ignored. false if libpng gave up. */
bool png_encode(const struct raster *raster, int dpi, GString *out);

#endif
