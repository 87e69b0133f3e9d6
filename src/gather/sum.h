/*
 * 汇总: the tables of many reports of one form and year added up into one, or a published
 * total proved against its parts (N30, part 二: a total is the unit's own figures and those
 * of the units that report to it; vertical lines are left out). Refuses to know where files
 * come from and how findings are printed.
 */
#ifndef NIANBAO_GATHER_SUM_H
#define NIANBAO_GATHER_SUM_H

#include "report/report.h"

struct sum;

struct sum *sum_new(struct arena *arena);
/* Adds a judged report; keeps its figures, not the report. SUM-TWICE, SUM-VERTICAL and
 * FORM-EDITION (another form or year than the first part's) go to `diags`. */
void sum_add(struct sum *sum, const struct report *part, struct diags *diags);
size_t sum_count(const struct sum *sum); /* of the parts that were added */

/* The total as YAML to be completed, its sources named in comments. false if no part was
 * added. `agency` may be NULL: it is left to be filled in. */
bool sum_write(const struct sum *sum, const char *agency, enum language language, GString *out);
/* SUM-CELL for every cell of `total` that isn't the sum of the parts'. */
void sum_check(const struct sum *sum, const struct report *total, struct diags *diags);

#endif
