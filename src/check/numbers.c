/* Numbered heads: （一）（二） of a section, 1. 2. within one of them, without gap or repeat. */
#include "check/check_internal.h"

#include <string.h>

#define LEVEL_OUTER 2
#define LEVEL_INNER 3
/* A line without a number and a full stop, at most so long, is taken for a heading. */
#define HEADING_MAX 20
#define UTF8_LONGEST 4

struct run {
	const struct audit *audit;
	const struct rule *rule;
	int last[LEVEL_INNER + 1]; /* by level; 0: none yet */
	bool begins[LEVEL_INNER + 1]; /* the next number of the level may be 1 again */
	const struct passage **passages; /* of a section, as they are read */
	size_t since, at; /* the last that is numbered, and the one that is looked at */
};

static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

/* 1 to 99 in hanzi: 十, 十二, 二十. */
static void append_hanzi(GString *said, int number)
{
	if (number >= 20)
		g_string_append(said, digits[number / 10 % 10]);
	if (number >= 10)
		g_string_append(said, "十");
	g_string_append(said, digits[number % 10]);
}

static const char *say_number(struct arena *arena, int level, int number)
{
	GString *said = g_string_new(level == LEVEL_OUTER ? "（" : NULL);
	if (level == LEVEL_OUTER)
		append_hanzi(said, number);
	else
		g_string_append_printf(said, "%d", number);
	g_string_append(said, level == LEVEL_OUTER ? "）" : ".");
	return arena_take(arena, g_string_free(said, FALSE));
}

static bool is_number_end(const char *at)
{
	return *at == '.' || g_str_has_prefix(at, "．") || g_str_has_prefix(at, "、") ||
		*at == ')' || g_str_has_prefix(at, "）");
}

static bool is_digit_before(const char *text, const char *at)
{
	return at > text && (g_ascii_isdigit(at[-1]) || at[-1] == '.');
}

/* The number stands within a paragraph: 二、…：1.…；2.… run on in one line. */
static bool stands_within(const char *text, int level, int number)
{
	GString *mark = g_string_new(NULL);
	bool found = false;
	if (level == LEVEL_OUTER)
		append_hanzi(mark, number);
	else
		g_string_append_printf(mark, "%d", number);
	for (const char *at = strstr(text, mark->str); at && !found;
		at = strstr(at + mark->len, mark->str))
		found = is_number_end(at + mark->len) && !is_digit_before(text, at);
	g_string_free(mark, TRUE);
	return found;
}

/* What was said since the last numbered head, that head included. */
static char *said_since(const struct run *run)
{
	GString *said = g_string_new(NULL);
	for (size_t i = run->since; i < run->at; i++)
		if (passage_is_paragraph(run->passages[i]))
			g_string_append(said, run->passages[i]->utf8);
	return g_string_free(said, FALSE);
}

/* The numbers that are skipped up to `to`. */
static bool stand_within(const struct run *run, int level, int to)
{
	char *said = said_since(run);
	bool all = true;
	for (int number = run->last[level] + 1; number < to && all; number++)
		all = stands_within(said, level, number);
	g_free(said);
	return all;
}

static bool ends_with_colon(const struct passage *passage)
{
	const char *end = passage->utf8 + passage->length;
	return (passage->length >= 3 && memcmp(end - 3, "：", 3) == 0) ||
		(passage->length >= 1 && end[-1] == ':');
}

static bool is_plain_heading(const struct passage *passage)
{
	return passage->length <= HEADING_MAX * UTF8_LONGEST &&
		text_count(passage->utf8, passage->length) <= HEADING_MAX &&
		!strstr(passage->utf8, "。") && !strstr(passage->utf8, "；");
}

static void say_gap(const struct run *run, const struct passage *passage, int level, int number)
{
	const struct audit *audit = run->audit;
	struct span at = passage_span(passage, 0, passage->numbering.mark);
	const char *mark = say_number(audit->arena, level, number);
	const char *expected = say_number(audit->arena, level, run->last[level] + 1);
	if (number == run->last[level])
		diag_add_rule(
			audit->diags, &run->rule->name, NUMBER_TWICE, at, mark, expected, NULL);
	else
		diag_add_rule(audit->diags, &run->rule->name, NUMBER_GAP, at, mark, expected, NULL);
}

static void run_number(struct run *run, const struct passage *passage)
{
	int level = passage->numbering.level, number = passage->numbering.number;
	int expected = run->last[level] + 1;
	bool fits = number == expected || (number == 1 && run->begins[level]) ||
		(number > expected && stand_within(run, level, number));
	if (!fits)
		say_gap(run, passage, level, number);
	run->last[level] = number;
	run->begins[level] = false;
	if (level == LEVEL_OUTER)
		run->last[LEVEL_INNER] = 0;
	run->since = run->at;
}

static bool is_blank(char sign)
{
	return sign == ' ' || sign == '\t' || sign == '\r' || sign == '\n';
}

/* A number that begins a line of the file, but no paragraph: YAML has joined the lines. */
static void say_folded(const struct run *run, const struct passage *passage)
{
	const struct source *source = passage->at.source;
	const char *at = source->bytes.start + passage->at.start;
	const char *end = source->bytes.start + passage->at.end;
	if (passage->node->style != STYLE_PLAIN || run->audit->report->root->doubtful)
		return;
	while ((at = memchr(at, '\n', (size_t)(end - at)))) {
		int level, number;
		while (at < end && is_blank(*at))
			at++;
		size_t mark = number_mark(at, (size_t)(end - at), &level, &number);
		if (!mark || level > LEVEL_INNER || g_ascii_isdigit(at[mark]))
			continue;
		size_t start = (size_t)(at - source->bytes.start);
		diag_add_rule(run->audit->diags, &run->rule->name, NUMBER_FOLDED,
			((struct span){source, start, start + mark}),
			arena_copy_n(run->audit->arena, at, mark), NULL);
		return;
	}
}

static void run_passage(struct run *run)
{
	const struct passage *passage = run->passages[run->at];
	int level = passage->numbering.level;
	if (!passage_is_paragraph(passage))
		return;
	say_folded(run, passage);
	if (level == LEVEL_OUTER || level == LEVEL_INNER)
		run_number(run, passage);
	bool leads = ends_with_colon(passage);
	if (leads || (level == 0 && is_plain_heading(passage)))
		run->begins[LEVEL_INNER] = true;
	if (level == 0 && (leads || is_plain_heading(passage)))
		run->begins[LEVEL_OUTER] = true;
}

static size_t list_text(const struct passage **list, const struct text *text)
{
	for (size_t i = 0; i < text->count; i++)
		list[i] = &text->passages[i];
	return text->count;
}

void check_numbers(const struct audit *audit, const struct rule *rule)
{
	for (size_t i = 0; i < audit->report->edition->section_count; i++) {
		const struct section_content *content = &audit->report->sections[i];
		struct run run = {.audit = audit, .rule = rule};
		size_t room = content->before.count + content->text.count + content->after.count;
		size_t count = 0;
		run.passages = arena_array(audit->arena, const struct passage *, room);
		count += list_text(run.passages + count, &content->before);
		count += list_text(run.passages + count, &content->text);
		count += list_text(run.passages + count, &content->after);
		for (; run.at < count; run.at++)
			run_passage(&run);
	}
}
