/* n of N stated as p %: is p right, and do parts that each carry a share make up the whole? */
#include "check/prose/prose_internal.h"

#include <string.h>

#define SHARES_MAX 64
#define REMEMBERED 64
#define ALL_PERCENT (100 * DECIMAL_ONE)

struct share {
	size_t percent, part; /* quantities; part SIZE_MAX: only a percentage was said */
	struct pattern_stretch of; /* what it is a share of, in the prepared text */
};

/* Shares of one list. */
struct share_list {
	struct share at[SHARES_MAX];
	size_t count;
	bool ragged; /* one of its members has no share */
};

static void list_empty(struct share_list *list)
{
	list->count = 0;
	list->ragged = false;
}

static const struct segment *segment_of(
	const struct paragraph *paragraph, const struct quantity *quantity)
{
	return &paragraph->segments[quantity->segment];
}

/* One unit of the last printed digit, in millionths of a percent. */
static int64_t last_digit(const struct quantity *percent)
{
	int64_t unit = DECIMAL_ONE;
	for (unsigned i = 0; i < percent->decimals; i++)
		unit /= 10;
	return MAX(unit, 1);
}

/* p is part/whole rounded or cut off to its digits: p <= x < p + 1, or |x - p| <= 1/2. */
static bool is_share(int64_t part, int64_t whole, const struct quantity *percent)
{
	if (whole <= 0 || part < 0)
		return false;
	__extension__ typedef __int128 wide;
	wide exact = (wide)part * ALL_PERCENT; /* over whole */
	wide printed = (wide)percent->value * whole;
	wide digit = (wide)last_digit(percent) * whole;
	bool cut = exact >= printed && exact < printed + digit;
	bool rounded = 2 * exact >= 2 * printed - digit && 2 * exact <= 2 * printed + digit;
	return cut || rounded;
}

/* The number that a percentage standing alone in its clause is the share of. */
static size_t part_before(const struct paragraph *paragraph, size_t percent)
{
	const struct segment *own = segment_of(paragraph, &paragraph->quantities[percent]);
	for (size_t i = percent; i > 0; i--) {
		const struct quantity *quantity = &paragraph->quantities[i - 1];
		const struct segment *segment = segment_of(paragraph, quantity);
		if (segment->sentence != own->sentence || quantity->percent)
			return SIZE_MAX;
		if (segment->depth <= own->depth)
			return i - 1;
	}
	return SIZE_MAX;
}

static bool read_share(
	struct reader *reader, const struct paragraph *paragraph, size_t index, struct share *share)
{
	const struct quantity *percent = &paragraph->quantities[index];
	struct pattern_stretch subject, piece = quantity_piece(paragraph, percent);
	struct pattern *joined = &reader->prose->lists.joined;
	piece.to = percent->mark + 1;
	const struct prey prey = piece_prey(paragraph, percent, piece);
	if (!pattern_match(joined, &prey, "subject", &subject) ||
		!pattern_match(joined, &prey, "of", &share->of))
		return false;
	share->of.from += piece.from;
	share->of.to += piece.from;
	share->percent = index;
	share->part = subject.to == subject.from ? part_before(paragraph, index) : SIZE_MAX;
	return true;
}

/* A new list begins with a sentence, and with 其中. */
static bool parted(
	struct reader *reader, const struct paragraph *paragraph, size_t before, size_t after)
{
	const struct quantity *one = &paragraph->quantities[before];
	const struct quantity *other = &paragraph->quantities[after];
	if (segment_of(paragraph, one)->sentence != segment_of(paragraph, other)->sentence)
		return true;
	for (size_t i = one->segment + 1; i <= other->segment; i++)
		if (segment_matches(
			    paragraph, &paragraph->segments[i], &reader->prose->lists.opener))
			return true;
	return false;
}

/* Numbers between two shares that are members of the list without a share of their own. */
static bool has_bare_member(const struct paragraph *paragraph, size_t after, size_t until)
{
	const struct quantity *part = &paragraph->quantities[until];
	size_t depth = segment_of(paragraph, part)->depth;
	for (size_t i = after + 1; i < until; i++) {
		const struct quantity *quantity = &paragraph->quantities[i];
		if (!quantity->percent && segment_of(paragraph, quantity)->depth <= depth &&
			quantity->counter == part->counter)
			return true;
	}
	return false;
}

