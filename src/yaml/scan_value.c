/* What a value begins with, and what its first sign makes of it. */
#include "yaml/scan_internal.h"

size_t scan_skip_blanks(const struct scan *scan, size_t at, size_t end)
{
	while (at < end && (scan->bytes[at] == ' ' || scan->bytes[at] == '\t'))
		at++;
	return at;
}

bool scan_has(const struct scan *scan, size_t at, const char *sign)
{
	size_t length = strlen(sign);
	return at + length <= scan->length && memcmp(scan->bytes + at, sign, length) == 0;
}

size_t scan_line_end(const struct scan *scan, size_t at)
{
	bool here = at >= scan->line_start && at <= scan->line_end;
	return here ? scan->line_end : source_line_end(scan->text->source, at);
}

static bool begins_comment(const struct scan *scan, size_t at)
{
	return scan->bytes[at] == '#' && (at == 0 || scan_is_blank(scan, at - 1));
}

/* `end` where there is none. */
static size_t first_of(const struct scan *scan, char sign, size_t at, size_t end)
{
	const char *found = at < end ? memchr(scan->bytes + at, sign, end - at) : NULL;
	return found ? (size_t)(found - scan->bytes) : end;
}

size_t scan_key_colon(const struct scan *scan, size_t at, size_t end)
{
	if (at < end && is_one_of(scan->bytes[at], "\"'")) {
		const char *closing = memchr(scan->bytes + at + 1, scan->bytes[at], end - at - 1);
		if (!closing)
			return end;
		at = scan_skip_blanks(scan, (size_t)(closing + 1 - scan->bytes), end);
		return at < end && scan->bytes[at] == ':' && scan_is_blank(scan, at + 1) ? at : end;
	}
	size_t colon = first_of(scan, ':', at, end);
	while (colon < end && !scan_is_blank(scan, colon + 1))
		colon = first_of(scan, ':', colon + 1, end);
	size_t hash = first_of(scan, '#', at, colon);
	while (hash < colon && !begins_comment(scan, hash))
		hash = first_of(scan, '#', hash + 1, colon);
	return hash < colon ? end : colon;
}

#define KEY_LONGEST 40 /* characters; the longest label of a form has some thirty */

bool scan_key_like(const struct scan *scan, size_t at, size_t colon)
{
	static const char *const prose[] = {"，", "。", "；", "！", "？"};
	size_t count = 0;
	for (; at < colon; at += (size_t)(g_utf8_skip[(guchar)scan->bytes[at]])) {
		for (size_t i = 0; i < G_N_ELEMENTS(prose); i++)
			if (scan_has(scan, at, prose[i]))
				return false;
		if (++count > KEY_LONGEST)
			return false;
	}
	return count > 0;
}

bool scan_structural(const struct scan *scan, size_t at, size_t end)
{
	at = scan_skip_blanks(scan, at, end);
	if (at == end || is_one_of(scan->bytes[at], "[{|#") || scan_has(scan, at, "［") ||
		scan_has(scan, at, "｛"))
		return true;
	while (at < end && is_one_of(scan->bytes[at], "+-.,0123456789 "))
		at++;
	return at == end || scan->bytes[at] == '#';
}

bool scan_new_entry(const struct scan *scan, size_t line, size_t indent)
{
	size_t end = scan_line_end(scan, line);
	size_t at = scan_skip_blanks(scan, line, end);
	if (at == end || at - line > indent)
		return false;
	size_t colon = scan_key_colon(scan, at, end);
	return colon < end && scan_key_like(scan, at, colon);
}

bool scan_next_is_deeper(const struct scan *scan, size_t column)
{
	size_t at = scan->line_end, spaces_before = 0;
	for (; at < scan->length && scan_is_blank(scan, at); at++)
		spaces_before = scan->bytes[at] == ' ' ? spaces_before + 1 : 0;
	return at < scan->length && spaces_before > column;
}

/* Signs that are written for the colon behind a name. */
static const struct {
	const char *sign;
	enum diag_code code;
} colons[] = {
	{"：", YAML_WIDE_COLON},
	{":", YAML_TIGHT_COLON},
	{"﹕", YAML_ODD_COLON},
	{"∶", YAML_ODD_COLON},
	{"；", YAML_ODD_COLON},
	{";", YAML_ODD_COLON},
	{"=", YAML_ODD_COLON},
	{"＝", YAML_ODD_COLON},
};

