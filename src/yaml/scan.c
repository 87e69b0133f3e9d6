/* The levels of a file by the indentation of its lines, entry by entry. */
#include "yaml/scan_internal.h"

static struct level *top(struct scan *scan)
{
	return &scan->levels[scan->depth - 1];
}

/* A level whose first entry begins at `at`. */
static void push(struct scan *scan, size_t at, size_t indent, bool list)
{
	if (scan->depth < LEVELS_MAX)
		scan->levels[scan->depth++] = (struct level){indent, list, 1, scan->line_start, at};
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

/* Prose has a full stop or comma, or is long; a key that lost its colon is neither. */
static bool is_prose(const struct scan *scan, size_t at)
{
	size_t end = scan_line_end(scan, at);
	return !scan_key_like(scan, at, end);
}

/* A hanzi or a letter, as a name begins with. */
static bool names_something(const struct scan *scan, size_t at)
{
	return g_unichar_isalpha(g_utf8_get_char(scan->bytes + at));
}

/* A paragraph that belongs to the block or text above, without its indentation; or, where
 * that can't be told, the name of the text below. */
static size_t stray_paragraph(struct scan *scan, size_t at)
{
	size_t line = source_place(scan->text->source, at).line;
	bool name =
		!is_prose(scan, at) && names_something(scan, at) && scan_next_is_deeper(scan, 0);
	if (scan->stray_line + 1 != line)
		say_at(scan, name ? YAML_TEXT_OR_NAME : YAML_TEXT_INDENT, at,
			scan_line_end(scan, at) - at);
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

/* Whether the next line is text rather than an entry. */
static bool next_is_text(const struct scan *scan)
{
	size_t at = scan->line_end;
	while (at < scan->length && scan_is_blank(scan, at))
		at++;
	return scan_shape(scan, at, scan_line_end(scan, at)) == SHAPE_NONE && !is_dash(scan, at);
}

/* `"名称: 1`: behind the colon of a name whose quotation mark isn't closed; 0 if it is none. */
static size_t open_quote(struct scan *scan, size_t at)
{
	size_t colon = scan_key_colon(scan, at + 1, scan->line_end);
	bool open = is_one_of(scan->bytes[at], "\"'") && colon < scan->line_end &&
		scan_key_like(scan, at + 1, colon);
	if (!open || scan->parsed)
		return 0;
	say_at(scan, YAML_QUOTE_OPEN, at, 1);
	text_cure(scan->text, at, 1, "");
	return colon + 1;
}

/* A line of a map that has no `: `. */
static size_t missing_colon(struct scan *scan, size_t at)
{
	bool stray = !scan->parsed && scan->after_block && is_prose(scan, at);
	size_t value = stray ? 0 : open_quote(scan, at);
	if (!stray && !value)
		value = scan_mended_colon(scan, at, true);
	if (value)
		return entry_value(scan, value, top(scan)->indent);
	if (scan->parsed)
		return scan->line_end;
	if (!is_prose(scan, at) && scan_next_is_deeper(scan, top(scan)->indent) &&
		names_something(scan, at) && !(scan->after_block && next_is_text(scan))) {
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
	scan->entry_at = at;
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

/* `规章 [0, 0, 0]` above entries of the same column. */
static bool lost_its_colon(const struct scan *scan, size_t at, size_t column)
{
	size_t next = scan->line_end;
	while (next < scan->length && scan_is_blank(scan, next))
		next++;
	enum entry_shape shape = scan_shape(scan, next, scan_line_end(scan, next));
	return names_something(scan, at) && !is_prose(scan, at) &&
		scan_next_column(scan) == column && (shape == SHAPE_VALUE || shape == SHAPE_OPEN);
}

/* The first line of what belongs to a key or a dash. */
static size_t first_child(struct scan *scan, size_t at, size_t column)
{
	size_t end = scan_line_end(scan, at);
	size_t colon = scan_key_colon(scan, at, end);
	size_t outer = scan->depth ? top(scan)->indent : 0;
	bool tight_dash = scan->bytes[at] == '-' && !scan_has(scan, at, "--") &&
		(guchar)scan->bytes[at + 1] >= 0x80;
	if (is_dash(scan, at) || tight_dash) {
		push(scan, at, column, true);
		return list_entry(scan, at, column);
	}
	if (is_one_of(scan->bytes[at], "[{|>"))
		return scan_value(scan, at, outer);
	if (colon < end) {
		push(scan, at, column, false);
		return map_entry(scan, at);
	}
	size_t value = open_quote(scan, at);
	if (!value)
		value = scan_mended_colon(scan, at, scan->depth == 0);
	if (value) {
		push(scan, at, column, false);
		return entry_value(scan, value, column);
	}
	if (!scan->parsed && lost_its_colon(scan, at, column)) {
		push(scan, at, column, false);
		return missing_colon(scan, at);
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
	size_t above = source_place(scan->text->source, scan->entry_at).line;
	if (scan->stray_line + 1 != line && scan->stray_entry != scan->entry_at)
		diag_add(scan->text->diags, YAML_UNDER_VALUE,
			text_span(scan->text, at, scan->line_end), scan_number(scan, above), NULL);
	scan->stray_line = line;
	scan->stray_entry = scan->entry_at;
	text_cure(scan->text, at, scan->line_end - at, "#");
	return scan->line_end;
}

/* A line deeper than an entry that has its value already. */
static size_t too_deep(struct scan *scan, size_t at, size_t column)
{
	size_t end = scan->line_end;
	size_t colon = scan_key_colon(scan, at, end);
	bool is_entry = (colon < end && scan_key_like(scan, at, colon)) || is_dash(scan, at);
	if (scan->parsed)
		return end;
	if (is_entry && top(scan)->entries == 1 && !top(scan)->list && scan->depth > 1 &&
		scan_straighten(scan, top(scan), column))
		return map_entry(scan, at);
	if (scan->pending == PENDING_PLAIN && !scan_structural(scan, MIN(colon + 1, end), end)) {
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
	size_t line = source_place(scan->text->source, at).line;
	if (scan->stray_line + 1 != line)
		say_at(scan, YAML_LIST_ENTRY, at, scan->line_end - at);
	scan->stray_line = line;
	scan->after_block = false;
	if (scan_shape(scan, at, scan->line_end) != SHAPE_NONE) {
		text_cure_unreadable(scan->text, at, scan->line_end - at, "- ~");
		scan->pending = PENDING_NONE;
		return scan->line_end;
	}
	text_cure(scan->text, at, 0, "- ");
	return scan_value(scan, at, column);
}

/* The first line of a map begins with a dash, and this, the second, doesn't. */
static bool first_dash_is_extra(const struct scan *scan, size_t at)
{
	const struct level *level = &scan->levels[scan->depth - 1];
	size_t rest = scan_skip_blanks(scan, level->first_at + 1, scan->length);
	enum entry_shape first = scan_shape(scan, rest, scan_line_end(scan, rest));
	enum entry_shape second = scan_shape(scan, at, scan->line_end);
	return level->entries == 2 && (first == SHAPE_VALUE || first == SHAPE_OPEN) &&
		(second == SHAPE_VALUE || second == SHAPE_OPEN);
}

static size_t drop_first_dash(struct scan *scan, size_t at)
{
	size_t first = top(scan)->first_at;
	say_at(scan, YAML_DASH_EXTRA, first, 1);
	text_cure(scan->text, first, scan_skip_blanks(scan, first + 1, scan->length) - first, "");
	top(scan)->list = false;
	return map_entry(scan, at);
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
		push(scan, at, column, true);
	bool tight = top(scan)->list && scan->bytes[at] == '-' && !scan_has(scan, at, "--");
	if (top(scan)->list && !dash && !tight && scan->depth > 1 &&
		scan->levels[scan->depth - 2].indent == column)
		scan->depth--;
	if (top(scan)->list && (dash || tight))
		return list_entry(scan, at, column);
	if (scan->parsed && (top(scan)->list || dash))
		return scan->line_end;
	if (top(scan)->list && first_dash_is_extra(scan, at))
		return drop_first_dash(scan, at);
	if (top(scan)->list)
		return missing_dash(scan, at, column);
	if (dash)
		return extra_dash(scan, at);
	return map_entry(scan, at);
}

static size_t content(struct scan *scan, size_t at, size_t column)
{
	size_t inner = scan->depth;
	if (scan->depth == 0)
		return first_child(scan, at, column);
	if (!scan->parsed && scan_interrupts(scan, at, column))
		return scan->line_end;
	size_t fitting = scan->parsed ? column : scan_fitting_column(scan, at, column, true);
	if (fitting != column) {
		scan_shift(scan, at, column, fitting);
		column = fitting;
	}
	while (scan->depth > 1 && top(scan)->indent > column)
		scan->depth--;
	if (top(scan)->indent == column) {
		top(scan)->entries++;
		return entry(scan, at, column);
	}
	if (scan->depth == inner && top(scan)->indent < column)
		return scan->pending == PENDING_CHILD ? first_child(scan, at, column)
						      : too_deep(scan, at, column);
	if (scan->parsed)
		return scan->line_end;
	if (scan->depth < inner)
		scan->depth++; /* between two levels: the deeper one is meant */
	if (!scan_straighten(scan, top(scan), column))
		scan_shift(scan, at, column, top(scan)->indent);
	top(scan)->entries++;
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
	if (!text && scan->depth > 0 && !scan->parsed)
		meant = scan_fitting_column(scan, at, meant, false);
	scan_count_odd(scan, from, at);
	text_cure(scan->text, scan->line_start, at - scan->line_start, scan_spaces(scan, meant));
	return text ? scan->line_end : content(scan, at, meant);
}

/* What a version control system leaves where two versions differ. */
static bool is_conflict(const struct scan *scan, size_t line)
{
	static const char *const marks[] = {"<<<<<<<", "=======", ">>>>>>>", "|||||||"};
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (scan_has(scan, line, marks[i]))
			return scan_is_blank(scan, line + strlen(marks[i]));
	return false;
}

/* The line that ends the conflict which begins above `at`; 0 if none does. */
static size_t conflict_end(struct scan *scan, size_t at)
{
	size_t left = scan->conflict_endless ? 0 : scan->length - at;
	const char *end = g_strstr_len(scan->bytes + at, (gssize)left, "\n>>>>>>>");
	scan->conflict_endless = !end;
	return end ? source_place(scan->text->source, (size_t)(end + 1 - scan->bytes)).line : 0;
}

static void say_conflict(struct scan *scan, size_t line)
{
	scan->conflict_end = scan->bytes[line] == '<' ? conflict_end(scan, line) : 0;
	if (scan->conflict_end)
		diag_add(scan->text->diags, YAML_CONFLICT,
			text_span(scan->text, line, scan->line_end),
			scan_number(scan, scan->conflict_end), NULL);
	else
		say_at(scan, YAML_CONFLICT_MARK, line, scan->line_end - line);
}

/* A mark of a conflict, or a line of the versions that aren't the first: told once, left out. */
static bool conflict_line(struct scan *scan, size_t line)
{
	char mark = is_conflict(scan, line) ? scan->bytes[line] : '\0';
	if (!mark && !scan->in_other_version)
		return false;
	if (mark && !scan->conflict_end)
		say_conflict(scan, line);
	text_cure(scan->text, line, scan->line_end - line, "");
	scan->in_other_version = scan->conflict_end && mark != '<' && mark != '>';
	if (mark == '>')
		scan->conflict_end = 0;
	return true;
}

/* What surrounds a file that was pasted from an answer or a page. */
static bool fence_line(struct scan *scan, size_t line)
{
	if (!scan_has(scan, line, "```"))
		return false;
	say_at(scan, YAML_FENCE, line, scan->line_end - line);
	text_cure(scan->text, line, scan->line_end - line, "");
	return true;
}

/* A directive, or a line that begins or ends a document. */
static bool is_marker(const struct scan *scan, size_t line)
{
	return scan->bytes[line] == '%' ||
		((scan_has(scan, line, "---") || scan_has(scan, line, "...")) &&
			scan_is_blank(scan, line + 3));
}

/* Among entries such a line is a mistake, which would hide what follows it. */
static size_t marker_line(struct scan *scan, size_t line)
{
	bool among = !scan->parsed && scan->depth > 0 && scan_next_column(scan) != NO_LINE;
	bool directive = scan->bytes[line] == '%';
	if (directive && !scan->parsed && !scan_has(scan, scan_next_sign(scan), "---"))
		among = true; /* nothing but the beginning of a document may follow one */
	if (among && (directive || scan->bytes[line] == '.')) {
		say_at(scan, directive ? YAML_DIRECTIVE : YAML_END_MARK, line,
			scan->line_end - line);
		text_cure(scan->text, line, scan->line_end - line, "#");
	} else if (!directive) {
		scan->depth = 0;
		scan->pending = PENDING_CHILD;
	}
	return scan->line_end;
}

/* Reads the line at `line`, and those that its value runs over; returns its last byte's. */
static size_t scan_line(struct scan *scan, size_t line)
{
	size_t end = source_line_end(scan->text->source, line), at = line;
	while (at < end && scan->bytes[at] == ' ')
		at++;
	scan->line_start = line;
	scan->line_end = end;
	if (!scan->parsed && (conflict_line(scan, line) || fence_line(scan, line)))
		return end;
	if (scan->in_block && scan_block_line(scan, at, at - line))
		return end;
	if (at == end || scan->bytes[at] == '#')
		return end;
	if (at == line && is_marker(scan, line))
		return marker_line(scan, line);
	if (scan->bytes[at] == '\t' || scan_wide_space(scan, at))
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
		line = source_line_after(text->source, end);
	}
	say_odd(&scan, &scan.tabs, YAML_TAB_INDENT);
	say_odd(&scan, &scan.wide, YAML_WIDE_INDENT);
}
