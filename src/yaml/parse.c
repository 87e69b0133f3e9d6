/* libyaml's events to nodes. The only door to <yaml.h>. */
#include "yaml/yaml_internal.h"

#include "base/text.h"

#include <yaml.h>

struct reader {
	struct text *text;
	struct arena *arena;
	struct failure *failure;
	yaml_parser_t parser;
	size_t nodes;
	/* children of the lists and maps that aren't closed, one behind the other */
	struct node **open;
	size_t open_count, open_room;
	/* libyaml counts characters, we count bytes: the last pair that was matched */
	size_t character, byte;
};

/* Eight bytes at a time, less those that go on with a character. */
static const char *walk_to(struct reader *reader, const char *at, size_t character)
{
	const char *end = reader->text->bytes.start + reader->text->bytes.length;
	size_t passed = reader->character;
	for (; end - at > 8 && character > passed + 8; at += 8)
		passed += text_count_eight(at);
	reader->character = passed;
	while (at < end && ((unsigned char)*at & 0xC0) == 0x80)
		at++;
	for (; reader->character < character && at < end; reader->character++)
		at = g_utf8_next_char(at);
	for (; reader->character > character; reader->character--)
		at = g_utf8_prev_char(at);
	return at;
}

/* Characters to bytes, from the last place asked for, as marks come almost in order, with
 * little but signs and spaces between them. */
static size_t byte_at(struct reader *reader, size_t character)
{
	struct bytes bytes = reader->text->bytes;
	size_t byte = reader->byte, at = reader->character;
	while (at < character && byte < bytes.length && (signed char)bytes.start[byte] >= 0) {
		at++;
		byte++;
	}
	reader->character = at;
	if (at != character)
		byte = (size_t)(walk_to(reader, bytes.start + byte, character) - bytes.start);
	reader->byte = byte;
	return reader->text->cures->len ? text_origin(reader->text, byte) : byte;
}

static struct span span_of(struct reader *reader, const yaml_mark_t *from, const yaml_mark_t *to)
{
	size_t start = byte_at(reader, from->index);
	size_t end = byte_at(reader, to->index);
	return text_span(reader->text, start, MAX(start, end));
}

static struct span event_span(struct reader *reader, const yaml_event_t *event)
{
	return span_of(reader, &event->start_mark, &event->end_mark);
}

static bool next_event(struct reader *reader, yaml_event_t *event)
{
	const yaml_parser_t *parser = &reader->parser;
	if (yaml_parser_parse(&reader->parser, event))
		return true;
	if (parser->error == YAML_MEMORY_ERROR)
		g_error("out of memory");
	reader->failure->problem = parser->problem ? parser->problem : "";
	reader->failure->context = parser->context;
	reader->failure->at = byte_at(reader, parser->problem_mark.index);
	reader->failure->context_at =
		parser->context ? byte_at(reader, parser->context_mark.index) : reader->failure->at;
	return false;
}

static bool stop_at_limit(struct reader *reader, enum diag_code code, struct span at, int limit)
{
	char number[16];
	g_snprintf(number, sizeof number, "%d", limit);
	diag_add(reader->text->diags, code, at, number, NULL);
	reader->failure->final = true;
	return false;
}

static enum node_style style_of(const yaml_event_t *event)
{
	switch (event->data.scalar.style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return STYLE_QUOTED;
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE:
		return STYLE_BLOCK;
	case YAML_ANY_SCALAR_STYLE:
	case YAML_PLAIN_SCALAR_STYLE:
		break;
	}
	return STYLE_PLAIN;
}

/* A block's end mark is that of the blank lines behind it. */
static void trim_end(struct span *at)
{
	const char *bytes = at->source->bytes.start;
	while (at->end > at->start && is_one_of(bytes[at->end - 1], " \t\r\n"))
		at->end--;
}

