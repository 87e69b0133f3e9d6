/*
 * libFuzzer: the first line as an expression of a template, the rest as the text that it is
 * tried on. Whatever matches lies within the text, and nothing takes long (run.sh's timeout).
 */
#include "edition/pattern.h"
#include "must.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct node *quote(struct arena *arena, const char *expression, struct diags *diags)
{
	GString *yaml = g_string_new("words: {time: '\\d+年', word: '[甲乙]{1,8}'}\npattern: '");
	for (const char *at = expression; *at; at++) {
		g_string_append_c(yaml, (unsigned char)*at < 0x20 ? ' ' : *at);
		if (*at == '\'')
			g_string_append_c(yaml, *at);
	}
	g_string_append(yaml, "'\n");
	const char *kept = arena_copy_n(arena, yaml->str, yaml->len);
	const struct source *source = source_new(arena, "p.yaml", (struct bytes){kept, yaml->len});
	g_string_free(yaml, TRUE);
	return node_parse(arena, source, diags);
}

static void must_lie_within(struct pattern_stretch stretch, const struct prey *prey)
{
	must(stretch.from <= stretch.to && stretch.to <= prey->length);
}

static void try_on(struct pattern *pattern, const struct prey *prey)
{
	struct pattern_stretch stretch = {0, 0};
	pattern_occurs(pattern, prey);
	if (pattern_may_match(pattern, prey) &&
		pattern_match(pattern, prey, prey->length % 2 ? "n" : NULL, &stretch))
		must_lie_within(stretch, prey);
	stretch = (struct pattern_stretch){0, 0};
	for (size_t found = 0; pattern_next(pattern, prey, &stretch); found++) {
		must_lie_within(stretch, prey);
		must_lie_within(pattern_group(pattern, "n"), prey);
		must(found <= prey->length); /* it comes to an end */
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct pattern_mark marks[] = {{"count", 1}, {"share", 2}, {NULL, 0}};
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	char *all = g_utf8_make_valid((const char *)data, (gssize)size);
	char *text = strchr(all, '\n');
	if (text)
		*text++ = '\0';
	size_t length = text ? strlen(text) : 0;
	const struct node *root = quote(arena, all, diags);
	struct pattern pattern = {.expression = NULL};
	struct pattern_words words = {root ? node_find(root, "words") : NULL, marks};
	const struct node *node = root ? node_find(root, "pattern") : NULL;
	if (node && text && pattern_load(&pattern, arena, node, &words, diags))
		try_on(&pattern, &(struct prey){text, length, LEXICON_ALL, &(bool){false}});
	g_free(all);
	arena_close(arena);
	return 0;
}
