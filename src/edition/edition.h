/*
 * The official form as data: sections, tables as trees of labels, units, rules. Knows what
 * a template says; refuses to know any agency's values, and no label or table of a form is
 * named in C.
 */
#ifndef NIANBAO_EDITION_EDITION_H
#define NIANBAO_EDITION_EDITION_H

#include "base/lexicon.h"
#include "edition/rule.h"

struct edition {
	struct arena *arena; /* where it lives, and the settings of its rules */
	const char *id; /* as the template is named: year and number of its notice */
	const char *notice; /* 国办公开办函〔2021〕30号 */
	const char *title; /* pattern: {机关}{年度}年政府信息公开工作年度报告 */
	/* Its parts that a line mustn't break, in order, as patterns: {机关}, {年度}年 …;
	 * NULL-ended, or NULL. */
	const char *const *title_words;
	int first_year, last_year; /* of the years reported on; last_year 0: open */
	const char *const *levels; /* what 层级 may say, NULL-ended */
	const char *const *levels_apart; /* those of them that no total of a region counts */
	struct lexicon *lexicon; /* of what the patterns of its rules need */
	struct section *sections;
	size_t section_count;
	struct rule **rules; /* all, those of tables too, in file order */
	size_t rule_count;
	const struct node *node; /* the whole template */
	const struct source *source;
};

/* What is known of an edition before it is loaded. */
struct edition_entry {
	const char *id;
	int first_year, last_year;
	const struct builtin *builtin; /* NULL: of a folder */
	struct edition *loaded; /* NULL: not yet; see editions_at */
};

/* In the order of their first years. */
struct editions {
	struct arena *arena;
	struct edition_entry *entries;
	size_t count;
};

/* The templates built in, or those of `directory` where it isn't NULL. What is wrong with
 * one is a TEMPLATE-* finding blamed on the environment, and the result NULL. Those of a folder
 * are loaded here, so that a wrong one is found; those built in when they are asked for: a report
 * needs one of them, and loading it takes as long as judging the report. */
struct editions *editions_load(struct arena *arena, const char *directory, struct diags *diags);
/* One template that has been parsed; NULL, and findings, if anything is wrong with it. */
struct edition *edition_load(struct arena *arena, const struct source *source,
	const struct node *root, struct diags *diags);
const struct edition *editions_at(const struct editions *editions, size_t at);
const struct edition *editions_find(const struct editions *editions, const char *id);
const struct edition *editions_for_year(const struct editions *editions, int year);
/* Their ids, for a message. */
const char *editions_ids(
	struct arena *arena, const struct editions *editions, const char *separator);

bool edition_covers(const struct edition *edition, int year);
const struct section *edition_section(const struct edition *edition, const char *key);

void edition_dump(const struct edition *edition, GString *out);

/* A file built in, by its name under templates/: gbt9704.yaml. Without `start` if absent. */
struct bytes template_builtin(const char *name);
bool edition_is_builtin(const struct edition *edition);
/* Another file from where the edition's came, as nodes: built in, or of the same folder. NULL,
 * with an IO-READ finding blamed on the environment, if it can't be read. A folder without it
 * has the one built in, so that a template may be copied and changed alone. */
const struct node *edition_nodes_beside(
	const struct edition *edition, const char *name, struct diags *diags);

#endif
