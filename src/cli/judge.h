/*
 * From a file's name to a judged report: what the commands that read reports have in common.
 * Knows the order of the stages; refuses to know what any of them does.
 */
#ifndef NIANBAO_CLI_JUDGE_H
#define NIANBAO_CLI_JUDGE_H

#include "cli/options.h"

#include "check/check.h"
#include "diag/rules.h"

struct verdict;

/* SOURCE_DATE_EPOCH if it is set (reproducible-builds.org), else the clock. */
GDate judge_today(void);

/* The templates that --templates names, or those built in; NULL, with what is wrong said on
 * standard error, if they can't be used. */
const struct editions *judge_editions(const struct options *options);

/* A file read as far as it can be; what is NULL couldn't. */
struct judged {
	const struct node *root;
	const struct report *report;
};

/* Every rule there is, of rules.def and of the editions, each id once. */
struct rule_list judge_rules(
	struct arena *arena, enum language language, const struct editions *editions);
/* Reads, binds, checks and waives; the findings are sorted. */
struct judged judge_file(const struct editions *editions, const struct check_options *how,
	const char *path, struct diags *diags);
/* Prints the stage that --dump names. */
void judge_dump(const char *stage, const struct judged *judged, GString *out);
/* Errors and warnings of a command whose output is something else: on standard error. */
void judge_print(const struct options *options, const struct verdict *verdict);

#endif
