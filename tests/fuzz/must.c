/* Each format by another reader than its writer. */
#include "must.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void must(bool holds)
{
	if (!holds)
		abort();
}

static bool turns_or_breaks(gunichar character)
{
	return character == 0x2028 || character == 0x2029 || character == 0x061C ||
		character == 0x200E || character == 0x200F ||
		(character >= 0x202A && character <= 0x202E) ||
		(character >= 0x2066 && character <= 0x2069);
}

void must_be_plain_text(const GString *out)
{
	must(g_utf8_validate(out->str, (gssize)out->len, NULL));
	for (const char *at = out->str; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		must(character == '\n' || !g_unichar_iscntrl(character));
		must(!turns_or_breaks(character));
	}
}

void must_be_json(const GString *out)
{
	must(g_utf8_validate(out->str, (gssize)out->len, NULL));
	json_t *value = json_loadb(out->str, out->len, JSON_REJECT_DUPLICATES, NULL);
	must(value != NULL);
	json_decref(value);
}

static bool is_of_xml(gunichar character)
{
	return character == '\t' || character == '\n' || character == '\r' ||
		(character >= 0x20 && character != 0xFFFE && character != 0xFFFF);
}

void must_be_xml(const GString *out)
{
	static const GMarkupParser silent;
	must(g_utf8_validate(out->str, (gssize)out->len, NULL));
	for (const char *at = out->str; *at; at = g_utf8_next_char(at))
		must(is_of_xml(g_utf8_get_char(at)));
	GMarkupParseContext *context =
		g_markup_parse_context_new(&silent, (GMarkupParseFlags)0, NULL, NULL);
	must(g_markup_parse_context_parse(context, out->str, (gssize)out->len, NULL) &&
		g_markup_parse_context_end_parse(context, NULL));
	g_markup_parse_context_free(context);
}

/* What a spreadsheet takes for a formula, and isn't a number: +3, -12.5%. */
static bool is_formula(const char *cell)
{
	char *end;
	if (!*cell || !strchr("=+-@\t\r\n", *cell))
		return false;
	g_ascii_strtod(cell, &end);
	return end == cell || (*end && strcmp(end, "%") != 0);
}

/* One cell, and where it ends. */
static const char *read_cell(const char *at, GString *cell)
{
	bool quoted = *at == '"';
	g_string_truncate(cell, 0);
	for (at += quoted; *at; at++) {
		if (!quoted && strchr(",\r\n", *at))
			return at;
		if (quoted && *at == '"' && *++at != '"')
			return at;
		must(quoted || *at != '"');
		g_string_append_c(cell, *at);
	}
	must(false); /* a record that has no end */
	return at;
}

void must_be_csv(const GString *out)
{
	size_t wanted = 0, cells = 0;
	GString *cell = g_string_new(NULL);
	must(g_utf8_validate(out->str, (gssize)out->len, NULL));
	const char *at = g_str_has_prefix(out->str, "\xEF\xBB\xBF") ? out->str + 3 : out->str;
	while (*at) {
		at = read_cell(at, cell);
		must(!is_formula(cell->str));
		cells++;
		if (*at == ',') {
			at++;
			continue;
		}
		must(strncmp(at, "\r\n", 2) == 0);
		must(wanted == 0 || cells == wanted);
		wanted = cells;
		cells = 0;
		at += 2;
	}
	must(cells == 0);
	g_string_free(cell, TRUE);
}
