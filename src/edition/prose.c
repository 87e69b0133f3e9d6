/* The grammar of sentences, read from a template's nodes. */
#include "edition/prose.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

struct prose_reader {
	struct arena *arena;
	struct diags *diags;
	struct prose *prose;
	struct pattern_words words;
	bool sound; /* nothing has been refused yet */
};

static const struct pattern_mark marks[] = {
	{"count", SIGN_COUNT},
	{"percent", SIGN_PERCENT},
	{"this", SIGN_THIS},
	{"last", SIGN_LAST},
	{"next", SIGN_NEXT},
	{"year", SIGN_YEAR},
	{"date", SIGN_DATE},
	{"number", SIGN_NUMBER},
	{"self", SIGN_SELF},
	{"others", SIGN_OTHERS},
	{NULL, 0},
};

/* Stands for what was refused: what that lacks isn't told again. */
static const struct node nothing = {.kind = NODE_MAP};

static void refuse(struct prose_reader *reader, const struct node *at, const char *key)
{
	reader->sound = false;
	if (at != &nothing)
		diag_blame_environment(reader->diags,
			diag_add(reader->diags, TEMPLATE_PATTERN, at->at, key, NULL));
}

/* What stands under `key`; an empty map (refused) if nothing does. */
static const struct node *member(
	struct prose_reader *reader, const struct node *map, const char *key)
{
	const struct node *node = map->kind == NODE_MAP ? node_find(map, key) : NULL;
	if (node)
		return node;
	refuse(reader, map, key);
	return &nothing;
}

/* The list or map under `key`; an empty one (refused) if it isn't there. */
static const struct node *part(
	struct prose_reader *reader, const struct node *map, const char *key, enum node_kind kind)
{
	const struct node *node = map->kind == NODE_MAP ? node_find(map, key) : NULL;
	if (node && node->kind == kind)
		return node;
	refuse(reader, node ? node : map, key);
	return &nothing;
}

static const char *text_of(struct prose_reader *reader, const struct node *map, const char *key)
{
	const struct node *node = map->kind == NODE_MAP ? node_find(map, key) : NULL;
	if (node && node->kind == NODE_SCALAR)
		return node->text;
	refuse(reader, node ? node : map, key);
	return "";
}

static bool says(const struct node *map, const char *key, const char *value)
{
	const struct node *node = map->kind == NODE_MAP ? node_find(map, key) : NULL;
	return node && node->text && strcmp(node->text, value) == 0;
}

static const char *const *strings(
	struct prose_reader *reader, const struct node *map, const char *key)
{
	const struct node *node = map->kind == NODE_MAP ? node_find(map, key) : NULL;
	if (node && !node->text)
		refuse(reader, node, key);
	return words_split(reader->arena, node && node->text ? node->text : "");
}

static int longest_first(const void *left, const void *right)
{
	const struct prose_word *a = left, *b = right;
	if (a->length != b->length)
		return a->length > b->length ? -1 : 1;
	return strcmp(a->text, b->text);
}

static struct prose_words words(
	struct prose_reader *reader, const struct node *map, const char *key)
{
	const char *const *texts = words_split(reader->arena, text_of(reader, map, key));
	size_t count = g_strv_length((gchar **)(uintptr_t)texts);
	struct prose_words words = {
		arena_array(reader->arena, struct prose_word, count + 1), count, 0};
	for (size_t i = 0; i < count; i++) {
		words.at[i] = (struct prose_word){texts[i], strlen(texts[i])};
		words.starts |= UINT64_C(1) << text_low_bits(texts[i]);
	}
	qsort(words.at, words.count, sizeof *words.at, longest_first);
	return words;
}

static void load_circles(struct prose_reader *reader, const struct node *map)
{
	struct prose *prose = reader->prose;
	prose->selves = words(reader, map, "self");
	prose->prefixes = words(reader, map, "prefixes");
	prose->units = words(reader, map, "units");
	prose->places = words(reader, map, "places");
	prose->governments = words(reader, map, "governments");
	const struct node *forms = part(reader, map, "short", NODE_MAP);
	prose->long_forms.at = arena_array(reader->arena, struct prose_word, forms->count + 1);
	prose->short_forms = arena_array(reader->arena, const char *, forms->count + 1);
	for (size_t i = 0; i < forms->count; i++) {
		const struct node *form = forms->children[i];
		if (!form->text || !*form->key) {
			refuse(reader, form, "short");
			continue;
		}
		size_t at = prose->long_forms.count++;
		prose->long_forms.at[at] = (struct prose_word){form->key, strlen(form->key)};
		prose->short_forms[at] = form->text;
	}
}

