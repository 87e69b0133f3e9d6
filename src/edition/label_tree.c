/* Trees of labels: from a template's list to spans, keys and lookup. */
#include "edition/template_internal.h"

#include "base/text.h"

#include <stdint.h>

struct tree_reader {
	struct template_reader *template;
	struct label *root;
	GPtrArray *leaves; /* struct label * */
	size_t depth;
};

static void load_children(struct tree_reader *reader, struct label *parent, const struct node *list,
	const struct measure *measure);

/* `A: [B, C]`: the key is the label of a group. */
static bool is_short_group(const struct node *node)
{
	return node->kind == NODE_MAP && node->count == 1 && !node_find(node, "label") &&
		node->children[0]->kind == NODE_LIST;
}

static const struct node *children_of(struct tree_reader *reader, const struct node *node)
{
	if (node->kind != NODE_MAP)
		return NULL;
	if (node_find(node, "label"))
		return template_list(reader->template, node, "children");
	return is_short_group(node) ? node->children[0] : NULL;
}

static void load_settings(struct tree_reader *reader, struct label *label, const struct node *node)
{
	static const char *const known[] = {"label", "short", "also", "formerly", "total",
		"children", "measure", "zero", "hint", NULL};
	struct template_reader *template = reader->template;
	if (!template_keys(template, node, known))
		return;
	label->text = template_text(template, node, "label", true);
	label->short_key = template_text(template, node, "short", false);
	label->formerly = template_text(template, node, "formerly", false);
	label->total = template_flag(template, node, "total", false);
	label->zero = template_flag(template, node, "zero", true);
	label->hint = template_text(template, node, "hint", false);
	label->measure = template_measure(template, node, label->measure);
}

static void load_label(struct tree_reader *reader, struct label *label, const struct node *node,
	const struct measure *measure)
{
	struct arena *arena = reader->template->arena;
	label->at = node->at;
	label->measure = measure;
	label->zero = true;
	if (node->kind == NODE_SCALAR) {
		label->text = node->text;
	} else if (is_short_group(node)) {
		label->text = node->children[0]->key;
		label->at = node->children[0]->key_at;
	} else {
		load_settings(reader, label, node);
		if (node->kind == NODE_MAP)
			label->others = template_words(reader->template, node, "also");
	}
	label->text = label->text ? label->text : "";
	label->key = label_key(arena, label->text);
	label->names = label_names(arena, label->text, label->key, label->short_key, label->others);
	if (!*label->names[0])
		template_refuse(reader->template,
			diag_add(reader->template->diags, TEMPLATE_LABEL_EMPTY, label->at, NULL));
}

static void load_branch(struct tree_reader *reader, struct label *label, const struct node *node)
{
	const struct node *children = children_of(reader, node);
	label->first_leaf = reader->leaves->len;
	if (children && children->count)
		load_children(reader, label, children, label->measure);
	else
		g_ptr_array_add(reader->leaves, label);
	label->leaf_count = reader->leaves->len - label->first_leaf;
	reader->depth = MAX(reader->depth, label->depth + 1);
}

static void refuse_twin(
	struct template_reader *template, const struct label *label, const struct label *first)
{
	struct diag *diag =
		diag_add(template->diags, TEMPLATE_LABEL_TWICE, label->at, label->text, NULL);
	diag_relate(diag, first->at, first->text, NULL);
	template_refuse(template, diag);
}

static void check_distinct(struct tree_reader *reader, const struct label *parent)
{
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < parent->count; i++) {
		struct label *label = parent->children[i];
		const struct label *first = NULL;
		for (const char *const *name = label->names; *name; name++) {
			struct label *known = g_hash_table_lookup(seen, *name);
			if (!known)
				g_hash_table_insert(seen, (gpointer)(uintptr_t)*name, label);
			else if (known != label)
				first = known;
		}
		if (first)
			refuse_twin(reader->template, label, first);
	}
	g_hash_table_unref(seen);
}

static void load_children(struct tree_reader *reader, struct label *parent, const struct node *list,
	const struct measure *measure)
{
	struct arena *arena = reader->template->arena;
	parent->count = list->count;
	parent->children = arena_array(arena, struct label *, list->count);
	for (size_t i = 0; i < list->count; i++) {
		struct label *label = arena_new(arena, struct label);
		parent->children[i] = label;
		label->parent = parent == reader->root ? NULL : parent;
		label->depth = label->parent ? parent->depth + 1 : 0;
		load_label(reader, label, list->children[i], measure);
		load_branch(reader, label, list->children[i]);
	}
	check_distinct(reader, parent);
}

void label_tree_load(struct template_reader *template, const struct node *list,
	const struct measure *measure, struct label_tree *tree)
{
	struct tree_reader reader = {template, &tree->root, g_ptr_array_new(), 0};
	tree->root.text = tree->root.key = "";
	tree->root.names = arena_array(template->arena, const char *, 1);
	if (list)
		load_children(&reader, &tree->root, list, measure);
	tree->leaf_count = tree->root.leaf_count = reader.leaves->len;
	tree->depth = reader.depth;
	tree->leaves = arena_copy_many(template->arena, reader.leaves->pdata, tree->leaf_count,
		sizeof *reader.leaves->pdata);
	g_ptr_array_unref(reader.leaves);
}

static struct label *find_folded(const struct label *parent, const char *folded)
{
	for (size_t i = 0; i < parent->count; i++)
		if (!parent->children[i]->printed_only &&
			g_strv_contains(parent->children[i]->names, folded))
			return parent->children[i];
	for (size_t i = 0; i < parent->count; i++) {
		struct label *inner = parent->children[i]->printed_only
			? find_folded(parent->children[i], folded)
			: NULL;
		if (inner)
			return inner;
	}
	return NULL;
}

struct label *label_find(struct arena *arena, const struct label *parent, const char *text)
{
	const char *folded = text_fold(arena, text);
	return *folded ? find_folded(parent, folded) : NULL;
}

void label_list_keys(const struct label *label, GPtrArray *keys)
{
	if (!label->printed_only) {
		g_ptr_array_add(keys, (gpointer)(uintptr_t)label->key);
		if (label->short_key)
			g_ptr_array_add(keys, (gpointer)(uintptr_t)label->short_key);
		return;
	}
	for (size_t i = 0; i < label->count; i++)
		label_list_keys(label->children[i], keys);
}
