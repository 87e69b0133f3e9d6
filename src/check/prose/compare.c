/* The totals that a text states against the cells that they are of. */
#include "check/prose/prose_internal.h"

#include <string.h>

/* Everything that one text says of one sum of cells. */
struct matter {
	const struct prose_reading *first; /* what tells it from others */
	struct paragraph *paragraph; /* of the first quantity */
	struct quantity *quantity;
	size_t topic;
	int64_t value;
	bool several; /* different figures: parts of one, or of other circles */
	bool matched; /* one of them is what a cell says */
	bool contradicts;
};

bool reading_value(const struct reader *reader, const struct prose_reading *reading, int64_t *value)
{
	int64_t sum = 0;
	for (size_t i = 0; i < reading->count; i++) {
		const struct prose_term *term = &reading->terms[i];
		const struct figure *figure =
			report_figure(reader->audit->report, term->table, term->cell);
		if (!figure || figure->state != FIGURE_GIVEN ||
			!decimal_add(sum, term->sign * figure->millionths, &sum))
			return false;
	}
	*value = sum;
	return reading->count > 0;
}

bool reading_is_sum(const struct prose_reading *reading)
{
	for (size_t i = 0; i < reading->count; i++)
		if (reading->terms[i].sign < 0)
			return false;
	return true;
}

const char *reading_print(const struct reader *reader, const struct prose_reading *reading)
{
	GString *said = g_string_new(NULL);
	int64_t value = 0;
	for (size_t i = 0; i < reading->count; i++) {
		const struct prose_term *term = &reading->terms[i];
		const struct figure *figure =
			report_figure(reader->audit->report, term->table, term->cell);
		if (i > 0 || term->sign < 0)
			g_string_append(said, term->sign < 0 ? " − " : " + ");
		g_string_append(
			said, cell_name(reader->audit, table_cell_at(term->table, term->cell)));
		g_string_append_printf(said, " %s",
			figure ? decimal_print(reader->arena, figure->millionths) : "");
	}
	if (reading->count > 1 && reading_value(reader, reading, &value))
		g_string_append_printf(said, " = %s", decimal_print(reader->arena, value));
	return arena_take(reader->arena, g_string_free(said, FALSE));
}

static const struct sheet *sheet_of(const struct audit *audit, const struct table *table)
{
	const struct sheet *sheet = audit->sheets;
	while (sheet->table != table)
		sheet++;
	return sheet;
}

void relate_cells(
	const struct reader *reader, struct diag *diag, const struct prose_reading *reading)
{
	for (size_t i = 0; i < reading->count; i++) {
		const struct prose_term *term = &reading->terms[i];
		relate_cell(reader->audit, sheet_of(reader->audit, term->table), diag, term->cell);
	}
}

static bool same_reading(const struct prose_reading *a, const struct prose_reading *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->terms[i].table != b->terms[i].table ||
			a->terms[i].cell != b->terms[i].cell ||
			a->terms[i].sign != b->terms[i].sign)
			return false;
	return true;
}

static const struct prose_subject *subject_said(
	const struct reader *reader, const struct quantity *quantity)
{
	return &reader->prose->facts[quantity->fact].subjects[quantity->subject];
}

/* True if it equals none of what it may mean, and every one of those is known. */
static bool contradicts(const struct reader *reader, const struct quantity *quantity)
{
	const struct prose_subject *subject = subject_said(reader, quantity);
	for (size_t i = 0; i < subject->count; i++) {
		int64_t value = 0;
		if (!reading_value(reader, &subject->readings[i], &value) ||
			value == quantity->value)
			return false;
	}
	return true;
}

static bool agrees(const struct reader *reader, const struct quantity *quantity)
{
	const struct prose_subject *subject = subject_said(reader, quantity);
	int64_t value = 0;
	for (size_t i = 0; i < subject->count; i++)
		if (reading_value(reader, &subject->readings[i], &value) &&
			value == quantity->value)
			return true;
	return false;
}

