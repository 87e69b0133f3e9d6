/* Editions: the templates built in or of a folder, each a file read whole and linted. */
#include "edition/builtin.h"
#include "edition/template_internal.h"

#include "base/decimal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct bytes template_builtin(const char *name)
{
	const struct builtin *builtin = builtin_find(name);
	return builtin ? (struct bytes){builtin->start, builtin->length} : (struct bytes){0};
}

bool edition_is_builtin(const struct edition *edition)
{
	for (size_t i = 0; i < builtin_count; i++)
		if (builtins[i].start == edition->source->bytes.start)
			return true;
	return false;
}

const struct node *edition_nodes_beside(
	const struct edition *edition, const char *name, struct diags *diags)
{
	struct arena *arena = edition->arena;
	char *folder = g_path_get_dirname(edition->source->path);
	const char *path = arena_print(arena, "%s/%s", folder, name);
	const struct builtin *builtin = builtin_find(name);
	const struct source *source;
	struct bytes bytes;
	int failure = ENOENT;
	g_free(folder);
	if (!edition_is_builtin(edition))
		failure = file_read(arena, path, YAML_BYTES_MAX, &bytes);
	if (!failure)
		return node_load_bytes(arena, path, bytes, &source, diags);
	if (failure == ENOENT && builtin)
		return builtin_unpack(arena, builtin, path);
	diag_unread(diags, NOWHERE, path, failure);
	return NULL;
}

static void load_measure(
	struct template_reader *reader, const struct node *node, struct measure *measure)
{
	static const char *const known[] = {"unit", "whole", "negative", "yuan", "also", NULL};
	if (!template_keys(reader, node, known))
		return;
	measure->unit = template_text(reader, node, "unit", true);
	measure->whole = template_flag(reader, node, "whole", false);
	measure->negative = template_flag(reader, node, "negative", false);
	measure->counters = template_words(reader, node, "also");
	const char *yuan = template_text(reader, node, "yuan", false);
	if (yuan &&
		(!decimal_parse(yuan, strlen(yuan), &measure->unit_yuan) ||
			measure->unit_yuan <= 0))
		template_refuse(reader,
			diag_add(reader->diags, TEMPLATE_NUMBER, node_find(node, "yuan")->at,
				"yuan", yuan, NULL));
}

static void load_measures(struct template_reader *reader, const struct node *map)
{
	size_t count = map && map->kind == NODE_MAP ? map->count : 0;
	reader->measures = arena_array(reader->arena, struct measure, count + 1);
	reader->measure_names = arena_array(reader->arena, const char *, count + 1);
	reader->measure_count = count;
	for (size_t i = 0; i < count; i++) {
		reader->measure_names[i] = map->children[i]->key;
		load_measure(reader, map->children[i], &reader->measures[i]);
	}
	if (count == 0)
		template_refuse(reader,
			diag_add(reader->diags, TEMPLATE_MISSING, reader->edition->node->at,
				"measures", NULL));
}

/* A four-digit year; 0 if absent, refused if anything else. */
static int load_year(
	struct template_reader *reader, const struct node *map, const char *key, bool needed)
{
	const char *text = template_text(reader, map, key, needed);
	if (!text)
		return 0;
	if (strlen(text) == 4 && strspn(text, "0123456789") == 4)
		return (int)g_ascii_strtoll(text, NULL, 10);
	template_refuse(reader,
		diag_add(reader->diags, TEMPLATE_NUMBER, node_find(map, key)->at, key, text, NULL));
	return 0;
}

static void load_years(struct template_reader *reader, const struct node *root)
{
	static const char *const known[] = {"from", "to", NULL};
	const struct node *years = node_find(root, "years");
	struct edition *edition = reader->edition;
	if (!years) {
		template_refuse(
			reader, diag_add(reader->diags, TEMPLATE_MISSING, root->at, "years", NULL));
		return;
	}
	if (!template_keys(reader, years, known))
		return;
	edition->first_year = load_year(reader, years, "from", true);
	edition->last_year = load_year(reader, years, "to", false);
	if (edition->last_year && edition->last_year < edition->first_year)
		template_refuse(
			reader, diag_add(reader->diags, TEMPLATE_YEARS, years->key_at, NULL));
}

