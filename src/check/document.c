/* The document as a whole: its dates, the notice it follows, what was left behind in it. */
#include "check/check_internal.h"

#include <stdlib.h>
#include <string.h>

void check_clock(const struct audit *audit)
{
	const struct report *report = audit->report;
	if (!g_date_valid(&audit->options->today))
		return;
	int now = g_date_get_year(&audit->options->today);
	if (report->year > now)
		diag_add(audit->diags, FORM_YEAR, report->year_at,
			arena_print(audit->arena, "%d", report->year),
			arena_print(audit->arena, "%d", now), NULL);
}

/* A number that the last match of a pattern has in a group; 0 if it has none. */
static int named_number(const struct pattern *pattern, const char *text, const char *name)
{
	struct pattern_stretch group = pattern_group(pattern, name);
	char *digits = g_strndup(text + group.from, group.to - group.from);
	int number = (int)MIN(g_ascii_strtoll(digits, NULL, 10), G_MAXINT);
	g_free(digits);
	return number;
}

static const char *stretch_copy(
	const struct audit *audit, const char *text, struct pattern_stretch stretch)
{
	return arena_copy_n(audit->arena, text + stretch.from, stretch.to - stretch.from);
}

/* {notice, about}: what names a notice, and what the sentence must speak of. */
struct notice {
	struct pattern *notice, *about;
};

void *settings_notice(struct settings *settings)
{
	struct notice *notice = arena_new(settings->edition->arena, struct notice);
	notice->notice = settings_pattern(settings, "notice");
	notice->about = settings_pattern(settings, "about");
	return notice;
}

/* Year and number, however the brackets are written. */
static int notice_number(const struct notice *notice, const char *said, const char *part)
{
	struct prey prey = line_prey(said);
	if (!pattern_occurs(notice->notice, &prey) || !notice->notice->expression)
		return 0;
	return named_number(notice->notice, said, part);
}

static bool names_notice(const struct notice *notice, const char *said, const char *official)
{
	if (strcmp(said, official) == 0)
		return true;
	return notice_number(notice, said, "year") == notice_number(notice, official, "year") &&
		notice_number(notice, said, "number") == notice_number(notice, official, "number");
}

/* What is said from the sentence's beginning, or the notice before, to its end, or the next. */
static bool is_about(const struct notice *notice, const char *text, size_t from, size_t to)
{
	struct prey prey = {text + from, to - from, LEXICON_ALL, NULL};
	return pattern_occurs(notice->about, &prey);
}

static size_t sentence_start(const char *text, size_t least, size_t at)
{
	const char *stop = g_strrstr_len(text + least, (gssize)(at - least), "。");
	return stop ? (size_t)(stop - text) : least;
}

static size_t sentence_end(const char *text, size_t at, size_t most)
{
	const char *stop = g_strstr_len(text + at, (gssize)(most - at), "。");
	return stop ? (size_t)(stop - text) : most;
}

static GArray *find_notices(const struct notice *notice, const struct prey *prey)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(struct pattern_stretch));
	for (struct pattern_stretch one = {0, 0}; pattern_next(notice->notice, prey, &one);)
		g_array_append_val(found, one);
	return found;
}

static void check_notice_in(
	const struct audit *audit, const struct rule *rule, const struct passage *passage)
{
	const struct notice *notice = rule->settings;
	const char *official = audit->report->edition->notice;
	struct prey prey = passage_prey(passage);
	GArray *found = find_notices(notice, &prey);
	const struct pattern_stretch *at = (const struct pattern_stretch *)(void *)found->data;
	for (guint i = 0; i < found->len; i++) {
		const char *said = stretch_copy(audit, passage->utf8, at[i]);
		if (names_notice(notice, said, official))
			continue;
		size_t before = i > 0 ? at[i - 1].to : 0;
		size_t after = i + 1 < found->len ? at[i + 1].from : passage->length;
		size_t from = sentence_start(passage->utf8, before, at[i].from);
		size_t to = sentence_end(passage->utf8, at[i].to, after);
		if (is_about(notice, passage->utf8, from, to))
			diag_add_rule(audit->diags, &rule->name, NOTICE_OTHER,
				passage_span(passage, at[i].from, at[i].to), said, official, NULL);
	}
	g_array_unref(found);
}

