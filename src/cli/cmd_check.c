/* nianbao check: each file read, judged, printed and forgotten. */
#include "cli/options.h"

#include "diag/print.h"
#include "yaml/node.h"

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

static int check_file(struct options *options, const struct printer *printer, struct print_run *run,
	const char *path)
{
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, options->language);
	struct verdict verdict = {.path = path, .diags = diags};
	const struct source *source = NULL;
	const struct node *root = node_load(arena, path, &source, diags);
	if (root && options->dump)
		node_dump(root, run->out);
	diags_sort(diags);
	print_file(printer, run, &verdict);
	flush(run);
	int code = diags_exit_code(diags, run->strict);
	arena_close(arena);
	return code;
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
	for (int i = 0; i < count; i++) {
		int code = check_file(options, printer, &run, paths[i]);
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
