/*
 * The suspect: the one cell of a table whose change makes every decided equation hold. It
 * stands in all failing equations and in no other decided one, and all of them ask the same
 * change of it; so it is found by counting, never by trying values.
 */
#include "check/check_internal.h"

#include <string.h>

struct tally {
	const struct sheet *sheet;
	size_t *failing; /* by cell: decided equations that it stands in, and fail */
	size_t *decided;
	size_t *seen; /* by cell: the equation that counted it last; a cell may stand in it twice */
	size_t equation; /* from 1 */
	size_t failures;
};

bool equation_names_cell(const struct equation *equation)
{
	const struct node *flag = node_find(equation->rule->node, "suspect");
	bool refused = flag && flag->text && strcmp(flag->text, "false") == 0;
	return equation->sense == SENSE_EQUAL && !refused;
}

static void count_side(struct tally *tally, const struct term *terms, size_t count, bool fails)
{
	for (size_t i = 0; i < count; i++) {
		size_t cell = terms[i].cell;
		if (tally->seen[cell] == tally->equation)
			continue;
		tally->seen[cell] = tally->equation;
		tally->decided[cell]++;
		tally->failing[cell] += fails;
	}
}

static void count_equation(struct tally *tally, const struct equation *equation)
{
	struct balance balance = equation_weigh(tally->sheet, equation);
	if (balance.outcome == OUTCOME_UNDECIDED || !equation_names_cell(equation))
		return;
	bool fails = balance.outcome != OUTCOME_HOLDS;
	tally->equation++;
	tally->failures += fails;
	count_side(tally, equation->left, equation->left_count, fails);
	count_side(tally, equation->right, equation->right_count, fails);
}

static int64_t coefficient_of(const struct equation *equation, size_t cell)
{
	int64_t sum = 0;
	for (size_t i = 0; i < equation->left_count; i++)
		if (equation->left[i].cell == cell)
			sum += equation->left[i].coefficient;
	for (size_t i = 0; i < equation->right_count; i++)
		if (equation->right[i].cell == cell)
			sum -= equation->right[i].coefficient;
	return sum;
}

/* True if every failing equation asks the same change of the cell. */
static bool change_agreed(const struct sheet *sheet, size_t cell, int64_t *change)
{
	bool found = false;
	for (size_t r = 0; r < sheet->table->rule_count; r++) {
		const struct rule *rule = sheet->table->rules[r];
		for (size_t e = 0; e < rule->equation_count; e++) {
			const struct equation *equation = &rule->equations[e];
			struct balance balance = equation_weigh(sheet, equation);
			int64_t asked;
			if (!equation_names_cell(equation) || balance.outcome == OUTCOME_HOLDS ||
				balance.outcome == OUTCOME_UNDECIDED)
				continue;
			if (balance.outcome == OUTCOME_TOO_LARGE ||
				!decimal_divide(
					-balance.rest, coefficient_of(equation, cell), &asked) ||
				(found && asked != *change))
				return false;
			*change = asked;
			found = true;
		}
	}
	return found;
}

static bool measure_accepts(const struct measure *measure, int64_t millionths)
{
	return (!measure->whole || decimal_is_whole(millionths)) &&
		(measure->negative || millionths >= 0);
}

static bool value_of(const struct sheet *sheet, size_t cell, int64_t *value)
{
	int64_t change;
	return change_agreed(sheet, cell, &change) &&
		decimal_add(sheet->figures[cell].millionths, change, value) &&
		measure_accepts(sheet->table->measures[cell], *value);
}

static void choose(struct sheet *sheet, const struct tally *tally)
{
	size_t found = 0;
	for (size_t cell = 0; cell < sheet->table->cell_count; cell++) {
		int64_t value;
		if (tally->failing[cell] != tally->failures ||
			tally->decided[cell] != tally->failures || !value_of(sheet, cell, &value))
			continue;
		found++;
		sheet->suspect = cell;
		sheet->suspect_value = value;
	}
	sheet->has_suspect = found == 1;
}

static void find_suspect(struct sheet *sheet, struct arena *arena)
{
	size_t cells = sheet->table->cell_count;
	struct tally tally = {sheet, arena_array(arena, size_t, cells),
		arena_array(arena, size_t, cells), arena_array(arena, size_t, cells), 0, 0};
	for (size_t r = 0; r < sheet->table->rule_count; r++)
		for (size_t e = 0; e < sheet->table->rules[r]->equation_count; e++)
			count_equation(&tally, &sheet->table->rules[r]->equations[e]);
	if (tally.failures > 0)
		choose(sheet, &tally);
}

static bool none_fails(const struct sheet *sheet, const struct rule *rule)
{
	for (size_t e = 0; e < rule->equation_count; e++) {
		enum outcome outcome = equation_weigh(sheet, &rule->equations[e]).outcome;
		if (outcome != OUTCOME_HOLDS && outcome != OUTCOME_UNDECIDED)
			return false;
	}
	return true;
}

void sheet_weigh(struct sheet *sheet, struct arena *arena)
{
	sheet->balanced = true;
	for (size_t r = 0; r < sheet->table->rule_count && sheet->balanced; r++)
		sheet->balanced = none_fails(sheet, sheet->table->rules[r]);
	if (!sheet->balanced)
		find_suspect(sheet, arena);
}
