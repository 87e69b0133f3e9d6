/*
 * A figure as clerks write it (SCHEMA: "A figure"): read exactly, or not at all, and what is
 * odd about its writing is said with the clean form. Never repairs a figure in silence.
 */
#include "report/bind_internal.h"

#include "base/decimal.h"
#include "base/text.h"

#include <string.h>

#define YUAN_PER_WAN INT64_C(10000)
#define YUAN_PER_YI INT64_C(100000000)

enum oddity {
	ODD_WIDTH = 1,
	ODD_SIGN = 2,
	ODD_SEPARATOR = 4,
	ODD_UNIT = 8,
	ODD_TEXT = 16,
	ODD_MARK = 32
};

/* What is left of a figure's text while its oddities are taken off. */
struct reading {
	const struct measure *measure;
	GString *rest;
	unsigned odd;
	int64_t yuan; /* per written unit, where money was written with one; else 0 */
	bool negative;
};

/* A space between two digits may part two figures: it stays, and makes the text no figure. */
static bool parts_digits(const GString *before, const char *after)
{
	return before->len && g_ascii_isdigit(before->str[before->len - 1]) &&
		g_ascii_isdigit(*after);
}

static void fold_width(struct reading *reading, const char *text)
{
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (text_is_space(character) &&
			!parts_digits(reading->rest, g_utf8_next_char(at))) {
			reading->odd |= ODD_WIDTH;
		} else if (character >= 0xFF01 && character <= 0xFF5E && character != 0xFF08 &&
			character != 0xFF09) {
			reading->odd |= ODD_WIDTH;
			g_string_append_c(reading->rest, (char)(character - 0xFF01 + '!'));
		} else {
			g_string_append_unichar(reading->rest, character);
		}
	}
}

static bool take_prefix(GString *rest, const char *prefix)
{
	size_t length = strlen(prefix);
	if (strncmp(rest->str, prefix, length) != 0)
		return false;
	g_string_erase(rest, 0, (gssize)length);
	return true;
}

static bool take_suffix(GString *rest, const char *suffix)
{
	if (!*suffix || !g_str_has_suffix(rest->str, suffix))
		return false;
	g_string_truncate(rest, rest->len - strlen(suffix));
	return true;
}

static bool is_mark(const char *text)
{
	static const char *const marks[] = {"/", "-", "--", "—", "——", "–", "\\", "无", "空", "―"};
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (strcmp(text, marks[i]) == 0)
			return true;
	return false;
}

/* 22（其中修订16件）: the note in parentheses, after a figure. */
static void take_note(struct reading *reading)
{
	const char *text = reading->rest->str;
	const char *open = strstr(text, "（"), *other = strchr(text, '(');
	if (!open || (other && other < open))
		open = other;
	if (!open || open == text || !(g_str_has_suffix(text, "）") || g_str_has_suffix(text, ")")))
		return;
	g_string_truncate(reading->rest, (gsize)(open - text));
	reading->odd |= ODD_TEXT;
}

static void take_unit(struct reading *reading)
{
	static const struct {
		const char *word;
		int64_t yuan;
	} money[] = {{"亿元", YUAN_PER_YI}, {"万元", YUAN_PER_WAN}, {"元", 1}};
	const struct measure *measure = reading->measure;
	bool taken = false;
	for (size_t i = 0; measure->unit_yuan && !taken && i < G_N_ELEMENTS(money); i++) {
		taken = take_suffix(reading->rest, money[i].word);
		if (taken)
			reading->yuan = money[i].yuan;
	}
	taken = taken || take_suffix(reading->rest, measure->unit);
	for (size_t i = 0; !taken && measure->counters[i]; i++)
		taken = take_suffix(reading->rest, measure->counters[i]);
	if (taken)
		reading->odd |= ODD_UNIT;
}

static void take_sign(struct reading *reading)
{
	static const struct {
		const char *word;
		bool negative;
	} signs[] = {{"+", false}, {"增加", false}, {"增", false}, {"减少", true}, {"减", true},
		{"−", true}};
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
		if (!take_prefix(reading->rest, signs[i].word))
			continue;
		reading->odd |= ODD_SIGN;
		reading->negative = signs[i].negative;
		return;
	}
}

/* 1,478 and -1,234,567.5: groups of three behind one to three digits, or it is no number. */
static void take_separators(struct reading *reading)
{
	char *text = reading->rest->str + (*reading->rest->str == '-');
	size_t group = strspn(text, "0123456789");
	if (group < 1 || group > 3 || text[group] != ',')
		return;
	const char *at = text + group;
	while (*at == ',' && strspn(at + 1, "0123456789") == 3)
		at += 4;
	if (*at && (*at != '.' || strchr(at, ',')))
		return;
	for (char *comma; (comma = strchr(reading->rest->str, ','));)
		g_string_erase(reading->rest, comma - reading->rest->str, 1);
	reading->odd |= ODD_SEPARATOR;
}

/* 010 is eight to some readers of YAML: not a number that everybody reads alike. */
static bool has_leading_zero(const char *text)
{
	text += *text == '-';
	return text[0] == '0' && g_ascii_isdigit(text[1]);
}

#define LARGEST (INT64_C(10000000000) * DECIMAL_ONE) /* ten digits before the point */

static bool convert(const struct reading *reading, int64_t *millionths)
{
	if (!reading->yuan)
		return true;
	__extension__ __int128 wide = (__int128)*millionths * reading->yuan * DECIMAL_ONE;
	if (wide % reading->measure->unit_yuan != 0)
		return false;
	wide /= reading->measure->unit_yuan;
	if (wide >= LARGEST || wide <= -LARGEST)
		return false;
	*millionths = (int64_t)wide;
	return true;
}

