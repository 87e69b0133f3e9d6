/*
 * A text that findings point into: a report, a template, a style. Knows bytes and places,
 * not what they mean.
 */
#ifndef NIANBAO_DIAG_SOURCE_H
#define NIANBAO_DIAG_SOURCE_H

#include "base/arena.h"
#include "base/file.h"

#include <stdbool.h>

struct source {
	const char *path; /* as the user named it; "-" for standard input */
	struct bytes bytes; /* UTF-8 without a BOM */
	struct source_index *index; /* made when a place is first asked for */
};

/* A stretch of a source in bytes; `end` is exclusive. Without a source: nowhere. */
struct span {
	const struct source *source;
	size_t start, end;
};
#define NOWHERE ((struct span){0})

/* As people count: lines and columns from 1, columns in characters (code points). */
struct place {
	size_t line, column;
};

/* Borrows `bytes`, less a UTF-8 BOM. */
struct source *source_new(struct arena *arena, const char *path, struct bytes bytes);
struct place source_place(const struct source *source, size_t byte);
size_t source_line_count(const struct source *source);
/* The text of a line (from 1) without its end. */
struct bytes source_line(const struct source *source, size_t line);
/* Where the line that holds `byte` ends: at its CR or LF, or at the end of the text. */
size_t source_line_end(const struct source *source, size_t byte);
/* Where the next line begins, behind the CR, LF or CR LF at `end`; `end` behind the last. */
size_t source_line_after(const struct source *source, size_t end);

#endif
