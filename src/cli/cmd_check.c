/* nianbao check: each file read, judged, printed and forgotten. */
#include "cli/options.h"

#include "diag/print.h"
#include "report/report.h"

#include <string.h>
#include <unistd.h>

struct check_words {
	const char *format, *previous;
	bool strict, notes;
};

static void flush(struct print_run *run)
{
	fwrite(run->out->str, 1, run->out->len, stdout);
	g_string_truncate(run->out, 0);
}

/* Prints the stage that --dump names. */
static void dump(const struct options *options, const struct report *report,
	const struct node *root, GString *out)
{
	if (strcmp(options->dump, "nodes") == 0)
		node_dump(root, out);
	else if (report && strcmp(options->dump, "edition") == 0)
		edition_dump(report->edition, out);
	else if (report && strcmp(options->dump, "report") == 0)
		report_dump(report, out);
}

static int print_verdict(
	const struct printer *printer, struct print_run *run, struct verdict *verdict)
{
	print_file(printer, run, verdict);
	flush(run);
	return diags_exit_code(verdict->diags, run->strict);
}

static int check_file(struct options *options, const struct editions *editions,
	const struct printer *printer, struct print_run *run, const char *path)
{
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, options->language);
	struct verdict verdict = {.path = path, .diags = diags};
	const struct source *source = NULL;
	const struct node *root = node_load(arena, path, &source, diags);
	const struct report *report =
		root ? report_bind(arena, source, root, editions, diags) : NULL;
	if (root && options->dump)
		dump(options, report, root, run->out);
	if (report) {
		verdict.edition = report->edition->id;
		verdict.agency = report->agency.utf8;
		verdict.year = report->year;
	}
	diags_sort(diags);
	int code = print_verdict(printer, run, &verdict);
	arena_close(arena);
	return code;
}

/* A wrong template gets the courtesy of a wrong report. */
static const struct editions *load_editions(
	struct options *options, const struct printer *printer, struct print_run *run)
{
	struct diags *diags = diags_new(options->arena, options->language);
	const struct editions *editions = editions_load(options->arena, options->templates, diags);
	struct verdict verdict = {
		.path = options->templates ? options->templates : "templates", .diags = diags};
	diags_sort(diags);
	if (!editions)
		print_verdict(printer, run, &verdict);
	return editions;
}

static bool wants_colour(void)
{
	const char *refused = g_getenv("NO_COLOR");
	return isatty(STDOUT_FILENO) && !(refused && *refused);
}

static int check_all(
	struct options *options, const struct check_words *words, int count, char **paths)
{
	const struct printer *printer = printer_find(words->format ? words->format : "text");
	if (!printer)
		return options_refuse(options, USAGE_BAD_VALUE, "--format", words->format,
			"text, json, sarif, github, junit", NULL);
	struct print_run run = {.arena = options->arena,
		.language = options->language,
		.strict = words->strict,
		.notes = words->notes,
		.colour = wants_colour(),
		.out = g_string_new(NULL)};
	int worst = EXIT_PASSED;
	if (printer->begin)
		printer->begin(&run);
	const struct editions *editions = load_editions(options, printer, &run);
	if (!editions)
		worst = EXIT_ENVIRONMENT;
	for (int i = 0; editions && i < count; i++) {
		int code = check_file(options, editions, printer, &run, paths[i]);
		worst = MAX(worst, code);
	}
	printer->end(&run);
	flush(&run);
	g_string_free(run.out, TRUE);
	return worst;
}

int cmd_check(struct options *options, int argc, char **argv)
{
	struct check_words words = {0};
	const struct option own[] = {
		{"format", 0, NULL, &words.format, "FORMAT", ABOUT_FORMAT},
		{"strict", 0, &words.strict, NULL, NULL, ABOUT_STRICT},
		{"notes", 0, &words.notes, NULL, NULL, ABOUT_NOTES},
		{"previous", 0, NULL, &words.previous, "LAST", ABOUT_PREVIOUS},
	};
	int code = options_read(options, own, G_N_ELEMENTS(own), &argc, &argv);
	if (code != OPTIONS_READ)
		return code;
	if (argc < 2)
		return options_refuse(options, USAGE_NO_FILE, options->command, NULL);
	return check_all(options, &words, argc - 1, argv + 1);
}
