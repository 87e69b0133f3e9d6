/*
 * A paragraph as printed from a stretch of a scalar: white space trimmed, folds between
 * hanzi closed, invisible characters dropped, references filled in. Remembers for every
 * byte where it was written.
 */
#include "report/bind_internal.h"

#include "base/text.h"

#include <string.h>

#define PARAGRAPH_CHARACTERS_MAX 100000
#define PARAGRAPHS_MAX 100000 /* in a text: over twice what 2,000 pages have lines */

struct writer {
	struct binder *binder;
	const struct node *scalar;
	const char *text; /* of the scalar */
	size_t from, to; /* of this paragraph in it */
	/* Of a paragraph that isn't printed as it is written; NULL until there is one. */
	GString *out;
	GArray *origins; /* struct origin */
	GArray *said; /* gunichar: characters that were spoken of in this paragraph */
	bool unclosed; /* there is no } any more */
	bool full; /* the text has all the paragraphs that it may have, and more was refused */
};

static struct span written_at(const struct writer *writer, size_t from, size_t to)
{
	return node_span_within(writer->scalar, from, to);
}

static void put(struct writer *writer, size_t from, size_t to)
{
	size_t at = writer->out->len;
	g_string_append_len(writer->out, writer->text + from, (gssize)(to - from));
	if (writer->origins->len > 0) {
		struct origin *last =
			&g_array_index(writer->origins, struct origin, writer->origins->len - 1);
		if (!last->figure && last->origin_end == from) {
			last->to = writer->out->len;
			last->origin_end = to;
			return;
		}
	}
	struct origin piece = {at, writer->out->len, from, to, NULL};
	g_array_append_val(writer->origins, piece);
}

static void put_figure(struct writer *writer, size_t from, size_t to, const struct figure *figure)
{
	size_t at = writer->out->len;
	g_string_append(writer->out, figure->printed);
	struct origin piece = {at, writer->out->len, from, to, figure};
	g_array_append_val(writer->origins, piece);
}

static bool is_dropped(gunichar character)
{
	switch (character) {
	case 0xAD:
	case 0x34F:
	case 0x61C:
	case 0x180E:
	case 0x200B:
	case 0x200E: /* marks of direction, which copied text is full of */
	case 0x200F:
	case 0x2060:
	case 0xFEFF:
		return true;
	default:
		return false;
	}
}

static bool is_forbidden(gunichar character)
{
	return character < 0x20 || (character >= 0x7F && character <= 0x9F) ||
		character == 0x2028 || character == 0x2029 ||
		(character >= 0xE000 && character <= 0xF8FF) || character >= 0xF0000 ||
		(character >= 0xFFF9 && character <= 0xFFFD) || /* what stood here is lost */
		(character >= 0x206A && character <= 0x206F) ||
		(character >= 0xFDD0 && character <= 0xFDEF) || (character & 0xFFFE) == 0xFFFE ||
		(character >= 0xE0001 && character <= 0xE007F) || /* tags */
		character == 0x115F || character == 0x1160 || character == 0x3164 ||
		character == 0xFFA0 || /* fillers, which show nothing */
		(character >= 0x202A && character <= 0x202E) || /* marks of direction: */
		(character >= 0x2066 && character <= 0x2069); /* a line reads as another */
}

/* Once a character and paragraph. */
static void say_character(struct writer *writer, enum diag_code code, gunichar character, size_t at)
{
	for (guint i = 0; i < writer->said->len; i++)
		if (g_array_index(writer->said, gunichar, i) == character)
			return;
	g_array_append_val(writer->said, character);
	size_t end = (size_t)(g_utf8_next_char(writer->text + at) - writer->text);
	diag_add(writer->binder->diags, code, written_at(writer, at, end),
		arena_print(writer->binder->arena, "U+%04X", character), NULL);
}

static void say_reference(struct writer *writer, enum diag_code code, size_t from, size_t to)
{
	const char *words = arena_copy_n(
		writer->binder->arena, writer->text + from + 2, MAX(to, from + 3) - from - 3);
	diag_add(writer->binder->diags, code, written_at(writer, from, to),
		bind_excerpt(writer->binder, words), NULL);
}

/* `${…}` at `from`; returns where the text goes on. */
static size_t put_reference(struct writer *writer, size_t from)
{
	const char *start = writer->text + from + 2;
	const char *end = writer->unclosed ? NULL : memchr(start, '}', writer->to - from - 2);
	if (!end) {
		if (!writer->unclosed)
			diag_add(writer->binder->diags, TEXT_REF_OPEN,
				written_at(writer, from, writer->to), NULL);
		writer->unclosed = true;
		put(writer, from, from + 2);
		return from + 2;
	}
	size_t to = (size_t)(end + 1 - writer->text);
	if (!writer->binder->in_texts) {
		diag_add(writer->binder->diags, TEXT_REF_HERE, written_at(writer, from, to), NULL);
		return to;
	}
	struct cell cell;
	const struct figure *figure =
		reference_find(writer->binder, start, (size_t)(end - start), &cell);
	if (figure && figure->state == FIGURE_GIVEN)
		put_figure(writer, from, to, figure);
	else
		say_reference(writer, figure ? TEXT_REF_BLANK : TEXT_REF, from, to);
	return to;
}

