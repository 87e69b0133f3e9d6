/* The levels of a file by the indentation of its lines, entry by entry. */
#include "yaml/scan_internal.h"

static struct level *top(struct scan *scan)
{
	return &scan->levels[scan->depth - 1];
}

static void push(struct scan *scan, size_t indent, bool list)
{
	if (scan->depth < LEVELS_MAX)
		scan->levels[scan->depth++] = (struct level){indent, list};
}

static bool is_dash(const struct scan *scan, size_t at)
{
	return scan->bytes[at] == '-' && scan_is_blank(scan, at + 1);
}

/* What follows the colon or the dash of an entry. */
static size_t entry_value(struct scan *scan, size_t at, size_t indent)
{
	size_t end = scan_line_end(scan, at);
	at = scan_skip_blanks(scan, at, end);
	scan->after_block = false;
	if (at < end && scan->bytes[at] != '#')
		return scan_value(scan, at, indent);
	scan->pending = PENDING_CHILD;
	return end;
}

static void say_at(struct scan *scan, enum diag_code code, size_t at, size_t length)
{
	diag_add(scan->text->diags, code, text_span(scan->text, at, at + length), NULL);
}

static size_t find_wide_colon(const struct scan *scan, size_t at, size_t end)
{
	for (; at < end; at++)
		if (scan_has(scan, at, "："))
			return at;
	return end;
}

static size_t find_tight_colon(const struct scan *scan, size_t at, size_t end)
{
	for (; at < end; at++)
		if (scan->bytes[at] == ':' && !scan_has(scan, at + 1, "//"))
			return at;
	return end;
}

/* A key whose colon has full width or no space behind it; 0 if the line has none such. */
static size_t mended_colon(struct scan *scan, size_t at, bool sure)
{
	size_t end = scan_line_end(scan, at);
	size_t wide = find_wide_colon(scan, at, end), tight = find_tight_colon(scan, at, end);
	size_t colon = MIN(wide, tight), length = wide < tight ? 3 : 1;
	if (colon == end || !scan_key_like(scan, at, colon))
		return 0;
	if (!sure && !scan_structural(scan, colon + length, end))
		return 0;
	say_at(scan, wide < tight ? YAML_WIDE_COLON : YAML_TIGHT_COLON, colon, length);
	text_cure(scan->text, colon, length, ": ");
	return colon + length;
}

/* Prose has a full stop or comma, or is long; a key that lost its colon is neither. */
static bool is_prose(const struct scan *scan, size_t at)
{
	size_t end = scan_line_end(scan, at);
	return !scan_key_like(scan, at, end);
}

/* A paragraph that belongs to the block or text above, without its indentation. */
static size_t stray_paragraph(struct scan *scan, size_t at)
{
	size_t line = source_place(scan->text->source, at).line;
	if (scan->stray_line + 1 != line)
		say_at(scan, YAML_TEXT_INDENT, at, scan_line_end(scan, at) - at);
	scan->stray_line = line;
	size_t indent = scan->block_indent ? scan->block_indent : scan->block_parent + 2;
	if (scan->after_block) {
		text_cure(scan->text, scan->line_start, at - scan->line_start,
			scan_spaces(scan, indent));
		scan->in_block = true;
	} else { /* it becomes part of the value above, whatever that is */
		text_cure_unreadable(scan->text, scan->line_start, at - scan->line_start,
			scan_spaces(scan, indent));
	}
	return scan->line_end;
}

/* Whether the next line with anything on it is deeper than `column`. */
static bool next_is_deeper(const struct scan *scan, size_t column)
{
	size_t at = scan->line_end, spaces_before = 0;
	for (; at < scan->length && scan_is_blank(scan, at); at++)
		spaces_before = scan->bytes[at] == ' ' ? spaces_before + 1 : 0;
	return at < scan->length && spaces_before > column;
}

