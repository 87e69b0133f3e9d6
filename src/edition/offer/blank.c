/* An empty report with everything in its place: keys in order, hints beside them. */
#include "edition/offer/offer.h"

#include "base/text.h"

#include <string.h>

struct form_writer {
	struct arena *arena;
	const struct edition *edition;
	const struct blank *blank;
	GString *out;
};

/* `argument` NULL: the sentence has none. */
static void comment(
	struct form_writer *writer, size_t indent, enum diag_code code, const char *argument)
{
	const char *text =
		diag_format(writer->arena, writer->blank->language, code, argument, NULL);
	g_string_append_printf(writer->out, "%*s# %s\n", (int)indent, "", text);
}

/* As it is where no reader of YAML could take it for anything else; else in double quotes. */
static void put_scalar(GString *out, const char *text)
{
	bool plain = *text != '\0';
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		plain &= g_unichar_isalpha(character) && character > 0x7F;
	}
	if (plain) {
		g_string_append(out, text);
		return;
	}
	g_string_append_c(out, '"');
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (character == '"' || character == '\\')
			g_string_append_c(out, '\\');
		if (g_unichar_isprint(character))
			g_string_append_unichar(out, character);
		else
			g_string_append_printf(out, "\\U%08X", character);
	}
	g_string_append_c(out, '"');
}

/* Keys with signs that YAML might take are quoted. */
static void put_key(GString *out, size_t indent, const char *key)
{
	g_string_append_printf(out, "%*s", (int)indent, "");
	if (strpbrk(key, ":#[]{},&*!|>'\"%@`") || !g_unichar_isalpha(g_utf8_get_char(key)))
		put_scalar(out, key);
	else
		g_string_append(out, key);
	g_string_append_c(out, ':');
}

static void put_blanks(GString *out, size_t count)
{
	g_string_append(out, count == 1 ? " ~" : " [~");
	for (size_t i = 1; i < count; i++)
		g_string_append(out, ", ~");
	if (count > 1)
		g_string_append_c(out, ']');
}

static void put_hint(GString *out, const struct label *label)
{
	if (label->hint)
		g_string_append_printf(out, " # %s", label->hint);
	g_string_append_c(out, '\n');
}

static const char *column_names(
	struct form_writer *writer, const struct label_tree *columns, const struct label *group)
{
	GString *names = g_string_new(NULL);
	for (size_t i = group->first_leaf; i < group->first_leaf + group->leaf_count; i++) {
		const struct label *leaf = columns->leaves[i];
		g_string_append_printf(names, "%s%s", names->len ? "、" : "", leaf->key);
		if (leaf->measure->unit_yuan)
			g_string_append_printf(names, "（%s）", leaf->measure->unit);
	}
	return arena_take(writer->arena, g_string_free(names, FALSE));
}

static void write_rows(struct form_writer *writer, const struct band *band,
	const struct label *group, size_t indent)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct label *row = group->children[i];
		put_key(writer->out, indent, row->key);
		if (!row->count)
			put_blanks(writer->out, band->columns.leaf_count);
		put_hint(writer->out, row);
		if (row->count)
			write_rows(writer, band, row, indent + 2);
	}
}

static bool is_flat(const struct label *group)
{
	for (size_t i = 0; i < group->count; i++)
		if (group->children[i]->count)
			return false;
	return true;
}

/* Of a table without row labels: groups as keys, the lowest with their columns as a list. */
static void write_columns(struct form_writer *writer, const struct band *band,
	const struct label *group, size_t indent)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct label *column = group->children[i];
		put_key(writer->out, indent, column->key);
		if (is_flat(column))
			put_blanks(writer->out, column->leaf_count);
		put_hint(writer->out, column);
		if (!is_flat(column))
			write_columns(writer, band, column, indent + 2);
	}
}

/* The columns are named once for bands that have the same. */
static void write_table(struct form_writer *writer, const struct table *table)
{
	const char *said = "";
	for (size_t i = 0; i < table->band_count; i++) {
		const struct band *band = &table->bands[i];
		const struct label *columns = &band->columns.root;
		bool rows = band->rows.leaf_count > 0;
		while (!rows && !is_flat(columns))
			columns = columns->children[0];
		const char *names = column_names(writer, &band->columns, columns);
		if (strcmp(names, said) != 0)
			comment(writer, 2, NEW_COLUMNS, names);
		said = names;
		if (rows)
			write_rows(writer, band, &band->rows.root, 2);
		else
			write_columns(writer, band, &band->columns.root, 2);
	}
}

static void write_section(struct form_writer *writer, const struct section *section)
{
	g_string_append_printf(writer->out, "\n# %s\n", section->heading);
	if (section->hint)
		g_string_append_printf(writer->out, "# %s\n", section->hint);
	put_key(writer->out, 0, section->key);
	if (section->table) {
		g_string_append_c(writer->out, '\n');
		write_table(writer, section->table);
	} else {
		g_string_append(writer->out, " |\n  \n");
	}
}

static void write_head(struct form_writer *writer)
{
	const struct edition *edition = writer->edition;
	const struct blank *blank = writer->blank;
	GString *out = writer->out;
	comment(writer, 0, NEW_TITLE, edition->notice);
	comment(writer, 0, NEW_HOW, NULL);
	comment(writer, 0, NEW_FIGURES, NULL);
	comment(writer, 0, NEW_TEXTS, NULL);
	g_string_append_printf(out, "格式: %s\n机关:", edition->id);
	if (blank->agency) {
		g_string_append_c(out, ' ');
		put_scalar(out, blank->agency);
	}
	g_string_append(out, " # ");
	g_string_append(out, diag_code_text(NEW_AGENCY, blank->language));
	g_string_append(out, "\n年度:");
	if (blank->year)
		g_string_append_printf(out, " %d", blank->year);
	g_string_append_c(out, '\n');
	if (*edition->levels) {
		const char *levels = arena_join(writer->arena, edition->levels, " ");
		g_string_append_printf(out, "层级:%s%s # %s\n", blank->level ? " " : "",
			blank->level ? blank->level : "", levels);
	}
	comment(writer, 0, NEW_OPTIONAL, NULL);
	g_string_append(out, "# 前言: |\n#   \n# 署名: \n# 日期: ");
	g_string_append_printf(out, "%d-01-31\n", blank->year ? blank->year + 1 : 2000);
}

void edition_write_blank(const struct edition *edition, const struct blank *blank, GString *out)
{
	struct arena *arena = arena_open();
	struct form_writer writer = {arena, edition, blank, out};
	write_head(&writer);
	for (size_t i = 0; i < edition->section_count; i++)
		write_section(&writer, &edition->sections[i]);
	arena_close(arena);
}