/* The first of them on a line; G_N_ELEMENTS(colons) where there is none. */
static size_t find_colon(const struct scan *scan, size_t at, size_t end, size_t *place)
{
	for (*place = at; *place < end; ++*place)
		for (size_t i = 0; i < G_N_ELEMENTS(colons); i++)
			if (scan_has(scan, *place, colons[i].sign) &&
				!scan_has(scan, *place, "://"))
				return i;
	return G_N_ELEMENTS(colons);
}

size_t scan_mended_colon(struct scan *scan, size_t at, bool sure)
{
	size_t end = scan_line_end(scan, at), colon;
	size_t kind = find_colon(scan, at, end, &colon);
	if (kind == G_N_ELEMENTS(colons) || !scan_key_like(scan, at, colon))
		return 0;
	size_t length = strlen(colons[kind].sign), behind = colon + length;
	for (size_t wide; (wide = scan_wide_space(scan, behind)) > 0;)
		behind += wide;
	bool odd = colons[kind].code == YAML_ODD_COLON;
	bool empty = scan_skip_blanks(scan, behind, end) == end;
	if ((odd || !sure) && !scan_structural(scan, behind, end))
		return 0;
	if (odd && (scan->parsed || (empty && !scan_next_is_deeper(scan, at - scan->line_start))))
		return 0;
	enum diag_code code = colons[kind].code;
	if (code == YAML_TIGHT_COLON && behind > colon + length)
		code = YAML_COLON_SPACE;
	diag_add(scan->text->diags, code, text_span(scan->text, colon, behind),
		odd ? colons[kind].sign : NULL, NULL);
	text_cure(scan->text, colon, behind - colon, ": ");
	return behind;
}

size_t scan_quoted(const struct scan *scan, size_t at, size_t indent)
{
	char mark = scan->bytes[at];
	for (at++; at < scan->length; at++) {
		if (scan->bytes[at] == '\\' && mark == '"') {
			at++;
		} else if (scan->bytes[at] == mark) {
			bool doubled = mark == '\'' && scan_has(scan, at + 1, "'");
			if (!doubled)
				return at + 1;
			at++;
		} else if (scan->bytes[at] == '\n' && !scan->parsed &&
			scan_new_entry(scan, at + 1, indent)) {
			return 0;
		}
	}
	return 0;
}

/* The full-width sign of the same shape, which YAML takes for a letter. */
static const char *full_width(const struct scan *scan, char sign)
{
	char letter[8] = {0};
	g_unichar_to_utf8((gunichar)sign + 0xFEE0, letter);
	return arena_copy(scan->text->arena, letter);
}

static void say_sign(struct scan *scan, size_t at)
{
	char sign[2] = {scan->bytes[at], '\0'};
	diag_add(scan->text->diags, YAML_SIGN, text_span(scan->text, at, at + 1), sign, NULL);
	text_cure_unreadable(scan->text, at, 1, full_width(scan, sign[0]));
}

/* "放管服"改革: the text goes on behind the closing mark. */
static void say_quotation(struct scan *scan, size_t at)
{
	diag_add(scan->text->diags, YAML_QUOTE_TEXT, text_span(scan->text, at, at + 1), NULL);
	text_cure_unreadable(scan->text, at, 1, full_width(scan, scan->bytes[at]));
}

void scan_colons(struct scan *scan, size_t at, size_t end)
{
	bool said = false;
	for (size_t colon = scan_key_colon(scan, at, end); colon < end;
		colon = scan_key_colon(scan, colon + 1, end)) {
		if (!said)
			diag_add(scan->text->diags, YAML_COLON_IN_TEXT,
				text_span(scan->text, colon, colon + 1), NULL);
		said = true;
		text_cure_unreadable(scan->text, colon, 1, "：");
	}
}

/* “32499” or “临淄区” alone: curly marks for the straight ones of YAML. A longer text, or one
 * with marks within, may well begin and end with quotations. */
