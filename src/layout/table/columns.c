/*
 * Widths of columns, from their content. Columns of figures of the form are equal; columns of
 * labels that span rows are as narrow as their labels can be read in the rows they have, and
 * the one column of long labels gets what is left. A plain table's columns share the measure
 * by their texts.
 */
#include "layout/table/table_internal.h"

#include <string.h>

#define LABEL_CHARACTERS 2 /* no label is set in lines of one character */
#define FIGURE_CHARACTERS 3 /* what a column of figures has where there is room */
#define FIGURE_CHARACTERS_MAX 7 /* ten digits and more; what is longer may break */
#define LABEL_CHARACTERS_MAX 8 /* of a narrow column */

/* What a column asks for, frame included. */
struct need {
	int minimum; /* no word is broken */
	int natural; /* nothing is broken */
	int data; /* no figure or text is broken, though a label may be */
	bool single; /* has a label of one row */
};

int table_frame(const struct flow *flow)
{
	return 2 * flow->style->cell_padding + flow->style->rule_width;
}

struct line_request table_cell_request(const struct flow *flow, const struct table_plan *plan,
	const struct grid_cell *cell, struct styled *styled)
{
	bool data = cell->role == CELL_DATA;
	*styled = (struct styled){data ? &plan->text : &plan->head, strlen(cell->utf8)};
	struct line_request request =
		flow_request(flow, cell->utf8, styled, data ? LINES_CENTRE : LINES_BALANCED);
	request.at = cell->at;
	bool starts = data && plan->long_columns && plan->long_columns[cell->column];
	if (starts || cell->align == ALIGN_START)
		request.fit = LINES_START;
	return request;
}

static void need_add_cell(const struct flow *flow, const struct table_plan *plan,
	const struct grid_cell *cell, struct need *need)
{
	if (!*cell->utf8)
		return;
	struct styled styled;
	struct line_request request = table_cell_request(flow, plan, cell, &styled);
	struct widths widths = table_cell_widths(flow, &request);
	int natural = widths.natural, minimum = widths.minimum;
	if (plan->grid->official)
		minimum = MAX(minimum, MIN(natural, LABEL_CHARACTERS * styled.style->size));
	need->natural = MAX(need->natural, natural + table_frame(flow));
	need->minimum = MAX(need->minimum, minimum + table_frame(flow));
	if (cell->role == CELL_DATA)
		need->data = MAX(need->data, natural + table_frame(flow));
	need->single |= cell->row_span == 1;
}

static struct need *needs_of(const struct flow *flow, const struct table_plan *plan)
{
	const struct grid *grid = plan->grid;
	struct need *needs = arena_array(flow->arena, struct need, grid->columns + 1);
	for (size_t i = 0; i < grid->cell_count; i++)
		if (grid->cells[i].column_span == 1)
			need_add_cell(flow, plan, &grid->cells[i], &needs[grid->cells[i].column]);
	return needs;
}

/* Edges from widths; what division left over goes to the last columns, a unit each. */
static void edges_set(struct flow *flow, struct table_plan *plan, const int *widths)
{
	const struct grid *grid = plan->grid;
	plan->edges = arena_array(flow->arena, int, grid->columns + 1);
	plan->edges[0] = flow->style->rule_width / 2;
	for (size_t i = 0; i < grid->columns; i++)
		plan->edges[i + 1] = plan->edges[i] + widths[i];
	plan->edges[grid->columns] = flow->measure - flow->style->rule_width / 2;
}

/* Columns that ask for less than an equal share of what is left have what they ask for; the
 * others share the rest. Each round settles a column, or ends. */
static void share_out(const int *wishes, size_t columns, int room, int *widths)
{
	size_t open = columns;
	for (bool settled = true; settled && open;) {
		settled = false;
		int share = room / (int)open;
		for (size_t i = 0; i < columns; i++) {
			if (widths[i] || wishes[i] > share)
				continue;
			widths[i] = MAX(wishes[i], 1);
			room -= widths[i];
			open--;
			settled = true;
		}
	}
	for (size_t i = 0; i < columns && open; i++)
		if (!widths[i])
			widths[i] = room / (int)open;
}

/* --- a table of the form ------------------------------------------------------------------ */

/* A label of several characters isn't set in lines of one. */
static bool has_lone_character(const struct lines *lines, int size)
{
	for (size_t i = 0; lines->count > 1 && i < lines->count; i++)
		if (lines->at[i].width < size * 3 / 2)
			return true;
	return false;
}

/* The labels of a narrow column fit into the rows that they span. */
static bool labels_fit(struct flow *flow, const struct table_plan *plan, size_t column, int width)
{
	int row_height = plan->text.pitch + flow->style->rule_width;
	for (size_t i = 0; i < plan->grid->cell_count; i++) {
		const struct grid_cell *cell = &plan->grid->cells[i];
		if (cell->column != column || cell->column_span != 1)
			continue;
		struct styled styled;
		struct line_request request = table_cell_request(flow, plan, cell, &styled);
		request.measure = width - table_frame(flow);
		struct lines lines = table_cell_lines(flow, &request);
		int height = (int)lines.count * styled.style->pitch;
		if (height > (int)cell->row_span * row_height ||
			has_lone_character(&lines, styled.style->size))
			return false;
	}
	return true;
}

