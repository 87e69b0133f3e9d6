/* Workflow commands of GitHub Actions. A step shows ten, so the worst of the run come first. */
#include "diag/print.h"
#include "diag/say_internal.h"

#include "base/text.h"

#include <string.h>

struct annotation {
	enum severity severity;
	const char *line;
};

/* Escaped as the runner's toolkit does: properties need more than data. */
static void append_escaped(GString *out, const char *text, bool property)
{
	for (; *text; text++) {
		bool mark = strchr("%\r\n", *text) || (property && strchr(":,", *text));
		if (mark)
			g_string_append_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
		else
			g_string_append_c(out, *text);
	}
}

static void append_place(GString *out, struct span at)
{
	if (!at.source)
		return;
	struct place start = source_place(at.source, at.start);
	struct place end = source_place(at.source, at.end);
	g_string_append_printf(
		out, ",line=%zu,col=%zu,endLine=%zu", start.line, start.column, end.line);
	if (end.line == start.line)
		g_string_append_printf(out, ",endColumn=%zu", end.column);
}

static const char *const commands[] = {"notice", "warning", "error"}; /* by severity */

static void append_annotation(
	struct print_run *run, const struct verdict *verdict, const struct diag *diag)
{
	char *whole = print_whole(run, diag);
	enum severity severity = diag->waived ? SEVERITY_NOTE : diag->severity;
	g_string_append_printf(run->out, "::%s file=", commands[severity]);
	GString *path = g_string_new(NULL);
	text_append_named(path, diag->at.source ? diag->at.source->path : verdict->path);
	append_escaped(run->out, path->str, true);
	g_string_free(path, TRUE);
	append_place(run->out, diag->at);
	g_string_append(run->out, ",title=");
	append_escaped(run->out, diag->id, true);
	g_string_append(run->out, "::");
	append_escaped(run->out, whole, false);
	g_string_append_c(run->out, '\n');
	g_free(whole);
}

static void end_array(void *array)
{
	g_array_unref(array);
}

static void print_github_begin(struct print_run *run)
{
	run->state = g_array_new(FALSE, FALSE, sizeof(struct annotation));
	arena_own(run->arena, run->state, end_array);
}

static void print_github_file(struct print_run *run, const struct verdict *verdict)
{
	const GPtrArray *all = verdict->diags->all;
	for (guint i = 0; i < MIN(all->len, PRINT_FINDINGS_MAX); i++)
		append_annotation(run, verdict, all->pdata[i]);
}

/* Lines of all files are sorted by severity at the end: GitHub shows the first ten. */
static void print_github_join(struct print_run *run, const char *text, size_t length)
{
	for (const char *at = text, *end = text + length, *line_end; at < end; at = line_end + 1) {
		struct annotation annotation = {SEVERITY_NOTE, NULL};
		line_end = memchr(at, '\n', (size_t)(end - at));
		for (int i = SEVERITY_NOTE; i <= SEVERITY_ERROR; i++)
			if (g_str_has_prefix(at + strlen("::"), commands[i]))
				annotation.severity = (enum severity)i;
		annotation.line = arena_copy_n(run->arena, at, (size_t)(line_end - at));
		g_array_append_val((GArray *)run->state, annotation);
	}
}

static void print_github_end(struct print_run *run)
{
	const GArray *all = run->state;
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--)
		for (guint i = 0; i < all->len; i++) {
			const struct annotation *annotation =
				&g_array_index(all, struct annotation, i);
			if ((int)annotation->severity == severity)
				g_string_append_printf(run->out, "%s\n", annotation->line);
		}
	run->notes = true; /* they are listed above */
	print_counts(run);
}

const struct printer printer_github = {
	.name = "github",
	.begin = print_github_begin,
	.file = print_github_file,
	.join = print_github_join,
	.end = print_github_end,
};
