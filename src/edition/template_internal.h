/*
 * Reading a template: what the files of this folder share. Knows how a wrong template is
 * reported (file, line, what is known instead); refuses to know what an edition is for.
 */
#ifndef NIANBAO_EDITION_TEMPLATE_INTERNAL_H
#define NIANBAO_EDITION_TEMPLATE_INTERNAL_H

#include "edition/edition.h"

struct template_reader {
	struct arena *arena;
	struct diags *diags;
	struct edition *edition;
	struct measure *measures; /* those that the template names, the first is the default */
	const char **measure_names;
	size_t measure_count;
	GPtrArray *rules; /* struct rule *, in file order */
	bool sound; /* nothing has been refused yet */
};

/* Takes a finding about the template: it is the environment's, and the edition unusable. */
void template_refuse(struct template_reader *reader, struct diag *diag);
/* Refuses keys of a map that aren't among `known` (NULL-ended); false if it is no map. */
bool template_keys(
	struct template_reader *reader, const struct node *map, const char *const *known);
/* The scalar under `key`; NULL if absent (refused where `needed`) or no scalar (refused). */
const char *template_text(
	struct template_reader *reader, const struct node *map, const char *key, bool needed);
/* The list under `key`, refused if it is no list; NULL if absent. */
const struct node *template_list(
	struct template_reader *reader, const struct node *map, const char *key);
/* yes or no under `key`: true, false; `otherwise` if absent. */
bool template_flag(
	struct template_reader *reader, const struct node *map, const char *key, bool otherwise);
/* The scalars of the list under `key`, NULL-ended; empty if absent. */
const char *const *template_words(
	struct template_reader *reader, const struct node *map, const char *key);
/* Which of `words` the scalar under `key` is; `count` (refused) if none, `otherwise` if absent. */
size_t template_choice(struct template_reader *reader, const struct node *map, const char *key,
	const char *const *words, size_t otherwise);
/* The measure that `map` names, or `otherwise`. */
const struct measure *template_measure(
	struct template_reader *reader, const struct node *map, const struct measure *otherwise);

/* A tree from a list of labels; its spans are computed, its names checked to be distinct. */
void label_tree_load(struct template_reader *template, const struct node *list,
	const struct measure *measure, struct label_tree *tree);
/* Every spelling of a name, folded: as printed, as key, short, others. */
const char *const *label_names(struct arena *arena, const char *text, const char *key,
	const char *short_key, const char *const *others);
/* True if two name lists share a spelling. */
bool label_names_clash(const char *const *one, const char *const *other);

struct table *table_load(
	struct template_reader *reader, const struct section *section, const struct node *node);

/* The rules of a list: of a table, of a section, or of the edition. */
void rules_load(struct template_reader *reader, const struct node *list,
	const struct section *section, const struct table *table);

/* Expands `holds` over the rule's table into concrete cells. */
void equation_load(struct template_reader *reader, struct rule *rule);

#endif
