/* Style files: one table of what a style says, and one reader of it. */
#include "layout/style.h"

#include "base/decimal.h"
#include "base/text.h"
#include "edition/builtin.h"
#include "layout/page.h"
#include "yaml/node.h"

#include <string.h>

enum kind { LENGTH, COUNT, FLAG, PATTERN, COLOUR, ROLE };

/* A key of a group and where its value goes. A key that may be absent leaves 0. */
struct field {
	const char *group, *key;
	enum kind kind;
	size_t offset;
	bool optional;
};

#define AT(member) offsetof(struct style, member)
static const struct field fields[] = {
	{"paper", "width", LENGTH, AT(page_width), false},
	{"paper", "height", LENGTH, AT(page_height), false},
	{"margins", "top", LENGTH, AT(margin_top), false},
	{"margins", "bottom", LENGTH, AT(margin_bottom), false},
	{"margins", "inner", LENGTH, AT(margin_inner), false},
	{"margins", "outer", LENGTH, AT(margin_outer), false},
	{"margins", "mirrored", FLAG, AT(mirrored), true},
	{"grid", "lines", COUNT, AT(lines_a_page), false},
	{"grid", "characters", COUNT, AT(characters_a_line), false},
	{"grid", "indent", COUNT, AT(indent_characters), false},
	{"ending", "clear", COUNT, AT(ending_clear), false},
	{"ending", "seal", FLAG, AT(ending_sealed), true},
	{"table", "rule", LENGTH, AT(rule_width), false},
	{"table", "padding", LENGTH, AT(cell_padding), false},
	{"table", "minimum_size", LENGTH, AT(table_minimum_size), false},
	{"page_number", "pattern", PATTERN, AT(number_pattern), false},
	{"page_number", "drop", LENGTH, AT(number_drop), false},
	{"page_number", "alternates", FLAG, AT(number_alternates), true},
	{"draft", "error", COLOUR, AT(mark_error), false},
	{"draft", "warning", COLOUR, AT(mark_warning), false},
	{"draft", "watermark", COLOUR, AT(watermark), false},
};

static const struct {
	const char *name;
	size_t offset;
} text_styles[] = {
	{"title", AT(title)},
	{"section", AT(section)},
	{"head2", AT(head2)},
	{"head3", AT(head3)},
	{"head4", AT(head4)},
	{"body", AT(body)},
	{"table", AT(table)},
	{"table_head", AT(table_head)},
	{"caption", AT(caption)},
	{"page_number", AT(page_number)},
	{"signature", AT(signature)},
};
#undef AT

#define AT(member) offsetof(struct text_style, member)
static const struct field text_fields[] = {
	{NULL, "role", ROLE, AT(role), false},
	{NULL, "size", LENGTH, AT(size), false},
	{NULL, "pitch", LENGTH, AT(pitch), false},
	{NULL, "bold", FLAG, AT(bold), true},
	{NULL, "before", LENGTH, AT(space_before), true},
	{NULL, "after", LENGTH, AT(space_after), true},
};
#undef AT

static const struct {
	const char *name;
	enum diag_code sentence;
} roles[ROLE_COUNT] = {
	[ROLE_TITLE] = {"title", FONT_ROLE_TITLE},
	[ROLE_HEADING] = {"heading", FONT_ROLE_HEADING},
	[ROLE_SUBHEADING] = {"subheading", FONT_ROLE_SUBHEADING},
	[ROLE_BODY] = {"body", FONT_ROLE_BODY},
	[ROLE_TABLE] = {"table", FONT_ROLE_TABLE},
	[ROLE_PAGE_NUMBER] = {"page_number", FONT_ROLE_PAGE_NUMBER},
};

static bool role_named(const char *name, enum role *role)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		if (strcmp(roles[i].name, name) != 0)
			continue;
		*role = (enum role)i;
		return true;
	}
	return false;
}

const char *role_name(enum role role)
{
	return roles[role].name;
}

enum diag_code role_sentence(enum role role)
{
	return roles[role].sentence;
}

#define LENGTH_MAX_PT 5000 /* more than A0 is long */

