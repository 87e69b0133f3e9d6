/*
 * The figures of a table: keys meet labels, lists meet columns. What is missing, unknown,
 * given twice or of the wrong shape is said once, at its place; the rest is bound.
 */
#include "report/bind_internal.h"

#include "base/text.h"

#include <string.h>

/* One table being bound. */
struct cells {
	struct binder *binder;
	const struct table *table;
	struct figure *figures;
};

/* A row (of a band without row labels: the only one) and the columns under a label. */
struct stretch {
	const struct band *band;
	const struct label *row; /* NULL where the band has no row labels */
	const struct label *columns; /* a leaf, a group, or the root */
};

static size_t row_index(const struct stretch *stretch)
{
	return stretch->row ? stretch->row->first_leaf : 0;
}

static struct figure *figure_in(
	const struct cells *cells, const struct stretch *stretch, size_t column)
{
	return &cells->figures[stretch->band->first_cell +
		row_index(stretch) * stretch->band->columns.leaf_count + column];
}

static void bind_figure(const struct cells *cells, struct figure *figure, const struct node *node)
{
	if (figure_bind_plain(figure, node))
		return;
	struct cell cell = table_cell_at(cells->table, (size_t)(figure - cells->figures));
	figure_bind_odd(cells->binder, figure, cell, node);
}

static const struct label *column_of(const struct stretch *stretch)
{
	return *stretch->columns->key ? stretch->columns : NULL;
}

static const char *const *path_of(const struct cells *cells, const struct stretch *stretch)
{
	return label_path(cells->binder->arena, cells->table, stretch->row, column_of(stretch));
}

/* For people: the name without its section. */
static const char *name_of(const struct cells *cells, const char *const *path)
{
	return arena_join(cells->binder->arena, path[1] ? path + 1 : path, " · ");
}

static void fill(
	const struct cells *cells, const struct stretch *stretch, const struct figure *figure)
{
	size_t first = stretch->columns->first_leaf;
	for (size_t i = first; i < first + stretch->columns->leaf_count; i++)
		*figure_in(cells, stretch, i) = *figure;
}

static void fill_missing(const struct cells *cells, const struct stretch *stretch, struct span at)
{
	struct figure missing = {.state = FIGURE_MISSING, .printed = "", .at = at};
	fill(cells, stretch, &missing);
}

/* A row or group with nothing after its colon: all blank; or one 0 for all of it. */
static void fill_shared(
	const struct cells *cells, const struct stretch *stretch, const struct node *node)
{
	struct figure shared = {.state = FIGURE_BLANK, .printed = "", .at = bind_value_span(node)};
	if (!node_is_null(node)) {
		shared.state = FIGURE_GIVEN;
		shared.printed = node->text;
	}
	shared.shared = true;
	fill(cells, stretch, &shared);
}

static void say_missing(
	struct cells *cells, const struct label *label, const char *const *path, struct span at)
{
	if (bind_is_elsewhere(cells->binder, label->names))
		return;
	diag_add(cells->binder->diags, FORM_MISSING, at, name_of(cells, path), NULL)->path = path;
}

static void say_type(struct cells *cells, const struct stretch *stretch, const struct node *node,
	enum diag_code code)
{
	struct binder *binder = cells->binder;
	const char *const *path = path_of(cells, stretch);
	if (code == FORM_TYPE_ROW && stretch->columns->leaf_count == 1)
		code = FORM_TYPE_FIGURE;
	const char *detail = NULL;
	if (code == FORM_TYPE_GROUP)
		detail = stretch->columns->children[0]->key;
	else if (code == FORM_TYPE_ROW)
		detail = arena_print(binder->arena, "%zu", stretch->columns->leaf_count);
	diag_add(binder->diags, code, bind_value_span(node), name_of(cells, path), detail, NULL)
		->path = path;
	fill_missing(cells, stretch, bind_value_span(node));
}

static bool is_flat(const struct label *group)
{
	for (size_t i = 0; i < group->count; i++)
		if (group->children[i]->count && !group->children[i]->printed_only)
			return false;
	return true;
}

/* How many commas between digits could be thousands separators: 1,478 reads as 1 and 478. */
static size_t separators_in(const struct node *list)
{
	size_t found = 0;
	for (size_t i = 1; i < list->count; i++) {
		const struct node *before = list->children[i - 1], *item = list->children[i];
		if (before->kind != NODE_SCALAR || item->kind != NODE_SCALAR)
			continue;
		size_t length = strlen(before->text);
		found += length >= 1 && length <= 3 && *before->text != '0' &&
			strspn(before->text, "0123456789") == length && strlen(item->text) == 3 &&
			strspn(item->text, "0123456789") == 3 &&
			item->at.start == before->at.end + 1;
	}
	return found;
}

