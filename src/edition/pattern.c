/* Patterns of a template: words put in, compiled late, matched within limits. The only door to
 * <pcre2.h>. */
#include "edition/pattern.h"

#include "base/text.h"
#include "edition/builtin.h"

#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct regex {
	pcre2_code *code;
	pcre2_match_context *context;
};

/* Of the last match, of whichever pattern: no two are at work at once, and each would keep
 * the 20 KiB that it tries its ways in. For as long as the process runs. */
static pcre2_match_data *last_match;

/* Steps of the matcher for one text of at most PATTERN_TEXT_MAX bytes. */
#define MATCH_LIMIT 20000
/* And from one place of a paragraph on. */
#define SEARCH_LIMIT 1000000
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
		bool counts = g_ascii_isdigit(open[1]); /* .{0,6} is the expression's own */
		g_string_append_len(expansion->out, text, (counts ? close + 1 : open) - text);
		size_t length = (size_t)(close - open - 1);
		if (!counts)
			expand_word(
				expansion, arena_copy_n(expansion->arena, open + 1, length), depth);
		text = close + 1;
	}
}

const char *const *words_split(struct arena *arena, const char *text)
{
	char *at = arena_copy(arena, text);
	size_t most = 1, count = 0;
	for (const char *space = at; (space = strchr(space, ' ')); space++)
		most++;
	const char **words = arena_array(arena, const char *, most + 1);
	for (char *space; (space = strchr(at, ' ')); at = space + 1) {
		*space = '\0';
		if (*at)
			words[count++] = at;
	}
	if (*at)
		words[count++] = at;
	return words;
}

static bool refuse(const struct pattern *pattern, struct diags *diags, const char *reason)
{
	diag_blame_environment(diags, diag_add(diags, TEMPLATE_PATTERN, pattern->at, reason, NULL));
	return false;
}

/* NULL, with a finding, if a word isn't there. */
static const char *put_words_in(
	const struct pattern *pattern, const char *source, struct diags *diags)
{
	struct expansion expansion = {&pattern->words, pattern->arena, NULL, NULL};
	if (!pattern->words.marks || !strchr(source, '{'))
		return source;
	expansion.out = g_string_new(NULL);
	expand(&expansion, source, 0);
	const char *result = arena_take(pattern->arena, g_string_free(expansion.out, FALSE));
	if (!expansion.failed)
		return result;
	if (diags)
		refuse(pattern, diags, expansion.failed);
	return NULL;
}

/* Of which one is needed, with its bit; NULL, with a finding, if it is no list. */
static const char *const *load_list(
	struct pattern *pattern, const struct node *node, uint64_t *list, struct diags *diags)
{
	struct lexicon *lexicon = pattern->words.lexicon;
	const char *text = node ? node->text : "";
	if (!text)
		refuse(pattern, diags, node->key);
	const char *put = text ? put_words_in(pattern, text, diags) : NULL;
	if (!put)
		return NULL;
	const char *const *words = words_split(pattern->arena, put);
	*list = lexicon ? lexicon_add(lexicon, words) : LEXICON_UNKNOWN;
	return words;
}

static bool load_needs(struct pattern *pattern, const struct node *needs, const struct node *also,
	struct diags *diags)
{
	pattern->needs = load_list(pattern, needs, &pattern->list, diags);
	pattern->also = load_list(pattern, also, &pattern->also_list, diags);
	if (!pattern->needs || !pattern->also)
		return false;
	for (const char *const *need = pattern->needs; *need; need++)
		pattern->beginnings |= UINT64_C(1) << text_low_bits(*need);
	return true;
}

bool pattern_load(struct pattern *pattern, struct arena *arena, const struct node *node,
	const struct pattern_words *words, struct diags *diags)
{
	const struct node *source = node, *needs = NULL, *begins = NULL, *also = NULL;
	*pattern = (struct pattern){.arena = arena, .at = node->at, .words = *words};
	if (node->kind == NODE_MAP) {
		source = node_find(node, "pattern");
		begins = node_find(node, "begins");
		needs = begins ? begins : node_find(node, "needs");
		also = node_find(node, "also");
	}
	if (!load_needs(pattern, needs, also, diags))
		return false;
	pattern->begins = begins && *pattern->needs;
	if (!source && *pattern->needs)
		return true;
	if (!source || source->kind != NODE_SCALAR)
		return refuse(pattern, diags, "pattern");
	pattern->at = source->at;
	pattern->limit = words->marks ? MATCH_LIMIT : SEARCH_LIMIT;
	pattern->expression = source->text;
	return true;
}

static void end_regex(void *regex)
{
	struct regex *ended = regex;
	pcre2_code_free(ended->code);
	pcre2_match_context_free(ended->context);
}

/* NULL, with a finding, if the expression is wrong. */
static pcre2_code *compile(const struct pattern *pattern, struct diags *diags)
{
	int error = 0;
	size_t offset = 0;
	const char *expression = put_words_in(pattern, pattern->expression, diags);
	pcre2_code *code = !expression
		? NULL
		: pcre2_compile((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED,
			  PCRE2_UTF | PCRE2_UCP, &error, &offset, NULL);
	if (expression && !code && diags) {
		char message[200] = "";
		pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof message);
		size_t before = (size_t)g_utf8_strlen(expression, (gssize)offset);
		refuse(pattern, diags,
			arena_print(pattern->arena, "%s, character %zu", message, before));
	}
	return code;
}

static void make_room_for_groups(const pcre2_code *code)
{
	uint32_t groups = 0;
	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (last_match && pcre2_get_ovector_count(last_match) > groups)
		return;
	pcre2_match_data_free(last_match);
	last_match = pcre2_match_data_create(groups + 1, NULL);
}

