/*
 * Font files, opened once a process and checked before anything trusts them. Knows tables
 * and characters; refuses to know roles.
 */
#ifndef NIANBAO_LAYOUT_FACES_INTERNAL_H
#define NIANBAO_LAYOUT_FACES_INTERNAL_H

#include "diag/diag.h"
#include "layout/page.h"

#include <hb.h>

/* NULL with a FONT-FILE finding, said once a process and file. `name` is the face's from
 * then on. */
const struct face *face_open(
	const char *path, unsigned index, const char *name, struct diags *diags);
/* How many faces a file holds: 0 if it isn't a font. */
unsigned face_count(const char *path);
/* One of `families` (NULL-ended) is a family or full name of the face. */
bool face_is_named(const struct face *face, const char *const *families);

/* For shaping, in units of the face: scaled by units_per_em. Ends with the process. */
hb_font_t *face_font(const struct face *face);
/* 0 where the face lacks the character. */
uint32_t face_glyph(const struct face *face, uint32_t character);
int face_advance(const struct face *face, uint32_t glyph); /* millionths of an em */
/* How far left and right a glyph's ink goes from its pen, in millionths of an em. */
bool face_ink(const struct face *face, uint32_t glyph, int *left, int *right);
/* Height of the middle of a typical hanzi, in millionths of an em. */
int face_centre(const struct face *face);

#endif
