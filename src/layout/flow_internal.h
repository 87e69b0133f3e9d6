/*
 * The flow between blocks and pages: strips that aren't divided, one under the other, with
 * what binds them. Knows heights and elements; refuses to know what a block says.
 */
#ifndef NIANBAO_LAYOUT_FLOW_INTERNAL_H
#define NIANBAO_LAYOUT_FLOW_INTERNAL_H

#include "layout/layout.h"
#include "layout/lines_internal.h"

struct table_plan;

/* A line of text, a row of a table, a picture. */
struct strip {
	int before; /* space above; none at the head of a page */
	int height;
	int after;
	bool on_grid; /* its top stands on a line of the page's grid */
	bool keep; /* not parted from the next strip */
	bool new_page; /* begins a page */
	GArray *items; /* struct item, from the strip's left top, until painted; NULL of a row */
	struct table_plan *table; /* or NULL */
	size_t row;
};

struct flow {
	struct arena *arena;
	const struct layout_job *job;
	struct known_cells *known;
	const struct style *style;
	struct diags *diags;
	int measure; /* width of the type area */
	int page_height; /* of the type area: lines of the grid */
	GArray *strips; /* struct strip */
	struct element *document;
	unsigned element_count;
	int heading_levels[5]; /* by level of a block: the level it was tagged with; 0: none open */
	bool appendix; /* what follows isn't part of the report */
	size_t cell_count; /* of all tables so far */
	size_t item_count; /* of all strips so far */
};

/* No report comes near these: 2,000 pages of 22 lines, a table of 5,000 rows and 20 columns. */
#define STRIPS_MAX 44000
#define ITEMS_MAX 1500000
#define CELLS_MAX 100000

/* Beyond any of them. */
bool flow_is_full(const struct flow *flow);

#define PAGE_NONE SIZE_MAX

/* Forgets all where there is no room for more; nothing that was set from it may be alive. */
void known_cells_trim(struct known_cells *cells);

/* The next element in reading order, the last child of `parent`. */
struct element *flow_element(struct flow *flow, enum element_kind kind, struct element *parent);
struct strip *flow_strip(struct flow *flow, struct strip strip);
/* Adds a strip with these items, which are its own from then on. */
void flow_items(struct flow *flow, struct strip strip, GArray *items);
/* What the strips at the end take up that are bound to the next one: a heading's lines. */
int flow_bound_height(const struct flow *flow);
/* From a strip's top to the baseline of a line of `style`: the em box, which has 88 % above
 * the baseline in Chinese faces, in the middle of the pitch. */
int flow_baseline(const struct text_style *style);

/* A text in one style, over the measure. */
struct line_request flow_request(
	const struct flow *flow, const char *utf8, const struct styled *styled, enum line_fit fit);
/* Its lines: on the grid, the first is indented. */
struct lines flow_compose(struct flow *flow, const char *utf8, const struct text_style *style,
	enum line_fit fit, struct span at);

/* Adds the strips of a block; `next` is the one that follows, or NULL. */
void flow_title(struct flow *flow, const struct block *block);
void flow_section(struct flow *flow, const struct block *block);
void flow_paragraph(struct flow *flow, const struct block *block);
void flow_ending(struct flow *flow, const struct block *signature, const struct block *date);
void flow_table(struct flow *flow, const struct block *block);
void flow_picture(struct flow *flow, const struct block *block);
void flow_caption(struct flow *flow, const char *utf8, struct span at, struct element *parent);

/* The strips on pages. */
GArray *flow_paginate(struct flow *flow); /* struct page */
/* Page number and watermark of the page with this index. */
void running_add(struct flow *flow, struct page *page, size_t index);

/* A line at (x, y) as the content of an element; to be freed. */
GArray *items_of_line(struct element *element, const struct line *line, int x, int y);
/* Items of runs at (x, y). */
void items_add_runs(GArray *items, const struct line *line, int x, int y);
void items_mark(GArray *items, enum item_kind kind, struct element *element);

#endif