/* NULL where the build had no such pattern, or another PCRE2 than we run with. */
static pcre2_code *unpack(const struct pattern *pattern)
{
	pcre2_code *code = NULL;
	const unsigned char *packed = builtin_code(pattern->at);
	return packed && pcre2_serialize_decode(&code, 1, packed, NULL) == 1 ? code : NULL;
}

bool pattern_pack(const struct pattern *pattern, GString *out)
{
	const pcre2_code *code = pattern->regex->code;
	uint8_t *packed;
	PCRE2_SIZE length;
	if (pcre2_serialize_encode(&code, 1, &packed, &length, NULL) != 1)
		return false;
	g_string_append_len(out, (const char *)packed, (gssize)length);
	pcre2_serialize_free(packed);
	return true;
}

bool pattern_compile(struct pattern *pattern, struct diags *diags)
{
	if (pattern->regex || !pattern->expression)
		return true;
	pcre2_code *code = unpack(pattern);
	if (!code)
		code = compile(pattern, diags);
	pattern->unusable = !code;
	if (!code)
		return false;
	pattern->regex = arena_new(pattern->arena, struct regex);
	*pattern->regex = (struct regex){code, pcre2_match_context_create(NULL)};
	pcre2_set_match_limit(pattern->regex->context, pattern->limit);
	arena_own(pattern->arena, pattern->regex, end_regex);
	make_room_for_groups(code);
	return true;
}

static bool holds_one(const struct prey *prey, const char *const *needs, uint64_t list)
{
	bool searched = prey->holds != LEXICON_ALL && list != LEXICON_UNKNOWN;
	if (searched || !*needs)
		return prey->holds & list;
	for (; *needs; needs++)
		if (text_holds(prey->utf8, prey->length, *needs))
			return true;
	return false;
}

bool pattern_may_match(const struct pattern *pattern, const struct prey *prey)
{
	return holds_one(prey, pattern->needs, pattern->list) &&
		holds_one(prey, pattern->also, pattern->also_list);
}

static void give_up(const struct prey *prey)
{
	if (prey->unread)
		*prey->unread = true;
}

/* Texts are UTF-8, which isn't proved again for every pattern. */
static bool match_with(
	struct pattern *pattern, const struct prey *prey, size_t from, uint32_t options)
{
	const struct regex *regex = pattern->regex;
	int groups = pcre2_match(regex->code, (PCRE2_SPTR)prey->utf8, prey->length, from,
		PCRE2_NO_UTF_CHECK | options, last_match, regex->context);
	if (groups < 0 && groups != PCRE2_ERROR_NOMATCH)
		give_up(prey);
	return groups > 0;
}

static bool may_begin(const struct pattern *pattern, const char *at, size_t left)
{
	if (!(pattern->beginnings >> text_low_bits(at) & 1))
		return false;
	for (const char *const *need = pattern->needs; *need; need++) {
		size_t length = strlen(*need);
		if (length <= left && memcmp(at, *need, length) == 0)
			return true;
	}
	return false;
}

static bool match_from(struct pattern *pattern, const struct prey *prey, size_t from)
{
	if (!pattern->begins)
		return match_with(pattern, prey, from, 0);
	for (size_t at = from; at < prey->length; at += text_step(prey->utf8 + at))
		if (may_begin(pattern, prey->utf8 + at, prey->length - at) &&
			match_with(pattern, prey, at, PCRE2_ANCHORED))
			return true;
	return false;
}

static struct pattern_stretch group_at(uint32_t number)
{
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(last_match);
	struct pattern_stretch group = {0, 0};
	if (number < pcre2_get_ovector_count(last_match) && ends[2 * number] != PCRE2_UNSET)
		group = (struct pattern_stretch){ends[2 * number], ends[2 * number + 1]};
	return group;
}

struct pattern_stretch pattern_group(const struct pattern *pattern, const char *name)
{
	int number = pcre2_substring_number_from_name(pattern->regex->code, (PCRE2_SPTR)name);
	return number > 0 ? group_at((uint32_t)number) : (struct pattern_stretch){0, 0};
}

bool pattern_occurs(struct pattern *pattern, const struct prey *prey)
{
	return pattern_may_match(pattern, prey) && !pattern->unusable &&
		pattern_compile(pattern, NULL) &&
		(!pattern->expression || match_from(pattern, prey, 0));
}

bool pattern_next(struct pattern *pattern, const struct prey *prey, struct pattern_stretch *stretch)
{
	size_t from = stretch->to;
	bool first = from == 0, empty = !first && stretch->from == stretch->to;
	if (empty && from < prey->length)
		from += (size_t)(g_utf8_next_char(prey->utf8 + from) - (prey->utf8 + from));
	else if (empty)
		return false;
	if (first && !pattern_occurs(pattern, prey))
		return false;
	if (!pattern->expression || (!first && !match_from(pattern, prey, from)))
		return false;
	*stretch = group_at(0);
	if (first && stretch->to == 0) { /* nothing, at the start: it would be found for ever */
		if (prey->length == 0 ||
			!match_from(pattern, prey, (size_t)g_utf8_skip[(guchar)*prey->utf8]))
			return false;
		*stretch = group_at(0);
	}
	return true;
}

bool pattern_match(struct pattern *pattern, const struct prey *prey, const char *capture,
	struct pattern_stretch *stretch)
{
	*stretch = (struct pattern_stretch){0, 0};
	if (prey->length > PATTERN_TEXT_MAX && pattern_may_match(pattern, prey))
		give_up(prey);
	if (prey->length > PATTERN_TEXT_MAX || !pattern_occurs(pattern, prey))
		return false;
	if (pattern->expression)
		*stretch = capture ? pattern_group(pattern, capture) : group_at(0);
	return true;
}
