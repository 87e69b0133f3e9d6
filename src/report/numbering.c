/* A paragraph's number and head (SCHEMA §2): the numbering decides the look. */
#include "report/bind_internal.h"

#include "base/text.h"

#include <string.h>

#define HEAD_CHARACTERS 28 /* a line of GB/T 9704 */

/* 3.6亿元 is an amount, 1.2021年 a number and a year: what follows the digits decides. */
static bool is_decimal(const char *text, size_t mark, size_t length)
{
	static const char *const units[] = {"亿", "万", "千", "百", "%", "％", "‰", "倍", "元",
		"个百分点", "公里", "平方", "米", "吨", "亩", "公顷", "小时", "分钟", "℃"};
	const char *at = text + mark, *end = text + length;
	if (mark == 0 || text[mark - 1] != '.')
		return false;
	const char *digits = at;
	while (at < end && g_ascii_isdigit(*at))
		at++;
	if (at == digits)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		size_t size = strlen(units[i]);
		if (size <= (size_t)(end - at) && memcmp(at, units[i], size) == 0)
			return true;
	}
	return false;
}

static bool ends_head(gunichar character)
{
	return character == 0x3002 || character == 0xFF1A || character == ':';
}

/* 9:30 is a time of day, not a head. */
static bool is_between_digits(const char *text, const char *at, const char *end)
{
	const char *next = g_utf8_next_char(at);
	return at > text && next < end && g_ascii_isdigit(at[-1]) && g_ascii_isdigit(*next);
}

static size_t head_length(const char *text, size_t length)
{
	const char *end = text + length, *at = text;
	size_t characters = 0;
	gunichar last = 0;
	for (; at < end; at = g_utf8_next_char(at), characters++) {
		gunichar character = text_character(at);
		if (ends_head(character) && !is_between_digits(text, at, end))
			break;
		last = character;
		if (characters == HEAD_CHARACTERS)
			return 0;
	}
	if (last == ';' || last == 0xFF1B)
		return 0;
	return (size_t)((at < end ? g_utf8_next_char(at) : at) - text);
}

struct numbering numbering_read(const char *utf8, size_t length)
{
	struct numbering numbering = {0};
	int level = 0, number = 0;
	size_t mark = number_mark(utf8, length, &level, &number);
	if (mark == 0 || level < 2 || (level == 3 && is_decimal(utf8, mark, length)))
		return numbering;
	numbering.level = level;
	numbering.number = number;
	numbering.mark = mark;
	numbering.head = head_length(utf8, length);
	return numbering;
}
