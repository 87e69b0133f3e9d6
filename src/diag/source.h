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
	struct bytes bytes; /* valid UTF-8 without a BOM once source_new succeeded */
	size_t *line_starts;
	size_t line_count;
	size_t *characters; /* before every 4096th byte, so that long lines cost nothing */
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

/* Keeps `path` and `bytes`; drops a UTF-8 BOM. */
struct source *source_new(struct arena *arena, const char *path, struct bytes bytes);
struct place source_place(const struct source *source, size_t byte);
/* The text of a line (from 1) without its end. */
struct bytes source_line(const struct source *source, size_t line);

#endif
