/*
 * Every rule there is, by its id: those of the editions and those of codes.def, each with
 * what docs/rules.md says of it, which the build puts into the program. Refuses to know how
 * a rule is checked.
 */
#ifndef NIANBAO_CLI_CATALOGUE_H
#define NIANBAO_CLI_CATALOGUE_H

#include "diag/print.h"
#include "edition/edition.h"

struct catalogue {
	const struct rule_about *rules; /* in the order of the editions, then of codes.def */
	const char **sources; /* 依据 of each; or NULL */
	const char **editions; /* the ids of the editions that have it; "" for codes.def's */
	size_t count;
};

struct catalogue *catalogue_new(
	struct arena *arena, const struct editions *editions, enum language language);
/* By id, whatever the case of its letters; `count` if there is none. */
size_t catalogue_find(const struct catalogue *catalogue, const char *id);
/* 错误, 警告 or 提示 */
const char *catalogue_severity(enum severity severity, enum language language);

#endif
