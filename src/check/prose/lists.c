/* A whole and its parts: 其中 … 其他 …, and totals followed by one sum a channel. */
#include "check/prose/prose_internal.h"

/* How far lists look back and ahead: the cost of a text stays linear in its length. */
#define REMEMBERED 64
#define LIST_MAX 128

bool parts_add(struct parts *parts, const struct paragraph *paragraph, size_t quantity)
{
	int64_t sum = 0;
	if (parts->count == G_N_ELEMENTS(parts->at) ||
		!decimal_add(parts->sum, paragraph->quantities[quantity].value, &sum))
		return false;
	parts->at[parts->count++] = quantity;
	parts->sum = sum;
	return true;
}

void parts_accuse(
	struct reader *reader, struct paragraph *paragraph, const struct parts *parts, size_t whole)
{
	struct diags *diags = reader->audit->diags;
	struct quantity *said = &paragraph->quantities[whole];
	bool certain = !said->referenced;
	for (size_t i = 0; i < parts->count; i++)
		certain |= !paragraph->quantities[parts->at[i]].referenced;
	if (!reader->rules[JUDGE_SUMS] || said->said || !certain)
		return;
	said->said = true;
	GString *sum = g_string_new(NULL);
	for (size_t i = 0; i < parts->count; i++)
		g_string_append_printf(sum, "%s%s", i ? " + " : "",
			quantity_print(reader, &paragraph->quantities[parts->at[i]]));
	char *difference = decimal_print(reader->arena,
		parts->sum > said->value ? parts->sum - said->value : said->value - parts->sum);
	struct diag *diag = diag_add_rule(diags, &reader->rules[JUDGE_SUMS]->name, PROSE_SUM,
		quantity_span(paragraph, said), quantity_print(reader, said), sum->str,
		decimal_print(reader->arena, parts->sum), difference, NULL);
	g_string_free(sum, TRUE);
	for (size_t i = 0; i < parts->count; i++) {
		const struct quantity *part = &paragraph->quantities[parts->at[i]];
		diag_relate(
			diag, quantity_span(paragraph, part), quantity_print(reader, part), NULL);
	}
}

static const struct segment *segment_of(
	const struct paragraph *paragraph, const struct quantity *quantity)
{
	return &paragraph->segments[quantity->segment];
}

/* The nearest number before `first` that isn't a change, in this sentence or the last, not
 * deeper in parentheses. SIZE_MAX if there is none, or if it counts something else. */
static size_t whole_before(struct reader *reader, const struct paragraph *paragraph,
	const struct segment *list, unsigned counter)
{
	size_t first = list->first, start = first > REMEMBERED ? first - REMEMBERED : 0;
	for (size_t i = first; i > start; i--) {
		const struct quantity *quantity = &paragraph->quantities[i - 1];
		const struct segment *segment = segment_of(paragraph, quantity);
		if (segment->sentence + 1 < list->sentence)
			return SIZE_MAX;
		if (quantity->percent || segment->depth > list->depth ||
			piece_matches(paragraph, quantity, &reader->prose->lists.change))
			continue;
		return quantity->counter == counter ? i - 1 : SIZE_MAX;
	}
	return SIZE_MAX;
}

/* Some other number that was said before is the sum: the list divides that one. */
static bool is_explained(
	const struct paragraph *paragraph, size_t before, int64_t sum, unsigned counter)
{
	const struct quantity *last = NULL;
	size_t start = before > REMEMBERED ? before - REMEMBERED : 0;
	for (size_t i = before; i > start; i--) {
		const struct quantity *quantity = &paragraph->quantities[i - 1];
		if (quantity->percent || quantity->counter != counter)
			continue;
		if (!quantity->exact || quantity->value == sum ||
			(last && last->value + quantity->value == sum))
			return true;
		last = quantity;
	}
	return false;
}

/* 甲 10 件，乙 6 件，丙 4 件: one that is the sum of those after it isn't beside them. True if
 * the list then makes up the whole. */
static bool has_subtotal(
	const struct paragraph *paragraph, const struct parts *parts, int64_t whole)
{
	for (size_t i = 0; i + 2 < parts->count; i++) {
		int64_t subtotal = paragraph->quantities[parts->at[i]].value, rest = subtotal;
		for (size_t k = i + 1; k < parts->count && rest > 0; k++) {
			rest -= paragraph->quantities[parts->at[k]].value;
			if (rest == 0 && k > i + 1 && parts->sum - subtotal == whole)
				return true;
		}
	}
	return false;
}

