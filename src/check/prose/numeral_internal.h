/*
 * Numbers and listed words in running text. Knows digits, ASCII, full-width and hanzi; refuses
 * to know what is counted.
 */
#ifndef NIANBAO_CHECK_PROSE_NUMERAL_INTERNAL_H
#define NIANBAO_CHECK_PROSE_NUMERAL_INTERNAL_H

#include "edition/prose.h"

/* A number as written, ASCII or full-width, with thousands separators. */
struct numeral {
	size_t length; /* bytes; 0: no numeral here */
	int64_t value;
	unsigned decimals;
	bool readable; /* within the limits of a figure */
	bool words; /* in hanzi */
};
struct numeral numeral_read(const char *at, const char *end); /* numeral.c */
extern const char numeral_hanzi[]; /* the digits in hanzi */
/* The longest of `words` that the text begins, or ends, with; 0 if none, else from 1. */
size_t words_at(const struct prose_words *words, const char *at, const char *end);
size_t words_before(const struct prose_words *words, const char *start, const char *at);

#endif