static struct matter *matter_of(const struct reader *reader, GArray *matters,
	struct paragraph *paragraph, struct quantity *quantity)
{
	const struct prose_reading *reading = &subject_said(reader, quantity)->readings[0];
	for (guint i = 0; i < matters->len; i++) {
		struct matter *matter = &g_array_index(matters, struct matter, i);
		if (same_reading(matter->first, reading))
			return matter;
	}
	struct matter matter = {.first = reading,
		.paragraph = paragraph,
		.quantity = quantity,
		.topic = reader->prose->facts[quantity->fact].topic,
		.value = quantity->value};
	g_array_append_val(matters, matter);
	return &g_array_index(matters, struct matter, matters->len - 1);
}

static void gather(const struct reader *reader, GArray *matters, struct paragraph *paragraph)
{
	for (size_t i = 0; i < paragraph->quantity_count; i++) {
		struct quantity *quantity = &paragraph->quantities[i];
		if (quantity->fact == NO_FACT || !quantity->exact)
			continue;
		struct matter *matter = matter_of(reader, matters, paragraph, quantity);
		matter->several |= matter->value != quantity->value;
		matter->matched |= agrees(reader, quantity);
		matter->contradicts |= !quantity->referenced && contradicts(reader, quantity);
	}
}

static bool is_wrong(const struct matter *matter)
{
	return matter->contradicts && !matter->matched && !matter->several;
}

/* Where a text agrees with nothing and contradicts more than one cell, and doesn't say of
 * itself that it speaks of all, it speaks of another circle. */
static bool another_circle(const GArray *matters, const struct matter *suspect)
{
	size_t wrong = 0;
	for (guint i = 0; i < matters->len; i++) {
		const struct matter *matter = &g_array_index(matters, struct matter, i);
		if (matter->topic != suspect->topic)
			continue;
		if (matter->matched || matter->quantity->ours)
			return false;
		wrong += is_wrong(matter);
	}
	return wrong > 1;
}

/* What the number may mean; a difference of cells is allowed to it, but not proposed. */
static const char *readings_print(const struct reader *reader, const struct prose_subject *subject)
{
	const char *said = reading_print(reader, &subject->readings[0]);
	for (size_t i = 1; i < subject->count; i++) {
		const struct prose_reading *reading = &subject->readings[i];
		if (reading_is_sum(reading))
			said = diag_sentence(reader->audit->diags, PROSE_OR, said,
				reading_print(reader, reading), NULL);
	}
	return said;
}

static void accuse(const struct reader *reader, const struct matter *matter)
{
	struct diags *diags = reader->audit->diags;
	const struct quantity *quantity = matter->quantity;
	const struct prose_subject *subject = subject_said(reader, quantity);
	const char *name =
		subject->label ? subject->label : reader->prose->facts[quantity->fact].name;
	struct diag *diag = diag_add_rule(diags, &reader->rules[JUDGE_CELLS]->name, PROSE_CELL,
		quantity_span(matter->paragraph, quantity), name, quantity_print(reader, quantity),
		readings_print(reader, subject), NULL);
	const struct prose_term *term = &subject->readings[0].terms[0];
	diag->path = cell_path(reader->arena, table_cell_at(term->table, term->cell));
	diag_help(diags, diag, diag_sentence(diags, PROSE_CELL_HELP, NULL));
	relate_cells(reader, diag, &subject->readings[0]);
}

void facts_compare(struct reader *reader, struct paragraph *const *text, size_t count)
{
	if (!reader->rules[JUDGE_CELLS])
		return;
	GArray *matters = g_array_new(FALSE, FALSE, sizeof(struct matter));
	for (size_t i = 0; i < count; i++)
		gather(reader, matters, text[i]);
	for (guint i = 0; i < matters->len; i++) {
		const struct matter *matter = &g_array_index(matters, struct matter, i);
		if (is_wrong(matter) && !another_circle(matters, matter))
			accuse(reader, matter);
	}
	g_array_free(matters, TRUE);
}
