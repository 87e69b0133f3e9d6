/*
 * A command over many files: workers, findings printed in the order of the files, progress,
 * the summary at the end. Knows verdicts; refuses to know what a command does to a file.
 */
#ifndef NIANBAO_CLI_JUDGE_MANY_H
#define NIANBAO_CLI_JUDGE_MANY_H

#include "cli/inputs.h"

#include "diag/print.h"

/* What a worker found of one file; crosses from it to the parent as bytes. */
struct file_verdict {
	struct print_tally tally;
	int code; /* exit code: 0 passed, 1 rejected, 3 failed */
	bool skipped; /* --incremental: nothing has changed */
};

struct many {
	const struct options *options;
	const struct inputs *inputs;
	const struct printer *printer;
	struct print_run *run;
	FILE *to; /* where findings go */
	const char *summary; /* --summary FILE.csv|json; or NULL */
	void *context;
	/* In a worker: does one file; what is to be printed is appended to `text`. */
	struct file_verdict (*judge)(void *context, const char *path, GString *text);
};

/* A usage error where `summary` (or NULL) would replace one of the inputs, or is named neither
 * .csv nor .json; else OPTIONS_READ. */
int many_settle_summary(
	const struct options *options, const struct inputs *inputs, const char *summary);

/* The highest exit code; a worker that died counts as failed and is named. */
int many_run(const struct many *many);

#endif
