/*
 * From the text of a scalar back to its bytes: the value is laid beside the source, and what
 * libyaml left out (indentation, folded line ends, escapes) is stepped over. The value guides;
 * the source only says how much it used for each character.
 */
#include "yaml/yaml_internal.h"

#include <string.h>

struct walk {
	const char *text, *text_start, *text_end;
	const char *at, *source_start, *end;
	GArray *stretches;
	char opening; /* ' " | > or 0: plain */
	size_t indent; /* of a block scalar's lines */
};

static bool is_blank(char sign)
{
	return sign == ' ' || sign == '\t';
}

static bool is_break(char sign)
{
	return sign == '\n' || sign == '\r';
}

/* `length` bytes of the text stand at walk->at as they are. */
static void keep(struct walk *walk, size_t length)
{
	struct verbatim stretch = {(size_t)(walk->text - walk->text_start),
		(size_t)(walk->at - walk->source_start), length};
	struct verbatim *last = walk->stretches->len
		? &g_array_index(walk->stretches, struct verbatim, walk->stretches->len - 1)
		: NULL;
	if (last && last->text + last->length == stretch.text &&
		last->source + last->length == stretch.source)
		last->length += length;
	else
		g_array_append_val(walk->stretches, stretch);
	walk->text += length;
	walk->at += length;
}

static void skip_break(struct walk *walk)
{
	if (walk->at < walk->end && *walk->at == '\r')
		walk->at++;
	if (walk->at < walk->end && *walk->at == '\n')
		walk->at++;
}

static void skip_blanks(struct walk *walk)
{
	while (walk->at < walk->end && is_blank(*walk->at))
		walk->at++;
}

static void skip_indent(struct walk *walk)
{
	for (size_t i = 0; i < walk->indent && walk->at < walk->end && *walk->at == ' '; i++)
		walk->at++;
}

/* Line ends, blank lines and the next line's indentation, for what the value makes of them:
 * a space, some line ends, or nothing. */
static void step_fold(struct walk *walk)
{
	bool block = walk->opening == '|' || walk->opening == '>';
	while (walk->at < walk->end && is_break(*walk->at)) {
		skip_break(walk);
		const char *line = walk->at;
		skip_blanks(walk);
		if (block && walk->at < walk->end && !is_break(*walk->at)) {
			walk->at = line;
			skip_indent(walk);
			break;
		}
	}
	if (walk->text < walk->text_end && *walk->text == ' ')
		walk->text++;
	else
		while (walk->text < walk->text_end && *walk->text == '\n')
			walk->text++;
}

static size_t escape_length(const char *at, const char *end)
{
	size_t length = 2;
	if (at + 1 < end && at[1] == 'x')
		length += 2;
	else if (at + 1 < end && at[1] == 'u')
		length += 4;
	else if (at + 1 < end && at[1] == 'U')
		length += 8;
	else if (at + 1 < end)
		length = 1 + (size_t)(g_utf8_next_char(at + 1) - (at + 1));
	return MIN(length, (size_t)(end - at));
}

/* A backslash in double quotes: one character, or a line end that doesn't count. */
static void step_escape(struct walk *walk)
{
	if (walk->at + 1 < walk->end && is_break(walk->at[1])) {
		walk->at++;
		skip_break(walk);
		skip_blanks(walk);
		return;
	}
	walk->at += escape_length(walk->at, walk->end);
	walk->text = g_utf8_next_char(walk->text);
}

static bool blanks_end_line(const struct walk *walk)
{
	const char *at = walk->at;
	while (at < walk->end && is_blank(*at))
		at++;
	return at < walk->end && is_break(*at);
}

#define LOOKED_AT ((size_t)4096)

/* How much of a block's line the text and the source have in common, in whole characters; mostly
 * all of it. */
