/* A JSON Schema (2020-12) of report files, for editors: keys, shapes, descriptions. */
#include "edition/offer/offer.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

/* An edition being described; shapes of rows are kept among the definitions. */
struct form {
	json_t *definitions;
	const struct edition *edition;
	size_t shapes;
};

static json_t *reference(const char *name)
{
	char *path = g_strdup_printf("#/$defs/%s", name);
	json_t *schema = json_pack("{s:s}", "$ref", path);
	g_free(path);
	return schema;
}

static json_t *any_of(json_t *one, json_t *other)
{
	return json_pack("{s:[o,o]}", "anyOf", one, other);
}

static void describe(json_t *schema, const char *text)
{
	if (text)
		json_object_set_new(schema, "description", json_string(text));
}

/* Every spelling of a key is a property; one of them is required. */
static void add_key(json_t *object, const char *const *spellings, json_t *schema)
{
	json_t *properties = json_object_get(object, "properties");
	json_t *choices = json_array();
	for (; *spellings; spellings++) {
		if (json_object_get(properties, *spellings))
			continue;
		json_object_set(properties, *spellings, schema);
		json_array_append_new(choices, json_pack("{s:[s]}", "required", *spellings));
	}
	json_array_append_new(
		json_object_get(object, "allOf"), json_pack("{s:o}", "anyOf", choices));
	json_decref(schema);
}

static json_t *object_of(void)
{
	return json_pack("{s:s,s:{},s:[],s:b}", "type", "object", "properties", "allOf",
		"additionalProperties", 0);
}

/* What a clerk may write for a label: key, short key, as printed, other spellings. */
static const char *const *spellings_of(GPtrArray *spellings, const struct label *label)
{
	g_ptr_array_set_size(spellings, 0);
	g_ptr_array_add(spellings, (gpointer)(uintptr_t)label->key);
	if (label->short_key)
		g_ptr_array_add(spellings, (gpointer)(uintptr_t)label->short_key);
	g_ptr_array_add(spellings, (gpointer)(uintptr_t)label->text);
	for (const char *const *other = label->others; other && *other; other++)
		g_ptr_array_add(spellings, (gpointer)(uintptr_t)*other);
	g_ptr_array_add(spellings, NULL);
	return (const char *const *)spellings->pdata;
}

/* A shape that several spellings share is defined once. */
static json_t *define(struct form *form, json_t *schema)
{
	if (json_object_get(schema, "$ref"))
		return schema;
	char *name = g_strdup_printf("%s-%zu", form->edition->id, form->shapes++);
	json_object_set_new(form->definitions, name, schema);
	json_t *defined = reference(name);
	g_free(name);
	return defined;
}

static void add_label(struct form *form, json_t *object, const struct label *label, json_t *schema)
{
	GPtrArray *spellings = g_ptr_array_new();
	schema = define(form, schema);
	describe(schema, label->hint);
	add_key(object, spellings_of(spellings, label), schema);
	g_ptr_array_unref(spellings);
}

static json_t *figure_of(const struct measure *measure)
{
	json_t *schema = reference(measure->whole ? "count" : "amount");
	describe(schema, measure->unit);
	return schema;
}

static void add_columns(struct form *form, json_t *object, const struct label *group);

static json_t *columns_of(struct form *form, const struct label *group)
{
	json_t *object = object_of();
	add_columns(form, object, group);
	return object;
}

static json_t *list_of(const struct label_tree *tree, const struct label *group)
{
	json_t *items = json_array();
	for (size_t i = group->first_leaf; i < group->first_leaf + group->leaf_count; i++) {
		json_t *figure = figure_of(tree->leaves[i]->measure);
		json_object_set_new(figure, "title", json_string(tree->leaves[i]->key));
		json_array_append_new(items, figure);
	}
	int count = (int)group->leaf_count;
	return json_pack("{s:s,s:o,s:i,s:i}", "type", "array", "prefixItems", items, "minItems",
		count, "maxItems", count);
}

static void add_columns(struct form *form, json_t *object, const struct label *group)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct label *label = group->children[i];
		if (label->printed_only)
			add_columns(form, object, label);
		else if (!label->count)
			add_label(form, object, label, figure_of(label->measure));
	}
}

static json_t *zero_or_nothing(bool zero)
{
	return zero ? json_pack("{s:[i,s,n]}", "enum", 0, "0") : json_pack("{s:s}", "type", "null");
}

