/* JUnit's XML, as CI servers read it: a suite a file, a failed test a finding that rejects. */
#include "diag/print.h"
#include "diag/say_internal.h"

#include "base/text.h"

#include <string.h>

static void append_xml(GString *out, const char *text)
{
	char *valid = g_utf8_make_valid(text, -1);
	GString *visible = g_string_new(NULL);
	char **lines = g_strsplit(valid, "\n", -1);
	for (size_t i = 0; lines[i]; i++) {
		g_string_append(visible, i ? "\n" : "");
		text_append_visible(visible, lines[i], strlen(lines[i]));
	}
	g_strfreev(lines);
	char *escaped = g_markup_escape_text(visible->str, (gssize)visible->len);
	g_string_append(out, escaped);
	g_free(escaped);
	g_string_free(visible, TRUE);
	g_free(valid);
}

static bool rejects(const struct print_run *run, const struct diag *diag)
{
	return !diag->waived &&
		(diag->severity == SEVERITY_ERROR ||
			(run->strict && diag->severity == SEVERITY_WARNING));
}

static void print_case(
	struct print_run *run, const struct verdict *verdict, const struct diag *diag)
{
	GString *out = run->out;
	char *whole = print_whole(run, diag);
	const char *element = rejects(run, diag) ? "failure"
		: diag->waived			 ? "skipped"
						 : "system-out";
	g_string_append_printf(out, "    <testcase name=\"%s", diag->id);
	if (diag->at.source) {
		struct place place = source_place(diag->at.source, diag->at.start);
		g_string_append_printf(out, " %zu:%zu", place.line, place.column);
	}
	g_string_append(out, "\" classname=\"");
	append_xml(out, verdict->path);
	g_string_append_printf(out, "\">\n      <%s", element);
	if (strcmp(element, "system-out") != 0) {
		g_string_append(out, " message=\"");
		append_xml(out, diag->waived ? diag->waived : diag->message);
		g_string_append_c(out, '"');
	}
	if (rejects(run, diag))
		g_string_append_printf(out, " type=\"%s\"", diag->id);
	g_string_append_c(out, '>');
	append_xml(out, whole);
	g_string_append_printf(out, "</%s>\n    </testcase>\n", element);
	g_free(whole);
}

static void print_junit_begin(struct print_run *run)
{
	g_string_append(run->out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"nianbao\">\n");
}

static void print_junit_file(struct print_run *run, const struct verdict *verdict)
{
	const GPtrArray *all = verdict->diags->all;
	guint listed = MIN(all->len, PRINT_FINDINGS_MAX);
	size_t failures = 0, skipped = 0;
	for (guint i = 0; i < listed; i++) {
		failures += rejects(run, all->pdata[i]);
		skipped += ((const struct diag *)all->pdata[i])->waived != NULL;
	}
	g_string_append(run->out, "  <testsuite name=\"");
	append_xml(run->out, verdict->path);
	g_string_append_printf(run->out,
		"\" tests=\"%u\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n", MAX(listed, 1),
		failures, skipped);
	for (guint i = 0; i < listed; i++)
		print_case(run, verdict, all->pdata[i]);
	if (listed == 0) {
		g_string_append(run->out, "    <testcase name=\"check\" classname=\"");
		append_xml(run->out, verdict->path);
		g_string_append(run->out, "\"/>\n");
	}
	g_string_append(run->out, "  </testsuite>\n");
}

static void print_junit_end(struct print_run *run)
{
	g_string_append(run->out, "</testsuites>\n");
}

const struct printer printer_junit = {
	.name = "junit",
	.begin = print_junit_begin,
	.file = print_junit_file,
	.end = print_junit_end,
};
