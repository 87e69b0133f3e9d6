/*
 * Streams made smaller (RFC 1950): quickly, for what hardly shrinks or is short, or well, for
 * pictures. The same content gives the same bytes. Refuses to know what it packs.
 */
#ifndef NIANBAO_PAINT_PDF_DEFLATE_H
#define NIANBAO_PAINT_PDF_DEFLATE_H

#include "base/file.h"

struct deflater;

/* Ends with the arena, where what is packed is kept. */
struct deflater *deflater_open(struct arena *arena);
struct bytes deflate_quickly(struct deflater *deflater, struct bytes content);
struct bytes deflate_well(struct deflater *deflater, struct bytes content);

#endif