/* 28 mm, 16 pt, 28.9pt: to the nearest Pango unit. */
static bool parse_length(const char *text, int *units)
{
	size_t length = strlen(text);
	int64_t millionths;
	if (length < 3)
		return false;
	const char *unit = text + length - 2;
	length -= 2;
	while (length > 0 && text[length - 1] == ' ')
		length--;
	if (!decimal_parse(text, length, &millionths) || millionths < 0 ||
		millionths > LENGTH_MAX_PT * DECIMAL_ONE)
		return false;
	if (strcmp(unit, "pt") == 0) {
		*units = (int)((millionths * UNITS_PER_PT + DECIMAL_ONE / 2) / DECIMAL_ONE);
		return true;
	}
	/* an inch is 25.4 mm and 72 pt */
	if (strcmp(unit, "mm") != 0)
		return false;
	int64_t inch = 254 * DECIMAL_ONE / 10;
	*units = (int)((millionths * UNITS_PER_PT * 72 + inch / 2) / inch);
	return true;
}

#define COUNT_MAX 200

static bool parse_count(const char *text, int *count)
{
	guint64 value;
	if (!g_ascii_string_to_unsigned(text, 10, 0, COUNT_MAX, &value, NULL))
		return false;
	*count = (int)value;
	return true;
}

static bool parse_flag(const char *text, bool *flag)
{
	*flag = strcmp(text, "true") == 0;
	return *flag || strcmp(text, "false") == 0;
}

/* #RRGGBB */
static bool parse_colour(const char *text, uint32_t *colour)
{
	guint64 value;
	if (text[0] != '#' || strlen(text) != 7 ||
		!g_ascii_string_to_unsigned(text + 1, 16, 0, 0xFFFFFF, &value, NULL))
		return false;
	*colour = (uint32_t)value;
	return true;
}

/* Exactly one %d and no other %. */
static bool is_number_pattern(const char *text)
{
	const char *percent = strchr(text, '%');
	return percent && percent[1] == 'd' && !strchr(percent + 1, '%');
}

static bool store(const struct field *field, const char *text, char *into)
{
	switch (field->kind) {
	case LENGTH:
		return parse_length(text, (int *)(void *)(into + field->offset));
	case COUNT:
		return parse_count(text, (int *)(void *)(into + field->offset));
	case FLAG:
		return parse_flag(text, (bool *)(into + field->offset));
	case COLOUR:
		return parse_colour(text, (uint32_t *)(void *)(into + field->offset));
	case ROLE:
		return role_named(text, (enum role *)(void *)(into + field->offset));
	case PATTERN:
		*(const char **)(void *)(into + field->offset) = text;
		return is_number_pattern(text);
	}
	return false;
}

/* What a value of this kind looks like, for the message. */
static const char *example(enum kind kind)
{
	switch (kind) {
	case LENGTH:
		return "28 mm, 16 pt";
	case COUNT:
		return "0 … 200";
	case FLAG:
		return "true, false";
	case COLOUR:
		return "\"#F8CCC8\"";
	case ROLE:
		return "title, heading, subheading, body, table, page_number";
	case PATTERN:
		return "— %d —";
	}
	return "";
}

/* The map under `key`, or NULL with a finding. */
static const struct node *find_map(const struct node *parent, const char *key, struct diags *diags)
{
	const struct node *map = node_find(parent, key);
	if (map && map->kind == NODE_MAP)
		return map;
	if (map)
		diag_add(diags, STYLE_VALUE, map->at, key, "{…}", NULL);
	else
		diag_add(diags, STYLE_MISSING,
			(struct span){parent->at.source, parent->at.start, parent->at.start}, key,
			NULL);
	return NULL;
}

static void read_field(
	const struct node *map, const struct field *field, void *into, struct diags *diags)
{
	const struct node *value = node_find(map, field->key);
	if (!value && field->optional)
		return;
	if (!value)
		diag_add(diags, STYLE_MISSING,
			(struct span){map->at.source, map->at.start, map->at.start}, field->key,
			NULL);
	else if (value->kind != NODE_SCALAR || !store(field, value->text, into))
		diag_add(diags, STYLE_VALUE, value->at, field->key, example(field->kind), NULL);
}

/* Each key of `map` that isn't among `known`, with the one it may have meant. */
static void refuse_others(
	const struct node *map, const char *const *known, size_t count, struct diags *diags)
{
	for (size_t i = 0; i < map->count; i++) {
		const char *key = map->children[i]->key;
		bool found = false;
		for (size_t k = 0; k < count && !found; k++)
			found = strcmp(known[k], key) == 0;
		if (found)
			continue;
		const char *near = text_nearest(key, known, count);
		diag_add(diags, near ? STYLE_KEY_NEAR : STYLE_KEY, map->children[i]->key_at, key,
			near, NULL);
	}
}

