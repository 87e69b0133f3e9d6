/* A comparison as a table for a terminal, as CSV, as a page. */
#include "gather/compare.h"

#include "base/decimal.h"
#include "base/markup.h"
#include "base/text.h"

#include <string.h>

#define REMARKS_MAX 5

enum { FIELD_NAME, FIELD_LAST, FIELD_NOW, FIELD_CHANGE, FIELD_PERCENT, FIELD_REMARK, FIELD_COUNT };

struct sheet {
	struct arena *arena; /* of one printing */
	const struct comparison *comparison;
	enum language language;
	GString *out;
	bool narrow; /* names as findings have them, so that a line fits a terminal */
};

static bool is_missing(const struct figure *figure)
{
	return figure && figure->state == FIGURE_MISSING;
}

static const char *figure_print(struct arena *arena, const struct figure *figure)
{
	if (!figure || is_missing(figure))
		return "–";
	return figure->state == FIGURE_BLANK ? "" : decimal_print(arena, figure->millionths);
}

static const char *signed_print(struct arena *arena, int64_t millionths)
{
	return arena_print(
		arena, "%s%s", millionths > 0 ? "+" : "", decimal_print(arena, millionths));
}

static const char *percent_print(struct arena *arena, const struct difference *difference)
{
	int64_t tenths = difference->percent_tenths;
	int64_t size = tenths < 0 ? -tenths : tenths;
	return arena_print(arena, "%s%" G_GINT64_FORMAT ".%d%%", tenths < 0 ? "-" : "+",
		(gint64)(size / 10), (int)(size % 10));
}

static void fields_of(
	const struct sheet *sheet, const struct difference *difference, const char *fields[])
{
	struct arena *arena = sheet->arena;
	fields[FIELD_NAME] = sheet->narrow
		? cell_short_name(arena, difference->cell)
		: arena_join(arena, cell_path(arena, difference->cell) + 1, " · ");
	fields[FIELD_LAST] = figure_print(sheet->arena, difference->last);
	fields[FIELD_NOW] = figure_print(sheet->arena, difference->now);
	fields[FIELD_CHANGE] =
		difference->known ? signed_print(sheet->arena, difference->change) : "";
	fields[FIELD_PERCENT] =
		difference->has_percent ? percent_print(sheet->arena, difference) : "";
	fields[FIELD_REMARK] = difference->jump ? diag_code_text(DIFF_JUMP, sheet->language) : "";
}

static void head_of(const struct sheet *sheet, const char *fields[])
{
	const int years[] = {sheet->comparison->last->year, sheet->comparison->now->year};
	fields[FIELD_NAME] = diag_code_text(DIFF_CELL, sheet->language);
	for (int i = 0; i < 2; i++) {
		const char *year = arena_print(sheet->arena, "%d", years[i]);
		fields[FIELD_LAST + i] =
			diag_format(sheet->arena, sheet->language, DIFF_YEAR, year, NULL);
	}
	fields[FIELD_CHANGE] = diag_code_text(DIFF_CHANGE, sheet->language);
	fields[FIELD_PERCENT] = diag_code_text(DIFF_PERCENT, sheet->language);
	fields[FIELD_REMARK] = diag_code_text(DIFF_REMARK, sheet->language);
}

static bool is_nothing(const struct figure *figure)
{
	return !figure || (figure->millionths == 0 && !is_missing(figure));
}

/* Nothing is there to be compared where both years say 0 or nothing. */
static bool is_quiet(const struct difference *difference)
{
	return is_nothing(difference->now) && is_nothing(difference->last);
}

static const char *title_of(const struct sheet *sheet)
{
	const struct report *last = sheet->comparison->last, *now = sheet->comparison->now;
	const char *before = last->agency.utf8 ? last->agency.utf8 : "";
	const char *after = now->agency.utf8 ? now->agency.utf8 : "";
	const char *from = arena_print(sheet->arena, "%d", last->year);
	const char *to = arena_print(sheet->arena, "%d", now->year);
	if (strcmp(before, after) == 0)
		return diag_format(
			sheet->arena, sheet->language, DIFF_TITLE, after, from, to, NULL);
	return diag_format(
		sheet->arena, sheet->language, DIFF_TITLE_TWO, before, from, after, to, NULL);
}

/* A remark on the cells of a year that are missing or can't be read, if there are any. */
static size_t remark_missing(const struct sheet *sheet, bool now, const char **remark)
{
	const struct comparison *comparison = sheet->comparison;
	const struct report *report = now ? comparison->now : comparison->last;
	size_t count = 0;
	for (size_t i = 0; i < comparison->count; i++) {
		const struct difference *difference = &comparison->at[i];
		count += is_missing(now ? difference->now : difference->last);
	}
	if (count == 0)
		return 0;
	*remark = diag_format(sheet->arena, sheet->language, DIFF_MISSING,
		arena_print(sheet->arena, "%d", report->year),
		arena_print(sheet->arena, "%zu", count), NULL);
	return 1;
}

