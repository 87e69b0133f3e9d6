/* Blank cells: totals that must not be blank, others that had better be 0. */
#include "check/check_internal.h"

/* 总计 = sum(…): the side beside the lone total; NULL if the equation isn't of that form. */
struct addends {
	const struct term *terms;
	size_t count;
};

static bool is_total_alone(const struct equation *equation, const struct term *terms, size_t count)
{
	return count == 1 && terms[0].cell == equation->pointed &&
		terms[0].coefficient == DECIMAL_ONE;
}

static struct addends addends_of(const struct equation *equation)
{
	if (equation->sense != SENSE_EQUAL)
		return (struct addends){NULL, 0};
	if (is_total_alone(equation, equation->left, equation->left_count))
		return (struct addends){equation->right, equation->right_count};
	if (is_total_alone(equation, equation->right, equation->right_count))
		return (struct addends){equation->left, equation->left_count};
	return (struct addends){NULL, 0};
}

/* A figure other than 0, or another blank total that sums one. */
static bool sums_something(const struct sheet *sheet, struct addends addends)
{
	for (size_t i = 0; i < addends.count; i++)
		if (sheet->figures[addends.terms[i].cell].millionths != 0 ||
			sheet->unstated[addends.terms[i].cell])
			return true;
	return false;
}

static bool mark_rule(struct sheet *sheet, const struct rule *rule)
{
	bool marked = false;
	for (size_t e = 0; e < rule->equation_count; e++) {
		const struct equation *equation = &rule->equations[e];
		size_t total = equation->pointed;
		if (sheet->unstated[total] || sheet->figures[total].state != FIGURE_BLANK ||
			!sums_something(sheet, addends_of(equation)))
			continue;
		sheet->unstated[total] = true;
		marked = true;
	}
	return marked;
}

static bool has_kind(const struct table *table, enum rule_kind kind)
{
	for (size_t r = 0; r < table->rule_count; r++)
		if (table->rules[r]->kind == kind)
			return true;
	return false;
}

void sheet_mark_unstated(struct sheet *sheet)
{
	bool again = has_kind(sheet->table, RULE_BLANK_TOTAL);
	while (again) {
		again = false;
		for (size_t r = 0; r < sheet->table->rule_count; r++)
			again = mark_rule(sheet, sheet->table->rules[r]) || again;
	}
}

/* What the blank total ought to be, where an equation over it has all its addends. */
static const char *total_of(const struct audit *audit, const struct sheet *sheet, size_t total)
{
	for (size_t r = 0; r < sheet->table->rule_count; r++) {
		const struct rule *rule = sheet->table->rules[r];
		for (size_t e = 0; e < rule->equation_count; e++) {
			struct addends addends = addends_of(&rule->equations[e]);
			int64_t sum;
			if (rule->equations[e].pointed == total && addends.count > 0 &&
				terms_weigh(sheet, addends.terms, addends.count, &sum) ==
					OUTCOME_HOLDS)
				return decimal_print(audit->arena, sum);
		}
	}
	return NULL;
}

void check_blank_totals(const struct audit *audit, const struct rule *rule)
{
	const struct sheet *sheet = audit_sheet(audit, rule);
	for (size_t i = 0; sheet && i < sheet->table->cell_count; i++) {
		if (!sheet->unstated[i])
			continue;
		struct cell cell = table_cell_at(sheet->table, i);
		const char *sum = total_of(audit, sheet, i);
		const char *name = cell_name(audit, cell);
		struct diag *diag = sum ? diag_add_rule(audit->diags, &rule->name, TOTAL_BLANK_SUM,
						  sheet->figures[i].at, name, sum, NULL)
					: diag_add_rule(audit->diags, &rule->name, TOTAL_BLANK,
						  sheet->figures[i].at, name, NULL);
		diag->path = cell_path(audit->arena, cell);
	}
}

/* A mark such as / and a blank total have findings of their own. */
static bool is_plainly_blank(const struct sheet *sheet, size_t cell)
{
	const struct figure *figure = &sheet->figures[cell];
	return figure->state == FIGURE_BLANK && !figure->odd && !sheet->unstated[cell];
}

