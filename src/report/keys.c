/* Keys of a report against labels of the form: found, unknown, given twice. */
#include "report/bind_internal.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* 表前, 表后: texts beside a table. */
static bool is_beside(const char *key)
{
	return strcmp(key, "表前") == 0 || strcmp(key, "表后") == 0;
}

struct span bind_value_span(const struct node *node)
{
	return node->at.start < node->at.end || !node->key ? node->at : node->key_at;
}

struct span bind_lack_span(const struct node *map)
{
	if (map->key)
		return map->key_at;
	return (struct span){map->at.source, map->at.start, map->at.start};
}

/* The word that a line begins with, before any sign that may stand for a colon, or before
 * `end_mark`. */
static char *line_head(struct arena *arena, struct bytes line, const char *end_mark)
{
	static const char *const ends[] = {":", "：", ";", "；", "=", "＝", "﹕", "∶", "[", "{"};
	const char *start = line.start, *end = start + line.length;
	while (start < end && strchr(" \t-*?|%#@`!{[(\"'", *start))
		start++;
	const char *mark = *end_mark ? g_strstr_len(start, end - start, end_mark) : NULL;
	end = mark ? mark : end;
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		const char *found = g_strstr_len(start, end - start, ends[i]);
		end = found ? found : end;
	}
	return text_fold(arena, arena_copy_n(arena, start, (size_t)(end - start)));
}

static void end_table(void *table)
{
	g_hash_table_unref(table);
}

#define HEAD_LONGEST 300 /* bytes of a line; longer ones are text */

static GHashTable *line_heads(struct binder *binder)
{
	const struct source *source = binder->report->source;
	if (!binder->report->root->doubtful || binder->heads)
		return binder->heads;
	binder->heads = g_hash_table_new(g_str_hash, g_str_equal);
	arena_own(binder->arena, binder->heads, end_table);
	size_t lines = source_line_count(source);
	for (size_t line = 1; line <= lines; line++) {
		struct bytes bytes = source_line(source, line);
		if (bytes.length >= HEAD_LONGEST)
			continue;
		g_hash_table_add(binder->heads, line_head(binder->arena, bytes, ""));
		g_hash_table_add(binder->heads, line_head(binder->arena, bytes, " "));
	}
	return binder->heads;
}

bool bind_is_elsewhere(struct binder *binder, const char *const *names)
{
	GHashTable *heads = line_heads(binder);
	for (; heads && *names; names++)
		if (g_hash_table_contains(heads, *names))
			return true;
	return false;
}

bool bind_word_is_elsewhere(struct binder *binder, const char *word)
{
	const char *const names[] = {text_fold(binder->arena, word), NULL};
	return bind_is_elsewhere(binder, names);
}

/* A finding on the line of a key has said what is wrong with it. */
static bool line_is_blamed(const struct binder *binder, struct span at)
{
	size_t line = source_place(at.source, at.start).line;
	for (guint i = 0; i < binder->diags->all->len; i++) {
		const struct diag *diag = binder->diags->all->pdata[i];
		if (diag->at.source == at.source && g_str_has_prefix(diag->id, "YAML-") &&
			source_place(at.source, diag->at.start).line == line)
			return true;
	}
	return false;
}

bool bind_blamed_within(const struct binder *binder, struct span at)
{
	for (guint i = 0; i < binder->diags->all->len; i++) {
		const struct diag *diag = binder->diags->all->pdata[i];
		bool of_writing = diag->code == TEXT_CONTROL || g_str_has_prefix(diag->id, "YAML-");
		if (of_writing && diag->at.source == at.source && diag->at.start >= at.start &&
			diag->at.start < at.end)
			return true;
	}
	return false;
}

#define EXCERPT_CHARACTERS 60

const char *bind_excerpt(struct binder *binder, const char *text)
{
	if (strlen(text) <= EXCERPT_CHARACTERS ||
		text_count(text, strlen(text)) <= EXCERPT_CHARACTERS)
		return text;
	const char *end = g_utf8_offset_to_pointer(text, EXCERPT_CHARACTERS);
	return arena_print(binder->arena, "%.*s…", (int)(end - text), text);
}