void check_notice(const struct audit *audit, const struct rule *rule)
{
	const struct text *text = &audit->report->preface;
	for (size_t i = 0; i < text->count; i++)
		if (passage_is_paragraph(&text->passages[i]))
			check_notice_in(audit, rule, &text->passages[i]);
}

/* {year, period}: a year in 标题; the period of the figures in 前言, with one or two years */
struct years {
	struct pattern *year, *period;
};

void *settings_years(struct settings *settings)
{
	struct years *years = arena_new(settings->edition->arena, struct years);
	years->year = settings_pattern(settings, "year");
	years->period = settings_pattern(settings, "period");
	return years;
}

/* Some line of 标题 names a year, and none the report's own. */
static void check_title_year(const struct audit *audit, const struct rule *rule)
{
	const struct years *years = rule->settings;
	const struct report *report = audit->report;
	struct rule_name name = rule->name;
	const struct string_value *wrong = NULL;
	int said = 0;
	for (size_t i = 0; i < report->title_count; i++) {
		bool right = false;
		struct prey prey = line_prey(report->title_lines[i].utf8);
		struct pattern_stretch one = {0, 0};
		while (pattern_next(years->year, &prey, &one)) {
			said = named_number(years->year, prey.utf8, "year");
			wrong = &report->title_lines[i];
			right = right || said == report->year;
		}
		if (right)
			return;
	}
	name.severity = SEVERITY_ERROR;
	if (wrong)
		diag_add_rule(audit->diags, &name, TITLE_YEAR, wrong->at,
			arena_print(audit->arena, "%d", said),
			arena_print(audit->arena, "%d", report->year), NULL);
}

static void check_period_in(
	const struct audit *audit, const struct rule *rule, const struct passage *passage)
{
	const struct years *years = rule->settings;
	int year = audit->report->year;
	struct prey prey = passage_prey(passage);
	for (struct pattern_stretch one = {0, 0}; pattern_next(years->period, &prey, &one);) {
		int from = named_number(years->period, prey.utf8, "from");
		int to = named_number(years->period, prey.utf8, "to");
		if ((from && from != year) || (to && to != year))
			diag_add_rule(audit->diags, &rule->name, PERIOD_YEAR,
				passage_span(passage, one.from, one.to),
				stretch_copy(audit, prey.utf8, one),
				arena_print(audit->arena, "%d", year), NULL);
	}
}

void check_years(const struct audit *audit, const struct rule *rule)
{
	const struct text *text = &audit->report->preface;
	if (!audit->report->year) /* not given, or not readable: said already */
		return;
	check_title_year(audit, rule);
	for (size_t i = 0; i < text->count; i++)
		if (passage_is_paragraph(&text->passages[i]))
			check_period_in(audit, rule, &text->passages[i]);
}

/* {deadlines: {层级: MM-DD}}, in the year after the report's */
struct deadlines {
	const char **levels;
	int *months, *days;
	size_t count;
};

void *settings_date(struct settings *settings)
{
	struct arena *arena = settings->edition->arena;
	struct deadlines *deadlines = arena_new(arena, struct deadlines);
	const struct node *map = settings_map(settings, "deadlines");
	deadlines->count = map ? map->count : 0;
	deadlines->levels = arena_array(arena, const char *, deadlines->count);
	deadlines->months = arena_array(arena, int, deadlines->count);
	deadlines->days = arena_array(arena, int, deadlines->count);
	for (size_t i = 0; i < deadlines->count; i++) {
		const struct node *day = map->children[i];
		deadlines->levels[i] = day->key;
		if (!settings_day(settings, day, &deadlines->months[i], &deadlines->days[i]))
			break;
	}
	return deadlines;
}