/* What a share may be of, and which of its list's shares agree. */
struct base {
	int64_t whole;
	size_t quantity; /* SIZE_MAX: a sum of cells, not a number of the text */
	const struct prose_reading *reading;
	size_t agreeing;
};

static size_t count_agreeing(
	const struct paragraph *paragraph, const struct share_list *list, int64_t whole)
{
	size_t agreeing = 0;
	for (size_t i = 0; i < list->count; i++)
		if (list->at[i].part != SIZE_MAX)
			agreeing += is_share(paragraph->quantities[list->at[i].part].value, whole,
				&paragraph->quantities[list->at[i].percent]);
	return agreeing;
}

static size_t first_part(const struct share_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->at[i].part != SIZE_MAX)
			return list->at[i].part;
	return SIZE_MAX;
}

/* Of the numbers before the list, the one that most shares agree with; the nearest of them. */
static struct base find_base(const struct paragraph *paragraph, const struct share_list *list)
{
	struct base best = {.quantity = SIZE_MAX};
	size_t first = first_part(list);
	if (first == SIZE_MAX)
		return best;
	unsigned counter = paragraph->quantities[first].counter;
	size_t start = first > REMEMBERED ? first - REMEMBERED : 0;
	for (size_t i = first; i > start; i--) {
		const struct quantity *quantity = &paragraph->quantities[i - 1];
		if (quantity->percent || !quantity->exact || quantity->counter != counter)
			continue;
		size_t agreeing = count_agreeing(paragraph, list, quantity->value);
		if (agreeing > best.agreeing)
			best = (struct base){quantity->value, i - 1, NULL, agreeing};
	}
	return best;
}

/* What 已审结案件 is of, by the cells. */
static bool base_by_name(struct reader *reader, const struct paragraph *paragraph,
	const struct share *share, struct base *base)
{
	struct prose *prose = reader->prose;
	const struct quantity *percent = &paragraph->quantities[share->percent];
	size_t topic = segment_of(paragraph, percent)->topic;
	const struct prey prey = piece_prey(paragraph, percent, share->of);
	for (size_t i = 0; i < prose->whole_count; i++) {
		struct pattern_stretch found;
		if (prose->wholes[i].topic != topic ||
			!pattern_match(&prose->wholes[i].pattern, &prey, NULL, &found) ||
			!prose_reading_resolve(prose, &prose->wholes[i].means, NULL) ||
			!reading_value(reader, &prose->wholes[i].means, &base->whole))
			continue;
		base->quantity = SIZE_MAX;
		base->reading = &prose->wholes[i].means;
		return true;
	}
	return false;
}

static bool is_member(const struct share_list *list, size_t quantity)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->at[i].part == quantity)
			return true;
	return false;
}

/* A single share of what was just said: 占总数, or of a word that the whole was named with. */
static bool base_by_words(struct reader *reader, const struct paragraph *paragraph,
	const struct share_list *list, const struct share *share, struct base *base)
{
	const struct quantity *part = &paragraph->quantities[share->part];
	struct pattern_stretch core;
	const struct prey prey =
		piece_prey(paragraph, &paragraph->quantities[share->percent], share->of);
	if (!pattern_match(&reader->prose->lists.plain, &prey, "core", &core))
		return false;
	for (size_t i = share->part; i > 0; i--) {
		const struct quantity *quantity = &paragraph->quantities[i - 1];
		if (segment_of(paragraph, quantity)->sentence !=
			segment_of(paragraph, part)->sentence)
			return false;
		if (quantity->percent || quantity->counter != part->counter ||
			is_member(list, i - 1))
			continue;
		struct pattern_stretch piece = quantity_piece(paragraph, quantity);
		const char *word = paragraph->text + share->of.from + core.from;
		bool named = core.to == core.from ||
			memmem(paragraph->text + piece.from, piece.to - piece.from, word,
				core.to - core.from);
		*base = (struct base){quantity->value, i - 1, NULL, 0};
		return named && quantity->exact && quantity->value > part->value;
	}
	return false;
}

static bool number_explains(const struct paragraph *paragraph, size_t from, size_t to, int64_t part,
	const struct quantity *percent)
{
	for (size_t i = from; i < MIN(to, paragraph->quantity_count); i++)
		if (!paragraph->quantities[i].percent &&
			is_share(part, paragraph->quantities[i].value, percent))
			return true;
	return false;
}