/* A line of a map that has no `: `. */
static size_t missing_colon(struct scan *scan, size_t at)
{
	bool stray = !scan->parsed && scan->after_block && is_prose(scan, at);
	size_t value = stray ? 0 : mended_colon(scan, at, true);
	if (value)
		return entry_value(scan, value, top(scan)->indent);
	if (scan->parsed)
		return scan->line_end;
	if (!is_prose(scan, at) && next_is_deeper(scan, top(scan)->indent)) {
		say_at(scan, YAML_KEY_BARE, at, scan->line_end - at);
		text_cure(scan->text, scan->line_end, 0, ":");
		scan->after_block = false;
		scan->pending = PENDING_CHILD;
		return scan->line_end;
	}
	if (scan->after_block)
		return stray_paragraph(scan, at);
	if (scan->pending == PENDING_PLAIN && is_prose(scan, at)) {
		scan->block_parent = top(scan)->indent;
		scan->block_indent = 0;
		return stray_paragraph(scan, at);
	}
	say_at(scan, YAML_NO_COLON, at, scan->line_end - at);
	text_cure(scan->text, at, scan->line_end - at, "#");
	return scan->line_end;
}

static size_t map_entry(struct scan *scan, size_t at)
{
	size_t colon = scan_key_colon(scan, at, scan->line_end);
	if (scan->bytes[at] == '?' && scan_is_blank(scan, at + 1)) {
		scan->pending = PENDING_NONE;
		return scan->line_end;
	}
	if (colon == scan->line_end)
		return missing_colon(scan, at);
	if (colon == at && !scan->parsed) {
		say_at(scan, YAML_KEY_EMPTY, at, 1);
		text_cure(scan->text, at, scan->line_end - at, "#");
		return scan->line_end;
	}
	return entry_value(scan, colon + 1, top(scan)->indent);
}

static size_t list_entry(struct scan *scan, size_t at, size_t column);

/* The first line of what belongs to a key or a dash. */
static size_t first_child(struct scan *scan, size_t at, size_t column)
{
	size_t end = scan_line_end(scan, at);
	size_t colon = scan_key_colon(scan, at, end);
	size_t outer = scan->depth ? top(scan)->indent : 0;
	bool tight_dash = scan->bytes[at] == '-' && !scan_has(scan, at, "--") &&
		(guchar)scan->bytes[at + 1] >= 0x80;
	if (is_dash(scan, at) || tight_dash) {
		push(scan, column, true);
		return list_entry(scan, at, column);
	}
	if (is_one_of(scan->bytes[at], "[{|>"))
		return scan_value(scan, at, outer);
	if (colon < end) {
		push(scan, column, false);
		return map_entry(scan, at);
	}
	size_t value = mended_colon(scan, at, scan->depth == 0);
	if (value) {
		push(scan, column, false);
		return entry_value(scan, value, column);
	}
	return scan_value(scan, at, outer);
}

static size_t list_entry(struct scan *scan, size_t at, size_t column)
{
	size_t end = scan_line_end(scan, at);
	size_t rest = scan_skip_blanks(scan, at + 1, end);
	scan->after_block = false;
	if (rest == at + 1 && rest < end) {
		say_at(scan, YAML_TIGHT_DASH, at, 1);
		text_cure(scan->text, at, 1, "- ");
	}
	if (rest == end || scan->bytes[rest] == '#') {
		scan->pending = PENDING_CHILD;
		return end;
	}
	size_t colon = scan_key_colon(scan, rest, end);
	bool quoted = is_one_of(scan->bytes[rest], "\"'[{");
	if (is_dash(scan, rest))
		return first_child(scan, rest, column + (rest - at));
	if (colon < end && !quoted && !scan_key_like(scan, rest, colon)) {
		scan_colons(scan, rest, end);
		scan->pending = PENDING_PLAIN;
		return end;
	}
	if (colon < end && !is_one_of(scan->bytes[rest], "[{"))
		return first_child(scan, rest, column + (rest - at));
	return scan_value(scan, rest, column);
}

/* Something below an entry that has its value already: left out, as it has no place. */
static size_t under_value(struct scan *scan, size_t at)
{
	size_t line = source_place(scan->text->source, at).line;
	if (scan->stray_line + 1 != line)
		say_at(scan, YAML_UNDER_VALUE, at, scan->line_end - at);
	scan->stray_line = line;
	text_cure(scan->text, at, scan->line_end - at, "#");
	return scan->line_end;
}

static size_t entry(struct scan *scan, size_t at, size_t column);

/* The line above has left a level that this line goes on with: it is that one which stands
 * too far out. */
