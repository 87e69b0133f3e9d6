/*
 * What the files of this folder share: one report under examination, its tables with what
 * is known of them, the settings of rules, names for people. Knows kinds of rule; refuses
 * to know a table or a label of any form.
 */
#ifndef NIANBAO_CHECK_CHECK_INTERNAL_H
#define NIANBAO_CHECK_CHECK_INTERNAL_H

#include "base/decimal.h"
#include "base/text.h"
#include "check/check.h"
#include "edition/pattern.h"

#define NOT_FOUND SIZE_MAX

/* A table of the report. */
struct sheet {
	const struct table *table;
	const struct figure *figures; /* NULL where the report lacks the table */
	bool *unstated; /* by cell: a blank total that a finding names; equations over it rest */
	bool balanced, has_suspect; /* balanced: every decided equation holds */
	size_t suspect; /* the one cell whose change makes every decided equation hold */
	int64_t suspect_value;
};

struct audit {
	const struct report *report;
	const struct check_options *options;
	struct arena *arena;
	struct diags *diags;
	struct sheet *sheets; /* one a section of the edition */
};

/* With blank totals marked, equations weighed and, where one fails, the suspect found. */
struct sheet sheet_open(
	struct arena *arena, const struct table *table, const struct figure *figures);
/* The sheet of the rule's table; NULL where the report lacks it. */
const struct sheet *audit_sheet(const struct audit *audit, const struct rule *rule);

/* What a kind of rule does with one rule, whose settings have been loaded. */
typedef void check_run(const struct audit *audit, const struct rule *rule);
check_run check_equations, check_whole, check_amounts, check_decimals, check_units, check_blanks,
	check_blank_totals, check_mixed, check_once, check_share, check_absent, check_items,
	check_empty, check_length, check_mention, check_topics, check_numbers, check_notice,
	check_years, check_date, check_residue, check_punctuation, check_prose, check_carry,
	check_running, check_copy, check_order;
void check_clock(const struct audit *audit); /* 年度 against the current year */

/* A rule's own settings, read once; they live as long as the edition. What is missing or
 * wrong is refused as a fault of the template, and a harmless value returned. */
struct settings {
	const struct edition *edition;
	struct diags *diags;
	const struct rule *rule;
	bool sound;
};
typedef void *settings_load(struct settings *settings);
settings_load settings_amount, settings_once, settings_share, settings_absent, settings_items,
	settings_empty, settings_length, settings_mention, settings_topics, settings_notice,
	settings_years, settings_date, settings_residue, settings_carry, settings_running,
	settings_copy, settings_prose;
void settings_refuse(struct settings *settings, const char *key);
const struct node *settings_map(struct settings *settings, const char *key);
const char *settings_text(struct settings *settings, const char *key);
const char *const *settings_words(struct settings *settings, const char *key); /* NULL-ended */
int64_t settings_number(struct settings *settings, const char *key); /* millionths */
const struct section *settings_section(struct settings *settings, const char *key);
const struct section *settings_section_named(
	struct settings *settings, const struct node *node, const char *name);
enum severity settings_severity(struct settings *settings, const struct node *node);
bool settings_day(struct settings *settings, const struct node *node, int *month, int *day);
/* Those of a template that is built in are compiled when they are first needed. */
struct pattern *settings_pattern(struct settings *settings, const char *key);
struct pattern *settings_pattern_of(struct settings *settings, const struct node *node);
struct pattern **settings_patterns(struct settings *settings, const char *key); /* NULL-ended */

/* A leaf row's cells: [from, to) of the table. */
struct row {
	const struct band *band;
	size_t from, to;
};
/* By a path of labels, keys or short keys: 办理结果/总计. */
bool row_find(struct arena *arena, const struct table *table, const char *path, struct row *row);
size_t column_find(struct arena *arena, const struct band *band, const char *path);
struct row settings_row(struct settings *settings, const char *key);
size_t settings_cell(struct settings *settings, const char *row_key, const char *column);

/* An equation's two sides weighed. */
enum outcome { OUTCOME_HOLDS, OUTCOME_FAILS, OUTCOME_UNDECIDED, OUTCOME_TOO_LARGE };
struct balance {
	enum outcome outcome;
	int64_t left, right, rest; /* rest: left - right */
};
struct balance equation_weigh(const struct sheet *sheet, const struct equation *equation);
/* Whether its failing may name a suspect cell: an equality that its rule doesn't exempt. */
bool equation_names_cell(const struct equation *equation);
/* Holds where the terms have a sum. */
enum outcome terms_weigh(
	const struct sheet *sheet, const struct term *terms, size_t count, int64_t *sum);
void sheet_mark_unstated(struct sheet *sheet);
void sheet_weigh(struct sheet *sheet, struct arena *arena);

/* Names for people: the shortest that tells a row, a column, a cell from its neighbours. */
const char *row_name(const struct audit *audit, const struct cell *cell);
const char *column_name(const struct audit *audit, const struct cell *cell);
const char *cell_name(const struct audit *audit, struct cell cell);
/* Adds a cell and its figure to the related places of a finding. */
void relate_cell(
	const struct audit *audit, const struct sheet *sheet, struct diag *diag, size_t index);
/* A finding about one cell: {1} its name, {2} its figure as written, {3} `reading` if any. */
struct diag *say_cell(const struct audit *audit, const struct rule *rule, size_t index,
	enum diag_code code, const char *reading);
struct span section_place(const struct audit *audit, const struct section *section);
void texts_search(const struct audit *audit), texts_say_unread(const struct audit *audit);
bool passage_is_paragraph(const struct passage *passage);
struct prey passage_prey(const struct passage *passage), line_prey(const char *utf8);

#endif