/* Equations are read only where their labels could be. */
static void load_table(
	struct template_reader *reader, struct section *section, const struct node *node)
{
	bool before = reader->sound;
	reader->sound = true;
	section->table = table_load(reader, section, node);
	if (reader->sound)
		rules_load(reader, template_list(reader, node, "rules"), section, section->table);
	reader->sound &= before;
}

static void load_section(
	struct template_reader *reader, const struct node *node, struct section *section)
{
	static const char *const known[] = {"heading", "short", "hint", "table", "rules", NULL};
	section->at = node->at;
	section->heading = section->key = "";
	section->names = arena_array(reader->arena, const char *, 1);
	if (!template_keys(reader, node, known))
		return;
	const char *heading = template_text(reader, node, "heading", true);
	const char *short_key = template_text(reader, node, "short", false);
	const struct node *table = node_find(node, "table");
	section->heading = heading ? heading : "";
	section->key = label_key(reader->arena, section->heading);
	section->names =
		label_names(reader->arena, section->heading, section->key, short_key, NULL);
	section->hint = template_text(reader, node, "hint", false);
	section->kind = table ? SECTION_TABLE : SECTION_TEXT;
	if (table)
		load_table(reader, section, table);
	rules_load(reader, template_list(reader, node, "rules"), section, NULL);
}

static void check_sections(struct template_reader *reader)
{
	struct edition *edition = reader->edition;
	for (size_t i = 1; i < edition->section_count; i++)
		for (size_t j = 0; j < i; j++) {
			if (!label_names_clash(
				    edition->sections[i].names, edition->sections[j].names))
				continue;
			struct diag *diag = diag_add(reader->diags, TEMPLATE_LABEL_TWICE,
				edition->sections[i].at, edition->sections[i].heading, NULL);
			diag_relate(
				diag, edition->sections[j].at, edition->sections[j].heading, NULL);
			template_refuse(reader, diag);
			return;
		}
}

#define SECTIONS_MAX 100

static void load_sections(struct template_reader *reader, const struct node *root)
{
	const struct node *list = template_list(reader, root, "sections");
	struct edition *edition = reader->edition;
	edition->section_count = list ? MIN(list->count, SECTIONS_MAX) : 0;
	edition->sections = arena_array(reader->arena, struct section, edition->section_count);
	for (size_t i = 0; i < edition->section_count; i++)
		load_section(reader, list->children[i], &edition->sections[i]);
	if (!edition->section_count && (list || !node_find(root, "sections")))
		template_refuse(reader,
			diag_add(reader->diags, TEMPLATE_MISSING, root->at, "sections", NULL));
	if (list && list->count > SECTIONS_MAX)
		template_refuse(reader,
			diag_add(reader->diags, TEMPLATE_LIMIT, list->key_at, "sections", "100",
				NULL));
	check_sections(reader);
}

static void keep_rules(struct template_reader *reader)
{
	struct edition *edition = reader->edition;
	size_t count = edition->rule_count = reader->rules->len;
	edition->rules = arena_copy_many(
		reader->arena, reader->rules->pdata, count, sizeof *reader->rules->pdata);
	for (size_t i = 0; i < edition->section_count; i++) {
		struct table *table = edition->sections[i].table;
		if (!table)
			continue;
		table->rules = arena_array(reader->arena, struct rule *, count);
		for (size_t j = 0; j < count; j++)
			if (edition->rules[j]->table == table)
				table->rules[table->rule_count++] = edition->rules[j];
	}
}

