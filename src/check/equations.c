/* Equations over figures: three outcomes, and what is said of one that fails. */
#include "check/check_internal.h"

#include <string.h>

/* Of the addends of a brief line; more are said as their sum. */
#define BRIEF_ADDENDS_MAX 4

enum outcome terms_weigh(
	const struct sheet *sheet, const struct term *terms, size_t count, int64_t *sum)
{
	bool fits = true;
	*sum = 0;
	for (size_t i = 0; i < count; i++) {
		const struct figure *figure = &sheet->figures[terms[i].cell];
		int64_t product = figure->millionths;
		if (figure->state == FIGURE_MISSING || sheet->unstated[terms[i].cell])
			return OUTCOME_UNDECIDED;
		if (terms[i].coefficient != DECIMAL_ONE)
			fits &= decimal_multiply(product, terms[i].coefficient, &product);
		fits = fits && decimal_add(*sum, product, sum);
	}
	return fits ? OUTCOME_HOLDS : OUTCOME_TOO_LARGE;
}

static bool is_met(enum sense sense, int64_t rest)
{
	switch (sense) {
	case SENSE_EQUAL:
		return rest == 0;
	case SENSE_AT_LEAST:
		return rest >= 0;
	case SENSE_AT_MOST:
		return rest <= 0;
	}
	return true;
}

struct balance equation_weigh(const struct sheet *sheet, const struct equation *equation)
{
	struct balance balance = {0};
	enum outcome left = terms_weigh(sheet, equation->left, equation->left_count, &balance.left);
	enum outcome right =
		terms_weigh(sheet, equation->right, equation->right_count, &balance.right);
	if (left == OUTCOME_UNDECIDED || right == OUTCOME_UNDECIDED)
		balance.outcome = OUTCOME_UNDECIDED;
	else if (left == OUTCOME_TOO_LARGE || right == OUTCOME_TOO_LARGE ||
		!decimal_add(balance.left, -balance.right, &balance.rest))
		balance.outcome = OUTCOME_TOO_LARGE;
	else
		balance.outcome =
			is_met(equation->sense, balance.rest) ? OUTCOME_HOLDS : OUTCOME_FAILS;
	return balance;
}

/* What is common to all cells of an equation needn't be said of each. */
struct voice {
	const struct audit *audit;
	const struct sheet *sheet;
	const struct equation *equation;
	bool one_column, one_row;
};

static void voice_compare(struct voice *voice, const struct term *terms, size_t count)
{
	struct cell first = table_cell_at(voice->sheet->table, voice->equation->pointed);
	for (size_t i = 0; i < count; i++) {
		struct cell cell = table_cell_at(voice->sheet->table, terms[i].cell);
		voice->one_row = voice->one_row && cell.row == first.row;
		voice->one_column = voice->one_column && cell.column == first.column;
	}
}

static struct voice voice_of(
	const struct audit *audit, const struct sheet *sheet, const struct equation *equation)
{
	struct voice voice = {audit, sheet, equation, true, true};
	voice_compare(&voice, equation->left, equation->left_count);
	voice_compare(&voice, equation->right, equation->right_count);
	voice.one_column = voice.one_column && !voice.one_row;
	return voice;
}

/* A table without row labels has one row: its cells share nothing but a group. */
static const char *term_name(const struct voice *voice, size_t index)
{
	struct cell cell = table_cell_at(voice->sheet->table, index);
	if (!cell.row)
		return voice->equation->subject ? cell.column->key : cell_name(voice->audit, cell);
	if (voice->one_row)
		return column_name(voice->audit, &cell);
	return voice->one_column ? row_name(voice->audit, &cell) : cell_name(voice->audit, cell);
}