static bool cell_explains(const struct reader *reader, int64_t part, const struct quantity *percent)
{
	int64_t value = 0;
	for (size_t f = 0; f < reader->prose->fact_count; f++) {
		struct prose_fact *fact = &reader->prose->facts[f];
		struct prose_subject *subject = &fact->subjects[0];
		if (fact->closed || !prose_subject_resolve(reader->prose, subject, NULL))
			continue;
		for (size_t r = 0; r < subject->count; r++)
			if (reading_is_sum(&subject->readings[r]) &&
				reading_value(reader, &subject->readings[r], &value) &&
				is_share(part, value, percent))
				return true;
	}
	return false;
}

/* Some other number of this or the last paragraph, or a total of the tables, makes the share
 * right. */
static bool is_explained(
	const struct reader *reader, const struct paragraph *paragraph, const struct share *share)
{
	int64_t part = paragraph->quantities[share->part].value;
	const struct quantity *percent = &paragraph->quantities[share->percent];
	size_t from = share->part > REMEMBERED ? share->part - REMEMBERED : 0;
	return number_explains(paragraph, from, share->percent + REMEMBERED, part, percent) ||
		(reader->previous &&
			number_explains(reader->previous, 0, REMEMBERED, part, percent)) ||
		cell_explains(reader, part, percent);
}

/* The share as it should be printed, rounded to its digits. */
static const char *right_share(
	const struct reader *reader, int64_t part, int64_t whole, const struct quantity *percent)
{
	__extension__ typedef __int128 wide;
	int64_t unit = last_digit(percent);
	wide units = ((wide)part * ALL_PERCENT * 2 + (wide)whole * unit) / ((wide)whole * unit * 2);
	return decimal_print(reader->arena, (int64_t)(units * unit));
}

static void accuse(struct reader *reader, const struct paragraph *paragraph,
	const struct share *share, const struct base *base)
{
	struct diags *diags = reader->audit->diags;
	const struct quantity *part = &paragraph->quantities[share->part];
	const struct quantity *percent = &paragraph->quantities[share->percent];
	struct diag *diag = diag_add_rule(diags, &reader->rules[JUDGE_PERCENTS]->name,
		PROSE_PERCENT, quantity_span(paragraph, percent), quantity_print(reader, part),
		decimal_print(reader->arena, base->whole),
		right_share(reader, part->value, base->whole, percent),
		quantity_print(reader, percent), NULL);
	diag_relate(diag, quantity_span(paragraph, part), quantity_print(reader, part), NULL);
	if (base->reading) {
		relate_cells(reader, diag, base->reading);
		return;
	}
	const struct quantity *whole = &paragraph->quantities[base->quantity];
	diag_relate(diag, quantity_span(paragraph, whole), quantity_print(reader, whole), NULL);
}

/* The shares say that they are all: 100 % within what rounding may lose. */
static bool says_all(const struct paragraph *paragraph, const struct share_list *list)
{
	int64_t sum = 0, slack = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct quantity *percent = &paragraph->quantities[list->at[i].percent];
		if (!decimal_add(sum, percent->value, &sum))
			return false;
		slack += last_digit(percent);
	}
	int64_t off = sum > ALL_PERCENT ? sum - ALL_PERCENT : ALL_PERCENT - sum;
	return off <= slack;
}

/* Shares that make 100 % to the last digit were evened out: one may be off by a digit. */
static bool is_evened_out(const struct paragraph *paragraph, const struct share_list *list,
	const struct share *share, int64_t whole)
{
	const struct quantity *percent = &paragraph->quantities[share->percent];
	struct quantity lower = *percent, higher = *percent;
	int64_t sum = 0;
	for (size_t i = 0; i < list->count; i++)
		if (!decimal_add(sum, paragraph->quantities[list->at[i].percent].value, &sum))
			return false;
	lower.value -= last_digit(percent);
	higher.value += last_digit(percent);
	int64_t part = paragraph->quantities[share->part].value;
	return sum == ALL_PERCENT &&
		(is_share(part, whole, &lower) || is_share(part, whole, &higher));
}

