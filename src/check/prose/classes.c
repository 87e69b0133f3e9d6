/* Lists that name every case of the form: what they add up to. */
#include "check/prose/prose_internal.h"

#include <string.h>

static bool is_named(
	const struct prose *prose, const struct quantity *quantity, const char *const *names)
{
	if (quantity->fact == NO_FACT)
		return false;
	for (; *names; names++)
		if (strcmp(prose->facts[quantity->fact].name, *names) == 0)
			return true;
	return false;
}

static const struct prose_term *first_term(const struct prose_subject *subject)
{
	return &subject->readings[0].terms[0];
}

/* Each label has cells of its own; two labels of one cell are the same case. */
static bool same_case(const struct prose_subject *a, const struct prose_subject *b)
{
	const struct prose_term *one = first_term(a), *other = first_term(b);
	return one->table == other->table && one->cell == other->cell;
}

/* True if every case is among the parts, once. */
static bool names_all(struct reader *reader, const struct paragraph *paragraph,
	const struct prose_fact *fact, const struct parts *parts)
{
	for (size_t s = 0; s < fact->subject_count; s++)
		if (!prose_subject_resolve(reader->prose, &fact->subjects[s], NULL))
			return false;
	for (size_t s = 0; s < fact->subject_count; s++) {
		size_t named = 0;
		for (size_t i = 0; i < parts->count; i++) {
			size_t subject = paragraph->quantities[parts->at[i]].subject;
			named += same_case(&fact->subjects[subject], &fact->subjects[s]);
		}
		if (named != 1)
			return false;
	}
	return true;
}

#define REMEMBERED 12
#define LOOKED_BACK 128

struct totals {
	int64_t at[REMEMBERED];
	size_t count;
	size_t nearest; /* the quantity that the list divides; SIZE_MAX: none */
	bool unsure; /* one of them isn't exact */
};

/* Everything that was said of the topic before the list. */
static struct totals totals_before(const struct reader *reader, const struct paragraph *paragraph,
	const struct prose_fact *fact, size_t first)
{
	struct totals totals = {.nearest = SIZE_MAX};
	size_t start = first > LOOKED_BACK ? first - LOOKED_BACK : 0;
	for (size_t i = first; i > start && totals.count < REMEMBERED; i--) {
		const struct quantity *quantity = &paragraph->quantities[i - 1];
		if (quantity->percent || quantity->fact == NO_FACT ||
			reader->prose->facts[quantity->fact].topic != fact->topic ||
			reader->prose->facts[quantity->fact].closed)
			continue;
		totals.unsure |= !quantity->exact;
		totals.at[totals.count++] = quantity->value;
		if (totals.nearest == SIZE_MAX && is_named(reader->prose, quantity, fact->wholes))
			totals.nearest = i - 1;
	}
	return totals;
}

/* The sum is a total that was said, or two of them together (new ones and those carried over). */
static bool is_total(const struct totals *totals, int64_t sum)
{
	for (size_t i = 0; i < totals->count; i++) {
		if (totals->at[i] == sum)
			return true;
		for (size_t k = 0; k < i; k++)
			if (totals->at[i] + totals->at[k] == sum)
				return true;
	}
	return false;
}

static bool exceeds_all(const struct totals *totals, int64_t sum)
{
	int64_t all = 0;
	for (size_t i = 0; i < totals->count; i++)
		if (!decimal_add(all, totals->at[i], &all))
			return false;
	return sum > all;
}

static void judge(struct reader *reader, struct paragraph *paragraph, const struct prose_fact *fact,
	const struct parts *parts)
{
	struct totals totals = totals_before(reader, paragraph, fact, parts->at[0]);
	if (totals.nearest == SIZE_MAX || totals.unsure || parts->count < 2 ||
		is_total(&totals, parts->sum))
		return;
	size_t after = parts->at[parts->count - 1] + 1;
	struct parts more = *parts;
	while (after < paragraph->quantity_count && paragraph->quantities[after].percent)
		after++;
	if (after < paragraph->quantity_count &&
		is_named(reader->prose, &paragraph->quantities[after], fact->rest) &&
		parts_add(&more, paragraph, after) && is_total(&totals, more.sum))
		return;
	if (names_all(reader, paragraph, fact, parts) || exceeds_all(&totals, parts->sum))
		parts_accuse(reader, paragraph, parts, totals.nearest);
}

/* Numbers of one sentence that say the same closed fact, one after the other. */
static size_t read_run(
	const struct paragraph *paragraph, size_t first, struct parts *parts, bool *exact)
{
	const struct quantity *start = &paragraph->quantities[first];
	size_t sentence = paragraph->segments[start->segment].sentence;
	size_t depth = paragraph->segments[start->segment].depth;
	size_t i = first;
	for (; i < paragraph->quantity_count; i++) {
		const struct quantity *quantity = &paragraph->quantities[i];
		const struct segment *segment = &paragraph->segments[quantity->segment];
		if (segment->sentence != sentence || segment->depth < depth)
			break;
		if (quantity->percent || segment->depth > depth)
			continue;
		if (quantity->fact != start->fact || !parts_add(parts, paragraph, i))
			break;
		*exact &= quantity->exact;
	}
	return MAX(i, first + 1);
}

void classes_judge(struct reader *reader, struct paragraph *paragraph)
{
	if (!reader->rules[JUDGE_SUMS])
		return;
	for (size_t i = 0; i < paragraph->quantity_count;) {
		size_t fact = paragraph->quantities[i].fact;
		if (fact == NO_FACT || !reader->prose->facts[fact].closed) {
			i++;
			continue;
		}
		struct parts parts = {.count = 0};
		bool exact = true;
		i = read_run(paragraph, i, &parts, &exact);
		if (exact)
			judge(reader, paragraph, &reader->prose->facts[fact], &parts);
	}
}
