/*
 * A piece of a table on a page: fills, texts, and rules computed from the cells' edges. Every
 * edge is drawn once over its whole length, so rules meet exactly and none is missing or
 * doubled. What is repeated on a later page is an artifact.
 */
#include "layout/table/table_internal.h"

#define REMARK_COLOUR 0xC00000

/* The rows of a piece, the repeated head's first, and which cell each place belongs to. */
struct piece {
	struct flow *flow;
	const struct table_part *part;
	const struct table_plan *plan;
	GArray *items;
	size_t repeated; /* rows of the head that are repeated */
	size_t rows; /* those and the piece's own */
	size_t *owners; /* rows * columns cells; GRID_NONE */
	int *tops; /* rows + 1: y on the page */
};

/* The row of the grid that stands in row `i` of the piece. */
static size_t grid_row(const struct piece *piece, size_t i)
{
	return i < piece->repeated ? i : piece->part->from + i - piece->repeated;
}

static void own(struct piece *piece, size_t index)
{
	const struct grid_cell *cell = &piece->plan->grid->cells[index];
	size_t columns = piece->plan->grid->columns;
	for (size_t i = 0; i < piece->rows; i++) {
		size_t row = grid_row(piece, i);
		if (row < cell->row || row >= cell->row + cell->row_span)
			continue;
		for (size_t j = 0; j < cell->column_span; j++)
			piece->owners[i * columns + cell->column + j] = index;
	}
}

/* Every cell of one row only is found by its row; those over several by their list. */
static void own_all(struct piece *piece)
{
	const struct table_plan *plan = piece->plan;
	size_t columns = plan->grid->columns;
	for (size_t i = 0; i < piece->rows * columns; i++)
		piece->owners[i] = GRID_NONE;
	for (size_t i = 0; i < piece->rows; i++) {
		size_t row = grid_row(piece, i);
		for (size_t c = plan->first_cells[row]; c < plan->first_cells[row + 1]; c++)
			for (size_t j = 0; j < plan->grid->cells[c].column_span; j++)
				piece->owners[i * columns + plan->grid->cells[c].column + j] = c;
	}
	for (size_t i = 0; i < plan->spanning_count; i++)
		own(piece, plan->spanning[i]);
}

static void piece_lay(struct piece *piece)
{
	const struct table_plan *plan = piece->plan;
	const struct table_part *part = piece->part;
	piece->repeated = part->from >= plan->grid->head_rows ? plan->grid->head_rows : 0;
	piece->rows = piece->repeated + part->to - part->from;
	piece->owners = g_new(size_t, piece->rows * plan->grid->columns + 1);
	piece->tops = g_new(int, piece->rows + 1);
	piece->tops[0] = part->y;
	for (size_t i = 0; i < piece->rows; i++) {
		size_t row = grid_row(piece, i);
		piece->tops[i + 1] = piece->tops[i] + plan->tops[row + 1] - plan->tops[row];
	}
	own_all(piece);
}

/* --- cells -------------------------------------------------------------------------------- */

/* A cell's place on the page. */
struct box {
	int left, top, right, bottom;
};

static struct box cell_box(const struct piece *piece, size_t index, size_t row, size_t end)
{
	const struct grid_cell *cell = &piece->plan->grid->cells[index];
	const int *edges = piece->plan->edges;
	return (struct box){
		.left = piece->part->x + edges[cell->column],
		.top = piece->tops[row],
		.right = piece->part->x + edges[cell->column + cell->column_span],
		.bottom = piece->tops[end],
	};
}

static void paint_fill(struct piece *piece, size_t index, struct box box)
{
	const struct grid_cell *cell = &piece->plan->grid->cells[index];
	if (!cell->marked)
		return;
	const struct style *style = piece->flow->style;
	struct item fill = {
		.kind = ITEM_FILL,
		.x = box.left,
		.y = box.top,
		.width = box.right - box.left,
		.height = box.bottom - box.top,
		.colour =
			cell->severity == SEVERITY_ERROR ? style->mark_error : style->mark_warning,
	};
	items_mark(piece->items, ITEM_ARTIFACT, NULL);
	g_array_append_val(piece->items, fill);
	items_mark(piece->items, ITEM_END, NULL);
}

/* The value that would mend the cell: small, in its lower right corner. */
static void paint_remark(struct piece *piece, size_t index, struct box box)
{
	const struct grid_cell *cell = &piece->plan->grid->cells[index];
	if (!cell->remark)
		return;
	struct grid_cell remark = {.utf8 = cell->remark, .align = ALIGN_START, .role = CELL_DATA};
	struct styled styled;
	struct line_request request =
		table_cell_request(piece->flow, piece->plan, &remark, &styled);
	struct text_style style = *styled.style;
	style.size = style.size * TABLE_REMARK_PERCENT / 100;
	styled.style = &style;
	request.measure = piece->flow->measure;
	struct lines lines = lines_compose(piece->flow->arena, &request, piece->flow->diags);
	items_mark(piece->items, ITEM_ARTIFACT, NULL);
	for (size_t i = 0; i < lines.count; i++) {
		struct line *line = &lines.at[i];
		for (size_t j = 0; j < line->run_count; j++)
			line->runs[j].colour = REMARK_COLOUR;
		items_add_runs(piece->items, line, box.right - line->width - UNITS_PER_PT,
			box.bottom - UNITS_PER_PT);
	}
	items_mark(piece->items, ITEM_END, NULL);
}

