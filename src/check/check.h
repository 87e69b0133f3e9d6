/*
 * What must hold of a report: every rule of its edition, each as a small function in a
 * table. Knows rules and figures; refuses to know printing and layout.
 */
#ifndef NIANBAO_CHECK_CHECK_H
#define NIANBAO_CHECK_CHECK_H

#include "report/report.h"

struct check_options {
	const struct report *previous; /* last year's, or NULL */
	GDate today; /* for FORM-YEAR; SOURCE_DATE_EPOCH if set */
};

/* Adds every finding; the report's own (reading, binding) are there already. */
void check_report(
	const struct report *report, const struct check_options *options, struct diags *diags);

/* Reads the settings of all rules, as check_report does when a rule is first needed; false,
 * with TEMPLATE-RULE and TEMPLATE-PATTERN findings, if one makes no sense. */
bool check_editions(const struct editions *editions, struct diags *diags);

#endif
