/*
 * Pango knows of every script where its graphemes begin and where a line may. Reports are
 * written in few characters, of which the same can be said without asking it.
 */
#include "layout/lines/pieces_internal.h"

#include <pango/pango.h>

/* Graphemes each, in any company of the like. */
static const char plain_marks[] = "，。、；：？！（）《》〈〉〔〕【】“”—…·.,:;()%-/ ";

static bool is_among(const char *marks, gunichar character)
{
	return character >= 0x20 && g_utf8_strchr(marks, -1, character);
}

static bool is_plain(gunichar before, gunichar character)
{
	/* LB25 looks at what stands behind them, too */
	if (before == '%' && is_among("（《〈〔【", character))
		return false;
	if (character < 0x80 && g_ascii_isalnum((char)character))
		return true;
	return (character >= 0x4E00 && character <= 0x9FA5) || is_among(plain_marks, character);
}

/* UAX #14 of such characters, as far as breaks.c has no rule of its own: LB13, LB19, LB21. */
static enum spot plain_spot(gunichar character)
{
	return character == '-' || character == '/' || character == 0x201C ? SPOT_BOUND : SPOT_FREE;
}

/* false where some character isn't plain. */
static bool find_plain(const char *utf8, size_t count, enum spot *spots)
{
	gunichar before = 0;
	for (size_t i = 0; i < count; i++, utf8 = g_utf8_next_char(utf8)) {
		gunichar character = g_utf8_get_char(utf8);
		if (!is_plain(before, character))
			return false;
		spots[i] = i == 0 ? SPOT_BOUND : plain_spot(character);
		before = character;
	}
	return true;
}

static enum spot spot_of(const PangoLogAttr *attribute)
{
	if (!attribute->is_cursor_position)
		return SPOT_INSIDE;
	if (attribute->is_mandatory_break)
		return SPOT_MUST;
	return attribute->is_line_break ? SPOT_FREE : SPOT_BOUND;
}

void spots_find(const char *utf8, size_t length, size_t count, enum spot *spots)
{
	if (find_plain(utf8, count, spots))
		return;
	PangoLogAttr *attributes = g_new0(PangoLogAttr, count + 1);
	pango_get_log_attrs(utf8, (int)length, -1, pango_language_from_string("zh-cn"), attributes,
		(int)count + 1);
	for (size_t i = 0; i < count; i++)
		spots[i] = i == 0 && !attributes[i].is_cursor_position ? SPOT_BOUND
								       : spot_of(&attributes[i]);
	g_free(attributes);
}
