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

struct comparing {
	struct options *options;
	const struct editions *editions;
	struct print_run run; /* only what keeps one from being read: judging is check's */
	int code;
};

static void say(struct comparing *comparing, const char *path, struct diags *diags)
{
	struct verdict verdict = {.path = path, .diags = diags};
	diags_sort(diags);
	print_file(&printer_text, &comparing->run, &verdict);
}

/* NULL, and the exit code, where there is nothing to compare, not even a year. */
static const struct report *load(struct comparing *comparing, const char *path)
{
	struct options *options = comparing->options;
	struct diags *diags = diags_new(options->arena, options->language);
	ending_names(path);
	const struct report *report = report_load(options->arena, path, comparing->editions, diags);
	ending_names(NULL);
	if (report && report->year)
		return report;
	say(comparing, path, diags);
	comparing->code = diags_exit_code(diags, false);
	return NULL;
}

static int compare(struct options *options, size_t format, char **paths, GString *out)
{
	struct comparing comparing = {.options = options, .code = EXIT_ENVIRONMENT};
	struct diags *diags = diags_new(options->arena, options->language);
	const struct report *last = NULL, *now = NULL;
	comparing.run = (struct print_run){
		.arena = options->arena, .language = options->language, .out = g_string_new(NULL)};
	comparing.editions = editions_load(options->arena, options->templates, diags);
	if (!comparing.editions)
		say(&comparing, options->templates, diags);
	else if ((last = load(&comparing, paths[0])))
		now = load(&comparing, paths[1]);
	if (comparing.run.files)
		printer_text.end(&comparing.run);
	options_print(stderr, comparing.run.out);
	g_string_free(comparing.run.out, TRUE);
	if (!now)
		return comparing.code;
	formats[format].print(comparison_new(options->arena, last, now), options->language, out);
	return EXIT_PASSED;
}

/* What the output's suffix says, where --format says nothing. */
static const char *format_of(const char *output)
{
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
		size_t length = strlen(output), own = strlen(formats[i].name);
		if (length > own && output[length - own - 1] == '.' &&
			g_ascii_strcasecmp(output + length - own, formats[i].name) == 0)
			return formats[i].name;
	}
	return "text";
}

int cmd_diff(struct options *options, int argc, char **argv)
{
	const char *name = NULL, *output = "-";
	const struct option own[] = {
		{"format", 0, NULL, &name, "text|csv|html", ABOUT_DIFF_FORMAT},
		{"output", 'o', NULL, &output, "FILE", ABOUT_DIFF_OUTPUT},
	};
	int code = options_read(options, own, G_N_ELEMENTS(own), &argc, &argv);
	if (code != OPTIONS_READ)
		return code;
	size_t format = 0;
	if (!name)
		name = format_of(output);
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
		code = options_write(options, output, out);
	g_string_free(out, TRUE);
	return code;
}
