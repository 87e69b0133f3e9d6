/*
 * Which files a command works on: arguments, folders, lists, and the share of them that is
 * this machine's. Knows paths; refuses to open a report.
 */
#ifndef NIANBAO_CLI_INPUTS_H
#define NIANBAO_CLI_INPUTS_H

#include "cli/options.h"

struct input_words {
	const char *jobs; /* -j N */
	const char *shard; /* --shard K/N */
	bool recursive;
	const char
		*apart; /* a file that no folder stands for: the total of what is in it; or NULL */
};

/* The rows of a command's options that these words come from. */
#define INPUT_OPTIONS(words)                                                                       \
	{"jobs", 'j', NULL, &(words).jobs, "N", ABOUT_JOBS},                                       \
		{"recursive", 0, &(words).recursive, NULL, NULL, ABOUT_RECURSIVE},                 \
	{                                                                                          \
		"shard", 0, NULL, &(words).shard, "K/N", ABOUT_SHARD                               \
	}

struct inputs {
	const char **paths; /* of this shard */
	size_t count;
	const char **all; /* of all shards: names of outputs depend on them */
	size_t all_count;
	const char **lists; /* the files that named them, after @ */
	size_t list_count;
	unsigned jobs; /* 0: not asked for */
};

/* A file; a folder stands for the *.yaml and *.yml in it (and, with --recursive, below it), by
 * name; @list for the paths in its lines. Every K-th of N of them is in shard K/N.
 * OPTIONS_READ, or the exit code of what was said on standard error. */
int inputs_gather(const struct options *options, const struct input_words *words, int argc,
	char **argv, struct inputs *inputs);
/* A usage error where `output` (or NULL) would replace one of the inputs, or a list of them;
 * else OPTIONS_READ. */
int inputs_spare(const struct options *options, const struct inputs *inputs, const char *output);

#endif
