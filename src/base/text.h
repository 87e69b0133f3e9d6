/*
 * UTF-8 text as a reader sees it: folding for comparison, white space, display width,
 * nearness of two words. Knows nothing of YAML or of the form.
 */
#ifndef NIANBAO_BASE_TEXT_H
#define NIANBAO_BASE_TEXT_H

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* For looking up labels: NFKC, without white space and without the quotation marks “ ” " ". */
char *text_fold(struct arena *arena, const char *utf8);

/* Columns on a terminal: 2 for wide and full-width characters, 0 for combining marks. What
 * Unicode calls ambiguous (“ ” — …) is 1, as terminals have it. */
size_t text_width(const char *utf8, size_t length);
/* For a terminal: tab and ends of lines become a space, other control characters and marks of
 * direction are left out. */
void text_append_visible(GString *out, const char *utf8, size_t length);

/* For a sentence that names what was written or a path, in any encoding: hidden characters by
 * their code points, <U+202E>; bytes that aren't UTF-8 by their value, <FF>. */
void text_append_named(GString *out, const char *text);

/* Inline, as walks over texts spend their time here. From character to character, a rare one of
 * two or four bytes taken for two: */
static inline size_t text_step(const char *utf8)
{
	return (unsigned char)*utf8 >= 0xE0 ? 3 : 1;
}

/* The characters that begin in eight bytes: all but those that go on with one, whose top bit is
 * set and the one below isn't. */
static inline size_t text_count_eight(const char *utf8)
{
	uint64_t eight;
	memcpy(&eight, utf8, sizeof eight);
	eight &= ~(eight << 1) & UINT64_C(0x8080808080808080);
	return 8 - (size_t)((eight >> 7) * UINT64_C(0x0101010101010101) >> 56);
}

/* Six bits that tell most hanzi apart. */
static inline unsigned text_low_bits(const char *utf8)
{
	return (unsigned char)utf8[text_step(utf8) - 1] & 63;
}

/* The character at `utf8`. */
static inline uint32_t text_character(const char *utf8)
{
	const unsigned char *at = (const unsigned char *)utf8;
	if (at[0] < 0x80)
		return at[0];
	if ((at[0] & 0xF0) == 0xE0)
		return (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
	return g_utf8_get_char(utf8);
}

static inline bool text_is_space(uint32_t character)
{
	if (character > 0x3000) /* the last space of Unicode */
		return false;
	if (character < 0x80)
		return character == ' ' ||
			(character >= '\t' && character <= '\r' && character != '\v');
	return g_unichar_isspace(character) || character == 0x3000 || character == 0xA0;
}

/* Shortens [*start, *start + *length) at both ends by white space, U+3000 and U+00A0 too. */
void text_trim(const char **start, size_t *length);
/* A hanzi, or a mark of Chinese punctuation or full-width form. */
bool text_is_cjk(uint32_t character);
size_t text_count(const char *utf8, size_t length); /* code points */

/* Whether the word stands anywhere in the text. */
bool text_holds(const char *utf8, size_t length, const char *word);

/* The candidate that a mistyped word most likely meant: the fewest changes of a character,
 * at most a third of its length; NULL if none is that near. */
const char *text_nearest(const char *word, const char *const *candidates, size_t count);

#endif
