/* Patterns of a template: words put in, compiled late, matched within limits. */
#include "edition/pattern.h"

#include "base/text.h"

#include <string.h>

/* Steps of the matcher for one text of at most PATTERN_TEXT_MAX bytes. */
#define MATCH_LIMIT "(*LIMIT_MATCH=20000)"
/* And from one place of a paragraph on. */
#define SEARCH_LIMIT "(*LIMIT_MATCH=1000000)"
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
	if (!words)
		return source;
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
	static const struct gist_word none[] = {{NULL, 0}};
	const char *text = node ? node->text : "";
	pattern->needs = none;
	if (!text)
		return refuse(pattern, diags, "needs");
	const char *put = put_words_in(pattern, text, words, diags);
	if (!put)
		return false;
	const char *const *split = words_split(pattern->arena, put);
	size_t count = 0;
	while (split[count])
		count++;
	struct gist_word *needs = arena_array(pattern->arena, struct gist_word, count + 1);
	for (size_t i = 0; i < count; i++)
		needs[i] = (struct gist_word){
			split[i], gist_of_characters(split[i], strlen(split[i]))};
	pattern->needs = needs;
	return true;
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
	if (!source && pattern->needs->utf8)
		return true;
	if (!source || source->kind != NODE_SCALAR)
		return refuse(pattern, diags, "pattern");
	pattern->at = source->at;
	const char *expression = put_words_in(pattern, source->text, words, diags);
	if (!expression)
		return false;
	pattern->limit = words ? MATCH_LIMIT : SEARCH_LIMIT;
	pattern->expression = expression;
	return true;
}

static void end_regex(void *regex)
{
	g_regex_unref(regex);
}

/* What is wrong with an expression that didn't compile, told of itself and not of its limit. */
static void say_unusable(const struct pattern *pattern, struct diags *diags)
{
	GError *error = NULL;
	GRegex *alone = g_regex_new(pattern->expression, 0, 0, &error);
	refuse(pattern, diags, error ? error->message : pattern->expression);
	g_clear_error(&error);
	g_clear_pointer(&alone, g_regex_unref);
}

bool pattern_compile(struct pattern *pattern, struct diags *diags)
{
	if (pattern->regex || !pattern->expression)
		return true;
	char *limited = g_strconcat(pattern->limit, pattern->expression, NULL);
	pattern->regex = g_regex_new(limited, 0, 0, NULL);
	g_free(limited);
	if (pattern->regex) {
		arena_own(pattern->arena, pattern->regex, end_regex);
		return true;
	}
	pattern->unusable = true;
	if (diags)
		say_unusable(pattern, diags);
	return false;
}

bool pattern_may_match(const struct pattern *pattern, const struct prey *prey)
{
	if (!pattern->needs->utf8)
		return true;
	for (const struct gist_word *need = pattern->needs; need->utf8; need++)
		if ((!prey->gist || gist_may_hold(prey->gist, need)) &&
			text_holds(prey->utf8, prey->length, need->utf8))
			return true;
	return false;
}

bool pattern_search(struct pattern *pattern, const struct prey *prey, GMatchInfo **info)
{
	if (info)
		*info = NULL;
	if (pattern->unusable || !pattern_may_match(pattern, prey) ||
		!pattern_compile(pattern, NULL))
		return false;
	if (!pattern->expression)
		return true;
	bool found = g_regex_match_full(
		pattern->regex, prey->utf8, (gssize)prey->length, 0, 0, info, NULL);
	if (!found && info)
		g_clear_pointer(info, g_match_info_unref);
	return found;
}

bool pattern_match(struct pattern *pattern, const struct prey *prey, const char *capture,
	struct pattern_stretch *stretch)
{
	*stretch = (struct pattern_stretch){0, 0};
	if (pattern->unusable || prey->length > PATTERN_TEXT_MAX ||
		!pattern_may_match(pattern, prey) || !pattern_compile(pattern, NULL))
		return false;
	if (!pattern->expression)
		return true;
	GMatchInfo *info = NULL;
	gint from = 0, to = 0;
	bool found = g_regex_match_full(
		pattern->regex, prey->utf8, (gssize)prey->length, 0, 0, &info, NULL);
	bool took_part = found &&
		(capture ? g_match_info_fetch_named_pos(info, capture, &from, &to)
			 : g_match_info_fetch_pos(info, 0, &from, &to));
	if (took_part && from >= 0)
		*stretch = (struct pattern_stretch){(size_t)from, (size_t)to};
	g_match_info_free(info);
	return found;
}
