/* The batch's callbacks: what crosses the process border, and what the parent says. */
#include "cli/judge_many.h"

#include "base/file.h"
#include "cli/ending.h"
#include "cli/reach.h"
#include "diag/summary.h"
#include "gather/batch.h"

#include <string.h>
#include <unistd.h>

#define PROGRESS_INTERVAL G_USEC_PER_SEC
#define PROGRESS_FILES 1000 /* a line in a log each */

enum result { RESULT_PASSED, RESULT_REJECTED, RESULT_FAILED, RESULT_SKIPPED, RESULT_COUNT };

static const char *const result_words[] = {"passed", "rejected", "failed", "unchanged"};

struct running {
	const struct many *many;
	GString *summary; /* rows so far */
	size_t results[RESULT_COUNT];
	int worst;
	bool terminal; /* a bar that is drawn again, not lines */
	gint64 started, shown; /* monotonic, microseconds */
};

static void run_one(void *context, size_t index, GString *say)
{
	struct running *running = context;
	const struct many *many = running->many;
	struct file_verdict verdict;
	size_t start = say->len;
	g_string_set_size(say, start + sizeof verdict);
	ending_names(many->inputs->paths[index]);
	verdict = many->judge(many->context, many->inputs->paths[index], say);
	ending_names(NULL);
	memcpy(say->str + start, &verdict, sizeof verdict);
}

static void begin_worker(void *context)
{
	const struct running *running = context;
	reach_alone(running->many->options);
	ending_stay_silent();
}

static int end_worker(void *context)
{
	const struct running *running = context;
	return options_settle_files(running->many->options, EXIT_PASSED);
}

static enum result result_of(const struct file_verdict *verdict)
{
	if (verdict->skipped)
		return RESULT_SKIPPED;
	if (verdict->code == EXIT_PASSED)
		return RESULT_PASSED;
	return verdict->code == EXIT_REJECTED ? RESULT_REJECTED : RESULT_FAILED;
}

static void clear_progress(struct running *running)
{
	if (running->terminal && running->shown)
		fputs("\r\033[K", stderr);
	ending_after_bar(false);
}

static bool summary_is_json(const struct many *many)
{
	return g_str_has_suffix(many->summary, ".json");
}

static void summarize(struct running *running, const char *path, enum result result,
	const struct print_tally *tally)
{
	struct summary_row row = {path, result_words[result], tally};
	if (running->many->summary)
		summary_add(running->summary, summary_is_json(running->many), &row);
}

static struct diag *say_loss(struct diags *diags, const char *path, const struct outcome *outcome)
{
	const char *number = arena_print(diags->arena, "%d", outcome->number);
	switch (outcome->loss) {
	case LOSS_UNSTARTED:
		return diag_add(diags, WORKER_NONE, NOWHERE, path,
			diag_problem(diags, outcome->number), NULL);
	case LOSS_EXIT:
		if (outcome->number == ENDING_MEMORY)
			return diag_add(diags, WORKER_MEMORY, NOWHERE, path, NULL);
		return diag_add(diags, WORKER_LEFT, NOWHERE, path, number, NULL);
	case LOSS_SIGNAL:
	case LOSS_NONE:
		break;
	}
	return diag_add(diags, WORKER_DIED, NOWHERE, path, number, NULL);
}

/* A worker ended in the middle of a file: the file is named, the others are done. */
static void finish_lost(struct running *running, const char *path, const struct outcome *outcome)
{
	const struct many *many = running->many;
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, many->options->language);
	diag_blame_environment(diags, say_loss(diags, path, outcome));
	print_file(many->printer, many->run, &(struct verdict){.path = path, .diags = diags});
	running->worst = MAX(running->worst, EXIT_ENVIRONMENT);
	running->results[RESULT_FAILED]++;
	summarize(running, path, RESULT_FAILED, &(struct print_tally){.counts = {0, 0, 1}});
	arena_close(arena);
}

