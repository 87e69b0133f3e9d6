/*
 * What is known of a rule beside its findings: its title and how to mend what it finds. The
 * ids that aren't about the form are here (rules.def); those of a form come from its edition.
 */
#ifndef NIANBAO_DIAG_RULES_H
#define NIANBAO_DIAG_RULES_H

#include "diag/diag.h"

/* A rule as `explain`, SARIF and waivers know it, in the run's language. */
struct rule_about {
	const char *id;
	enum severity severity;
	const char *title; /* what holds, or what is wrong, in a sentence */
	const char *help; /* how to mend it, or where it comes from; or NULL */
};

struct rule_list {
	const struct rule_about *at;
	size_t count;
};

/* The ids of rules.def, in its order. */
struct rule_list rules_fixed(struct arena *arena, enum language language);
const struct rule_about *rules_find(const struct rule_list *rules, const char *id);

/* Whether diags_waive would find any: only then the rules need be listed. */
bool source_has_waivers(const struct source *source);
/* Lines "# nianbao: allow ID reason" before the first key (RULES §7): each lets the findings of
 * that id pass that may, and WAIVER-* findings say which of the lines did nothing. Call it
 * when all findings are there; they are sorted afterwards. */
void diags_waive(struct diags *diags, const struct source *source, const struct rule_list *rules);

#endif
