/* Decimal digits to millionths and back, every step checked for overflow. */
#include "base/decimal.h"

#include <glib.h>
#include <string.h>

static size_t digits_at(const char *text, size_t length)
{
	size_t count = 0;
	while (count < length && g_ascii_isdigit(text[count]))
		count++;
	return count;
}

static int64_t digits_value(const char *digits, size_t count, size_t padded_to)
{
	int64_t value = 0;
	for (size_t i = 0; i < padded_to; i++)
		value = value * 10 + (i < count ? digits[i] - '0' : 0);
	return value;
}

bool decimal_parse(const char *text, size_t length, int64_t *millionths)
{
	bool negative = length > 0 && text[0] == '-';
	const char *rest = text + negative;
	size_t left = length - negative;
	size_t whole = digits_at(rest, left);
	if (whole < 1 || whole > DECIMAL_WHOLE_DIGITS)
		return false;
	int64_t value = digits_value(rest, whole, whole) * DECIMAL_ONE;
	if (left > whole) {
		const char *fraction = rest + whole + 1;
		size_t places = digits_at(fraction, left - whole - 1);
		if (rest[whole] != '.' || places < 1 || places > DECIMAL_FRACTION_DIGITS ||
			places != left - whole - 1)
			return false;
		value += digits_value(fraction, places, DECIMAL_FRACTION_DIGITS);
	}
	*millionths = negative ? -value : value;
	return true;
}

bool decimal_add(int64_t a, int64_t b, int64_t *sum)
{
	int64_t result;
	if (__builtin_add_overflow(a, b, &result))
		return false;
	*sum = result;
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
