/* nianbao render: a report is judged first; what passes, or a draft, is set as pages. */
#include "cli/render.h"

#include "base/file.h"
#include "cli/ending.h"
#include "cli/judge_many.h"
#include "cli/reach.h"
#include "diag/print.h"
#include "paint/outputs.h"

#include <stdlib.h>
#include <string.h>

#define DPI_DEFAULT 150
#define DPI_MAX 2400

/* 0 if it is no number from 1 to DPI_MAX. */
static int dpi_of(const struct render_words *words)
{
	guint64 dpi = DPI_DEFAULT;
	if (words->dpi && !g_ascii_string_to_unsigned(words->dpi, 10, 1, DPI_MAX, &dpi, NULL))
		return 0;
	return (int)dpi;
}

int render_pages(const struct options *options, const struct render_words *words,
	const struct report *report, const struct render_target *target, struct diags *diags)
{
	struct render_job job = {
		.report = report,
		.findings = words->draft ? diags : NULL,
		.path = target->path,
		.format = target->format,
		.style = words->style,
		.templates = options->templates,
		.data_directory = options->data_directory,
		.official_fonts = options->fonts,
		.profile = words->profile && strcmp(words->profile, "a1b") == 0 ? PROFILE_A1B
										: PROFILE_A3A,
		.without_source = words->without_source,
		.page_range = words->pages,
		.saved = target->saved,
		.dpi = dpi_of(words),
	};
	enum output_end end = output_render(diags->arena, &job, diags);
	if (diags->environment)
		return EXIT_ENVIRONMENT;
	if (end == OUTPUT_NO_SUCH_PAGE)
		return EXIT_USAGE;
	return end == OUTPUT_WRITTEN ? EXIT_PASSED : EXIT_REJECTED;
}

/* --dump: the stage instead of pages. */
static int print_stage(
	const struct options *options, const struct judged *judged, const struct diags *diags)
{
	GString *out = g_string_new(NULL);
	judge_dump(options->dump, judged, out);
	options_print(stdout, out);
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
		code = render_pages(options, words, judged.report,
			&(struct render_target){words->formats[0], words->output, NULL}, diags);
	return code;
}

/* --dump prints a stage before any of these matters. */
static int refuse_beside_dump(const struct options *options, const struct render_words *words)
{
	const struct {
		const char *name;
		bool given;
	} others[] = {
		{"-o", words->output},
		{"--out-dir", words->folder},
		{"--to", words->format},
		{"--draft", words->draft},
		{"--style", words->style},
		{"--profile", words->profile},
		{"--pages", words->pages},
		{"--dpi", words->dpi},
		{"--no-source", words->without_source},
	};
	for (size_t i = 0; options->dump && i < G_N_ELEMENTS(others); i++)
		if (others[i].given)
			return options_refuse(
				options, USAGE_EXCLUDE, "--dump", others[i].name, NULL);
	return OPTIONS_READ;
}

static bool any_in(char **formats, const char *const *list)
{
	for (; *list; list++)
		for (char **format = formats; *format; format++)
			if (g_ascii_strcasecmp(*format, *list) == 0)
				return true;
	return false;
}

/* Nothing that was asked for is left out in silence, as the pages of a PDF. */
static int refuse_idle(const struct options *options, const struct render_words *words)
{
	static const char *const set[] = {"pdf", "png", "svg", "trace", NULL};
	const struct {
		const char *name;
		bool given;
		const char *const *formats;
	} some[] = {
		{"--pages", words->pages, (const char *const[]){"png", "svg", NULL}},
		{"--dpi", words->dpi, (const char *const[]){"png", NULL}},
		{"--profile", words->profile, (const char *const[]){"pdf", NULL}},
		{"--no-source", words->without_source, (const char *const[]){"pdf", NULL}},
		{"--style", words->style, set},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(some); i++)
		if (some[i].given && !any_in(words->formats, some[i].formats))
			return options_refuse(options, USAGE_FORMAT_IDLE, some[i].name,
				arena_join(options->arena, some[i].formats, ", "),
				arena_take(options->arena, g_strjoinv(", ", words->formats)), NULL);
	return OPTIONS_READ;
}

static void end_list(void *list)
{
	g_strfreev(list);
}

/* --to, for a folder with several; else the suffix, or PDF where there is none to look at. */
static int settle_formats(const struct options *options, struct render_words *words)
{
	const char *named = words->format;
	if (!named)
		named = words->output && strcmp(words->output, "-") != 0
			? output_format_of(words->output)
			: "pdf";
	if (!named)
		return options_refuse(options, USAGE_FORMAT, words->output, NULL);
	words->formats = g_strsplit(named, ",", words->folder ? -1 : 1);
	arena_own(options->arena, words->formats, end_list);
	for (char **format = words->formats; *format; format++)
		if (!output_known(*format))
			return options_refuse(options, USAGE_FORMAT, *format, NULL);
	return refuse_idle(options, words);
}

