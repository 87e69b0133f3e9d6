/* Lists and maps in brackets, which may run over lines: signs of full width, and what is
 * missing between brackets and commas. */
#include "yaml/scan_internal.h"

struct bracket {
	char closing;
	size_t at;
	size_t item; /* where the item that is read began */
	bool empty; /* nothing of it yet */
	bool wide_commas; /* told once */
	bool commas, names; /* some were met: `, ` and `: ` */
	size_t colon, wide_colon, tight_colon; /* of the item: `: `, `：`, `:x`; 0: none */
};

struct flow {
	struct scan *scan;
	struct bracket open[LEVELS_MAX];
	size_t depth;
	size_t indent;
	size_t content_end; /* behind the last byte that was content */
};

static void open_bracket(struct flow *flow, size_t at)
{
	struct bracket *inner = &flow->open[MIN(flow->depth, LEVELS_MAX - 1)];
	*inner = (struct bracket){.closing = flow->scan->bytes[at] == '[' ? ']' : '}',
		.at = at,
		.item = at + 1,
		.empty = true};
	flow->depth++;
}

static struct bracket *innermost(struct flow *flow)
{
	return &flow->open[MIN(flow->depth, LEVELS_MAX) - 1];
}

/* In a map, an item without a colon that has one of full width, or one without its space. */
static void end_item(struct flow *flow)
{
	struct bracket *inner = innermost(flow);
	struct text *text = flow->scan->text;
	if (inner->closing == '}' && !inner->colon && inner->wide_colon) {
		diag_add(text->diags, YAML_WIDE_COLON,
			text_span(text, inner->wide_colon, inner->wide_colon + 3), NULL);
		text_cure(text, inner->wide_colon, 3, ": ");
	} else if (inner->closing == '}' && !inner->colon && inner->tight_colon) {
		diag_add(text->diags, YAML_TIGHT_COLON,
			text_span(text, inner->tight_colon, inner->tight_colon + 1), NULL);
		text_cure(text, inner->tight_colon, 1, ": ");
	}
}

static void next_item(struct flow *flow, size_t at)
{
	struct bracket *inner = innermost(flow);
	inner->item = at;
	inner->empty = true;
	inner->colon = inner->wide_colon = inner->tight_colon = 0;
}

static bool figure_sign(const struct scan *scan, size_t at)
{
	return at < scan->length && is_one_of(scan->bytes[at], "0123456789~+-\"'[]");
}

/* `1，2` in a list; `甲: 1，乙: 2` in a map. Elsewhere the mark may be the text's own. */
static bool wide_comma_is_meant(const struct flow *flow, const struct bracket *inner, size_t at)
{
	const struct scan *scan = flow->scan;
	size_t end = scan->length;
	size_t before = at, after = scan_skip_blanks(scan, at + 3, end), depth = 0;
	for (size_t i = inner->item; i < at; i++) {
		depth += scan_has(scan, i, "（");
		depth -= depth > 0 && scan_has(scan, i, "）");
	}
	if (depth > 0)
		return false;
	while (before > inner->item && scan_is_blank(scan, before - 1))
		before--;
	if (inner->closing == ']')
		return before > inner->item && figure_sign(scan, before - 1) &&
			figure_sign(scan, after);
	for (; after < end && !is_one_of(scan->bytes[after], ",}\n\r"); after++)
		if (scan->bytes[after] == ':' || scan_has(scan, after, "：") ||
			scan_has(scan, after, "，"))
			return !scan_has(scan, after, "，");
	return false;
}

static size_t wide_sign(struct flow *flow, size_t at)
{
	struct bracket *inner = innermost(flow);
	if (flow->scan->bytes[at] != '\xEF') { /* ，：］｝ are all in U+FF00 … U+FFFF */
		inner->empty = false;
		return at + (size_t)g_utf8_skip[(guchar)flow->scan->bytes[at]];
	}
	struct text *text = flow->scan->text;
	bool parts = scan_has(flow->scan, at, "，");
	if (parts && wide_comma_is_meant(flow, inner, at)) {
		if (!inner->wide_commas)
			diag_add(text->diags, YAML_WIDE_COMMA, text_span(text, at, at + 3), NULL);
		inner->wide_commas = true;
		text_cure(text, at, 3, ", ");
		end_item(flow);
		next_item(flow, at + 3);
		return at + 3;
	}
	const char *wide = inner->closing == ']' ? "］" : "｝";
	if (!flow->scan->parsed && scan_has(flow->scan, at, wide)) {
		char half[2] = {inner->closing, '\0'};
		diag_add(text->diags, YAML_WIDE_BRACKET, text_span(text, at, at + 3), wide, half,
			NULL);
		text_cure(text, at, 3, inner->closing == ']' ? "]" : "}");
		end_item(flow);
		flow->depth--;
		return at + 3;
	}
	if (scan_has(flow->scan, at, "：") && !inner->wide_colon)
		inner->wide_colon = at;
	inner->empty = false;
	return at + (size_t)g_utf8_skip[(guchar)flow->scan->bytes[at]];
}

static size_t comma(struct flow *flow, size_t at)
{
	struct bracket *inner = innermost(flow);
	struct text *text = flow->scan->text;
	if (inner->empty && !inner->colon && !flow->scan->parsed) {
		diag_add(text->diags, YAML_EMPTY_ITEM, text_span(text, at, at + 1), NULL);
		text_cure_unreadable(text, at, 0, "~");
	}
	end_item(flow);
	next_item(flow, at + 1);
	inner->commas = true;
	return at + 1;
}

