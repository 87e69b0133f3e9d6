/* The table of printers, and what several of them say. */
#include "diag/say_internal.h"

#include "base/text.h"

#include <string.h>

const char *print_say(
	const struct print_run *run, enum diag_code code, const char *first, const char *second)
{
	const char *arguments[] = {first, first ? second : NULL, NULL};
	return diag_format(run->arena, run->language, code, arguments);
}

const char *print_number(const struct print_run *run, size_t number)
{
	return arena_print(run->arena, "%zu", number);
}

static void append(struct print_run *run, enum diag_code code, size_t number)
{
	g_string_append(run->out, print_say(run, code, print_number(run, number), NULL));
}

void print_counts(struct print_run *run)
{
	if (run->files > 1)
		append(run, PRINT_COUNT_FILES, run->files);
	g_string_append(run->out,
		print_say(run, PRINT_COUNT, print_number(run, run->counts[SEVERITY_ERROR]),
			print_number(run, run->counts[SEVERITY_WARNING])));
	if (run->counts[SEVERITY_NOTE])
		append(run, run->notes ? PRINT_COUNT_NOTES : PRINT_COUNT_NOTES_HIDDEN,
			run->counts[SEVERITY_NOTE]);
	if (run->waived)
		append(run, PRINT_COUNT_WAIVED, run->waived);
	g_string_append_c(run->out, '\n');
}

static void append_line(GString *whole, const char *line)
{
	if (whole->len)
		g_string_append_c(whole, '\n');
	text_append_visible(whole, line, strlen(line));
}

char *print_whole(const struct print_run *run, const struct diag *diag)
{
	GString *whole = g_string_new(NULL);
	append_line(whole, diag->message);
	if (diag->fix_path)
		append_line(whole, print_say(run, PRINT_FIX_HERE, diag->fix_value, NULL));
	for (guint i = 0; i < diag->helps->len; i++)
		append_line(whole, diag->helps->pdata[i]);
	if (diag->waived)
		append_line(whole, print_say(run, PRINT_WAIVED_BECAUSE, diag->waived, NULL));
	return g_string_free(whole, FALSE);
}

static const struct printer *const printers[] = {
	&printer_text, &printer_json, &printer_sarif, &printer_github, &printer_junit};

const struct printer *printer_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(printers); i++)
		if (strcmp(printers[i]->name, name) == 0)
			return printers[i];
	return NULL;
}

void print_file(const struct printer *printer, struct print_run *run, const struct verdict *verdict)
{
	printer->file(run, verdict);
	run->files++;
	run->waived += verdict->diags->waived;
	for (size_t i = 0; i < G_N_ELEMENTS(run->counts); i++)
		run->counts[i] += verdict->diags->counts[i];
}