static void load_pattern(
	struct prose_reader *reader, const struct node *node, struct pattern *pattern)
{
	if (node == &nothing || /* and so refused already */
		!pattern_load(pattern, reader->arena, node, &reader->words, reader->diags))
		reader->sound = false;
}

static void load_scopes(struct prose_reader *reader, const struct node *list)
{
	static const struct {
		const char *key, *value;
		enum prose_scope_kind kind;
	} kinds[] = {
		{"inside", "circle", SCOPE_CIRCLE},
		{"inside", "period", SCOPE_PERIOD},
		{"lasts", "period", SCOPE_NO_PERIOD},
		{"lasts", "sentence", SCOPE_NO_CIRCLE_SENTENCE},
		{"lasts", "paragraph", SCOPE_NO_CIRCLE_PARAGRAPH},
	};
	struct prose *prose = reader->prose;
	prose->scopes = arena_array(reader->arena, struct prose_scope, list->count + 1);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *node = list->children[i];
		struct prose_scope *scope = &prose->scopes[prose->scope_count++];
		load_pattern(reader, node, &scope->pattern);
		prose->scope_lists |= scope->pattern.list;
		size_t kind = 0;
		while (kind < G_N_ELEMENTS(kinds) &&
			!says(node, kinds[kind].key, kinds[kind].value))
			kind++;
		if (kind == G_N_ELEMENTS(kinds))
			refuse(reader, node, "lasts");
		else
			scope->kind = kinds[kind].kind;
	}
}

static void load_topics(struct prose_reader *reader, const struct node *list)
{
	struct prose *prose = reader->prose;
	prose->topics = arena_array(reader->arena, struct prose_topic, list->count + 1);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *node = list->children[i];
		struct prose_topic *topic = &prose->topics[prose->topic_count++];
		topic->name = text_of(reader, node, "name");
		topic->near = strings(reader, node, "near");
		load_pattern(reader, node, &topic->pattern);
		prose->topic_lists |= topic->pattern.list;
	}
}

static size_t topic_of(struct prose_reader *reader, const struct node *map)
{
	const char *name = text_of(reader, map, "topic");
	for (size_t i = 0; i < reader->prose->topic_count; i++)
		if (strcmp(reader->prose->topics[i].name, name) == 0)
			return i;
	refuse(reader, map, "topic");
	return 0;
}

static void load_subject(struct prose_reader *reader, const struct node *list, const char *label,
	struct prose_subject *subject)
{
	subject->label = label;
	subject->readings = arena_array(reader->arena, struct prose_reading, list->count + 1);
	for (size_t i = 0; i < list->count; i++)
		subject->readings[subject->count++].node = list->children[i];
	if (list->kind != NODE_LIST || list->count == 0)
		refuse(reader, list, "means");
}

static void load_subjects(
	struct prose_reader *reader, const struct node *node, struct prose_fact *fact)
{
	const struct node *labels = node_find(node, "labels");
	size_t count = labels ? labels->count : 1;
	fact->subjects = arena_array(reader->arena, struct prose_subject, count + 1);
	fact->subject_count = count;
	if (!labels) {
		load_subject(
			reader, part(reader, node, "means", NODE_LIST), NULL, &fact->subjects[0]);
		return;
	}
	for (size_t i = 0; i < count; i++)
		load_subject(
			reader, labels->children[i], labels->children[i]->key, &fact->subjects[i]);
}

static void load_facts(struct prose_reader *reader, const struct node *list)
{
	struct prose *prose = reader->prose;
	prose->facts = arena_array(reader->arena, struct prose_fact, list->count + 1);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *node = list->children[i];
		if (node->kind != NODE_MAP) {
			refuse(reader, node, "facts");
			continue;
		}
		struct prose_fact *fact = &prose->facts[prose->fact_count++];
		fact->name = text_of(reader, node, "name");
		fact->topic = topic_of(reader, node);
		fact->opens = says(node, "opens", "true");
		fact->closed = says(node, "closed", "true");
		fact->rest = strings(reader, node, "rest");
		fact->wholes = strings(reader, node, "wholes");
		load_pattern(reader, node, &fact->pattern);
		load_subjects(reader, node, fact);
	}
}

static void load_claims(struct prose_reader *reader, const struct node *list)
{
	struct prose *prose = reader->prose;
	prose->claims = arena_array(reader->arena, struct prose_claim, list->count + 1);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *node = list->children[i];
		struct prose_claim *claim = &prose->claims[prose->claim_count++];
		claim->topic = topic_of(reader, node);
		claim->of = strings(reader, node, "of");
		load_pattern(reader, node, &claim->pattern);
		claim->zero.node = part(reader, node, "zero", NODE_SCALAR);
	}
}

