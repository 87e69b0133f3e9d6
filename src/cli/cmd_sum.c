/* nianbao sum: many reports added up, or a total proved against them. */
#include "cli/inputs.h"
#include "cli/judge.h"
#include "cli/reach.h"

#include "base/file.h"
#include "cli/ending.h"
#include "diag/print.h"
#include "gather/sum.h"

struct sum_words {
	const char *output, *check, *agency;
	bool allow_errors;
	struct input_words inputs;
};

struct summing {
	struct options *options;
	const struct sum_words *words;
	const struct editions *editions;
	struct check_options judging;
	struct print_run run;
	struct sum *sum;
	size_t refused, rejected; /* parts that weren't added; of them, by the rules */
	int worst;
};

static void say(struct summing *summing, const char *path, struct diags *diags)
{
	struct verdict verdict = {.path = path, .diags = diags};
	diags_sort(diags);
	print_file(&printer_text, &summing->run, &verdict);
	summing->worst = MAX(summing->worst, diags_exit_code(diags, false));
}

/* A part that is right is silent: a total of hundreds is no place for their warnings. */
static void add_file(struct summing *summing, const char *path)
{
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, summing->options->language);
	struct diags *adding = diags_new(arena, summing->options->language);
	ending_names(path);
	struct judged judged = judge_file(summing->editions, &summing->judging, path, diags);
	bool rejected = diags_exit_code(diags, false) != EXIT_PASSED;
	bool added = judged.report && (!rejected || summing->words->allow_errors);
	if (added)
		sum_add(summing->sum, judged.report, adding);
	if (rejected && !added)
		say(summing, path, diags);
	else if (adding->all->len > 0)
		say(summing, path, adding);
	summing->rejected += judged.report && !added;
	summing->refused += !added || diags_exit_code(adding, false) != EXIT_PASSED;
	ending_names(NULL);
	arena_close(arena);
}

static void check_total(struct summing *summing)
{
	struct arena *arena = summing->options->arena;
	struct diags *diags = diags_new(arena, summing->options->language);
	const struct report *total =
		report_load(arena, summing->words->check, summing->editions, diags);
	if (total)
		sum_check(summing->sum, total, diags);
	say(summing, summing->words->check, diags);
}

static void write_total(struct summing *summing)
{
	const struct options *options = summing->options;
	const char *output = summing->words->output;
	GString *text = g_string_new(NULL);
	sum_write(summing->sum, summing->words->agency, options->language, text);
	const char *count = arena_print(options->arena, "%zu", sum_count(summing->sum));
	summing->worst = options_write(options, output, text);
	if (summing->worst == EXIT_PASSED)
		options_say(options, stderr, SUM_WRITTEN, count, output, NULL);
	g_string_free(text, TRUE);
}

/* Of some of the parts a total is neither written nor proved: each of its cells would differ. */
static void say_incomplete(struct summing *summing)
{
	const struct options *options = summing->options;
	bool proving = summing->words->check;
	const char *refused = arena_print(options->arena, "%zu", summing->refused);
	if (summing->refused)
		options_say(options, stderr, proving ? SUM_UNPROVEN : SUM_UNWRITTEN, refused, NULL);
	else
		options_say(options, stderr, proving ? SUM_NOTHING_PROVEN : SUM_NOTHING, NULL);
	if (summing->rejected)
		options_say(options, stderr, SUM_ALLOW, NULL);
	summing->worst = MAX(summing->worst, EXIT_REJECTED);
}

static void end_sum(struct summing *summing, bool complete)
{
	const struct options *options = summing->options;
	const char *count = arena_print(options->arena, "%zu", sum_count(summing->sum));
	if (!complete)
		say_incomplete(summing);
	else if (summing->words->output)
		write_total(summing);
	else if (summing->worst == EXIT_PASSED)
		options_say(options, stderr, SUM_PROVEN, count, NULL);
}

static int sum_files(
	struct options *options, const struct sum_words *words, const struct inputs *inputs)
{
	struct summing summing = {.options = options, .words = words};
	struct diags *diags = diags_new(options->arena, options->language);
	summing.run = (struct print_run){.arena = options->arena,
		.language = options->language,
		.notes = true,
		.out = g_string_new(NULL)};
	summing.judging.today = judge_today();
	summing.sum = sum_new(options->arena);
	summing.editions = editions_load(options->arena, options->templates, diags);
	if (!summing.editions)
		say(&summing, options->templates, diags);
	for (size_t i = 0; summing.editions && i < inputs->count; i++)
		add_file(&summing, inputs->paths[i]);
	bool complete = summing.refused == 0 && sum_count(summing.sum) > 0;
	if (complete && words->check)
		check_total(&summing);
	if (summing.run.files > 0)
		printer_text.end(&summing.run);
	options_print(words->check ? stdout : stderr, summing.run.out);
	g_string_free(summing.run.out, TRUE);
	if (summing.editions)
		end_sum(&summing, complete);
	return summing.worst;
}

static void give_up_the_rest(
	const struct options *options, const struct sum_words *words, const struct inputs *inputs)
{
	struct reach *reach = reach_new(options);
	for (size_t i = 0; i < inputs->count; i++)
		reach_report(reach, inputs->paths[i]);
	if (words->check)
		reach_report(reach, words->check);
	reach_output(reach, words->output);
	reach_close(reach);
}

int cmd_sum(struct options *options, int argc, char **argv)
{
	struct sum_words words = {0};
	const struct option own[] = {
		{"output", 'o', NULL, &words.output, "TOTAL", ABOUT_SUM_OUTPUT},
		{"check", 0, NULL, &words.check, "TOTAL", ABOUT_SUM_CHECK},
		{"agency", 0, NULL, &words.agency, "NAME", ABOUT_SUM_AGENCY},
		{"allow-errors", 0, &words.allow_errors, NULL, NULL, ABOUT_ALLOW_ERRORS},
		{"recursive", 0, &words.inputs.recursive, NULL, NULL, ABOUT_RECURSIVE},
	};
	int code = options_read(options, own, G_N_ELEMENTS(own), &argc, &argv);
	if (code != OPTIONS_READ)
		return code;
	if (!words.output == !words.check)
		return options_refuse(options, USAGE_SUM_OUTPUT, NULL);
	if (words.check && words.agency)
		return options_refuse(options, USAGE_EXCLUDE, "--check", "--agency", NULL);
	code = options_check_agency(options, words.agency);
	if (code != OPTIONS_READ)
		return code;
	words.inputs.apart = words.output ? words.output : words.check;
	struct inputs inputs;
	code = inputs_gather(options, &words.inputs, argc, argv, &inputs);
	for (size_t i = 0; code == OPTIONS_READ && i < inputs.count; i++)
		if (file_is(inputs.paths[i], words.inputs.apart))
			code = options_refuse(options, USAGE_SUM_PART, inputs.paths[i], NULL);
	if (code == OPTIONS_READ)
		code = inputs_spare(options, &inputs, words.output);
	if (code != OPTIONS_READ)
		return code;
	give_up_the_rest(options, &words, &inputs);
	return sum_files(options, &words, &inputs);
}