static const char *subject_of(const struct voice *voice)
{
	const struct diags *diags = voice->audit->diags;
	struct cell cell = table_cell_at(voice->sheet->table, voice->equation->pointed);
	if (cell.row && voice->one_column)
		return diag_sentence(
			diags, EQUATION_COLUMN, column_name(voice->audit, &cell), NULL);
	if (cell.row && voice->one_row)
		return diag_sentence(diags, EQUATION_ROW, row_name(voice->audit, &cell), NULL);
	const char *subject = voice->equation->subject;
	return diag_sentence(
		diags, EQUATION_GROUP, subject ? subject : cell_name(voice->audit, cell), NULL);
}

/* What an inequality begins with: nothing where it is about no row, column or group. */
static const char *lead_of(const struct voice *voice)
{
	if (!voice->equation->subject)
		return "";
	return diag_sentence(voice->audit->diags, EQUATION_LEAD, subject_of(voice), NULL);
}

static void append_factor(GString *said, struct arena *arena, int64_t coefficient, bool first)
{
	int64_t size = coefficient < 0 ? -coefficient : coefficient;
	if (coefficient < 0)
		g_string_append(said, first ? "−" : " − ");
	else if (!first)
		g_string_append(said, " + ");
	if (size != DECIMAL_ONE)
		g_string_append_printf(said, "%s × ", decimal_print(arena, size));
}

static void append_figure(GString *said, const struct voice *voice, const struct figure *figure)
{
	struct arena *arena = voice->audit->arena;
	if (figure->state == FIGURE_BLANK)
		g_string_append(said, diag_sentence(voice->audit->diags, FIGURE_EMPTY, NULL));
	else if (figure->millionths < 0)
		g_string_append_printf(said, "(%s)", decimal_print(arena, figure->millionths));
	else
		g_string_append(said, decimal_print(arena, figure->millionths));
}

struct side {
	const struct term *terms;
	size_t count;
	bool is_sum;
	int64_t value;
};

static bool is_said(const struct voice *voice, const struct side *side, size_t i)
{
	const struct figure *figure = &voice->sheet->figures[side->terms[i].cell];
	return !side->is_sum || figure->millionths != 0;
}

static size_t count_said(const struct voice *voice, const struct side *side)
{
	size_t said = 0;
	for (size_t i = 0; i < side->count; i++)
		said += is_said(voice, side, i);
	return said;
}

/* 自然人 148 + 商业企业 4; without `labels`: 148 + 4 */
static const char *say_terms(const struct voice *voice, const struct side *side, bool labels)
{
	GString *said = g_string_new(NULL);
	for (size_t i = 0; i < side->count; i++) {
		const struct term *term = &side->terms[i];
		if (!is_said(voice, side, i))
			continue;
		append_factor(said, voice->audit->arena, term->coefficient, said->len == 0);
		if (labels)
			g_string_append_printf(said, "%s ", term_name(voice, term->cell));
		append_figure(said, voice, &voice->sheet->figures[term->cell]);
	}
	return arena_take(voice->audit->arena, g_string_free(said, FALSE));
}

static const char *say_side(const struct voice *voice, const struct side *side)
{
	struct arena *arena = voice->audit->arena;
	const struct diags *diags = voice->audit->diags;
	const char *value = decimal_print(arena, side->value);
	const char *terms = say_terms(voice, side, true);
	if (side->is_sum && !*terms)
		return diag_sentence(diags, EQUATION_SUM, value, NULL);
	if (side->is_sum)
		return diag_sentence(diags, EQUATION_SUM_OF, value, terms, NULL);
	bool plain = side->count == 1 && side->terms[0].coefficient == DECIMAL_ONE;
	return plain ? terms : arena_print(arena, "%s = %s", terms, value);
}

static const char *say_brief(const struct voice *voice, const struct side *side)
{
	struct arena *arena = voice->audit->arena;
	const char *value = decimal_print(arena, side->value);
	size_t said = count_said(voice, side);
	if (!side->is_sum)
		return say_side(voice, side);
	if (said < 2 || said > BRIEF_ADDENDS_MAX)
		return diag_sentence(voice->audit->diags, EQUATION_SUM, value, NULL);
	return arena_print(arena, "%s = %s", say_terms(voice, side, false), value);
}

