/* Looking into nodes, back to their source, and printing them. */
#include "yaml/node.h"

#include "yaml/yaml_internal.h"

#include <string.h>

const struct node *node_find(const struct node *map, const char *key)
{
	size_t length = strlen(key);
	for (size_t i = 0; map->kind == NODE_MAP && i < map->count; i++)
		if (node_has_key(map->children[i], key, length))
			return map->children[i];
	return NULL;
}

bool node_is_null(const struct node *node)
{
	static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
	if (node->kind != NODE_SCALAR || node->style != STYLE_PLAIN || node->text_length > 4)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(nulls); i++)
		if (strcmp(node->text, nulls[i]) == 0)
			return true;
	return false;
}

/* The last stretch that begins at or before `byte` of the text; NULL if none does. */
static const struct verbatim *stretch_at(const struct node *scalar, size_t byte)
{
	size_t low = 0, high = scalar->stretch_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (scalar->stretches[middle].text <= byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? &scalar->stretches[low - 1] : NULL;
}

static size_t source_start(const struct node *scalar, size_t byte)
{
	const struct verbatim *stretch = stretch_at(scalar, byte);
	if (!stretch)
		return scalar->at.start;
	return stretch->source + MIN(byte - stretch->text, stretch->length);
}

/* Where what stands for the byte before `byte` ends. */
static size_t source_end(const struct node *scalar, size_t byte)
{
	const struct verbatim *stretch = stretch_at(scalar, byte - 1);
	if (stretch && byte - stretch->text <= stretch->length)
		return stretch->source + (byte - stretch->text);
	const struct verbatim *next = stretch ? stretch + 1 : scalar->stretches;
	bool last = next == scalar->stretches + scalar->stretch_count;
	return last ? scalar->at.end : next->source;
}

struct span node_span_within(const struct node *scalar, size_t from, size_t to)
{
	struct span at = scalar->at;
	to = MIN(to, scalar->text_length);
	from = MIN(from, to);
	if (!at.source || scalar->kind != NODE_SCALAR)
		return at;
	if (!scalar->stretches) {
		size_t quote = scalar->style == STYLE_QUOTED ? 1 : 0;
		return (struct span){at.source, at.start + quote + from, at.start + quote + to};
	}
	at.start = source_start(scalar, from);
	at.end = to > from ? MAX(source_end(scalar, to), at.start) : at.start;
	return at;
}

struct span node_comment_after(const struct node *scalar)
{
	if (scalar->kind != NODE_SCALAR || scalar->style != STYLE_PLAIN || !scalar->at.source)
		return NOWHERE;
	struct bytes bytes = scalar->at.source->bytes;
	size_t at = scalar->at.end;
	while (at < bytes.length && (bytes.start[at] == ' ' || bytes.start[at] == '\t'))
		at++;
	if (at == bytes.length || at == scalar->at.end || bytes.start[at] != '#')
		return NOWHERE;
	size_t end = at;
	while (end < bytes.length && bytes.start[end] != '\n' && bytes.start[end] != '\r')
		end++;
	return (struct span){scalar->at.source, at, end};
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
