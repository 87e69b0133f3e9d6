/*
 * From a path to nodes. A file is parsed as it is; where that fails, or where its lines look
 * wrong, the mistakes that can be told from the lines are named and cured in memory and the
 * rest is parsed again, so that one run names them all.
 */
#include "yaml/yaml_internal.h"

#include <errno.h>

#define ROUNDS_MAX 20
#define ROUNDS_BYTES ((size_t)64 * 1024 * 1024) /* of all rounds together */

static size_t line_of(const struct source *source, size_t byte)
{
	return source_place(source, byte).line;
}

/* A finding on the same line, or the one above, has named the cause. */
static bool said_already(const struct text *text, size_t at)
{
	size_t line = line_of(text->source, at);
	for (guint i = 0; i < text->diags->all->len; i++) {
		const struct diag *diag = text->diags->all->pdata[i];
		if (diag->at.source != text->source)
			continue;
		size_t other = line_of(text->source, diag->at.start);
		if (other == line || other + 1 == line)
			return true;
	}
	return false;
}

static size_t line_start(const struct source *source, size_t line)
{
	return (size_t)(source_line(source, line).start - source->bytes.start);
}

/* Where the entry of the top level begins, or the next one after `at`. */
static bool begins_entry(const struct source *source, size_t line)
{
	struct bytes bytes = source_line(source, line);
	return bytes.length > 0 && !is_one_of(bytes.start[0], " \t#-]}");
}

static struct span entry_around(const struct source *source, size_t at)
{
	size_t first = line_of(source, at);
	size_t after = first + 1;
	while (first > 1 && !begins_entry(source, first))
		first--;
	size_t lines = source_line_count(source);
	while (after <= lines && !begins_entry(source, after))
		after++;
	struct span entry = {source, line_start(source, first), source->bytes.length};
	if (after <= lines)
		entry.end = line_start(source, after);
	return entry;
}

/* Past the "key:" of an entry; its start where it has none. */
static size_t after_key(struct span entry)
{
	const char *bytes = entry.source->bytes.start;
	for (size_t at = entry.start; at < entry.end && bytes[at] != '\n'; at++)
		if (bytes[at] == ':' &&
			(at + 1 == entry.end || is_one_of(bytes[at + 1], " \t\r\n")))
			return at + 1;
	return entry.start;
}

/* Leaves out the entry in which libyaml stopped; false if it is out already. */
static bool leave_out(struct text *text, size_t at, GHashTable *left_out)
{
	struct span entry = entry_around(text->source, MIN(at, text->source->bytes.length));
	size_t from = after_key(entry);
	if (!g_hash_table_add(left_out, GSIZE_TO_POINTER(entry.start)) || entry.end == entry.start)
		return false;
	if (from == entry.start)
		text_cure(text, from, entry.end - from, "");
	else
		text_cure_unreadable(text, from, entry.end - from, " ~\n");
	text_cure_all(text);
	return true;
}

/* Parses, and says what libyaml stopped at, until nothing new comes to light. */
static struct node *parse_around(struct text *text)
{
	GHashTable *left_out = g_hash_table_new(NULL, NULL);
	struct diags *all = text->diags;
	struct node *root = NULL;
	size_t rounds = MIN(ROUNDS_MAX, 1 + ROUNDS_BYTES / (text->bytes.length + 1));
	for (size_t round = 0; round < rounds; round++) {
		struct failure failure;
		struct diags *these = diags_new(text->arena, all->language);
		text->diags = these;
		root = parse_text(text, &failure);
		text->diags = all;
		if (root || failure.final || !failure.problem) {
			diags_adopt(all, these);
			break;
		}
		size_t place = complaint_place(text, &failure);
		if (!said_already(text, place))
			complain(text, &failure);
		if (!leave_out(text, place, left_out))
			break;
	}
	g_hash_table_unref(left_out);
	return root;
}

/* Whether a finding since the `said`th is of lines that may stand where they don't belong, or
 * were left out. */
static bool displaced_since(const struct diags *diags, guint said)
{
	for (guint i = said; i < diags->all->len; i++) {
		const struct diag *diag = diags->all->pdata[i];
		if (diag->code == TEXT_CONTROL ||
			(g_str_has_prefix(diag->id, "YAML-") && diag->code != YAML_DUPLICATE))
			return true;
	}
	return false;
}

static const struct node *parse(
	struct arena *arena, const struct source *source, size_t allowed, struct diags *diags)
{
	struct text text = {.arena = arena,
		.source = source,
		.diags = diags,
		.allowed = allowed,
		.cures = g_array_new(FALSE, FALSE, sizeof(struct cure)),
		.bytes = source->bytes};
	struct diags *first = diags_new(arena, diags->language);
	struct failure failure;
	guint said = diags->all->len;
	if (!encoding_scan(&text)) {
		g_array_unref(text.cures);
		return NULL;
	}
	if (text.cures->len)
		text_cure_all(&text);
	size_t cures = text.cures->len;
	text.diags = first;
	struct node *root = parse_text(&text, &failure);
	text.diags = diags;
	if (!failure.final)
		scan_lines(&text, root != NULL);
	if (failure.final || (root && text.cures->len == cures)) {
		diags_adopt(diags, first);
	} else {
		if (text.cures->len > cures)
			text_cure_all(&text);
		root = parse_around(&text);
	}
	if (root)
		root->doubtful = displaced_since(diags, said);
	if (!root && diags->all->len == said)
		diag_add(diags, YAML_EMPTY, text_span(&text, 0, 0), NULL);
	g_array_unref(text.cures);
	return root;
}

const struct node *node_parse(struct arena *arena, const struct source *source, struct diags *diags)
{
	return parse(arena, source, 0, diags);
}

const struct node *node_load_bytes(struct arena *arena, const char *path, struct bytes bytes,
	const struct source **source, struct diags *diags)
{
	size_t allowed;
	*source = encoding_source(arena, path, bytes, &allowed, diags);
	return *source ? parse(arena, *source, allowed, diags) : NULL;
}

const struct node *node_load(
	struct arena *arena, const char *path, const struct source **source, struct diags *diags)
{
	struct bytes bytes;
	int failure = file_read(arena, path, YAML_BYTES_MAX, &bytes);
	*source = NULL;
	if (failure == EFBIG) {
		struct span start = {source_new(arena, path, (struct bytes){"", 0}), 0, 0};
		diag_add(diags, YAML_LIMIT_BYTES, start, "8", NULL);
		return NULL;
	}
	if (failure) {
		diag_unread(diags, NOWHERE, path, failure);
		return NULL;
	}
	return node_load_bytes(arena, path, bytes, source, diags);
}