static void judge_share(struct reader *reader, const struct paragraph *paragraph,
	const struct share_list *list, const struct share *share, const struct base *common)
{
	const struct quantity *percent = &paragraph->quantities[share->percent];
	if (share->part == SIZE_MAX || !percent->exact)
		return;
	const struct quantity *part = &paragraph->quantities[share->part];
	struct base base = *common;
	bool agreed = common->agreeing >= 2 && common->agreeing * 2 > list->count;
	if (!part->exact || part->value <= 0 || is_explained(reader, paragraph, share))
		return;
	bool known = base_by_name(reader, paragraph, share, &base) || agreed ||
		base_by_words(reader, paragraph, list, share, &base);
	if (known && base.whole >= part->value && !is_share(part->value, base.whole, percent) &&
		!is_evened_out(paragraph, list, share, base.whole))
		accuse(reader, paragraph, share, &base);
}

/* Two divisions of one whole in a row: 自然人 …，企业 …，网上 …，信函 …. */
static bool divides_twice(
	const struct paragraph *paragraph, const struct parts *parts, int64_t whole)
{
	int64_t sum = 0;
	for (size_t i = 0; i + 1 < parts->count; i++) {
		sum += paragraph->quantities[parts->at[i]].value;
		if (sum == whole)
			return true;
	}
	return false;
}

static bool collect_parts(
	const struct paragraph *paragraph, const struct share_list *list, struct parts *parts)
{
	unsigned counter = paragraph->quantities[first_part(list)].counter;
	for (size_t i = 0; i < list->count; i++) {
		size_t part = list->at[i].part;
		if (part == SIZE_MAX || !paragraph->quantities[part].exact ||
			!paragraph->quantities[list->at[i].percent].exact ||
			paragraph->quantities[part].counter != counter ||
			!parts_add(parts, paragraph, part))
			return false;
	}
	return true;
}

static void judge_sum(struct reader *reader, struct paragraph *paragraph,
	const struct share_list *list, const struct base *base)
{
	struct parts parts = {.count = 0};
	if (list->ragged || list->count < 2 || base->agreeing < 2 ||
		base->agreeing * 2 <= list->count || !collect_parts(paragraph, list, &parts) ||
		parts.sum == base->whole || divides_twice(paragraph, &parts, base->whole))
		return;
	if (parts.sum > base->whole || says_all(paragraph, list))
		parts_accuse(reader, paragraph, &parts, base->quantity);
}

/* Percentages alone, closed by 其他: they make 100. */
static void judge_shares_alone(
	struct reader *reader, const struct paragraph *paragraph, const struct share_list *list)
{
	struct diags *diags = reader->audit->diags;
	const struct quantity *last = &paragraph->quantities[list->at[list->count - 1].percent];
	int64_t sum = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct quantity *percent = &paragraph->quantities[list->at[i].percent];
		if (list->at[i].part != SIZE_MAX || !percent->exact ||
			!decimal_add(sum, percent->value, &sum))
			return;
	}
	if (list->count < 3 || says_all(paragraph, list) ||
		!piece_matches(paragraph, last, &reader->prose->lists.rest))
		return;
	diag_add_rule(diags, &reader->rules[JUDGE_PERCENTS]->name, PROSE_SHARES,
		quantity_span(paragraph, last), decimal_print(reader->arena, sum), NULL);
}

static void judge_list(
	struct reader *reader, struct paragraph *paragraph, const struct share_list *list)
{
	if (list->count == 0)
		return;
	struct base base = find_base(paragraph, list);
	if (reader->rules[JUDGE_PERCENTS]) {
		for (size_t i = 0; i < list->count; i++)
			judge_share(reader, paragraph, list, &list->at[i], &base);
		judge_shares_alone(reader, paragraph, list);
	}
	if (reader->rules[JUDGE_SUMS] && base.quantity != SIZE_MAX)
		judge_sum(reader, paragraph, list, &base);
}

void shares_judge(struct reader *reader, struct paragraph *paragraph)
{
	struct share_list list;
	list_empty(&list);
	for (size_t i = 0; i < paragraph->quantity_count; i++) {
		struct share share;
		if (!paragraph->quantities[i].percent || !read_share(reader, paragraph, i, &share))
			continue;
		size_t last = list.count ? list.at[list.count - 1].percent : 0;
		size_t start = share.part == SIZE_MAX ? i : share.part;
		if (list.count == SHARES_MAX ||
			(list.count && parted(reader, paragraph, last, start))) {
			judge_list(reader, paragraph, &list);
			list_empty(&list);
		} else if (list.count) {
			list.ragged |= has_bare_member(paragraph, last, start);
		}
		list.at[list.count++] = share;
	}
	judge_list(reader, paragraph, &list);
}
