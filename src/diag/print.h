/*
 * Findings as text and as what machines read. A printer is told of one file at a time, so
 * that a run over thousands keeps none of them. Knows findings and formats; of a report only
 * the three facts that formats name.
 */
#ifndef NIANBAO_DIAG_PRINT_H
#define NIANBAO_DIAG_PRINT_H

#include "diag/rules.h"

#define PRINT_FINDINGS_MAX 1000 /* a file; the rest are counted (SCHEMA §6) */

/* One file as judged; its findings are sorted. */
struct verdict {
	const char *path;
	const struct diags *diags;
	const char *edition, *agency; /* NULL: not known */
	int year; /* 0: not known */
};

struct print_tally {
	size_t counts[3]; /* by severity, waived ones apart */
	size_t waived;
};

struct print_run {
	struct arena *arena; /* of the run */
	enum language language;
	bool strict, notes, colour; /* notes and colour: text only */
	struct rule_list rules; /* for formats that list them */
	GString *out; /* the caller may take what is in it after every call */
	size_t files; /* so far */
	struct print_tally tally; /* of them all */
	bool joined; /* a file had something to print */
	void *state; /* the printer's own, in the arena */
};

struct printer {
	const char *name; /* of --format */
	void (*begin)(struct print_run *run); /* or NULL */
	/* What it has to say of one file, without regard to other files. */
	void (*file)(struct print_run *run, const struct verdict *verdict);
	/* Before the first file that has anything to print, and between two of them; or NULL. */
	const char *before, *between;
	bool lists_rules; /* it wants run->rules */
	/* Takes the text of a file where order is not that of the files; or NULL. */
	void (*join)(struct print_run *run, const char *text, size_t length);
	void (*end)(struct print_run *run);
};

extern const struct printer printer_text, printer_json, printer_sarif, printer_github,
	printer_junit;

const struct printer *printer_find(const char *name); /* NULL if there is none */
/* Tells the printer and counts: compose and join. */
void print_file(
	const struct printer *printer, struct print_run *run, const struct verdict *verdict);
/* The two halves of it, so that a worker can compose what its parent joins, in order. */
struct print_tally print_compose(const struct printer *printer, const struct print_run *run,
	const struct verdict *verdict, GString *text);
void print_join(const struct printer *printer, struct print_run *run, const char *text,
	size_t length, const struct print_tally *tally);

#endif