/* Only those that rules name; so a slip doesn't leave one in Chinese. */
static void check_sources(struct template_reader *reader, const struct node *root)
{
	const struct edition *edition = reader->edition;
	const char **known = arena_array(reader->arena, const char *, edition->rule_count + 2);
	size_t count = 0;
	for (size_t i = 0; i < edition->rule_count; i++)
		if (edition->rules[i]->name.source[LANGUAGE_ZH])
			known[count++] = edition->rules[i]->name.source[LANGUAGE_ZH];
	if (count == 0)
		known[0] = "…";
	if (node_find(root, "sources"))
		template_keys(reader, node_find(root, "sources"), known);
}

static void load_edition(struct template_reader *reader, const struct node *root)
{
	static const char *const known[] = {"edition", "notice", "title", "title_words", "years",
		"levels", "levels_apart", "measures", "sections", "rules", "sources", "labels",
		NULL};
	struct edition *edition = reader->edition;
	template_keys(reader, root, known);
	if (root->kind != NODE_MAP)
		return;
	edition->id = template_text(reader, root, "edition", true);
	edition->notice = template_text(reader, root, "notice", true);
	edition->title = template_text(reader, root, "title", true);
	if (node_find(root, "title_words"))
		edition->title_words = template_words(reader, root, "title_words");
	edition->levels = template_words(reader, root, "levels");
	edition->levels_apart = template_words(reader, root, "levels_apart");
	load_years(reader, root);
	load_measures(reader, node_find(root, "measures"));
	load_sections(reader, root);
	rules_load(reader, template_list(reader, root, "rules"), NULL, NULL);
	keep_rules(reader);
	check_sources(reader, root);
}

/* Page styles live in the same folder: a file is meant for an edition if it says so, if it has
 * the name of one that is built in, or if it can't be anything. */
static bool is_edition(const char *path, const struct node *root)
{
	char *name = g_path_get_basename(path);
	const struct builtin *builtin = builtin_find(name);
	g_free(name);
	return root->kind != NODE_MAP || node_find(root, "edition") ||
		node_find(root, "sections") || (builtin && builtin->edition);
}

struct edition *edition_load(struct arena *arena, const struct source *source,
	const struct node *root, struct diags *diags)
{
	struct template_reader reader = {
		.arena = arena, .diags = diags, .rules = g_ptr_array_new(), .sound = true};
	reader.edition = arena_new(arena, struct edition);
	reader.edition->arena = arena;
	reader.edition->node = root;
	reader.edition->source = source;
	reader.edition->lexicon = lexicon_new(arena);
	load_edition(&reader, root);
	g_ptr_array_unref(reader.rules);
	return reader.sound ? reader.edition : NULL;
}

static void keep_edition(GArray *entries, struct edition *edition)
{
	struct edition_entry entry = {
		.id = edition->id,
		.first_year = edition->first_year,
		.last_year = edition->last_year,
		.loaded = edition,
	};
	g_array_append_val(entries, entry);
}

static void load_bytes(struct arena *arena, const char *path, struct bytes bytes, GArray *entries,
	struct diags *diags)
{
	guint before = diags->all->len;
	const struct source *source;
	const struct node *root = node_load_bytes(arena, path, bytes, &source, diags);
	diags_blame_since(diags, before);
	struct edition *edition = NULL;
	if (root && is_edition(path, root))
		edition = edition_load(arena, source, root, diags);
	if (edition)
		keep_edition(entries, edition);
}

static void list_builtins(GArray *entries)
{
	for (size_t i = 0; i < builtin_count; i++) {
		const struct builtin *builtin = &builtins[i];
		struct edition_entry entry = {
			builtin->edition, builtin->first_year, builtin->last_year, builtin, NULL};
		if (builtin->edition)
			g_array_append_val(entries, entry);
	}
}

/* The build has proved that it is sound (templates/compile.c). */
static struct edition *load_builtin(struct arena *arena, const struct builtin *builtin)
{
	const char *path = arena_print(arena, "templates/%s", builtin->name);
	const struct node *root = builtin_unpack(arena, builtin, path);
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	struct edition *edition = edition_load(arena, root->at.source, root, diags);
	g_assert(edition);
	return edition;
}

