/*
 * Findings: everything that is wrong, said once, with a place. Collects, sorts, waives and
 * counts; the printers print. Knows severities and places, not YAML, tables or agencies.
 */
#ifndef NIANBAO_DIAG_DIAG_H
#define NIANBAO_DIAG_DIAG_H

#include "diag/source.h"

#include <glib.h>
#include <stdarg.h>

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };
/* Their names in templates and for machines, NULL-ended. */
extern const char *const severity_words[];
enum language { LANGUAGE_ZH, LANGUAGE_EN };

/* Every sentence that this program can say: codes.def. Several may share an id. */
enum diag_code {
#define SENTENCE(code, id, severity, zh, en) code,
#include "diag/codes.def"
#undef SENTENCE
	DIAG_CODE_COUNT
};

struct diag_related {
	struct span at;
	const char *message;
	const char *const *path; /* the cell's labels from the section down, NULL-ended; or NULL */
};

struct diag {
	enum diag_code code;
	const char *id; /* the public one: T3-BAL, YAML-SYNTAX */
	enum severity severity;
	struct span at;
	const char *message;
	const char *brief; /* for a line under a finding of the same cause; or NULL */
	const char *const *path; /* the cell it is about, NULL-ended; or NULL */
	const char *const *fix_path; /* the suspect cell, with fix_value; or NULL */
	const char *fix_value;
	const char *source; /* 依据: what demands it; or NULL */
	const char *waived; /* the reason; or NULL */
	unsigned rank; /* order among findings of one place: T3-BAL before T3-SUM */
	guint added; /* the how manyth of its list, told by diags_sort */
	bool environment; /* file, font, disk, template: exit code 3 */
	const GPtrArray *helps; /* char *: lines printed after "= " */
	const GArray *related; /* struct diag_related */
	struct diags *owner;
};

/* A file with more findings than this is no report: the rest are only counted. */
#define DIAGS_KEPT 20000

struct diags {
	struct arena *arena;
	enum language language;
	GPtrArray *all; /* struct diag *, in the order added until diags_sort */
	size_t counts[3]; /* by severity, waived ones apart */
	size_t waived;
	bool environment;
	size_t flood[3]; /* by severity: counted, and not kept, beyond DIAGS_KEPT */
	struct diag *spare; /* what diag_add returns for those */
	GPtrArray *no_helps; /* shared by all findings that have none */
	GArray *no_related;
};

struct diags *diags_new(struct arena *arena, enum language language);

/* A rule of the edition speaks with the sentence of its kind under its own id and severity. */
struct rule_name {
	const char *id;
	enum severity severity;
	const char *source[2]; /* by language; or NULL */
	unsigned rank;
};

/* The sentence's {1}, {2} … are replaced by the strings that follow, ended by NULL; their
 * number is asserted. Returns the finding, so that a path, a fix or related places can be
 * added to it. */
struct diag *diag_add(struct diags *diags, enum diag_code code, struct span at, ...)
	__attribute__((sentinel));
struct diag *diag_add_rule(struct diags *diags, const struct rule_name *rule, enum diag_code code,
	struct span at, ...) __attribute__((sentinel));

/* A sentence alone: for related places, helps, briefs and what the program prints itself. */
const char *diag_sentence(const struct diags *diags, enum diag_code code, ...)
	__attribute__((sentinel));
const char *diag_format(struct arena *arena, enum language language, enum diag_code code, ...)
	__attribute__((sentinel));
const char *diag_vformat(
	struct arena *arena, enum language language, enum diag_code code, va_list list);

/* Adds all of `from`, which shares the arena. */
void diags_adopt(struct diags *diags, const struct diags *from);

void diag_help(struct diags *diags, struct diag *diag, const char *line);
void diag_relate(struct diag *diag, struct span at, const char *message, const char *const *path);
/* Marks a finding as one of the environment (exit code 3), not of the author's data. */
void diag_blame_environment(struct diags *diags, struct diag *diag);
/* The same for every error from the `from`-th on. */
void diags_blame_since(struct diags *diags, guint from);

/* What kept a file from being read or written (an errno value), in the run's language. */
const char *diag_problem(const struct diags *diags, int failure);
/* IO-READ and IO-WRITE with that reason, blamed on the environment. */
struct diag *diag_unread(struct diags *diags, struct span at, const char *path, int failure);
struct diag *diag_unwritten(struct diags *diags, const char *path, int failure);

/* How many are counted and not kept; notes among them or not. */
size_t diags_flood(const struct diags *diags, bool notes);
void diags_sort(struct diags *diags); /* by place, then rank; drops repeated ones; recounts */

bool diags_rejects(const struct diags *diags, bool strict);
int diags_exit_code(const struct diags *diags, bool strict); /* 0, 1 or 3 (RULES §7) */

const char *diag_code_id(enum diag_code code);
const char *diag_code_text(enum diag_code code, enum language language);

#endif
