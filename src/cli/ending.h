/*
 * How the process ends when it doesn't end by itself: interrupted, by a fault of its own, or
 * for want of memory. It then removes the file that it was writing, ends its workers, and says
 * what it worked on. Knows signals; refuses to know what was being done.
 */
#ifndef NIANBAO_CLI_ENDING_H
#define NIANBAO_CLI_ENDING_H

#include "cli/options.h"

#ifdef __SANITIZE_ADDRESS__
#define ENDING_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define ENDING_SANITIZED
#endif
#endif

/* The exit status by which a worker tells its parent that memory ran out. */
#define ENDING_MEMORY 90

/* Before anything else: standard descriptors that are closed are taken, so that no file gets
 * their numbers (writing to them fails with EBADF). An interruption ends the process by its
 * signal; a fault or want of memory by EXIT_ENVIRONMENT. A closed pipe and a file-size limit
 * end nothing: they are failures of a write. */
void ending_prepare(enum language language);
/* The file that is worked on from now on; borrowed. NULL: none. */
void ending_names(const char *path);
/* Whether the cursor stands behind a bar, which stays then, above what is said. */
void ending_after_bar(bool drawn);
/* Does not return. */
void ending_for_memory(void) __attribute__((noreturn));
/* In a worker: its parent says what happened. */
void ending_stay_silent(void);

#endif
