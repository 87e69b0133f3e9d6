/* Indentation: blanks that are no spaces, and columns that no level has. */
#include "yaml/scan_internal.h"

const char *scan_spaces(const struct scan *scan, size_t count)
{
	return arena_print(scan->text->arena, "%*s", (int)MIN(count, 1000), "");
}

const char *scan_number(const struct scan *scan, size_t value)
{
	return arena_print(scan->text->arena, "%zu", value);
}

void scan_shift(struct scan *scan, size_t at, size_t column, size_t expected)
{
	bool again = scan->shifted_from == column && scan->shifted_to == expected;
	if (!again)
		diag_add(scan->text->diags, YAML_INDENT,
			text_span(scan->text, at, scan_line_end(scan, at)),
			scan_number(scan, column), scan_number(scan, expected), NULL);
	scan->shifted_from = column;
	scan->shifted_to = expected;
	text_cure(scan->text, scan->line_start, at - scan->line_start, scan_spaces(scan, expected));
}

bool scan_is_wide_space(const struct scan *scan, size_t at)
{
	return scan_has(scan, at, "\xE3\x80\x80");
}

size_t scan_skip_odd(const struct scan *scan, size_t at, size_t *column)
{
	for (;;) {
		if (scan_is_wide_space(scan, at)) {
			at += 3;
			*column += 2;
		} else if (at < scan->line_end && is_one_of(scan->bytes[at], " \t")) {
			*column += scan->bytes[at] == '\t' ? 2 : 1;
			at++;
		} else {
			return at;
		}
	}
}

void scan_count_odd(struct scan *scan, size_t from, size_t to)
{
	bool wide = false;
	for (size_t at = from; at < to; at++)
		wide = wide || scan_is_wide_space(scan, at);
	struct odd_indent *odd = wide ? &scan->wide : &scan->tabs;
	if (odd->lines++ == 0) {
		odd->start = from;
		odd->end = to;
	}
}

size_t scan_meant_column(const struct scan *scan, size_t column)
{
	size_t best = scan->depth ? scan->levels[0].indent : column;
	if (scan->depth == 0)
		return 0;
	if (scan->pending == PENDING_CHILD && column > scan->levels[scan->depth - 1].indent)
		return column;
	for (size_t i = 0; i < scan->depth; i++) {
		size_t indent = scan->levels[i].indent;
		size_t off = indent > column ? indent - column : column - indent;
		size_t best_off = best > column ? best - column : column - best;
		if (off < best_off)
			best = indent;
	}
	return best;
}
