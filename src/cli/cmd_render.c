/* nianbao render: a report is judged first; what passes, or a draft, is set as pages. */
#include "cli/judge.h"

#include "diag/print.h"
#include "paint/outputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DPI_DEFAULT 150
#define DPI_MAX 2400

struct render_words {
	const char *output, *format, *style, *profile, *pages, *dpi;
	bool draft, without_source;
};

/* A file is never written over the one that it is made from. */
static bool same_file(const char *one, const char *other)
{
	struct stat a, b;
	return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
		a.st_ino == b.st_ino;
}

static int set_pages(const struct options *options, const struct render_words *words,
	const struct report *report, struct diags *diags)
{
	struct render_job job = {
		.report = report,
		.findings = words->draft ? diags : NULL,
		.path = words->output,
		.format = words->format,
		.style = words->style,
		.templates = options->templates,
		.data_directory = options->data_directory,
		.official_fonts = options->fonts,
		.profile = words->profile && strcmp(words->profile, "a1b") == 0 ? PROFILE_A1B
										: PROFILE_A3A,
		.without_source = words->without_source,
		.page_range = words->pages,
		.dpi = words->dpi ? atoi(words->dpi) : DPI_DEFAULT,
	};
	bool written = output_render(diags->arena, &job, diags);
	if (diags->environment)
		return EXIT_ENVIRONMENT;
	return written ? EXIT_PASSED : EXIT_REJECTED;
}

/* --dump: the stage instead of pages. */
static int print_stage(
	const struct options *options, const struct judged *judged, const struct diags *diags)
{
	GString *out = g_string_new(NULL);
	judge_dump(options->dump, judged, out);
	fwrite(out->str, 1, out->len, stdout);
	g_string_free(out, TRUE);
	return judged->root ? EXIT_PASSED : diags_exit_code(diags, false);
}

static int render_file(const struct options *options, const struct render_words *words,
	const char *path, struct diags *diags)
{
	const struct editions *editions = editions_load(diags->arena, options->templates, diags);
	struct check_options how = {.today = judge_today()};
	struct judged judged = {NULL, NULL};
	if (editions)
		judged = judge_file(editions, &how, path, diags);
	if (options->dump)
		return print_stage(options, &judged, diags);
	int code = diags_exit_code(diags, false);
	if (judged.report && (code == EXIT_PASSED || (code == EXIT_REJECTED && words->draft)))
		code = set_pages(options, words, judged.report, diags);
	return code;
}

/* OPTIONS_READ if the words make sense together. */
static int settle_words(
	const struct options *options, struct render_words *words, int argc, char **argv)
{
	if (argc < 2)
		return options_refuse(options, USAGE_NO_FILE, options->command, NULL);
	if (argc > 2)
		return options_refuse(options, USAGE_ONE_FILE, argv[2], NULL);
	if (options->dump)
		return OPTIONS_READ;
	if (!words->output)
		return options_refuse(options, USAGE_NO_OUTPUT, NULL);
	if (words->format && !output_known(words->format))
		return options_refuse(options, USAGE_FORMAT, words->format, NULL);
	if (!words->format && strcmp(words->output, "-") == 0)
		words->format = "pdf";
	if (!words->format && !output_format_of(words->output))
		return options_refuse(options, USAGE_FORMAT, words->output, NULL);
	if (same_file(words->output, argv[1]))
		return options_refuse(options, USAGE_SAME_FILE, words->output, NULL);
	if (words->profile && strcmp(words->profile, "a3a") != 0 &&
		strcmp(words->profile, "a1b") != 0)
		return options_refuse(
			options, USAGE_BAD_VALUE, "--profile", words->profile, "a3a, a1b", NULL);
	if (words->dpi && (atoi(words->dpi) < 1 || atoi(words->dpi) > DPI_MAX))
		return options_refuse(
			options, USAGE_BAD_VALUE, "--dpi", words->dpi, "1 … 2400", NULL);
	return OPTIONS_READ;
}

int cmd_render(struct options *options, int argc, char **argv)
{
	struct render_words words = {0};
	const struct option own[] = {
		{"output", 'o', NULL, &words.output, "FILE", ABOUT_OUTPUT},
		{"to", 0, NULL, &words.format, "FORMAT", ABOUT_TO},
		{"draft", 0, &words.draft, NULL, NULL, ABOUT_DRAFT},
		{"style", 0, NULL, &words.style, "STYLE", ABOUT_STYLE},
		{"profile", 0, NULL, &words.profile, "PROFILE", ABOUT_PROFILE},
		{"pages", 0, NULL, &words.pages, "PAGES", ABOUT_PAGES},
		{"dpi", 0, NULL, &words.dpi, "N", ABOUT_DPI},
		{"no-source", 0, &words.without_source, NULL, NULL, ABOUT_NO_SOURCE},
	};
	int code = options_read(options, own, G_N_ELEMENTS(own), &argc, &argv);
	if (code == OPTIONS_READ)
		code = settle_words(options, &words, argc, argv);
	if (code != OPTIONS_READ)
		return code;
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, options->language);
	code = render_file(options, &words, argv[1], diags);
	diags_sort(diags);
	judge_print(options, &(struct verdict){.path = argv[1], .diags = diags});
	arena_close(arena);
	return code;
}
