/* Equations of a template over the concrete cells of its table. */
#include "edition/equation_internal.h"

#include "base/text.h"

#include <string.h>

enum each { EACH_ROW, EACH_COLUMN, EACH_GROUP, ONCE };
static const char *const each_words[] = {"row", "column", "group", "once", NULL};

/* Where names are looked for, and the row or column that stays the same. */
struct scope {
	const struct band *band;
	const struct label *root; /* names begin under it */
	bool along_rows; /* names are of rows, `fixed` is a column; else the other way round */
	size_t fixed;
	const char *subject;
};

struct expander {
	struct template_reader *reader;
	struct rule *rule;
	const struct node *holds;
	struct written_equation written;
	GArray *instances; /* struct equation */
	GArray *left, *right; /* struct term: of the instance that is being made */
	/* The term that came furthest before it could not be placed, for the message. */
	const struct written_term *failed;
	const char *failed_name; /* NULL: it names a group where one cell is needed */
	const struct label *failed_under;
};

static size_t cell_in(const struct band *band, size_t row, size_t column)
{
	return band->first_cell + row * band->columns.leaf_count + column;
}

static bool fails(struct expander *expander, const struct written_term *term, const char *name,
	const struct label *under)
{
	if (!expander->failed || term->offset >= expander->failed->offset) {
		expander->failed = term;
		expander->failed_name = name;
		expander->failed_under = under;
	}
	return false;
}

/* Follows names from `*label` down as far as they go; returns how many. */
static size_t follow(struct arena *arena, const struct written_term *term, size_t from,
	const struct label **label)
{
	size_t at = from;
	for (; at < term->count; at++) {
		const struct label *next = label_find(arena, *label, term->names[at]);
		if (!next)
			break;
		*label = next;
	}
	return at;
}

static void add_term(GArray *terms, int64_t coefficient, size_t cell)
{
	struct term term = {coefficient, cell};
	g_array_append_val(terms, term);
}

/* The leaves under a label but for totals; the label itself where it is a leaf. */
static void add_leaves(
	GArray *terms, const struct scope *scope, const struct label *label, int64_t coefficient)
{
	const struct label_tree *tree =
		scope->along_rows ? &scope->band->rows : &scope->band->columns;
	for (size_t i = label->first_leaf; i < label->first_leaf + label->leaf_count; i++) {
		if (tree->leaves[i]->total && tree->leaves[i] != label)
			continue;
		size_t row = scope->along_rows ? i : scope->fixed;
		size_t column = scope->along_rows ? scope->fixed : i;
		add_term(terms, coefficient, cell_in(scope->band, row, column));
	}
}

static bool place_in_scope(struct expander *expander, const struct scope *scope,
	const struct written_term *term, GArray *terms)
{
	const struct label *label = scope->root;
	size_t found =
		term->leaves ? term->count : follow(expander->reader->arena, term, 0, &label);
	if (found < term->count)
		return fails(expander, term, term->names[found], label);
	if (label->count && !term->sum)
		return fails(expander, term, NULL, label);
	add_leaves(terms, scope, label, term->coefficient);
	return true;
}

/* Names of a row and then of a column, in whichever band has them. */
static bool place_anywhere(
	struct expander *expander, const struct written_term *term, GArray *terms)
{
	const struct table *table = expander->rule->table;
	for (size_t i = 0; i < table->band_count; i++) {
		const struct band *band = &table->bands[i];
		const struct label *row = &band->rows.root, *column = &band->columns.root;
		size_t found =
			term->leaves ? term->count : follow(expander->reader->arena, term, 0, &row);
		if (found < term->count)
			found = follow(expander->reader->arena, term, found, &column);
		if (found < term->count) {
			fails(expander, term, term->names[found], row);
			continue;
		}
		if ((row->count || column->count) && !term->sum) {
			fails(expander, term, NULL, row);
			continue;
		}
		for (size_t j = 0; j < MAX(row->leaf_count, 1); j++) {
			size_t at = row->first_leaf + j;
			struct scope scope = {band, column, false, at, NULL};
			if (row->leaf_count > 1 && band->rows.leaves[at]->total)
				continue;
			add_leaves(terms, &scope, column, term->coefficient);
		}
		return true;
	}
	return false;
}

/* `scope` NULL: once, over the whole table. */
static bool place_side(struct expander *expander, const struct scope *scope,
	const struct written_side *side, GArray *terms)
{
	for (size_t i = 0; i < side->count; i++) {
		const struct written_term *term = &side->terms[i];
		bool placed = scope ? place_in_scope(expander, scope, term, terms)
				    : place_anywhere(expander, term, terms);
		if (!placed)
			return false;
	}
	return true;
}

static bool points_at_total(const struct table *table, const struct scope *scope, size_t index)
{
	struct cell cell = table_cell_at(table, index);
	bool row = cell.row && cell.row->total, column = cell.column->total;
	if (!scope)
		return row || column;
	return scope->along_rows ? row : column;
}

/* The first total that the equation speaks of, else its first cell. */
static size_t find_pointed(
	const struct table *table, const struct scope *scope, const struct equation *equation)
{
	for (size_t i = 0; i < equation->left_count; i++)
		if (points_at_total(table, scope, equation->left[i].cell))
			return equation->left[i].cell;
	for (size_t i = 0; i < equation->right_count; i++)
		if (points_at_total(table, scope, equation->right[i].cell))
			return equation->right[i].cell;
	return equation->left_count ? equation->left[0].cell : equation->right[0].cell;
}

