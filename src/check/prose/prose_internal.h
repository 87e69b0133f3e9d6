/*
 * Sentences against tables: what the files of this folder share. A paragraph is prepared
 * (numbers become marks, clauses are cut), read (what does each number count, of whom, in
 * which year), then judged. Knows sums and shares; every word is the template's.
 */
#ifndef NIANBAO_CHECK_PROSE_PROSE_INTERNAL_H
#define NIANBAO_CHECK_PROSE_PROSE_INTERNAL_H

#include "check/check_internal.h"
#include "check/prose/numeral_internal.h"
#include "edition/prose.h"

#define NO_FACT SIZE_MAX

/* A number of a paragraph that counts something, or a percentage. */
struct quantity {
	bool percent;
	bool exact, referenced; /* no 余 多 约 以上 万, not in words; printed by a ${…}: right */
	int64_t value; /* millionths */
	unsigned decimals; /* as written */
	unsigned counter; /* from 1 in the template's list; 0: none */
	size_t from, to; /* the number's bytes in the paragraph */
	size_t mark; /* its mark in the prepared text */
	size_t segment, fact, subject; /* what it says; NO_FACT if that isn't certain */
	bool ours; /* said in so many words of the agency's whole circle */
	bool said; /* a finding has spoken of it as a whole */
};

/* A stretch between two marks of punctuation. */
struct segment {
	size_t from, to; /* in the prepared text */
	size_t depth, sentence; /* of parentheses; from 0 */
	char before; /* what opened it: ^ , / ; : . ( ) */
	size_t first, count; /* its quantities */
	size_t written_from, written_to; /* bytes of the paragraph */
	size_t topic; /* what is spoken of; the template's count: nothing */
	bool outside, unread; /* another circle or year is spoken of; a pattern gave up on it */
	uint64_t holds; /* of the grammar's lexicon */
};

struct paragraph {
	const struct passage *passage;
	bool beside_table;
	const char *text; /* prepared */
	size_t length, segment_count, quantity_count;
	const struct lexicon *lexicon; /* the grammar's */
	uint64_t holds; /* of it */
	struct segment *segments;
	struct quantity *quantities;
};

/* How the agency calls itself. */
struct aliases {
	struct prose_words words;
	const char *agency;
	bool government;
};

enum judgement { JUDGE_CELLS, JUDGE_SUMS, JUDGE_PERCENTS, JUDGE_CLAIMS, JUDGEMENTS };

struct reader {
	const struct audit *audit;
	bool starts[HANZI_PLACES]; /* of characters that begin a number or a name */
	struct segment *segments; /* of the paragraph that is being prepared */
	struct quantity *quantities;
	size_t room; /* for as many of either */
	struct arena *arena;
	struct prose *prose;
	struct aliases aliases;
	size_t read; /* clauses and numbers so far, over READ_MAX of which texts are left alone */
	const struct paragraph *previous; /* of the same text; or NULL */
	const struct rule *rules[JUDGEMENTS]; /* NULL where the edition lacks it */
};

void aliases_find(struct reader *reader);
struct paragraph *paragraph_prepare(
	struct reader *reader, const struct passage *passage, bool beside_table);

/* facts.c: what each quantity says; `topic` goes from paragraph to paragraph. */
void facts_read(struct reader *reader, struct paragraph *paragraph, size_t *topic);
/* compare.c: the totals said in one text against the tables. */
void facts_compare(struct reader *reader, struct paragraph *const *text, size_t count);
/* False if a cell of it is blank or missing. */
bool reading_value(const struct reader *, const struct prose_reading *, int64_t *value);
bool reading_is_sum(const struct prose_reading *reading); /* nothing is taken away */
/* The sum with its cells named: `甲·总计 206 + 乙·总计 1 = 207`. */
const char *reading_print(const struct reader *reader, const struct prose_reading *reading);
void relate_cells(
	const struct reader *reader, struct diag *diag, const struct prose_reading *reading);

/* claims.c, lists.c, shares.c: one paragraph each. */
void claims_judge(struct reader *reader, const struct paragraph *paragraph);
void lists_judge(struct reader *reader, struct paragraph *paragraph);
void classes_judge(struct reader *reader, struct paragraph *paragraph);
void shares_judge(struct reader *reader, struct paragraph *paragraph);

struct parts { /* quantities of a paragraph that divide a whole, by their index */
	size_t at[64], count;
	int64_t sum;
};
/* False where there are too many or the sum is too large. */
bool parts_add(struct parts *parts, const struct paragraph *paragraph, size_t quantity);
/* Says that the parts don't make up the whole, once. */
void parts_accuse(struct reader *reader, struct paragraph *paragraph, const struct parts *parts,
	size_t whole);

/* The prepared text around one quantity: between its neighbours, within its clause. */
struct pattern_stretch quantity_piece(
	const struct paragraph *paragraph, const struct quantity *quantity);
/* Such a stretch, or one within it, for a pattern. */
struct prey piece_prey(const struct paragraph *paragraph, const struct quantity *quantity,
	struct pattern_stretch piece);
bool piece_matches(const struct paragraph *paragraph, const struct quantity *quantity,
	struct pattern *pattern);
bool segment_matches(
	const struct paragraph *paragraph, const struct segment *segment, struct pattern *pattern);
struct span quantity_span(const struct paragraph *paragraph, const struct quantity *quantity);
const char *quantity_print(const struct reader *reader, const struct quantity *quantity);

#endif
