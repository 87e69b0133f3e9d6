/* The frame of a page, and escaping. */
#include "base/markup.h"

#include <string.h>

static const char *entity(gunichar character)
{
	switch (character) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void markup_escape(GString *out, const char *utf8, size_t length)
{
	for (const char *at = utf8; at < utf8 + length; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		const char *escaped = entity(character);
		if (escaped)
			g_string_append(out, escaped);
		else if (!g_unichar_iscntrl(character))
			g_string_append_unichar(out, character);
	}
}

void markup_open(GString *out, const char *language, const char *title, struct bytes css)
{
	g_string_append_printf(out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<title>",
		language);
	markup_escape(out, title, strlen(title));
	g_string_append(out, "</title>\n<style>\n");
	g_string_append_len(out, css.start, (gssize)css.length);
	g_string_append(out, "</style>\n</head>\n<body>\n<main>\n");
}

void markup_close(GString *out)
{
	g_string_append(out, "</main>\n</body>\n</html>\n");
}