static bool was_outdented(const struct scan *scan, size_t column)
{
	const struct outdent *left = &scan->left;
	if (scan->parsed || !left->at || left->depth <= scan->depth ||
		scan->levels[left->depth - 1].indent != column)
		return false;
	/* `名称: 内容: …` is two lines run together */
	size_t end = scan_line_end(scan, left->at);
	size_t colon = scan_key_colon(scan, left->at, end);
	return colon < end && scan_key_colon(scan, colon + 1, end) == end;
}

static size_t take_back(struct scan *scan, size_t at, size_t column)
{
	struct outdent left = scan->left;
	diag_add(scan->text->diags, YAML_INDENT,
		text_span(scan->text, left.at, scan_line_end(scan, left.at)),
		scan_number(scan, left.at - left.line), scan_number(scan, column), NULL);
	text_cure(scan->text, left.line, left.at - left.line, scan_spaces(scan, column));
	scan->depth = left.depth;
	scan->left = (struct outdent){0};
	return entry(scan, at, column);
}

/* A line deeper than an entry that has its value already. */
static size_t too_deep(struct scan *scan, size_t at, size_t column)
{
	size_t end = scan->line_end;
	size_t colon = scan_key_colon(scan, at, end);
	bool is_entry = (colon < end && scan_key_like(scan, at, colon)) || is_dash(scan, at);
	if (scan->parsed)
		return end;
	if (is_entry && scan_structural(scan, colon + 1, end) && was_outdented(scan, column))
		return take_back(scan, at, column);
	if (scan->pending == PENDING_PLAIN && !scan_structural(scan, colon + 1, end)) {
		scan_colons(scan, at, end);
		return end;
	}
	if (!is_entry)
		return end;
	if (column >= top(scan)->indent + 2 && !top(scan)->list)
		return under_value(scan, at);
	scan_shift(scan, at, column, top(scan)->indent);
	return top(scan)->list ? list_entry(scan, at, top(scan)->indent) : map_entry(scan, at);
}

/* A line of a list without its dash. */
static size_t missing_dash(struct scan *scan, size_t at, size_t column)
{
	say_at(scan, YAML_LIST_ENTRY, at, scan->line_end - at);
	text_cure(scan->text, at, 0, "- ");
	scan->after_block = false;
	return scan_value(scan, at, column);
}

/* A dash before one entry of a map. */
static size_t extra_dash(struct scan *scan, size_t at)
{
	size_t rest = scan_skip_blanks(scan, at + 1, scan->line_end);
	say_at(scan, YAML_DASH_EXTRA, at, 1);
	text_cure(scan->text, at, rest - at, "");
	return rest < scan->line_end ? map_entry(scan, rest) : rest;
}

/* An entry of the innermost level; a list may stand at the indentation of its key. */
static size_t entry(struct scan *scan, size_t at, size_t column)
{
	bool dash = is_dash(scan, at);
	if (!top(scan)->list && dash && scan->pending == PENDING_CHILD)
		push(scan, column, true);
	else if (top(scan)->list && !dash && scan->depth > 1 &&
		scan->levels[scan->depth - 2].indent == column)
		scan->depth--;
	bool tight = top(scan)->list && scan->bytes[at] == '-' && !scan_has(scan, at, "--");
	if (top(scan)->list && (dash || tight))
		return list_entry(scan, at, column);
	if (scan->parsed && (top(scan)->list || dash))
		return scan->line_end;
	if (top(scan)->list)
		return missing_dash(scan, at, column);
	if (dash)
		return extra_dash(scan, at);
	return map_entry(scan, at);
}

/* The file's first entry was indented, and the second isn't. */
static void straighten_first(struct scan *scan, size_t column)
{
	diag_add(scan->text->diags, YAML_INDENT,
		text_span(scan->text, scan->first_at, scan_line_end(scan, scan->first_at)),
		scan_number(scan, scan->first_at - scan->first_line), scan_number(scan, column),
		NULL);
	text_cure(scan->text, scan->first_line, scan->first_at - scan->first_line,
		scan_spaces(scan, column));
	scan->levels[0].indent = column;
}

