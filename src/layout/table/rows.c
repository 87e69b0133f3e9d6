/*
 * Heights of rows, from the texts in their cells, and where a table may be divided: between
 * rows, and only where a label over several rows has room on both pages.
 */
#include "layout/table/table_internal.h"

#include <stdlib.h>

#define ROW_PADDING (1 * UNITS_PER_PT) /* above and below a text, at least */
#define EASY_PERCENT 170 /* of the text's pitch: as high as a row of one line is made */

static int by_span(const void *one, const void *other)
{
	const struct grid_cell *const *a = one, *const *b = other;
	if ((*a)->row_span != (*b)->row_span)
		return (*a)->row_span < (*b)->row_span ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

/* Where each row's cells begin, and the cells over several rows. */
static void index_cells(struct flow *flow, struct table_plan *plan)
{
	const struct grid *grid = plan->grid;
	GPtrArray *spanning = g_ptr_array_new();
	plan->first_cells = arena_array(flow->arena, size_t, grid->rows + 1);
	size_t row = 0;
	for (size_t i = 0; i < grid->cell_count; i++) {
		while (row <= grid->cells[i].row)
			plan->first_cells[row++] = i;
		if (grid->cells[i].row_span > 1)
			g_ptr_array_add(spanning, &grid->cells[i]);
	}
	while (row <= grid->rows)
		plan->first_cells[row++] = grid->cell_count;
	if (spanning->len)
		qsort(spanning->pdata, spanning->len, sizeof(gpointer), by_span);
	plan->spanning_count = spanning->len;
	plan->spanning = arena_array(flow->arena, size_t, spanning->len + 1);
	for (guint i = 0; i < spanning->len; i++)
		plan->spanning[i] =
			(size_t)((const struct grid_cell *)spanning->pdata[i] - grid->cells);
	g_ptr_array_free(spanning, TRUE);
}

static void compose_cell(struct flow *flow, struct table_plan *plan, size_t index)
{
	const struct grid_cell *cell = &plan->grid->cells[index];
	struct cell_plan *planned = &plan->cells[index];
	if (!*cell->utf8)
		return;
	struct styled styled;
	struct line_request request = table_cell_request(flow, plan, cell, &styled);
	request.measure = plan->edges[cell->column + cell->column_span] -
		plan->edges[cell->column] - table_frame(flow);
	planned->style = styled.style;
	planned->lines = table_cell_lines(flow, &request);
	planned->height = (int)planned->lines.count * styled.style->pitch;
	size_t last = planned->lines.count;
	plan->rough |= cell->align == ALIGN_START && last > 1 &&
		planned->lines.at[last - 1].width < 2 * styled.style->size;
}

static int cell_height(const struct flow *flow, const struct table_plan *plan, size_t index)
{
	/* A draft's remark has its place under the text, and as much above. */
	int remark = plan->grid->cells[index].remark
		? 2 * plan->text.size * TABLE_REMARK_PERCENT / 100
		: 0;
	return plan->cells[index].height + remark + 2 * ROW_PADDING + flow->style->rule_width;
}

/* What a label over several rows lacks is spread over them evenly. */
static void heighten(struct flow *flow, struct table_plan *plan, int *heights, size_t index)
{
	const struct grid_cell *cell = &plan->grid->cells[index];
	int lacks = cell_height(flow, plan, index);
	int rows = (int)cell->row_span;
	for (size_t row = cell->row; row < cell->row + cell->row_span; row++)
		lacks -= heights[row];
	for (size_t row = cell->row; lacks > 0 && rows > 0; row++, rows--) {
		int part = (lacks + rows - 1) / rows;
		heights[row] += part;
		lacks -= part;
	}
}

static void tops_set(struct table_plan *plan, const int *heights)
{
	plan->tops[0] = 0;
	for (size_t row = 0; row < plan->grid->rows; row++)
		plan->tops[row + 1] = plan->tops[row] + heights[row];
}

void table_fit_rows(struct flow *flow, struct table_plan *plan)
{
	const struct grid *grid = plan->grid;
	int *heights = arena_array(flow->arena, int, grid->rows + 1);
	int least = plan->text.pitch + 2 * ROW_PADDING + flow->style->rule_width;
	for (size_t row = 0; row < grid->rows; row++)
		heights[row] = least;
	plan->cells = arena_array(flow->arena, struct cell_plan, grid->cell_count + 1);
	plan->tops = arena_array(flow->arena, int, grid->rows + 1);
	index_cells(flow, plan);
	for (size_t i = 0; i < grid->cell_count; i++) {
		compose_cell(flow, plan, i);
		if (grid->cells[i].row_span == 1)
			heights[grid->cells[i].row] =
				MAX(heights[grid->cells[i].row], cell_height(flow, plan, i));
	}
	for (size_t i = 0; i < plan->spanning_count; i++)
		heighten(flow, plan, heights, plan->spanning[i]);
	tops_set(plan, heights);
}

int table_ease_wanted(const struct flow *flow, const struct table_plan *plan)
{
	int least = plan->text.pitch + 2 * ROW_PADDING + flow->style->rule_width;
	int wanted = plan->text.pitch * EASY_PERCENT / 100 - least;
	return MAX(wanted, 0) * (int)plan->grid->rows;
}

void table_ease_rows(struct table_plan *plan, int extra)
{
	size_t rows = plan->grid->rows;
	for (size_t row = 0; row <= rows; row++)
		plan->tops[row] += (int)((int64_t)extra * (int64_t)row / (int64_t)rows);
}

/* A label that goes on below row `row` has room above and below. */
static bool label_divides(
	const struct flow *flow, const struct table_plan *plan, size_t index, size_t row)
{
	const struct grid_cell *cell = &plan->grid->cells[index];
	size_t end = cell->row + cell->row_span;
	if (row < cell->row || row + 1 >= end)
		return true;
	int height = cell_height(flow, plan, index);
	return plan->tops[row + 1] - plan->tops[cell->row] >= height &&
		plan->tops[end] - plan->tops[row + 1] >= height;
}

/* The head is never parted from two rows, nor the last row from the one above. */
bool table_row_keeps(const struct flow *flow, const struct table_plan *plan, size_t row)
{
	const struct grid *grid = plan->grid;
	if (row + 1 >= grid->rows)
		return false;
	if (grid->keeps_next[row] || row <= grid->head_rows || row + 2 == grid->rows)
		return true;
	for (size_t i = 0; i < plan->spanning_count; i++)
		if (!label_divides(flow, plan, plan->spanning[i], row))
			return true;
	return false;
}

int table_head_height(const struct table_plan *plan)
{
	return plan->tops[plan->grid->head_rows];
}
