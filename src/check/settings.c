/* The settings of rules: read once from the template, refused as a fault of the template. */
#include "check/check_internal.h"

#include <stdlib.h>
#include <string.h>

static void refuse(struct settings *settings, struct diag *diag)
{
	diag_blame_environment(settings->diags, diag);
	settings->sound = false;
}

static void refuse_value(struct settings *settings, const struct node *node, const char *key)
{
	refuse(settings,
		diag_add(settings->diags, TEMPLATE_SETTING, node->at, settings->rule->name.id, key,
			NULL));
}

static const struct node *find(struct settings *settings, const char *key, enum node_kind kind)
{
	const struct rule *rule = settings->rule;
	const struct node *node = node_find(rule->node, key);
	if (!node)
		refuse(settings,
			diag_add(settings->diags, TEMPLATE_RULE_LACKS, rule->at, rule->name.id, key,
				NULL));
	else if (node->kind == kind)
		return node;
	else
		refuse_value(settings, node, key);
	return NULL;
}

void settings_refuse(struct settings *settings, const char *key)
{
	const struct node *node = node_find(settings->rule->node, key);
	if (node)
		refuse_value(settings, node, key);
	settings->sound = false; /* its absence was said by who looked for it first */
}

const struct node *settings_map(struct settings *settings, const char *key)
{
	return find(settings, key, NODE_MAP);
}

static const struct node *scalar(struct settings *settings, const char *key)
{
	return find(settings, key, NODE_SCALAR);
}

const char *settings_text(struct settings *settings, const char *key)
{
	const struct node *node = scalar(settings, key);
	return node ? node->text : "";
}

const char *const *settings_words(struct settings *settings, const char *key)
{
	const struct node *list = find(settings, key, NODE_LIST);
	size_t count = list ? list->count : 0;
	const char **words = arena_array(settings->edition->arena, const char *, count + 1);
	for (size_t i = 0; i < count; i++) {
		if (list->children[i]->kind != NODE_SCALAR) {
			refuse_value(settings, list->children[i], key);
			return arena_array(settings->edition->arena, const char *, 1);
		}
		words[i] = list->children[i]->text;
	}
	return words;
}

int64_t settings_number(struct settings *settings, const char *key)
{
	const struct node *node = scalar(settings, key);
	int64_t millionths = 0;
	if (node && !decimal_parse(node->text, strlen(node->text), &millionths))
		refuse_value(settings, node, key);
	return millionths;
}

const struct section *settings_section_named(
	struct settings *settings, const struct node *node, const char *name)
{
	const struct section *section = edition_section(settings->edition, name);
	if (!section)
		refuse_value(settings, node, name);
	return section;
}

const struct section *settings_section(struct settings *settings, const char *key)
{
	const struct node *node = scalar(settings, key);
	return node ? settings_section_named(settings, node, node->text) : NULL;
}

enum severity settings_severity(struct settings *settings, const struct node *node)
{
	for (size_t i = 0; node->kind == NODE_SCALAR && severity_words[i]; i++)
		if (strcmp(node->text, severity_words[i]) == 0)
			return (enum severity)i;
	refuse_value(settings, node, node->key);
	return SEVERITY_ERROR;
}

/* MM-DD */
bool settings_day(struct settings *settings, const struct node *node, int *month, int *day)
{
	int month_digits = 0, day_digits = 0;
	if (node->kind == NODE_SCALAR && strlen(node->text) == 5 && node->text[2] == '-') {
		month_digits = (int)g_ascii_strtoll(node->text, NULL, 10);
		day_digits = (int)g_ascii_strtoll(node->text + 3, NULL, 10);
	}
	bool valid = g_date_valid_dmy((GDateDay)day_digits, (GDateMonth)month_digits,
		2001); /* a year without 29 February */
	if (!valid)
		refuse_value(settings, node, node->key);
	*month = month_digits;
	*day = day_digits;
	return valid;
}

struct pattern *settings_pattern_of(struct settings *settings, const struct node *node)
{
	struct arena *arena = settings->edition->arena;
	struct pattern *pattern = arena_new(arena, struct pattern);
	const struct pattern_words words = {.lexicon = settings->edition->lexicon};
	bool sound = pattern_load(pattern, arena, node, &words, settings->diags);
	if (sound && !edition_is_builtin(settings->edition))
		sound = pattern_compile(pattern, settings->diags);
	settings->sound = settings->sound && sound;
	return pattern;
}

struct pattern *settings_pattern(struct settings *settings, const char *key)
{
	const struct rule *rule = settings->rule;
	const struct node *node = node_find(rule->node, key);
	if (node)
		return settings_pattern_of(settings, node);
	refuse(settings,
		diag_add(settings->diags, TEMPLATE_RULE_LACKS, rule->at, rule->name.id, key, NULL));
	return NULL;
}

struct pattern **settings_patterns(struct settings *settings, const char *key)
{
	const struct node *list = find(settings, key, NODE_LIST);
	size_t count = list ? list->count : 0;
	struct pattern **patterns =
		arena_array(settings->edition->arena, struct pattern *, count + 1);
	for (size_t i = 0; i < count && settings->sound; i++)
		patterns[i] = settings_pattern_of(settings, list->children[i]);
	return patterns;
}

static const struct label *label_at(struct arena *arena, const struct label *root, const char *path)
{
	const struct label *whole = label_find(arena, root, path);
	if (whole)
		return whole;
	/* A label may hold a / itself: the longest name that is a label goes first. */
	for (size_t length = strlen(path); length-- > 0;) {
		const struct label *label = path[length] == '/'
			? label_find(arena, root, arena_copy_n(arena, path, length))
			: NULL;
		if (label)
			return label_at(arena, label, path + length + 1);
	}
	return NULL;
}

static bool is_leaf(const struct label *label)
{
	return label && label->count == 0;
}

bool row_find(struct arena *arena, const struct table *table, const char *path, struct row *row)
{
	for (size_t i = 0; i < table->band_count; i++) {
		const struct band *band = &table->bands[i];
		const struct label *label = label_at(arena, &band->rows.root, path);
		if (!is_leaf(label))
			continue;
		row->band = band;
		row->from = band->first_cell + label->first_leaf * band->columns.leaf_count;
		row->to = row->from + band->columns.leaf_count;
		return true;
	}
	return false;
}

size_t column_find(struct arena *arena, const struct band *band, const char *path)
{
	const struct label *label = label_at(arena, &band->columns.root, path);
	return is_leaf(label) ? label->first_leaf : NOT_FOUND;
}

struct row settings_row(struct settings *settings, const char *key)
{
	struct row row = {NULL, 0, 0};
	const struct node *node = scalar(settings, key);
	const struct table *table = settings->rule->table;
	if (node && (!table || !row_find(settings->edition->arena, table, node->text, &row)))
		refuse_value(settings, node, key);
	return row;
}

size_t settings_cell(struct settings *settings, const char *row_key, const char *column)
{
	struct row row = settings_row(settings, row_key);
	size_t index =
		row.band ? column_find(settings->edition->arena, row.band, column) : NOT_FOUND;
	if (row.band && index == NOT_FOUND)
		refuse_value(settings, node_find(settings->rule->node, row_key), column);
	return index == NOT_FOUND ? 0 : row.from + index;
}
