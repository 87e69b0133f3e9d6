/*
 * The official form as data: sections, tables as trees of labels, units, rules. Knows what
 * a template says (templates/2021-30.yaml); refuses to know any agency's values, and no
 * label or table of a form is named in C.
 */
#ifndef NIANBAO_EDITION_EDITION_H
#define NIANBAO_EDITION_EDITION_H

#include "yaml/node.h"

/* What the figures of a column (or, where a row says so, of a row) are. */
struct measure {
	bool whole; /* a count: no decimals */
	bool negative; /* may be below 0 (本年增/减) */
	const char *unit; /* 件, 万元 */
	const char *const
		*counters; /* other words for the unit that a clerk may add: 项; NULL-ended */
	int64_t unit_yuan; /* how many 元 one unit is, in millionths; 0 where it isn't money */
};

/* A node of a row or column tree. A leaf has figures; a group only spans. */
struct label {
	const char *text; /* as printed: （三）不予公开 */
	const char *key; /* without numbering and trailing parenthesis: 不予公开 */
	const char *short_key; /* the edition's; or NULL */
	const char *const *names; /* every accepted spelling, folded (text_fold), NULL-ended */
	struct label *parent; /* NULL at the top */
	struct label **children;
	size_t count;
	size_t depth; /* 0 at the top */
	size_t first_leaf, leaf_count; /* computed; a leaf has itself */
	bool total; /* a 总计 */
	bool printed_only; /* columns of a table with row labels: groups are no keys */
	bool zero; /* a group on which the scalar 0 may stand for all its rows */
	const struct measure *measure; /* of a leaf column; of a row only where it has its own */
	const char *hint; /* what the notice says of it, for `new` and `schema`; or NULL */
	struct span at;
};

/* A tree of labels, its leaves in print order. The root is nameless. */
struct label_tree {
	struct label root;
	struct label **leaves;
	size_t leaf_count;
	size_t depth; /* levels that are printed */
};

/* A part of a table with columns of its own: table 2 has one a 项, the others one in all. */
struct band {
	const char *heading; /* 第二十条第（一）项, printed over the whole width; or NULL */
	const char *corner; /* the cell over the row labels: 信息内容; or NULL */
	struct label_tree columns;
	struct label_tree rows; /* no leaves: one unlabelled row, addressed by its columns */
	size_t row_count; /* at least 1 */
	size_t first_row, first_cell; /* in the table */
};

struct table {
	const struct section *section;
	const char *name; /* short, for people: 表三; or NULL */
	struct band *bands;
	size_t band_count;
	size_t row_count, cell_count;
	size_t grid_columns; /* of the printed grid, row labels included */
	struct rule **rules; /* of this table */
	size_t rule_count;
};

/* One figure's place in a table: cells are numbered row by row over all bands. */
struct cell {
	const struct table *table;
	const struct band *band;
	const struct label *row; /* NULL where the band has no row labels */
	const struct label *column;
	size_t index;
};

enum section_kind { SECTION_TEXT, SECTION_TABLE };

struct section {
	const char *heading; /* 三、收到和处理政府信息公开申请情况 */
	const char *key; /* 收到和处理政府信息公开申请情况 */
	const char *const *names; /* as of a label */
	enum section_kind kind;
	struct table *table; /* or NULL */
	const char *hint;
	struct span at;
};

/* A term of an equation: coefficient (millionths) times a cell. */
struct term {
	int64_t coefficient;
	size_t cell;
};

enum sense { SENSE_EQUAL, SENSE_AT_LEAST, SENSE_AT_MOST };

/* One instance of an equation over concrete cells: left - right has `sense` to 0. */
struct equation {
	const struct rule *rule;
	const char *subject; /* the column, row or group it is about: 自然人; or NULL */
	enum sense sense;
	struct term *left, *right;
	size_t left_count, right_count;
	bool left_is_sum, right_is_sum; /* written sum(leaves): said as 各项之和 */
	size_t pointed; /* the cell that a finding points at: the total */
};

