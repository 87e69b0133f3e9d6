/* Tables of a form: bands, the numbering of their cells, the names of cells. */
#include "edition/template_internal.h"

#include <stdint.h>
#include <string.h>

static const char *const band_keys[] = {"heading", "corner", "columns", "rows", "measure", NULL};
static const char *const table_keys[] = {
	"name", "corner", "columns", "rows", "measure", "bands", "rules", NULL};

static void hide_groups(struct label *label)
{
	for (size_t i = 0; i < label->count; i++) {
		label->children[i]->printed_only = label->children[i]->count > 0;
		hide_groups(label->children[i]);
	}
}

/* Leaf columns that are named alike in two groups need the group's name to be told apart. */
static bool leaves_are_distinct(const struct label_tree *tree)
{
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
	bool distinct = true;
	for (size_t i = 0; i < tree->leaf_count; i++) {
		const struct label *leaf = tree->leaves[i];
		for (const char *const *name = leaf->names; *name; name++) {
			const struct label *known = g_hash_table_lookup(seen, *name);
			distinct &= !known || known == leaf;
			g_hash_table_insert(
				seen, (gpointer)(uintptr_t)*name, (gpointer)(uintptr_t)leaf);
		}
	}
	g_hash_table_unref(seen);
	return distinct;
}

static void load_band(struct template_reader *reader, struct band *band, const struct node *node,
	const struct measure *measure)
{
	if (node->kind != NODE_MAP)
		return;
	const struct node *columns = template_list(reader, node, "columns");
	measure = template_measure(reader, node, measure);
	band->heading = template_text(reader, node, "heading", false);
	band->corner = template_text(reader, node, "corner", false);
	label_tree_load(reader, columns, measure, &band->columns);
	label_tree_load(reader, template_list(reader, node, "rows"), NULL, &band->rows);
	band->row_count = MAX(band->rows.leaf_count, 1);
	if (band->rows.leaf_count && leaves_are_distinct(&band->columns))
		hide_groups(&band->columns.root);
	if (!band->columns.leaf_count)
		template_refuse(reader,
			diag_add(reader->diags, TEMPLATE_MISSING,
				node->key ? node->key_at : node->at, "columns", NULL));
}

/* The first label of another band with one of these names, which are then taken. */
static const struct label *claim_names(GHashTable *taken, const struct label *label)
{
	const struct label *first = NULL;
	for (const char *const *name = label->names; *name; name++) {
		const struct label *known = g_hash_table_lookup(taken, *name);
		if (known && known != label)
			first = known;
		g_hash_table_insert(taken, (gpointer)(uintptr_t)*name, (gpointer)(uintptr_t)label);
	}
	return first;
}

/* A label that two bands use as a key would name two rows. */
static void check_bands(struct template_reader *reader, const struct table *table)
{
	GHashTable *taken = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < table->band_count; i++) {
		const struct label *root = band_keys_root(&table->bands[i]);
		for (size_t j = 0; j < root->count; j++) {
			const struct label *label = root->children[j];
			const struct label *first = claim_names(taken, label);
			if (!first || table->band_count == 1)
				continue; /* within one tree, the tree has said it */
			struct diag *diag = diag_add(
				reader->diags, TEMPLATE_LABEL_TWICE, label->at, label->text, NULL);
			diag_relate(diag, first->at, first->text, NULL);
			template_refuse(reader, diag);
		}
	}
	g_hash_table_unref(taken);
}

const struct label *band_keys_root(const struct band *band)
{
	return band->rows.leaf_count ? &band->rows.root : &band->columns.root;
}

#define CELLS_MAX 10000 /* of a table; no form on paper has a hundredth of it */

static void number_cells(struct template_reader *reader, struct table *table)
{
	for (size_t i = 0; i < table->band_count; i++) {
		struct band *band = &table->bands[i];
		if (!band->row_count)
			continue; /* refused, and never to be used */
		band->first_row = table->row_count;
		band->first_cell = table->cell_count;
		if (band->columns.leaf_count > CELLS_MAX / band->row_count ||
			table->cell_count > CELLS_MAX) {
			template_refuse(reader,
				diag_add(reader->diags, TEMPLATE_LIMIT, table->section->at, "cells",
					"10000", NULL));
			return;
		}
		table->row_count += band->row_count;
		table->cell_count += band->row_count * band->columns.leaf_count;
		table->grid_columns =
			MAX(table->grid_columns, band->rows.depth + band->columns.leaf_count);
	}
}

