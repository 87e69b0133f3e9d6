/* Which cells a phrase means: sums of cells named by some of their labels. */
#include "edition/prose.h"

#include "base/text.h"

#include <stdint.h>
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
		if (g_strv_contains(names->at[i], wanted[found]))
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

/* The name says the column last, and few columns have it. */
static void add_cells(const struct table *table, const struct band *band, char *const *wanted,
	int sign, GArray *terms)
{
	GArray *columns = g_array_new(FALSE, FALSE, sizeof(size_t));
	const char *last = wanted[g_strv_length((gchar **)(uintptr_t)wanted) - 1];
	for (size_t i = 0; i < band->columns.leaf_count; i++)
		if (g_strv_contains(band->columns.leaves[i]->names, last))
			g_array_append_val(columns, i);
	for (size_t row = 0; row < band->row_count; row++)
		for (guint i = 0; i < columns->len; i++) {
			size_t cell = band->first_cell + row * band->columns.leaf_count +
				g_array_index(columns, size_t, i);
			struct prose_term term = {table, cell, sign};
			if (cell_is_named(table_cell_at(table, cell), wanted))
				g_array_append_val(terms, term);
		}
	g_array_unref(columns);
}

static void add_table(const struct table *table, char *const *wanted, int sign, GArray *terms)
{
	for (size_t i = 0; i < table->band_count; i++)
		add_cells(table, &table->bands[i], wanted, sign, terms);
}

/* A path stands for every cell in whose name its labels occur in this order, the last
 * of them its column: a group of rows
 * or columns is the sum of its cells. False if there is none. */
static bool add_path(const struct edition *edition, const char *path, int sign, GArray *terms)
{
	guint before = terms->len;
	gchar **wanted = g_strsplit(path, "/", 0);
	for (size_t i = 0; wanted[i]; i++) {
		char *written = wanted[i];
		wanted[i] = g_strdup(text_fold(edition->arena, written));
		g_free(written);
	}
	for (size_t i = 0; i < edition->section_count; i++)
		if (edition->sections[i].table)
			add_table(edition->sections[i].table, wanted, sign, terms);
	g_strfreev(wanted);
	return terms->len > before;
}

static void refuse(const struct node *node, const char *word, struct diags *diags)
{
	if (diags)
		diag_blame_environment(
			diags, diag_add(diags, TEMPLATE_PATTERN, node->at, word, NULL));
}

/* A sum is written `A/B + C/D - E/F`. */
bool prose_reading_resolve(struct prose *prose, struct prose_reading *reading, struct diags *diags)
{
	if (reading->terms)
		return reading->count > 0;
	GArray *terms = g_array_new(FALSE, FALSE, sizeof(struct prose_term));
	const char *const *words =
		words_split(prose->edition->arena, reading->node->text ? reading->node->text : "");
	bool sound = words[0] != NULL;
	int sign = 1;
	if (!sound)
		refuse(reading->node, "A/B", diags);
	for (; *words; words++) {
		if (strcmp(*words, "+") == 0 || strcmp(*words, "-") == 0) {
			sign = **words == '-' ? -1 : 1;
		} else if (!add_path(prose->edition, *words, sign, terms)) {
			refuse(reading->node, *words, diags);
			sound = false;
		}
	}
	reading->count = sound ? terms->len : 0;
	reading->terms = arena_copy_many(
		prose->edition->arena, terms->data, terms->len, sizeof(struct prose_term));
	g_array_free(terms, TRUE);
	return sound;
}

bool prose_subject_resolve(struct prose *prose, struct prose_subject *subject, struct diags *diags)
{
	bool sound = subject->count > 0;
	for (size_t i = 0; i < subject->count; i++)
		sound &= prose_reading_resolve(prose, &subject->readings[i], diags);
	return sound;
}
