/* Read, bind, check, sort; or print a stage. */
#include "cli/judge.h"

#include "diag/print.h"
#include "doc/doc.h"

#include <string.h>
#include <time.h>

#define DAY_SECONDS 86400
#define EPOCH_DAY 719163 /* 1970-01-01 as GDate counts */
#define LAST_DAY 2932896 /* 9999-12-31 as we count from there */

/* In UTC, so that no time zone moves the new year, and without the C library, which would read
 * the zone all the same. */
GDate judge_today(void)
{
	GDate day;
	const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
	time_t seconds = epoch && *epoch ? (time_t)g_ascii_strtoll(epoch, NULL, 10) : time(NULL);
	g_date_clear(&day, 1);
	if (seconds >= 0 && seconds / DAY_SECONDS <= LAST_DAY)
		g_date_set_julian(&day, (guint32)(seconds / DAY_SECONDS + EPOCH_DAY));
	return day;
}

struct rule_list judge_rules(
	struct arena *arena, enum language language, const struct editions *editions)
{
	struct rule_list list = rules_fixed(arena, language);
	size_t most = list.count;
	for (size_t i = 0; i < editions->count; i++)
		most += editions_at(editions, i)->rule_count;
	struct rule_about *all = arena_array(arena, struct rule_about, most);
	memcpy(all, list.at, list.count * sizeof *all);
	list.at = all;
	for (size_t i = 0; i < editions->count; i++) {
		const struct edition *edition = editions_at(editions, i);
		for (size_t j = 0; j < edition->rule_count; j++) {
			const struct rule *rule = edition->rules[j];
			if (rules_find(&list, rule->name.id))
				continue;
			all[list.count++] = (struct rule_about){rule->name.id, rule->name.severity,
				rule->title[language], rule->name.source[language]};
		}
	}
	return list;
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
	if (judged.report && source_has_waivers(source)) {
		struct rule_list rules = judge_rules(diags->arena, diags->language, editions);
		diags_waive(diags, source, &rules);
	}
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
		options_print(stderr, run.out);
	}
	g_string_free(run.out, TRUE);
}

const struct editions *judge_editions(const struct options *options)
{
	struct diags *diags = diags_new(options->arena, options->language);
	const struct editions *editions = editions_load(options->arena, options->templates, diags);
	bool sound = editions && check_editions(editions, diags);
	const char *path = options->templates ? options->templates : "templates";
	struct verdict verdict = {.path = path, .diags = diags};
	diags_sort(diags);
	judge_print(options, &verdict);
	return sound ? editions : NULL;
}