enum part_kind { PART, PART_REST, PART_SKIPPED, PART_END, PART_UNSURE };

/* True if a clause from `from` up to `to` begins another list or leaves this one. */
static bool leaves(struct reader *reader, const struct paragraph *paragraph, size_t from, size_t to)
{
	for (size_t i = from; i <= to; i++)
		if (segment_matches(
			    paragraph, &paragraph->segments[i], &reader->prose->lists.breaks) ||
			segment_matches(
				paragraph, &paragraph->segments[i], &reader->prose->lists.opener))
			return true;
	return false;
}

static enum part_kind part_kind(struct reader *reader, const struct paragraph *paragraph,
	const struct segment *list, const struct quantity *quantity, unsigned counter)
{
	const struct segment *segment = segment_of(paragraph, quantity);
	if (segment->sentence != list->sentence || segment->depth < list->depth)
		return PART_END;
	if (segment->depth > list->depth || quantity->percent)
		return PART_SKIPPED;
	if (piece_matches(paragraph, quantity, &reader->prose->lists.change))
		return PART_SKIPPED;
	if (!quantity->exact || (counter && quantity->counter != counter))
		return PART_UNSURE;
	return piece_matches(paragraph, quantity, &reader->prose->lists.rest) ? PART_REST : PART;
}

/* 其他 3 件、乙 2 件 goes on; so does 其他 3 件等. */
static bool goes_on(struct reader *reader, const struct paragraph *paragraph, size_t last)
{
	const struct quantity *quantity = &paragraph->quantities[last];
	const struct segment *segment = segment_of(paragraph, quantity);
	struct pattern_stretch found, piece = quantity_piece(paragraph, quantity);
	piece.from = quantity->mark + 1;
	const struct prey prey = piece_prey(paragraph, quantity, piece);
	if (pattern_match(&reader->prose->lists.open_end, &prey, NULL, &found))
		return true;
	return last + 1 < paragraph->quantity_count &&
		quantity->segment + 1 < paragraph->segment_count &&
		(segment[1].before == '/' || segment[1].before == '(') &&
		quantity[1].segment == quantity->segment + 1 &&
		quantity[1].counter == quantity->counter;
}

/* Reads the parts of the list that `list` opens; true if a 其他 closes it. */
static bool read_parts(struct reader *reader, const struct paragraph *paragraph,
	const struct segment *list, struct parts *parts)
{
	size_t last_segment = (size_t)(list - paragraph->segments);
	unsigned counter = 0;
	size_t end = MIN(list->first + LIST_MAX, paragraph->quantity_count);
	for (size_t i = list->first; i < end; i++) {
		const struct quantity *quantity = &paragraph->quantities[i];
		enum part_kind kind = part_kind(reader, paragraph, list, quantity, counter);
		if (kind == PART_SKIPPED)
			continue;
		if (kind == PART_END || kind == PART_UNSURE ||
			(quantity->segment > last_segment &&
				leaves(reader, paragraph, last_segment + 1, quantity->segment)) ||
			!parts_add(parts, paragraph, i))
			return false;
		last_segment = quantity->segment;
		counter = quantity->counter;
		if (kind == PART_REST)
			return parts->count > 1 && !goes_on(reader, paragraph, i);
	}
	return false;
}

/* A number that was said before is large enough to hold the part. */
static bool has_room(const struct paragraph *paragraph, size_t before, const struct quantity *part)
{
	size_t start = before > REMEMBERED ? before - REMEMBERED : 0;
	for (size_t i = before; i > start; i--) {
		const struct quantity *quantity = &paragraph->quantities[i - 1];
		if (!quantity->percent && quantity->counter == part->counter &&
			(!quantity->exact || quantity->value >= part->value))
			return true;
	}
	return false;
}

/* The first part right after 其中 can't be more than what it is a part of. */
static void judge_first(struct reader *reader, struct paragraph *paragraph,
	const struct segment *list, const struct parts *parts)
{
	struct diags *diags = reader->audit->diags;
	const struct quantity *part = &paragraph->quantities[parts->at[0]];
	size_t whole = whole_before(reader, paragraph, list, part->counter);
	size_t own = (size_t)(list - paragraph->segments);
	if (whole == SIZE_MAX || !part->counter || part->segment > own + 1 ||
		has_room(paragraph, list->first, part))
		return;
	struct quantity *said = &paragraph->quantities[whole];
	bool nearest = whole + 1 == list->first || paragraph->quantities[whole + 1].percent;
	if (!nearest || said->said || (said->referenced && part->referenced))
		return;
	said->said = true;
	struct diag *diag = diag_add_rule(diags, &reader->rules[JUDGE_SUMS]->name, PROSE_PART,
		quantity_span(paragraph, part), quantity_print(reader, part),
		quantity_print(reader, said), NULL);
	diag_relate(diag, quantity_span(paragraph, said), quantity_print(reader, said), NULL);
}

