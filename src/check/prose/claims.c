/* 全部办结, 办结率100%: what is said of all, against what is left over. */
#include "check/prose/prose_internal.h"

#include <string.h>

#define ALL_PERCENT (100 * DECIMAL_ONE)
#define LOOKED_BACK 16

/* The number that the claim is about: the last one before, in this sentence or the last. */
static const struct quantity *quantity_before(
	const struct paragraph *paragraph, const struct segment *segment)
{
	size_t start = segment->first > LOOKED_BACK ? segment->first - LOOKED_BACK : 0;
	for (size_t i = segment->first; i > start; i--) {
		const struct quantity *quantity = &paragraph->quantities[i - 1];
		const struct segment *its = &paragraph->segments[quantity->segment];
		if (its->sentence + 1 < segment->sentence)
			return NULL;
		if (!quantity->percent)
			return quantity;
	}
	return NULL;
}

static bool is_of(const struct reader *reader, const struct prose_claim *claim,
	const struct quantity *quantity)
{
	if (!quantity || quantity->fact == NO_FACT)
		return false;
	for (const char *const *name = claim->of; *name; name++)
		if (strcmp(reader->prose->facts[quantity->fact].name, *name) == 0)
			return true;
	return false;
}

/* A percentage in it must be 100, else nothing is said of all. */
static bool says_all(const struct paragraph *paragraph, const struct segment *segment)
{
	for (size_t i = segment->first; i < segment->first + segment->count; i++) {
		const struct quantity *quantity = &paragraph->quantities[i];
		if (!quantity->percent || !quantity->exact || quantity->value != ALL_PERCENT)
			return false;
	}
	return true;
}

static bool same_first_cell(const struct prose_reading *a, const struct prose_reading *b)
{
	return a->count == b->count && a->count > 0 && a->terms[0].table == b->terms[0].table &&
		a->terms[0].cell == b->terms[0].cell;
}

/* The paragraph itself says what is left over. */
static bool is_qualified(const struct reader *reader, const struct paragraph *paragraph,
	const struct prose_claim *claim)
{
	for (size_t i = 0; i < paragraph->quantity_count; i++) {
		const struct quantity *quantity = &paragraph->quantities[i];
		if (quantity->fact == NO_FACT)
			continue;
		const struct prose_subject *subject =
			&reader->prose->facts[quantity->fact].subjects[quantity->subject];
		if (same_first_cell(&subject->readings[0], &claim->zero))
			return true;
	}
	return false;
}

static void accuse(struct reader *reader, const struct paragraph *paragraph,
	const struct segment *segment, const struct prose_claim *claim)
{
	struct diags *diags = reader->audit->diags;
	const struct passage *passage = paragraph->passage;
	size_t from = segment->written_from, to = segment->written_to;
	const char *words = arena_copy_n(reader->arena, passage->utf8 + from, to - from);
	if (segment->count > 0) {
		from = paragraph->quantities[segment->first].from;
		to = paragraph->quantities[segment->first].to;
	}
	struct diag *diag = diag_add_rule(diags, &reader->rules[JUDGE_CLAIMS]->name, PROSE_ALL,
		passage_span(passage, from, to), words, reading_print(reader, &claim->zero), NULL);
	const struct prose_term *term = &claim->zero.terms[0];
	diag->path = cell_path(reader->arena, table_cell_at(term->table, term->cell));
	relate_cells(reader, diag, &claim->zero);
}

static bool is_made(struct reader *reader, const struct paragraph *paragraph,
	const struct segment *segment, struct prose_claim *claim)
{
	return !segment->outside && segment->depth == 0 && segment->to > segment->from &&
		claim->topic == segment->topic &&
		segment_matches(paragraph, segment, &claim->pattern) &&
		says_all(paragraph, segment) &&
		is_of(reader, claim, quantity_before(paragraph, segment));
}

/* Once a paragraph is enough. */
static void judge(
	struct reader *reader, const struct paragraph *paragraph, struct prose_claim *claim)
{
	int64_t left = 0;
	for (size_t i = 0; i < paragraph->segment_count; i++) {
		const struct segment *segment = &paragraph->segments[i];
		if (!is_made(reader, paragraph, segment, claim))
			continue;
		if (prose_reading_resolve(reader->prose, &claim->zero, NULL) &&
			!is_qualified(reader, paragraph, claim) &&
			reading_value(reader, &claim->zero, &left) && left > 0)
			accuse(reader, paragraph, segment, claim);
		return;
	}
}

void claims_judge(struct reader *reader, const struct paragraph *paragraph)
{
	struct prose *prose = reader->prose;
	if (!reader->rules[JUDGE_CLAIMS] || paragraph->quantity_count == 0)
		return;
	const struct prey prey = {paragraph->text, paragraph->length, paragraph->holds, NULL};
	for (size_t c = 0; c < prose->claim_count; c++)
		if (pattern_may_match(&prose->claims[c].pattern, &prey))
			judge(reader, paragraph, &prose->claims[c]);
}