static void check_deadline(const struct audit *audit, const struct rule *rule)
{
	const struct deadlines *deadlines = rule->settings;
	const struct report *report = audit->report;
	for (size_t i = 0; report->level.utf8 && i < deadlines->count; i++) {
		GDate last;
		if (strcmp(deadlines->levels[i], report->level.utf8) != 0)
			continue;
		g_date_set_dmy(&last, (GDateDay)deadlines->days[i],
			(GDateMonth)deadlines->months[i], (GDateYear)(report->year + 1));
		if (g_date_compare(&report->day, &last) > 0)
			diag_add_rule(audit->diags, &rule->name, DATE_LATE, report->date.at,
				report->date.utf8, report->level.utf8,
				arena_print(audit->arena, "%d-%02d-%02d", report->year + 1,
					deadlines->months[i], deadlines->days[i]),
				NULL);
	}
}

void check_date(const struct audit *audit, const struct rule *rule)
{
	const struct report *report = audit->report;
	if (!g_date_valid(&report->day) || !report->year)
		return;
	if (g_date_get_year(&report->day) <= report->year)
		diag_add_rule(audit->diags, &rule->name, DATE_EARLY, report->date.at,
			report->date.utf8, arena_print(audit->arena, "%d", report->year), NULL);
	else
		check_deadline(audit, rule);
}

/* {patterns: [...]}: what mustn't be left in a text */
void *settings_residue(struct settings *settings)
{
	return settings_patterns(settings, "patterns");
}

struct search {
	const struct audit *audit;
	const struct rule *rule;
	enum diag_code code;
};

static void search_match(
	const struct search *search, struct pattern *pattern, const struct passage *passage)
{
	struct prey prey = passage_prey(passage);
	for (struct pattern_stretch one = {0, 0}; pattern_next(pattern, &prey, &one);)
		diag_add_rule(search->audit->diags, &search->rule->name, search->code,
			passage_span(passage, one.from, one.to),
			stretch_copy(search->audit, prey.utf8, one), NULL);
}

static uint64_t lists_of(struct pattern *const *patterns)
{
	uint64_t lists = 0;
	for (; *patterns; patterns++)
		lists |= (*patterns)->list;
	return lists;
}

static void search_text(const struct search *search, const struct text *text, uint64_t lists)
{
	struct pattern **patterns = search->rule->settings;
	for (size_t i = 0; i < text->count; i++)
		for (size_t p = 0; text->passages[i].holds & lists && patterns[p]; p++)
			search_match(search, patterns[p], &text->passages[i]);
}

static void search_report(const struct search *search)
{
	uint64_t lists = lists_of(search->rule->settings);
	const struct text *text;
	for (size_t i = 0; (text = report_text(search->audit->report, i)); i++)
		search_text(search, text, lists);
}

static void search_title(const struct search *search)
{
	const struct report *report = search->audit->report;
	struct pattern **patterns = search->rule->settings;
	for (size_t i = 0; i < report->title_count; i++)
		for (size_t p = 0; patterns[p]; p++) {
			struct prey prey = line_prey(report->title_lines[i].utf8);
			struct pattern_stretch one = {0, 0};
			if (pattern_next(patterns[p], &prey, &one))
				diag_add_rule(search->audit->diags, &search->rule->name,
					search->code, report->title_lines[i].at,
					stretch_copy(search->audit, prey.utf8, one), NULL);
		}
}

void check_residue(const struct audit *audit, const struct rule *rule)
{
	struct search search = {audit, rule, TEXT_RESIDUE};
	search_title(&search);
	search_report(&search);
}

void check_punctuation(const struct audit *audit, const struct rule *rule)
{
	struct search search = {audit, rule, TEXT_PUNCTUATION};
	search_report(&search);
}
