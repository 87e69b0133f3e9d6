/* Looking into nodes and printing them. */
#include "yaml/node.h"

#include <string.h>

const struct node *node_find(const struct node *map, const char *key)
{
	for (size_t i = 0; map->kind == NODE_MAP && i < map->count; i++)
		if (strcmp(map->children[i]->key, key) == 0)
			return map->children[i];
	return NULL;
}

bool node_is_null(const struct node *node)
{
	static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
	if (node->kind != NODE_SCALAR || node->style != STYLE_PLAIN)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(nulls); i++)
		if (strcmp(node->text, nulls[i]) == 0)
			return true;
	return false;
}

struct span node_span_within(const struct node *scalar, size_t from, size_t to)
{
	(void)from;
	(void)to;
	return scalar->at;
}

static void dump(const struct node *node, int depth, GString *out)
{
	struct place place = source_place(node->at.source, node->at.start);
	g_string_append_printf(out, "%*s%zu:%zu ", depth * 2, "", place.line, place.column);
	if (node->key)
		g_string_append_printf(out, "%s: ", node->key);
	if (node->kind == NODE_SCALAR)
		g_string_append_printf(out, "\"%s\"\n", node->text);
	else
		g_string_append_printf(
			out, "%s of %zu\n", node->kind == NODE_MAP ? "map" : "list", node->count);
	for (size_t i = 0; i < node->count; i++)
		dump(node->children[i], depth + 1, out);
}

void node_dump(const struct node *node, GString *out)
{
	dump(node, 0, out);
}
