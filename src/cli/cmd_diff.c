/* nianbao diff: two years side by side. */
#include "cli/options.h"
#include "cli/reach.h"

#include "base/file.h"
#include "cli/ending.h"
#include "diag/print.h"
#include "gather/compare.h"

#include <string.h>

static const struct {
	const char *name;
	void (*print)(const struct comparison *comparison, enum language language, GString *out);
} formats[] = {
	{"text", comparison_print_text},
	{"csv", comparison_print_csv},
	{"html", comparison_print_html},
};

/* Only what keeps a report from being read is said here: judging it is check's. */
static const struct report *load(struct options *options, const struct editions *editions,
	const char *path, struct print_run *run, int *code)
{
	struct diags *diags = diags_new(options->arena, options->language);
	ending_names(path);
	const struct report *report = report_load(options->arena, path, editions, diags);
	ending_names(NULL);
	diags_sort(diags);
	*code = report ? EXIT_PASSED : diags_exit_code(diags, false);
	if (!report) {
		struct verdict verdict = {.path = path, .diags = diags};
		print_file(&printer_text, run, &verdict);
	}
	return report;
}

static int compare(struct options *options, size_t format, char **paths, GString *out)
{
	struct print_run run = {.arena = options->arena, .language = options->language, .out = out};
	struct diags *diags = diags_new(options->arena, options->language);
	const struct editions *editions = editions_load(options->arena, options->templates, diags);
	int code = EXIT_ENVIRONMENT;
	const struct report *last =
		editions ? load(options, editions, paths[0], &run, &code) : NULL;
	const struct report *now = last ? load(options, editions, paths[1], &run, &code) : NULL;
	if (!editions) {
		struct verdict verdict = {.path = options->templates, .diags = diags};
		print_file(&printer_text, &run, &verdict);
	}
	if (!now) {
		printer_text.end(&run);
		return code;
	}
	formats[format].print(comparison_new(options->arena, last, now), options->language, out);
	return EXIT_PASSED;
}

static int write_out(const struct options *options, const char *output, const GString *text)
{
	int failure = file_write(output, (struct bytes){text->str, text->len});
	if (!failure)
		return EXIT_PASSED;
	return options_refuse_output(options, output, failure);
}

int cmd_diff(struct options *options, int argc, char **argv)
{
	const char *name = "text", *output = "-";
	const struct option own[] = {
		{"format", 0, NULL, &name, "text|csv|html", ABOUT_DIFF_FORMAT},
		{"output", 'o', NULL, &output, "FILE", ABOUT_DIFF_OUTPUT},
	};
	int code = options_read(options, own, G_N_ELEMENTS(own), &argc, &argv);
	if (code != OPTIONS_READ)
		return code;
	size_t format = 0;
	while (format < G_N_ELEMENTS(formats) && strcmp(formats[format].name, name) != 0)
		format++;
	if (format == G_N_ELEMENTS(formats))
		return options_refuse(
			options, USAGE_BAD_VALUE, "--format", name, "text, csv, html", NULL);
	if (argc != 3)
		return options_refuse(options, USAGE_TWO_FILES, options->command, NULL);
	if (file_is(output, argv[1]) || file_is(output, argv[2]))
		return options_refuse(options, USAGE_SAME_FILE, output, NULL);
	struct reach *reach = reach_new(options);
	reach_report(reach, argv[1]);
	reach_report(reach, argv[2]);
	reach_output(reach, output);
	reach_close(reach);
	GString *out = g_string_new(NULL);
	code = compare(options, format, argv + 1, out);
	if (code == EXIT_PASSED)
		code = write_out(options, output, out);
	else
		options_print(stderr, out);
	g_string_free(out, TRUE);
	return code;
}
