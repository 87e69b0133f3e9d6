/* Words in chains by their first characters, looked at where a second one follows. */
#include "base/lexicon.h"

#include "base/text.h"

#include <string.h>

#define WORDS_MOST UINT16_MAX

struct word {
	const char *utf8;
	uint32_t length;
	uint16_t next; /* of the same place; 0: it is the last */
	uint64_t lists; /* that it is in */
};

/* The words that begin with a character. */
struct start {
	uint16_t first; /* 0: there is none */
	uint16_t seconds; /* their second characters by the low bits; all, where one has none */
};

struct lexicon {
	struct arena *arena;
	struct word *words; /* from 1 */
	size_t word_count, room;
	unsigned list_count;
	struct start starts[HANZI_PLACES];
};

/* Of the character at `at`, which has three bytes or is taken for one. */
static size_t place_of(const char *at)
{
	return text_step(at) == 3 ? hanzi_place(at) : (unsigned char)*at;
}

struct lexicon *lexicon_new(struct arena *arena)
{
	struct lexicon *lexicon = arena_new(arena, struct lexicon);
	lexicon->arena = arena;
	return lexicon;
}

static struct word *word_new(struct lexicon *lexicon)
{
	if (lexicon->word_count + 1 >= lexicon->room) {
		const struct word *old = lexicon->words;
		lexicon->room = 2 * lexicon->room + 32;
		lexicon->words = arena_array(lexicon->arena, struct word, lexicon->room);
		if (old)
			memcpy(lexicon->words, old, (lexicon->word_count + 1) * sizeof *old);
	}
	return &lexicon->words[++lexicon->word_count];
}

static void add_word(struct lexicon *lexicon, const char *utf8, uint64_t list)
{
	struct start *start = &lexicon->starts[place_of(utf8)];
	const char *second = utf8 + text_step(utf8);
	int seconds = *second ? 1 << (place_of(second) & 15) : UINT16_MAX;
	start->seconds = (uint16_t)(start->seconds | seconds);
	for (uint16_t i = start->first; i; i = lexicon->words[i].next)
		if (strcmp(lexicon->words[i].utf8, utf8) == 0) {
			lexicon->words[i].lists |= list;
			return;
		}
	struct word *word = word_new(lexicon);
	*word = (struct word){utf8, (uint32_t)strlen(utf8), start->first, list};
	start->first = (uint16_t)lexicon->word_count;
}

uint64_t lexicon_add(struct lexicon *lexicon, const char *const *words)
{
	size_t count = 0;
	while (words[count])
		count++;
	if (!count || lexicon->list_count == LEXICON_LISTS ||
		lexicon->word_count + count > WORDS_MOST)
		return LEXICON_UNKNOWN;
	uint64_t list = UINT64_C(1) << lexicon->list_count++;
	for (size_t i = 0; i < count; i++)
		add_word(lexicon, words[i], list);
	return list;
}

/* The lists of the words that the text at `at` begins with, of those of its place. */
static uint64_t lists_at(const struct lexicon *lexicon, uint16_t first, const char *at, size_t left)
{
	uint64_t lists = 0;
	for (uint16_t i = first; i; i = lexicon->words[i].next) {
		const struct word *word = &lexicon->words[i];
		size_t length = word->length;
		if (length <= left && at[length - 1] == word->utf8[length - 1] &&
			memcmp(at, word->utf8, length) == 0)
			lists |= word->lists;
	}
	return lists;
}

/* A character's words are looked at where the next one is the second of any. */
uint64_t lexicon_find(const struct lexicon *lexicon, const char *utf8, size_t length)
{
	uint64_t lists = LEXICON_UNKNOWN;
	const char *last = utf8, *end = utf8 + length;
	struct start start = {0, 0}; /* of the character at `last` */
	for (const char *at = utf8; at < end; at += text_step(at)) {
		size_t place = place_of(at);
		if (start.seconds >> (place & 15) & 1)
			lists |= lists_at(lexicon, start.first, last, (size_t)(end - last));
		start = lexicon->starts[place];
		last = at;
	}
	return lists | lists_at(lexicon, start.first, last, (size_t)(end - last));
}
