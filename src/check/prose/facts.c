/* What each number of a paragraph says: of what, of whom, of which year. */
#include "check/prose/prose_internal.h"

#include <string.h>

struct reading_state {
	struct reader *reader;
	struct paragraph *paragraph;
	size_t topic;
	size_t sentence;
	bool outside_sentence, outside_paragraph, outside_period;
	bool ours;
	bool counting; /* the sentence holds a number */
	bool before_counting; /* the next one does, or there is none */
};

/* A paragraph without a number is read only if it may be a head that names a topic. */
#define HEAD_BYTES_MAX 240

struct pattern_stretch quantity_piece(
	const struct paragraph *paragraph, const struct quantity *quantity)
{
	const struct segment *segment = &paragraph->segments[quantity->segment];
	size_t index = (size_t)(quantity - paragraph->quantities);
	struct pattern_stretch piece = {segment->from, segment->to};
	if (index > segment->first)
		piece.from = paragraph->quantities[index - 1].mark + 1;
	if (index + 1 < segment->first + segment->count)
		piece.to = paragraph->quantities[index + 1].mark;
	return piece;
}

struct prey piece_prey(const struct paragraph *paragraph, const struct quantity *quantity,
	struct pattern_stretch piece)
{
	struct segment *segment = &paragraph->segments[quantity->segment];
	const char *utf8 = paragraph->text + piece.from;
	size_t length = piece.to - piece.from;
	bool whole = piece.from == segment->from && piece.to == segment->to;
	return (struct prey){utf8, length,
		whole ? segment->holds : lexicon_find(paragraph->lexicon, utf8, length),
		&segment->unread};
}

/* The words after a number that is followed by another belong to that one: tried with and
 * without them. A percentage that follows is left out. */
bool piece_matches(
	const struct paragraph *paragraph, const struct quantity *quantity, struct pattern *pattern)
{
	struct pattern_stretch found;
	if (!(paragraph->segments[quantity->segment].holds & pattern->list))
		return false;
	const struct prey prey =
		piece_prey(paragraph, quantity, quantity_piece(paragraph, quantity));
	return pattern_match(pattern, &prey, NULL, &found);
}

bool segment_matches(
	const struct paragraph *paragraph, const struct segment *segment, struct pattern *pattern)
{
	struct pattern_stretch found;
	const struct prey prey = {paragraph->text + segment->from, segment->to - segment->from,
		segment->holds, &paragraph->segments[segment - paragraph->segments].unread};
	return pattern_match(pattern, &prey, NULL, &found);
}

struct span quantity_span(const struct paragraph *paragraph, const struct quantity *quantity)
{
	return passage_span(paragraph->passage, quantity->from, quantity->to);
}

const char *quantity_print(const struct reader *reader, const struct quantity *quantity)
{
	return decimal_print(reader->arena, quantity->value);
}

static void read_scope(struct reading_state *state, const struct segment *segment)
{
	struct prose *prose = state->reader->prose;
	for (size_t i = 0; i < prose->scope_count; i++) {
		bool idle = prose->scopes[i].kind == SCOPE_NO_CIRCLE_SENTENCE && !state->counting;
		if (idle || !segment_matches(state->paragraph, segment, &prose->scopes[i].pattern))
			continue;
		switch (prose->scopes[i].kind) {
		case SCOPE_CIRCLE:
			state->outside_sentence = state->outside_paragraph = false;
			state->ours = true;
			break;
		case SCOPE_PERIOD:
			state->outside_period = false;
			break;
		case SCOPE_NO_PERIOD:
			state->outside_period = true;
			break;
		case SCOPE_NO_CIRCLE_SENTENCE:
			state->outside_sentence = true;
			break;
		case SCOPE_NO_CIRCLE_PARAGRAPH:
			state->outside_paragraph = true;
			break;
		}
	}
}

#define SEGMENTS_AROUND 24