/* 148、1、0: more than two figures in one item. */
static bool are_together(const struct node *list)
{
	const char *text = list->count == 1 ? list->children[0]->text : NULL;
	size_t figures = 0;
	for (size_t i = 0; text && text[i]; i++)
		figures += g_ascii_isdigit(text[i]) && !g_ascii_isdigit(text[i + 1]);
	return figures > 2;
}

static void say_count(struct cells *cells, const struct stretch *stretch, const struct node *list)
{
	struct binder *binder = cells->binder;
	const char *const *path = path_of(cells, stretch);
	size_t wanted = stretch->columns->leaf_count;
	bool separated = list->count > wanted && separators_in(list) >= list->count - wanted;
	const char *found = arena_print(binder->arena, "%zu", list->count);
	enum diag_code code = separated ? FORM_COUNT_SEPARATORS : FORM_COUNT;
	fill_missing(cells, stretch, list->at);
	if (bind_blamed_within(binder, list->at))
		return;
	if (wanted > 1 && are_together(list)) {
		code = FORM_COUNT_TOGETHER;
		found = bind_excerpt(binder, list->children[0]->text);
	}
	diag_add(binder->diags, code, list->at, name_of(cells, path),
		arena_print(binder->arena, "%zu", wanted), found, NULL)
		->path = path;
}

static void bind_list(struct cells *cells, const struct stretch *stretch, const struct node *list)
{
	struct figure *first = figure_in(cells, stretch, stretch->columns->first_leaf);
	if (!(stretch->row && !column_of(stretch)) && !is_flat(stretch->columns)) {
		say_type(cells, stretch, list, FORM_TYPE_GROUP);
		return;
	}
	if (list->count != stretch->columns->leaf_count) {
		say_count(cells, stretch, list);
		return;
	}
	for (size_t i = 0; i < list->count; i++)
		bind_figure(cells, first + i, list->children[i]);
}

static void bind_columns(
	struct cells *cells, const struct stretch *stretch, const struct node *node);

/* Columns that are keys under a group: its children, or what stands in print-only groups. */
static void bind_column_children(struct cells *cells, const struct stretch *stretch,
	const struct node *map, const struct claims *claims)
{
	for (size_t i = 0; i < stretch->columns->count; i++) {
		struct stretch inner = {stretch->band, stretch->row, stretch->columns->children[i]};
		if (inner.columns->printed_only) {
			bind_column_children(cells, &inner, map, claims);
			continue;
		}
		const struct node *node = claims_find(claims, inner.columns);
		if (node) {
			bind_columns(cells, &inner, node);
			continue;
		}
		say_missing(cells, inner.columns, path_of(cells, &inner), bind_lack_span(map));
		fill_missing(cells, &inner, bind_lack_span(map));
	}
}

static void bind_columns_map(
	struct cells *cells, const struct stretch *stretch, const struct node *map)
{
	const struct label *groups[] = {stretch->columns};
	const struct key_scope scope = {.table = cells->table,
		.groups = groups,
		.count = 1,
		.row = stretch->row,
		.of_columns = true};
	struct claims claims = claims_of(cells->binder, &scope, map);
	bool flat = stretch->row || (column_of(stretch) && is_flat(stretch->columns));
	if (flat && claims.count == 0)
		say_type(cells, stretch, map, FORM_TYPE_ROW);
	else
		bind_column_children(cells, stretch, map, &claims);
}

static void bind_columns(
	struct cells *cells, const struct stretch *stretch, const struct node *node)
{
	const struct label *columns = stretch->columns;
	if (node->broken) {
		fill_missing(cells, stretch, bind_value_span(node));
	} else if (node->kind == NODE_MAP && columns->count) {
		bind_columns_map(cells, stretch, node);
	} else if (node->kind == NODE_LIST && (columns->count || column_of(stretch) == NULL)) {
		bind_list(cells, stretch, node);
	} else if (columns->leaf_count == 1) {
		bind_figure(cells, figure_in(cells, stretch, columns->first_leaf), node);
	} else if (node_is_null(node) || (figure_is_plain_zero(node) && columns->zero) ||
		(figure_is_plain_zero(node) && stretch->row && !column_of(stretch) &&
			stretch->row->zero)) {
		fill_shared(cells, stretch, node);
	} else {
		say_type(cells, stretch, node, FORM_TYPE_ROW);
	}
}

