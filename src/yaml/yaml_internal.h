/*
 * Between the files of this folder: a text that is a source with its mistakes cured, so that
 * one mistake doesn't hide the rest; and what libyaml said of it. No cure changes a figure,
 * and none is silent: whoever adds one has added a finding.
 */
#ifndef NIANBAO_YAML_INTERNAL_H
#define NIANBAO_YAML_INTERNAL_H

#include "yaml/node.h"

#include <string.h>

/* NUL is none of the signs. Lists are short: shorter than a call of strchr. */
static inline bool is_one_of(char sign, const char *signs)
{
	while (*signs && *signs != sign)
		signs++;
	return *signs != '\0';
}

/* Lengths differ more often than beginnings. */
static inline bool node_has_key(const struct node *node, const char *key, size_t length)
{
	return node->key_length == length && memcmp(node->key, key, length) == 0;
}

/* Bytes [at, at + length) of the source are read as `instead`. */
struct cure {
	size_t at, length;
	const char *instead;
	size_t instead_length;
	bool unreadable; /* the scalar that comes of it is `broken` */
	size_t text_at; /* where `instead` begins in the cured text */
};

struct text {
	struct arena *arena;
	const struct source *source;
	struct diags *diags;
	size_t allowed; /* bytes at its beginning in which encoding_scan will find nothing */
	GArray *cures; /* struct cure, by place once text_cure_all has run */
	bool has_marks; /* U+FEFF somewhere, read as U+200B (which encoding_scan put there) */
	struct bytes bytes; /* the source's until then, afterwards the cured ones */
};

/* Beyond this many cures the rest of a file isn't looked at: it is no report. */
#define CURES_MAX 50000
bool text_is_beyond_cure(const struct text *text);

void text_cure(struct text *text, size_t at, size_t length, const char *instead);
void text_cure_unreadable(struct text *text, size_t at, size_t length, const char *instead);
/* Sorts the cures, drops one that overlaps its predecessor, and makes text->bytes. */
void text_cure_all(struct text *text);
/* From a byte of the cured text to that of the source. */
size_t text_origin(const struct text *text, size_t byte);
/* Whether [start, end] of the source touches what a cure made unreadable. */
bool text_unreadable(const struct text *text, size_t start, size_t end);
/* A finding on bytes of the source. */
static inline struct span text_span(const struct text *text, size_t start, size_t end)
{
	return (struct span){text->source, start, end};
}

/* What libyaml stopped at, in bytes of the source. `problem` and `context` are its own. */
struct failure {
	const char *problem, *context;
	size_t at, context_at;
	bool final; /* a limit, of which a finding speaks: don't go on */
};

/* NULL and `failure` filled where the text can't be parsed to its end. */
struct node *parse_text(struct text *text, struct failure *failure);

/* The sentence for what libyaml said, at the place where the mistake is. */
void complain(struct text *text, const struct failure *failure);
/* Where that place is. */
size_t complaint_place(const struct text *text, const struct failure *failure);

/* The source, if its bytes are UTF-8, and how many at its beginning are plainly `allowed`; NULL
 * with a finding that says what they are instead. */
const struct source *encoding_source(struct arena *arena, const char *path, struct bytes bytes,
	size_t *allowed, struct diags *diags);

/* Findings on, and cures of, characters that no YAML text may hold; false where there are so
 * many that it is no text. */
bool encoding_scan(struct text *text);

/* Findings on, and cures of, what can be told from the lines: signs of full width, spaces
 * that are missing, indentation. `parsed`: libyaml found nothing, so only look for what is
 * valid YAML and yet not meant. */
void scan_lines(struct text *text, bool parsed);

/* Fills node->stretches where the text of a scalar doesn't stand verbatim in its source. */
void trail_find(struct arena *arena, struct node *scalar);

#endif