static bool sentence_has(
	const struct paragraph *paragraph, const struct segment *segment, const char *const *words)
{
	const struct segment *first = segment, *last = segment;
	const struct segment *end = paragraph->segments + paragraph->segment_count;
	for (int i = 0; i < SEGMENTS_AROUND && first > paragraph->segments &&
		first[-1].sentence == segment->sentence;
		i++)
		first--;
	for (int i = 0;
		i < SEGMENTS_AROUND && last + 1 < end && last[1].sentence == segment->sentence; i++)
		last++;
	for (; *words; words++)
		if (text_holds(paragraph->text + first->from, last->to - first->from, *words))
			return true;
	return false;
}

static bool has_condition(const struct reading_state *state, size_t topic)
{
	const struct prose *prose = state->reader->prose;
	return topic < prose->topic_count && prose->topics[topic].near[0];
}

/* A、B 5件: the number may be of both. */
static bool is_joint(const struct paragraph *paragraph, const struct segment *segment)
{
	return segment->before == '/' && segment > paragraph->segments && segment[-1].count == 0 &&
		segment[-1].depth == segment->depth;
}

/* Two of the topics that have a condition, in one clause or side by side: of which a number
 * speaks isn't certain. */
static bool is_mixed(const struct reading_state *state, const struct segment *segment, size_t found)
{
	struct prose *prose = state->reader->prose;
	if (!has_condition(state, found))
		return false;
	if (state->topic != found && has_condition(state, state->topic) &&
		is_joint(state->paragraph, segment))
		return true;
	for (size_t i = found + 1; i < prose->topic_count; i++)
		if (has_condition(state, i) &&
			segment_matches(state->paragraph, segment, &prose->topics[i].pattern))
			return true;
	return false;
}

static void read_topic(struct reading_state *state, const struct segment *segment)
{
	struct prose *prose = state->reader->prose;
	for (size_t i = 0; i < prose->topic_count; i++) {
		struct prose_topic *topic = &prose->topics[i];
		if (!segment_matches(state->paragraph, segment, &topic->pattern))
			continue;
		bool certain = !topic->near[0] || state->paragraph->beside_table ||
			has_condition(state, state->topic) ||
			sentence_has(state->paragraph, segment, topic->near);
		certain = certain && !is_mixed(state, segment, i);
		state->topic = certain ? i : prose->topic_count;
		return;
	}
}

static size_t subject_of(const struct prose_fact *fact, const char *label, size_t length)
{
	if (!fact->subjects[0].label)
		return 0;
	for (size_t i = 0; i < fact->subject_count; i++)
		if (strlen(fact->subjects[i].label) == length &&
			memcmp(fact->subjects[i].label, label, length) == 0)
			return i;
	return SIZE_MAX;
}

static bool fits(const struct reading_state *state, const struct prose_fact *fact,
	const struct segment *segment)
{
	if (segment->depth > 0 && !fact->closed)
		return false;
	return state->topic == fact->topic || (fact->opens && !has_condition(state, fact->topic));
}

#define LOOKED_BACK 32

static bool is_named(
	const struct reader *reader, const struct quantity *quantity, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(reader->prose->facts[quantity->fact].name, *names) == 0)
			return true;
	return false;
}

/* Cases of a closed list are of the number said before them in the sentence: it must be one
 * that the list may divide, or none. */
static bool divides_whole(
	const struct reading_state *state, const struct quantity *quantity, size_t fact)
{
	const struct paragraph *paragraph = state->paragraph;
	const struct prose *prose = state->reader->prose;
	size_t index = (size_t)(quantity - paragraph->quantities);
	size_t start = index > LOOKED_BACK ? index - LOOKED_BACK : 0;
	for (size_t i = index; i > start; i--) {
		const struct quantity *before = &paragraph->quantities[i - 1];
		if (paragraph->segments[before->segment].sentence != state->sentence)
			return true;
		bool deeper = paragraph->segments[before->segment].depth >
			paragraph->segments[quantity->segment].depth;
		if (before->percent || deeper || before->fact == fact ||
			piece_matches(paragraph, before, &state->reader->prose->lists.change))
			continue;
		return before->fact != NO_FACT &&
			is_named(state->reader, before, prose->facts[fact].wholes);
	}
	return true;
}