static const struct measure **list_measures(struct arena *arena, const struct table *table)
{
	const struct measure **measures =
		arena_array(arena, const struct measure *, table->cell_count);
	for (size_t i = 0; i < table->cell_count; i++) {
		struct cell cell = table_cell_at(table, i);
		bool own = cell.row && cell.row->measure;
		measures[i] = own ? cell.row->measure : cell.column->measure;
	}
	return measures;
}

struct table *table_load(
	struct template_reader *reader, const struct section *section, const struct node *node)
{
	struct table *table = arena_new(reader->arena, struct table);
	table->section = section;
	if (!template_keys(reader, node, table_keys))
		return table;
	const struct node *bands = template_list(reader, node, "bands");
	const struct measure *measure = template_measure(reader, node, reader->measures);
	table->name = template_text(reader, node, "name", false);
	table->band_count = bands && bands->count ? bands->count : 1;
	table->bands = arena_array(reader->arena, struct band, table->band_count);
	if (!bands)
		load_band(reader, &table->bands[0], node, measure);
	for (size_t i = 0; bands && i < bands->count; i++)
		if (template_keys(reader, bands->children[i], band_keys))
			load_band(reader, &table->bands[i], bands->children[i], measure);
	check_bands(reader, table);
	number_cells(reader, table);
	table->measures = list_measures(reader->arena, table);
	return table;
}

struct cell table_cell_at(const struct table *table, size_t index)
{
	const struct band *band = table->bands;
	g_assert(index < table->cell_count);
	while (index >= band->first_cell + band->row_count * band->columns.leaf_count)
		band++;
	size_t within = index - band->first_cell;
	size_t row = within / band->columns.leaf_count, column = within % band->columns.leaf_count;
	return (struct cell){table, band, band->rows.leaf_count ? band->rows.leaves[row] : NULL,
		band->columns.leaves[column], index};
}

/* Appends the keys of a label's groups and its own, outermost first. */
static size_t append_keys(const char **path, size_t count, const struct label *label)
{
	if (!label)
		return count;
	count = append_keys(path, count, label->parent);
	if (!label->printed_only)
		path[count++] = label->key;
	return count;
}

const char *const *label_path(struct arena *arena, const struct table *table,
	const struct label *row, const struct label *column)
{
	size_t room = 2 + (row ? row->depth + 1 : 0) + (column ? column->depth + 1 : 0);
	const char **path = arena_array(arena, const char *, room);
	path[0] = table->section->key;
	append_keys(path, append_keys(path, 1, row), column);
	return path;
}

const char *const *cell_path(struct arena *arena, struct cell cell)
{
	return label_path(arena, cell.table, cell.row, cell.column);
}

static bool names_another(const struct label_tree *tree, const struct label *label)
{
	for (size_t i = 0; i < tree->leaf_count; i++)
		if (tree->leaves[i] != label && strcmp(tree->leaves[i]->key, label->key) == 0)
			return true;
	return false;
}

/* A row and a column may be called alike, too: 其他. */
static bool is_ambiguous(const struct band *band, const struct label *leaf)
{
	return !leaf->total && !leaf->short_key &&
		(names_another(&band->rows, leaf) || names_another(&band->columns, leaf));
}

static const char *label_name(const struct label *label)
{
	return label->short_key ? label->short_key : label->key;
}

/* The short key; where another leaf is called so, or there are no rows to tell groups apart,
 * with its group's before it. */
const char *leaf_name(struct arena *arena, const struct band *band, const struct label *leaf)
{
	const struct label *group = leaf->parent;
	bool plain = band->rows.leaf_count && !is_ambiguous(band, leaf);
	if (plain || !group || !group->key || group->printed_only)
		return label_name(leaf);
	return arena_print(arena, "%s · %s", label_name(group), label_name(leaf));
}

const char *cell_short_name(struct arena *arena, struct cell cell)
{
	const char *column = leaf_name(arena, cell.band, cell.column);
	if (!cell.row)
		return column;
	return arena_print(arena, "%s · %s", leaf_name(arena, cell.band, cell.row), column);
}