static bool wrapped_in_curly(const struct scan *scan, size_t at, size_t end, size_t indent)
{
	static const char *const within[] = {"“", "”", "，", "。", "：", "；", "、"};
	if (!scan_has(scan, at, "“"))
		return false;
	while (end > at && scan_is_blank(scan, end - 1))
		end--;
	if (end - at < 7 || !scan_has(scan, end - 3, "”"))
		return false;
	bool figure = true;
	for (size_t i = at + 3; i < end - 3; i++) {
		figure = figure && is_one_of(scan->bytes[i], "+-.,0123456789");
		for (size_t k = 0; k < G_N_ELEMENTS(within); k++)
			if (scan_has(scan, i, within[k]))
				return false;
	}
	return figure || (indent == 0 && end - at < 120);
}

static void scan_curly(struct scan *scan, size_t at, size_t end)
{
	while (scan_is_blank(scan, end - 1))
		end--;
	diag_add(scan->text->diags, YAML_WIDE_QUOTES, text_span(scan->text, at, end), NULL);
	text_cure(scan->text, at, 3, "\"");
	text_cure(scan->text, end - 3, 3, "\"");
}

/* ［1，2］ is a text to YAML. What is within is left to the writer. */
static void scan_wide_bracket(struct scan *scan, size_t at, size_t end)
{
	diag_add(scan->text->diags, YAML_WIDE_BRACKET, text_span(scan->text, at, at + 3),
		scan_has(scan, at, "［") ? "［" : "｛", scan_has(scan, at, "［") ? "[" : "{", NULL);
	text_cure_unreadable(scan->text, at, end - at, "~");
}

static size_t begin_block(struct scan *scan, size_t at, size_t indent)
{
	scan->in_block = true;
	scan->block_parent = indent;
	scan->block_indent = 0;
	scan->block_first = scan->parsed ? NO_LINE : scan_next_column(scan);
	scan->pending = PENDING_NONE;
	return scan_line_end(scan, at);
}

/* Bytes of a sign that is written for the | of a block; 0: it is none. */
static size_t false_bar(const struct scan *scan, size_t at, size_t end)
{
	static const char *const bars[] = {"｜", "丨", "│", "￨", "︱", "∣", "¦", "I", "l"};
	while (end > at && scan_is_blank(scan, end - 1))
		end--;
	for (size_t i = 0; i < G_N_ELEMENTS(bars) && end - at <= 3; i++)
		if (strlen(bars[i]) == end - at && scan_has(scan, at, bars[i]))
			return end - at;
	return 0;
}

static size_t scan_false_bar(struct scan *scan, size_t at, size_t length, size_t indent)
{
	const char *sign = arena_copy_n(scan->text->arena, scan->bytes + at, length);
	diag_add(scan->text->diags, YAML_FALSE_BAR, text_span(scan->text, at, at + length), sign,
		NULL);
	text_cure(scan->text, at, length, "|");
	return begin_block(scan, at, indent);
}

static size_t scan_plain(struct scan *scan, size_t at, size_t indent)
{
	size_t end = scan_line_end(scan, at), bar = false_bar(scan, at, end);
	scan->pending = PENDING_PLAIN;
	if (bar && scan_next_is_deeper(scan, indent))
		return scan_false_bar(scan, at, bar, indent);
	if (scan_has(scan, at, "［") || scan_has(scan, at, "｛")) {
		size_t last = end;
		while (last > at && scan_is_blank(scan, last - 1))
			last--;
		bool closed = last - at >= 3 &&
			(is_one_of(scan->bytes[last - 1], "]}") || scan_has(scan, last - 3, "］") ||
				scan_has(scan, last - 3, "｝"));
		if (closed)
			scan_wide_bracket(scan, at, last);
	} else if (wrapped_in_curly(scan, at, end, indent)) {
		scan_curly(scan, at, end);
	} else if (!scan->parsed) {
		scan_colons(scan, at, end);
	}
	return end;
}

/* A | or > with nothing behind it but its indicators and a comment. */
static bool is_block_header(const struct scan *scan, size_t at, size_t end)
{
	for (at++; at < end && is_one_of(scan->bytes[at], "+-0123456789"); at++)
		;
	if (at < end && !scan_is_blank(scan, at))
		return false;
	at = scan_skip_blanks(scan, at, end);
	return at == end || scan->bytes[at] == '#';
}

