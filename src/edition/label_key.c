/* From a label as printed to what a clerk types: numbers, closing parentheses, spellings. */
#include "edition/template_internal.h"

#include "base/text.h"

#include <string.h>

struct cursor {
	const char *at, *end;
};

static gunichar peek(const struct cursor *cursor)
{
	return cursor->at < cursor->end ? text_character(cursor->at) : 0;
}

static bool take(struct cursor *cursor, gunichar one, gunichar other)
{
	gunichar next = peek(cursor);
	if (!next || (next != one && next != other))
		return false;
	cursor->at = g_utf8_next_char(cursor->at);
	return true;
}

/* 0 to 9 of an ASCII or full-width digit, else -1. */
static int digit_value(gunichar character)
{
	if (character >= '0' && character <= '9')
		return (int)(character - '0');
	return character >= 0xFF10 && character <= 0xFF19 ? (int)(character - 0xFF10) : -1;
}

/* 1 to 10 of a numeral, else -1. */
static int numeral_value(gunichar character)
{
	static const gunichar numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
		0x516B, 0x4E5D, 0x5341}; /* one to ten */
	for (size_t i = 0; i < G_N_ELEMENTS(numerals); i++)
		if (numerals[i] == character)
			return (int)i + 1;
	return -1;
}

static int take_digits(struct cursor *cursor)
{
	int value = 0, taken = 0;
	for (int digit; (digit = digit_value(peek(cursor))) >= 0; taken++) {
		if (taken == 2)
			return -1;
		value = value * 10 + digit;
		cursor->at = g_utf8_next_char(cursor->at);
	}
	return taken ? value : -1;
}

/* Up to ninety-nine, as people count: ten, eleven, twenty, twenty-one. */
static int take_numerals(struct cursor *cursor)
{
	int tens = 0, ones = 0;
	for (int value, taken = 0; (value = numeral_value(peek(cursor))) > 0; taken++) {
		if (taken == 3 || (value < 10 && ones) || (value == 10 && tens))
			return -1;
		if (value == 10) {
			tens = ones ? ones : 1;
			ones = 0;
		} else {
			ones = value;
		}
		cursor->at = g_utf8_next_char(cursor->at);
	}
	return tens || ones ? tens * 10 + ones : -1;
}

size_t number_mark(const char *text, size_t length, int *level, int *number)
{
	struct cursor cursor = {text, text + length};
	bool open = take(&cursor, '(', 0xFF08);
	bool digits = digit_value(peek(&cursor)) >= 0;
	*number = digits ? take_digits(&cursor) : take_numerals(&cursor);
	if (*number < 0)
		return 0;
	bool closed;
	if (open)
		closed = take(&cursor, ')', 0xFF09);
	else if (digits)
		closed = take(&cursor, '.', 0xFF0E) || take(&cursor, 0x3001, 0x3001);
	else
		closed = take(&cursor, 0x3001, 0x3001);
	*level = (open ? 2 : 1) + (digits ? 2 : 0);
	return closed ? (size_t)(cursor.at - text) : 0;
}

/* Where the parenthesis that closes at the end begins; `length` if the text ends otherwise. */
static size_t closing_parenthesis(const char *text, size_t length)
{
	int depth = 0;
	for (const char *at = text + length; at > text;) {
		at = g_utf8_prev_char(at);
		gunichar character = g_utf8_get_char(at);
		if (character == ')' || character == 0xFF09)
			depth++;
		else if (character == '(' || character == 0xFF08)
			depth--;
		if (depth == 0)
			return character == '(' || character == 0xFF08 ? (size_t)(at - text)
								       : length;
	}
	return length;
}

const char *label_key(struct arena *arena, const char *text)
{
	int level, number;
	size_t length = strlen(text);
	text_trim(&text, &length);
	size_t mark = number_mark(text, length, &level, &number);
	size_t end = closing_parenthesis(text, length);
	if (end <= mark)
		end = length;
	const char *start = text + mark;
	length = end - mark;
	text_trim(&start, &length);
	return arena_copy_n(arena, start, length);
}

const char *const *label_names(struct arena *arena, const char *text, const char *key,
	const char *short_key, const char *const *others)
{
	size_t count = 0, used = 0;
	while (others && others[count])
		count++;
	const char **names = arena_array(arena, const char *, count + 4);
	names[used++] = text_fold(arena, text);
	if (strcmp(key, text) != 0)
		names[used++] = text_fold(arena, key);
	if (short_key)
		names[used++] = text_fold(arena, short_key);
	for (size_t i = 0; i < count; i++)
		names[used++] = text_fold(arena, others[i]);
	return names;
}

bool label_names_clash(const char *const *one, const char *const *other)
{
	for (; *one; one++)
		if (g_strv_contains(other, *one))
			return true;
	return false;
}
