/*
 * The lines of a file as a clerk typed them: which level a line belongs to, and what its value
 * begins with. A light reading of YAML that doesn't stop at a mistake; it is trusted only as
 * far as libyaml has refused the file, or where a sign has plainly the wrong width.
 */
#ifndef NIANBAO_YAML_SCAN_INTERNAL_H
#define NIANBAO_YAML_SCAN_INTERNAL_H

#include "yaml/yaml_internal.h"

#define LEVELS_MAX 64 /* deeper than a report may be */

struct level {
	size_t indent;
	bool list;
};

/* What the last entry leaves open. */
enum pending {
	PENDING_CHILD, /* nothing after the colon or dash: what belongs to it may follow */
	PENDING_PLAIN, /* plain text, which deeper lines go on with */
	PENDING_NONE
};

/* Lines indented by something that isn't a space: told once, with their number. */
struct odd_indent {
	size_t lines, start, end; /* of the first one */
};

/* A line that left a level: its number of levels before, its first byte, its first sign. */
struct outdent {
	size_t depth, line, at;
};

struct scan {
	struct text *text;
	const char *bytes; /* of the source */
	size_t length;
	bool parsed;
	struct level levels[LEVELS_MAX];
	size_t depth;
	enum pending pending;
	bool in_block, after_block;
	size_t block_parent, block_indent; /* columns; the content's is 0 until it is known */
	struct outdent left; /* by the last entry; `at` is 0 where it left none */
	struct odd_indent tabs, wide;
	size_t shifted_from, shifted_to; /* the last line of wrong indentation: told once */
	size_t line_start, line_end; /* of the line that is looked at */
	size_t first_line, first_at; /* the file's first entry */
	size_t roots; /* entries of the top level so far */
	size_t stray_line; /* the last one that stood where it belongs to nothing: a run is told
			      once */
};

bool scan_is_blank(const struct scan *scan, size_t at); /* space, tab or line end */
size_t scan_skip_blanks(const struct scan *scan, size_t at, size_t end);
bool scan_has(const struct scan *scan, size_t at, const char *sign);
/* The colon that ends a key which begins at `at`; `end` if there is none. */
size_t scan_key_colon(const struct scan *scan, size_t at, size_t end);
/* Whether [at, colon) can be a word of the form rather than prose. */
bool scan_key_like(const struct scan *scan, size_t at, size_t colon);
/* Whether what stands at `at` is a figure, a list, a map, a block or nothing. */
bool scan_structural(const struct scan *scan, size_t at, size_t end);
/* Where the line of `at` ends. */
size_t scan_line_end(const struct scan *scan, size_t at);

const char *scan_spaces(const struct scan *scan, size_t count);
const char *scan_number(const struct scan *scan, size_t value);
/* A line deeper than its neighbours, or between two levels: told and mended to `expected`. */
void scan_shift(struct scan *scan, size_t at, size_t column, size_t expected);
bool scan_is_wide_space(const struct scan *scan, size_t at);
/* Behind spaces, tabs and U+3000; `column` as if a tab or a wide space were two. */
size_t scan_skip_odd(const struct scan *scan, size_t at, size_t *column);
void scan_count_odd(struct scan *scan, size_t from, size_t to);
/* The column that a line with odd blanks was meant to have: that of a level near it. */
size_t scan_meant_column(const struct scan *scan, size_t column);

/* Reads the value that begins at `at` (not blank) in an entry of a level of `indent`; returns
 * the byte behind what it read, which may be on a later line, and sets what is pending. */
size_t scan_value(struct scan *scan, size_t at, size_t indent);
/* Colons in a plain text that YAML would take for the end of a key. */
void scan_colons(struct scan *scan, size_t at, size_t end);
/* A list or map in brackets, from its bracket at `at`; returns the byte behind it. */
size_t scan_flow(struct scan *scan, size_t at, size_t indent);
/* Behind the closing quotation mark; 0 if there is none. */
size_t scan_quoted(const struct scan *scan, size_t at, size_t indent);
/* Whether a new entry begins at this line of at most `indent`: what was open isn't closed. */
bool scan_new_entry(const struct scan *scan, size_t line, size_t indent);

#endif