/* Kinds of rule are C's, rules are the template's (RULES: "C knows kinds of rule"). */
enum rule_kind {
	RULE_EQUATION,
	RULE_WHOLE,
	RULE_AMOUNT,
	RULE_DECIMALS,
	RULE_UNIT,
	RULE_BLANK,
	RULE_BLANK_TOTAL,
	RULE_MIXED,
	RULE_ONCE,
	RULE_SHARE,
	RULE_LAYERS,
	RULE_ABSENT,
	RULE_ITEMS,
	RULE_EMPTY,
	RULE_LENGTH,
	RULE_MENTION,
	RULE_TOPICS,
	RULE_NUMBERS,
	RULE_NOTICE,
	RULE_YEAR,
	RULE_DATE,
	RULE_RESIDUE,
	RULE_PUNCTUATION,
	RULE_PROSE,
	RULE_CARRY,
	RULE_RUNNING,
	RULE_COPY,
	RULE_ORDER
};

struct rule {
	struct rule_name name; /* id, severity, source, rank in the file */
	enum rule_kind kind;
	const char *title[2]; /* by language: what holds */
	const struct table *table; /* or NULL */
	const struct section *section; /* or NULL */
	const struct node *node; /* the kind's own settings, read by the kind's loader */
	void *settings; /* the kind's own struct, by its loader; or NULL */
	struct equation *equations; /* RULE_EQUATION: its instances */
	size_t equation_count;
	struct span at;
};

struct edition {
	const char *id; /* 2021-30 */
	const char *notice; /* 国办公开办函〔2021〕30号 */
	const char *title; /* pattern: {机关}{年度}年政府信息公开工作年度报告 */
	/* Its parts that a line mustn't break, in order, as patterns: {机关}, {年度}年 …;
	 * NULL-ended, or NULL. */
	const char *const *title_words;
	int first_year, last_year; /* of the years reported on; last_year 0: open */
	const char *const *levels; /* what 层级 may say, NULL-ended */
	struct section *sections;
	size_t section_count;
	struct rule **rules; /* all, those of tables too, in file order */
	size_t rule_count;
	const struct node *node; /* the whole template */
	const struct source *source;
};

struct editions {
	struct edition **at;
	size_t count;
};

/* The templates built in, or those of `directory` where it isn't NULL. What is wrong with
 * one is a TEMPLATE-* finding blamed on the environment, and the result NULL. */
struct editions *editions_load(struct arena *arena, const char *directory, struct diags *diags);
const struct edition *editions_find(const struct editions *editions, const char *id);
const struct edition *editions_for_year(const struct editions *editions, int year);

const struct section *edition_section(const struct edition *edition, const char *key);
/* Whose labels are the keys of the band in a report: its rows, or its columns if it has none. */
const struct label *band_keys_root(const struct band *band);
struct cell table_cell_at(const struct table *table, size_t index);
/* Its row's measure where the row has one of its own, else its column's. */
const struct measure *cell_measure(struct cell cell);
/* The cell's labels from the section down, NULL-ended: its name (SCHEMA §3). */
const char *const *cell_path(struct arena *arena, struct cell cell);
/* The same of a row or group of rows, a column or group of columns, or both; either may be
 * NULL. Groups that are print only are left out. */
const char *const *label_path(struct arena *arena, const struct table *table,
	const struct label *row, const struct label *column);
/* Of the labels under `parent` (through groups that are print only), the one that `text`
 * names by label, key or short key, folded; NULL if none. */
struct label *label_find(struct arena *arena, const struct label *parent, const char *text);
/* Adds what a report may write for a label to `keys` (const char *): its key and short key, or
 * those of the labels under it where it is print only. */
void label_list_keys(const struct label *label, GPtrArray *keys);
bool label_is_named(const char *const *names, const char *folded);
/* Bytes of the number that a text begins with, sign included, 0 if none: 一、 is level 1,
 * （一） 2, 1. 3, （1） 4 (GB/T 9704 7.3.3). At most two digits. */
size_t number_mark(const char *text, size_t length, int *level, int *number);
/* A label's text without its number and its closing parenthesis: （三）不予公开 is 不予公开. */
const char *label_key(struct arena *arena, const char *text);

void edition_dump(const struct edition *edition, GString *out);

/* A file built in, by its name under templates/: gbt9704.yaml. Without `start` if absent. */
struct bytes template_builtin(const char *name);

#endif
