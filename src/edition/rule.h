/*
 * What must hold: rules as a template words them, equations over concrete cells. Knows kinds
 * of rule; refuses to judge a report (check/).
 */
#ifndef NIANBAO_EDITION_RULE_H
#define NIANBAO_EDITION_RULE_H

#include "edition/table.h"

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

#endif
