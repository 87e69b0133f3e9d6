/*
 * Many files by worker processes: a crash, a hang or a bad file takes down nothing but
 * itself. Knows indices, exit codes and bytes of output; refuses to know what a file holds.
 */
#ifndef NIANBAO_GATHER_BATCH_H
#define NIANBAO_GATHER_BATCH_H

#include <glib.h>
#include <stdbool.h>

/* What became of one file. */
struct outcome {
	int code; /* what `run` returned; undefined where the worker died */
	int signal; /* that ended the worker at this file; 0: none */
	const char *said; /* what `run` left to be printed; borrowed */
	size_t length;
};

struct batch {
	size_t count; /* of files */
	unsigned workers; /* 0: everything runs in this process */
	void *context;
	/* In a worker: does file `index`, leaves what is to be printed in `say`. */
	int (*run)(void *context, size_t index, GString *say);
	/* In the parent, once a file, in the order of the files. */
	void (*finished)(void *context, size_t index, const struct outcome *outcome);
	/* In the parent, whenever a file is done, in any order; or NULL. */
	void (*progress)(void *context, size_t done);
};

/* Runs them all. false (with errno) where not a single worker could be started. */
bool batch_run(const struct batch *batch);

#endif
