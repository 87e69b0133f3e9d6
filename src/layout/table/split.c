/*
 * A row that is higher than a page is set as several rows, each as high as a page holds: the
 * one case in which a row doesn't stay whole. Only plain tables have such texts.
 */
#include "layout/table/table_internal.h"

/* Lines of text that a row may have at most. */
static size_t lines_max(const struct flow *flow, const struct table_plan *plan)
{
	int room = flow->page_height - table_head_height(plan) - 2 * table_frame(flow);
	return (size_t)MAX(room / MAX(plan->text.pitch, plan->head.pitch), 1);
}

static size_t row_parts(const struct table_plan *plan, size_t row, size_t most)
{
	size_t parts = 1;
	for (size_t i = plan->first_cells[row]; i < plan->first_cells[row + 1]; i++)
		parts = MAX(parts, (plan->cells[i].lines.count + most - 1) / most);
	return parts;
}

/* The text of lines [from, from + count) of a cell. */
static const char *lines_text(
	struct arena *arena, const char *utf8, const struct lines *lines, size_t from, size_t count)
{
	if (from >= lines->count)
		return "";
	size_t start = lines->at[from].from;
	size_t end = lines->at[MIN(from + count, lines->count) - 1].to;
	return arena_copy_n(arena, utf8 + start, end - start);
}

static void add_row(struct flow *flow, const struct table_plan *plan, struct grid *split,
	size_t row, size_t most)
{
	size_t parts = row_parts(plan, row, most);
	for (size_t part = 0; part < parts; part++, split->rows++) {
		split->keeps_next[split->rows] = plan->grid->keeps_next[row];
		for (size_t i = plan->first_cells[row]; i < plan->first_cells[row + 1]; i++) {
			struct grid_cell cell = plan->grid->cells[i];
			if (parts > 1)
				cell.utf8 = lines_text(flow->arena, cell.utf8,
					&plan->cells[i].lines, part * most, most);
			cell.row = split->rows;
			split->cells[split->cell_count++] = cell;
		}
	}
}

void table_split_rows(struct flow *flow, struct table_plan *plan)
{
	const struct grid *grid = plan->grid;
	size_t most = lines_max(flow, plan), rows = 0;
	for (size_t row = 0; row < grid->rows; row++)
		rows += row < grid->head_rows ? 1 : row_parts(plan, row, most);
	if (grid->official || rows == grid->rows)
		return;
	struct grid *split = arena_new(flow->arena, struct grid);
	*split = *grid;
	split->rows = split->cell_count = 0;
	split->cells = arena_array(flow->arena, struct grid_cell, rows * grid->columns);
	split->keeps_next = arena_array(flow->arena, bool, rows);
	for (size_t row = 0; row < grid->rows; row++)
		add_row(flow, plan, split, row, row < grid->head_rows ? G_MAXUINT : most);
	plan->grid = split;
	table_fit_rows(flow, plan);
}