/* A cell's text in the middle of its place; marked with its element where it stands for the
 * first time. */
static void paint_text(struct piece *piece, size_t index, struct box box, bool repeats)
{
	const struct cell_plan *planned = &piece->plan->cells[index];
	if (!planned->lines.count)
		return;
	int x = box.left + table_frame(piece->flow) / 2;
	int y = box.top + (box.bottom - box.top - planned->height) / 2;
	items_mark(piece->items, repeats ? ITEM_ARTIFACT : ITEM_BEGIN,
		repeats ? NULL : planned->element);
	for (size_t i = 0; i < planned->lines.count; i++)
		items_add_runs(piece->items, &planned->lines.at[i], x,
			y + (int)i * planned->style->pitch + flow_baseline(planned->style));
	items_mark(piece->items, ITEM_END, NULL);
	if (repeats || !planned->element || planned->element->page != PAGE_NONE)
		return;
	planned->element->page = piece->part->page;
	planned->element->y = box.top;
}

/* Each cell once, at the first place of the piece that it owns. */
static void paint_cells(struct piece *piece, bool fills)
{
	const struct grid *grid = piece->plan->grid;
	for (size_t i = 0; i < piece->rows; i++) {
		for (size_t j = 0; j < grid->columns;) {
			size_t index = piece->owners[i * grid->columns + j];
			if (index == GRID_NONE) {
				j++;
				continue;
			}
			const struct grid_cell *cell = &grid->cells[index];
			j += cell->column_span;
			size_t row = grid_row(piece, i);
			bool first = row == cell->row;
			if (!first && i != piece->repeated)
				continue;
			size_t rest = cell->row_span - (row - cell->row);
			struct box box = cell_box(piece, index, i, MIN(i + rest, piece->rows));
			if (fills) {
				paint_fill(piece, index, box);
				continue;
			}
			paint_text(piece, index, box, !first || i < piece->repeated);
			paint_remark(piece, index, box);
		}
	}
}

/* --- rules -------------------------------------------------------------------------------- */

static void paint_rule(struct piece *piece, struct box box)
{
	int half = piece->flow->style->rule_width / 2;
	struct item rule = {
		.kind = ITEM_RULE,
		.x = box.left - half,
		.y = box.top - half,
		.width = box.right - box.left + 2 * half,
		.height = box.bottom - box.top + 2 * half,
	};
	g_array_append_val(piece->items, rule);
}

/* The cell at a place; rows and columns outside have none. */
static size_t owner(const struct piece *piece, size_t row, size_t column)
{
	if (row >= piece->rows || column >= piece->plan->grid->columns)
		return GRID_NONE;
	return piece->owners[row * piece->plan->grid->columns + column];
}

/* Two places have an edge between them if they belong to different cells. */
static bool edge_above(const struct piece *piece, size_t row, size_t column)
{
	return owner(piece, row, column) != owner(piece, row - 1, column);
}

static bool edge_before(const struct piece *piece, size_t row, size_t column)
{
	return owner(piece, row, column) != owner(piece, row, column - 1);
}

static void rules_across(struct piece *piece, size_t row)
{
	const int *edges = piece->plan->edges;
	size_t columns = piece->plan->grid->columns;
	for (size_t from = 0; from < columns;) {
		size_t to = from;
		while (to < columns && edge_above(piece, row, to))
			to++;
		if (to > from)
			paint_rule(piece,
				(struct box){
					piece->part->x + edges[from],
					piece->tops[row],
					piece->part->x + edges[to],
					piece->tops[row],
				});
		from = to + 1;
	}
}

static void rules_down(struct piece *piece, size_t column)
{
	int x = piece->part->x + piece->plan->edges[column];
	for (size_t from = 0; from < piece->rows;) {
		size_t to = from;
		while (to < piece->rows && edge_before(piece, to, column))
			to++;
		if (to > from)
			paint_rule(piece, (struct box){x, piece->tops[from], x, piece->tops[to]});
		from = to + 1;
	}
}

static void paint_rules(struct piece *piece)
{
	items_mark(piece->items, ITEM_ARTIFACT, NULL);
	for (size_t row = 0; row <= piece->rows; row++)
		rules_across(piece, row);
	for (size_t column = 0; column <= piece->plan->grid->columns; column++)
		rules_down(piece, column);
	items_mark(piece->items, ITEM_END, NULL);
}

void table_paint(struct flow *flow, const struct table_part *part, struct page *page)
{
	struct piece piece = {
		.flow = flow,
		.part = part,
		.plan = part->plan,
		.items = page->items,
	};
	piece_lay(&piece);
	paint_cells(&piece, true);
	paint_cells(&piece, false);
	paint_rules(&piece);
	g_free(piece.owners);
	g_free(piece.tops);
}
