/*
 * Two reports side by side, cell by cell: what changed, by how much, and what jumped. Across
 * two forms, the cells that have the same name in both. Refuses to judge right and wrong.
 */
#ifndef NIANBAO_GATHER_COMPARE_H
#define NIANBAO_GATHER_COMPARE_H

#include "report/report.h"

struct difference {
	struct cell cell; /* of the later report's form */
	const struct figure *last; /* NULL: that form has no such cell */
	const struct figure *now;
	bool known; /* both are given or blank: the change is a number (blank counts as 0) */
	int64_t change; /* millionths */
	bool has_percent; /* last is not 0 */
	int64_t percent_tenths; /* of last, rounded half away from 0 */
	bool jump; /* at least half of last and at least JUMP_LEAST: look twice */
};

#define JUMP_LEAST 20 /* whole units; below it, shares of small counts mean little */

struct comparison {
	const struct report *last, *now;
	struct difference *at; /* in the later form's order */
	size_t count;
};

struct comparison *comparison_new(
	struct arena *arena, const struct report *last, const struct report *now);

void comparison_print_text(
	const struct comparison *comparison, enum language language, GString *out);
/* RFC 4180, UTF-8 with a BOM for spreadsheets; no cell can become a formula. */
void comparison_print_csv(
	const struct comparison *comparison, enum language language, GString *out);
void comparison_print_html(
	const struct comparison *comparison, enum language language, GString *out);

#endif