/* OPTIONS_READ if the words make sense, whatever is rendered. */
static int settle_words(const struct options *options, struct render_words *words)
{
	if (words->profile && strcmp(words->profile, "a3a") != 0 &&
		strcmp(words->profile, "a1b") != 0)
		return options_refuse(
			options, USAGE_BAD_VALUE, "--profile", words->profile, "a3a, a1b", NULL);
	if (!dpi_of(words))
		return options_refuse(
			options, USAGE_BAD_VALUE, "--dpi", words->dpi, "1 … 2400", NULL);
	if (words->output && words->folder)
		return options_refuse(options, USAGE_EXCLUDE, "-o", "--out-dir", NULL);
	const char *bulk = words->incremental ? "--incremental"
		: words->summary	      ? "--summary"
		: words->inputs.shard	      ? "--shard"
					      : NULL;
	if (bulk && !words->folder)
		return options_refuse(options, USAGE_ONLY_WITH, bulk, "--out-dir", NULL);
	if (words->pages && !output_range_valid(words->pages))
		return options_refuse(options, USAGE_PAGES, words->pages, NULL);
	if (options->dump)
		return refuse_beside_dump(options, words);
	if (!words->output && !words->folder)
		return options_refuse(options, USAGE_NO_OUTPUT, NULL);
	return settle_formats(options, words);
}

/* The same for a single file, as -o names it. */
static int settle_single(const struct options *options, const struct render_words *words,
	const struct inputs *inputs)
{
	if (inputs->all_count > 1)
		return options_refuse(options, USAGE_ONE_FILE, inputs->all[1], NULL);
	if (!options->dump && file_is(words->output, inputs->all[0]))
		return options_refuse(options, USAGE_SAME_FILE, words->output, NULL);
	return OPTIONS_READ;
}

static int render_single(
	struct options *options, const struct render_words *words, const struct inputs *inputs)
{
	int code = settle_single(options, words, inputs);
	if (code != OPTIONS_READ || inputs->count == 0)
		return code == OPTIONS_READ ? EXIT_PASSED : code;
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, options->language);
	ending_names(inputs->paths[0]);
	code = render_file(options, words, inputs->paths[0], diags);
	diags_sort(diags);
	judge_print(options, &(struct verdict){.path = inputs->paths[0], .diags = diags});
	arena_close(arena);
	return code;
}

/* Usage errors of single files are said by render_single, which needs nothing more. */
static void give_up_the_rest(const struct options *options, const struct render_words *words,
	const struct inputs *inputs)
{
	struct reach *reach = reach_new(options);
	reach_fonts(reach);
	for (size_t i = 0; i < inputs->count; i++)
		reach_report(reach, inputs->paths[i]);
	if (words->folder) {
		reach_output_folder(reach, words->folder);
		reach_workers(reach);
	}
	if (words->incremental)
		reach_file(reach, "/proc/self/exe");
	reach_output(reach, words->output);
	reach_output(reach, words->summary);
	reach_close(reach);
}

int cmd_render(struct options *options, int argc, char **argv)
{
	struct render_words words = {0};
	const struct option own[] = {
		{"output", 'o', NULL, &words.output, "FILE", ABOUT_OUTPUT},
		{"out-dir", 0, NULL, &words.folder, "DIR", ABOUT_OUT_DIR},
		{"to", 0, NULL, &words.format, "FORMAT", ABOUT_TO},
		{"draft", 0, &words.draft, NULL, NULL, ABOUT_DRAFT},
		{"style", 0, NULL, &words.style, "STYLE", ABOUT_STYLE},
		{"profile", 0, NULL, &words.profile, "PROFILE", ABOUT_PROFILE},
		{"pages", 0, NULL, &words.pages, "PAGES", ABOUT_PAGES},
		{"dpi", 0, NULL, &words.dpi, "N", ABOUT_DPI},
		{"no-source", 0, &words.without_source, NULL, NULL, ABOUT_NO_SOURCE},
		{"incremental", 0, &words.incremental, NULL, NULL, ABOUT_INCREMENTAL},
		{"summary", 0, NULL, &words.summary, "FILE", ABOUT_SUMMARY},
		INPUT_OPTIONS(words.inputs),
	};
	struct inputs inputs;
	int code = options_read(options, own, G_N_ELEMENTS(own), &argc, &argv);
	if (code == OPTIONS_READ)
		code = inputs_gather(options, &words.inputs, argc, argv, &inputs);
	if (code == OPTIONS_READ)
		code = settle_words(options, &words);
	if (code == OPTIONS_READ)
		code = many_settle_summary(options, &inputs, words.summary);
	if (code != OPTIONS_READ)
		return code;
	give_up_the_rest(options, &words, &inputs);
	return words.folder ? render_many(options, &words, &inputs)
			    : render_single(options, &words, &inputs);
}
