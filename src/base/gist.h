/*
 * Which characters and which pairs of neighbours a text holds: enough to tell of most words
 * that they aren't in it, without looking. Knows no words.
 */
#ifndef NIANBAO_BASE_GIST_H
#define NIANBAO_BASE_GIST_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct gist {
	uint64_t characters; /* a bit each, of few */
	const uint64_t *bits; /* of characters and pairs; NULL: characters alone are known */
	uint32_t mask; /* their number less one */
};

/* A word that will be asked for often. */
struct gist_word {
	const char *utf8;
	uint64_t characters;
};

/* Of a text in UTF-8; half a byte of memory a character. NULL for a text so short that
 * looking is as fast. */
const struct gist *gist_new(struct arena *arena, const char *utf8, size_t length);
/* Of characters alone, in 64 bits. */
uint64_t gist_of_characters(const char *utf8, size_t length);
/* False if the text doesn't hold `word`; true if it may. */
bool gist_may_hold(const struct gist *gist, const struct gist_word *word);

#endif
