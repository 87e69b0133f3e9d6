/*
 * What the files of table/ share: a table at one size of text, with its widths, heights and
 * the places where it may be divided. Knows grids; refuses to know what page it comes to.
 */
#ifndef NIANBAO_LAYOUT_TABLE_TABLE_INTERNAL_H
#define NIANBAO_LAYOUT_TABLE_TABLE_INTERNAL_H

#include "layout/flow_internal.h"

#define TABLE_REMARK_PERCENT 75 /* size of a draft's remark, of the text's */

struct cell_plan {
	struct lines lines;
	const struct text_style *style;
	int height; /* of its lines */
	struct element *element;
};

/* A table at one size of text. */
struct table_plan {
	const struct grid *grid;
	struct text_style text, head;
	int *edges; /* columns + 1: x of each column's left edge and of the last one's right */
	bool *long_columns; /* of a plain table: has texts of several lines, set from the left */
	bool narrow; /* some text is wider than its column at this size */
	bool rough; /* some label's last line is a lone character */
	struct cell_plan *cells; /* one a cell of the grid */
	int *tops; /* rows + 1: y of each row's top */
	size_t *first_cells; /* rows + 1: index of each row's first cell */
	size_t *spanning; /* cells over several rows, fewest rows first */
	size_t spanning_count;
};

/* Widths within `flow->measure`: plan->edges. */
void table_fit_columns(struct flow *flow, struct table_plan *plan);
/* Composes the cells and computes the rows' heights: plan->cells, plan->tops. */
void table_fit_rows(struct flow *flow, struct table_plan *plan);
/* Divides rows that are higher than a page: plan->grid is another one then. */
void table_split_rows(struct flow *flow, struct table_plan *plan);
/* How much higher the style likes the table to be, if there is room. */
int table_ease_wanted(const struct flow *flow, const struct table_plan *plan);
/* Adds `extra` to the height of the table, evenly over its rows. */
void table_ease_rows(struct table_plan *plan, int extra);
/* Row `row` and the next one stay together. */
bool table_row_keeps(const struct flow *flow, const struct table_plan *plan, size_t row);

/* What a cell's frame takes from its width. */
int table_frame(const struct flow *flow);
/* A cell's text; neither its measure nor its units are set. `styled` is the request's style. */
struct line_request table_cell_request(const struct flow *flow, const struct table_plan *plan,
	const struct grid_cell *cell, struct styled *styled);
/* The lines and widths of such a request, from what is known where it is; its units are set. */
struct lines table_cell_lines(struct flow *flow, struct line_request *request);
struct widths table_cell_widths(const struct flow *flow, struct line_request *request);
/* What mustn't be broken in a label that is set in narrow lines, NULL-ended; or NULL. */
const char *const *table_label_units(struct arena *arena, const char *text);
/* Height of the head that is repeated where the table goes on on another page. */
int table_head_height(const struct table_plan *plan);

/* Rows [from, to) of a table at (x, y) of a page, with the head and the labels of rows that
 * began earlier repeated. */
struct table_part {
	struct table_plan *plan;
	size_t from, to;
	int x, y;
	size_t page;
};
void table_paint(struct flow *flow, const struct table_part *part, struct page *page);

#endif
