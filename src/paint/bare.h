/*
 * A picture's file as it may be given away: its pixels or shapes, without what cameras and
 * drawing programs write beside them (names, places, dates, comments, paths). Knows the
 * outlines of three formats; refuses to know what the pictures show.
 */
#ifndef NIANBAO_PAINT_BARE_H
#define NIANBAO_PAINT_BARE_H

#include "base/file.h"

/* JPEG: without Exif, XMP and comments, up to its end mark (ITU-T T.81, B.1). A damaged file
 * ends where the damage begins. */
struct bytes bare_jpeg(struct arena *arena, struct bytes file);
/* PNG: the chunks that make the picture and its colours (PNG, 11.3), no others. */
struct bytes bare_png(struct arena *arena, struct bytes file);
/* SVG: without comments, metadata, and elements and attributes with an editor's prefix. */
struct bytes bare_svg(struct arena *arena, struct bytes file);

#endif
