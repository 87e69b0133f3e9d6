/* The table of printers, and what several of them say. */
#include "diag/say_internal.h"

#include "base/text.h"

#include <string.h>

const char *print_say(
	const struct print_run *run, enum diag_code code, const char *first, const char *second)
{
	return diag_format(run->arena, run->language, code, first, second, NULL);
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
		print_say(run, PRINT_COUNT, print_number(run, run->tally.counts[SEVERITY_ERROR]),
			print_number(run, run->tally.counts[SEVERITY_WARNING])));
	if (run->tally.counts[SEVERITY_NOTE])
		append(run, run->notes ? PRINT_COUNT_NOTES : PRINT_COUNT_NOTES_HIDDEN,
			run->tally.counts[SEVERITY_NOTE]);
	if (run->tally.waived)
		append(run, PRINT_COUNT_WAIVED, run->tally.waived);
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

struct print_tally print_compose(const struct printer *printer, const struct print_run *run,
	const struct verdict *verdict, GString *text)
{
	struct print_run alone = *run;
	struct print_tally tally = {.waived = verdict->diags->waived};
	memcpy(tally.counts, verdict->diags->counts, sizeof tally.counts);
	alone.arena = arena_open();
	alone.out = text;
	printer->file(&alone, verdict);
	arena_close(alone.arena);
	return tally;
}

void print_join(const struct printer *printer, struct print_run *run, const char *text,
	size_t length, const struct print_tally *tally)
{
	const char *apart = run->joined ? printer->between : printer->before;
	if (printer->join)
		printer->join(run, text, length);
	else if (length > 0) {
		g_string_append(run->out, apart ? apart : "");
		g_string_append_len(run->out, text, (gssize)length);
		run->joined = true;
	}
	run->files++;
	run->tally.waived += tally->waived;
	for (size_t i = 0; i < G_N_ELEMENTS(tally->counts); i++)
		run->tally.counts[i] += tally->counts[i];
}

void print_file(const struct printer *printer, struct print_run *run, const struct verdict *verdict)
{
	GString *text = g_string_new(NULL);
	struct print_tally tally = print_compose(printer, run, verdict, text);
	print_join(printer, run, text->str, text->len, &tally);
	g_string_free(text, TRUE);
}