/* The piece around a number without what facts may begin with. */
static struct prey fact_prey(const struct reading_state *state, const struct quantity *quantity)
{
	const struct paragraph *paragraph = state->paragraph;
	struct pattern_stretch start, piece = quantity_piece(paragraph, quantity);
	struct prey prey = piece_prey(paragraph, quantity, piece);
	pattern_match(&state->reader->prose->start, &prey, NULL, &start);
	piece.from += start.to;
	return piece_prey(paragraph, quantity, piece);
}

static void read_quantity(struct reading_state *state, struct quantity *quantity)
{
	struct prose *prose = state->reader->prose;
	const struct segment *segment = &state->paragraph->segments[quantity->segment];
	struct prey prey = {NULL, 0, 0, NULL};
	for (size_t i = 0; i < prose->fact_count; i++) {
		struct prose_fact *fact = &prose->facts[i];
		struct pattern_stretch label;
		if (!(segment->holds & fact->pattern.list) || !fits(state, fact, segment))
			continue;
		if (!prey.utf8)
			prey = fact_prey(state, quantity);
		if (!pattern_match(&fact->pattern, &prey, fact->subjects[0].label ? "label" : NULL,
			    &label))
			continue;
		size_t subject = subject_of(fact, prey.utf8 + label.from, label.to - label.from);
		if (subject == SIZE_MAX || (fact->closed && !divides_whole(state, quantity, i)) ||
			!prose_subject_resolve(prose, &fact->subjects[subject], NULL))
			continue;
		quantity->fact = i;
		quantity->subject = subject;
		quantity->ours = state->ours;
		state->topic = fact->topic;
		return;
	}
}

/* 206件（含 … 1件）says another thing than 206件. */
static bool includes_more(const struct reading_state *state, const struct segment *segment)
{
	const struct paragraph *paragraph = state->paragraph;
	const struct segment *next = segment + 1;
	if (next == paragraph->segments + paragraph->segment_count || next->before == '.')
		return false;
	return segment_matches(paragraph, next, &state->reader->prose->lists.including);
}

/* Sets `*next` to the first segment of the next sentence, NULL if there is none. */
static bool sentence_counts(
	const struct paragraph *paragraph, const struct segment *first, const struct segment **next)
{
	const struct segment *end = paragraph->segments + paragraph->segment_count;
	const struct segment *at = first;
	bool counts = false;
	for (; at < end && at->sentence == first->sentence; at++)
		counts |= at->count > 0;
	*next = at < end ? at : NULL;
	return counts;
}

static void read_segment(struct reading_state *state, struct segment *segment)
{
	struct paragraph *paragraph = state->paragraph;
	if (segment == paragraph->segments || segment->sentence != state->sentence) {
		state->sentence = segment->sentence;
		state->outside_sentence = false;
		state->ours = false;
		const struct segment *next = NULL;
		state->counting = sentence_counts(paragraph, segment, &next);
		state->before_counting = !next || sentence_counts(paragraph, next, &next);
	}
	const struct prose *prose = state->reader->prose;
	if (segment->holds & prose->scope_lists)
		read_scope(state, segment);
	if (!state->counting && !state->before_counting)
		state->topic = prose->topic_count;
	else if (segment->holds & prose->topic_lists)
		read_topic(state, segment);
	segment->outside =
		state->outside_sentence || state->outside_paragraph || state->outside_period;
	if (!segment->outside && segment->count > 0 && !is_joint(paragraph, segment) &&
		!includes_more(state, segment))
		for (size_t i = segment->first; i < segment->first + segment->count; i++)
			if (!paragraph->quantities[i].percent)
				read_quantity(state, &paragraph->quantities[i]);
	segment->topic = state->topic;
}

/* A topic goes on into the next paragraph only from one without numbers: a head. */
void facts_read(struct reader *reader, struct paragraph *paragraph, size_t *topic)
{
	size_t nothing = reader->prose->topic_count;
	struct reading_state state = {.reader = reader,
		.paragraph = paragraph,
		.topic = paragraph->passage->numbering.level == 2 ? nothing : *topic};
	bool silent = paragraph->quantity_count == 0 && paragraph->length > HEAD_BYTES_MAX;
	for (size_t i = 0; !silent && i < paragraph->segment_count; i++)
		read_segment(&state, &paragraph->segments[i]);
	*topic = paragraph->quantity_count == 0 && !silent ? state.topic : nothing;
}
