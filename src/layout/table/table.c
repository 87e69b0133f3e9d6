/*
 * A table into the flow: the size of its text, its strips, its elements. A table that fits an
 * empty page is never divided; one of the form is set smaller before it is.
 */
#include "layout/table/table_internal.h"

#include <string.h>

#define SIZE_STEP (UNITS_PER_PT / 2)
#define DIVIDED_EASE (7 * UNITS_PER_PT / 2) /* a row */
#define SMALL_PERCENT 86 /* no smaller than this only for the sake of looks */

static struct text_style scaled(const struct text_style *style, int size, int full)
{
	struct text_style copy = *style;
	copy.size = (int)((int64_t)style->size * size / full);
	copy.pitch = (int)((int64_t)style->pitch * size / full);
	return copy;
}

/* Widths first; rows only where they fit, or there is no smaller size. */
static struct table_plan *plan_at(struct flow *flow, const struct grid *grid, int size)
{
	const struct style *style = flow->style;
	struct table_plan *plan = arena_new(flow->arena, struct table_plan);
	plan->grid = grid;
	plan->text = scaled(&style->table, size, style->table.size);
	plan->head = scaled(&style->table_head, size, style->table.size);
	table_fit_columns(flow, plan);
	if (!plan->narrow || size <= style->table_minimum_size)
		table_fit_rows(flow, plan);
	return plan;
}

static int plan_height(const struct table_plan *plan)
{
	return plan->tops[plan->grid->rows];
}

/* The largest size at which no word is broken and, for a table of the form, all of it fits on
 * a page and no label ends in a lone character; the largest that fits where none is so good,
 * and the largest at all where even the smallest doesn't fit. */
static struct table_plan *plan_fit(struct flow *flow, const struct grid *grid, int room)
{
	const struct style *style = flow->style;
	struct table_plan *readable = NULL, *fitting = NULL;
	int size = style->table.size;
	for (;;) {
		struct table_plan *plan = plan_at(flow, grid, size);
		bool smallest = size <= style->table_minimum_size;
		if (!readable && (!plan->narrow || smallest))
			readable = plan;
		if (readable && !grid->official)
			return readable;
		if (!fitting && plan->tops && plan_height(plan) <= room)
			fitting = plan;
		if (fitting && !plan->rough)
			return plan;
		if (smallest || (fitting && size <= style->table.size * SMALL_PERCENT / 100))
			return fitting ? fitting : readable;
		size = MAX(size - SIZE_STEP, style->table_minimum_size);
	}
}

/* --- structure ---------------------------------------------------------------------------- */

static struct element *tag_cell(
	struct flow *flow, const struct grid_cell *cell, struct element *row)
{
	bool data = cell->role == CELL_DATA || (cell->role == CELL_CORNER && !*cell->utf8);
	struct element *element =
		flow_element(flow, data ? ELEMENT_DATA_CELL : ELEMENT_HEADER_CELL, row);
	element->row_span = cell->row_span;
	element->column_span = cell->column_span;
	element->scope_row = !data && cell->role == CELL_ROW_HEAD;
	element->scope_column = !data && cell->role != CELL_ROW_HEAD;
	return element;
}

static void tag_heads(struct flow *flow, struct table_plan *plan, size_t index)
{
	const size_t *heads = plan->grid->cells[index].heads;
	size_t count = 0;
	while (heads && heads[count] != GRID_NONE)
		count++;
	if (!count)
		return;
	const struct element **headers =
		arena_array(flow->arena, const struct element *, count + 1);
	for (size_t i = 0; i < count; i++)
		headers[i] = plan->cells[heads[i]].element;
	plan->cells[index].element->headers = headers;
}

/* The elements of a table's structure: plan->cells[].element. */
static void tag(struct flow *flow, struct table_plan *plan, struct element *table)
{
	const struct grid *grid = plan->grid;
	struct element *group = NULL;
	for (size_t row = 0; row < grid->rows; row++) {
		if (row == 0 && grid->head_rows)
			group = flow_element(flow, ELEMENT_HEAD, table);
		if (row == grid->head_rows)
			group = flow_element(flow, ELEMENT_BODY, table);
		struct element *element = flow_element(flow, ELEMENT_ROW, group);
		for (size_t i = plan->first_cells[row]; i < plan->first_cells[row + 1]; i++)
			plan->cells[i].element = tag_cell(flow, &grid->cells[i], element);
	}
	for (size_t i = 0; i < grid->cell_count; i++)
		tag_heads(flow, plan, i);
}

/* --- strips ------------------------------------------------------------------------------- */

static void add_rows(struct flow *flow, struct table_plan *plan, bool whole)
{
	const struct text_style *style = &flow->style->table;
	size_t rows = plan->grid->rows;
	int after = MAX(style->space_after, flow->style->body.pitch / 8);
	int before = style->space_before;
	if (flow->strips->len &&
		g_array_index(flow->strips, struct strip, flow->strips->len - 1).table)
		before = MAX(before, flow->style->body.pitch / 2);
	for (size_t row = 0; row < rows; row++)
		flow_strip(flow,
			(struct strip){
				.height = plan->tops[row + 1] - plan->tops[row],
				.before = row ? 0 : before,
				.after = row + 1 < rows ? 0 : after,
				.keep = row + 1 < rows &&
					(whole || table_row_keeps(flow, plan, row)),
				.table = plan,
				.row = row,
			});
}

void flow_table(struct flow *flow, const struct block *block)
{
	const struct grid *grid = block->grid;
	flow->cell_count += grid->cell_count;
	if (!grid->rows || !grid->columns || flow->cell_count > CELLS_MAX)
		return;
	struct element *table = flow_element(flow, ELEMENT_TABLE, flow->document);
	if (grid->caption)
		flow_caption(flow, grid->caption, block->at, table);
	int room = flow->page_height - flow_bound_height(flow);
	struct table_plan *plan = plan_fit(flow, grid, room);
	bool whole = plan_height(plan) <= room;
	if (!whole)
		table_split_rows(flow, plan);
	if (!whole && !grid->official)
		table_ease_rows(plan, (int)plan->grid->rows * DIVIDED_EASE);
	tag(flow, plan, table);
	add_rows(flow, plan, whole);
}