/* Of either width. The next brace ends the search, so that all searches of a text are one walk. */
static bool is_brace(const char *at)
{
	return *at == '{' || *at == '}' || g_str_has_prefix(at, "｛") || g_str_has_prefix(at, "｝");
}

/* Bytes of `￥{表/行/列}` or the like, at any sign of which a $ or brace has full width; 0: none.
 */
static size_t false_reference(const struct writer *writer, size_t at)
{
	static const char *const signs[] = {"$｛", "＄{", "＄｛", "￥{", "￥｛", "¥{", "¥｛"};
	const char *start = writer->text + at, *end = writer->text + writer->to;
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
		size_t length = strlen(signs[i]);
		if ((size_t)(end - start) <= length || memcmp(start, signs[i], length) != 0)
			continue;
		const char *sign = start + length;
		bool path = false;
		for (; sign < end && !is_brace(sign); sign++)
			path = path || *sign == '/' || g_str_has_prefix(sign, "／");
		bool closes = sign < end && (*sign == '}' || g_str_has_prefix(sign, "｝"));
		return path && closes ? (size_t)(g_utf8_next_char(sign) - start) : 0;
	}
	return 0;
}

/* Puts its first sign, and goes on behind it. */
static void say_false_reference(struct writer *writer, size_t at, size_t length)
{
	const char *written = arena_copy_n(writer->binder->arena, writer->text + at, length);
	diag_add(writer->binder->diags, TEXT_REF_SIGN, written_at(writer, at, at + length),
		bind_excerpt(writer->binder, written), NULL);
}

/* A space that YAML made of a line's end, between two hanzi (SCHEMA §2). */
static bool is_fold(const struct writer *writer, size_t at)
{
	const char *space = writer->text + at;
	if (*space != ' ' || !writer->out->len || at + 1 >= writer->to)
		return false;
	const char *before = g_utf8_prev_char(writer->out->str + writer->out->len);
	if (!text_is_cjk(g_utf8_get_char(before)) || !text_is_cjk(g_utf8_get_char(space + 1)))
		return false;
	size_t gap = written_at(writer, at - 1, at).end,
	       after = written_at(writer, at + 1, at + 2).start;
	const struct bytes bytes = writer->scalar->at.source->bytes;
	return gap < after && memchr(bytes.start + gap, '\n', after - gap) != NULL;
}

static size_t put_character(struct writer *writer, size_t at)
{
	const char *text = writer->text + at;
	gunichar character = g_utf8_get_char(text);
	size_t next = at + (size_t)(g_utf8_next_char(text) - text);
	size_t false_length = false_reference(writer, at);
	if (false_length)
		say_false_reference(writer, at, false_length);
	if (is_dropped(character))
		say_character(writer, TEXT_CHAR_DROPPED, character, at);
	else if (is_forbidden(character))
		say_character(writer, TEXT_CHAR, character, at);
	else if (text_is_space(character) && !writer->out->len)
		return next;
	else if (!is_fold(writer, at))
		put(writer, at, next);
	return next;
}

/* U+2010 to U+2027 (— “ ” …), U+3001 to U+30FF (。 and the like), ！ to ～. */
static bool is_plain_mark(const unsigned char *at)
{
	switch (at[0]) {
	case 0xE2:
		return at[1] == 0x80 && at[2] >= 0x90 && at[2] <= 0xA7;
	case 0xE3:
		return at[1] == 0x80 ? at[2] > 0x80 : at[1] < 0x84;
	case 0xEF:
		return at[1] == 0xBC ? at[2] > 0x80 && at[2] != 0x84 /* ＄ */
				     : at[1] == 0xBD && at[2] < 0x9F;
	default:
		return false;
	}
}

/* How far the text is printed as it is written: hanzi, digits, letters and their marks, which
 * most of it is. A space may be a fold, and $ begins a reference. */
static size_t plain_from(const struct writer *writer, size_t at)
{
	const unsigned char *text = (const unsigned char *)writer->text;
	while (at < writer->to) {
		if (text[at] >= 0xE4 && text[at] <= 0xE9)
			at += 3;
		else if (text[at] > ' ' && text[at] < 0x7F && text[at] != '$')
			at++;
		else if (is_plain_mark(text + at))
			at += 3;
		else
			break;
	}
	return at;
}

static void put_all(struct writer *writer)
{
	for (size_t at = writer->from; at < writer->to;) {
		const char *text = writer->text + at;
		size_t left = writer->to - at, plain = plain_from(writer, at);
		if (plain > at) {
			put(writer, at, plain);
			at = plain;
		} else if (left >= 3 && memcmp(text, "$${", 3) == 0) {
			put(writer, at, at + 1);
			put(writer, at + 2, at + 3);
			at += 3;
		} else if (left >= 2 && memcmp(text, "${", 2) == 0) {
			at = put_reference(writer, at);
		} else {
			at = put_character(writer, at);
		}
	}
}

