/*
 * What the process gives up before it reads what others wrote: the network, new programs, and
 * every file but those that it is told to keep. Knows the kernel's two ways to refuse
 * (seccomp, Landlock); refuses to know which files a command needs (cli/reach.h).
 */
#ifndef NIANBAO_CONFINE_CONFINE_H
#define NIANBAO_CONFINE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

enum confine_use {
	CONFINE_READ, /* a file, or a folder and all below it */
	CONFINE_WRITE, /* also: files made, replaced and removed in a folder; or a device written */
};

struct confine_place {
	const char *path; /* links are followed now; what isn't there is left out */
	enum confine_use use;
};

/* What is in force. */
struct confined {
	bool meant; /* false: a build with sanitizers or coverage, which need more than we do */
	bool filter; /* seccomp: no network, no new programs */
	int landlock; /* the kernel's ABI, from 1; 0: it has no Landlock, all files are reachable */
	const char *failed; /* the call that should have worked and did not, or NULL */
	int failure; /* its errno value */
};

/* For this process, for good, and for all that it forks; before it has threads. What the
 * kernel does not have is left out silently, as `confined` tells. */
struct confined confine_apply(const struct confine_place *places, size_t count);

/* Signals to nobody but itself, for this process and for good: Landlock can do that only from
 * its sixth ABI on. A process that has workers to end calls it not, each of them does. 0, or an
 * errno value where it should have worked. */
int confine_signals(void);

#endif
