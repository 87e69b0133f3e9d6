/*
 * The lines of a file as a clerk typed them: which level a line belongs to, and what its value
 * begins with. A light reading of YAML that doesn't stop at a mistake; it is trusted only as
 * far as libyaml has refused the file, or where a sign has plainly the wrong width.
 */
#ifndef NIANBAO_YAML_SCAN_INTERNAL_H
#define NIANBAO_YAML_SCAN_INTERNAL_H

#include "yaml/yaml_internal.h"

#include <stdint.h>

#define LEVELS_MAX 64 /* deeper than a report may be */

struct level {
	size_t indent;
	bool list;
	size_t entries; /* so far */
	size_t first_line, first_at; /* of its first entry */
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

struct scan {
	struct text *text;
	const char *bytes; /* of the source */
	size_t length;
	bool parsed;
	struct level levels[LEVELS_MAX];
	size_t depth;
	enum pending pending;
	bool in_block, after_block;
	size_t block_parent, block_indent, block_first; /* columns; not known yet: 0, NO_LINE */
	struct odd_indent tabs, wide;
	size_t shifted_from, shifted_to; /* the last line of wrong indentation: told once */
	size_t conflict_end; /* line of the last mark of the conflict that is open; 0: none is */
	bool conflict_endless, in_other_version; /* none stands below; behind the second mark */
	size_t line_start, line_end; /* of the line that is looked at */
	size_t entry_at; /* the last entry of a map */
	size_t stray_entry; /* the entry whose stray lines were told last */
	size_t stray_line; /* the last that belongs to nothing: a run is told once */
};

static inline bool scan_is_blank(const struct scan *scan, size_t at) /* or a line's end */
{
	char sign = at < scan->length ? scan->bytes[at] : '\n';
	return sign == ' ' || sign == '\n' || sign == '\t' || sign == '\r';
}

size_t scan_skip_blanks(const struct scan *scan, size_t at, size_t end);
bool scan_has(const struct scan *scan, size_t at, const char *sign);
/* The colon that ends a key which begins at `at`; `end` if there is none. */
size_t scan_key_colon(const struct scan *scan, size_t at, size_t end);
/* Behind the colon of a key where it has full width, no space behind it, or is another sign
 * (told and mended); 0 if the line has none such. `sure`: nothing but a key can stand here. */
size_t scan_mended_colon(struct scan *scan, size_t at, bool sure);
/* Whether the next line with anything on it is deeper than `column`. */
bool scan_next_is_deeper(const struct scan *scan, size_t column);
/* Whether [at, colon) can be a word of the form rather than prose. */
bool scan_key_like(const struct scan *scan, size_t at, size_t colon);
/* Whether what stands at `at` is a figure, a list, a map, a block or nothing. */
bool scan_structural(const struct scan *scan, size_t at, size_t end);
size_t scan_line_end(const struct scan *scan, size_t at); /* of the line of `at` */

const char *scan_spaces(const struct scan *scan, size_t count);
const char *scan_number(const struct scan *scan, size_t value);
/* A line deeper than its neighbours, or between two levels: told and mended to `expected`. */
void scan_shift(struct scan *scan, size_t at, size_t column, size_t expected);
/* Bytes of a blank that YAML takes for a letter, U+3000, U+00A0 and their like; 0: none. */
size_t scan_wide_space(const struct scan *scan, size_t at);
/* Behind spaces, tabs and U+3000; `column` as if a tab or a wide space were two. */
size_t scan_skip_odd(const struct scan *scan, size_t at, size_t *column);
void scan_count_odd(struct scan *scan, size_t from, size_t to);
/* The column that a line with odd blanks was meant to have: that of a level near it. */
size_t scan_meant_column(const struct scan *scan, size_t column);
#define NO_LINE SIZE_MAX
/* The column of the next line with anything on it but a comment; NO_LINE at the end. */
size_t scan_next_column(const struct scan *scan);
size_t scan_next_sign(const struct scan *scan); /* the first below the line that is looked at */
/* A line of a block of text; false where the block has ended. */
bool scan_block_line(struct scan *scan, size_t at, size_t column);
/* What an entry's line says of the lines below it. */
enum entry_shape {
	SHAPE_NONE, /* it is no entry */
	SHAPE_OPEN, /* `名称:`: something deeper follows */
	SHAPE_VALUE, /* `名称: 1`: nothing deeper can follow */
	SHAPE_TEXT /* anything else */
};
enum entry_shape scan_shape(const struct scan *scan, size_t at, size_t end);
/* Where an entry at `column` belongs by the lines that follow it; `column` where they agree.
 * `sure`: it was written there, with spaces. */
size_t scan_fitting_column(const struct scan *scan, size_t at, size_t column, bool sure);
/* A line that is no entry and interrupts the levels it stands among: told and left out. */
bool scan_interrupts(struct scan *scan, size_t at, size_t column);
/* The first entry of a level stands out of line with the second, at `column`, and the rest:
 * told and moved there. */
bool scan_straighten(struct scan *scan, struct level *level, size_t column);

/* Reads the value that begins at `at` (not blank) in an entry of a level of `indent`; returns
 * the byte behind what it read, which may be on a later line, and sets what is pending. */
size_t scan_value(struct scan *scan, size_t at, size_t indent);
/* Colons in a plain text that YAML would take for the end of a key. */
void scan_colons(struct scan *scan, size_t at, size_t end);
/* A list or map in brackets, from its bracket at `at`; returns the byte behind it. */
size_t scan_flow(struct scan *scan, size_t at, size_t indent);
size_t scan_quoted(const struct scan *scan, size_t at, size_t indent); /* behind it; 0: open */
/* Whether a new entry begins at this line of at most `indent`: what was open isn't closed. */
bool scan_new_entry(const struct scan *scan, size_t line, size_t indent);

#endif
