/*
 * Labels of the form: trees of row and column heads, what their figures are, what a clerk
 * may call them. Knows names and spans; refuses to know figures.
 */
#ifndef NIANBAO_EDITION_LABEL_H
#define NIANBAO_EDITION_LABEL_H

#include "yaml/node.h"

/* What the figures of a column (or, where a row says so, of a row) are. */
struct measure {
	bool whole; /* a count: no decimals */
	bool negative; /* may be below 0 (本年增/减) */
	const char *unit; /* 件, 万元 */
	const char *const *counters; /* other words for the unit: 项; NULL-ended */
	int64_t unit_yuan; /* how many 元 one unit is, in millionths; 0 where it isn't money */
};

/* A node of a row or column tree. A leaf has figures; a group only spans. */
struct label {
	const char *text; /* as printed: （三）不予公开 */
	const char *key; /* without numbering and trailing parenthesis: 不予公开 */
	const char *short_key; /* the edition's; or NULL */
	const char *const *names; /* every accepted spelling, folded (text_fold), NULL-ended */
	const char *const *others; /* more spellings, as written in the template; NULL-ended */
	const char *formerly; /* its key in the form before, where that differs; or NULL */
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

/* Of the labels under `parent` (through groups that are print only), the one that `text`
 * names by label, key or short key, folded; NULL if none. */
struct label *label_find(struct arena *arena, const struct label *parent, const char *text);
/* Adds what a report may write for a label to `keys` (const char *): its key and short key, or
 * those of the labels under it where it is print only. */
void label_list_keys(const struct label *label, GPtrArray *keys);
/* Bytes of the number that a text begins with, sign included, 0 if none: 一、 is level 1,
 * （一） 2, 1. 3, （1） 4 (GB/T 9704 7.3.3). At most two digits. */
size_t number_mark(const char *text, size_t length, int *level, int *number);
/* A label's text without its number and its closing parenthesis: （三）不予公开 is 不予公开. */
const char *label_key(struct arena *arena, const char *text);

#endif
