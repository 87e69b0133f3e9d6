/*
 * What reading and writing have in common. Knows descriptors and paths; refuses to know what
 * is read or written.
 */
#ifndef NIANBAO_BASE_FILE_INTERNAL_H
#define NIANBAO_BASE_FILE_INTERNAL_H

#include "base/file.h"

/* Names of what the process, or the shell, has open already: /dev/fd/63, /dev/stdout. */
bool names_open_file(const char *path);
/* Whether what just failed (errno) is to be tried again. Standard input and output may have
 * been left non-blocking by whoever started us: then it waits for one of `events` of poll. */
bool is_passing(int descriptor, short events);

#endif