/* U+FEFF, which libyaml was shown as another mark of no width, goes back where it stood. */
static void restore_marks(struct arena *arena, struct node *node)
{
	char *text = arena_copy(arena, node->text);
	const char *source = node->at.source->bytes.start;
	for (char *mark = text; (mark = strstr(mark, "\xE2\x80\x8B")); mark += 3) {
		size_t at = (size_t)(mark - text);
		size_t written = node_span_within(node, at, at + 3).start;
		if (memcmp(source + written, "\xEF\xBB\xBF", 3) == 0)
			memcpy(mark, "\xEF\xBB\xBF", 3);
	}
	node->text = text;
}

/* Plain text on one line stands in an uncured source as it is, from mark to mark. */
static bool is_verbatim(const struct reader *reader, const yaml_event_t *event)
{
	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !event->data.scalar.anchor &&
		!event->data.scalar.tag && event->start_mark.line == event->end_mark.line &&
		!reader->text->cures->len;
}

static struct span verbatim_span(struct reader *reader, const yaml_event_t *event)
{
	size_t start = byte_at(reader, event->start_mark.index);
	reader->character = event->end_mark.index;
	reader->byte = start + event->data.scalar.length;
	return text_span(reader->text, start, reader->byte);
}

static void find_written(struct reader *reader, const yaml_event_t *event, struct node *node)
{
	node->at = event_span(reader, event);
	node->broken = text_unreadable(reader->text, node->at.start, node->at.end);
	trim_end(&node->at);
	trail_find(reader->arena, node);
	if (reader->text->has_marks)
		restore_marks(reader->arena, node);
	if (node->text_length < event->data.scalar.length) { /* "\0" */
		diag_add(reader->text->diags, TEXT_CONTROL, node->at, "U+0000", NULL);
		node->broken = true;
	}
}

static void read_scalar(struct reader *reader, const yaml_event_t *event, struct node *node)
{
	const char *value = (const char *)event->data.scalar.value;
	size_t length = event->data.scalar.length;
	node->kind = NODE_SCALAR;
	node->style = style_of(event);
	node->text = arena_copy_n(reader->arena, value, length);
	node->text_length = length;
	if (is_verbatim(reader, event)) {
		node->at = verbatim_span(reader, event);
		return;
	}
	node->text_length = strlen(node->text);
	find_written(reader, event, node);
}

/* Core tags say what is read anyhow; any other would have to be obeyed. */
static bool tag_is_core(const yaml_char_t *tag)
{
	static const char *const names[] = {
		"str", "int", "float", "bool", "null", "seq", "map", NULL};
	static const char prefix[] = "tag:yaml.org,2002:";
	const char *name = (const char *)tag;
	if (!name || strcmp(name, "!") == 0)
		return true;
	return g_str_has_prefix(name, prefix) && g_strv_contains(names, name + strlen(prefix));
}

/* What a report needs none of: names for parts, and types. */
static void refuse_properties(
	struct reader *reader, struct node *node, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	struct bytes bytes = reader->text->source->bytes;
	size_t start = node->at.start;
	if (anchor)
		diag_add(reader->text->diags, YAML_ANCHOR,
			text_span(reader->text, start, start + 1 + strlen((const char *)anchor)),
			(const char *)anchor, NULL);
	if (!tag_is_core(tag)) {
		size_t end = start;
		while (end < bytes.length && !is_one_of(bytes.start[end], " \t\r\n"))
			end++;
		const char *written = arena_copy_n(reader->arena, bytes.start + start, end - start);
		diag_add(reader->text->diags, YAML_TAG_OTHER, text_span(reader->text, start, end),
			written, NULL);
		node->broken = true;
	}
}

static void read_alias(struct reader *reader, const yaml_event_t *event, struct node *node)
{
	node->at = event_span(reader, event);
	node->text = "";
	node->broken = true;
	diag_add(reader->text->diags, YAML_ALIAS_USED, node->at,
		(const char *)event->data.alias.anchor, NULL);
}