static void fill_rows(struct cells *cells, const struct band *band, const struct label *group,
	const struct node *node)
{
	for (size_t i = 0; i < group->leaf_count; i++) {
		struct stretch stretch = {
			band, band->rows.leaves[group->first_leaf + i], &band->columns.root};
		fill_shared(cells, &stretch, node);
	}
}

static void fill_rows_missing(
	struct cells *cells, const struct band *band, const struct label *row, struct span at)
{
	for (size_t i = 0; i < row->leaf_count; i++) {
		struct stretch stretch = {
			band, band->rows.leaves[row->first_leaf + i], &band->columns.root};
		fill_missing(cells, &stretch, at);
	}
}

static void bind_rows(struct cells *cells, const struct band *band, const struct label *group,
	const struct node *map, const struct claims *claims);

/* A group that seems to be blank, while its rows have lost their place below it. */
static bool has_rows_elsewhere(const struct cells *cells, const struct label *group)
{
	for (size_t i = 0; i < group->count; i++)
		if (bind_is_elsewhere(cells->binder, group->children[i]->names))
			return true;
	return false;
}

static void bind_row(struct cells *cells, const struct band *band, const struct label *row,
	const struct node *node)
{
	struct stretch stretch = {band, row, &band->columns.root};
	if (node->broken || (node_is_null(node) && has_rows_elsewhere(cells, row))) {
		fill_rows_missing(cells, band, row, bind_value_span(node));
	} else if (!row->count) {
		bind_columns(cells, &stretch, node);
	} else if (node->kind == NODE_MAP) {
		const struct label *groups[] = {row};
		const struct key_scope scope = {
			.table = cells->table, .groups = groups, .count = 1};
		struct claims claims = claims_of(cells->binder, &scope, node);
		if (claims.count == 0) { /* one finding, not one a row */
			say_missing(cells, row, path_of(cells, &stretch), node->key_at);
			fill_rows_missing(cells, band, row, node->key_at);
		} else {
			bind_rows(cells, band, row, node, &claims);
		}
	} else if (node_is_null(node) || (figure_is_plain_zero(node) && row->zero)) {
		fill_rows(cells, band, row, node);
	} else {
		const char *const *path = path_of(cells, &stretch);
		diag_add(cells->binder->diags, FORM_TYPE_GROUP, bind_value_span(node),
			name_of(cells, path), row->children[0]->key, NULL)
			->path = path;
		fill_rows_missing(cells, band, row, bind_value_span(node));
	}
}

static void bind_rows(struct cells *cells, const struct band *band, const struct label *group,
	const struct node *map, const struct claims *claims)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct label *row = group->children[i];
		const struct node *node = claims_find(claims, row);
		if (node) {
			bind_row(cells, band, row, node);
			continue;
		}
		say_missing(cells, row, label_path(cells->binder->arena, cells->table, row, NULL),
			bind_lack_span(map));
		fill_rows_missing(cells, band, row, bind_lack_span(map));
	}
}

static void bind_map(struct cells *cells, const struct node *map)
{
	const struct table *table = cells->table;
	const struct label **groups =
		arena_array(cells->binder->arena, const struct label *, table->band_count);
	for (size_t i = 0; i < table->band_count; i++)
		groups[i] = band_keys_root(&table->bands[i]);
	const struct key_scope scope = {.table = table,
		.groups = groups,
		.count = table->band_count,
		.of_columns = !table->bands->rows.leaf_count,
		.of_section = true};
	struct claims claims = claims_of(cells->binder, &scope, map);
	for (size_t i = 0; i < table->band_count; i++) {
		const struct band *band = &table->bands[i];
		struct stretch only = {band, NULL, &band->columns.root};
		if (band->rows.leaf_count)
			bind_rows(cells, band, &band->rows.root, map, &claims);
		else
			bind_column_children(cells, &only, map, &claims);
	}
}

void cells_bind(struct binder *binder, struct section_content *content, const struct node *node)
{
	const struct table *table = content->section->table;
	struct cells cells = {binder, table, content->figures};
	struct stretch only = {table->bands, NULL, &table->bands->columns.root};
	if (node->kind == NODE_MAP)
		bind_map(&cells, node);
	else if (node->kind == NODE_LIST && table->band_count == 1 && table->row_count == 1 &&
		!table->bands->rows.leaf_count)
		bind_list(&cells, &only, node);
	else
		diag_add(binder->diags, FORM_TYPE_TABLE, bind_value_span(node),
			content->section->key, band_keys_root(table->bands)->children[0]->key, NULL)
			->path = label_path(binder->arena, table, NULL, NULL);
}
