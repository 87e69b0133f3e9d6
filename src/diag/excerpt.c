/* The window of a long line, and carets counted in columns of a terminal. */
#include "diag/excerpt_internal.h"

#include "base/text.h"

#define WINDOW 96 /* columns of the line that are shown */
#define LEAD 40 /* of them before the caret, where the line is long */
#define CUT "…"

/* The byte where the columns before `end` exceed `columns`. */
static const char *step_back(const char *start, const char *end, size_t columns)
{
	const char *at = end;
	while (at > start && text_width(at, (size_t)(end - at)) < columns)
		at = g_utf8_prev_char(at);
	return at;
}

static const char *step_on(const char *start, const char *end, size_t columns)
{
	const char *at = start;
	while (at < end) {
		gunichar character = g_utf8_get_char(at);
		size_t width = g_unichar_iswide(character) ? 2 : 1;
		if (width > columns)
			break;
		columns -= width;
		at = g_utf8_next_char(at);
	}
	return at;
}

static size_t visible_width(const char *start, const char *end)
{
	GString *visible = g_string_new(NULL);
	text_append_visible(visible, start, (size_t)(end - start));
	size_t width = text_width(visible->str, visible->len);
	g_string_free(visible, TRUE);
	return width;
}

void excerpt_append(GString *out, struct span at)
{
	if (!at.source || at.source->bytes.length == 0)
		return;
	const char *text = at.source->bytes.start;
	size_t number = source_place(at.source, at.start).line;
	struct bytes line = source_line(at.source, number);
	const char *line_end = line.start + line.length;
	const char *from = MIN(text + at.start, line_end);
	const char *to = CLAMP(text + at.end, from, line_end);
	const char *start = line.start, *end = line_end;
	bool cut = step_on(start, end, WINDOW) < end;
	if (cut && step_on(start, from, WINDOW - LEAD) < from)
		start = step_back(start, from, LEAD);
	if (cut)
		end = step_on(start, end, WINDOW);
	from = MIN(from, end); /* marks without a width may hold it out of the window */
	to = CLAMP(to, from, end);
	g_string_append_printf(out, "%5zu | %s", number, start > line.start ? CUT : "");
	text_append_visible(out, start, (size_t)(end - start));
	g_string_append_printf(out, "%s\n      | ", end < line_end ? CUT : "");
	size_t before = visible_width(start, from) + (start > line.start);
	size_t carets = MAX(visible_width(from, to), 1);
	for (size_t i = 0; i < before; i++)
		g_string_append_c(out, ' ');
	for (size_t i = 0; i < carets; i++)
		g_string_append_c(out, '^');
	g_string_append_c(out, '\n');
}
