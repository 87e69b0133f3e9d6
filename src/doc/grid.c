/*
 * Tables as printed. Every span follows from the trees of labels: a group spans its leaves,
 * a leaf spans the levels that remain, a band's heading spans the width, and the last cell
 * of a row spans what other bands have more (FORMAT A: no span is typed anywhere).
 */
#include "doc/compose_internal.h"

#include <string.h>

/* A grid as it grows, row by row. */
struct weaver {
	struct composer *composer;
	const struct table *table;
	struct grid *grid;
	GArray *cells; /* struct grid_cell */
	GArray *keeps; /* bool, one a row */
	size_t row; /* the next one to be woven */
	size_t band_head; /* the heading cell of the band; SIZE_MAX: none */
	size_t *above; /* of each leaf column: its column head's cell */
};

static size_t cell_add(struct weaver *weaver, struct grid_cell cell)
{
	g_array_append_val(weaver->cells, cell);
	return weaver->cells->len - 1;
}

static void row_end(struct weaver *weaver, bool keeps_next)
{
	g_array_append_val(weaver->keeps, keeps_next);
	weaver->row++;
}

/* Cells that head this one, from the outermost: those of `parent`, then `parent` itself. */
static const size_t *heads_under(struct weaver *weaver, size_t parent)
{
	if (parent == GRID_NONE)
		return NULL;
	const size_t *outer = g_array_index(weaver->cells, struct grid_cell, parent).heads;
	size_t count = 0;
	while (outer && outer[count] != GRID_NONE)
		count++;
	size_t *heads = arena_array(weaver->composer->arena, size_t, count + 2);
	if (count)
		memcpy(heads, outer, count * sizeof *heads);
	heads[count] = parent;
	heads[count + 1] = GRID_NONE;
	return heads;
}

static const size_t *heads_join(struct arena *arena, const size_t *first, const size_t *second)
{
	size_t counts[2] = {0, 0};
	while (first && first[counts[0]] != GRID_NONE)
		counts[0]++;
	while (second && second[counts[1]] != GRID_NONE)
		counts[1]++;
	size_t *heads = arena_array(arena, size_t, counts[0] + counts[1] + 1);
	if (counts[0])
		memcpy(heads, first, counts[0] * sizeof *heads);
	if (counts[1])
		memcpy(heads + counts[0], second, counts[1] * sizeof *heads);
	heads[counts[0] + counts[1]] = GRID_NONE;
	return heads;
}

/* The last leaf column of a band spans what wider bands have more. */
static size_t column_span(
	const struct weaver *weaver, const struct band *band, size_t first_leaf, size_t leaf_count)
{
	if (first_leaf + leaf_count < band->columns.leaf_count)
		return leaf_count;
	return weaver->grid->columns - weaver->grid->stub_columns - first_leaf;
}

/* --- head rows ----------------------------------------------------------------------- */

static void weave_column_heads(struct weaver *weaver, const struct band *band,
	const struct label *label, size_t depth, size_t parent)
{
	for (size_t i = 0; i < label->count; i++) {
		const struct label *child = label->children[i];
		if (child->depth < depth) {
			weave_column_heads(
				weaver, band, child, depth, weaver->above[child->first_leaf]);
			continue;
		}
		bool leaf = child->count == 0;
		size_t index = cell_add(weaver,
			(struct grid_cell){
				.utf8 = child->text,
				.row = weaver->row,
				.column = weaver->grid->stub_columns + child->first_leaf,
				.row_span = leaf ? band->columns.depth - depth : 1,
				.column_span = column_span(
					weaver, band, child->first_leaf, child->leaf_count),
				.role = CELL_COLUMN_HEAD,
				.heads = heads_under(weaver, parent),
				.at = child->at,
			});
		for (size_t leaf_column = 0; leaf_column < child->leaf_count; leaf_column++)
			weaver->above[child->first_leaf + leaf_column] = index;
	}
}

static void weave_head(struct weaver *weaver, const struct band *band)
{
	for (size_t depth = 0; depth < band->columns.depth; depth++) {
		if (depth == 0 && weaver->grid->stub_columns > 0)
			cell_add(weaver,
				(struct grid_cell){
					.utf8 = band->corner ? band->corner : "",
					.row = weaver->row,
					.row_span = band->columns.depth,
					.column_span = weaver->grid->stub_columns,
					.role = CELL_CORNER,
					.heads = heads_under(weaver, weaver->band_head),
				});
		weave_column_heads(weaver, band, &band->columns.root, depth, weaver->band_head);
		row_end(weaver, true);
	}
}

/* --- body rows ----------------------------------------------------------------------- */

/* The labels that begin in this row, outermost first; the innermost one's cell, or NONE. */
static size_t weave_row_heads(
	struct weaver *weaver, const struct band *band, const struct label *leaf, size_t *open)
{
	const struct label *path[32];
	size_t levels = 0;
	for (const struct label *label = leaf; label && label != &band->rows.root;
		label = label->parent) {
		if (levels == G_N_ELEMENTS(path))
			break;
		path[levels++] = label;
	}
	size_t parent = GRID_NONE;
	while (levels-- > 0) {
		const struct label *label = path[levels];
		size_t column = MIN(label->depth, weaver->grid->stub_columns - 1);
		if (label->first_leaf == leaf->first_leaf)
			open[column] = cell_add(weaver,
				(struct grid_cell){
					.utf8 = label->text,
					.row = weaver->row,
					.column = column,
					.row_span = label->leaf_count,
					.column_span = label->count == 0
						? weaver->grid->stub_columns - column
						: 1,
					.role = CELL_ROW_HEAD,
					.align = label->count > 0 || band->rows.depth == 1
						? ALIGN_CENTRE
						: ALIGN_START,
					.heads = heads_under(weaver, parent),
					.at = label->at,
				});
		parent = open[column];
	}
	return parent;
}

