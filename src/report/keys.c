/* Keys of a report against labels of the form: found, unknown, given twice. */
#include "report/bind_internal.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

bool key_is_beside(const char *key)
{
	return strcmp(key, "表前") == 0 || strcmp(key, "表后") == 0;
}

struct span bind_lack_span(const struct node *map)
{
	if (map->key)
		return map->key_at;
	return (struct span){map->at.source, map->at.start, map->at.start};
}

static bool tree_knows(struct arena *arena, const struct label *root, const char *key)
{
	if (label_find(arena, root, key))
		return true;
	for (size_t i = 0; i < root->count; i++)
		if (tree_knows(arena, root->children[i], key))
			return true;
	return false;
}

static bool edition_knows(struct arena *arena, const struct edition *edition, const char *key)
{
	const char *folded = text_fold(arena, key);
	for (size_t i = 0; i < edition->section_count; i++) {
		const struct table *table = edition->sections[i].table;
		if (label_is_named(edition->sections[i].names, folded))
			return true;
		for (size_t j = 0; table && j < table->band_count; j++)
			if (tree_knows(arena, &table->bands[j].rows.root, key) ||
				tree_knows(arena, &table->bands[j].columns.root, key))
				return true;
	}
	return false;
}

static const struct edition *foreign_edition(struct binder *binder, const char *key)
{
	for (size_t i = 0; i < binder->editions->count; i++) {
		const struct edition *edition = binder->editions->at[i];
		if (edition != binder->report->edition &&
			edition_knows(binder->arena, edition, key))
			return edition;
	}
	return NULL;
}

void bind_unknown(struct binder *binder, const struct node *child, const char *const *known)
{
	size_t count = 0;
	while (known[count])
		count++;
	const struct edition *foreign = NULL;
	const char *meant = NULL;
	if (binder->suggestions > 0) {
		binder->suggestions--;
		meant = text_nearest(child->key, known, count);
		foreign = foreign_edition(binder, child->key);
	}
	if (foreign)
		diag_add(binder->diags, FORM_UNKNOWN_EDITION, child->key_at, child->key,
			foreign->notice, binder->report->edition->notice, NULL);
	else if (meant)
		diag_add(binder->diags, FORM_UNKNOWN_NEAR, child->key_at, child->key, meant, NULL);
	else
		diag_add(binder->diags, FORM_UNKNOWN, child->key_at, child->key, NULL);
}

static const char *const *known_keys(struct binder *binder, const struct claims *claims)
{
	GPtrArray *keys = g_ptr_array_new();
	for (size_t i = 0; i < claims->count; i++)
		for (size_t j = 0; j < claims->groups[i]->count; j++)
			label_list_keys(claims->groups[i]->children[j], keys);
	const char **known = arena_array(binder->arena, const char *, keys->len + 1);
	memcpy(known, keys->pdata, keys->len * sizeof *known);
	g_ptr_array_unref(keys);
	return known;
}

static void say_twice(struct binder *binder, const struct label *label, const struct node *first,
	const struct node *second)
{
	if (strcmp(first->key, second->key) == 0)
		return; /* YAML-DUPLICATE has said it */
	struct diag *diag = diag_add(binder->diags, FORM_TWICE, second->key_at, label->key,
		first->key, second->key, NULL);
	diag_relate(diag, first->key_at, first->key, NULL);
}

static void claim(struct binder *binder, struct claims *claims, const struct node *child)
{
	struct label *label = NULL;
	for (size_t i = 0; i < claims->count && !label; i++)
		label = label_find(binder->arena, claims->groups[i], child->key);
	if (!label) {
		bind_unknown(binder, child, known_keys(binder, claims));
		return;
	}
	const struct node *first = g_hash_table_lookup(claims->by_label, label);
	if (first)
		say_twice(binder, label, first, child);
	else
		g_hash_table_insert(claims->by_label, label, (gpointer)(uintptr_t)child);
}

struct claims claims_of(struct binder *binder, const struct label **groups, size_t count,
	const struct node *map, bool of_section)
{
	struct claims claims = {g_hash_table_new(NULL, NULL), groups, count};
	for (size_t i = 0; i < map->count; i++)
		if (!of_section || !key_is_beside(map->children[i]->key))
			claim(binder, &claims, map->children[i]);
	return claims;
}

const struct node *claims_find(const struct claims *claims, const struct label *label)
{
	return g_hash_table_lookup(claims->by_label, label);
}

void claims_end(struct claims *claims)
{
	g_hash_table_unref(claims->by_label);
}