/* {1, 0, 2}: a list that stands in the brackets of a map. */
static bool is_list_in_braces(const struct flow *flow, const struct bracket *inner, size_t end)
{
	const char *bytes = flow->scan->bytes;
	size_t at = inner->at + 1;
	while (at < end && is_one_of(bytes[at], "0123456789.,+-~ \t"))
		at++;
	return inner->closing == '}' && bytes[end] == '}' && inner->commas && !inner->names &&
		at == end;
}

static void say_list_in_braces(struct flow *flow, const struct bracket *inner, size_t end)
{
	struct text *text = flow->scan->text;
	diag_add(text->diags, YAML_BRACES, text_span(text, inner->at, end + 1), NULL);
	text_cure(text, inner->at, 1, "[");
	text_cure(text, end, 1, "]");
}

static size_t close_bracket(struct flow *flow, size_t at)
{
	struct bracket *inner = innermost(flow);
	struct text *text = flow->scan->text;
	if (flow->scan->bytes[at] != inner->closing && !flow->scan->parsed) {
		char found[2] = {flow->scan->bytes[at], '\0'}, wanted[2] = {inner->closing, '\0'};
		diag_add(text->diags, YAML_WRONG_BRACKET, text_span(text, at, at + 1), found,
			wanted, NULL);
		text_cure(text, at, 1, inner->closing == ']' ? "]" : "}");
	}
	end_item(flow);
	if (is_list_in_braces(flow, inner, at))
		say_list_in_braces(flow, inner, at);
	flow->depth--;
	if (flow->depth > 0)
		innermost(flow)->empty = false;
	return at + 1;
}

static size_t dash(struct flow *flow, size_t at)
{
	struct text *text = flow->scan->text;
	bool sequence = innermost(flow)->empty && scan_is_blank(flow->scan, at + 1);
	innermost(flow)->empty = false;
	if (sequence && !flow->scan->parsed) {
		diag_add(text->diags, YAML_DASH_ALONE, text_span(text, at, at + 1), NULL);
		text_cure_unreadable(text, at, 1, "~");
	}
	return at + 1;
}

static size_t colon(struct flow *flow, size_t at)
{
	struct bracket *inner = innermost(flow);
	bool separates = scan_is_blank(flow->scan, at + 1) ||
		is_one_of(flow->scan->bytes[at + 1], ",]}[{") ||
		is_one_of(flow->scan->bytes[at - 1], "\"'");
	inner->names = true;
	if (separates)
		inner->colon = at;
	else if (!inner->tight_colon)
		inner->tight_colon = at;
	if (separates) /* the value may begin with a bracket or a quotation mark */
		inner->empty = true;
	return at + 1;
}

/* A quotation mark: the whole of a quoted item, or a sign within a plain one. */
static size_t quotation(struct flow *flow, size_t at)
{
	struct bracket *inner = innermost(flow);
	size_t close = inner->empty ? scan_quoted(flow->scan, at, flow->indent) : 0;
	inner->empty = false;
	return close > 0 ? close : at + 1;
}

/* One sign of the flow; returns the byte behind it. */
static size_t flow_step(struct flow *flow, size_t at)
{
	struct scan *scan = flow->scan;
	struct bracket *inner = innermost(flow);
	switch (scan->bytes[at]) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
		return at + 1;
	case '[':
	case '{':
		if (inner->empty || !scan->parsed)
			open_bracket(flow, at);
		return at + 1;
	case ']':
	case '}':
		return close_bracket(flow, at);
	case ',':
		return comma(flow, at);
	case '"':
	case '\'':
		return quotation(flow, at);
	case ':':
		return colon(flow, at);
	case '-':
		return dash(flow, at);
	case '#':
		if (scan_is_blank(scan, at - 1))
			return scan_line_end(scan, at);
		break;
	default:
		if ((guchar)scan->bytes[at] >= 0x80)
			return wide_sign(flow, at);
		break;
	}
	inner->empty = false;
	return at + 1;
}

static void say_unclosed(struct flow *flow)
{
	struct text *text = flow->scan->text;
	const struct bracket *outer = &flow->open[0];
	char found[2] = {flow->scan->bytes[outer->at], '\0'}, wanted[2] = {outer->closing, '\0'};
	if (flow->scan->parsed)
		return;
	diag_add(text->diags, YAML_OPEN_BRACKET, text_span(text, outer->at, outer->at + 1), found,
		wanted, NULL);
	GString *closings = g_string_new(NULL);
	for (size_t i = MIN(flow->depth, LEVELS_MAX); i > 0; i--)
		g_string_append_c(closings, flow->open[i - 1].closing);
	text_cure_unreadable(text, flow->content_end, 0,
		arena_take(text->arena, g_string_free(closings, FALSE)));
}

size_t scan_flow(struct scan *scan, size_t at, size_t indent)
{
	struct flow flow = {.scan = scan, .indent = indent};
	open_bracket(&flow, at++);
	flow.content_end = at;
	while (at < scan->length && flow.depth > 0 && !text_is_beyond_cure(scan->text)) {
		if (scan->bytes[at] == '\n' && !scan->parsed &&
			scan_new_entry(scan, at + 1, indent))
			break;
		bool content = !scan_is_blank(scan, at) && scan->bytes[at] != '#';
		at = flow_step(&flow, at);
		if (content)
			flow.content_end = at;
	}
	if (flow.depth > 0)
		say_unclosed(&flow);
	return flow.depth > 0 ? MAX(flow.content_end, scan_line_end(scan, flow.open[0].at)) : at;
}
