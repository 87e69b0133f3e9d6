/*
 * An equation as written in a template, before it meets a table's cells. Knows signs and
 * names; refuses to know which labels there are.
 */
#ifndef NIANBAO_EDITION_EQUATION_INTERNAL_H
#define NIANBAO_EDITION_EQUATION_INTERNAL_H

#include "edition/template_internal.h"

#include <stdint.h>

struct written_term {
	int64_t coefficient; /* millionths, with its sign */
	const char **names; /* a path, NULL-ended */
	size_t count;
	bool sum; /* sum(path): the leaves under it but for totals */
	bool leaves; /* sum(leaves): of the whole scope */
	size_t offset, length; /* in the text */
};

struct written_side {
	struct written_term *terms;
	size_t count;
};

struct written_equation {
	struct written_side left, right;
	enum sense sense;
};

#define EQUATION_SOUND SIZE_MAX

/* EQUATION_SOUND, or the byte of `text` where it stops making sense. */
size_t equation_parse(struct arena *arena, const char *text, struct written_equation *equation);

#endif