static bool has_suspect(const struct voice *voice)
{
	return voice->sheet->has_suspect && equation_names_cell(voice->equation);
}

static size_t points_at(const struct voice *voice)
{
	return has_suspect(voice) ? voice->sheet->suspect : voice->equation->pointed;
}

/* Figures other than 0 first: they are what a reader looks at. */
static void relate_side(
	const struct voice *voice, struct diag *diag, const struct side *side, bool zero)
{
	size_t here = points_at(voice);
	for (size_t i = 0; i < side->count; i++) {
		size_t index = side->terms[i].cell;
		bool is_zero = voice->sheet->figures[index].millionths == 0;
		if (index != here && is_zero == zero)
			relate_cell(voice->audit, voice->sheet, diag, index);
	}
}

static enum diag_code sentence_for(const struct equation *equation)
{
	switch (equation->sense) {
	case SENSE_EQUAL:
		return equation->left_is_sum || equation->right_is_sum ? SUM_FAILS : EQUATION_FAILS;
	case SENSE_AT_LEAST:
		return EQUATION_BELOW;
	case SENSE_AT_MOST:
		return EQUATION_ABOVE;
	}
	return EQUATION_FAILS;
}

static void add_suspect(const struct voice *voice, struct diag *diag)
{
	const struct audit *audit = voice->audit;
	const struct sheet *sheet = voice->sheet;
	if (!has_suspect(voice))
		return;
	diag->fix_path = cell_path(audit->arena, table_cell_at(sheet->table, sheet->suspect));
	diag->fix_value = decimal_print(audit->arena, sheet->suspect_value);
}

static void say_failure(const struct voice *voice, const struct balance *balance)
{
	const struct audit *audit = voice->audit;
	const struct equation *equation = voice->equation;
	struct side left = {
		equation->left, equation->left_count, equation->left_is_sum, balance->left};
	struct side right = {
		equation->right, equation->right_count, equation->right_is_sum, balance->right};
	int64_t gap = balance->rest < 0 ? -balance->rest : balance->rest;
	struct diag *diag = diag_add_rule(audit->diags, &equation->rule->name,
		sentence_for(equation), voice->sheet->figures[points_at(voice)].at,
		equation->sense == SENSE_EQUAL ? subject_of(voice) : lead_of(voice),
		say_side(voice, &left), say_side(voice, &right), decimal_print(audit->arena, gap),
		NULL);
	diag->path = cell_path(audit->arena, table_cell_at(voice->sheet->table, equation->pointed));
	/* The sum first, then what it ought to be. */
	diag->brief = diag_sentence(audit->diags, EQUATION_BRIEF,
		say_brief(voice, right.is_sum ? &right : &left),
		say_brief(voice, right.is_sum ? &left : &right), NULL);
	add_suspect(voice, diag);
	for (int zero = 0; zero < 2; zero++) {
		relate_side(voice, diag, &left, zero);
		relate_side(voice, diag, &right, zero);
	}
}

void check_equations(const struct audit *audit, const struct rule *rule)
{
	const struct sheet *sheet = audit_sheet(audit, rule);
	for (size_t i = 0; sheet && !sheet->balanced && i < rule->equation_count; i++) {
		const struct equation *equation = &rule->equations[i];
		struct balance balance = equation_weigh(sheet, equation);
		if (balance.outcome == OUTCOME_HOLDS || balance.outcome == OUTCOME_UNDECIDED)
			continue;
		struct voice voice = voice_of(audit, sheet, equation);
		if (balance.outcome == OUTCOME_FAILS)
			say_failure(&voice, &balance);
		else
			diag_add_rule(audit->diags, &rule->name, EQUATION_TOO_LARGE,
				sheet->figures[equation->pointed].at, subject_of(&voice), NULL);
	}
}
