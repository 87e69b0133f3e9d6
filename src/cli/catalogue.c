/* The rules of all editions and of rules.def, once each, with their pages. */
#include "cli/catalogue.h"

#include "base/text.h"

#include <string.h>

/* What follows "## ID", up to the next heading; "" if there is no such page. */
static const char *find_page(struct arena *arena, struct bytes document, const char *id)
{
	const char *mark = arena_print(arena, "\n## %s\n", id);
	const char *start = document.start ? strstr(document.start, mark) : NULL;
	if (!start)
		return "";
	start += strlen(mark);
	const char *end = strstr(start, "\n## ");
	size_t length = end ? (size_t)(end - start) : strlen(start);
	text_trim(&start, &length);
	return arena_copy_n(arena, start, length);
}

const struct catalogue_entry *catalogue_find(const struct catalogue *catalogue, const char *id)
{
	for (size_t i = 0; i < catalogue->count; i++)
		if (g_ascii_strcasecmp(catalogue->at[i].about.id, id) == 0)
			return &catalogue->at[i];
	return NULL;
}

static void add_edition(struct arena *arena, struct catalogue *catalogue,
	const struct edition *edition, enum language language)
{
	for (size_t i = 0; i < edition->rule_count; i++) {
		const struct rule *rule = edition->rules[i];
		const struct catalogue_entry *known = catalogue_find(catalogue, rule->name.id);
		if (known) {
			catalogue->at[known - catalogue->at].editions =
				arena_print(arena, "%s %s", edition->id, known->editions);
			continue;
		}
		catalogue->at[catalogue->count++] = (struct catalogue_entry){
			.about = {rule->name.id, rule->name.severity, rule->title[language],
				rule->name.source[language]},
			.editions = edition->id,
		};
	}
}

static struct catalogue *open_catalogue(
	struct arena *arena, const struct editions *editions, size_t fixed)
{
	struct catalogue *catalogue = arena_new(arena, struct catalogue);
	size_t most = fixed;
	for (size_t i = 0; i < editions->count; i++)
		most += editions_at(editions, i)->rule_count;
	catalogue->at = arena_array(arena, struct catalogue_entry, most);
	return catalogue;
}

struct catalogue *catalogue_new(
	struct arena *arena, const struct editions *editions, enum language language)
{
	struct rule_list fixed = rules_fixed(arena, language);
	struct catalogue *catalogue = open_catalogue(arena, editions, fixed.count);
	struct bytes document =
		template_builtin(language == LANGUAGE_EN ? "rules.en.md" : "rules.md");
	/* The newest form first: it is the one in use. */
	for (size_t i = editions->count; i-- > 0;)
		add_edition(arena, catalogue, editions_at(editions, i), language);
	for (size_t i = 0; i < fixed.count; i++)
		catalogue->at[catalogue->count++] =
			(struct catalogue_entry){.about = fixed.at[i], .editions = ""};
	for (size_t i = 0; i < catalogue->count; i++)
		catalogue->at[i].page = find_page(arena, document, catalogue->at[i].about.id);
	return catalogue;
}

const char *catalogue_severity(enum severity severity, enum language language)
{
	static const enum diag_code words[] = {PRINT_NOTE, PRINT_WARNING, PRINT_ERROR};
	return diag_code_text(words[severity], language);
}
