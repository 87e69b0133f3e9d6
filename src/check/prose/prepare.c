/* A paragraph made ready for patterns: clauses cut, numbers and names replaced by marks. */
#include "check/prose/prose_internal.h"

#include "base/text.h"

#include <string.h>

struct preparation {
	struct reader *reader;
	const struct passage *passage;
	const char *at, *end;
	const char *stop; /* where the mark of punctuation that was read last stands */
	char *text; /* prepared: never longer than what was written */
	size_t length;
	size_t segment_count, quantity_count; /* of the reader's */
	struct segment open; /* the one being written */
	uint64_t holds; /* so far */
	bool in_range; /* `3` of `3-5` has been read */
	bool unclosed[2]; /* no 〕, no 》 is left, so that the next 〔 or 《 needn't look for it */
};

/* What ends a clause, as the sign it is remembered by; 0 for any other character. */
static char stop_sign(gunichar character)
{
	switch (character) {
	case 0xFF0C: /* the full-width comma */
	case ',':
		return ',';
	case 0x3001:
		return '/';
	case 0xFF1B:
	case ';':
		return ';';
	case 0xFF1A:
	case ':':
		return ':';
	case 0x3002:
	case 0xFF01:
	case 0xFF1F:
	case '!':
	case '?':
		return '.';
	case 0xFF08:
	case 0x3010:
	case '(':
		return '(';
	case 0xFF09:
	case 0x3011:
	case ')':
		return ')';
	default:
		return 0;
	}
}

/* Marks that a reader doesn't hear: white space and quotation marks. */
static bool is_silent(gunichar character)
{
	return text_is_space(character) || character == '"' || character == '\'' ||
		(character >= 0x2018 && character <= 0x201D && character != 0x201A &&
			character != 0x201B) ||
		(character >= 0x300C && character <= 0x300F);
}

static void put_sign(struct preparation *making, char sign)
{
	making->text[making->length++] = sign;
}

static void put_written(struct preparation *making, const char *from, size_t length)
{
	memcpy(making->text + making->length, from, length);
	making->length += length;
}

static void make_room(struct reader *reader, size_t index)
{
	if (index < reader->room)
		return;
	reader->room = MAX(64, 2 * reader->room);
	reader->segments = g_renew(struct segment, reader->segments, reader->room);
	reader->quantities = g_renew(struct quantity, reader->quantities, reader->room);
}

static void close_segment(struct preparation *making, char stop)
{
	struct segment *open = &making->open;
	open->to = making->length;
	open->written_to = (size_t)(making->stop - making->passage->utf8);
	open->count = making->quantity_count - open->first;
	open->holds = lexicon_find(
		making->reader->prose->lexicon, making->text + open->from, open->to - open->from);
	making->holds |= open->holds;
	if (open->to > open->from || stop == '(' || stop == ')' || stop == '.') {
		make_room(making->reader, making->segment_count);
		making->reader->segments[making->segment_count++] = *open;
	}
	size_t depth = open->depth;
	if (stop == '(')
		depth++;
	else if (stop == ')' && depth > 0)
		depth--;
	else if (stop == '.')
		depth = 0;
	*open = (struct segment){.from = making->length,
		.depth = depth,
		.before = stop,
		.written_from = (size_t)(making->at - making->passage->utf8),
		.sentence = open->sentence + (stop == '.'),
		.first = making->quantity_count};
}

/* The names of laws and notices and their numbers hold no counts. */
static bool skip_name(struct preparation *making, gunichar character)
{
	if (character != 0x300A && character != 0x3014)
		return false;
	bool law = character == 0x300A;
	const char *close = law ? "》" : "〕";
	size_t left = making->unclosed[law] ? 0 : (size_t)(making->end - making->at);
	const char *found = memmem(making->at, left, close, strlen(close));
	making->unclosed[law] = !found;
	making->at = found ? found + strlen(close) : making->at + 3;
	return true;
}

