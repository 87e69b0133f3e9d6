/* In the order of the form, whatever order the author chose. */
#include "report/write.h"

#include "base/decimal.h"
#include "yaml/write.h"

#include <string.h>

struct figures {
	struct yaml_writer *writer;
	const struct figure *at; /* of the section's table */
};

static void write_key(struct yaml_writer *writer, const char *key)
{
	yaml_write_text(writer, key, STYLE_PLAIN);
}

static void write_pair(
	struct yaml_writer *writer, const char *key, const char *text, enum node_style style)
{
	if (!text)
		return;
	write_key(writer, key);
	yaml_write_text(writer, text, style);
}

/* What would be read as a reference is written so that it isn't. */
static void append_passage(GString *out, const struct passage *passage)
{
	for (const char *at = passage->utf8; *at; at++) {
		if (at[0] == '$' && at[1] == '{')
			g_string_append_c(out, '$');
		g_string_append_c(out, *at);
	}
}

static void write_row(struct yaml_writer *writer, const char *const *texts, size_t count)
{
	yaml_open_list(writer, true);
	for (size_t i = 0; i < count; i++)
		yaml_write_text(writer, texts[i], STYLE_QUOTED);
	yaml_close_list(writer);
}

static void write_plain_table(struct yaml_writer *writer, const struct passage *passage)
{
	const struct plain_table *table = &passage->table;
	yaml_open_map(writer);
	if (table->head) {
		write_key(writer, "表头");
		write_row(writer, table->head, table->columns);
	}
	write_key(writer, "行");
	yaml_open_list(writer, false);
	for (size_t i = 0; i < table->rows; i++)
		write_row(writer, table->cells + i * table->columns, table->columns);
	yaml_close_list(writer);
	write_pair(writer, "说明", passage->utf8, STYLE_QUOTED);
	yaml_close_map(writer);
}

static void write_picture(struct yaml_writer *writer, const struct passage *passage)
{
	yaml_open_map(writer);
	write_pair(writer, "文件", passage->picture.file, STYLE_QUOTED);
	write_pair(writer, "说明", passage->utf8, STYLE_QUOTED);
	if (passage->picture.width_um > 0) {
		char *width = g_strdup_printf("%d.%03dmm", passage->picture.width_um / 1000,
			passage->picture.width_um % 1000);
		write_pair(writer, "宽", width, STYLE_PLAIN);
		g_free(width);
	}
	yaml_close_map(writer);
}

static void write_passage(struct yaml_writer *writer, const struct passage *passage)
{
	if (passage->kind == PASSAGE_PARAGRAPH) {
		GString *text = g_string_new(NULL);
		append_passage(text, passage);
		yaml_write_text(writer, text->str, STYLE_QUOTED);
		g_string_free(text, TRUE);
		return;
	}
	yaml_open_map(writer);
	write_key(writer, passage->kind == PASSAGE_PICTURE ? "图" : "表");
	if (passage->kind == PASSAGE_PICTURE)
		write_picture(writer, passage);
	else
		write_plain_table(writer, passage);
	yaml_close_map(writer);
}

static bool is_prose(const struct text *text)
{
	for (size_t i = 0; i < text->count; i++)
		if (text->passages[i].kind != PASSAGE_PARAGRAPH)
			return false;
	return true;
}

/* Paragraphs alone are a block of lines; with pictures or tables between, a list. */
static void write_text(struct yaml_writer *writer, const char *key, const struct text *text)
{
	if (text->state == TEXT_MISSING)
		return;
	write_key(writer, key);
	if (text->count == 0) {
		yaml_write_null(writer);
	} else if (is_prose(text)) {
		GString *block = g_string_new(NULL);
		for (size_t i = 0; i < text->count; i++) {
			append_passage(block, &text->passages[i]);
			g_string_append_c(block, '\n');
		}
		yaml_write_text(writer, block->str, STYLE_BLOCK);
		g_string_free(block, TRUE);
	} else {
		yaml_open_list(writer, false);
		for (size_t i = 0; i < text->count; i++)
			write_passage(writer, &text->passages[i]);
		yaml_close_list(writer);
	}
}

/* As written: what isn't a plain number was quoted, and is again. */
static void write_figure(struct yaml_writer *writer, const struct figure *figure)
{
	int64_t value;
	if (!*figure->printed)
		yaml_write_null(writer);
	else if (decimal_parse(figure->printed, strlen(figure->printed), &value))
		yaml_write_text(writer, figure->printed, STYLE_PLAIN);
	else
		yaml_write_text(writer, figure->printed, STYLE_QUOTED);
}

static size_t count_given(const struct figure *figures, size_t count)
{
	size_t given = 0;
	for (size_t i = 0; i < count; i++)
		given += figures[i].state != FIGURE_MISSING;
	return given;
}

