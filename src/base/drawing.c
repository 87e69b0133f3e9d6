/* By GMarkup, which knows no entities of its own making and opens nothing. */
#include "base/drawing.h"

#include <glib.h>
#include <string.h>

#define ELEMENTS_MAX 100000 /* drawn ones, repetitions counted */
#define DEPTH_MAX 100

struct group { /* what an id stands for */
	size_t elements;
	GPtrArray *uses; /* names of what it repeats */
	bool being_counted;
	size_t whole; /* with all repetitions; 0: not yet counted */
};

struct judging {
	struct arena *arena;
	enum drawing_state state;
	const char *what;
	size_t elements;
	bool drawing; /* an svg element was met */
	GHashTable *groups; /* id -> struct group */
	GPtrArray *open; /* struct group or NULL, one a level */
	bool styles; /* within a style element */
};

static void refuse(struct judging *judging, enum drawing_state state, const char *what)
{
	if (judging->state != DRAWING_SOUND)
		return;
	judging->state = state;
	judging->what = arena_copy(judging->arena, what);
}

static const char *local_name(const char *name)
{
	const char *colon = strchr(name, ':');
	return colon ? colon + 1 : name;
}

static void end_pointers(void *pointers)
{
	g_ptr_array_unref(pointers);
}

static struct group *group_new(struct judging *judging)
{
	struct group *group = arena_new(judging->arena, struct group);
	group->uses = g_ptr_array_new();
	arena_own(judging->arena, group->uses, end_pointers);
	return group;
}

/* All groups that are open repeat what this element repeats. */
static void add_use(struct judging *judging, const char *id)
{
	char *kept = arena_copy(judging->arena, id);
	for (guint i = 0; i < judging->open->len; i++) {
		struct group *group = judging->open->pdata[i];
		if (group)
			g_ptr_array_add(group->uses, kept);
	}
}

/* url(…) in an attribute or a style: only to a part of the drawing itself. */
static void look_at_urls(struct judging *judging, const char *text)
{
	for (const char *at = text; (at = strstr(at, "url("));) {
		at += strlen("url(");
		at += strspn(at, " \t\r\n\"'");
		if (*at != '#') {
			refuse(judging, DRAWING_REFERS, "url(…)");
			return;
		}
		char *id = g_strndup(at + 1, strcspn(at + 1, "\"') \t\r\n"));
		add_use(judging, id);
		g_free(id);
	}
}

static void look_at_attribute(struct judging *judging, const char *name, const char *value)
{
	const char *local = local_name(name);
	if (g_ascii_strncasecmp(local, "on", 2) == 0)
		refuse(judging, DRAWING_ACTIVE, name);
	if (strcmp(local, "href") == 0 || strcmp(local, "src") == 0) {
		value += strspn(value, " \t\r\n");
		if (*value == '#')
			add_use(judging, value + 1);
		else
			refuse(judging, DRAWING_REFERS, name);
	} else {
		look_at_urls(judging, value);
	}
}

