/* libyaml's events to nodes. The only door to <yaml.h>. */
#include "yaml/node.h"

#include <errno.h>
#include <string.h>
#include <yaml.h>

struct reader {
	struct arena *arena;
	const struct source *source;
	struct diags *diags;
	yaml_parser_t parser;
	size_t nodes;
	/* libyaml counts characters, we count bytes: the last pair that was matched */
	size_t character, byte;
};

/* Characters to bytes, from the last place asked for, as marks come almost in order. */
static size_t byte_at(struct reader *reader, size_t character)
{
	const char *start = reader->source->bytes.start;
	const char *end = start + reader->source->bytes.length;
	const char *at = start + reader->byte;
	for (; reader->character < character && at < end; reader->character++)
		at = g_utf8_next_char(at);
	for (; reader->character > character; reader->character--)
		at = g_utf8_prev_char(at);
	reader->byte = (size_t)(at - start);
	return reader->byte;
}

static struct span span_of(struct reader *reader, const yaml_mark_t *from, const yaml_mark_t *to)
{
	size_t start = byte_at(reader, from->index);
	return (struct span){reader->source, start, byte_at(reader, to->index)};
}

static bool next_event(struct reader *reader, yaml_event_t *event)
{
	if (yaml_parser_parse(&reader->parser, event))
		return true;
	size_t at = byte_at(reader, reader->parser.problem_mark.index);
	diag_add(reader->diags, YAML_SYNTAX, ((struct span){reader->source, at, at}),
		reader->parser.problem ? reader->parser.problem : "?", NULL);
	return false;
}

static struct node *read_node(struct reader *reader, yaml_event_t *event, int depth);

static struct node *scalar_node(struct reader *reader, const yaml_event_t *event)
{
	struct node *node = arena_new(reader->arena, struct node);
	node->kind = NODE_SCALAR;
	node->at = span_of(reader, &event->start_mark, &event->end_mark);
	node->text = arena_copy_n(
		reader->arena, (const char *)event->data.scalar.value, event->data.scalar.length);
	switch (event->data.scalar.style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		node->style = STYLE_QUOTED;
		break;
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE:
		node->style = STYLE_BLOCK;
		break;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE:
		node->style = STYLE_PLAIN;
		break;
	}
	return node;
}

static struct node *container_node(struct reader *reader, const yaml_event_t *event, int depth)
{
	struct node *node = arena_new(reader->arena, struct node);
	bool map = event->type == YAML_MAPPING_START_EVENT;
	GPtrArray *children = g_ptr_array_new();
	bool usable = true;
	node->kind = map ? NODE_MAP : NODE_LIST;
	node->at = span_of(reader, &event->start_mark, &event->end_mark);
	while (usable) {
		yaml_event_t inner;
		struct node *key = NULL;
		if (!(usable = next_event(reader, &inner)))
			break;
		if (inner.type == YAML_MAPPING_END_EVENT || inner.type == YAML_SEQUENCE_END_EVENT) {
			node->at.end = byte_at(reader, inner.end_mark.index);
			yaml_event_delete(&inner);
			break;
		}
		if (map) {
			key = read_node(reader, &inner, depth + 1);
			if (!(usable = key && key->text && next_event(reader, &inner)))
				break;
		}
		struct node *child = read_node(reader, &inner, depth + 1);
		if (!(usable = child != NULL))
			break;
		child->key = key ? key->text : NULL;
		child->key_at = key ? key->at : NOWHERE;
		g_ptr_array_add(children, child);
	}
	node->count = children->len;
	node->children = arena_array(reader->arena, struct node *, children->len);
	if (children->len)
		memcpy(node->children, children->pdata, children->len * sizeof(struct node *));
	g_ptr_array_unref(children);
	return usable ? node : NULL;
}

/* Takes the event and ends it. */
static struct node *read_node(struct reader *reader, yaml_event_t *event, int depth)
{
	struct node *node = NULL;
	if (event->type == YAML_SCALAR_EVENT)
		node = scalar_node(reader, event);
	else if (depth < YAML_DEPTH_MAX &&
		(event->type == YAML_SEQUENCE_START_EVENT ||
			event->type == YAML_MAPPING_START_EVENT))
		node = container_node(reader, event, depth);
	yaml_event_delete(event);
	return node;
}

const struct node *node_parse(struct arena *arena, const struct source *source, struct diags *diags)
{
	struct reader reader = {.arena = arena, .source = source, .diags = diags};
	struct node *root = NULL;
	yaml_event_t event;
	yaml_parser_initialize(&reader.parser);
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&reader.parser, (const unsigned char *)source->bytes.start, source->bytes.length);
	while (!root && next_event(&reader, &event)) {
		if (event.type == YAML_STREAM_START_EVENT ||
			event.type == YAML_DOCUMENT_START_EVENT) {
			yaml_event_delete(&event);
			continue;
		}
		root = read_node(&reader, &event, 0);
		break;
	}
	yaml_parser_delete(&reader.parser);
	return root;
}

const struct node *node_load(
	struct arena *arena, const char *path, const struct source **source, struct diags *diags)
{
	struct bytes bytes;
	int failure = file_read(arena, path, YAML_BYTES_MAX, &bytes);
	if (failure) {
		diag_blame_environment(
			diags, diag_add(diags, IO_READ, NOWHERE, path, g_strerror(failure), NULL));
		return NULL;
	}
	*source = source_new(arena, path, bytes);
	return node_parse(arena, *source, diags);
}
