/* From the nodes that the build has packed to those that every reader knows. */
#include "edition/builtin.h"

#include <stdlib.h>
#include <string.h>

struct unpacking {
	const struct builtin *builtin;
	const struct source *source;
	const struct packed_node *packed; /* the next one */
	struct node *node; /* the next free one */
	struct node **child; /* the next free place */
};

static struct node *unpack(struct unpacking *unpacking, bool in_map)
{
	const struct builtin *builtin = unpacking->builtin;
	const struct packed_node *packed = unpacking->packed++;
	struct node *node = unpacking->node++;
	node->kind = packed->kind;
	node->style = packed->style;
	node->at = (struct span){unpacking->source, packed->start, packed->end};
	if (in_map) {
		node->key = builtin->strings + packed->key;
		node->key_length = packed->key_length;
		node->key_at = (struct span){unpacking->source, packed->key_start, packed->key_end};
	}
	if (node->kind == NODE_SCALAR) {
		node->text = builtin->strings + packed->text;
		node->text_length = packed->text_length;
	}
	if (packed->stretch_count) {
		node->stretches = builtin->stretches + packed->stretch;
		node->stretch_count = packed->stretch_count;
	}
	node->count = packed->count;
	node->children = unpacking->child;
	unpacking->child += packed->count;
	for (size_t i = 0; i < node->count; i++)
		node->children[i] = unpack(unpacking, node->kind == NODE_MAP);
	return node;
}

const struct node *builtin_unpack(
	struct arena *arena, const struct builtin *builtin, const char *path)
{
	struct bytes bytes = {builtin->start, builtin->length};
	if (!builtin->nodes)
		return NULL;
	struct unpacking unpacking = {.builtin = builtin,
		.source = source_new(arena, path, bytes),
		.packed = builtin->nodes,
		.node = arena_array(arena, struct node, builtin->node_count),
		.child = arena_array(arena, struct node *, builtin->node_count)};
	return unpack(&unpacking, false);
}

int builtin_compare_patterns(const void *left, const void *right)
{
	const struct builtin_pattern *a = left, *b = right;
	if (a->builtin != b->builtin)
		return a->builtin < b->builtin ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

const unsigned char *builtin_code(struct span at)
{
	struct builtin_pattern sought = {0, (uint32_t)at.start, 0};
	while (sought.builtin < builtin_count &&
		builtins[sought.builtin].start != at.source->bytes.start)
		sought.builtin++;
	const struct builtin_pattern *found = bsearch(&sought, builtin_patterns,
		builtin_pattern_count, sizeof sought, builtin_compare_patterns);
	return found ? builtin_codes + found->start : NULL;
}

const struct builtin *builtin_find(const char *name)
{
	for (size_t i = 0; i < builtin_count; i++)
		if (strcmp(builtins[i].name, name) == 0)
			return &builtins[i];
	return NULL;
}