static void weave_figures(struct weaver *weaver, const struct band *band,
	const struct figure *figures, size_t row, size_t row_head)
{
	struct arena *arena = weaver->composer->arena;
	const size_t *row_heads = heads_under(weaver, row_head);
	for (size_t i = 0; i < band->columns.leaf_count; i++) {
		size_t index = band->first_cell + row * band->columns.leaf_count + i;
		struct grid_cell cell = {
			.utf8 = figures ? figures[index].printed : "",
			.row = weaver->row,
			.column = weaver->grid->stub_columns + i,
			.row_span = 1,
			.column_span = column_span(weaver, band, i, 1),
			.role = CELL_DATA,
			.heads =
				heads_join(arena, heads_under(weaver, weaver->above[i]), row_heads),
			.at = figures ? figures[index].at : NOWHERE,
		};
		const struct mark *mark =
			draft_mark_find(weaver->composer, table_cell_at(weaver->table, index));
		if (mark) {
			cell.marked = true;
			cell.severity = mark->severity;
			cell.remark = mark->remark;
		}
		cell_add(weaver, cell);
	}
}

static void weave_band(struct weaver *weaver, const struct band *band, const struct figure *figures)
{
	weaver->band_head = GRID_NONE;
	if (band->heading) {
		weaver->band_head = cell_add(weaver,
			(struct grid_cell){
				.utf8 = band->heading,
				.row = weaver->row,
				.row_span = 1,
				.column_span = weaver->grid->columns,
				.role = CELL_BAND,
			});
		row_end(weaver, true);
	}
	weave_head(weaver, band);
	size_t *open = arena_array(weaver->composer->arena, size_t, weaver->grid->stub_columns + 1);
	for (size_t row = 0; row < band->row_count; row++) {
		size_t row_head = GRID_NONE;
		if (row < band->rows.leaf_count)
			row_head = weave_row_heads(weaver, band, band->rows.leaves[row], open);
		weave_figures(weaver, band, figures, row, row_head);
		row_end(weaver, false);
	}
}

static void grid_finish(struct weaver *weaver)
{
	struct arena *arena = weaver->composer->arena;
	struct grid *grid = weaver->grid;
	grid->rows = weaver->row;
	grid->cell_count = weaver->cells->len;
	grid->cells = arena_copy_many(
		arena, weaver->cells->data, grid->cell_count, sizeof(struct grid_cell));
	grid->keeps_next = arena_copy_many(arena, weaver->keeps->data, grid->rows, sizeof(bool));
	g_array_free(weaver->cells, TRUE);
	g_array_free(weaver->keeps, TRUE);
}

const struct grid *grid_new_official(
	struct composer *composer, const struct table *table, const struct figure *figures)
{
	struct grid *grid = arena_new(composer->arena, struct grid);
	size_t leaf_columns = 0;
	for (size_t i = 0; i < table->band_count; i++) {
		grid->stub_columns = MAX(grid->stub_columns, table->bands[i].rows.depth);
		leaf_columns = MAX(leaf_columns, table->bands[i].columns.leaf_count);
	}
	grid->columns = grid->stub_columns + leaf_columns;
	grid->official = true;
	grid->summary = table->section->key;
	if (table->band_count == 1 && !table->bands[0].heading)
		grid->head_rows = table->bands[0].columns.depth;
	struct weaver weaver = {
		.composer = composer,
		.table = table,
		.grid = grid,
		.cells = g_array_new(FALSE, TRUE, sizeof(struct grid_cell)),
		.keeps = g_array_new(FALSE, TRUE, sizeof(bool)),
		.above = arena_array(composer->arena, size_t, leaf_columns + 1),
	};
	for (size_t i = 0; i < table->band_count; i++)
		weave_band(&weaver, &table->bands[i], figures);
	grid_finish(&weaver);
	return grid;
}

const struct grid *grid_new_plain(struct arena *arena, const struct passage *passage)
{
	const struct plain_table *table = &passage->table;
	struct grid *grid = arena_new(arena, struct grid);
	grid->head_rows = table->head ? 1 : 0;
	grid->rows = grid->head_rows + table->rows;
	grid->columns = table->columns;
	grid->cell_count = grid->rows * grid->columns;
	grid->cells = arena_array(arena, struct grid_cell, grid->cell_count + 1);
	grid->keeps_next = arena_array(arena, bool, grid->rows + 1);
	grid->caption = passage->utf8;
	for (size_t i = 0; i < grid->cell_count; i++) {
		size_t row = i / grid->columns;
		bool head = row < grid->head_rows;
		const char *text =
			head ? table->head[i] : table->cells[i - grid->head_rows * grid->columns];
		grid->keeps_next[row] = head;
		grid->cells[i] = (struct grid_cell){
			.utf8 = text ? text : "",
			.row = row,
			.column = i % grid->columns,
			.row_span = 1,
			.column_span = 1,
			.role = head ? CELL_COLUMN_HEAD : CELL_DATA,
			.at = passage->at,
		};
	}
	return grid;
}
