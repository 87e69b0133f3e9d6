/*
 * An SVG judged before anybody draws it: whether it is whole, needs nothing but itself, and
 * can be drawn in bounded time. Knows XML and what refers to what; refuses to know how a
 * drawing looks.
 */
#ifndef NIANBAO_BASE_DRAWING_H
#define NIANBAO_BASE_DRAWING_H

#include "base/file.h"

enum drawing_state {
	DRAWING_SOUND,
	DRAWING_BROKEN, /* no XML, cut off, or no svg element */
	DRAWING_REFERS, /* to another file or an address, or holds another picture */
	DRAWING_ACTIVE, /* scripts, foreign content, entities, filters */
	DRAWING_COMPLEX /* too many elements, too deep, or elements that repeat each other */
};

#define DRAWING_BYTES_MAX ((size_t)4 * 1024 * 1024)

/* `*what` is the element or attribute at fault, or ""; it lives in the arena. */
enum drawing_state drawing_judge(struct arena *arena, struct bytes svg, const char **what);

#endif