static size_t count_blank(const struct sheet *sheet, size_t from, size_t to)
{
	size_t count = 0;
	for (size_t i = from; i < to; i++)
		count += is_plainly_blank(sheet, i);
	return count;
}

static size_t first_blank(const struct sheet *sheet, size_t from)
{
	while (!is_plainly_blank(sheet, from))
		from++;
	return from;
}

/* 商业企业、科研机构: the blank cells of a row, by their columns. */
static const char *blank_columns(
	const struct audit *audit, const struct sheet *sheet, size_t from, size_t to)
{
	GString *names = g_string_new(NULL);
	for (size_t i = from; i < to; i++) {
		struct cell cell = table_cell_at(sheet->table, i);
		if (!is_plainly_blank(sheet, i))
			continue;
		if (names->len > 0)
			g_string_append(names, diag_sentence(audit->diags, LIST_COMMA, NULL));
		g_string_append(names, column_name(audit, &cell));
	}
	return arena_take(audit->arena, g_string_free(names, FALSE));
}

static void say_row(const struct audit *audit, const struct rule *rule, size_t from, size_t to)
{
	const struct sheet *sheet = audit_sheet(audit, rule);
	size_t blank = first_blank(sheet, from);
	struct cell cell = table_cell_at(sheet->table, blank);
	const char *columns = blank_columns(audit, sheet, from, to);
	struct span at = sheet->figures[blank].at;
	struct diag *diag;
	if (count_blank(sheet, from, to) == 1)
		diag = diag_add_rule(
			audit->diags, &rule->name, CELL_BLANK, at, cell_name(audit, cell), NULL);
	else if (cell.row)
		diag = diag_add_rule(audit->diags, &rule->name, ROW_BLANK, at,
			row_name(audit, &cell), columns, NULL);
	else
		diag = diag_add_rule(audit->diags, &rule->name, CELL_BLANK, at, columns, NULL);
	diag->path = cell_path(audit->arena, cell);
}

static void say_table(const struct audit *audit, const struct rule *rule, size_t blank)
{
	const struct sheet *sheet = audit_sheet(audit, rule);
	const struct figure *first = &sheet->figures[first_blank(sheet, 0)];
	diag_add_rule(audit->diags, &rule->name, TABLE_BLANK, first->at, sheet->table->section->key,
		arena_print(audit->arena, "%zu", sheet->table->cell_count),
		arena_print(audit->arena, "%zu", blank), NULL);
}

void check_blanks(const struct audit *audit, const struct rule *rule)
{
	const struct sheet *sheet = audit_sheet(audit, rule);
	if (!sheet)
		return;
	size_t cells = sheet->table->cell_count;
	size_t blank = count_blank(sheet, 0, cells);
	if (blank > cells / 2) {
		say_table(audit, rule, blank);
		return;
	}
	for (size_t from = 0, to; blank > 0 && from < cells; from = to) {
		struct cell cell = table_cell_at(sheet->table, from);
		to = from + cell.band->columns.leaf_count;
		if (count_blank(sheet, from, to) > 0)
			say_row(audit, rule, from, to);
	}
}

void check_mixed(const struct audit *audit, const struct rule *rule)
{
	const struct sheet *sheet = audit_sheet(audit, rule);
	size_t zeros = 0, blank = sheet ? count_blank(sheet, 0, sheet->table->cell_count) : 0;
	for (size_t i = 0; blank > 0 && i < sheet->table->cell_count; i++)
		zeros += sheet->figures[i].state == FIGURE_GIVEN &&
			sheet->figures[i].millionths == 0;
	if (zeros > 0)
		diag_add_rule(audit->diags, &rule->name, ZEROS_MIXED,
			sheet->figures[first_blank(sheet, 0)].at, sheet->table->section->key,
			arena_print(audit->arena, "%zu", zeros),
			arena_print(audit->arena, "%zu", blank), NULL);
}
