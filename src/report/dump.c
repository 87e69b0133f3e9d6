/* --dump report: what was understood of a report. */
#include "report/report.h"

#include <string.h>

static void dump_text(const char *name, const struct text *text, GString *out)
{
	static const char *const states[] = {"missing", "empty", "given"};
	g_string_append_printf(out, "%s: %s\n", name, states[text->state]);
	for (size_t i = 0; i < text->count; i++) {
		const struct passage *passage = &text->passages[i];
		if (passage->kind == PASSAGE_PARAGRAPH)
			g_string_append_printf(out, "  %d.%d+%zu %s\n", passage->numbering.level,
				passage->numbering.number, passage->numbering.head, passage->utf8);
		else if (passage->kind == PASSAGE_PICTURE)
			g_string_append_printf(out, "  picture %s %dx%d %s\n",
				passage->picture.file, passage->picture.pixel_width,
				passage->picture.pixel_height, passage->utf8 ? passage->utf8 : "");
		else
			g_string_append_printf(out, "  table %zux%zu %s\n", passage->table.rows,
				passage->table.columns, passage->utf8 ? passage->utf8 : "");
	}
}

static void dump_figure(const struct figure *figure, GString *out)
{
	if (figure->state == FIGURE_MISSING)
		g_string_append(out, " ?");
	else if (figure->state == FIGURE_BLANK)
		g_string_append_printf(out, " ~%s", figure->printed);
	else
		g_string_append_printf(out, " %s%s", figure->printed, figure->odd ? "!" : "");
}

static void dump_table(const struct section_content *content, GString *out)
{
	const struct table *table = content->section->table;
	for (size_t i = 0; i < table->cell_count; i++) {
		struct cell cell = table_cell_at(table, i);
		if (cell.column->first_leaf == 0)
			g_string_append_printf(out, "  %s:", cell.row ? cell.row->key : "");
		dump_figure(&content->figures[i], out);
		if (cell.column->first_leaf + 1 == cell.band->columns.leaf_count)
			g_string_append_c(out, '\n');
	}
}

void report_dump(const struct report *report, GString *out)
{
	g_string_append_printf(out, "%s %d %s\n%s\n", report->edition->id, report->year,
		report->agency.utf8 ? report->agency.utf8 : "?", report->title);
	dump_text("preface", &report->preface, out);
	for (size_t i = 0; i < report->edition->section_count; i++) {
		const struct section_content *content = &report->sections[i];
		if (content->section->kind == SECTION_TEXT) {
			dump_text(content->section->heading, &content->text, out);
			continue;
		}
		g_string_append_printf(out, "%s:%s\n", content->section->heading,
			content->missing ? " missing" : "");
		dump_text("  before", &content->before, out);
		dump_table(content, out);
		dump_text("  after", &content->after, out);
	}
	if (report->signature.utf8)
		g_string_append_printf(out, "%s\n", report->signature.utf8);
	if (report->date.utf8)
		g_string_append_printf(out, "%s\n", report->date.utf8);
}