/* `：206件` says what `为206件` says. */
static bool colon_before_number(const struct preparation *making, const char *after)
{
	if (making->length == making->open.from || after == making->end)
		return false;
	struct numeral numeral = numeral_read(after, making->end);
	return numeral.length > 0 && !numeral.words;
}

static bool take_stop(struct preparation *making, gunichar character)
{
	char sign = stop_sign(character);
	making->stop = making->at;
	if (!sign && character != '.')
		return false;
	making->at = g_utf8_next_char(making->at);
	if (sign == ':' && colon_before_number(making, making->at))
		put_sign(making, ':');
	else
		close_segment(making, sign ? sign : '.');
	return true;
}

static bool is_word_character(char byte)
{
	return g_ascii_isalnum(byte) || strchr("._/-@%:#", byte);
}

/* Digits of addresses, telephones, file names. */
static bool in_latin_word(const struct preparation *making, const char *from, const char *to)
{
	const char *start = making->passage->utf8;
	if (from > start && from[-1] != ':' && from[-1] != '.' && is_word_character(from[-1]))
		return true;
	return to < making->end && (g_ascii_isalpha(*to) || *to == '/' || *to == '_' || *to == '@');
}

static const struct origin *reference_at(const struct passage *passage, size_t byte)
{
	for (size_t i = 0; i < passage->origin_count; i++) {
		const struct origin *origin = &passage->origins[i];
		if (origin->figure && byte >= origin->from && byte < origin->to)
			return origin;
	}
	return NULL;
}

static const char *past_spaces(const char *at, const char *end)
{
	while (at < end && text_is_space(text_character(at)))
		at = g_utf8_next_char(at);
	return at;
}

/* The word `word` right at `at`, white space left out before it. */
static const char *past(const char *at, const char *end, const char *word)
{
	at = past_spaces(at, end);
	size_t length = strlen(word);
	return (size_t)(end - at) >= length && memcmp(at, word, length) == 0 ? at + length : NULL;
}

static char year_mark(const struct preparation *making, const struct numeral *numeral)
{
	int64_t year = numeral->value / DECIMAL_ONE;
	int64_t ours = making->reader->audit->report->year;
	if (year == ours)
		return SIGN_THIS;
	return year == ours - 1 ? SIGN_LAST : year == ours + 1 ? SIGN_NEXT : SIGN_YEAR;
}

/* Years, months, days: the sign of them stands at `after`. */
static bool take_date(struct preparation *making, const struct numeral *numeral, const char *after)
{
	const char *rest = past(after, making->end, "年");
	if (rest && numeral->length >= 4 && numeral->readable && numeral->decimals == 0 &&
		numeral->value >= 1900 * DECIMAL_ONE && numeral->value < 2200 * DECIMAL_ONE) {
		const char *degree = past(rest, making->end, "度");
		put_sign(making, year_mark(making, numeral));
		making->at = degree ? degree : rest;
		return true;
	}
	if (!(rest = past(after, making->end, "月")) && !(rest = past(after, making->end, "日")))
		return false;
	const char *part = past(rest, making->end, "份");
	put_sign(making, SIGN_DATE);
	making->at = part ? part : rest;
	return true;
}

/* Which of `signs`, characters of a string, stands at `at`: behind it; NULL if none does. */
static const char *past_sign(const char *at, const char *end, const char *signs)
{
	if (at == end || !g_utf8_strchr(signs, -1, text_character(at)))
		return NULL;
	return g_utf8_next_char(at);
}

static bool is_range(const char *at, const char *end)
{
	const char *rest = past_sign(at, end, "-~—～至到－–");
	return rest && rest < end && numeral_read(rest, end).length > 0;
}

static void add_quantity(struct preparation *making, struct quantity quantity, const char *after)
{
	quantity.mark = making->length;
	quantity.segment = making->segment_count;
	quantity.fact = NO_FACT;
	make_room(making->reader, making->quantity_count);
	making->reader->quantities[making->quantity_count++] = quantity;
	put_sign(making, quantity.percent ? SIGN_PERCENT : SIGN_COUNT);
	making->at = after;
}

