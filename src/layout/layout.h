/*
 * Blocks onto pages: lines on the grid, tables by their columns and rows, page breaks,
 * running page numbers. The one entry to this folder. Knows paper and fonts, not PDF.
 */
#ifndef NIANBAO_LAYOUT_LAYOUT_H
#define NIANBAO_LAYOUT_LAYOUT_H

#include "doc/doc.h"
#include "layout/fonts.h"
#include "layout/page.h"
#include "layout/style.h"

struct layout_job {
	const struct doc *doc;
	const struct style *style;
	const struct fonts *fonts;
	const char *folder; /* of the report file: pictures are found below it */
	struct known_cells *known; /* of the same style and fonts; or NULL */
};

/* What a process remembers of cells that it set, so that the next report's are set quicker.
 * Bounded; ends with the arena. */
struct known_cells *known_cells_open(struct arena *arena);

/* NULL only where no page can be made; a character that no face of a role has is FONT-CHAR
 * at its place, and a marked box with its code point on the page. */
struct pages *layout_pages(struct arena *arena, const struct layout_job *job, struct diags *diags);

#endif
