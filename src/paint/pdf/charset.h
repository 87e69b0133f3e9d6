/*
 * The CIDs of a CFF font's glyphs (Adobe TN 5176, 13): in a CID-keyed font a PDF addresses
 * glyphs by them, and they needn't be the glyph numbers. Knows that one table of CFF.
 */
#ifndef NIANBAO_PAINT_PDF_CHARSET_H
#define NIANBAO_PAINT_PDF_CHARSET_H

#include "base/file.h"

#include <stdbool.h>
#include <stdint.h>

/* Fills cids[0 … count). false if the font isn't CID-keyed (glyph numbers serve then) or
 * can't be read. */
bool charset_read(struct bytes cff, uint16_t *cids, size_t count);

#endif
