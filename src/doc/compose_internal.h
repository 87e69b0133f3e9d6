/*
 * What the files of doc/ share: the blocks gathered so far, the cells that findings are
 * about. Knows report and edition; refuses to know paper.
 */
#ifndef NIANBAO_DOC_COMPOSE_INTERNAL_H
#define NIANBAO_DOC_COMPOSE_INTERNAL_H

#include "doc/doc.h"

struct composer {
	struct arena *arena;
	const struct report *report;
	const struct diags *findings; /* or NULL: not a draft */
	GHashTable *marks; /* a cell's path joined by "/" -> struct mark; NULL unless a draft */
	GArray *blocks; /* struct block */
	size_t pictures; /* so far */
};

/* What a draft shows at a cell. */
struct mark {
	enum severity severity;
	const char *remark; /* or NULL */
};

/* A table of the form; `figures` NULL: every cell is blank. */
const struct grid *grid_new_official(
	struct composer *composer, const struct table *table, const struct figure *figures);
/* A table from a text. */
const struct grid *grid_new_plain(struct arena *arena, const struct passage *passage);

/* The title's block: balanced over lines by the words of the edition's pattern, or the
 * author's lines. */
struct block title_compose(struct arena *arena, const struct report *report);

/* A draft's cells with findings. The table is freed with the arena. */
GHashTable *draft_marks(struct arena *arena, const struct diags *findings);
const struct mark *draft_mark_find(const struct composer *composer, struct cell cell);
/* The last page of a draft: every finding, under a heading that says what the page is. */
void draft_append(struct composer *composer);

#endif