/* A key with the figures of `count` neighbouring leaves. */
static void write_figures(struct figures *from, const char *key, const struct figure *figures,
	struct label *const *leaves, size_t count)
{
	size_t given = count_given(figures, count);
	if (given == 0)
		return;
	write_key(from->writer, key);
	if (count == 1) {
		write_figure(from->writer, figures);
		return;
	}
	if (given == count)
		yaml_open_list(from->writer, true);
	else
		yaml_open_map(from->writer);
	for (size_t i = 0; i < count; i++) {
		if (figures[i].state == FIGURE_MISSING)
			continue;
		if (given < count)
			write_key(from->writer, leaves[i]->key);
		write_figure(from->writer, &figures[i]);
	}
	if (given == count)
		yaml_close_list(from->writer);
	else
		yaml_close_map(from->writer);
}

/* Rows of a band; columns' leaves where it has no row labels. `figures` are the band's. */
static void write_rows(struct figures *from, const struct band *band, const struct label *label)
{
	size_t columns = band->columns.leaf_count;
	const struct figure *figures = from->at + band->first_cell;
	if (label->count == 0) {
		write_figures(from, label->key, figures + label->first_leaf * columns,
			band->columns.leaves, columns);
		return;
	}
	if (count_given(figures + label->first_leaf * columns, label->leaf_count * columns) == 0)
		return;
	if (!label->printed_only) {
		write_key(from->writer, label->key);
		yaml_open_map(from->writer);
	}
	for (size_t i = 0; i < label->count; i++)
		write_rows(from, band, label->children[i]);
	if (!label->printed_only)
		yaml_close_map(from->writer);
}

static bool has_groups(const struct label *label)
{
	for (size_t i = 0; i < label->count; i++)
		if (label->children[i]->count > 0)
			return true;
	return false;
}

/* A table without row labels is addressed by its columns. */
static void write_columns(struct figures *from, const struct band *band, const struct label *label)
{
	const struct figure *figures = from->at + band->first_cell + label->first_leaf;
	if (!has_groups(label)) {
		write_figures(from, label->key, figures, band->columns.leaves + label->first_leaf,
			label->leaf_count);
		return;
	}
	if (count_given(figures, label->leaf_count) == 0)
		return;
	write_key(from->writer, label->key);
	yaml_open_map(from->writer);
	for (size_t i = 0; i < label->count; i++)
		write_columns(from, band, label->children[i]);
	yaml_close_map(from->writer);
}

static void write_band(struct figures *from, const struct band *band)
{
	bool rows = band->rows.leaf_count > 0;
	const struct label *root = rows ? &band->rows.root : &band->columns.root;
	for (size_t i = 0; i < root->count; i++) {
		if (rows)
			write_rows(from, band, root->children[i]);
		else
			write_columns(from, band, root->children[i]);
	}
}

static void write_section(struct yaml_writer *writer, const struct section_content *content)
{
	const struct section *section = content->section;
	if (content->missing)
		return;
	if (section->kind == SECTION_TEXT) {
		write_text(writer, section->key, &content->text);
		return;
	}
	struct figures figures = {writer, content->figures};
	write_key(writer, section->key);
	yaml_open_map(writer);
	write_text(writer, "表前", &content->before);
	for (size_t i = 0; content->figures && i < section->table->band_count; i++)
		write_band(&figures, &section->table->bands[i]);
	write_text(writer, "表后", &content->after);
	yaml_close_map(writer);
}

static void write_title(struct yaml_writer *writer, const struct report *report)
{
	if (report->title_count == 0)
		return;
	write_key(writer, "标题");
	yaml_open_list(writer, false);
	for (size_t i = 0; i < report->title_count; i++)
		yaml_write_text(writer, report->title_lines[i].utf8, STYLE_QUOTED);
	yaml_close_list(writer);
}

bool report_write(const struct report *report, GString *out)
{
	struct yaml_writer *writer = yaml_writer_open(out);
	char *year = g_strdup_printf("%d", report->year);
	yaml_open_map(writer);
	write_pair(writer, "格式", report->edition->id, STYLE_PLAIN);
	write_pair(writer, "机关", report->agency.utf8, STYLE_QUOTED);
	write_pair(writer, "年度", report->year ? year : NULL, STYLE_PLAIN);
	write_title(writer, report);
	write_pair(writer, "层级", report->level.utf8, STYLE_PLAIN);
	write_text(writer, "前言", &report->preface);
	for (size_t i = 0; i < report->edition->section_count; i++)
		write_section(writer, &report->sections[i]);
	write_pair(writer, "署名", report->signature.utf8, STYLE_QUOTED);
	write_pair(writer, "日期", report->date.utf8, STYLE_PLAIN);
	yaml_close_map(writer);
	g_free(year);
	return yaml_writer_close(writer);
}
