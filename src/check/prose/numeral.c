/* Numbers as texts write them: 1,478 １２ 8.36 十二. */
#include "check/prose/numeral_internal.h"

#include "base/decimal.h"

#include <string.h>

/* A digit at `at`, ASCII or full-width; its bytes, 0 if none. */
static size_t digit_at(const char *at, const char *end, char *digit)
{
	if (at < end && g_ascii_isdigit(*at)) {
		*digit = *at;
		return 1;
	}
	if (end - at < 3 || memcmp(at, "\xEF\xBC", 2) != 0)
		return 0;
	unsigned char last = (unsigned char)at[2];
	if (last < 0x90 || last > 0x99)
		return 0;
	*digit = (char)('0' + (last - 0x90));
	return 3;
}

static size_t digits_at(const char *at, const char *end, GString *digits)
{
	size_t length = 0;
	char digit = 0;
	for (size_t step; (step = digit_at(at + length, end, &digit)); length += step)
		g_string_append_c(digits, digit);
	return length;
}

/* A comma and exactly three digits; its bytes, 0 if none. */
static size_t thousand_at(const char *at, const char *end, GString *digits)
{
	if (at >= end || *at != ',')
		return 0;
	gsize before = digits->len;
	size_t length = digits_at(at + 1, end, digits);
	if (digits->len - before == 3)
		return 1 + length;
	g_string_truncate(digits, before);
	return 0;
}

static size_t point_at(const char *at, const char *end)
{
	if (at < end && *at == '.')
		return 1;
	return end - at >= 3 && memcmp(at, "．", 3) == 0 ? 3 : 0;
}

static struct numeral numeral_digits(const char *at, const char *end, GString *digits)
{
	struct numeral numeral = {.length = digits_at(at, end, digits)};
	if (numeral.length == 0)
		return numeral;
	if (digits->len <= 3)
		for (size_t step; (step = thousand_at(at + numeral.length, end, digits));)
			numeral.length += step;
	size_t point = point_at(at + numeral.length, end);
	gsize whole = digits->len;
	g_string_append_c(digits, '.');
	size_t fraction = point ? digits_at(at + numeral.length + point, end, digits) : 0;
	if (fraction == 0) {
		g_string_truncate(digits, whole);
	} else {
		numeral.length += point + fraction;
		numeral.decimals = (unsigned)(digits->len - whole - 1);
	}
	numeral.readable = decimal_parse(digits->str, digits->len, &numeral.value);
	return numeral;
}

const char numeral_hanzi[] = "〇零一二两三四五六七八九十百千几数";

static struct numeral numeral_words(const char *at, const char *end)
{
	struct numeral numeral = {.words = true};
	while (end - at >= 3 && numeral.length < 30) {
		char one[4] = {at[0], at[1], at[2], '\0'};
		const char *found = strstr(numeral_hanzi, one);
		if (!found || (found - numeral_hanzi) % 3 != 0)
			break;
		numeral.length += 3;
		at += 3;
	}
	return numeral;
}

struct numeral numeral_read(const char *at, const char *end)
{
	if ((unsigned char)*at >= 0xE3 && (unsigned char)*at < 0xEF)
		return numeral_words(at, end);
	char digit = 0;
	if (!digit_at(at, end, &digit))
		return (struct numeral){0};
	GString *digits = g_string_new(NULL);
	struct numeral numeral = numeral_digits(at, end, digits);
	g_string_free(digits, TRUE);
	return numeral;
}

size_t words_at(const struct prose_words *words, const char *at, const char *end)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length = words->at[i].length;
		if ((size_t)(end - at) >= length && memcmp(at, words->at[i].text, length) == 0)
			return i + 1;
	}
	return 0;
}

size_t words_before(const struct prose_words *words, const char *start, const char *at)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length = words->at[i].length;
		if ((size_t)(at - start) >= length &&
			memcmp(at - length, words->at[i].text, length) == 0)
			return i + 1;
	}
	return 0;
}
