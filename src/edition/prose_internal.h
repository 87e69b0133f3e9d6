/*
 * Reading a grammar of sentences: what its two files share. Knows which cells a phrase may
 * name; refuses to know any phrase.
 */
#ifndef NIANBAO_EDITION_PROSE_INTERNAL_H
#define NIANBAO_EDITION_PROSE_INTERNAL_H

#include "edition/prose.h"

struct prose_reader {
	struct arena *arena;
	struct diags *diags;
	const struct edition *edition;
	struct prose *prose;
	struct pattern_words words;
	bool sound; /* nothing has been refused yet */
};

void prose_refuse(struct prose_reader *reader, const struct node *at, const char *key);

/* A sum as `A/B + C/D - E/F`. A path stands for every cell in whose name its labels occur in
 * this order: a group of rows or columns is the sum of its cells. */
void prose_reading_load(
	struct prose_reader *reader, const struct node *node, struct prose_reading *reading);

#endif