/* A list or map while it is read: its children are reader->open from `first`. */
struct gathering {
	size_t first;
	GHashTable *keys; /* once there are many: char * to struct node * */
};

static void push(struct reader *reader, struct node *child)
{
	if (reader->open_count == reader->open_room) {
		reader->open_room = MAX(64, 2 * reader->open_room);
		reader->open = g_renew(struct node *, reader->open, reader->open_room);
	}
	reader->open[reader->open_count++] = child;
}

#define KEYS_FEW 16

static struct node *given_before(
	const struct reader *reader, const struct gathering *gathering, const struct node *key)
{
	if (gathering->keys)
		return g_hash_table_lookup(gathering->keys, key->text);
	for (size_t i = gathering->first; i < reader->open_count; i++) {
		struct node *child = reader->open[i];
		if (node_has_key(child, key->text, key->text_length))
			return child;
	}
	return NULL;
}

static void remember_key(struct reader *reader, struct gathering *gathering, struct node *child)
{
	push(reader, child);
	if (gathering->keys) {
		g_hash_table_insert(gathering->keys, (void *)(uintptr_t)child->key, child);
		return;
	}
	if (reader->open_count - gathering->first < KEYS_FEW)
		return;
	gathering->keys = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = gathering->first; i < reader->open_count; i++) {
		child = reader->open[i];
		g_hash_table_insert(gathering->keys, (void *)(uintptr_t)child->key, child);
	}
}

/* Nothing after the colon, or a block without lines. */
static bool is_empty(const struct node *node)
{
	return node_is_null(node) || (node->style == STYLE_BLOCK && node->text_length == 0);
}

static void gather_pair(struct reader *reader, struct gathering *gathering, const struct node *key,
	struct node *child)
{
	struct diags *diags = reader->text->diags;
	if (!key->text || (key->text[0] == '\0' && key->style == STYLE_PLAIN)) {
		if (!key->broken)
			diag_add(diags, key->text ? YAML_KEY_EMPTY : YAML_KEY_NOT_TEXT, key->at,
				NULL);
		return;
	}
	if (strcmp(key->text, "<<") == 0 && child->broken)
		return; /* the alias has been refused */
	child->key = key->text;
	child->key_length = key->text_length;
	child->key_at = key->at;
	struct node *before = given_before(reader, gathering, key);
	if (!before) {
		remember_key(reader, gathering, child);
		return;
	}
	if (is_empty(before) && !is_empty(child)) { /* begun above, written here */
		const char *first_key = before->key;
		struct span first_at = before->key_at;
		*before = *child;
		before->key = first_key;
		before->key_at = first_at;
	}
	struct place first = source_place(before->key_at.source, before->key_at.start);
	char line[24];
	g_snprintf(line, sizeof line, "%zu", first.line);
	struct diag *diag = diag_add(diags, YAML_DUPLICATE, key->at, key->text, line, NULL);
	diag_relate(diag, before->key_at, diag_sentence(diags, YAML_DUPLICATE_FIRST, NULL), NULL);
}

static bool read_node(struct reader *reader, yaml_event_t *event, int depth, struct node *node);

static struct node *node_new(struct reader *reader, yaml_event_t *event, int depth)
{
	struct node *node = arena_new(reader->arena, struct node);
	return read_node(reader, event, depth, node) ? node : NULL;
}

/* From the event that begins the key. */
static bool gather_entry(
	struct reader *reader, struct gathering *gathering, yaml_event_t *event, int depth)
{
	struct node key = {0};
	if (!read_node(reader, event, depth, &key) || !next_event(reader, event))
		return false;
	struct node *child = node_new(reader, event, depth);
	if (child)
		gather_pair(reader, gathering, &key, child);
	return child != NULL;
}

static bool gather_item(struct reader *reader, yaml_event_t *event, int depth)
{
	struct node *child = node_new(reader, event, depth);
	if (child)
		push(reader, child);
	return child != NULL;
}

