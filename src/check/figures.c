/* Single figures: whole counts, amounts of money, shares, and what is unlikely. */
#include "check/check_internal.h"

#include <string.h>

struct diag *say_cell(const struct audit *audit, const struct rule *rule, size_t index,
	enum diag_code code, const char *reading)
{
	const struct sheet *sheet = audit_sheet(audit, rule);
	struct cell cell = table_cell_at(sheet->table, index);
	const char *name = cell_name(audit, cell);
	const struct figure *figure = &sheet->figures[index];
	const char *value = figure->printed;
	struct diag *diag = reading
		? diag_add_rule(
			  audit->diags, &rule->name, code, figure->at, name, value, reading, NULL)
		: diag_add_rule(audit->diags, &rule->name, code, figure->at, name, value, NULL);
	diag->path = cell_path(audit->arena, cell);
	return diag;
}

/* A cell of the table at a time; `run` is told of given figures only. */
typedef void check_cell(const struct audit *audit, const struct rule *rule, size_t index,
	const struct figure *figure, const struct measure *measure);

static void each_given(const struct audit *audit, const struct rule *rule, check_cell *run)
{
	const struct sheet *sheet = audit_sheet(audit, rule);
	for (size_t i = 0; sheet && i < sheet->table->cell_count; i++)
		if (sheet->figures[i].state == FIGURE_GIVEN)
			run(audit, rule, i, &sheet->figures[i], sheet->table->measures[i]);
}

/* 1.0 is refused too: a count is written without a point. */
static void check_whole_cell(const struct audit *audit, const struct rule *rule, size_t index,
	const struct figure *figure, const struct measure *measure)
{
	bool plain = figure->decimals == 0 && figure->millionths >= 0;
	if (plain || !measure->whole)
		return;
	if (!decimal_is_whole(figure->millionths))
		say_cell(audit, rule, index, COUNT_BROKEN, NULL);
	else if (figure->decimals > 0)
		say_cell(audit, rule, index, COUNT_POINT,
			decimal_print(audit->arena, figure->millionths));
	if (figure->millionths < 0 && !measure->negative)
		say_cell(audit, rule, index, COUNT_NEGATIVE, NULL);
}

void check_whole(const struct audit *audit, const struct rule *rule)
{
	each_given(audit, rule, check_whole_cell);
}

/* What a rule over amounts of money allows. */
struct amount_limits {
	int64_t most; /* millionths of the column's unit, or of one for decimals */
};

void *settings_amount(struct settings *settings)
{
	struct amount_limits *limits = arena_new(settings->edition->arena, struct amount_limits);
	limits->most = settings_number(settings, "most");
	return limits;
}

static void check_amount_cell(const struct audit *audit, const struct rule *rule, size_t index,
	const struct figure *figure, const struct measure *measure)
{
	if (measure->unit_yuan && !measure->negative && figure->millionths < 0)
		say_cell(audit, rule, index, AMOUNT_NEGATIVE, NULL);
}

void check_amounts(const struct audit *audit, const struct rule *rule)
{
	each_given(audit, rule, check_amount_cell);
}

/* As written, or, where a unit was converted, as many as the amount needs. */
static unsigned decimals_of(const struct figure *figure)
{
	unsigned decimals = DECIMAL_FRACTION_DIGITS;
	if (!figure->odd)
		return figure->decimals;
	for (int64_t rest = figure->millionths; decimals > 0 && rest % 10 == 0; rest /= 10)
		decimals--;
	return decimals;
}

static void check_decimals_cell(const struct audit *audit, const struct rule *rule, size_t index,
	const struct figure *figure, const struct measure *measure)
{
	const struct amount_limits *limits = rule->settings;
	if (measure->unit_yuan && decimals_of(figure) * DECIMAL_ONE > limits->most)
		say_cell(audit, rule, index, AMOUNT_DECIMALS,
			decimal_print(audit->arena, limits->most));
}

void check_decimals(const struct audit *audit, const struct rule *rule)
{
	each_given(audit, rule, check_decimals_cell);
}

/* The figure read as 元, in the column's unit; NULL where it isn't exact. */
static const char *reading_of(
	const struct audit *audit, const struct figure *figure, const struct measure *measure)
{
	int64_t read;
	if (!decimal_divide(figure->millionths, measure->unit_yuan, &read))
		return NULL;
	return arena_print(audit->arena, "%s %s", decimal_print(audit->arena, read), measure->unit);
}

static void check_unit_cell(const struct audit *audit, const struct rule *rule, size_t index,
	const struct figure *figure, const struct measure *measure)
{
	const struct amount_limits *limits = rule->settings;
	if (!measure->unit_yuan || figure->millionths < limits->most)
		return;
	const char *reading = reading_of(audit, figure, measure);
	const struct sheet *sheet = audit_sheet(audit, rule);
	struct cell cell = table_cell_at(sheet->table, index);
	struct diag *diag = diag_add_rule(audit->diags, &rule->name,
		reading ? AMOUNT_UNIT_READ : AMOUNT_UNIT, figure->at, cell_name(audit, cell),
		figure->printed, measure->unit, reading, NULL);
	diag->path = cell_path(audit->arena, cell);
}

void check_units(const struct audit *audit, const struct rule *rule)
{
	each_given(audit, rule, check_unit_cell);
}
