/* Sections of text: that they say something, how much, of what, and how they are numbered. */
#include "check/check_internal.h"

#include <string.h>

bool passage_is_paragraph(const struct passage *passage)
{
	return passage->kind == PASSAGE_PARAGRAPH && passage->utf8;
}

static void search_text(const struct audit *audit, const struct text *text)
{
	const struct lexicon *lexicon = audit->report->edition->lexicon;
	bool *unread = arena_array(audit->arena, bool, text->count);
	for (size_t i = 0; i < text->count; i++) {
		struct passage *passage = &text->passages[i];
		passage->unread = &unread[i];
		if (passage->utf8)
			passage->holds = lexicon_find(lexicon, passage->utf8, passage->length);
	}
}

/* Once, before any rule: which words that patterns need are there. */
void texts_search(const struct audit *audit)
{
	const struct text *text;
	for (size_t i = 0; (text = report_text(audit->report, i)); i++)
		search_text(audit, text);
}

static void say_unread(const struct audit *audit, const struct text *text)
{
	for (size_t i = 0; i < text->count; i++)
		if (*text->passages[i].unread)
			diag_add(audit->diags, TEXT_UNCHECKED_PART, text->passages[i].at, NULL);
}

/* Once, after all rules: what no pattern could be searched in to its end. */
void texts_say_unread(const struct audit *audit)
{
	const struct text *text;
	for (size_t i = 0; (text = report_text(audit->report, i)); i++)
		say_unread(audit, text);
}

struct prey passage_prey(const struct passage *passage)
{
	return (struct prey){passage->utf8, passage->length, passage->holds, passage->unread};
}

struct prey line_prey(const char *utf8)
{
	return (struct prey){utf8, strlen(utf8), LEXICON_ALL, NULL};
}

static bool text_mentions(const struct text *text, struct pattern *pattern)
{
	for (size_t i = 0; i < text->count; i++) {
		struct prey prey = passage_prey(&text->passages[i]);
		if (prey.utf8 && pattern_occurs(pattern, &prey))
			return true;
	}
	return false;
}

/* What is said of a section as a whole points at its key. */
struct span section_place(const struct audit *audit, const struct section *section)
{
	return report_section(audit->report, section)->at;
}

static const struct text *given_text(const struct audit *audit, const struct section *section)
{
	const struct text *text = &report_section(audit->report, section)->text;
	return text->state == TEXT_GIVEN ? text : NULL;
}

/* {sections: {key: severity}, nothing: what is as good as nothing} */
struct empty {
	const struct section **sections;
	enum severity *severities;
	size_t count;
	struct pattern *nothing;
};

void *settings_empty(struct settings *settings)
{
	struct empty *empty = arena_new(settings->edition->arena, struct empty);
	const struct node *sections = settings_map(settings, "sections");
	empty->count = sections ? sections->count : 0;
	empty->sections =
		arena_array(settings->edition->arena, const struct section *, empty->count);
	empty->severities = arena_array(settings->edition->arena, enum severity, empty->count);
	for (size_t i = 0; i < empty->count; i++) {
		empty->sections[i] =
			settings_section_named(settings, sections, sections->children[i]->key);
		empty->severities[i] = settings_severity(settings, sections->children[i]);
	}
	empty->nothing = settings_pattern(settings, "nothing");
	return empty;
}

static bool says_nothing(const struct text *text, struct pattern *nothing)
{
	for (size_t i = 0; i < text->count; i++) {
		struct prey prey = passage_prey(&text->passages[i]);
		if (!passage_is_paragraph(&text->passages[i]) || !pattern_occurs(nothing, &prey))
			return false;
	}
	return true;
}

void check_empty(const struct audit *audit, const struct rule *rule)
{
	const struct empty *empty = rule->settings;
	for (size_t i = 0; i < empty->count; i++) {
		const struct section *section = empty->sections[i];
		const struct section_content *content = report_section(audit->report, section);
		const struct text *text = &content->text;
		struct rule_name name = rule->name;
		name.severity = empty->severities[i];
		if (text->state == TEXT_EMPTY)
			diag_add_rule(audit->diags, &name, SECTION_EMPTY, content->at, section->key,
				NULL);
		else if (text->state == TEXT_GIVEN && says_nothing(text, empty->nothing))
			diag_add_rule(audit->diags, &name, SECTION_NOTHING, content->at,
				section->key, NULL);
	}
}