static void read_groups(const struct node *root, struct style *style, struct diags *diags)
{
	size_t next = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i = next) {
		const char *keys[G_N_ELEMENTS(fields)];
		const struct node *map = find_map(root, fields[i].group, diags);
		for (next = i; next < G_N_ELEMENTS(fields) &&
			strcmp(fields[next].group, fields[i].group) == 0;
			next++) {
			keys[next - i] = fields[next].key;
			if (map)
				read_field(map, &fields[next], style, diags);
		}
		if (map)
			refuse_others(map, keys, next - i, diags);
	}
}

static void read_texts(const struct node *root, struct style *style, struct diags *diags)
{
	const char *names[G_N_ELEMENTS(text_styles)], *keys[G_N_ELEMENTS(text_fields)];
	const struct node *texts = find_map(root, "text", diags);
	if (!texts)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(text_fields); i++)
		keys[i] = text_fields[i].key;
	for (size_t i = 0; i < G_N_ELEMENTS(text_styles); i++) {
		names[i] = text_styles[i].name;
		const struct node *map = find_map(texts, names[i], diags);
		if (!map)
			continue;
		for (size_t f = 0; f < G_N_ELEMENTS(text_fields); f++)
			read_field(
				map, &text_fields[f], (char *)style + text_styles[i].offset, diags);
		refuse_others(map, keys, G_N_ELEMENTS(keys), diags);
	}
	refuse_others(texts, names, G_N_ELEMENTS(names), diags);
}

#define TYPE_SIZE_MIN (4 * UNITS_PER_PT)
#define TYPE_SIZE_MAX (200 * UNITS_PER_PT)

/* What no page can be made of: text of no size, a type area smaller than its grid. */
static bool is_sound(const struct style *style)
{
	int height = style->page_height - style->margin_top - style->margin_bottom;
	for (size_t i = 0; i < G_N_ELEMENTS(text_styles); i++) {
		const struct text_style *text =
			(const void *)((const char *)style + text_styles[i].offset);
		if (text->size < TYPE_SIZE_MIN || text->size > TYPE_SIZE_MAX ||
			text->pitch < text->size || text->pitch > height)
			return false;
	}
	return style->characters_a_line >= 4 && style->lines_a_page >= 4 &&
		style_measure(style) >= style->body.size * 4 &&
		style_character_pitch(style) >= style->body.size / 2 &&
		style->lines_a_page <= height / style->body.pitch + 1 &&
		style->indent_characters <= style->characters_a_line / 2 &&
		style->ending_clear <= style->characters_a_line / 2 &&
		style->table_minimum_size >= TYPE_SIZE_MIN;
}

static const struct style *read_style(
	struct arena *arena, const char *name, const struct node *root, struct diags *diags)
{
	static const char *const groups[] = {
		"paper", "margins", "grid", "ending", "text", "table", "page_number", "draft"};
	guint before = diags->all->len;
	struct style *style = arena_new(arena, struct style);
	style->name = arena_copy(arena, name);
	if (root->kind != NODE_MAP) {
		diag_add(diags, STYLE_VALUE, root->at, name, "{…}", NULL);
	} else {
		read_groups(root, style, diags);
		read_texts(root, style, diags);
		refuse_others(root, groups, G_N_ELEMENTS(groups), diags);
		if (diags->all->len == before && !is_sound(style))
			diag_add(diags, STYLE_UNSOUND, root->at, name, NULL);
	}
	diags_blame_since(diags, before);
	return diags->all->len == before ? style : NULL;
}

const struct style *style_load(
	struct arena *arena, const char *name, const char *directory, struct diags *diags)
{
	const char *file = arena_print(arena, "%s.yaml", name);
	const struct node *root;
	char *path = directory ? g_build_filename(directory, file, NULL) : NULL;
	guint before = diags->all->len;
	if (path && g_file_test(path, G_FILE_TEST_EXISTS)) {
		const struct source *source;
		root = node_load(arena, arena_copy(arena, path), &source, diags);
	} else {
		const struct builtin *builtin = builtin_find(file);
		root = builtin ? builtin_unpack(arena, builtin, file) : NULL;
	}
	g_free(path);
	if (root && node_find(root, "edition")) /* a template of another kind */
		root = NULL;
	diags_blame_since(diags, before);
	if (!root && diags->all->len == before)
		diag_blame_environment(diags, diag_add(diags, STYLE_UNKNOWN, NOWHERE, name, NULL));
	return root ? read_style(arena, name, root, diags) : NULL;
}

int style_measure(const struct style *style)
{
	return style->page_width - style->margin_inner - style->margin_outer;
}

int style_character_pitch(const struct style *style)
{
	return (style_measure(style) - style->body.size) / (style->characters_a_line - 1);
}
