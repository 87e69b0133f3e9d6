/* Reader's view of UTF-8, on GLib's Unicode tables. All input is valid UTF-8. */
#include "base/text.h"

#include <string.h>

static bool is_quotation_mark(gunichar character)
{
	return character == 0x201C || character == 0x201D || character == '"';
}

static char *fold_by_tables(struct arena *arena, const char *utf8)
{
	char *normal = g_utf8_normalize(utf8, -1, G_NORMALIZE_NFKC);
	GString *folded = g_string_new(NULL);
	for (const char *at = normal; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (!text_is_space(character) && !is_quotation_mark(character))
			g_string_append_unichar(folded, character);
	}
	g_free(normal);
	return arena_take(arena, g_string_free(folded, FALSE));
}

/* Three bytes of UTF-8 that stand for themselves: hanzi, 、。〈〉《》「」『』【】〔〕 and the like.
 * No normalization changes them, or joins them to a neighbour that stands for itself. */
static bool is_plain_cjk(const unsigned char *at)
{
	if (at[0] == 0xE3 && at[1] == 0x80)
		return at[2] >= 0x81 && at[2] <= 0x9B;
	return at[0] >= 0xE4 && at[0] <= 0xE9;
}

/* The ASCII character that U+FF01 to U+FF5E is a wide form of; 0 for any other. */
static char narrow_form(const unsigned char *at)
{
	if (at[0] != 0xEF || (at[1] != 0xBC && at[1] != 0xBD))
		return 0;
	int place = (at[1] - 0xBC) * 64 + (at[2] - 0x80);
	return place >= 1 && place <= 0x5E ? (char)(' ' + place) : 0;
}

/* Labels are made of few characters, whose folding needs no tables. */
char *text_fold(struct arena *arena, const char *utf8)
{
	char *folded = arena_alloc(arena, strlen(utf8) + 1), *out = folded;
	for (const unsigned char *at = (const unsigned char *)utf8; *at;) {
		bool wide = *at >= 0xE3;
		char narrow = wide ? narrow_form(at) : (char)*at;
		if (wide && is_plain_cjk(at)) {
			memcpy(out, at, 3);
			out += 3;
		} else if (narrow > ' ' && narrow < 0x7F) {
			if (narrow != '"')
				*out++ = narrow;
		} else if (narrow != ' ') {
			return fold_by_tables(arena, utf8);
		}
		at += wide ? 3 : 1;
	}
	return folded;
}

size_t text_width(const char *utf8, size_t length)
{
	size_t width = 0;
	for (const char *at = utf8; at < utf8 + length; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (g_unichar_iszerowidth(character))
			continue;
		width += g_unichar_iswide(character) ? 2 : 1;
	}
	return width;
}

/* Marks that turn the direction of what follows: they can make a line read as another. */
static bool turns_direction(gunichar character)
{
	return character == 0x061C || character == 0x200E || character == 0x200F ||
		(character >= 0x202A && character <= 0x202E) ||
		(character >= 0x2066 && character <= 0x2069);
}

void text_append_visible(GString *out, const char *utf8, size_t length)
{
	for (const char *at = utf8; at < utf8 + length; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (character == '\t' || character == '\n' || character == 0x2028 ||
			character == 0x2029)
			g_string_append_c(out, ' ');
		else if (!g_unichar_iscntrl(character) && !turns_direction(character))
			g_string_append_unichar(out, character);
	}
}

/* What a reader would not see, or would take for another character. */
static bool is_hidden(gunichar character)
{
	GUnicodeType type = g_unichar_type(character);
	return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
		type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_LINE_SEPARATOR ||
		type == G_UNICODE_PARAGRAPH_SEPARATOR || (character & 0xFFFE) == 0xFFFE;
}

void text_append_named(GString *out, const char *text)
{
	while (*text) {
		gunichar character = g_utf8_get_char_validated(text, -1);
		bool valid = character < (gunichar)-2;
		if (!valid)
			g_string_append_printf(out, "<%02X>", (unsigned)(unsigned char)*text);
		else if (character == '\t' || character == '\n')
			g_string_append_c(out, ' ');
		else if (is_hidden(character))
			g_string_append_printf(out, "<U+%04X>", (unsigned)character);
		else
			g_string_append_unichar(out, character);
		text = valid ? g_utf8_next_char(text) : text + 1;
	}
}

void text_trim(const char **start, size_t *length)
{
	const char *from = *start, *end = *start + *length;
	while (from < end && text_is_space(text_character(from)))
		from = g_utf8_next_char(from);
	while (from < end) {
		const char *last = g_utf8_prev_char(end);
		if (!text_is_space(text_character(last)))
			break;
		end = last;
	}
	*start = from;
	*length = (size_t)(end - from);
}

bool text_is_cjk(uint32_t character)
{
	return (character >= 0x2E80 && character <= 0x9FFF) ||
		(character >= 0xF900 && character <= 0xFAFF) ||
		(character >= 0xFE30 && character <= 0xFE4F) ||
		(character >= 0xFF00 && character <= 0xFFEF) ||
		(character >= 0x20000 && character <= 0x3FFFF) ||
		(character >= 0x2014 && character <= 0x2026);
}

size_t text_count(const char *utf8, size_t length)
{
	size_t count = 0, at = 0;
	for (; at + 8 <= length; at += 8)
		count += text_count_eight(utf8 + at);
	for (; at < length; at++)
		count += ((unsigned char)utf8[at] & 0xC0) != 0x80;
	return count;
}

/* Looks for a byte in the middle of the word's first character: most hanzi begin alike. */
bool text_holds(const char *utf8, size_t length, const char *word)
{
	size_t size = strlen(word), probe = MIN(size, 3);
	if (!size || length < size)
		return !size;
	const char *at = utf8 + probe - 1, *end = utf8 + length - (size - probe);
	while (at < end && (at = memchr(at, word[probe - 1], (size_t)(end - at)))) {
		if (memcmp(at - probe + 1, word, size) == 0)
			return true;
		at++;
	}
	return false;
}

/* Levenshtein's distance over code points, two rows at a time. */
static size_t distance(const gunichar *a, glong a_length, const gunichar *b, glong b_length)
{
	size_t *row = g_new(size_t, b_length + 1);
	for (glong j = 0; j <= b_length; j++)
		row[j] = (size_t)j;
	for (glong i = 1; i <= a_length; i++) {
		size_t diagonal = row[0];
		row[0] = (size_t)i;
		for (glong j = 1; j <= b_length; j++) {
			size_t changed = diagonal + (a[i - 1] != b[j - 1]);
			diagonal = row[j];
			row[j] = MIN(changed, MIN(row[j], row[j - 1]) + 1);
		}
	}
	size_t result = row[b_length];
	g_free(row);
	return result;
}

#define NEAREST_LONGEST 100 /* characters; a longer word was not meant as a key */

const char *text_nearest(const char *word, const char *const *candidates, size_t count)
{
	glong length;
	gunichar *letters = g_utf8_to_ucs4_fast(word, -1, &length);
	const char *best = NULL;
	size_t best_distance = (size_t)length / 3 + 1;
	for (size_t i = 0; i < count && length <= NEAREST_LONGEST; i++) {
		glong other_length;
		gunichar *other = g_utf8_to_ucs4_fast(candidates[i], -1, &other_length);
		size_t changes = distance(letters, length, other, other_length);
		if (changes < best_distance) {
			best_distance = changes;
			best = candidates[i];
		}
		g_free(other);
	}
	g_free(letters);
	return best;
}
