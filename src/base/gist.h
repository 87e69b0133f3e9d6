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
	const uint64_t *bits; /* NULL: the text is so short that looking is as fast */
	uint32_t mask; /* their number less one */
};

/* Of a text in UTF-8; half a byte of memory a character. */
struct gist gist_of(struct arena *arena, const char *utf8, size_t length);
/* False if the text doesn't hold `word`; true if it may. */
bool gist_may_hold(const struct gist *gist, const char *word);

#endif
