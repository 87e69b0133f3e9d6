/* nianbao check: each file read, judged, printed and forgotten. */
#include "cli/judge.h"
#include "cli/judge_many.h"
#include "cli/reach.h"

#include "base/file.h"

#include <unistd.h>

struct check_words {
	const char *format, *previous, *summary;
	bool strict, notes;
	struct input_words inputs;
};

/* What every file of a run is judged by. */
struct bench {
	struct options *options;
	const struct printer *printer;
	struct print_run *run;
	const struct editions *editions;
	struct check_options judging;
};

static struct file_verdict check_file(void *context, const char *path, GString *text)
{
	const struct bench *bench = context;
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, bench->options->language);
	struct verdict verdict = {.path = path, .diags = diags};
	struct judged judged = judge_file(bench->editions, &bench->judging, path, diags);
	struct file_verdict found = {.code = diags_exit_code(diags, bench->run->strict)};
	if (judged.report) {
		/* with neither 年度 nor 格式 it was judged by the newest, which isn't known to be
		 * its own */
		if (judged.report->year || node_find(judged.report->root, "格式"))
			verdict.edition = judged.report->edition->id;
		verdict.agency = judged.report->agency.utf8;
		verdict.year = judged.report->year;
	}
	if (bench->options->dump)
		judge_dump(bench->options->dump, &judged, text);
	found.tally = print_compose(bench->printer, bench->run, &verdict, text);
	arena_close(arena);
	return found;
}

/* Findings that are about no report: of templates, or of last year's file. */
static int say_apart(struct bench *bench, const char *path, struct diags *diags)
{
	struct verdict verdict = {.path = path, .diags = diags};
	diags_sort(diags);
	print_file(bench->printer, bench->run, &verdict);
	return diags_exit_code(diags, bench->run->strict);
}

/* Last year's report is compared with, not judged: only what keeps it from being read is said. */
static int load_previous(struct bench *bench, const char *path)
{
	struct arena *arena = bench->options->arena;
	struct diags *diags = diags_new(arena, bench->options->language);
	bench->judging.previous = report_load(arena, path, bench->editions, diags);
	return bench->judging.previous ? EXIT_PASSED : say_apart(bench, path, diags);
}

static int load_editions(struct bench *bench)
{
	struct arena *arena = bench->options->arena;
	const char *templates = bench->options->templates;
	struct diags *diags = diags_new(arena, bench->options->language);
	bench->editions = editions_load(arena, templates, diags);
	if (bench->editions && bench->printer->lists_rules)
		bench->run->rules = judge_rules(arena, bench->options->language, bench->editions);
	if (bench->printer->begin)
		bench->printer->begin(bench->run);
	/* Those built in are known to be right, and loading all their rules takes its time. */
	bool sound = bench->editions && (!templates || check_editions(bench->editions, diags));
	return sound ? EXIT_PASSED : say_apart(bench, templates ? templates : "templates", diags);
}

static int check_files(
	struct bench *bench, const struct check_words *words, const struct inputs *inputs)
{
	int worst = load_editions(bench);
	if (worst == EXIT_PASSED && words->previous)
		worst = load_previous(bench, words->previous);
	if (worst != EXIT_PASSED)
		return worst;
	const struct many many = {
		.options = bench->options,
		.inputs = inputs,
		.printer = bench->printer,
		.run = bench->run,
		.to = stdout,
		.summary = words->summary,
		.context = bench,
		.judge = check_file,
	};
	return many_run(&many);
}

static bool wants_colour(void)
{
	const char *refused = g_getenv("NO_COLOR");
	return isatty(STDOUT_FILENO) && !(refused && *refused);
}

static void give_up_the_rest(
	const struct options *options, const struct check_words *words, const struct inputs *inputs)
{
	struct reach *reach = reach_new(options);
	for (size_t i = 0; i < inputs->count; i++)
		reach_report(reach, inputs->paths[i]);
	if (words->previous)
		reach_report(reach, words->previous);
	reach_output(reach, words->summary);
	if (inputs->jobs)
		reach_workers(reach);
	reach_close(reach);
}

static int check_all(
	struct options *options, const struct check_words *words, const struct inputs *inputs)
{
	const struct printer *printer = printer_find(words->format ? words->format : "text");
	if (!printer)
		return options_refuse(options, USAGE_BAD_VALUE, "--format", words->format,
			"text, json, sarif, github, junit", NULL);
	if (options->dump && printer != &printer_text)
		return options_refuse(options, USAGE_EXCLUDE, "--dump", "--format", NULL);
	give_up_the_rest(options, words, inputs);
	struct print_run run = {.arena = options->arena,
		.language = options->language,
		.strict = words->strict,
		.notes = words->notes,
		.colour = wants_colour(),
		.out = g_string_new(NULL)};
	struct bench bench = {.options = options, .printer = printer, .run = &run};
	bench.judging.today = judge_today();
	int worst = check_files(&bench, words, inputs);
	printer->end(&run);
	options_print(stdout, run.out);
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
		{"summary", 0, NULL, &words.summary, "FILE", ABOUT_SUMMARY},
		INPUT_OPTIONS(words.inputs),
	};
	struct inputs inputs;
	int code = options_read(options, own, G_N_ELEMENTS(own), &argc, &argv);
	if (code == OPTIONS_READ)
		code = inputs_gather(options, &words.inputs, argc, argv, &inputs);
	if (code == OPTIONS_READ)
		code = many_settle_summary(options, &inputs, words.summary);
	if (code == OPTIONS_READ && words.summary && words.previous &&
		file_is(words.summary, words.previous))
		code = options_refuse(options, USAGE_SAME_FILE, words.summary, NULL);
	return code == OPTIONS_READ ? check_all(options, &words, &inputs) : code;
}