/* {section, most} */
struct length {
	const struct section *section;
	int64_t most; /* characters, millionths */
};

void *settings_length(struct settings *settings)
{
	struct length *length = arena_new(settings->edition->arena, struct length);
	length->section = settings_section(settings, "section");
	length->most = settings_number(settings, "most");
	return length;
}

static int64_t count_characters(const struct passage *passage)
{
	int64_t count = 0;
	const char *end = passage->utf8 + passage->length;
	for (const char *at = passage->utf8; at < end; at = g_utf8_next_char(at))
		count += !text_is_space(text_character(at));
	return count;
}

void check_length(const struct audit *audit, const struct rule *rule)
{
	const struct length *length = rule->settings;
	const struct text *text = given_text(audit, length->section);
	int64_t count = 0, with_spaces = 0;
	for (size_t i = 0; text && i < text->count; i++)
		with_spaces +=
			(int64_t)text_count(text->passages[i].utf8, text->passages[i].length);
	bool long_enough = text && with_spaces * DECIMAL_ONE > length->most;
	for (size_t i = 0; long_enough && i < text->count; i++)
		if (passage_is_paragraph(&text->passages[i]))
			count += count_characters(&text->passages[i]);
	if (count * DECIMAL_ONE > length->most)
		diag_add_rule(audit->diags, &rule->name, SECTION_LONG,
			section_place(audit, length->section), length->section->key,
			decimal_print(audit->arena, count * DECIMAL_ONE),
			decimal_print(audit->arena, length->most), NULL);
}

/* {section, any, wording}: without `any` an error, else without `wording` what the rule is */
struct mention {
	const struct section *section;
	struct pattern *any, *wording;
	const char *matter;
};

void *settings_mention(struct settings *settings)
{
	struct mention *mention = arena_new(settings->edition->arena, struct mention);
	mention->section = settings_section(settings, "section");
	mention->any = settings_pattern(settings, "any");
	mention->wording = settings_pattern(settings, "wording");
	mention->matter = settings_text(settings, "matter");
	return mention;
}

void check_mention(const struct audit *audit, const struct rule *rule)
{
	const struct mention *mention = rule->settings;
	const struct text *text = &report_section(audit->report, mention->section)->text;
	struct rule_name name = rule->name;
	if (text->state == TEXT_MISSING || text_mentions(text, mention->wording))
		return;
	if (!text_mentions(text, mention->any))
		name.severity = SEVERITY_ERROR;
	diag_add_rule(audit->diags, &name, SECTION_LACKS, section_place(audit, mention->section),
		mention->section->key, mention->matter, NULL);
}

/* {section, topics: {name: pattern}} */
struct topics {
	const struct section *section;
	const char **names;
	struct pattern **patterns;
	size_t count;
};

void *settings_topics(struct settings *settings)
{
	struct arena *arena = settings->edition->arena;
	struct topics *topics = arena_new(arena, struct topics);
	const struct node *map = settings_map(settings, "topics");
	topics->section = settings_section(settings, "section");
	topics->count = map ? map->count : 0;
	topics->names = arena_array(arena, const char *, topics->count);
	topics->patterns = arena_array(arena, struct pattern *, topics->count);
	for (size_t i = 0; i < topics->count; i++) {
		topics->names[i] = map->children[i]->key;
		topics->patterns[i] = settings_pattern_of(settings, map->children[i]);
	}
	return topics;
}

void check_topics(const struct audit *audit, const struct rule *rule)
{
	const struct topics *topics = rule->settings;
	const struct text *text = given_text(audit, topics->section);
	GString *lacking = g_string_new(NULL);
	for (size_t i = 0; text && i < topics->count; i++) {
		if (text_mentions(text, topics->patterns[i]))
			continue;
		if (lacking->len > 0)
			g_string_append(lacking, diag_sentence(audit->diags, LIST_COMMA, NULL));
		g_string_append(lacking, topics->names[i]);
	}
	if (lacking->len > 0)
		diag_add_rule(audit->diags, &rule->name, SECTION_TOPICS,
			section_place(audit, topics->section), topics->section->key, lacking->str,
			NULL);
	g_string_free(lacking, TRUE);
}
