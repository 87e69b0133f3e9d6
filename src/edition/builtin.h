/*
 * The files of templates/ as the build put them into the program, those in YAML as nodes too,
 * so that no start of the program parses them. Refuses to know what any of them says.
 */
#ifndef NIANBAO_EDITION_BUILTIN_H
#define NIANBAO_EDITION_BUILTIN_H

#include "yaml/node.h"

#include <stdint.h>

/* A node without pointers, which would have to be relocated at every start: texts are places
 * in the strings of its file, and children follow their parent. */
struct packed_node {
	uint8_t kind, style;
	uint32_t start, end, key_start, key_end; /* in the file */
	uint32_t key, key_length, text, text_length;
	uint32_t count; /* of children */
	uint32_t stretch, stretch_count;
};

struct builtin {
	const char *name;
	const char *start;
	size_t length;
	const struct packed_node *nodes; /* NULL: no YAML */
	size_t node_count;
	const char *strings; /* each ended by NUL */
	const struct verbatim *stretches;
	const char *edition; /* its id; NULL: none */
	int first_year, last_year;
};
extern const struct builtin builtins[];
extern const size_t builtin_count;

/* A pattern of these files as PCRE2 has compiled it when the program was built: bytes that
 * another version of it refuses. In the order of builtins[] and of their places. */
struct builtin_pattern {
	uint32_t builtin; /* which file */
	uint32_t place; /* where the expression begins in it */
	uint32_t start; /* where its bytes begin in builtin_codes */
};
#define BUILTIN_CODE_ALIGNMENT 8
extern const struct builtin_pattern builtin_patterns[];
extern const size_t builtin_pattern_count;
extern const unsigned char builtin_codes[];

int builtin_compare_patterns(const void *left, const void *right); /* by file and place */
/* The compiled pattern whose expression is here; NULL if there is none. */
const unsigned char *builtin_code(struct span at);

/* The nodes of a file as node_parse would make them; NULL if it isn't YAML. */
const struct node *builtin_unpack(
	struct arena *arena, const struct builtin *builtin, const char *path);
const struct builtin *builtin_find(const char *name); /* NULL if there is none */

#endif
