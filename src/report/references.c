/* ${section/row/column} in a text: words to a cell. A label may itself hold a slash. */
#include "report/bind_internal.h"

#include "base/text.h"

/* A path being followed; `words` are what stood between the slashes. */
struct trail {
	struct arena *arena;
	char **words;
	size_t count;
};

static const char *joined(const struct trail *trail, size_t from, size_t to)
{
	GString *text = g_string_new(trail->words[from]);
	for (size_t i = from + 1; i < to; i++)
		g_string_append_printf(text, "/%s", trail->words[i]);
	return arena_take(trail->arena, g_string_free(text, FALSE));
}

/* Goes down from `*label` as far as words name labels; returns the first word left over. */
static size_t descend(const struct trail *trail, size_t from, const struct label **label)
{
	for (size_t to = from + 1; to <= trail->count; to++) {
		const struct label *next =
			label_find(trail->arena, *label, joined(trail, from, to));
		if (!next)
			continue;
		*label = next;
		return descend(trail, to, label);
	}
	return from;
}

/* A single column need not be named. */
static const struct label *leaf_under(const struct label *label, const struct label_tree *tree)
{
	return label->leaf_count == 1 ? tree->leaves[label->first_leaf] : NULL;
}

static bool find_in_band(
	const struct trail *trail, size_t from, const struct band *band, size_t *index)
{
	const struct label *row = &band->rows.root, *column = &band->columns.root;
	size_t at = band->rows.leaf_count ? descend(trail, from, &row) : from;
	if (band->rows.leaf_count && (row->count || at == from))
		return false;
	if (at < trail->count)
		at = descend(trail, at, &column);
	const struct label *leaf = leaf_under(column, &band->columns);
	if (at < trail->count || !leaf)
		return false;
	size_t line = band->rows.leaf_count ? row->first_leaf : 0;
	*index = band->first_cell + line * band->columns.leaf_count + leaf->first_leaf;
	return true;
}

static const struct figure *find_in_section(struct binder *binder, const struct trail *trail,
	size_t from, const struct section_content *content, struct cell *cell)
{
	/* Without figures where the table is missing. */
	const struct table *table = content->figures ? content->section->table : NULL;
	for (size_t i = 0; table && i < table->band_count; i++) {
		size_t index;
		if (!find_in_band(trail, from, &table->bands[i], &index))
			continue;
		*cell = table_cell_at(table, index);
		return report_figure(binder->report, table, index);
	}
	return NULL;
}

const struct figure *reference_find(
	struct binder *binder, const char *words, size_t length, struct cell *cell)
{
	const struct edition *edition = binder->report->edition;
	char *text = g_strndup(words, length);
	struct trail trail = {binder->arena, g_strsplit(text, "/", YAML_DEPTH_MAX), 0};
	const struct figure *figure = NULL;
	trail.count = g_strv_length(trail.words);
	const char *first = trail.count ? text_fold(binder->arena, trail.words[0]) : "";
	for (size_t i = 0; i < edition->section_count && trail.count > 1 && !figure; i++)
		if (g_strv_contains(edition->sections[i].names, first))
			figure = find_in_section(
				binder, &trail, 1, &binder->report->sections[i], cell);
	g_strfreev(trail.words);
	g_free(text);
	return figure;
}
