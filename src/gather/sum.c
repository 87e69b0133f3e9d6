/* Parts are kept as their figures; blank and missing ones count as 0. */
#include "gather/sum.h"

#include "base/decimal.h"
#include "base/text.h"
#include "report/write.h"

#include <string.h>

#define PARTS_NAMED_MAX 20 /* in one finding */

struct part {
	const char *agency; /* "" where it has none */
	const char *path;
	struct place at; /* of its 机关 */
	int64_t **values; /* by section, then cell; NULL where a section has no table */
};

struct sum {
	struct arena *arena;
	const struct edition *edition; /* of the first part */
	int year;
	GPtrArray *parts; /* struct part * */
	GHashTable *by_agency; /* folded agency -> struct part * */
};

static void end_parts(void *sum)
{
	g_ptr_array_unref(((struct sum *)sum)->parts);
	g_hash_table_unref(((struct sum *)sum)->by_agency);
}

struct sum *sum_new(struct arena *arena)
{
	struct sum *sum = arena_new(arena, struct sum);
	sum->arena = arena;
	sum->parts = g_ptr_array_new();
	sum->by_agency = g_hash_table_new(g_str_hash, g_str_equal);
	arena_own(arena, sum, end_parts);
	return sum;
}

size_t sum_count(const struct sum *sum)
{
	return sum->parts->len;
}

static int64_t *copy_values(
	struct arena *arena, const struct report *report, const struct table *table)
{
	int64_t *values = arena_array(arena, int64_t, table->cell_count);
	for (size_t i = 0; i < table->cell_count; i++)
		values[i] = report_figure(report, table, i)->millionths;
	return values;
}

static struct part *part_new(struct sum *sum, const struct report *report)
{
	struct part *part = arena_new(sum->arena, struct part);
	const struct edition *edition = report->edition;
	part->agency = arena_copy(sum->arena, report->agency.utf8 ? report->agency.utf8 : "");
	part->path = arena_copy(sum->arena, report->source->path);
	if (report->agency.at.source)
		part->at = source_place(report->agency.at.source, report->agency.at.start);
	part->values = arena_array(sum->arena, int64_t *, edition->section_count);
	for (size_t i = 0; i < edition->section_count; i++)
		if (edition->sections[i].table)
			part->values[i] =
				copy_values(sum->arena, report, edition->sections[i].table);
	return part;
}

/* N30, part 二: a vertical line reports upward, not to the locality. */
static bool stands_apart(const struct report *report)
{
	const char *const *apart = report->edition->levels_apart;
	return apart && report->level.utf8 && g_strv_contains(apart, report->level.utf8);
}

static bool fits(const struct sum *sum, const struct report *report, struct diags *diags)
{
	if (!sum->edition || (sum->edition == report->edition && sum->year == report->year))
		return true;
	char *year = arena_print(diags->arena, "%d", report->year);
	char *first = arena_print(diags->arena, "%d", sum->year);
	const struct part *part = sum->parts->pdata[0];
	diag_add(diags, SUM_MIXED, report->year_at, year, report->edition->id, part->path, first,
		sum->edition->id, NULL);
	return false;
}

static bool is_new(struct sum *sum, const struct report *report, struct diags *diags)
{
	const char *agency = report->agency.utf8;
	if (!agency)
		return true;
	const struct part *other =
		g_hash_table_lookup(sum->by_agency, text_fold(diags->arena, agency));
	if (!other)
		return true;
	char *line = arena_print(diags->arena, "%zu", other->at.line);
	diag_add(diags, SUM_TWICE, report->agency.at, agency, other->path, line, NULL);
	return false;
}

void sum_add(struct sum *sum, const struct report *part, struct diags *diags)
{
	if (stands_apart(part)) {
		diag_add(diags, SUM_VERTICAL, part->level.at, NULL);
		return;
	}
	if (!fits(sum, part, diags) || !is_new(sum, part, diags))
		return;
	sum->edition = part->edition;
	sum->year = part->year;
	struct part *kept = part_new(sum, part);
	g_ptr_array_add(sum->parts, kept);
	if (*kept->agency)
		g_hash_table_insert(sum->by_agency, text_fold(sum->arena, kept->agency), kept);
}

/* false on overflow: no such number of 件 exists, but a file may claim it. */
static bool add_up(const struct sum *sum, size_t section, size_t cell, int64_t *total)
{
	*total = 0;
	for (guint i = 0; i < sum->parts->len; i++) {
		const struct part *part = sum->parts->pdata[i];
		if (!decimal_add(*total, part->values[section][cell], total))
			return false;
	}
	return true;
}

