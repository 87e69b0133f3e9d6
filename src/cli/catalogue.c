/* The rules of all editions and of codes.def, once each. */
#include "cli/catalogue.h"

#include "base/text.h"

#include <string.h>

struct gatherer {
	struct arena *arena;
	const struct editions *editions;
	enum language language;
	struct bytes document; /* docs/rules.md in the run's language */
	GArray *rules; /* struct rule_about */
	GPtrArray *sources, *named;
};

/* "## T3-BAL title" and what follows it, up to the next heading; NULL if there is none. */
static const char *find_section(const struct gatherer *gatherer, const char *id)
{
	const char *mark = arena_print(gatherer->arena, "\n## %s", id);
	const char *at = gatherer->document.start;
	while (at && (at = strstr(at, mark))) {
		const char *after = at + strlen(mark);
		if (*after == ' ' || *after == '\n')
			return after;
		at = after;
	}
	return NULL;
}

static const char *section_title(struct arena *arena, const char *section)
{
	const char *start = section;
	size_t length = strcspn(section, "\n");
	text_trim(&start, &length);
	return arena_copy_n(arena, start, length);
}

static const char *section_page(struct arena *arena, const char *section)
{
	const char *start = section + strcspn(section, "\n");
	const char *end = strstr(start, "\n## ");
	size_t length = end ? (size_t)(end - start) : strlen(start);
	text_trim(&start, &length);
	return arena_copy_n(arena, start, length);
}

static size_t find(const struct gatherer *gatherer, const char *id)
{
	size_t i = 0;
	while (i < gatherer->rules->len
		&& strcmp(g_array_index(gatherer->rules, struct rule_about, i).id, id) != 0)
		i++;
	return i;
}

static void add(struct gatherer *gatherer, const struct rule_about *rule, const char *source,
	const char *edition)
{
	struct rule_about about = *rule;
	const char *section = find_section(gatherer, rule->id);
	if (!about.title)
		about.title = section ? section_title(gatherer->arena, section) : "";
	about.help = section ? section_page(gatherer->arena, section) : "";
	g_array_append_val(gatherer->rules, about);
	g_ptr_array_add(gatherer->sources, arena_copy(gatherer->arena, source ? source : ""));
	g_ptr_array_add(gatherer->named, arena_copy(gatherer->arena, edition));
}

static void add_edition(struct gatherer *gatherer, const struct edition *edition)
{
	for (size_t i = 0; i < edition->rule_count; i++) {
		const struct rule *rule = edition->rules[i];
		size_t known = find(gatherer, rule->name.id);
		if (known < gatherer->rules->len) {
			gpointer *named = &gatherer->named->pdata[known];
			*named = arena_print(
				gatherer->arena, "%s %s", edition->id, (char *)*named);
			continue;
		}
		struct rule_about about = {rule->name.id, rule->name.severity,
			rule->title[gatherer->language], NULL};
		add(gatherer, &about, rule->name.source, edition->id);
	}
}

/* Sentences without an id are words of others; an id of several is as severe as the worst. */
static void add_codes(struct gatherer *gatherer)
{
	for (int code = 0; code < DIAG_CODE_COUNT; code++) {
		const char *id = diag_code_id((enum diag_code)code);
		enum severity severity = diag_code_severity((enum diag_code)code);
		size_t known = find(gatherer, id);
		struct rule_about about = {id, severity, NULL, NULL};
		if (!*id)
			continue;
		if (known == gatherer->rules->len) {
			add(gatherer, &about, NULL, "");
			continue;
		}
		struct rule_about *rule =
			&g_array_index(gatherer->rules, struct rule_about, known);
		rule->severity = MAX(rule->severity, severity);
	}
}

static const char **keep(struct arena *arena, GPtrArray *words)
{
	const char **kept = arena_array(arena, const char *, words->len + 1);
	if (words->len)
		memcpy(kept, words->pdata, words->len * sizeof *kept);
	g_ptr_array_unref(words);
	return kept;
}

struct catalogue *catalogue_new(
	struct arena *arena, const struct editions *editions, enum language language)
{
	struct gatherer gatherer = {.arena = arena, .editions = editions, .language = language};
	gatherer.document =
		template_builtin(language == LANGUAGE_EN ? "rules.en.md" : "rules.md");
	gatherer.rules = g_array_new(FALSE, FALSE, sizeof(struct rule_about));
	gatherer.sources = g_ptr_array_new();
	gatherer.named = g_ptr_array_new();
	/* The newest form first: it is the one in use. */
	for (size_t i = editions->count; i-- > 0;)
		add_edition(&gatherer, editions->at[i]);
	add_codes(&gatherer);
	struct catalogue *catalogue = arena_new(arena, struct catalogue);
	struct rule_about *rules = arena_array(arena, struct rule_about, gatherer.rules->len + 1);
	catalogue->count = gatherer.rules->len;
	if (catalogue->count)
		memcpy(rules, gatherer.rules->data, catalogue->count * sizeof *rules);
	catalogue->rules = rules;
	catalogue->sources = keep(arena, gatherer.sources);
	catalogue->editions = keep(arena, gatherer.named);
	g_array_unref(gatherer.rules);
	return catalogue;
}

size_t catalogue_find(const struct catalogue *catalogue, const char *id)
{
	size_t i = 0;
	while (i < catalogue->count && g_ascii_strcasecmp(catalogue->rules[i].id, id) != 0)
		i++;
	return i;
}

const char *catalogue_severity(enum severity severity, enum language language)
{
	static const enum diag_code words[] = {PRINT_NOTE, PRINT_WARNING, PRINT_ERROR};
	return diag_code_text(words[severity], language);
}
