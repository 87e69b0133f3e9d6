/*
 * Every rule there is, by its id: those of the editions and those of rules.def, each with
 * its page of docs/rules.md, which the build puts into the program. Refuses to know how a
 * rule is checked.
 */
#ifndef NIANBAO_CLI_CATALOGUE_H
#define NIANBAO_CLI_CATALOGUE_H

#include "diag/rules.h"
#include "edition/edition.h"

struct catalogue_entry {
	struct rule_about about;
	const char *editions; /* the ids of those that have it; "" for a rule of rules.def */
	const char *page; /* Markdown, without its heading; "" if there is none */
};

struct catalogue {
	struct catalogue_entry *at; /* rules of the newest edition first, rules.def's last */
	size_t count;
};

struct catalogue *catalogue_new(
	struct arena *arena, const struct editions *editions, enum language language);
/* By id, whatever the case of its letters; NULL if there is none. */
const struct catalogue_entry *catalogue_find(const struct catalogue *catalogue, const char *id);
/* 错误, 警告 or 提示 */
const char *catalogue_severity(enum severity severity, enum language language);

#endif
