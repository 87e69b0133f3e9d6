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

size_t scan_wide_space(const struct scan *scan, size_t at)
{
	static const char *const spaces[] = {"\xE3\x80\x80", "\xC2\xA0", "\xE2\x80\x82",
		"\xE2\x80\x83", "\xE2\x80\x89", "\xE2\x80\xAF"};
	if (at >= scan->length || !is_one_of(scan->bytes[at], "\xE3\xC2\xE2"))
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(spaces); i++)
		if (scan_has(scan, at, spaces[i]))
			return strlen(spaces[i]);
	return 0;
}

static size_t skip_odd(const struct scan *scan, size_t at, size_t end, size_t *column)
{
	for (;;) {
		size_t wide = scan_wide_space(scan, at);
		if (wide) {
			at += wide;
			*column += wide == 2 ? 1 : 2;
		} else if (at < end && is_one_of(scan->bytes[at], " \t")) {
			*column += scan->bytes[at] == '\t' ? 2 : 1;
			at++;
		} else {
			return at;
		}
	}
}

size_t scan_skip_odd(const struct scan *scan, size_t at, size_t *column)
{
	return skip_odd(scan, at, scan->line_end, column);
}

void scan_count_odd(struct scan *scan, size_t from, size_t to)
{
	bool wide = false;
	for (size_t at = from; at < to; at++)
		wide = wide || scan_wide_space(scan, at);
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

/* The line behind `at` with anything on it but a comment: its column, and where it ends. */
static size_t column_below(const struct scan *scan, size_t *at)
{
	while (*at < scan->length) {
		size_t line = *at;
		while (line < scan->length && is_one_of(scan->bytes[line], "\r\n"))
			line++;
		size_t end = scan_line_end(scan, line), column = 0;
		size_t sign = skip_odd(scan, line, end, &column);
		*at = end;
		if (sign < end && scan->bytes[sign] != '#')
			return column;
		if (end == line && end >= scan->length)
			break;
	}
	return NO_LINE;
}

size_t scan_next_column(const struct scan *scan)
{
	size_t at = scan->line_end;
	return column_below(scan, &at);
}

size_t scan_next_sign(const struct scan *scan)
{
	size_t at = scan->line_end;
	while (at < scan->length && scan_is_blank(scan, at))
		at++;
	return at;
}

enum entry_shape scan_shape(const struct scan *scan, size_t at, size_t end)
{
	size_t colon = scan_key_colon(scan, at, end);
	if (colon >= end || !scan_key_like(scan, at, colon))
		return SHAPE_NONE;
	size_t value = scan_skip_blanks(scan, colon + 1, end);
	if (value == end || scan->bytes[value] == '#')
		return SHAPE_OPEN;
	bool structural = scan_structural(scan, value, end);
	return structural && !is_one_of(scan->bytes[value], "|") ? SHAPE_VALUE : SHAPE_TEXT;
}

/* The column that lines come back to below the children, more than one, of the line that is
 * looked at. */
static size_t column_after_children(const struct scan *scan, size_t child)
{
	size_t at = scan->line_end, column, children = 0;
	while ((column = column_below(scan, &at)) != NO_LINE && column >= child)
		children++;
	return children > 1 ? column : NO_LINE;
}

static bool follows_blank_line(const struct scan *scan)
{
	size_t at = scan->line_start;
	return at < 2 || (scan->bytes[at - 1] == '\n' && is_one_of(scan->bytes[at - 2], "\r\n"));
}

/* The deepest level of those that are open whose entries may have children at `child`. */
static size_t level_above(const struct scan *scan, size_t child)
{
	for (size_t i = scan->depth; i > 0; i--)
		if (scan->levels[i - 1].indent < child)
			return scan->levels[i - 1].indent;
	return child;
}

static bool is_level(const struct scan *scan, size_t column)
{
	for (size_t i = 0; i < scan->depth; i++)
		if (scan->levels[i].indent == column)
			return true;
	return false;
}

/* An entry without children stands no higher than the line below it. */
static size_t fitting_value(const struct scan *scan, size_t column, size_t next)
{
	size_t inner = scan->levels[scan->depth - 1].indent;
	if (next <= column || follows_blank_line(scan))
		return column;
	if (scan->pending == PENDING_CHILD && column <= inner && next > inner)
		return next;
	return column < inner && is_level(scan, next) ? inner : column;
}

/* A group stands higher than the line below it, and its level goes on below its children. */
static size_t fitting_group(const struct scan *scan, size_t column, size_t next)
{
	size_t inner = scan->levels[scan->depth - 1].indent;
	if (next <= column)
		return level_above(scan, next);
	if (column >= inner || next <= inner || follows_blank_line(scan))
		return column;
	size_t after = column_after_children(scan, next);
	return after != NO_LINE && after > column && is_level(scan, after) ? after : column;
}

size_t scan_fitting_column(const struct scan *scan, size_t at, size_t column, bool sure)
{
	size_t next = scan_next_column(scan);
	if (next == NO_LINE)
		return column;
	switch (scan_shape(scan, at, scan->line_end)) {
	case SHAPE_VALUE:
		return fitting_value(scan, column, next);
	case SHAPE_OPEN:
		if (next == column && scan_has(scan, scan_next_sign(scan), "-"))
			return column; /* a list may stand no deeper than its key */
		return sure && next <= column && is_level(scan, column)
			? column /* left blank, or it is the next line that is wrong */
			: fitting_group(scan, column, next);
	case SHAPE_NONE:
	case SHAPE_TEXT:
		break;
	}
	return column;
}

bool scan_interrupts(struct scan *scan, size_t at, size_t column)
{
	size_t end = scan->line_end, inner = scan->levels[scan->depth - 1].indent;
	bool dash = scan->bytes[at] == '-' && scan_is_blank(scan, at + 1);
	bool alone = dash && scan_skip_blanks(scan, at + 1, end) == end;
	if (column >= inner || scan->after_block || (dash && !alone) ||
		scan_key_colon(scan, at, end) < end)
		return false;
	size_t outer = 0; /* the highest level that this line would end */
	while (scan->levels[outer].indent <= column)
		outer++;
	size_t next = scan_next_column(scan);
	bool name = g_unichar_isalpha(g_utf8_get_char(scan->bytes + at));
	bool key = name && (next == scan->levels[outer].indent || !is_level(scan, next));
	for (size_t i = at; i < end && !key; i++)
		key = scan_has(scan, i, "：") || scan->bytes[i] == ':';
	if (next == NO_LINE || next <= column || key)
		return false;
	diag_add(scan->text->diags, YAML_NO_COLON, text_span(scan->text, at, end), NULL);
	text_cure(scan->text, at, end - at, "#");
	return true;
}

bool scan_straighten(struct scan *scan, struct level *level, size_t column)
{
	size_t next = scan_next_column(scan), old = level->indent;
	size_t usual = level > scan->levels ? level[-1].indent + 2 : 0;
	bool witness = next == column || (next != old && column == usual);
	if (level->entries != 1 || level->list || !witness)
		return false;
	diag_add(scan->text->diags, YAML_INDENT,
		text_span(scan->text, level->first_at, scan_line_end(scan, level->first_at)),
		scan_number(scan, old), scan_number(scan, column), NULL);
	text_cure(scan->text, level->first_line, level->first_at - level->first_line,
		scan_spaces(scan, column));
	level->indent = column;
	return true;
}

/* Spaces on an empty line above a text are its indentation to YAML, if they are more. */
static void blank_above_text(struct scan *scan, size_t at, size_t least)
{
	size_t first = scan->block_first;
	if (scan->block_indent || first == NO_LINE || first < least ||
		first >= at - scan->line_start)
		return;
	diag_add(scan->text->diags, YAML_BLANK_DEEPER, text_span(scan->text, scan->line_start, at),
		NULL);
	text_cure(scan->text, scan->line_start, at - scan->line_start, "");
}

/* Where the first line of a block belongs: with the two below it, if it stands deeper than
 * either, as a paragraph in print does. */
static size_t fitting_first(const struct scan *scan, size_t column, size_t least)
{
	size_t at = scan->line_end, next = column_below(scan, &at);
	size_t after = column_below(scan, &at);
	bool alone = after == NO_LINE || after < column;
	return next >= least && next < column && alone ? next : column;
}

static void shift_in_block(struct scan *scan, size_t at, size_t column, size_t least)
{
	bool first = !scan->block_indent;
	if (first)
		scan->block_indent = scan->parsed ? column : fitting_first(scan, column, least);
	if (!scan->parsed && (first ? scan->block_indent != column : scan->block_indent > column))
		scan_shift(scan, at, column, scan->block_indent);
}

bool scan_block_line(struct scan *scan, size_t at, size_t column)
{
	size_t least = scan->block_parent + (scan->depth ? 1 : 0);
	if (at == scan->line_end) {
		blank_above_text(scan, at, least);
		return true;
	}
	if (column >= least) {
		shift_in_block(scan, at, column, least);
		return true;
	}
	size_t width = column, behind = scan_skip_odd(scan, at, &width);
	if (behind > at && behind < scan->line_end && !scan->parsed) {
		size_t meant = scan->block_indent ? scan->block_indent : scan->block_parent + 2;
		scan_count_odd(scan, at, behind);
		text_cure(scan->text, scan->line_start, behind - scan->line_start,
			scan_spaces(scan, meant));
		scan->block_indent = meant;
		return true;
	}
	scan->in_block = false;
	scan->after_block = true;
	return false;
}
