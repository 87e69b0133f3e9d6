/*
 * The grammar by which sentences are compared with tables: words, patterns and the cells
 * that they mean. Knows what may be said; refuses to know what any report says.
 */
#ifndef NIANBAO_EDITION_PROSE_H
#define NIANBAO_EDITION_PROSE_H

#include "edition/edition.h"
#include "edition/pattern.h"

/* What the preparation of a text puts in the place of numbers and names. */
#define SIGN_COUNT '\x01' /* a number with what it counts */
#define SIGN_PERCENT '\x02'
#define SIGN_THIS '\x03' /* the year reported on, the one before, the one after */
#define SIGN_LAST '\x04'
#define SIGN_NEXT '\x05'
#define SIGN_YEAR '\x06' /* another */
#define SIGN_DATE '\x07'
#define SIGN_NUMBER '\x0E' /* counts nothing: of a notice, of a telephone */
#define SIGN_SELF '\x0F' /* the agency, however it calls itself */
#define SIGN_OTHERS '\x10' /* a wider or narrower circle */

struct prose_word {
	const char *text;
	size_t length;
};
struct prose_words { /* the longest first */
	struct prose_word *at;
	size_t count;
	uint64_t starts; /* bits of their first characters */
};
/* One thing that a number may mean: a signed sum of cells. */
struct prose_term {
	const struct table *table;
	size_t cell;
	int sign;
};
struct prose_reading {
	const struct node *node;
	struct prose_term *terms; /* NULL until resolved */
	size_t count;
};
/* What a fact's number means; `label` is the text captured, NULL if the fact has only one. */
struct prose_subject {
	const char *label;
	struct prose_reading *readings; /* the number may equal any */
	size_t count;
};

struct prose_scope {
	struct pattern pattern;
	enum prose_scope_kind { /* the form's circle or year is left or come back to */
		SCOPE_CIRCLE,
		SCOPE_PERIOD,
		SCOPE_NO_PERIOD,
		SCOPE_NO_CIRCLE_SENTENCE,
		SCOPE_NO_CIRCLE_PARAGRAPH
	} kind;
};
struct prose_topic {
	const char *name;
	struct pattern pattern;
	const char *const *near; /* one of them stands in the sentence too; none: no condition */
};

struct prose_fact {
	const char *name;
	size_t topic;
	bool opens, closed; /* speaks of its topic by itself; its labels name every case */
	struct pattern pattern;
	struct prose_subject *subjects;
	size_t subject_count;
	const char *const *rest,
		*const *wholes; /* facts that join the closed list; that it divides */
};
struct prose_claim {
	size_t topic;
	struct pattern pattern;
	const char *const *of; /* facts that it may be said of */
	struct prose_reading zero; /* must be 0 if it is said */
};
struct prose_whole {
	size_t topic;
	struct pattern pattern; /* of what a share is said to be of */
	struct prose_reading means;
};

struct prose {
	const struct edition *edition;
	struct prose_words counters, before, between, after; /* hedges: around a number */
	struct prose_words selves, prefixes, units, places, governments;
	struct prose_words long_forms; /* 人民政府, and at the same index … */
	const char **short_forms; /* … 政府 */
	struct pattern start; /* what a fact may begin with and isn't part of it */
	struct prose_scope *scopes;
	struct prose_topic *topics;
	struct prose_fact *facts;
	struct prose_claim *claims;
	struct prose_whole *wholes;
	size_t scope_count, topic_count, fact_count, claim_count, whole_count;
	struct lexicon *lexicon; /* of what patterns need; its lists for any scope, any topic: */
	uint64_t scope_lists, topic_lists;
	struct {
		struct pattern opener, rest, change, breaks, open_end, including, total, channel,
			joined, plain;
	} lists;
};

/* NULL, with TEMPLATE-PATTERN findings blamed on the environment, if the grammar is wrong.
 * Cells are those of `edition`. */
struct prose *prose_load(struct arena *arena, const struct edition *edition,
	const struct node *node, struct diags *diags);
/* Finds a sum's cells when they are first needed. False if the edition has no such cell, with a
 * finding if `diags` isn't NULL. */
bool prose_reading_resolve(struct prose *prose, struct prose_reading *reading, struct diags *diags);
bool prose_subject_resolve(struct prose *prose, struct prose_subject *subject, struct diags *diags);
/* Compiles all patterns, resolves all sums; false, with findings, if one is wrong. */
bool prose_compile(struct prose *prose, struct diags *diags);

#endif