/* Whether text ends here or goes on with a stop, so that a number without a counter is done. */
static bool at_stop(const char *at, const char *end)
{
	at = past_spaces(at, end);
	if (at >= end)
		return true;
	char sign = stop_sign(text_character(at));
	return sign && sign != ')';
}

static bool follows_hanzi(const struct preparation *making)
{
	if (making->length == making->open.from)
		return false;
	unsigned char last = (unsigned char)making->text[making->length - 1];
	return last >= 0x80 || last == ':';
}

/* The counter after a number, hedges around it noted; NULL if it counts nothing. */
static const char *counter_after(
	struct preparation *making, const char *after, struct quantity *quantity)
{
	const struct prose *prose = making->reader->prose;
	static const char *const myriads[] = {"万", "亿"};
	const char *rest;
	for (size_t i = 0; i < G_N_ELEMENTS(myriads); i++)
		if ((rest = past(after, making->end, myriads[i]))) {
			quantity->exact = false;
			after = rest;
		}
	size_t between = words_at(&prose->between, after, making->end);
	if (between) {
		quantity->exact = false;
		after += prose->between.at[between - 1].length;
	}
	after = past_spaces(after, making->end);
	size_t counter = words_at(&prose->counters, after, making->end);
	if (!counter)
		return at_stop(after, making->end) && follows_hanzi(making) ? after : NULL;
	quantity->counter = (unsigned)counter;
	after += prose->counters.at[counter - 1].length;
	size_t hedge = words_at(&prose->after, after, making->end);
	if (!hedge)
		return after;
	quantity->exact = false;
	return after + prose->after.at[hedge - 1].length;
}

static struct quantity quantity_of(const struct preparation *making, const struct numeral *numeral)
{
	const struct prose *prose = making->reader->prose;
	const char *prepared = making->text + making->open.from;
	const char *written = making->text + making->length;
	size_t from = (size_t)(making->at - making->passage->utf8);
	return (struct quantity){.value = numeral->value,
		.decimals = numeral->decimals,
		.exact = numeral->readable && !words_before(&prose->before, prepared, written),
		.referenced = reference_at(making->passage, from) != NULL,
		.from = from,
		.to = from + numeral->length};
}

static bool ordinal(const struct preparation *making)
{
	return making->length >= making->open.from + 3 &&
		memcmp(making->text + making->length - 3, "第", 3) == 0;
}

/* A number in hanzi counts only before a counter, and its value isn't asked. */
static bool take_words(struct preparation *making, const struct numeral *numeral)
{
	const char *after = making->at + numeral->length;
	struct quantity quantity = quantity_of(making, numeral);
	size_t counter = words_at(&making->reader->prose->counters, after, making->end);
	if (!counter || ordinal(making))
		return false;
	quantity.exact = false;
	quantity.counter = (unsigned)counter;
	after += making->reader->prose->counters.at[counter - 1].length;
	add_quantity(making, quantity, after);
	return true;
}

static bool take_number(struct preparation *making)
{
	struct numeral numeral = numeral_read(making->at, making->end);
	if (numeral.length == 0)
		return false;
	if (numeral.words)
		return take_words(making, &numeral);
	const char *after = making->at + numeral.length;
	if (in_latin_word(making, making->at, after) || ordinal(making)) {
		put_sign(making, SIGN_NUMBER);
		making->at = after;
		return true;
	}
	const char *next = past_spaces(after, making->end); /* once, as there may be many */
	if (take_date(making, &numeral, next))
		return true;
	struct quantity quantity = quantity_of(making, &numeral);
	const char *rest = past_sign(next, making->end, "%％﹪");
	quantity.percent = rest != NULL;
	bool range = is_range(next, making->end);
	if (range || making->in_range)
		quantity.exact = false;
	making->in_range = range;
	if (!rest)
		rest = counter_after(making, after, &quantity);
	if (rest && quantity.percent && words_at(&making->reader->prose->after, rest, making->end))
		quantity.exact = false;
	if (rest) {
		add_quantity(making, quantity, rest);
		return true;
	}
	put_sign(making, SIGN_NUMBER);
	making->at = after;
	return true;
}

