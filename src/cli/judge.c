/* Read, bind, check, sort; or print a stage. */
#include "cli/judge.h"

#include "diag/print.h"

#include "doc/doc.h"

#include <string.h>
#include <time.h>

GDate judge_today(void)
{
	GDate day;
	const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
	gint64 seconds = epoch ? g_ascii_strtoll(epoch, NULL, 10) : 0;
	g_date_clear(&day, 1);
	g_date_set_time_t(&day, epoch ? (time_t)seconds : time(NULL));
	return day;
}

struct judged judge_file(const struct editions *editions, const struct check_options *how,
	const char *path, struct diags *diags)
{
	const struct source *source = NULL;
	struct judged judged = {.root = node_load(diags->arena, path, &source, diags)};
	if (judged.root)
		judged.report = report_bind(diags->arena, source, judged.root, editions, diags);
	if (judged.report)
		check_report(judged.report, how, diags);
	diags_sort(diags);
	return judged;
}

void judge_dump(const char *stage, const struct judged *judged, GString *out)
{
	if (judged->root && strcmp(stage, "nodes") == 0)
		node_dump(judged->root, out);
	if (!judged->report)
		return;
	if (strcmp(stage, "edition") == 0)
		edition_dump(judged->report->edition, out);
	else if (strcmp(stage, "report") == 0)
		report_dump(judged->report, out);
	else if (strcmp(stage, "doc") == 0) {
		struct arena *arena = arena_open();
		doc_dump(doc_compose(arena, judged->report, NULL), out);
		arena_close(arena);
	}
}

void judge_print(const struct options *options, const struct verdict *verdict)
{
	struct print_run run = {
		.arena = options->arena,
		.language = options->language,
		.out = g_string_new(NULL),
	};
	const struct diags *diags = verdict->diags;
	if (diags->counts[SEVERITY_ERROR] || diags->counts[SEVERITY_WARNING]) {
		print_file(&printer_text, &run, verdict);
		printer_text.end(&run);
		fwrite(run.out->str, 1, run.out->len, stderr);
	}
	g_string_free(run.out, TRUE);
}