static void trim_end(struct writer *writer)
{
	const char *start = writer->out->str;
	size_t length = writer->out->len;
	text_trim(&start, &length);
	g_string_truncate(writer->out, length);
	while (writer->origins->len > 0) {
		struct origin *last =
			&g_array_index(writer->origins, struct origin, writer->origins->len - 1);
		if (last->from >= length) {
			g_array_set_size(writer->origins, writer->origins->len - 1);
			continue;
		}
		if (!last->figure && last->to > length)
			last->origin_end -= last->to - length;
		last->to = MIN(last->to, length);
		break;
	}
}

static void open_buffers(struct writer *writer)
{
	if (!writer->out) {
		writer->out = g_string_new(NULL);
		writer->origins = g_array_new(FALSE, FALSE, sizeof(struct origin));
		writer->said = g_array_new(FALSE, FALSE, sizeof(gunichar));
	}
	g_string_truncate(writer->out, 0);
	g_array_set_size(writer->origins, 0);
	g_array_set_size(writer->said, 0);
	writer->unclosed = false;
}

static void close_buffers(struct writer *writer)
{
	if (!writer->out)
		return;
	g_string_free(writer->out, TRUE);
	g_array_unref(writer->origins);
	g_array_unref(writer->said);
}

/* The text of the paragraph, and where it comes from. */
static struct passage write_text(struct writer *writer)
{
	struct arena *arena = writer->binder->arena;
	struct passage passage = {.kind = PASSAGE_PARAGRAPH, .node = writer->scalar};
	if (plain_from(writer, writer->from) == writer->to) {
		struct origin *whole = arena_new(arena, struct origin);
		passage.length = writer->to - writer->from;
		passage.utf8 = arena_copy_n(arena, writer->text + writer->from, passage.length);
		*whole = (struct origin){0, passage.length, writer->from, writer->to, NULL};
		passage.origins = whole;
		passage.origin_count = 1;
		return passage;
	}
	open_buffers(writer);
	put_all(writer);
	trim_end(writer);
	passage.length = writer->out->len;
	passage.utf8 = arena_copy_n(arena, writer->out->str, writer->out->len);
	passage.origin_count = writer->origins->len;
	passage.origins = arena_copy_many(
		arena, writer->origins->data, passage.origin_count, sizeof(struct origin));
	return passage;
}

static void finish(struct passage passage, GArray *passages)
{
	passage.numbering = numbering_read(passage.utf8, passage.length);
	passage.at = passage_span(&passage, 0, passage.length);
	g_array_append_val(passages, passage);
}

/* Bytes [from, to) of the scalar's text, unless nothing is left of them. */
static void write_paragraph(struct writer *writer, size_t from, size_t to, GArray *passages)
{
	const char *start = writer->text + from;
	size_t length = to - from;
	text_trim(&start, &length);
	if (!length)
		return;
	writer->from = (size_t)(start - writer->text);
	writer->to = writer->from + length;
	if (length > PARAGRAPH_CHARACTERS_MAX &&
		text_count(start, length) > PARAGRAPH_CHARACTERS_MAX) {
		diag_add(writer->binder->diags, TEXT_LIMIT,
			written_at(writer, writer->from, writer->from), NULL);
		return;
	}
	if (passages->len == PARAGRAPHS_MAX) {
		diag_add(writer->binder->diags, TEXT_PARAGRAPHS,
			written_at(writer, writer->from, writer->to), NULL);
		writer->full = true;
		return;
	}
	struct passage passage = write_text(writer);
	if (passage.length > 0)
		finish(passage, passages);
}

void paragraphs_bind(struct binder *binder, const struct node *scalar, GArray *passages)
{
	const char *start = scalar->text;
	struct writer writer = {.binder = binder, .scalar = scalar, .text = start};
	for (const char *line = start; line && !writer.full;) {
		const char *end = strchr(line, '\n');
		size_t to = end ? (size_t)(end - start) : strlen(start);
		write_paragraph(&writer, (size_t)(line - start), to, passages);
		line = end ? end + 1 : NULL;
	}
	close_buffers(&writer);
}

/* Origins are in order: the first that ends behind `byte`. */
static const struct origin *origin_at(const struct passage *passage, size_t byte)
{
	size_t low = 0, high = passage->origin_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (passage->origins[middle].to <= byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low < passage->origin_count ? &passage->origins[low] : NULL;
}

struct span passage_span(const struct passage *passage, size_t from, size_t to)
{
	const struct origin *first = origin_at(passage, from);
	const struct origin *last = origin_at(passage, to > from ? to - 1 : from);
	if (!first || !last)
		return passage->at;
	size_t start = first->figure ? first->origin : first->origin + (from - first->from);
	size_t end = last->figure ? last->origin_end : last->origin + (to - last->from);
	return node_span_within(passage->node, start, MAX(end, start));
}