static size_t line_in_common(const struct walk *walk)
{
	const char *text = walk->text, *at = walk->at;
	size_t left = MIN((size_t)(walk->text_end - text), (size_t)(walk->end - at));
	size_t looked_at = MIN(left, LOOKED_AT);
	const char *feed = memchr(at, '\n', looked_at);
	size_t length = feed ? (size_t)(feed - at) : looked_at;
	if (memcmp(text, at, length) == 0) {
		text += length;
		at += length;
	}
	while (at < walk->end && *text && *text != '\n' && *text == *at) {
		text++;
		at++;
	}
	while (text > walk->text && ((unsigned char)*text & 0xC0) == 0x80)
		text--;
	return (size_t)(text - walk->text);
}

static void step(struct walk *walk)
{
	bool block = walk->opening == '|' || walk->opening == '>';
	size_t length = (size_t)(g_utf8_next_char(walk->text) - walk->text);
	size_t line = block ? line_in_common(walk) : 0;
	length = MAX(length, line);
	if (!block && is_blank(*walk->at) && blanks_end_line(walk))
		skip_blanks(walk);
	if (is_break(*walk->at) && walk->opening == '|') {
		skip_break(walk);
		walk->text++;
		skip_indent(walk);
	} else if (is_break(*walk->at)) {
		step_fold(walk);
	} else if (walk->opening == '"' && *walk->at == '\\') {
		step_escape(walk);
	} else if (walk->opening == '\'' && *walk->at == '\'') {
		walk->at += 2;
		walk->text++;
	} else if (length <= (size_t)(walk->end - walk->at) &&
		memcmp(walk->at, walk->text, length) == 0) {
		keep(walk, length);
	} else { /* cured: one character read as another */
		walk->at = g_utf8_next_char(walk->at);
		walk->text += length;
	}
}

static size_t spaces_at(const char *at, const char *end)
{
	size_t count = 0;
	while (at + count < end && at[count] == ' ')
		count++;
	return count;
}

/* Past the header line; the first line that isn't empty tells the indentation. */
static void enter_block(struct walk *walk)
{
	while (walk->at < walk->end && !is_break(*walk->at))
		walk->at++;
	skip_break(walk);
	const char *line = walk->at;
	const char *text = walk->text;
	while (text < walk->text_end && *text == '\n')
		text++;
	for (const char *at = line; at < walk->end; at++) {
		size_t spaces = spaces_at(at, walk->end);
		if (at + spaces < walk->end && !is_break(at[spaces])) {
			size_t kept = spaces_at(text, walk->text_end);
			walk->indent = spaces > kept ? spaces - kept : 0;
			break;
		}
		at = memchr(at, '\n', (size_t)(walk->end - at));
		if (!at)
			break;
	}
	skip_indent(walk);
}

static bool verbatim(const struct node *scalar, struct bytes bytes)
{
	size_t length = strlen(scalar->text);
	size_t quote = scalar->style == STYLE_QUOTED ? 1 : 0;
	return scalar->style != STYLE_BLOCK && scalar->at.start + quote + length <= bytes.length &&
		memcmp(bytes.start + scalar->at.start + quote, scalar->text, length) == 0;
}

void trail_find(struct arena *arena, struct node *scalar)
{
	struct bytes bytes = scalar->at.source->bytes;
	if (verbatim(scalar, bytes))
		return;
	struct walk walk = {.text = scalar->text,
		.text_start = scalar->text,
		.text_end = scalar->text + strlen(scalar->text),
		.at = bytes.start + scalar->at.start,
		.source_start = bytes.start,
		.end = bytes.start + scalar->at.end,
		.stretches = g_array_sized_new(FALSE, FALSE, sizeof(struct verbatim), 8),
		.opening = scalar->style == STYLE_PLAIN ? 0 : bytes.start[scalar->at.start]};
	if (scalar->style == STYLE_BLOCK)
		enter_block(&walk);
	else if (scalar->style == STYLE_QUOTED && walk.at < walk.end)
		walk.at++;
	while (walk.text < walk.text_end && walk.at < walk.end)
		step(&walk);
	scalar->stretches = arena_copy_many(
		arena, walk.stretches->data, walk.stretches->len, sizeof(struct verbatim));
	scalar->stretch_count = walk.stretches->len;
	g_array_unref(walk.stretches);
}