static void load_file(struct arena *arena, const char *path, GArray *entries, struct diags *diags)
{
	struct bytes bytes;
	int failure = file_read(arena, path, YAML_BYTES_MAX, &bytes);
	if (failure)
		diag_unread(diags, NOWHERE, path, failure);
	else
		load_bytes(arena, path, bytes, entries, diags);
}

static void load_directory(
	struct arena *arena, const char *directory, GArray *entries, struct diags *diags)
{
	struct names names;
	int failure = file_list(arena, directory, &names);
	if (failure)
		diag_unread(diags, NOWHERE, directory, failure);
	for (size_t i = 0; i < names.count; i++)
		if (g_str_has_suffix(names.at[i], ".yaml"))
			load_file(arena, arena_print(arena, "%s/%s", directory, names.at[i]),
				entries, diags);
}

static int compare_years(const void *left, const void *right)
{
	const struct edition_entry *a = left, *b = right;
	if (a->first_year != b->first_year)
		return a->first_year < b->first_year ? -1 : 1;
	return strcmp(a->id, b->id);
}

static void check_ids(const struct editions *editions, struct diags *diags)
{
	for (size_t i = 1; i < editions->count; i++)
		for (size_t j = 0; j < i; j++) {
			const struct edition *one = editions->entries[i].loaded;
			const struct edition *other = editions->entries[j].loaded;
			if (strcmp(one->id, other->id) != 0)
				continue;
			struct diag *diag = diag_add(diags, TEMPLATE_EDITION_TWICE,
				node_find(one->node, "edition")->at, one->id, NULL);
			diag_relate(diag, node_find(other->node, "edition")->at, other->id, NULL);
			diag_blame_environment(diags, diag);
		}
}

struct editions *editions_load(struct arena *arena, const char *directory, struct diags *diags)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(struct edition_entry));
	struct editions *editions = arena_new(arena, struct editions);
	if (directory)
		load_directory(arena, directory, found, diags);
	else
		list_builtins(found);
	editions->arena = arena;
	editions->count = found->len;
	editions->entries =
		arena_copy_many(arena, found->data, found->len, sizeof(struct edition_entry));
	g_array_unref(found);
	if (directory)
		check_ids(editions, diags);
	if (editions->count == 0 && !diags->environment)
		diag_blame_environment(diags,
			diag_add(diags, TEMPLATE_NONE, NOWHERE, directory ? directory : "", NULL));
	qsort(editions->entries, editions->count, sizeof *editions->entries, compare_years);
	return diags->environment ? NULL : editions;
}

const struct edition *editions_at(const struct editions *editions, size_t at)
{
	struct edition_entry *entry = &editions->entries[at];
	if (!entry->loaded)
		entry->loaded = load_builtin(editions->arena, entry->builtin);
	return entry->loaded;
}

const struct edition *editions_find(const struct editions *editions, const char *id)
{
	for (size_t i = 0; i < editions->count; i++)
		if (strcmp(editions->entries[i].id, id) == 0)
			return editions_at(editions, i);
	return NULL;
}

/* The one that began last among those that cover the year: an open edition ends where a
 * newer one begins. */
const struct edition *editions_for_year(const struct editions *editions, int year)
{
	for (size_t i = editions->count; i-- > 0;) {
		const struct edition_entry *entry = &editions->entries[i];
		if (entry->first_year <= year && (!entry->last_year || year <= entry->last_year))
			return editions_at(editions, i);
	}
	return NULL;
}

bool edition_covers(const struct edition *edition, int year)
{
	return edition->first_year <= year && (!edition->last_year || year <= edition->last_year);
}

const char *editions_ids(
	struct arena *arena, const struct editions *editions, const char *separator)
{
	const char **ids = arena_array(arena, const char *, editions->count + 1);
	for (size_t i = 0; i < editions->count; i++)
		ids[i] = editions->entries[i].id;
	return arena_join(arena, ids, separator);
}

const struct section *edition_section(const struct edition *edition, const char *key)
{
	for (size_t i = 0; i < edition->section_count; i++)
		if (strcmp(edition->sections[i].key, key) == 0)
			return &edition->sections[i];
	return NULL;
}