static size_t content(struct scan *scan, size_t at, size_t column)
{
	size_t inner = scan->depth;
	if (scan->depth == 0) {
		scan->first_line = scan->line_start;
		scan->first_at = at;
		scan->roots = 1;
		return first_child(scan, at, column);
	}
	if (scan->levels[0].indent > column && scan->roots == 1 && !scan->parsed)
		straighten_first(scan, column);
	while (scan->depth > 1 && top(scan)->indent > column)
		scan->depth--;
	if (scan->depth < inner)
		scan->left = (struct outdent){inner, scan->line_start, at};
	else if (top(scan)->indent == column)
		scan->left = (struct outdent){0};
	scan->roots += scan->depth == 1;
	if (top(scan)->indent == column)
		return entry(scan, at, column);
	if (scan->depth == inner && top(scan)->indent < column)
		return scan->pending == PENDING_CHILD ? first_child(scan, at, column)
						      : too_deep(scan, at, column);
	if (scan->parsed)
		return scan->line_end;
	if (scan->depth < inner)
		scan->depth++; /* between two levels: the deeper one is meant */
	scan_shift(scan, at, column, top(scan)->indent);
	return entry(scan, at, top(scan)->indent);
}

/* A line that is indented by tabs or wide spaces, in whole or in part. */
static size_t odd_line(struct scan *scan, size_t at, size_t column)
{
	size_t from = at, width = column;
	at = scan_skip_odd(scan, at, &width);
	size_t colon = scan_key_colon(scan, at, scan->line_end);
	bool entry_line = (colon < scan->line_end && scan_key_like(scan, at, colon)) ||
		(at < scan->line_end && is_dash(scan, at));
	bool deeper = scan->depth > 0 && column > top(scan)->indent;
	if (at == scan->line_end || scan->bytes[at] == '#' || (deeper && !entry_line))
		return deeper ? content(scan, from, column) : scan->line_end;
	if (scan->parsed && !entry_line)
		return scan->line_end;
	bool text = scan->pending == PENDING_PLAIN && !entry_line;
	size_t meant =
		text && scan->depth > 0 ? top(scan)->indent + 2 : scan_meant_column(scan, width);
	scan_count_odd(scan, from, at);
	text_cure(scan->text, scan->line_start, at - scan->line_start, scan_spaces(scan, meant));
	return text ? scan->line_end : content(scan, at, meant);
}

/* A line of a block of text; false where the block has ended. */
static bool block_line(struct scan *scan, size_t at, size_t column)
{
	size_t root = scan->depth ? 1 : 0;
	if (at == scan->line_end)
		return true;
	if (column >= scan->block_parent + root) {
		bool shallow = scan->block_indent > column;
		if (!scan->block_indent)
			scan->block_indent = column;
		if (shallow && !scan->parsed)
			scan_shift(scan, at, column, scan->block_indent);
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

/* Reads the line at `line`, and those that its value runs over; returns its last byte's. */
static size_t scan_line(struct scan *scan, size_t line)
{
	size_t end = scan_line_end(scan, line), at = line;
	while (at < end && scan->bytes[at] == ' ')
		at++;
	scan->line_start = line;
	scan->line_end = end;
	if (scan->in_block && block_line(scan, at, at - line))
		return end;
	if (at == end || scan->bytes[at] == '#' || scan->bytes[line] == '%')
		return end;
	if (scan_has(scan, line, "---") || scan_has(scan, line, "...")) {
		scan->depth = 0;
		return end;
	}
	if (scan->bytes[at] == '\t' || scan_is_wide_space(scan, at))
		return odd_line(scan, at, at - line);
	return content(scan, at, at - line);
}

static void say_odd(struct scan *scan, const struct odd_indent *odd, enum diag_code code)
{
	if (odd->lines)
		diag_add(scan->text->diags, code, text_span(scan->text, odd->start, odd->end),
			scan_number(scan, odd->lines), NULL);
}

void scan_lines(struct text *text, bool parsed)
{
	struct scan scan = {.text = text,
		.bytes = text->source->bytes.start,
		.length = text->source->bytes.length,
		.parsed = parsed,
		.pending = PENDING_CHILD};
	for (size_t line = 0; line < scan.length && !text_is_beyond_cure(text);) {
		size_t end = scan_line(&scan, line);
		end = scan_line_end(&scan, MAX(end, line));
		if (end < scan.length && scan.bytes[end] == '\r')
			end++;
		if (end < scan.length && scan.bytes[end] == '\n')
			end++;
		line = end;
	}
	say_odd(&scan, &scan.tabs, YAML_TAB_INDENT);
	say_odd(&scan, &scan.wide, YAML_WIDE_INDENT);
}