/* The path of the first label under `root` that a key names; NULL if there is none. */
static const struct label *tree_search(
	struct arena *arena, const struct label *root, const char *key)
{
	const struct label *found = label_find(arena, root, key);
	for (size_t i = 0; i < root->count && !found; i++)
		found = tree_search(arena, root->children[i], key);
	return found;
}

static const char *const *table_search(
	struct arena *arena, const struct table *table, const char *key)
{
	for (size_t i = 0; i < table->band_count; i++) {
		const struct band *band = &table->bands[i];
		const struct label *row = tree_search(arena, &band->rows.root, key);
		const struct label *column =
			row ? NULL : tree_search(arena, &band->columns.root, key);
		if (row || column)
			return label_path(arena, table, row, column);
	}
	return NULL;
}

/* Where an edition has a label; NULL if nowhere. */
static const char *const *edition_search(
	struct arena *arena, const struct edition *edition, const char *key)
{
	const char *folded = text_fold(arena, key);
	const char *const *path = NULL;
	for (size_t i = 0; i < edition->section_count && !path; i++) {
		const struct section *section = &edition->sections[i];
		if (g_strv_contains(section->names, folded)) {
			const char **top = arena_array(arena, const char *, 2);
			top[0] = section->key;
			path = top;
		} else if (section->table) {
			path = table_search(arena, section->table, key);
		}
	}
	return path;
}

bool edition_has(struct arena *arena, const struct edition *edition, const char *key)
{
	return edition_search(arena, edition, key) != NULL;
}

static const struct edition *foreign_edition(struct binder *binder, const char *key)
{
	for (size_t i = 0; i < binder->editions->count; i++) {
		const struct edition *edition = editions_at(binder->editions, i);
		if (edition != binder->report->edition &&
			edition_search(binder->arena, edition, key))
			return edition;
	}
	return NULL;
}

/* At the right key in the wrong place, or a label of another form; false if neither. */
static bool say_elsewhere(struct binder *binder, const struct node *child)
{
	const struct edition *own = binder->report->edition;
	const char *const *path = edition_search(binder->arena, own, child->key);
	if (path && !binder->report->root->doubtful) {
		diag_add(binder->diags, FORM_UNKNOWN_PLACE, child->key_at,
			bind_excerpt(binder, child->key), arena_join(binder->arena, path, " · "),
			NULL);
	}
	if (path)
		return true;
	const struct edition *foreign = foreign_edition(binder, child->key);
	if (foreign)
		diag_add(binder->diags, FORM_UNKNOWN_EDITION, child->key_at,
			bind_excerpt(binder, child->key), foreign->notice, own->notice, NULL);
	return foreign != NULL;
}

static const char *nearest_of(const char *key, const char *const *words)
{
	size_t count = 0;
	while (words[count])
		count++;
	return text_nearest(key, words, count);
}

static const char *suggest(const char *key, const struct suggestions *suggestions)
{
	const char *meant = nearest_of(key, suggestions->lacking);
	if (!meant)
		meant = suggestions->only;
	return meant ? meant : nearest_of(key, suggestions->known);
}

void bind_unknown(
	struct binder *binder, const struct node *child, const struct suggestions *suggestions)
{
	bool doubtful = binder->report->root->doubtful;
	if (doubtful && binder->suggestions > 0 && line_is_blamed(binder, child->key_at))
		return;
	const char *meant = NULL;
	if (binder->suggestions > 0) {
		binder->suggestions--;
		if (say_elsewhere(binder, child))
			return;
		meant = suggest(child->key, suggestions);
	}
	if (meant)
		diag_add(binder->diags, FORM_UNKNOWN_NEAR, child->key_at,
			bind_excerpt(binder, child->key), meant, NULL);
	else
		diag_add(binder->diags, FORM_UNKNOWN, child->key_at,
			bind_excerpt(binder, child->key), NULL);
}

/* Of the labels in scope; but for those `claims` has, unless that is NULL. */
static const char *const *known_keys(
	struct binder *binder, const struct key_scope *scope, const struct claims *claims)
{
	GPtrArray *keys = g_ptr_array_new();
	for (size_t i = 0; i < scope->count; i++) {
		for (size_t j = 0; j < scope->groups[i]->count; j++) {
			const struct label *label = scope->groups[i]->children[j];
			if (!claims || !claims_find(claims, label))
				label_list_keys(label, keys);
		}
	}
	const char *const *known =
		arena_copy_many(binder->arena, keys->pdata, keys->len, sizeof *keys->pdata);
	g_ptr_array_unref(keys);
	return known;
}

