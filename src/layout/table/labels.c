/*
 * Where a label in a narrow cell may be broken so that it reads well: after its number, after
 * a clause, between words. Words are guessed from the number of hanzi, for most words of such
 * labels have two: an even number of them is read in pairs, an odd number after a label's
 * number as a word of three and pairs.
 */
#include "layout/table/table_internal.h"

#include <string.h>

#define NUMBER_CHARACTERS 4 /* （十）, 10. */

static bool is_hanzi(gunichar character)
{
	return g_unichar_get_script(character) == G_UNICODE_SCRIPT_HAN;
}

static bool ends_clause(gunichar character)
{
	return character == 0xFF0C || character == 0xFF1A || character == 0xFF1B;
}

/* Bytes of the number that a label begins with: （三）, 三、, 1. */
static size_t number_length(const char *text)
{
	const char *at = text;
	for (size_t i = 0; i < NUMBER_CHARACTERS && *at; i++) {
		gunichar character = g_utf8_get_char(at);
		at = g_utf8_next_char(at);
		if (character == 0xFF09 || character == 0x3001 || character == '.' ||
			character == 0xFF0E)
			return i > 0 && *at ? (size_t)(at - text) : 0;
	}
	return 0;
}

static void add_unit(GPtrArray *units, struct arena *arena, const char *from, const char *to)
{
	if (to > from)
		g_ptr_array_add(units, arena_copy_n(arena, from, (size_t)(to - from)));
}

static void add_clauses(GPtrArray *units, struct arena *arena, const char *text)
{
	const char *from = text;
	for (const char *at = text; *at;) {
		bool ends = ends_clause(g_utf8_get_char(at));
		at = g_utf8_next_char(at);
		if (!ends)
			continue;
		add_unit(units, arena, from, at);
		from = at;
	}
	add_unit(units, arena, from, from + strlen(from));
}

static void add_words(GPtrArray *units, struct arena *arena, const char *text, long count)
{
	for (const char *at = text; *at;) {
		const char *next = g_utf8_offset_to_pointer(at, count % 2 ? 3 : 2);
		count -= count % 2 ? 3 : 2;
		add_unit(units, arena, at, next);
		at = next;
	}
}

const char *const *table_label_units(struct arena *arena, const char *text)
{
	const char *rest = text + number_length(text);
	bool hanzi = true, clauses = false;
	for (const char *at = rest; *at; at = g_utf8_next_char(at)) {
		hanzi &= is_hanzi(g_utf8_get_char(at));
		clauses |= ends_clause(g_utf8_get_char(at));
	}
	long count = g_utf8_strlen(rest, -1);
	bool words = hanzi && count >= 4 && (count % 2 == 0 || rest > text);
	if (!words && !clauses)
		return NULL;
	GPtrArray *units = g_ptr_array_new();
	add_unit(units, arena, text, rest);
	if (clauses)
		add_clauses(units, arena, rest);
	else
		add_words(units, arena, rest, count);
	const char *const *kept =
		arena_copy_many(arena, units->pdata, units->len, sizeof *units->pdata);
	g_ptr_array_free(units, TRUE);
	return kept;
}