static json_t *row_of(struct form *form, const struct band *band)
{
	const struct label *columns = &band->columns.root;
	json_t *shapes = any_of(list_of(&band->columns, columns), columns_of(form, columns));
	json_t *single = columns->leaf_count == 1 ? figure_of(band->columns.leaves[0]->measure)
						  : zero_or_nothing(true);
	json_array_append_new(json_object_get(shapes, "anyOf"), single);
	return shapes;
}

/* `shape` is what a row of the band may be. */
static void add_rows(struct form *form, json_t *object, const struct label *group, json_t *shape)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct label *row = group->children[i];
		if (!row->count) {
			add_label(form, object, row, json_deep_copy(shape));
			continue;
		}
		json_t *inner = object_of();
		add_rows(form, inner, row, shape);
		add_label(form, object, row, any_of(inner, zero_or_nothing(row->zero)));
	}
}

static bool is_flat(const struct label *group)
{
	for (size_t i = 0; i < group->count; i++)
		if (group->children[i]->count)
			return false;
	return true;
}

/* Columns that are keys of their own, where a table has no row labels. */
static void add_column_groups(
	struct form *form, json_t *object, const struct band *band, const struct label *group)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct label *column = group->children[i];
		if (!column->count) {
			add_label(form, object, column, figure_of(column->measure));
			continue;
		}
		json_t *inner = object_of();
		add_column_groups(form, inner, band, column);
		json_t *shapes = any_of(inner, zero_or_nothing(column->zero));
		if (is_flat(column))
			json_array_append_new(
				json_object_get(shapes, "anyOf"), list_of(&band->columns, column));
		add_label(form, object, column, shapes);
	}
}

/* Rows of a band are alike: their shape is defined once. */
static void add_band(struct form *form, json_t *object, const struct band *band)
{
	if (!band->rows.leaf_count) {
		add_column_groups(form, object, band, &band->columns.root);
		return;
	}
	json_t *shape = define(form, row_of(form, band));
	add_rows(form, object, &band->rows.root, shape);
	json_decref(shape);
}

static json_t *table_of(struct form *form, const struct table *table)
{
	json_t *object = object_of();
	json_t *properties = json_object_get(object, "properties");
	json_object_set_new(properties, "表前", reference("text"));
	json_object_set_new(properties, "表后", reference("text"));
	for (size_t i = 0; i < table->band_count; i++)
		add_band(form, object, &table->bands[i]);
	const struct band *only = table->bands;
	if (table->row_count > 1 || only->rows.leaf_count || !is_flat(&only->columns.root))
		return object;
	return any_of(object, list_of(&only->columns, &only->columns.root));
}

static void add_section(struct form *form, json_t *object, const struct section *section)
{
	const char *const spellings[] = {section->key, section->heading, NULL};
	json_t *schema = section->table ? table_of(form, section->table) : reference("text");
	json_object_set_new(schema, "title", json_string(section->heading));
	describe(schema, section->hint);
	add_key(object, spellings, schema);
}

static json_t *year_of(const struct edition *edition)
{
	json_t *year = json_pack("{s:[s,s],s:s,s:i}", "type", "integer", "string", "pattern",
		"^[0-9]{4}$", "minimum", edition->first_year);
	if (edition->last_year)
		json_object_set_new(year, "maximum", json_integer(edition->last_year));
	return year;
}

static json_t *levels_of(const struct edition *edition)
{
	json_t *levels = json_pack("[n]");
	for (const char *const *level = edition->levels; *level; level++)
		json_array_append_new(levels, json_string(*level));
	return json_pack("{s:o}", "enum", levels);
}

static void define_edition(json_t *definitions, const struct edition *edition)
{
	struct form form = {definitions, edition, 0};
	static const char *const agency[] = {"机关", NULL}, *const year[] = {"年度", NULL};
	json_t *object = object_of();
	json_t *properties = json_object_get(object, "properties");
	json_object_set_new(properties, "格式", json_pack("{s:[s,n]}", "enum", edition->id));
	add_key(object, agency, json_pack("{s:s,s:i}", "type", "string", "minLength", 1));
	add_key(object, year, year_of(edition));
	json_object_set_new(properties, "标题", reference("title"));
	json_object_set_new(properties, "层级", levels_of(edition));
	json_object_set_new(properties, "前言", reference("text"));
	for (size_t i = 0; i < edition->section_count; i++)
		add_section(&form, object, &edition->sections[i]);
	json_object_set_new(properties, "署名", reference("line"));
	json_object_set_new(properties, "日期", reference("date"));
	json_object_set_new(object, "title", json_string(edition->notice));
	json_object_set_new(definitions, edition->id, object);
}