static int narrow_width(
	struct flow *flow, const struct table_plan *plan, size_t column, const struct need *need)
{
	int size = plan->head.size;
	int width = need->minimum;
	while (width < LABEL_CHARACTERS_MAX * size && !labels_fit(flow, plan, column, width))
		width += size / 2;
	return MAX(width, LABEL_CHARACTERS * size + table_frame(flow));
}

/* True if equal columns serve every text. */
static bool equal_serves(const struct grid *grid, const struct need *needs, int share)
{
	for (size_t i = 0; i < grid->columns; i++)
		if ((i < grid->stub_columns ? needs[i].natural : needs[i].minimum) > share)
			return false;
	return true;
}

struct shares {
	int narrow; /* taken by narrow label columns */
	int wide_minimum, wide_natural; /* asked for by the others */
	int figure_minimum, figure_wanted; /* by each column of figures */
};

static struct shares shares_of(
	struct flow *flow, const struct table_plan *plan, const struct need *needs, int *widths)
{
	const struct grid *grid = plan->grid;
	struct shares shares = {0};
	for (size_t i = 0; i < grid->columns; i++) {
		if (i >= grid->stub_columns) {
			shares.figure_minimum = MAX(shares.figure_minimum, needs[i].minimum);
		} else if (needs[i].single) {
			shares.wide_minimum += needs[i].minimum;
			shares.wide_natural += needs[i].natural;
		} else {
			widths[i] = narrow_width(flow, plan, i, &needs[i]);
			shares.narrow += widths[i];
		}
	}
	shares.figure_wanted =
		MAX(shares.figure_minimum, FIGURE_CHARACTERS * plan->text.size + table_frame(flow));
	return shares;
}

/* Figures too long for equal columns: short ones give way, and what still is too long is
 * broken in its cell. `room` is for these columns; true if more has to be broken than what is
 * longer than any one may be. */
static bool fit_long_figures(struct flow *flow, const struct table_plan *plan,
	const struct need *needs, int room, int *widths)
{
	size_t first = plan->grid->stub_columns, count = plan->grid->columns - first;
	int most = FIGURE_CHARACTERS_MAX * plan->text.size + table_frame(flow);
	int *wishes = arena_array(flow->arena, int, count);
	int rest = room;
	bool broken = false;
	for (size_t i = 0; i < count; i++)
		wishes[i] = MIN(needs[first + i].minimum, most);
	share_out(wishes, count, room, widths + first);
	for (size_t i = 0; i < count; i++) {
		rest -= widths[first + i];
		broken |= widths[first + i] < wishes[i];
	}
	for (size_t i = 0; i < count; i++)
		widths[first + i] += rest / (int)count;
	return broken;
}

static void fit_official(
	struct flow *flow, struct table_plan *plan, const struct need *needs, int *widths)
{
	const struct grid *grid = plan->grid;
	int columns = (int)grid->columns;
	int figures = columns - (int)grid->stub_columns;
	int room = flow->measure - flow->style->rule_width;
	if (equal_serves(grid, needs, room / columns)) {
		for (size_t i = 0; i < grid->columns; i++)
			widths[i] = room / columns;
		return;
	}
	struct shares shares = shares_of(flow, plan, needs, widths);
	int figure = shares.figure_wanted;
	int wide = room - shares.narrow - figures * figure;
	if (wide < shares.wide_minimum) {
		figure = shares.figure_minimum;
		wide = room - shares.narrow - figures * figure;
	}
	if (wide > shares.wide_natural) {
		figure += (wide - shares.wide_natural) / MAX(figures, 1);
		wide = room - shares.narrow - figures * figure;
	}
	if (wide < shares.wide_minimum) {
		wide = CLAMP(room / 4, MIN(shares.wide_minimum, room / 2), shares.wide_natural);
		plan->narrow =
			fit_long_figures(flow, plan, needs, room - shares.narrow - wide, widths);
	}
	for (size_t i = 0; i < grid->columns; i++) {
		if (i >= grid->stub_columns)
			widths[i] = widths[i] ? widths[i] : figure;
		else if (needs[i].single)
			widths[i] = (int)((int64_t)wide * needs[i].natural /
				MAX(shares.wide_natural, 1));
	}
}

/* --- a plain table ------------------------------------------------------------------------ */

/* A table that doesn't fill the measure is widened, every column alike. */
static void fit_plain(
	struct flow *flow, struct table_plan *plan, const struct need *needs, int *widths)
{
	size_t columns = plan->grid->columns;
	int room = flow->measure - flow->style->rule_width;
	int *wishes = arena_array(flow->arena, int, columns);
	for (size_t i = 0; i < columns; i++)
		wishes[i] = needs[i].natural;
	share_out(wishes, columns, room, widths);
	int64_t sum = 0;
	for (size_t i = 0; i < columns; i++)
		sum += widths[i];
	plan->long_columns = arena_array(flow->arena, bool, columns);
	for (size_t i = 0; i < columns; i++) {
		widths[i] = (int)(widths[i] * (int64_t)room / MAX(sum, 1));
		plan->narrow |= needs[i].minimum > widths[i];
		plan->long_columns[i] = needs[i].data > widths[i];
	}
}

void table_fit_columns(struct flow *flow, struct table_plan *plan)
{
	const struct grid *grid = plan->grid;
	const struct need *needs = needs_of(flow, plan);
	int *widths = arena_array(flow->arena, int, grid->columns + 1);
	plan->narrow = false;
	if (grid->official)
		fit_official(flow, plan, needs, widths);
	else
		fit_plain(flow, plan, needs, widths);
	edges_set(flow, plan, widths);
}
