/* Numbers as texts write them: 1,478 １２ 8.36 十二. */
#include "check/prose/numeral_internal.h"

#include "base/decimal.h"
#include "base/text.h"

#include <string.h>

/* More than a figure may have; what doesn't fit is counted. */
struct digits {
	char at[32];
	size_t count;
};

static void add_digit(struct digits *digits, char digit)
{
	if (digits->count < sizeof digits->at)
		digits->at[digits->count] = digit;
	digits->count++;
}

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

static size_t digits_at(const char *at, const char *end, struct digits *digits)
{
	size_t length = 0;
	char digit = 0;
	for (size_t step; (step = digit_at(at + length, end, &digit)); length += step)
		add_digit(digits, digit);
	return length;
}

/* A comma and exactly three digits; its bytes, 0 if none. */
static size_t thousand_at(const char *at, const char *end, struct digits *digits)
{
	if (at >= end || *at != ',')
		return 0;
	size_t before = digits->count;
	size_t length = digits_at(at + 1, end, digits);
	if (digits->count - before == 3)
		return 1 + length;
	digits->count = before;
	return 0;
}

static size_t point_at(const char *at, const char *end)
{
	if (at < end && *at == '.')
		return 1;
	return end - at >= 3 && memcmp(at, "．", 3) == 0 ? 3 : 0;
}

static struct numeral numeral_digits(const char *at, const char *end)
{
	struct digits digits = {.count = 0};
	struct numeral numeral = {.length = digits_at(at, end, &digits)};
	if (numeral.length == 0)
		return numeral;
	if (digits.count <= 3)
		for (size_t step; (step = thousand_at(at + numeral.length, end, &digits));)
			numeral.length += step;
	size_t point = point_at(at + numeral.length, end);
	size_t whole = digits.count;
	add_digit(&digits, '.');
	size_t fraction = point ? digits_at(at + numeral.length + point, end, &digits) : 0;
	if (fraction == 0) {
		digits.count = whole;
	} else {
		numeral.length += point + fraction;
		numeral.decimals = (unsigned)(digits.count - whole - 1);
	}
	numeral.readable = digits.count <= sizeof digits.at &&
		decimal_parse(digits.at, digits.count, &numeral.value);
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
	return numeral_digits(at, end);
}

size_t words_at(const struct prose_words *words, const char *at, const char *end)
{
	size_t left = (size_t)(end - at);
	if (!left || !(words->starts >> text_low_bits(at) & 1))
		return 0;
	for (size_t i = 0; i < words->count; i++) {
		size_t length = words->at[i].length;
		const char *text = words->at[i].text;
		if (left >= length && at[length - 1] == text[length - 1] &&
			memcmp(at, text, length) == 0)
			return i + 1;
	}
	return 0;
}

size_t words_before(const struct prose_words *words, const char *start, const char *at)
{
	for (size_t i = 0; i < words->count; i++) {
		size_t length = words->at[i].length;
		const char *text = words->at[i].text;
		if ((size_t)(at - start) >= length && at[-1] == text[length - 1] &&
			memcmp(at - length, text, length) == 0)
			return i + 1;
	}
	return 0;
}
