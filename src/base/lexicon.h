/*
 * Lists of words that are all looked for in one walk over a text: of which lists does it hold
 * a word? Refuses to know what any word means.
 */
#ifndef NIANBAO_BASE_LEXICON_H
#define NIANBAO_BASE_LEXICON_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct lexicon;

/* A bit for each list. The last one stands for every list that has none of its own: it is in
 * whatever is found. */
#define LEXICON_LISTS 63
#define LEXICON_UNKNOWN (UINT64_C(1) << LEXICON_LISTS)
#define LEXICON_ALL UINT64_MAX

struct lexicon *lexicon_new(struct arena *arena);
/* The list's bit. It is NULL-ended, and its words live as long as the lexicon. LEXICON_UNKNOWN
 * if it is empty, or there are too many lists. */
uint64_t lexicon_add(struct lexicon *lexicon, const char *const *words);
/* The lists of which a word stands somewhere in the text, which is UTF-8. */
uint64_t lexicon_find(const struct lexicon *lexicon, const char *utf8, size_t length);

/* A place among few for the character at `utf8`, of three bytes. */
#define HANZI_PLACES 4096
static inline size_t hanzi_place(const char *utf8)
{
	unsigned middle = utf8[1] & 0x3F, last = utf8[2] & 0x3F;
	return middle << 6 | last;
}

#endif
