/* Patterns of a template: words put in, compiled late, matched within limits. */
#include "edition/pattern.h"

#include <string.h>

/* Steps of the matcher for one text of at most PATTERN_TEXT_MAX bytes. */
#define MATCH_LIMIT "(*LIMIT_MATCH=20000)"
#define EXPANSION_DEPTH 8
#define EXPANSION_MAX 65536

struct expansion {
	const struct pattern_words *words;
	struct arena *arena;
	GString *out;
	const char *failed; /* the word that isn't there, or is too deep; else NULL */
};

static void expand(struct expansion *expansion, const char *text, unsigned depth);

static bool expand_mark(struct expansion *expansion, const char *name)
{
	const struct pattern_mark *mark = expansion->words->marks;
	for (; mark && mark->name; mark++) {
		if (strcmp(mark->name, name) != 0)
			continue;
		g_string_append_c(expansion->out, mark->sign);
		return true;
	}
	return false;
}

static void expand_word(struct expansion *expansion, const char *name, unsigned depth)
{
	if (expand_mark(expansion, name))
		return;
	const struct node *word =
		expansion->words->map ? node_find(expansion->words->map, name) : NULL;
	bool usable = word && word->kind == NODE_SCALAR && depth < EXPANSION_DEPTH &&
		expansion->out->len < EXPANSION_MAX;
	if (!usable) {
		expansion->failed = name;
		return;
	}
	g_string_append(expansion->out, "(?:");
	expand(expansion, word->text, depth + 1);
	g_string_append_c(expansion->out, ')');
}

static void expand(struct expansion *expansion, const char *text, unsigned depth)
{
	while (*text && !expansion->failed) {
		const char *open = strchr(text, '{');
		const char *close = open ? strchr(open, '}') : NULL;
		if (!close) {
			g_string_append(expansion->out, text);
			return;
		}
		g_string_append_len(expansion->out, text, open - text);
		size_t length = (size_t)(close - open - 1);
		expand_word(expansion, arena_copy_n(expansion->arena, open + 1, length), depth);
		text = close + 1;
	}
}

const char *const *words_split(struct arena *arena, const char *text)
{
	gchar **parts = g_strsplit(text, " ", 0);
	const char **words = arena_array(arena, const char *, g_strv_length(parts) + 1);
	size_t count = 0;
	for (size_t i = 0; parts[i]; i++)
		if (*parts[i])
			words[count++] = arena_copy(arena, parts[i]);
	g_strfreev(parts);
	return words;
}

static bool refuse(const struct pattern *pattern, struct diags *diags, const char *reason)
{
	diag_blame_environment(diags, diag_add(diags, TEMPLATE_PATTERN, pattern->at, reason, NULL));
	return false;
}

/* NULL, with a finding, if a word isn't there. */
static const char *put_words_in(struct pattern *pattern, const char *source,
	const struct pattern_words *words, struct diags *diags)
{
	struct expansion expansion = {words, pattern->arena, g_string_new(NULL), NULL};
	expand(&expansion, source, 0);
	const char *result = arena_take(pattern->arena, g_string_free(expansion.out, FALSE));
	if (!expansion.failed)
		return result;
	refuse(pattern, diags, expansion.failed);
	return NULL;
}

static bool load_needs(struct pattern *pattern, const struct node *node,
	const struct pattern_words *words, struct diags *diags)
{
	static const char *const none[] = {NULL};
	const char *text = node ? node->text : "";
	pattern->needs = none;
	if (!text)
		return refuse(pattern, diags, "needs");
	const char *put = put_words_in(pattern, text, words, diags);
	if (put)
		pattern->needs = words_split(pattern->arena, put);
	return put != NULL;
}

bool pattern_load(struct pattern *pattern, struct arena *arena, const struct node *node,
	const struct pattern_words *words, struct diags *diags)
{
	const struct node *source = node, *needs = NULL;
	*pattern = (struct pattern){.arena = arena, .at = node->at};
	if (node->kind == NODE_MAP) {
		source = node_find(node, "pattern");
		needs = node_find(node, "needs");
	}
	if (!load_needs(pattern, needs, words, diags))
		return false;
	if (!source && pattern->needs[0])
		return true;
	if (!source || source->kind != NODE_SCALAR)
		return refuse(pattern, diags, "pattern");
	pattern->at = source->at;
	const char *expression = put_words_in(pattern, source->text, words, diags);
	if (!expression)
		return false;
	pattern->expression = arena_print(arena, MATCH_LIMIT "%s", expression);
	return true;
}

static void end_regex(void *regex)
{
	g_regex_unref(regex);
}

bool pattern_compile(struct pattern *pattern, struct diags *diags)
{
	GError *error = NULL;
	if (pattern->regex || !pattern->expression)
		return true;
	pattern->regex = g_regex_new(pattern->expression, 0, 0, &error);
	if (pattern->regex) {
		arena_own(pattern->arena, pattern->regex, end_regex);
		return true;
	}
	pattern->unusable = true;
	if (diags)
		refuse(pattern, diags, error->message);
	g_error_free(error);
	return false;
}

bool pattern_may_match(const struct pattern *pattern, const char *text, size_t length)
{
	if (!pattern->needs[0])
		return true;
	for (const char *const *need = pattern->needs; *need; need++)
		if (memmem(text, length, *need, strlen(*need)))
			return true;
	return false;
}

bool pattern_match(struct pattern *pattern, const char *text, size_t length, const char *capture,
	struct pattern_stretch *stretch)
{
	*stretch = (struct pattern_stretch){0, 0};
	if (pattern->unusable || length > PATTERN_TEXT_MAX ||
		!pattern_may_match(pattern, text, length) || !pattern_compile(pattern, NULL))
		return false;
	if (!pattern->expression)
		return true;
	GMatchInfo *info = NULL;
	gint from = 0, to = 0;
	bool found = g_regex_match_full(pattern->regex, text, (gssize)length, 0, 0, &info, NULL);
	bool took_part = found &&
		(capture ? g_match_info_fetch_named_pos(info, capture, &from, &to)
			 : g_match_info_fetch_pos(info, 0, &from, &to));
	if (took_part && from >= 0)
		*stretch = (struct pattern_stretch){(size_t)from, (size_t)to};
	g_match_info_free(info);
	return found;
}
