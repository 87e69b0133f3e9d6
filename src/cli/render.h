/*
 * What render does to one report, and to many. Knows the command's words; refuses to know
 * fonts and pages.
 */
#ifndef NIANBAO_CLI_RENDER_H
#define NIANBAO_CLI_RENDER_H

#include "cli/inputs.h"
#include "cli/judge.h"

struct render_words {
	const char *output; /* -o; or NULL and */
	const char *folder; /* --out-dir */
	const char *format; /* --to: one, or for a folder several with commas */
	char **formats; /* what is made: by --to, by the suffix, or PDF; none of them for --dump */
	const char *style, *profile, *pages, *dpi, *summary;
	bool draft, without_source, incremental;
	struct input_words inputs;
};

struct render_target {
	const char *format; /* NULL: by the suffix */
	const char *path;
	GString *saved; /* lengths and names of the files written, a line each; or NULL */
};

/* Sets a judged report. An exit code. */
int render_pages(const struct options *options, const struct render_words *words,
	const struct report *report, const struct render_target *target, struct diags *diags);

/* Many reports into a folder, each where it stands below the folder that they all share, so
 * that no two can meet: in/a/x.yaml and in/b/x.yaml become OUT/a/x.pdf and OUT/b/x.pdf. */
int render_many(
	struct options *options, const struct render_words *words, const struct inputs *inputs);

#endif
