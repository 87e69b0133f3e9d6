/*
 * Whole files in and out. Reading is bounded and never waits for a file that has no end or no
 * writer; writing goes to a temporary file (.nianbao-XXXXXX) beside the target, is synced and
 * renamed, so that a failed run leaves the old file as it was. Failure is an errno value (0:
 * none), which the caller turns into a finding.
 */
#ifndef NIANBAO_BASE_FILE_H
#define NIANBAO_BASE_FILE_H

#include "base/arena.h"

#include <stdbool.h>

struct bytes {
	const char *start; /* followed by a NUL that isn't counted */
	size_t length;
};

/* "-" reads standard input. EFBIG if the file has more than `limit` bytes, which is
 * at most 1 GiB; ENXIO if it is neither a regular file nor a character device nor a pipe that
 * the shell made. */
int file_read(struct arena *arena, const char *path, size_t limit, struct bytes *bytes);
/* The file's bytes as they lie on the disk, without a NUL; an empty file is NULL. They stay
 * until file_unmap. Regular files only (else ENXIO). */
int file_map(const char *path, struct bytes *bytes);
void file_unmap(struct bytes bytes);
/* Which mapped file holds this address; NULL: none. For a signal handler: a file that is cut
 * short while it is mapped ends the process with SIGBUS. */
const char *file_mapped_at(const void *address);

struct names {
	const char **at; /* without the folder, sorted by strcmp */
	size_t count;
};
/* What a folder holds, but `.` and `..`. */
int file_list(struct arena *arena, const char *folder, struct names *names);

/* Whether both paths lead to one file that is there, however they are spelt or linked. */
bool file_is(const char *path, const char *other);

/* "-" writes standard output. A link is replaced, and what it led to stays as it was; a
 * device or a pipe is written as it is; a folder is EISDIR. */
int file_write(const char *path, struct bytes bytes);
struct file_output {
	const char *path;
	struct bytes bytes;
};
/* All of them: none is replaced before each lies whole on the disk. `*failed` is the one that
 * couldn't be written. */
int file_write_all(const struct file_output *outputs, size_t count, size_t *failed);
/* That a name now means the new file lies on the disk only once its folder is synced, which
 * costs as much as the file: so not at each file, but once a folder, when a process has done its
 * work. Of all folders written to since the last time; `*failed` is a file in the one that
 * couldn't be, valid until the next call. */
int file_settle(const char **failed);
/* Removes temporary files that are being written. For a signal handler. */
void file_abandon(void);

#endif