static bool read_odd(struct reading *reading, const char *text, int64_t *millionths)
{
	fold_width(reading, text);
	if (!*reading->rest->str)
		return true;
	if (is_mark(reading->rest->str)) {
		reading->odd = ODD_MARK;
		return true;
	}
	take_note(reading);
	take_unit(reading);
	take_sign(reading);
	take_separators(reading);
	const char *rest = reading->rest->str;
	if ((reading->odd & ODD_SIGN && *rest == '-') || has_leading_zero(rest) ||
		!decimal_parse(rest, reading->rest->len, millionths))
		return false;
	if (reading->negative)
		*millionths = -*millionths;
	return convert(reading, millionths);
}

/* Digits behind the point of a number that decimal_parse has read. */
static unsigned decimals_of(const char *number, size_t length)
{
	for (unsigned places = 0; places < length; places++)
		if (number[length - 1 - places] == '.')
			return places;
	return 0;
}

static void say_odd(struct binder *binder, const struct figure *figure, struct cell cell,
	unsigned odd, const char *clean)
{
	static const struct {
		enum oddity oddity;
		enum diag_code code;
	} codes[] = {{ODD_WIDTH, CELL_WIDTH}, {ODD_SIGN, CELL_SIGN},
		{ODD_SEPARATOR, CELL_SEPARATOR}, {ODD_UNIT, CELL_UNIT}, {ODD_TEXT, CELL_TEXT}};
	const char *const *path = cell_path(binder->arena, cell);
	const char *name = arena_join(binder->arena, path + 1, " · ");
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		if (odd & codes[i].oddity)
			diag_add(binder->diags, codes[i].code, figure->at, name,
				bind_excerpt(binder, figure->printed), clean, NULL)
				->path = path;
	if (odd & ODD_MARK)
		diag_add(binder->diags, CELL_MARK, figure->at, name,
			bind_excerpt(binder, figure->printed), NULL)
			->path = path;
}

/* A number in shape, so that its size or fineness must be what is wrong. */
static bool has_number_shape(const char *text)
{
	text += *text == '-';
	size_t whole = strspn(text, "0123456789");
	size_t point = text[whole] == '.';
	return whole > 0 && !text[whole + point + strspn(text + whole + point, "0123456789")];
}

static void say_bad(struct binder *binder, const struct reading *reading,
	const struct figure *figure, struct cell cell, const char *written)
{
	if (bind_blamed_within(binder, figure->at))
		return; /* of a control character */
	const char *const *path = cell_path(binder->arena, cell);
	const char *name = arena_join(binder->arena, path + 1, " · ");
	enum diag_code code = has_number_shape(reading->rest->str) ? CELL_BAD_DIGITS : CELL_BAD;
	diag_add(binder->diags, code, figure->at, name, bind_excerpt(binder, written), NULL)->path =
		path;
}

static void read_written(
	struct binder *binder, struct figure *figure, struct cell cell, const struct node *node)
{
	struct reading reading = {
		.measure = cell.table->measures[cell.index],
		.rest = g_string_new(NULL),
	};
	figure->odd = true;
	if (strlen(node->text) > 200 || !read_odd(&reading, node->text, &figure->millionths)) {
		say_bad(binder, &reading, figure, cell, node->text);
		figure->millionths = 0;
		figure->printed = bind_excerpt(binder, node->text); /* for a draft */
	} else if (!*reading.rest->str) {
		figure->state = FIGURE_BLANK;
		figure->odd = false;
	} else if (reading.odd == ODD_MARK) {
		figure->state = FIGURE_BLANK;
		figure->printed = node->text;
		say_odd(binder, figure, cell, ODD_MARK, "");
	} else {
		const char *clean = decimal_print(binder->arena, figure->millionths);
		figure->state = FIGURE_GIVEN;
		figure->printed = node->text;
		const char *number = reading.yuan ? clean : reading.rest->str;
		figure->decimals = decimals_of(number, strlen(number));
		say_odd(binder, figure, cell, reading.odd, clean);
	}
	g_string_free(reading.rest, TRUE);
}

bool figure_bind_plain(struct figure *figure, const struct node *node)
{
	figure->at = bind_value_span(node);
	figure->printed = "";
	if (node->kind != NODE_SCALAR || node->broken)
		return false;
	const char *text = node->text;
	if (!has_leading_zero(text) &&
		decimal_parse(text, node->text_length, &figure->millionths)) {
		figure->state = FIGURE_GIVEN;
		figure->printed = text;
		figure->decimals = decimals_of(text, node->text_length);
		return true;
	}
	if (!node_is_null(node))
		return false;
	figure->state = FIGURE_BLANK;
	return true;
}

void figure_bind_odd(
	struct binder *binder, struct figure *figure, struct cell cell, const struct node *node)
{
	if (node->broken)
		return;
	if (node->kind == NODE_SCALAR) {
		read_written(binder, figure, cell, node);
		return;
	}
	const char *const *path = cell_path(binder->arena, cell);
	diag_add(binder->diags, FORM_TYPE_FIGURE, figure->at,
		arena_join(binder->arena, path + 1, " · "), NULL)
		->path = path;
}

bool figure_is_plain_zero(const struct node *node)
{
	int64_t value;
	return node->kind == NODE_SCALAR && decimal_parse(node->text, node->text_length, &value) &&
		value == 0;
}