static bool finish_one(void *context, size_t index, const struct outcome *outcome)
{
	struct running *running = context;
	const struct many *many = running->many;
	const char *path = many->inputs->paths[index];
	struct file_verdict verdict;
	if (outcome->loss) {
		finish_lost(running, path, outcome);
	} else {
		memcpy(&verdict, outcome->said, sizeof verdict);
		print_join(many->printer, many->run, outcome->said + sizeof verdict,
			outcome->length - sizeof verdict, &verdict.tally);
		enum result result = result_of(&verdict);
		running->results[result]++;
		running->worst = MAX(running->worst, verdict.code);
		summarize(running, path, result, &verdict.tally);
	}
	if (many->run->out->len)
		clear_progress(running);
	options_print(many->to, many->run->out);
	g_string_truncate(many->run->out, 0);
	return many->to != stdout || !options_lost_output();
}

/* On a terminal as time goes by; in a log, which should be alike from run to run, by their number.
 */
static bool is_progress_due(const struct running *running, size_t done, gint64 now)
{
	size_t count = running->many->inputs->count;
	if (!running->terminal)
		return done < count && done % PROGRESS_FILES == 0;
	return count > 1 && (done == count || now - running->shown >= PROGRESS_INTERVAL / 10);
}

/* Of slow ones, a tenth tells more than 0. */
static const char *rate_print(struct arena *arena, gint64 tenths)
{
	if (tenths >= 100)
		return arena_print(arena, "%" G_GINT64_FORMAT, tenths / 10);
	return arena_print(arena, "%d.%d", (int)tenths / 10, (int)tenths % 10);
}

static void show_progress(void *context, size_t done)
{
	struct running *running = context;
	size_t count = running->many->inputs->count;
	gint64 now = g_get_monotonic_time();
	if (!is_progress_due(running, done, now))
		return;
	gint64 spent = MAX(now - running->started, 1);
	gint64 left = spent / (gint64)done * (gint64)(count - done) / G_USEC_PER_SEC;
	struct arena *arena = arena_open();
	const char *text = diag_format(arena, running->many->options->language, BATCH_PROGRESS,
		arena_print(arena, "%zu", done), arena_print(arena, "%zu", count),
		rate_print(arena, (gint64)done * 10 * G_USEC_PER_SEC / spent),
		arena_print(arena, "%d:%02d", (int)(left / 60), (int)(left % 60)), NULL);
	fprintf(stderr, running->terminal ? "\r%s\033[K" : "%s\n", text);
	arena_close(arena);
	running->shown = now;
	ending_after_bar(running->terminal);
	if (done == count)
		clear_progress(running);
}

static void save_summary(struct running *running)
{
	const struct many *many = running->many;
	summary_end(running->summary, summary_is_json(many));
	if (options_write(many->options, many->summary, running->summary) != EXIT_PASSED)
		running->worst = EXIT_ENVIRONMENT;
}

static void say_results(const struct running *running)
{
	struct arena *arena = running->many->options->arena;
	const size_t *results = running->results;
	options_say(running->many->options, stderr, BATCH_RESULTS,
		arena_print(arena, "%zu", results[RESULT_PASSED]),
		arena_print(arena, "%zu", results[RESULT_REJECTED]),
		arena_print(arena, "%zu", results[RESULT_FAILED]),
		arena_print(arena, "%zu", results[RESULT_SKIPPED]), NULL);
}

int many_settle_summary(
	const struct options *options, const struct inputs *inputs, const char *summary)
{
	int code = inputs_spare(options, inputs, summary);
	if (code != OPTIONS_READ || !summary || strcmp(summary, "-") == 0 ||
		g_str_has_suffix(summary, ".csv") || g_str_has_suffix(summary, ".json"))
		return code;
	return options_refuse(
		options, USAGE_BAD_VALUE, "--summary", summary, "*.csv, *.json", NULL);
}

int many_run(const struct many *many)
{
	struct running running = {.many = many,
		.summary = g_string_new(NULL),
		.terminal = isatty(STDERR_FILENO),
		.started = g_get_monotonic_time()};
	struct batch batch = {
		.count = many->inputs->count,
		.workers = (unsigned)MIN(many->inputs->jobs, many->inputs->count),
		.context = &running,
		.run = run_one,
		.begun = begin_worker,
		.ended = end_worker,
		.finished = finish_one,
		.progress = show_progress,
	};
	fflush(NULL); /* a worker must not print again what waits here */
	if (!batch_run(&batch))
		running.worst = EXIT_ENVIRONMENT;
	if (many->summary)
		save_summary(&running);
	if (many->inputs->jobs || many->summary)
		say_results(&running);
	g_string_free(running.summary, TRUE);
	return running.worst;
}
