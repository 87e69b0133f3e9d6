/* The grammar of templates: keys, scalars, lists, and what is said of wrong ones. */
#include "edition/template_internal.h"

#include "base/text.h"

#include <string.h>

void template_refuse(struct template_reader *reader, struct diag *diag)
{
	diag_blame_environment(reader->diags, diag);
	reader->sound = false;
}

static size_t words_count(const char *const *words)
{
	size_t count = 0;
	while (words[count])
		count++;
	return count;
}

/* Where something is missing: the key of the map that lacks it, else the map's first byte. */
static struct span template_place(const struct node *map)
{
	if (map->key)
		return map->key_at;
	return (struct span){map->at.source, map->at.start, map->at.start};
}

bool template_keys(struct template_reader *reader, const struct node *map, const char *const *known)
{
	if (map->kind != NODE_MAP) {
		template_refuse(
			reader, diag_add(reader->diags, TEMPLATE_NOT_MAP, map->at, known[0], NULL));
		return false;
	}
	for (size_t i = 0; i < map->count; i++) {
		const struct node *child = map->children[i];
		if (g_strv_contains(known, child->key))
			continue;
		const char *meant = text_nearest(child->key, known, words_count(known));
		template_refuse(reader,
			meant ? diag_add(reader->diags, TEMPLATE_KEY_NEAR, child->key_at,
					child->key, meant, NULL)
			      : diag_add(reader->diags, TEMPLATE_KEY, child->key_at, child->key,
					arena_join(reader->arena, known, " "), NULL));
	}
	return true;
}

const char *template_text(
	struct template_reader *reader, const struct node *map, const char *key, bool needed)
{
	const struct node *node = node_find(map, key);
	if (!node) {
		if (needed)
			template_refuse(reader,
				diag_add(reader->diags, TEMPLATE_MISSING, template_place(map), key,
					NULL));
		return NULL;
	}
	if (node->kind == NODE_SCALAR && !node_is_null(node))
		return node->text;
	template_refuse(
		reader, diag_add(reader->diags, TEMPLATE_NOT_TEXT, node->key_at, key, NULL));
	return NULL;
}

const struct node *template_list(
	struct template_reader *reader, const struct node *map, const char *key)
{
	const struct node *node = node_find(map, key);
	if (!node || node->kind == NODE_LIST)
		return node;
	template_refuse(
		reader, diag_add(reader->diags, TEMPLATE_NOT_LIST, node->key_at, key, NULL));
	return NULL;
}

bool template_flag(
	struct template_reader *reader, const struct node *map, const char *key, bool otherwise)
{
	static const char *const words[] = {"false", "true", NULL};
	return template_choice(reader, map, key, words, otherwise) == 1;
}

const char *const *template_words(
	struct template_reader *reader, const struct node *map, const char *key)
{
	const struct node *list = template_list(reader, map, key);
	size_t count = list ? list->count : 0;
	const char **words = arena_array(reader->arena, const char *, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct node *item = list->children[i];
		if (item->kind == NODE_SCALAR)
			words[i] = item->text;
		else
			template_refuse(reader,
				diag_add(reader->diags, TEMPLATE_NOT_TEXT, item->at, key, NULL));
		words[i] = words[i] ? words[i] : "";
	}
	return words;
}

size_t template_choice(struct template_reader *reader, const struct node *map, const char *key,
	const char *const *words, size_t otherwise)
{
	const char *text = template_text(reader, map, key, false);
	if (!text)
		return otherwise;
	size_t count = words_count(words);
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	template_refuse(reader,
		diag_add(reader->diags, TEMPLATE_VALUE, node_find(map, key)->at, key, text,
			arena_join(reader->arena, words, " "), NULL));
	return count;
}

const struct measure *template_measure(
	struct template_reader *reader, const struct node *map, const struct measure *otherwise)
{
	size_t none = reader->measure_count;
	size_t at = template_choice(reader, map, "measure", reader->measure_names, none);
	return at < none ? &reader->measures[at] : otherwise;
}