static void load_wholes(struct prose_reader *reader, const struct node *list)
{
	struct prose *prose = reader->prose;
	prose->wholes = arena_array(reader->arena, struct prose_whole, list->count + 1);
	for (size_t i = 0; i < list->count; i++) {
		const struct node *node = list->children[i];
		struct prose_whole *whole = &prose->wholes[prose->whole_count++];
		whole->topic = topic_of(reader, node);
		load_pattern(reader, node, &whole->pattern);
		whole->means.node = part(reader, node, "means", NODE_SCALAR);
	}
}

struct list_pattern {
	const char *key;
	struct pattern *pattern;
};

static void load_lists(struct prose_reader *reader, const struct node *map)
{
	struct prose *prose = reader->prose;
	const struct list_pattern patterns[] = {
		{"opener", &prose->lists.opener},
		{"rest", &prose->lists.rest},
		{"change", &prose->lists.change},
		{"breaks", &prose->lists.breaks},
		{"open_end", &prose->lists.open_end},
		{"including", &prose->lists.including},
		{"total", &prose->lists.total},
		{"channel", &prose->lists.channel},
		{"joined", &prose->lists.joined},
		{"plain", &prose->lists.plain},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++)
		load_pattern(reader, member(reader, map, patterns[i].key), patterns[i].pattern);
}

struct prose *prose_load(struct arena *arena, const struct edition *edition,
	const struct node *node, struct diags *diags)
{
	struct prose_reader reader = {.arena = arena,
		.diags = diags,
		.prose = arena_new(arena, struct prose),
		.words = {NULL, marks, lexicon_new(arena)},
		.sound = true};
	struct prose *prose = reader.prose;
	prose->edition = edition;
	prose->lexicon = reader.words.lexicon;
	reader.words.map = part(&reader, node, "words", NODE_MAP);
	const struct node *hedges = part(&reader, node, "hedges", NODE_MAP);
	prose->counters = words(&reader, node, "counters");
	prose->before = words(&reader, hedges, "before");
	prose->between = words(&reader, hedges, "between");
	prose->after = words(&reader, hedges, "after");
	load_circles(&reader, part(&reader, node, "circles", NODE_MAP));
	load_pattern(&reader, member(&reader, node, "start"), &prose->start);
	load_scopes(&reader, part(&reader, node, "scopes", NODE_LIST));
	load_topics(&reader, part(&reader, node, "topics", NODE_LIST));
	load_facts(&reader, part(&reader, node, "facts", NODE_LIST));
	load_claims(&reader, part(&reader, node, "claims", NODE_LIST));
	load_wholes(&reader, part(&reader, node, "wholes", NODE_LIST));
	load_lists(&reader, part(&reader, node, "lists", NODE_MAP));
	return reader.sound ? prose : NULL;
}

static bool resolve_all(struct prose *prose, struct diags *diags)
{
	bool sound = true;
	for (size_t i = 0; i < prose->fact_count; i++)
		for (size_t k = 0; k < prose->facts[i].subject_count; k++)
			sound &= prose_subject_resolve(prose, &prose->facts[i].subjects[k], diags);
	for (size_t i = 0; i < prose->claim_count; i++)
		sound &= prose_reading_resolve(prose, &prose->claims[i].zero, diags);
	for (size_t i = 0; i < prose->whole_count; i++)
		sound &= prose_reading_resolve(prose, &prose->wholes[i].means, diags);
	return sound;
}

bool prose_compile(struct prose *prose, struct diags *diags)
{
	struct pattern *lists = &prose->lists.opener;
	bool sound = resolve_all(prose, diags) && pattern_compile(&prose->start, diags);
	for (size_t i = 0; i < prose->scope_count; i++)
		sound &= pattern_compile(&prose->scopes[i].pattern, diags);
	for (size_t i = 0; i < prose->topic_count; i++)
		sound &= pattern_compile(&prose->topics[i].pattern, diags);
	for (size_t i = 0; i < prose->fact_count; i++)
		sound &= pattern_compile(&prose->facts[i].pattern, diags);
	for (size_t i = 0; i < prose->claim_count; i++)
		sound &= pattern_compile(&prose->claims[i].pattern, diags);
	for (size_t i = 0; i < prose->whole_count; i++)
		sound &= pattern_compile(&prose->wholes[i].pattern, diags);
	for (size_t i = 0; i < sizeof prose->lists / sizeof *lists; i++)
		sound &= pattern_compile(&lists[i], diags);
	return sound;
}