static bool has_sum(const struct written_side *side)
{
	return side->count == 1 && side->terms[0].sum;
}

static void add_instance(struct expander *expander, const struct scope *scope)
{
	struct arena *arena = expander->reader->arena;
	GArray *left = expander->left, *right = expander->right;
	g_array_set_size(left, 0);
	g_array_set_size(right, 0);
	if (place_side(expander, scope, &expander->written.left, left) &&
		place_side(expander, scope, &expander->written.right, right) &&
		left->len + right->len > 0) {
		struct equation equation = {
			.rule = expander->rule,
			.subject = scope ? scope->subject : NULL,
			.sense = expander->written.sense,
			.left = arena_copy_many(arena, left->data, left->len, sizeof(struct term)),
			.right = arena_copy_many(
				arena, right->data, right->len, sizeof(struct term)),
			.left_count = left->len,
			.right_count = right->len,
			.left_is_sum = has_sum(&expander->written.left),
			.right_is_sum = has_sum(&expander->written.right),
		};
		equation.pointed = find_pointed(expander->rule->table, scope, &equation);
		g_array_append_val(expander->instances, equation);
	}
}

static void expand_rows(struct expander *expander, const struct band *band)
{
	for (size_t row = 0; row < band->row_count; row++) {
		struct scope scope = {band, &band->columns.root, false, row, NULL};
		if (band->rows.leaf_count)
			scope.subject = band->rows.leaves[row]->key;
		add_instance(expander, &scope);
	}
}

static void expand_columns(struct expander *expander, const struct band *band)
{
	for (size_t column = 0; column < band->columns.leaf_count; column++) {
		struct scope scope = {
			band, &band->rows.root, true, column, band->columns.leaves[column]->key};
		add_instance(expander, &scope);
	}
}

/* Each group, of columns or of rows, that has all the names of the equation. */
static void expand_groups(struct expander *expander, const struct band *band,
	const struct label *group, bool along_rows)
{
	size_t others = along_rows ? band->columns.leaf_count : band->row_count;
	for (size_t i = 0; i < group->count; i++) {
		const struct label *inner = group->children[i];
		if (!inner->count)
			continue;
		for (size_t fixed = 0; fixed < others; fixed++) {
			struct scope scope = {band, inner, along_rows, fixed, inner->key};
			add_instance(expander, &scope);
		}
		expand_groups(expander, band, inner, along_rows);
	}
}

static void expand(struct expander *expander, enum each each)
{
	const struct table *table = expander->rule->table;
	if (each == ONCE) {
		add_instance(expander, NULL);
		return;
	}
	for (size_t i = 0; i < table->band_count; i++) {
		const struct band *band = &table->bands[i];
		if (each == EACH_ROW) {
			expand_rows(expander, band);
		} else if (each == EACH_COLUMN) {
			expand_columns(expander, band);
		} else {
			expand_groups(expander, band, &band->columns.root, false);
			expand_groups(expander, band, &band->rows.root, true);
		}
	}
}

static struct diag *say_unplaced(struct expander *expander)
{
	struct template_reader *reader = expander->reader;
	const struct written_term *term = expander->failed;
	const struct label *under = expander->failed_under;
	struct span at =
		node_span_within(expander->holds, term->offset, term->offset + term->length);
	if (!expander->failed_name)
		return diag_add(reader->diags, TEMPLATE_EQUATION_GROUP, at, under->key, NULL);
	const char **keys = arena_array(reader->arena, const char *, under->count);
	for (size_t i = 0; i < under->count; i++)
		keys[i] = under->children[i]->key;
	const char *meant = text_nearest(expander->failed_name, keys, under->count);
	if (meant)
		return diag_add(reader->diags, TEMPLATE_EQUATION_NEAR, at, expander->failed_name,
			meant, NULL);
	return diag_add(reader->diags, TEMPLATE_EQUATION_NAME, at, expander->failed_name, NULL);
}

void equation_load(struct template_reader *reader, struct rule *rule)
{
	struct expander expander = {.reader = reader, .rule = rule};
	size_t each = template_choice(reader, rule->node, "each", each_words, ONCE);
	const char *text = template_text(reader, rule->node, "holds", true);
	if (!text || each > ONCE)
		return;
	expander.holds = node_find(rule->node, "holds");
	size_t wrong = equation_parse(reader->arena, text, &expander.written);
	if (wrong != EQUATION_SOUND) {
		struct span at = node_span_within(expander.holds, wrong, strlen(text));
		template_refuse(reader,
			text[wrong]
				? diag_add(reader->diags, TEMPLATE_EQUATION, at, text + wrong, NULL)
				: diag_add(reader->diags, TEMPLATE_EQUATION_END, at, NULL));
		return;
	}
	expander.instances = g_array_new(FALSE, FALSE, sizeof(struct equation));
	expander.left = g_array_new(FALSE, FALSE, sizeof(struct term));
	expander.right = g_array_new(FALSE, FALSE, sizeof(struct term));
	expand(&expander, (enum each)each);
	rule->equation_count = expander.instances->len;
	rule->equations = arena_copy_many(reader->arena, expander.instances->data,
		rule->equation_count, sizeof(struct equation));
	if (!rule->equation_count && expander.failed)
		template_refuse(reader, say_unplaced(&expander));
	g_array_unref(expander.instances);
	g_array_unref(expander.left);
	g_array_unref(expander.right);
}