/* What a reader must know before the figures: nothing, where all is as it should be. */
static size_t remarks_of(const struct sheet *sheet, const char *remarks[REMARKS_MAX])
{
	const struct report *last = sheet->comparison->last, *now = sheet->comparison->now;
	size_t count = 0;
	if (g_strcmp0(last->agency.utf8, now->agency.utf8) != 0)
		remarks[count++] = diag_code_text(DIFF_AGENCIES, sheet->language);
	if (last->year >= now->year)
		remarks[count++] = diag_format(sheet->arena, sheet->language, DIFF_YEARS,
			arena_print(sheet->arena, "%d", last->year),
			arena_print(sheet->arena, "%d", now->year), NULL);
	if (last->edition != now->edition)
		remarks[count++] = diag_format(sheet->arena, sheet->language, DIFF_EDITIONS,
			last->edition->id, now->edition->id, NULL);
	count += remark_missing(sheet, false, &remarks[count]);
	count += remark_missing(sheet, true, &remarks[count]);
	return count;
}

static struct sheet sheet_open(
	const struct comparison *comparison, enum language language, GString *out)
{
	return (struct sheet){arena_open(), comparison, language, out, false};
}

static bool begins_table(const struct comparison *comparison, size_t index)
{
	return index == 0 ||
		comparison->at[index].cell.table != comparison->at[index - 1].cell.table;
}

static bool is_table_quiet(const struct comparison *comparison, size_t first)
{
	size_t i = first;
	do
		if (!is_quiet(&comparison->at[i]))
			return false;
	while (++i < comparison->count && !begins_table(comparison, i));
	return true;
}

static const char *heading_of(const struct difference *difference)
{
	return difference->cell.table->section->heading;
}

static void pad(GString *out, const char *text, size_t width, bool before)
{
	size_t own = text_width(text, strlen(text));
	if (!before)
		g_string_append(out, text);
	for (; own < width; own++)
		g_string_append_c(out, ' ');
	if (before)
		g_string_append(out, text);
}