static size_t scan_quotes(struct scan *scan, size_t at, size_t indent)
{
	size_t close = scan_quoted(scan, at, indent);
	scan->pending = PENDING_NONE;
	if (close == 0) {
		if (!scan->parsed) {
			diag_add(scan->text->diags, YAML_QUOTE_OPEN,
				text_span(scan->text, at, at + 1), NULL);
			text_cure_unreadable(scan->text, at, 1, full_width(scan, scan->bytes[at]));
		}
		scan->pending = PENDING_PLAIN;
		return scan_line_end(scan, at);
	}
	size_t end = scan_line_end(scan, close);
	size_t rest = scan_skip_blanks(scan, close, end);
	if (rest < end && !begins_comment(scan, rest) && !scan->parsed) {
		say_quotation(scan, at);
		scan->pending = PENDING_PLAIN;
	}
	return end;
}

/* Behind [1, 0, 2]: figures on one line, which need no closer look; 0 if it is anything else. */
static size_t figures_end(const struct scan *scan, size_t at)
{
	const char *sign = scan->bytes + at + 1, *end = scan->bytes + scan->length;
	while (sign < end && ((*sign >= ',' && *sign <= '9') || *sign == ' ')) /* - . / too */
		sign++;
	bool list = scan->bytes[at] == '[' && sign < end && *sign == ']';
	return list ? (size_t)(sign + 1 - scan->bytes) : 0;
}

static size_t scan_brackets(struct scan *scan, size_t at, size_t indent)
{
	guint cures = scan->text->cures->len;
	guint said = scan->text->diags->all->len;
	size_t close = scan->parsed ? figures_end(scan, at) : 0;
	if (!close)
		close = scan_flow(scan, at, indent);
	size_t end = scan_line_end(scan, close);
	size_t rest = scan_skip_blanks(scan, close, end);
	scan->pending = PENDING_NONE;
	if (scan->parsed || rest == end || begins_comment(scan, rest))
		return end;
	if (scan->bytes[rest] == ':' || scan->text->diags->all->len > said)
		return end;
	if (is_one_of(scan->bytes[rest], "]}")) {
		char extra[2] = {scan->bytes[rest], '\0'};
		diag_add(scan->text->diags, YAML_EXTRA_BRACKET,
			text_span(scan->text, rest, rest + 1), extra, NULL);
		text_cure(scan->text, rest, end - rest, "");
		return end;
	}
	char sign[2] = {scan->bytes[at], '\0'};
	g_array_set_size(scan->text->cures, cures);
	diag_add(scan->text->diags, YAML_SIGN_LIST, text_span(scan->text, at, at + 1), sign, NULL);
	text_cure_unreadable(scan->text, at, end - at, "~");
	return end;
}

/* A dash that stands alone or before a space where a value is wanted. */
static size_t scan_dash(struct scan *scan, size_t at)
{
	size_t end = scan_line_end(scan, at);
	size_t rest = scan_skip_blanks(scan, at + 1, end);
	bool alone = rest == end || begins_comment(scan, rest);
	diag_add(scan->text->diags, alone ? YAML_DASH_ALONE : YAML_DASH,
		text_span(scan->text, at, at + 1), NULL);
	text_cure_unreadable(scan->text, at, alone ? 1 : end - at, "~");
	scan->pending = PENDING_NONE;
	return end;
}

/* An anchor, alias or tag as YAML has them; the parser refuses it by its name. */
static bool is_property(const struct scan *scan, size_t at)
{
	size_t name = at + 1;
	while (name < scan->length &&
		(g_ascii_isalnum(scan->bytes[name]) || is_one_of(scan->bytes[name], "_-!:/.")))
		name++;
	return is_one_of(scan->bytes[at], "&*!") && name > at + 1 && scan_is_blank(scan, name);
}

size_t scan_value(struct scan *scan, size_t at, size_t indent)
{
	size_t end = scan_line_end(scan, at);
	char sign = scan->bytes[at];
	if (is_one_of(sign, "|>") && is_block_header(scan, at, end))
		return begin_block(scan, at, indent);
	if (is_one_of(sign, "[{"))
		return scan_brackets(scan, at, indent);
	if (is_one_of(sign, "\"'"))
		return scan_quotes(scan, at, indent);
	if (scan->parsed)
		return scan_plain(scan, at, indent);
	if (sign == '-' && scan_is_blank(scan, at + 1))
		return scan_dash(scan, at);
	if (is_one_of(sign, "&*!|>%@`,]}") && !is_property(scan, at))
		say_sign(scan, at);
	return scan_plain(scan, at, indent);
}