/* Shapes that every edition shares. A string is any figure written oddly: check names it. */
static const char shared[] =
	"{\"count\":{\"type\":[\"integer\",\"string\",\"null\"]},"
	"\"amount\":{\"type\":[\"number\",\"string\",\"null\"]},"
	"\"line\":{\"type\":[\"string\",\"null\"]},"
	"\"date\":{\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"},"
	"\"title\":{\"anyOf\":[{\"$ref\":\"#/$defs/line\"},"
	"{\"type\":\"array\",\"items\":{\"type\":\"string\"}}]},"
	"\"cells\":{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"number\",\"null\"]}},"
	"\"picture\":{\"type\":\"object\",\"properties\":{\"文件\":{\"type\":\"string\"},"
	"\"说明\":{\"$ref\":\"#/$defs/line\"},"
	"\"宽\":{\"type\":\"string\",\"pattern\":\"^[0-9.]+ *(mm|cm)$\"}},"
	"\"required\":[\"文件\"],\"additionalProperties\":false},"
	"\"table\":{\"type\":\"object\",\"properties\":{\"表头\":{\"$ref\":\"#/$defs/cells\"},"
	"\"行\":{\"type\":\"array\",\"minItems\":1,\"items\":{\"$ref\":\"#/$defs/cells\"}},"
	"\"说明\":{\"$ref\":\"#/$defs/line\"}},"
	"\"required\":[\"行\"],\"additionalProperties\":false},"
	"\"passage\":{\"anyOf\":[{\"type\":[\"string\",\"null\"]},"
	"{\"type\":\"object\",\"properties\":{\"图\":{\"$ref\":\"#/$defs/picture\"},"
	"\"表\":{\"$ref\":\"#/$defs/table\"}},"
	"\"minProperties\":1,\"maxProperties\":1,\"additionalProperties\":false}]},"
	"\"text\":{\"anyOf\":[{\"type\":[\"string\",\"null\"]},"
	"{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/passage\"}}]}}";

/* Where 格式 names the edition, or is absent and 年度 is within its years. */
static json_t *applies_if(const struct editions *editions, size_t at)
{
	const struct edition *edition = editions_at(editions, at);
	json_t *years = json_pack("{s:i}", "minimum", edition->first_year);
	int last = edition->last_year;
	if (at + 1 < editions->count && (!last || last >= editions->entries[at + 1].first_year))
		last = editions->entries[at + 1].first_year - 1;
	if (last)
		json_object_set_new(years, "maximum", json_integer(last));
	json_t *named = json_pack("{s:{s:{s:s}},s:[s]}", "properties", "格式", "const", edition->id,
		"required", "格式");
	json_t *unnamed = json_pack("{s:{s:{s:n}}}", "properties", "格式", "const");
	json_t *by_year =
		json_pack("{s:{s:o},s:[s]}", "properties", "年度", years, "required", "年度");
	return any_of(named, json_pack("{s:[o,o]}", "allOf", unnamed, by_year));
}

static void add_edition(json_t *root, const struct editions *editions, size_t at)
{
	const struct edition *edition = editions_at(editions, at);
	define_edition(json_object_get(root, "$defs"), edition);
	json_array_append_new(json_object_get(root, "allOf"),
		json_pack("{s:o,s:o}", "if", applies_if(editions, at), "then",
			reference(edition->id)));
}

void editions_write_schema(
	const struct editions *editions, const struct edition *only, GString *out)
{
	json_t *root = json_pack("{s:s,s:s,s:s,s:o}", "$schema",
		"https://json-schema.org/draft/2020-12/schema", "title",
		diag_code_text(SCHEMA_TITLE, LANGUAGE_ZH), "type", "object", "$defs",
		json_loads(shared, 0, NULL));
	if (only) {
		define_edition(json_object_get(root, "$defs"), only);
		char *path = g_strdup_printf("#/$defs/%s", only->id);
		json_object_set_new(root, "$ref", json_string(path));
		g_free(path);
	} else {
		json_object_set_new(root, "required", json_pack("[s,s]", "机关", "年度"));
		json_object_set_new(root, "allOf", json_array());
		for (size_t i = 0; i < editions->count; i++)
			add_edition(root, editions, i);
	}
	char *text = json_dumps(root, JSON_INDENT(1));
	g_string_append(out, text);
	g_string_append_c(out, '\n');
	g_free(text);
	json_decref(root);
}
