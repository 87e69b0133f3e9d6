/* Decimal digits to millionths and back, every step checked for overflow. */
#include "base/decimal.h"

#include <glib.h>
#include <string.h>

/* Reads at most `most` digits onto `*value`; returns how many there were. */
static size_t take_digits(const char *text, size_t length, size_t most, int64_t *value)
{
	size_t count = 0;
	for (; count < length && count < most && text[count] >= '0' && text[count] <= '9'; count++)
		*value = *value * 10 + (text[count] - '0');
	return count;
}

bool decimal_parse(const char *text, size_t length, int64_t *millionths)
{
	static const int64_t scales[DECIMAL_FRACTION_DIGITS + 1] = {
		DECIMAL_ONE, 100000, 10000, 1000, 100, 10, 1};
	bool negative = length > 0 && text[0] == '-';
	const char *rest = text + negative;
	size_t left = length - negative;
	int64_t value = 0;
	size_t whole = take_digits(rest, left, DECIMAL_WHOLE_DIGITS, &value), places = 0;
	if (whole < 1)
		return false;
	if (left > whole) {
		size_t behind = left - whole - 1;
		places = take_digits(rest + whole + 1, behind, DECIMAL_FRACTION_DIGITS, &value);
		if (rest[whole] != '.' || places < 1 || places != behind)
			return false;
	}
	value *= scales[places];
	*millionths = negative ? -value : value;
	return true;
}

bool decimal_multiply(int64_t a, int64_t factor_millionths, int64_t *product)
{
	__extension__ __int128 wide = (__int128)a * factor_millionths;
	if (wide % DECIMAL_ONE != 0)
		return false;
	wide /= DECIMAL_ONE;
	if (wide > INT64_MAX || wide < INT64_MIN)
		return false;
	*product = (int64_t)wide;
	return true;
}

bool decimal_divide(int64_t a, int64_t divisor_millionths, int64_t *quotient)
{
	__extension__ __int128 wide = (__int128)a * DECIMAL_ONE;
	if (divisor_millionths == 0 || wide % divisor_millionths != 0)
		return false;
	wide /= divisor_millionths;
	if (wide > INT64_MAX || wide < INT64_MIN)
		return false;
	*quotient = (int64_t)wide;
	return true;
}

bool decimal_is_whole(int64_t millionths)
{
	return millionths % DECIMAL_ONE == 0;
}

char *decimal_print(struct arena *arena, int64_t millionths)
{
	uint64_t size = millionths < 0 ? -(uint64_t)millionths : (uint64_t)millionths;
	char *text = arena_print(arena, "%s%" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT,
		millionths < 0 ? "-" : "", (guint64)(size / DECIMAL_ONE),
		(guint64)(size % DECIMAL_ONE));
	size_t length = strlen(text);
	while (text[length - 1] == '0')
		length--;
	if (text[length - 1] == '.')
		length--;
	text[length] = '\0';
	return text;
}