static void judge_list(
	struct reader *reader, struct paragraph *paragraph, const struct segment *list)
{
	struct parts parts = {.count = 0};
	bool closed = read_parts(reader, paragraph, list, &parts);
	if (parts.count == 0)
		return;
	if (!closed) {
		judge_first(reader, paragraph, list, &parts);
		return;
	}
	unsigned counter = paragraph->quantities[parts.at[0]].counter;
	size_t whole = whole_before(reader, paragraph, list, counter);
	if (whole == SIZE_MAX || !paragraph->quantities[whole].exact ||
		parts.sum == paragraph->quantities[whole].value ||
		is_explained(paragraph, whole + 1, parts.sum, counter) ||
		has_subtotal(paragraph, &parts, paragraph->quantities[whole].value))
		return;
	parts_accuse(reader, paragraph, &parts, whole);
}

/* The segment with the number of a channel that begins at `at`; 0 if it has none. */
static size_t channel_end(const struct paragraph *paragraph, size_t at)
{
	while (at < paragraph->segment_count && paragraph->segments[at].count == 0) {
		at++;
		if (at == paragraph->segment_count || paragraph->segments[at].before != '/')
			return 0;
	}
	return at < paragraph->segment_count ? at : 0;
}

static bool is_channel(struct reader *reader, const struct paragraph *paragraph, size_t at)
{
	return at < paragraph->segment_count &&
		segment_matches(paragraph, &paragraph->segments[at], &reader->prose->lists.channel);
}

/* What stands after the last channel may be one more in other words. */
static bool may_go_on(struct reader *reader, const struct paragraph *paragraph, size_t at,
	const struct quantity *whole)
{
	if (at >= paragraph->segment_count || paragraph->segments[at].before == '.')
		return false;
	const struct segment *segment = &paragraph->segments[at];
	if (segment_matches(paragraph, segment, &reader->prose->lists.opener))
		return false;
	for (size_t i = segment->first; i < paragraph->quantity_count; i++) {
		const struct quantity *quantity = &paragraph->quantities[i];
		if (segment_of(paragraph, quantity)->sentence != segment->sentence)
			return false;
		if (quantity->counter == whole->counter)
			return true;
	}
	return false;
}

/* 共公开 N 条。通过甲 n 条，通过乙 m 条: `whole` is alone in its clause, the last before them. */
static void judge_channels(struct reader *reader, struct paragraph *paragraph, size_t index)
{
	struct quantity *whole = &paragraph->quantities[index];
	size_t sentence = segment_of(paragraph, whole)->sentence;
	struct parts parts = {.count = 0};
	size_t at = whole->segment + 1;
	while (is_channel(reader, paragraph, at)) {
		size_t end = channel_end(paragraph, at);
		const struct segment *segment = &paragraph->segments[end];
		if (end == 0 || segment->count != 1 || segment->sentence > sentence + 1)
			return;
		const struct quantity *part = &paragraph->quantities[segment->first];
		if (part->percent || !part->exact || part->counter != whole->counter ||
			goes_on(reader, paragraph, segment->first) ||
			!parts_add(&parts, paragraph, segment->first))
			return;
		at = end + 1;
	}
	if (parts.count > 1 && parts.sum != whole->value && whole->counter &&
		!may_go_on(reader, paragraph, at, whole))
		parts_accuse(reader, paragraph, &parts, index);
}

void lists_judge(struct reader *reader, struct paragraph *paragraph)
{
	struct prose *prose = reader->prose;
	if (!reader->rules[JUDGE_SUMS] || paragraph->quantity_count < 2)
		return;
	for (size_t i = 0; i < paragraph->segment_count; i++)
		if (segment_matches(paragraph, &paragraph->segments[i], &prose->lists.opener))
			judge_list(reader, paragraph, &paragraph->segments[i]);
	for (size_t i = 0; i + 1 < paragraph->quantity_count; i++) {
		const struct quantity *quantity = &paragraph->quantities[i];
		if (!quantity->percent && quantity->exact &&
			is_channel(reader, paragraph, quantity->segment + 1) &&
			piece_matches(paragraph, quantity, &prose->lists.total))
			judge_channels(reader, paragraph, i);
	}
}
