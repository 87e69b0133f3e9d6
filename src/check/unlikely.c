/* What is possible and yet unlikely: shares, rows, and figures that tell of a misreading. */
#include "check/check_internal.h"

#include <string.h>

/* One cell's share of another: {part, whole, column, most, from}. */
struct share {
	size_t part, whole; /* cells */
	int64_t most; /* per cent, millionths */
	int64_t from; /* the whole below which nothing is said */
};

void *settings_share(struct settings *settings)
{
	struct share *share = arena_new(settings->edition->arena, struct share);
	const char *column = settings_text(settings, "column");
	share->part = settings_cell(settings, "part", column);
	share->whole = settings_cell(settings, "whole", column);
	share->most = settings_number(settings, "most");
	share->from = settings_number(settings, "from");
	return share;
}

static bool is_given(const struct sheet *sheet, size_t cell)
{
	return sheet->figures[cell].state == FIGURE_GIVEN;
}

void check_share(const struct audit *audit, const struct rule *rule)
{
	const struct share *share = rule->settings;
	const struct sheet *sheet = audit_sheet(audit, rule);
	int64_t most, part;
	if (!sheet || !is_given(sheet, share->part) || !is_given(sheet, share->whole))
		return;
	int64_t whole = sheet->figures[share->whole].millionths;
	if (whole < share->from || !decimal_multiply(whole, share->most, &most) ||
		!decimal_multiply(
			sheet->figures[share->part].millionths, 100 * DECIMAL_ONE, &part) ||
		part <= most)
		return;
	struct cell cell = table_cell_at(sheet->table, share->part);
	struct cell of = table_cell_at(sheet->table, share->whole);
	struct diag *diag =
		diag_add_rule(audit->diags, &rule->name, SHARE_HIGH, sheet->figures[share->part].at,
			cell_name(audit, cell), sheet->figures[share->part].printed,
			cell_name(audit, of), sheet->figures[share->whole].printed,
			decimal_print(audit->arena, share->most), NULL);
	diag->path = cell_path(audit->arena, cell);
	relate_cell(audit, sheet, diag, share->whole);
}

/* A row that an agency of some kind has nothing for: {row, levels, agencies}. */
struct absent {
	struct row row;
	const char *const *levels;
	struct pattern *agencies; /* of 机关 */
};

void *settings_absent(struct settings *settings)
{
	struct absent *absent = arena_new(settings->edition->arena, struct absent);
	absent->row = settings_row(settings, "row");
	absent->levels = settings_words(settings, "levels");
	absent->agencies = settings_pattern(settings, "agencies");
	return absent;
}

static bool absent_concerns(const struct report *report, const struct absent *absent)
{
	const char *level = report->level.utf8;
	if (level && g_strv_contains(absent->levels, level))
		return true;
	const char *agency = report->agency.utf8;
	if (!agency)
		return false;
	struct prey prey = line_prey(agency);
	return pattern_occurs(absent->agencies, &prey);
}

void check_absent(const struct audit *audit, const struct rule *rule)
{
	const struct absent *absent = rule->settings;
	const struct sheet *sheet = audit_sheet(audit, rule);
	size_t i = absent->row.from;
	while (sheet && i < absent->row.to && sheet->figures[i].millionths == 0)
		i++;
	if (sheet && i < absent->row.to && absent_concerns(audit->report, absent))
		say_cell(audit, rule, i, ROW_UNLIKELY, NULL);
}

/* Rows whose result is base + change, as if one counted what the other does. */
struct items {
	const char *result, *base, *change; /* columns */
	int64_t rows; /* so many make it no chance, millionths */
};

void *settings_items(struct settings *settings)
{
	struct items *items = arena_new(settings->edition->arena, struct items);
	items->result = settings_text(settings, "result");
	items->base = settings_text(settings, "base");
	items->change = settings_text(settings, "change");
	items->rows = settings_number(settings, "rows");
	return items;
}

static bool is_misread(
	const struct figure *result, const struct figure *base, const struct figure *change)
{
	return result->state == FIGURE_GIVEN && base->state == FIGURE_GIVEN &&
		change->state == FIGURE_GIVEN && change->millionths != 0 &&
		result->millionths == base->millionths + change->millionths;
}