static void say_twice(struct binder *binder, const struct key_scope *scope,
	const struct label *label, const struct node *first, const struct node *second)
{
	if (strcmp(first->key, second->key) == 0)
		return; /* YAML-DUPLICATE has said it */
	struct diag *diag = diag_add(binder->diags, FORM_TWICE, second->key_at, label->key,
		bind_excerpt(binder, first->key), bind_excerpt(binder, second->key), NULL);
	diag->path = label_path(binder->arena, scope->table, scope->of_columns ? scope->row : label,
		scope->of_columns ? label : NULL);
	diag_relate(diag, first->key_at, first->key, diag->path);
}

/* The label behind the last that was found, if the key is just its. */
static const struct label *find_expected(struct claims *claims, const char *key)
{
	const struct key_scope *scope = claims->scope;
	while (claims->group < scope->count &&
		claims->child == scope->groups[claims->group]->count) {
		claims->group++;
		claims->child = 0;
	}
	if (claims->group == scope->count)
		return NULL;
	const struct label *label = scope->groups[claims->group]->children[claims->child];
	if (label->printed_only || !*key || strcmp(label->key, key) != 0)
		return NULL;
	claims->child++;
	return label;
}

static void expect_after(struct claims *claims, size_t group, const struct label *label)
{
	const struct label *parent = claims->scope->groups[group];
	for (size_t i = 0; i < parent->count; i++) {
		if (parent->children[i] != label)
			continue;
		claims->group = group;
		claims->child = i + 1;
	}
}

static const struct label *find_claimed(
	struct binder *binder, struct claims *claims, const char *key)
{
	const struct label *label = find_expected(claims, key);
	for (size_t i = 0; i < claims->scope->count && !label; i++) {
		label = label_find(binder->arena, claims->scope->groups[i], key);
		if (label)
			expect_after(claims, i, label);
	}
	return label;
}

/* False for a key that no label has. */
static bool claim(struct binder *binder, struct claims *claims, const struct node *child)
{
	const struct label *label = find_claimed(binder, claims, child->key);
	if (!label)
		return false;
	const struct node *first = claims_find(claims, label);
	if (first)
		say_twice(binder, claims->scope, label, first, child);
	else
		claims->at[claims->count++] = (struct claim){label, child};
	return true;
}

/* The label that lacks, if it is but one. */
static const char *only_lacking(const struct claims *claims)
{
	const struct key_scope *scope = claims->scope;
	const char *only = NULL;
	for (size_t i = 0; i < scope->count; i++) {
		for (size_t j = 0; j < scope->groups[i]->count; j++) {
			const struct label *label = scope->groups[i]->children[j];
			if (claims_find(claims, label))
				continue;
			if (only || label->printed_only)
				return NULL;
			only = label->key;
		}
	}
	return only;
}

static void say_unknown(struct binder *binder, const struct claims *claims,
	const struct node *const *unknown, size_t count)
{
	struct suggestions suggestions = {
		.lacking = known_keys(binder, claims->scope, claims),
		.known = known_keys(binder, claims->scope, NULL),
		.only = count == 1 ? only_lacking(claims) : NULL,
	};
	for (size_t i = 0; i < count; i++)
		bind_unknown(binder, unknown[i], &suggestions);
}

struct claims claims_of(
	struct binder *binder, const struct key_scope *scope, const struct node *map)
{
	struct claims claims = {
		.scope = scope, .at = arena_array(binder->arena, struct claim, map->count)};
	const struct node **unknown = NULL;
	size_t count = 0;
	for (size_t i = 0; i < map->count; i++) {
		const struct node *child = map->children[i];
		if (scope->of_section && is_beside(child->key))
			continue;
		if (claim(binder, &claims, child))
			continue;
		if (!unknown)
			unknown = arena_array(binder->arena, const struct node *, map->count);
		unknown[count++] = child;
	}
	if (count)
		say_unknown(binder, &claims, unknown, count);
	return claims;
}

const struct node *claims_find(const struct claims *claims, const struct label *label)
{
	for (size_t i = 0; i < claims->count; i++)
		if (claims->at[i].label == label)
			return claims->at[i].node;
	return NULL;
}
