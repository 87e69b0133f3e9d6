/* Which cells a phrase means: sums of cells named by some of their labels. */
#include "edition/prose_internal.h"

#include "base/text.h"

#include <string.h>

/* Labels of one cell from the section down. */
#define NAMES_MAX 16

struct cell_names {
	const char *const *at[NAMES_MAX]; /* each with all its spellings */
	size_t count;
};

static void add_label(struct cell_names *names, const struct label *label)
{
	if (!label || !label->names)
		return;
	add_label(names, label->parent);
	if (names->count < NAMES_MAX)
		names->at[names->count++] = label->names;
}

static bool is_named(const struct cell_names *names, char *const *wanted)
{
	size_t found = 0;
	for (size_t i = 0; i < names->count && wanted[found]; i++)
		if (label_is_named(names->at[i], wanted[found]))
			found++;
	return !wanted[found];
}

static bool cell_is_named(struct cell cell, char *const *wanted)
{
	struct cell_names names = {{cell.table->section->names}, 1};
	add_label(&names, cell.row);
	add_label(&names, cell.column);
	return is_named(&names, wanted);
}

static void add_cells(struct prose_reader *reader, char *const *wanted, int sign, GArray *terms)
{
	for (size_t s = 0; s < reader->edition->section_count; s++) {
		const struct section *section = &reader->edition->sections[s];
		size_t count = section->table ? section->table->cell_count : 0;
		for (size_t i = 0; i < count; i++) {
			struct prose_term term = {section->table, i, sign};
			if (cell_is_named(table_cell_at(section->table, i), wanted))
				g_array_append_val(terms, term);
		}
	}
}

/* False if no cell has such a name. */
static bool add_path(struct prose_reader *reader, const char *path, int sign, GArray *terms)
{
	guint before = terms->len;
	gchar **wanted = g_strsplit(path, "/", 0);
	for (size_t i = 0; wanted[i]; i++) {
		char *written = wanted[i];
		wanted[i] = g_strdup(text_fold(reader->arena, written));
		g_free(written);
	}
	add_cells(reader, wanted, sign, terms);
	g_strfreev(wanted);
	return terms->len > before;
}

void prose_reading_load(
	struct prose_reader *reader, const struct node *node, struct prose_reading *reading)
{
	GArray *terms = g_array_new(FALSE, FALSE, sizeof(struct prose_term));
	gchar **words = g_strsplit(node->text ? node->text : "", " ", 0);
	int sign = 1;
	for (size_t i = 0; words[i]; i++) {
		if (strcmp(words[i], "+") == 0 || strcmp(words[i], "-") == 0)
			sign = words[i][0] == '-' ? -1 : 1;
		else if (!add_path(reader, words[i], sign, terms))
			prose_refuse(reader, node, words[i]);
	}
	reading->count = terms->len;
	reading->terms = arena_array(reader->arena, struct prose_term, terms->len + 1);
	if (terms->len)
		memcpy(reading->terms, terms->data, terms->len * sizeof(struct prose_term));
	g_strfreev(words);
	g_array_free(terms, TRUE);
}
