/* Rows of the summary of a run. */
#include "diag/summary.h"

#include "diag/json_internal.h"

#include <string.h>

/* A spreadsheet would take one of these at a path's start for a formula, some the full-width
 * ones too. */
static bool begins_formula(const char *text)
{
	static const char *const signs[] = {
		"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (g_str_has_prefix(text, signs[i]))
			return true;
	return false;
}

static void append_csv(GString *out, const char *text)
{
	char *valid = g_utf8_make_valid(text, -1);
	g_string_append(out, begins_formula(valid) ? "\"'" : "\"");
	for (const char *at = valid; *at; at++) {
		if (*at == '"')
			g_string_append_c(out, '"');
		g_string_append_c(out, *at);
	}
	g_string_append_c(out, '"');
	g_free(valid);
}

void summary_add(GString *out, bool json, const struct summary_row *row)
{
	const size_t *counts = row->tally->counts;
	if (json) {
		g_string_append(out, out->len ? ",\n" : "\n");
		json_print(out,
			json_pack("{s:o, s:s, s:I, s:I, s:I}", "file", json_text(row->path),
				"result", row->result, "error", (json_int_t)counts[SEVERITY_ERROR],
				"warning", (json_int_t)counts[SEVERITY_WARNING], "note",
				(json_int_t)counts[SEVERITY_NOTE]));
		return;
	}
	append_csv(out, row->path);
	g_string_append_printf(out, ",%s,%zu,%zu,%zu\r\n", row->result, counts[SEVERITY_ERROR],
		counts[SEVERITY_WARNING], counts[SEVERITY_NOTE]);
}

void summary_end(GString *out, bool json)
{
	if (json) {
		g_string_prepend(out, "[");
		g_string_append(out, "\n]\n");
		return;
	}
	bool marked = !g_str_is_ascii(out->str);
	g_string_prepend(out, "file,result,error,warning,note\r\n");
	if (marked)
		g_string_prepend(out, "\xEF\xBB\xBF");
}