/* The agency's own names, and 我市, 全县, 本办: whose circle is it? */
static bool take_circle(struct preparation *making)
{
	const struct reader *reader = making->reader;
	const struct prose *prose = reader->prose;
	const struct prose_words *aliases = &reader->aliases.words;
	size_t alias = words_at(aliases, making->at, making->end);
	if (alias) {
		put_sign(making, SIGN_SELF);
		making->at += aliases->at[alias - 1].length;
		return true;
	}
	size_t prefix = words_at(&prose->prefixes, making->at, making->end);
	if (!prefix)
		return false;
	const char *noun = making->at + prose->prefixes.at[prefix - 1].length;
	size_t unit = words_at(&prose->units, noun, making->end);
	size_t place = unit ? 0 : words_at(&prose->places, noun, making->end);
	if (!unit && !place)
		return false;
	const struct prose_word *word =
		unit ? &prose->units.at[unit - 1] : &prose->places.at[place - 1];
	bool ours =
		strstr(reader->aliases.agency, word->text) && (unit || reader->aliases.government);
	put_sign(making, ours ? SIGN_SELF : SIGN_OTHERS);
	making->at = noun + word->length;
	return true;
}

static void take_character(struct preparation *making)
{
	const char *next = g_utf8_next_char(making->at);
	if ((unsigned char)*making->at >= 0x20)
		put_written(making, making->at, (size_t)(next - making->at));
	making->at = next;
}

/* Whether a number in hanzi or the name of a circle may begin here. */
static bool may_begin(const struct preparation *making)
{
	return making->end - making->at >= 3 && making->reader->starts[hanzi_place(making->at)];
}

static bool is_common_hanzi(const char *at)
{
	return (unsigned char)*at >= 0xE4 && (unsigned char)*at <= 0xE9;
}

/* Most characters are hanzi that begin nothing. */
static void take_plain(struct preparation *making)
{
	const bool *starts = making->reader->starts;
	const char *at = making->at, *end = making->end;
	while (at < end && is_common_hanzi(at) && !starts[hanzi_place(at)])
		at += 3;
	put_written(making, making->at, (size_t)(at - making->at));
	making->at = at;
}

static void take_one(struct preparation *making)
{
	gunichar character = text_character(making->at);
	bool digit = character < 0x80 ? g_ascii_isdigit((char)character)
				      : character >= 0xFF10 && character <= 0xFF19;
	bool begins = may_begin(making);
	if (is_silent(character))
		making->at = g_utf8_next_char(making->at);
	else if (!skip_name(making, character) && !((digit || begins) && take_number(making)) &&
		!(begins && take_circle(making)) && !take_stop(making, character))
		take_character(making);
}

static void prepare(struct preparation *making)
{
	while (making->at < making->end) {
		take_plain(making);
		if (making->at < making->end)
			take_one(making);
	}
	making->stop = making->end;
	close_segment(making, '.');
}

struct paragraph *paragraph_prepare(
	struct reader *reader, const struct passage *passage, bool beside_table)
{
	struct preparation making = {.reader = reader,
		.passage = passage,
		.at = passage->utf8 + passage->numbering.mark,
		.end = passage->utf8 + passage->length,
		.text = arena_alloc(reader->arena, passage->length),
		.open = {.before = '^'}};
	prepare(&making);
	struct paragraph *paragraph = arena_new(reader->arena, struct paragraph);
	*paragraph = (struct paragraph){.passage = passage,
		.beside_table = beside_table,
		.lexicon = reader->prose->lexicon,
		.holds = making.holds,
		.text = making.text,
		.length = making.length,
		.segments = arena_copy_many(reader->arena, reader->segments, making.segment_count,
			sizeof(struct segment)),
		.segment_count = making.segment_count,
		.quantities = arena_copy_many(reader->arena, reader->quantities,
			making.quantity_count, sizeof(struct quantity)),
		.quantity_count = making.quantity_count};
	return paragraph;
}
