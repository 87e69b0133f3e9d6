/*
 * Parts of the program that are files of their own, loaded when first needed: `check` starts
 * in a millisecond because Pango, Cairo and their forty libraries come only with the part
 * that calls them. Knows where such files are; refuses to know what is in them.
 */
#ifndef NIANBAO_BASE_MODULE_H
#define NIANBAO_BASE_MODULE_H

#include "base/arena.h"

/* The file of the part `name`: beside the program, above it (tests), or where it was installed;
 * NULL if there is none. */
const char *module_file(struct arena *arena, const char *name);
/* The object `symbol` of that part, which stays for as long as the process runs. NULL: `*why`
 * says the reason, in the arena. */
const void *module_find(
	struct arena *arena, const char *name, const char *symbol, const char **why);

#endif
