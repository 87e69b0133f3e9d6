/*
 * Whole files in and out. Reading is bounded; writing goes to a temporary file beside the
 * target, is synced and renamed, so that a failed run leaves the old file as it was.
 * Failure is an errno value (0: none), which the caller turns into a finding.
 */
#ifndef NIANBAO_BASE_FILE_H
#define NIANBAO_BASE_FILE_H

#include "base/arena.h"

#include <stdbool.h>

struct bytes {
	const char *start; /* followed by a NUL that isn't counted */
	size_t length;
};

/* "-" reads standard input. EFBIG if the file has more than `limit` bytes. */
int file_read(struct arena *arena, const char *path, size_t limit, struct bytes *bytes);
/* "-" writes standard output. */
int file_write(const char *path, struct bytes bytes);
/* Whether both paths lead to one file that is there, however they are spelt or linked. */
bool file_is(const char *path, const char *other);

#endif
