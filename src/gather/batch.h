/*
 * Many files by worker processes: a crash, a hang or a bad file takes down nothing but
 * itself. Knows indices, exit codes and bytes of output; refuses to know what a file holds.
 */
#ifndef NIANBAO_GATHER_BATCH_H
#define NIANBAO_GATHER_BATCH_H

#include <glib.h>
#include <stdbool.h>

/* Why a file has no answer. */
enum loss {
	LOSS_NONE,
	LOSS_SIGNAL, /* the worker was ended by it */
	LOSS_EXIT, /* the worker left on its own, with an exit status */
	LOSS_UNSTARTED /* no worker could be started: an errno value */
};

/* What became of one file. */
struct outcome {
	enum loss loss;
	int number; /* the signal, exit status or errno value of the loss */
	const char *said; /* what `run` left to be printed; borrowed; "" at a loss */
	size_t length;
};

struct batch {
	size_t count; /* of files */
	unsigned workers; /* 0: everything runs in this process */
	void *context;
	/* In a worker: does file `index`, appends what is to be printed to `say`. */
	void (*run)(void *context, size_t index, GString *say);
	/* In a worker, once, before its first file; or NULL. */
	void (*begun)(void *context);
	/* In a worker, once, behind its last file: its exit status, 0 where all is well; or NULL.
	 */
	int (*ended)(void *context);
	/* In the parent, once a file, in the order of the files. false: nobody listens any more,
	 * and what no worker has yet is left. */
	bool (*finished)(void *context, size_t index, const struct outcome *outcome);
	/* In the parent, whenever a file is done, in any order; or NULL. */
	void (*progress)(void *context, size_t done);
};

/* false where a worker didn't end well behind its last file: by a status of `ended`, or by a
 * signal. */
bool batch_run(const struct batch *batch);
/* Ends all workers and waits for them. For a signal handler; does nothing in a worker. */
void batch_abandon(void);

#endif