static struct figure *add_table(const struct sum *sum, struct arena *arena, size_t section)
{
	const struct table *table = sum->edition->sections[section].table;
	struct figure *figures = arena_array(arena, struct figure, table->cell_count);
	for (size_t i = 0; i < table->cell_count; i++) {
		if (!add_up(sum, section, i, &figures[i].millionths))
			continue; /* left missing: the total is said to lack it */
		figures[i].state = FIGURE_GIVEN;
		figures[i].printed = decimal_print(arena, figures[i].millionths);
	}
	return figures;
}

static struct text sentence_text(struct arena *arena, const char *sentence)
{
	struct text text = {.state = TEXT_GIVEN, .count = 1};
	text.passages = arena_new(arena, struct passage);
	text.passages->utf8 = sentence;
	text.passages->length = strlen(sentence);
	return text;
}

static void write_sources(const struct sum *sum, enum language language, GString *out)
{
	struct arena *arena = arena_open();
	char *count = arena_print(arena, "%u", sum->parts->len);
	g_string_append_printf(
		out, "# %s\n", diag_format(arena, language, SUM_SOURCES, count, NULL));
	for (guint i = 0; i < sum->parts->len; i++) {
		const struct part *part = sum->parts->pdata[i];
		g_string_append(out, "#   ");
		text_append_named(out, arena_print(arena, "%s (%s)", part->agency, part->path));
		g_string_append_c(out, '\n'); /* one line, whatever a path holds */
	}
	arena_close(arena);
}

bool sum_write(const struct sum *sum, const char *agency, enum language language, GString *out)
{
	if (sum->parts->len == 0)
		return false;
	struct arena *arena = arena_open();
	char *count = arena_print(arena, "%u", sum->parts->len);
	const char *sentence = diag_format(arena, language, SUM_TEXT, count, NULL);
	struct report total = {.edition = sum->edition, .year = sum->year, .agency.utf8 = agency};
	total.sections = arena_array(arena, struct section_content, sum->edition->section_count);
	for (size_t i = 0; i < sum->edition->section_count; i++) {
		struct section_content *content = &total.sections[i];
		content->section = &sum->edition->sections[i];
		if (content->section->table)
			content->figures = add_table(sum, arena, i);
		else
			content->text = sentence_text(arena, sentence);
	}
	write_sources(sum, language, out);
	bool written = report_write(&total, out);
	arena_close(arena);
	return written;
}

/* "甲局 3；乙局 5": the parts that have anything there. */
static const char *name_parts(
	const struct sum *sum, struct arena *arena, size_t section, size_t cell)
{
	GString *names = g_string_new(NULL);
	size_t named = 0;
	for (guint i = 0; i < sum->parts->len && named <= PARTS_NAMED_MAX; i++) {
		const struct part *part = sum->parts->pdata[i];
		int64_t value = part->values[section][cell];
		if (value == 0)
			continue;
		if (named++ == PARTS_NAMED_MAX)
			g_string_append(names, "；…");
		else
			g_string_append_printf(names, "%s%s %s", names->len ? "；" : "",
				*part->agency ? part->agency : part->path,
				decimal_print(arena, value));
	}
	return arena_take(arena, g_string_free(names, FALSE));
}

static void check_cell(const struct sum *sum, const struct report *total, size_t section,
	size_t cell, struct diags *diags)
{
	struct arena *arena = diags->arena;
	const struct table *table = sum->edition->sections[section].table;
	const struct figure *figure = report_figure(total, table, cell);
	const char *const *path = cell_path(arena, table_cell_at(table, cell));
	char *count = arena_print(arena, "%u", sum->parts->len);
	const char *name = arena_join(arena, path + 1, " · ");
	int64_t expected, difference;
	if (figure->state == FIGURE_MISSING)
		return;
	if (!add_up(sum, section, cell, &expected) ||
		!decimal_add(figure->millionths, -expected, &difference)) {
		diag_add(diags, SUM_TOO_MUCH, figure->at, name, count, NULL);
		return;
	}
	if (difference == 0)
		return;
	const char *sum_printed = decimal_print(arena, expected);
	struct diag *diag = figure->state == FIGURE_BLANK
		? diag_add(diags, SUM_CELL_BLANK, figure->at, name, count, sum_printed, NULL)
		: diag_add(diags, SUM_CELL, figure->at, name,
			  decimal_print(arena, figure->millionths), count, sum_printed,
			  decimal_print(arena, difference < 0 ? -difference : difference), NULL);
	diag->path = path;
	const char *parts = name_parts(sum, arena, section, cell);
	if (*parts)
		diag_help(diags, diag, diag_sentence(diags, SUM_PARTS, parts, NULL));
}

void sum_check(const struct sum *sum, const struct report *total, struct diags *diags)
{
	if (sum->parts->len == 0 || !fits(sum, total, diags))
		return;
	for (size_t i = 0; i < sum->edition->section_count; i++) {
		const struct table *table = sum->edition->sections[i].table;
		for (size_t cell = 0; table && cell < table->cell_count; cell++)
			check_cell(sum, total, i, cell, diags);
	}
}