static bool gather(struct reader *reader, struct node *node, struct gathering *gathering, int depth)
{
	yaml_event_t event;
	bool whole = true;
	while (whole && next_event(reader, &event)) {
		if (event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT) {
			node->at.end = byte_at(reader, event.end_mark.index);
			yaml_event_delete(&event);
			return true;
		}
		whole = node->kind == NODE_MAP ? gather_entry(reader, gathering, &event, depth + 1)
					       : gather_item(reader, &event, depth + 1);
	}
	return false;
}

static void close_container(struct reader *reader, struct node *node, size_t first)
{
	node->count = reader->open_count - first;
	if (node->count)
		node->children = arena_copy_many(
			reader->arena, reader->open + first, node->count, sizeof(struct node *));
	node->broken = text_unreadable(reader->text, node->at.end, node->at.end);
	trim_end(&node->at);
}

static bool read_container(
	struct reader *reader, const yaml_event_t *event, int depth, struct node *node)
{
	struct gathering gathering = {reader->open_count, NULL};
	node->kind = event->type == YAML_MAPPING_START_EVENT ? NODE_MAP : NODE_LIST;
	node->at = event_span(reader, event);
	bool whole = depth < YAML_DEPTH_MAX
		? gather(reader, node, &gathering, depth)
		: stop_at_limit(reader, YAML_LIMIT_DEPTH, node->at, YAML_DEPTH_MAX);
	if (whole)
		close_container(reader, node, gathering.first);
	reader->open_count = gathering.first;
	if (gathering.keys)
		g_hash_table_unref(gathering.keys);
	return whole;
}

/* Takes the event and ends it. */
static bool read_node(struct reader *reader, yaml_event_t *event, int depth, struct node *node)
{
	bool whole = true;
	const yaml_char_t *anchor = NULL, *tag = NULL;
	if (++reader->nodes > YAML_NODES_MAX) {
		whole = stop_at_limit(
			reader, YAML_LIMIT_NODES, event_span(reader, event), YAML_NODES_MAX);
	} else if (event->type == YAML_SCALAR_EVENT) {
		read_scalar(reader, event, node);
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_ALIAS_EVENT) {
		read_alias(reader, event, node);
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		whole = read_container(reader, event, depth, node);
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	} else {
		whole = read_container(reader, event, depth, node);
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	}
	if (whole && (anchor || tag))
		refuse_properties(reader, node, anchor, tag);
	yaml_event_delete(event);
	return whole;
}

/* NULL also for an empty document, which has a finding but no failure. */
static struct node *read_stream(struct reader *reader)
{
	struct node *root = NULL;
	yaml_event_t event;
	while (next_event(reader, &event)) {
		bool content = event.type == YAML_SCALAR_EVENT || event.type == YAML_ALIAS_EVENT ||
			event.type == YAML_SEQUENCE_START_EVENT ||
			event.type == YAML_MAPPING_START_EVENT;
		bool second = root && event.type == YAML_DOCUMENT_START_EVENT;
		bool end = event.type == YAML_STREAM_END_EVENT;
		if (content) {
			root = node_new(reader, &event, 0);
			if (!root)
				return NULL;
			continue;
		}
		if (second) {
			diag_add(reader->text->diags, YAML_DOCS, event_span(reader, &event), NULL);
			root->broken = node_is_null(root);
		}
		yaml_event_delete(&event);
		if (second || end)
			return root;
	}
	return NULL;
}

struct node *parse_text(struct text *text, struct failure *failure)
{
	struct reader reader = {.text = text, .arena = text->arena, .failure = failure};
	*failure = (struct failure){0};
	if (!yaml_parser_initialize(&reader.parser))
		g_error("out of memory");
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&reader.parser, (const unsigned char *)text->bytes.start, text->bytes.length);
	struct node *root = read_stream(&reader);
	yaml_parser_delete(&reader.parser);
	g_free(reader.open);
	return root;
}
