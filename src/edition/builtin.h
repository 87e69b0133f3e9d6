/* The files of templates/ as the build put them into the program. */
#ifndef NIANBAO_EDITION_BUILTIN_H
#define NIANBAO_EDITION_BUILTIN_H

#include <stddef.h>

struct builtin {
	const char *name;
	const char *start;
	size_t length;
};
extern const struct builtin builtins[];
extern const size_t builtin_count;

#endif
