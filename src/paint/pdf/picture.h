/*
 * Pictures as image XObjects (ISO 32000-1, 8.9): a JPEG's bytes as they are where PDF can
 * take them, everything else as RGB on white. Knows pixels; refuses to know places.
 */
#ifndef NIANBAO_PAINT_PDF_PICTURE_H
#define NIANBAO_PAINT_PDF_PICTURE_H

#include "layout/page.h"
#include "paint/pdf/object.h"

struct pdf_pictures;

struct pdf_pictures *pdf_pictures_open(struct arena *arena, struct pdf_objects *objects);
/* The picture's name in content streams; one that is used twice is written once, as fine as
 * `width`, on the page of the first, in units, needs it. NULL if it can't be drawn. */
const char *pdf_picture_name(struct pdf_pictures *pictures, const struct image *image, int width);
/* One that had no name to give; NULL if all had. */
const struct image *pdf_pictures_undrawn(const struct pdf_pictures *pictures);
/* For /XObject of the pages' resources; NULL if there are none. */
struct pdf_dict *pdf_pictures_resources(struct pdf_pictures *pictures);

#endif