/* Appends the cells that look misread, of a band that has all the columns. */
static void find_misread(
	const struct audit *audit, const struct rule *rule, const struct band *band, GArray *cells)
{
	const struct items *items = rule->settings;
	const struct figure *row = &audit_sheet(audit, rule)->figures[band->first_cell];
	size_t result = column_find(audit->arena, band, items->result);
	size_t base = column_find(audit->arena, band, items->base);
	size_t change = column_find(audit->arena, band, items->change);
	if (result == NOT_FOUND || base == NOT_FOUND || change == NOT_FOUND)
		return;
	for (size_t i = 0; i < band->row_count; i++, row += band->columns.leaf_count) {
		size_t cell = band->first_cell + i * band->columns.leaf_count + result;
		if (is_misread(&row[result], &row[base], &row[change]))
			g_array_append_val(cells, cell);
	}
}

static void say_items(
	const struct audit *audit, const struct rule *rule, const size_t *rows, size_t count)
{
	const struct items *items = rule->settings;
	const struct sheet *sheet = audit_sheet(audit, rule);
	struct diag *diag = diag_add_rule(audit->diags, &rule->name, ROWS_MISREAD,
		sheet->figures[rows[0]].at, arena_print(audit->arena, "%zu", count), items->result,
		items->base, items->change, NULL);
	diag->path = cell_path(audit->arena, table_cell_at(sheet->table, rows[0]));
	for (size_t i = 0; i < count; i++)
		relate_cell(audit, sheet, diag, rows[i]);
}

void check_items(const struct audit *audit, const struct rule *rule)
{
	const struct items *items = rule->settings;
	const struct sheet *sheet = audit_sheet(audit, rule);
	GArray *rows = g_array_new(FALSE, FALSE, sizeof(size_t));
	for (size_t i = 0; sheet && i < sheet->table->band_count; i++)
		find_misread(audit, rule, &sheet->table->bands[i], rows);
	if (rows->len * DECIMAL_ONE >= items->rows)
		say_items(audit, rule, (const size_t *)rows->data, rows->len);
	g_array_unref(rows);
}

/* An addend counted twice: {rule, row}: the surplus of a sum equals one of its addends. */
struct once {
	const struct rule *sum;
	struct row row; /* the one that is counted once by its label */
};

void *settings_once(struct settings *settings)
{
	struct once *once = arena_new(settings->edition->arena, struct once);
	const char *id = settings_text(settings, "rule");
	const struct table *table = settings->rule->table;
	for (size_t i = 0; table && i < table->rule_count; i++)
		if (strcmp(table->rules[i]->name.id, id) == 0)
			once->sum = table->rules[i];
	if (!once->sum)
		settings_refuse(settings, "rule");
	once->row = settings_row(settings, "row");
	return once;
}

/* The addend that equals the surplus: the one that is to be counted once, else the only one. */
static size_t doubled_addend(const struct sheet *sheet, const struct equation *equation,
	const struct once *once, int64_t surplus)
{
	const struct term *terms = equation->left_is_sum ? equation->left : equation->right;
	size_t count = equation->left_is_sum ? equation->left_count : equation->right_count;
	size_t found = SIZE_MAX, matches = 0;
	for (size_t i = 0; i < count; i++) {
		size_t cell = terms[i].cell;
		if (sheet->figures[cell].millionths != surplus)
			continue;
		if (cell >= once->row.from && cell < once->row.to)
			return cell;
		found = cell;
		matches++;
	}
	return matches == 1 ? found : SIZE_MAX;
}

static void check_once_in(
	const struct audit *audit, const struct rule *rule, const struct equation *equation)
{
	const struct once *once = rule->settings;
	const struct sheet *sheet = audit_sheet(audit, rule);
	struct balance balance = equation_weigh(sheet, equation);
	int64_t surplus = equation->left_is_sum ? balance.rest : -balance.rest;
	if (balance.outcome != OUTCOME_FAILS || surplus <= 0)
		return;
	size_t index = doubled_addend(sheet, equation, once, surplus);
	if (index == SIZE_MAX)
		return;
	bool named = index >= once->row.from && index < once->row.to;
	say_cell(audit, rule, index, named ? SURPLUS_ONCE : SURPLUS_ROW, NULL);
}

void check_once(const struct audit *audit, const struct rule *rule)
{
	const struct once *once = rule->settings;
	const struct sheet *sheet = audit_sheet(audit, rule);
	for (size_t i = 0; sheet && !sheet->balanced && i < once->sum->equation_count; i++)
		check_once_in(audit, rule, &once->sum->equations[i]);
}
