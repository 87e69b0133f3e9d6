/*
 * Binding: what the files of this folder share while a file of figures becomes a report.
 * Knows where each thing was written; refuses to judge what the figures say.
 */
#ifndef NIANBAO_REPORT_BIND_INTERNAL_H
#define NIANBAO_REPORT_BIND_INTERNAL_H

#include "report/report.h"

struct binder {
	struct arena *arena;
	struct diags *diags;
	const struct editions *editions;
	struct report *report;
	unsigned suggestions; /* still to be looked for: nearness costs time */
	GHashTable *heads; /* what the lines of a doubtful file begin with, folded; else NULL */
	bool in_texts; /* the tables are read: what comes now may refer to their figures */
};

/* Whether lines of the file are out of place and one of them begins like this: then it isn't
 * missing but misplaced, and a finding on the lines has said so. */
bool bind_is_elsewhere(struct binder *binder, const char *const *names);
bool bind_word_is_elsewhere(struct binder *binder, const char *word);

/* Where what is said of a node as a whole points: at its value, or at its key if it has none. */
struct span bind_value_span(const struct node *node);
/* Where something that `map` lacks is said to be missing: its key, or its first byte. */
struct span bind_lack_span(const struct node *map);
/* A finding on how the file is written has spoken of something within. */
bool bind_blamed_within(const struct binder *binder, struct span at);
/* The author's words in a message, cut where they are long. */
const char *bind_excerpt(struct binder *binder, const char *text);
/* Whether an edition has a label of this name anywhere. */
bool edition_has(struct arena *arena, const struct edition *edition, const char *key);
/* FORM-UNKNOWN for a key. Suggested is the nearest of those that are `lacking`, the `only` one
 * that can be meant (NULL: there is none), or the nearest of `known`. */
struct suggestions {
	const char *const *lacking; /* NULL-ended, as `known` is */
	const char *only;
	const char *const *known;
};
void bind_unknown(
	struct binder *binder, const struct node *child, const struct suggestions *suggestions);

/* Where keys are looked for: under the labels of a band, of a group, or of a row's columns. */
struct key_scope {
	const struct table *table;
	const struct label **groups; /* whose children, through print-only groups, are keys */
	size_t count;
	const struct label *row; /* of columns: their row; else NULL */
	bool of_columns;
	bool of_section; /* 表前 and 表后 may stand beside */
};

/* Keys of a map to labels, which are few; unknown and repeated ones are said. */
struct claims {
	const struct key_scope *scope;
	struct claim {
		const struct label *label;
		const struct node *node;
	} * at;
	size_t count;
	size_t group, child; /* the label behind the last: most files have the form's order */
};
struct claims claims_of(
	struct binder *binder, const struct key_scope *scope, const struct node *map);
/* NULL if no key is the label's. */
const struct node *claims_find(const struct claims *claims, const struct label *label);

/* The figures of a section of tables; keys that aren't the table's (texts beside it) are
 * left in place. `node` is a map, or a list where the form has but one row. */
void cells_bind(struct binder *binder, struct section_content *content, const struct node *node);

/* What a cell's scalar says, if that is a plain number or nothing; else false, and what it
 * says, with a CELL-* finding on anything odd about it, is up to figure_bind_odd. */
bool figure_bind_plain(struct figure *figure, const struct node *node);
void figure_bind_odd(
	struct binder *binder, struct figure *figure, struct cell cell, const struct node *node);
/* 0 as it should be written. */
bool figure_is_plain_zero(const struct node *node);

/* The cell that a reference's words (labels joined by /) name; NULL if none. */
const struct figure *reference_find(
	struct binder *binder, const char *words, size_t length, struct cell *cell);

/* A text of paragraphs, pictures and plain tables; `node` NULL where it is missing. */
void text_bind(struct binder *binder, const struct node *node, struct text *text);
/* A text that must be one scalar, cleaned as a paragraph is: 标题, 说明. */
struct string_value string_bind(struct binder *binder, const struct node *node);
/* TEXT-HASH if a comment cuts this scalar off. */
void text_check_cut(struct binder *binder, const struct node *scalar);

/* Appends a paragraph a line of a scalar's text; empty lines are none. */
void paragraphs_bind(struct binder *binder, const struct node *scalar, GArray *passages);

struct picture_problem {
	enum diag_code code;
	const char *what; /* in an SVG: the element or attribute at fault; else NULL */
};
/* Fills kind and pixel size of `picture->file`, in the folder of the report at `report_path`,
 * from the file's first bytes; an SVG is read whole. false with why it cannot be used. */
bool picture_look(struct arena *arena, const char *report_path, struct picture *picture,
	struct picture_problem *problem);
bool picture_bind(struct binder *binder, const struct node *map, struct passage *passage);
bool plain_table_bind(struct binder *binder, const struct node *map, struct passage *passage);

/* SCHEMA §2: level, number and head of a paragraph. */
struct numbering numbering_read(const char *utf8, size_t length);

#endif
