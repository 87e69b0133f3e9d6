/* From the last digit to the first, in a piece that is long enough for any number. */
#include "paint/pdf/digits.h"

#define LONGEST 20 /* digits of a number of 64 bits */

static void append_unsigned(GString *out, uint64_t value, unsigned least)
{
	char piece[LONGEST];
	size_t at = LONGEST;
	for (; value || LONGEST - at < least; value /= 10)
		piece[--at] = (char)('0' + value % 10);
	g_string_append_len(out, piece + at, (gssize)(LONGEST - at));
}

static uint64_t append_sign(GString *out, int64_t value)
{
	if (value >= 0)
		return (uint64_t)value;
	g_string_append_c(out, '-');
	return -(uint64_t)value;
}

void digits_append(GString *out, int64_t value)
{
	append_unsigned(out, append_sign(out, value), 1);
}

void digits_append_thousandths(GString *out, int64_t thousandths)
{
	uint64_t value = append_sign(out, thousandths);
	append_unsigned(out, value / 1000, 1);
	if (value % 1000 == 0)
		return;
	g_string_append_c(out, '.');
	append_unsigned(out, value % 1000, 3);
	while (out->str[out->len - 1] == '0')
		g_string_truncate(out, out->len - 1);
}

void digits_append_hex(GString *out, uint32_t value, unsigned count)
{
	static const char digits[] = "0123456789ABCDEF";
	while (count-- > 0)
		g_string_append_c(out, digits[value >> 4 * count & 0xF]);
}