static bool is_active(const char *name)
{
	static const char *const names[] = {
		"script", "foreignObject", "filter", "iframe", "audio", "video", "include"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static void count_element(struct judging *judging)
{
	judging->elements++;
	for (guint i = 0; i < judging->open->len; i++) {
		struct group *group = judging->open->pdata[i];
		if (group)
			group->elements++;
	}
	if (judging->elements > ELEMENTS_MAX || judging->open->len > DEPTH_MAX)
		refuse(judging, DRAWING_COMPLEX, "");
}

static void start(GMarkupParseContext *context, const char *element, const char **names,
	const char **values, void *closure, GError **error)
{
	struct judging *judging = closure;
	const char *name = local_name(element);
	struct group *group = NULL;
	(void)context;
	for (size_t i = 0; names[i]; i++)
		if (strcmp(names[i], "id") == 0 &&
			!g_hash_table_contains(judging->groups, values[i])) {
			group = group_new(judging);
			g_hash_table_insert(
				judging->groups, arena_copy(judging->arena, values[i]), group);
		}
	judging->drawing |= strcmp(name, "svg") == 0;
	judging->styles = strcmp(name, "style") == 0;
	g_ptr_array_add(judging->open, group);
	count_element(judging);
	if (is_active(name))
		refuse(judging, DRAWING_ACTIVE, name);
	if (strcmp(name, "image") == 0)
		refuse(judging, DRAWING_REFERS, name);
	for (size_t i = 0; names[i]; i++)
		if (!g_str_has_prefix(names[i], "xmlns"))
			look_at_attribute(judging, names[i], values[i]);
	if (judging->state != DRAWING_SOUND)
		g_set_error_literal(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "");
}

static void end(GMarkupParseContext *context, const char *element, void *closure, GError **error)
{
	struct judging *judging = closure;
	(void)context, (void)element, (void)error;
	g_ptr_array_set_size(judging->open, (int)judging->open->len - 1);
	judging->styles = false;
}

static void text(GMarkupParseContext *context, const char *words, gsize length, void *closure,
	GError **error)
{
	struct judging *judging = closure;
	(void)context, (void)length, (void)error;
	if (judging->styles && strstr(words, "@import"))
		refuse(judging, DRAWING_REFERS, "@import");
	if (judging->styles)
		look_at_urls(judging, words);
}

/* Comments, declarations, processing instructions. */
static void aside(GMarkupParseContext *context, const char *words, gsize length, void *closure,
	GError **error)
{
	struct judging *judging = closure;
	(void)context, (void)length, (void)error;
	if (g_str_has_prefix(words, "<?xml-stylesheet"))
		refuse(judging, DRAWING_REFERS, "xml-stylesheet");
	if (g_str_has_prefix(words, "<!DOCTYPE") && strchr(words, '['))
		refuse(judging, DRAWING_ACTIVE, "DOCTYPE");
	if (g_str_has_prefix(words, "<![CDATA["))
		text(context, words, length, closure, error);
}

/* Elements drawn for a group; ELEMENTS_MAX + 1 at least where they repeat without end. */
static size_t whole_of(struct judging *judging, struct group *group, size_t depth)
{
	if (group->whole)
		return group->whole;
	if (group->being_counted || depth > DEPTH_MAX)
		return ELEMENTS_MAX + 1;
	group->being_counted = true;
	size_t whole = group->elements + 1;
	for (guint i = 0; i < group->uses->len && whole <= ELEMENTS_MAX; i++) {
		struct group *used = g_hash_table_lookup(judging->groups, group->uses->pdata[i]);
		whole += used ? whole_of(judging, used, depth + 1) : 0;
	}
	group->being_counted = false;
	group->whole = whole;
	return whole;
}

static bool parse(struct judging *judging, struct bytes svg)
{
	static const GMarkupParser parser = {start, end, text, aside, NULL};
	GMarkupParseContext *context =
		g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, judging, NULL);
	size_t mark = svg.length >= 3 && memcmp(svg.start, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	bool whole = g_markup_parse_context_parse(
			     context, svg.start + mark, (gssize)(svg.length - mark), NULL) &&
		g_markup_parse_context_end_parse(context, NULL);
	g_markup_parse_context_free(context);
	return whole && judging->drawing;
}

enum drawing_state drawing_judge(struct arena *arena, struct bytes svg, const char **what)
{
	struct judging judging = {.arena = arena,
		.what = "",
		.groups = g_hash_table_new(g_str_hash, g_str_equal),
		.open = g_ptr_array_new()};
	struct group *all = group_new(&judging);
	g_ptr_array_add(judging.open, all);
	bool whole = parse(&judging, svg);
	if (!whole)
		refuse(&judging, DRAWING_BROKEN, "");
	if (whole && whole_of(&judging, all, 0) > ELEMENTS_MAX)
		refuse(&judging, DRAWING_COMPLEX, "");
	g_hash_table_unref(judging.groups);
	g_ptr_array_unref(judging.open);
	*what = judging.what;
	return judging.state;
}
