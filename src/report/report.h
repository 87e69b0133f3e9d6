/*
 * One agency's report on one year: what the file says, bound to its edition. Knows figures,
 * texts and where each was written; refuses to know how anything looks.
 */
#ifndef NIANBAO_REPORT_REPORT_H
#define NIANBAO_REPORT_REPORT_H

#include "report/text.h"

struct section_content {
	const struct section *section;
	struct text text; /* of a section of text */
	struct text before, after; /* 表前, 表后 */
	struct figure *figures; /* of a section of tables: cell_count of them; or NULL */
	bool missing;
	struct span at;
};

struct string_value {
	const char *utf8; /* NULL: not given */
	struct span at;
};

struct report {
	const struct edition *edition;
	const struct source *source;
	const struct node *root;
	struct string_value agency; /* 机关 */
	struct string_value level; /* 层级 */
	struct string_value signature; /* 署名 */
	struct string_value date; /* 日期, as 2022-01-28 */
	GDate day; /* of 日期; invalid (g_date_valid) where not given */
	int year;
	struct span year_at;
	struct string_value *title_lines; /* the author's 标题 */
	size_t title_count; /* 0: the edition's title */
	const char *title; /* in one line, whoever wrote it */
	struct text preface; /* 前言 */
	struct section_content *sections; /* one a section of the edition, in its order */
};

/* Reads a report. NULL if nothing can be judged (no parse, no edition); findings in `diags`.
 * Fills what it can: a report with errors is still dumped and drafted. */
struct report *report_load(struct arena *arena, const char *path, const struct editions *editions,
	struct diags *diags);
struct report *report_bind(struct arena *arena, const struct source *source,
	const struct node *root, const struct editions *editions, struct diags *diags);

const struct section_content *report_section(
	const struct report *report, const struct section *section);
/* Every text, in the order of the form: 前言, then of each section the one before its table, its
 * own and the one after. NULL behind the last. */
const struct text *report_text(const struct report *report, size_t at);
const struct figure *report_figure(
	const struct report *report, const struct table *table, size_t cell);
void report_dump(const struct report *report, GString *out);

#endif