static void print_line(GString *out, const char *const fields[], const size_t widths[])
{
	size_t start = out->len;
	g_string_append(out, "  ");
	for (int i = 0; i < FIELD_COUNT; i++) {
		pad(out, fields[i], widths[i], i != FIELD_NAME && i != FIELD_REMARK);
		g_string_append(out, "  ");
	}
	while (out->len > start && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

static void widen(size_t widths[], const char *const fields[])
{
	for (int i = 0; i < FIELD_COUNT; i++)
		widths[i] = MAX(widths[i], text_width(fields[i], strlen(fields[i])));
}

static void print_opening(const struct sheet *sheet)
{
	const char *remarks[REMARKS_MAX];
	size_t count = remarks_of(sheet, remarks);
	const char *title = title_of(sheet);
	text_append_visible(sheet->out, title, strlen(title));
	g_string_append_c(sheet->out, '\n');
	for (size_t i = 0; i < count; i++)
		g_string_append_printf(sheet->out, "%s\n", remarks[i]);
}

void comparison_print_text(
	const struct comparison *comparison, enum language language, GString *out)
{
	struct sheet sheet = sheet_open(comparison, language, out);
	const char *fields[FIELD_COUNT], *head[FIELD_COUNT];
	size_t widths[FIELD_COUNT] = {0};
	sheet.narrow = true;
	print_opening(&sheet);
	head_of(&sheet, head);
	widen(widths, head);
	for (size_t i = 0; i < comparison->count; i++) {
		if (is_quiet(&comparison->at[i]))
			continue;
		fields_of(&sheet, &comparison->at[i], fields);
		widen(widths, fields);
	}
	for (size_t i = 0; i < comparison->count; i++) {
		if (begins_table(comparison, i)) {
			g_string_append_printf(out, "\n%s\n", heading_of(&comparison->at[i]));
			if (is_table_quiet(comparison, i))
				g_string_append_printf(
					out, "  %s\n", diag_code_text(DIFF_QUIET, language));
			else
				print_line(out, head, widths);
		}
		if (is_quiet(&comparison->at[i]))
			continue;
		fields_of(&sheet, &comparison->at[i], fields);
		print_line(out, fields, widths);
	}
	arena_close(sheet.arena);
}

/* A text that a spreadsheet would take for a formula gets a ' before it; a number doesn't. */
static bool is_formula(const char *text)
{
	char *end;
	if (!strchr("=+-@\t\r", *text) || !*text)
		return false;
	g_ascii_strtod(text, &end);
	return end == text || (*end && strcmp(end, "%") != 0);
}

static void print_record(GString *out, const char *section, const char *const fields[])
{
	for (int i = -1; i < FIELD_COUNT; i++) {
		const char *text = i < 0 ? section : fields[i];
		g_string_append(out, i < 0 ? "\"" : ",\"");
		if (is_formula(text))
			g_string_append_c(out, '\'');
		for (; *text; text++) {
			if (*text == '"')
				g_string_append_c(out, '"');
			g_string_append_c(out, *text);
		}
		g_string_append_c(out, '"');
	}
	g_string_append(out, "\r\n");
}

void comparison_print_csv(const struct comparison *comparison, enum language language, GString *out)
{
	struct sheet sheet = sheet_open(comparison, language, out);
	const char *fields[FIELD_COUNT];
	g_string_append(out, "\xEF\xBB\xBF");
	head_of(&sheet, fields);
	print_record(out, diag_code_text(DIFF_SECTION, language), fields);
	for (size_t i = 0; i < comparison->count; i++) {
		fields_of(&sheet, &comparison->at[i], fields);
		print_record(out, heading_of(&comparison->at[i]), fields);
	}
	arena_close(sheet.arena);
}

static void print_cell(GString *out, const char *opening, const char *text, const char *closing)
{
	g_string_append(out, opening);
	markup_escape(out, text, strlen(text));
	g_string_append(out, closing);
}

static void print_head(GString *out, const char *const fields[])
{
	g_string_append(out, "<thead><tr>");
	for (int i = 0; i < FIELD_COUNT; i++)
		print_cell(out, "<th scope=\"col\">", fields[i], "</th>");
	g_string_append(out, "</tr>\n</thead><tbody>\n");
}

static void print_row(GString *out, const char *const fields[], bool jump)
{
	g_string_append(out, jump ? "<tr class=\"warning\">" : "<tr>");
	print_cell(out, "<th scope=\"row\" class=\"start\">", fields[FIELD_NAME], "</th>");
	for (int i = FIELD_LAST; i < FIELD_REMARK; i++)
		print_cell(out, "<td class=\"figure\">", fields[i], "</td>");
	print_cell(out, "<td>", fields[FIELD_REMARK], "</td></tr>\n");
}

static void print_table(const struct sheet *sheet, size_t first)
{
	const struct comparison *comparison = sheet->comparison;
	const char *heading = heading_of(&comparison->at[first]);
	const char *fields[FIELD_COUNT];
	print_cell(sheet->out, "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"",
		heading, "\"><table class=\"compared\">\n");
	head_of(sheet, fields);
	print_head(sheet->out, fields);
	size_t i = first;
	do {
		fields_of(sheet, &comparison->at[i], fields);
		if (!is_quiet(&comparison->at[i]))
			print_row(sheet->out, fields, comparison->at[i].jump);
	} while (++i < comparison->count && !begins_table(comparison, i));
	g_string_append(sheet->out, "</tbody></table></div>\n");
}

static void print_sections(const struct sheet *sheet)
{
	const struct comparison *comparison = sheet->comparison;
	const char *quiet = diag_code_text(DIFF_QUIET, sheet->language);
	for (size_t i = 0; i < comparison->count; i++) {
		if (!begins_table(comparison, i))
			continue;
		print_cell(sheet->out, "<h2>", heading_of(&comparison->at[i]), "</h2>\n");
		if (is_table_quiet(comparison, i))
			print_cell(sheet->out, "<p>", quiet, "</p>\n");
		else
			print_table(sheet, i);
	}
}

void comparison_print_html(
	const struct comparison *comparison, enum language language, GString *out)
{
	struct sheet sheet = sheet_open(comparison, language, out);
	const char *remarks[REMARKS_MAX];
	size_t count = remarks_of(&sheet, remarks);
	const char *title = title_of(&sheet);
	markup_open(out, language == LANGUAGE_EN ? "en" : "zh-CN", title,
		template_builtin("report.css"));
	g_string_append(out, "<h1>");
	markup_escape(out, title, strlen(title));
	g_string_append(out, "</h1>\n");
	for (size_t i = 0; i < count; i++) {
		g_string_append(out, "<p class=\"draft\">");
		markup_escape(out, remarks[i], strlen(remarks[i]));
		g_string_append(out, "</p>\n");
	}
	print_sections(&sheet);
	markup_close(out);
	arena_close(sheet.arena);
}
