/* Lines of a file that let findings pass. */
#include "diag/rules.h"

#include "base/text.h"

#include <string.h>

#define WAIVERS_MAX 100 /* that are obeyed: more are no exceptions any longer */

struct waiver {
	struct span at;
	const char *id, *reason;
	bool used;
};

/* Errors of figures and of the form are to be mended, not explained away (RULES §7). */
static bool may_pass(const char *id, enum severity severity)
{
	return severity != SEVERITY_ERROR || g_str_has_prefix(id, "SEC-") ||
		g_str_has_prefix(id, "DOC-");
}

/* The word at the head of [*at, end), which is moved behind it. */
static const char *take_word(struct arena *arena, const char **at, const char *end)
{
	const char *start = *at;
	while (start < end && *start == ' ')
		start++;
	const char *stop = start;
	while (stop < end && *stop != ' ')
		stop++;
	*at = stop;
	return arena_copy_n(arena, start, (size_t)(stop - start));
}

static const char *take_rest(struct arena *arena, const char *at, const char *end)
{
	size_t length = (size_t)(end - at);
	text_trim(&at, &length);
	return arena_copy_n(arena, at, length);
}

/* Behind "# nianbao:" of a line (its colon of either width); NULL if it is another comment. */
static const char *after_mark(const char *at, const char *end)
{
	static const char *const signs[] = {":", "："};
	while (at < end && (*at == '#' || *at == ' '))
		at++;
	size_t length = strlen("nianbao");
	if ((size_t)(end - at) < length || memcmp(at, "nianbao", length) != 0)
		return NULL;
	at += length;
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
		size_t sign = strlen(signs[i]);
		if ((size_t)(end - at) >= sign && memcmp(at, signs[i], sign) == 0)
			return at + sign;
	}
	return NULL;
}

/* A waiver that can be obeyed; what keeps it from that is said. */
static bool read_waiver(
	struct diags *diags, const struct rule_list *rules, struct span at, struct waiver *waiver)
{
	const char *bytes = at.source->bytes.start;
	const char *rest = after_mark(bytes + at.start, bytes + at.end);
	if (!rest)
		return false;
	const char *end = bytes + at.end;
	const char *verb = take_word(diags->arena, &rest, end);
	*waiver = (struct waiver){.at = at, .id = take_word(diags->arena, &rest, end)};
	waiver->reason = take_rest(diags->arena, rest, end);
	const struct rule_about *rule = rules_find(rules, waiver->id);
	if (strcmp(verb, "allow") != 0)
		diag_add(diags, WAIVER_FORM, at, NULL);
	else if (!rule)
		diag_add(diags, WAIVER_UNKNOWN, at, waiver->id, NULL);
	else if (!may_pass(rule->id, rule->severity))
		diag_add(diags, WAIVER_REFUSED, at, waiver->id, NULL);
	else if (!*waiver->reason)
		diag_add(diags, WAIVER_REASON, at, waiver->id, NULL);
	else
		return true;
	return false;
}

/* Whether a run looks for it depends on what else it is given: last year's file, fonts. */
static bool depends_on_run(const char *id)
{
	return g_str_has_prefix(id, "YEAR-") || g_str_has_prefix(id, "FONT-") ||
		g_str_has_prefix(id, "SUM-");
}

static void apply(struct diags *diags, struct waiver *waiver)
{
	for (guint i = 0; i < diags->all->len; i++) {
		struct diag *diag = diags->all->pdata[i];
		if (diag->waived || diag->environment || strcmp(diag->id, waiver->id) != 0 ||
			!may_pass(diag->id, diag->severity))
			continue;
		diag->waived = waiver->reason;
		waiver->used = true;
	}
	if (!waiver->used && !depends_on_run(waiver->id))
		diag_add(diags, WAIVER_UNUSED, waiver->at, waiver->id, NULL);
}

/* The next line at the head of a file, from `*at`, that isn't empty, if it is a comment; `*at`
 * moves on. */
static bool next_comment(const struct source *source, size_t *at, struct span *comment)
{
	struct bytes bytes = source->bytes;
	while (*at < bytes.length) {
		size_t start = *at, end = source_line_end(source, start);
		*at = source_line_after(source, end);
		while (start < end && bytes.start[start] == ' ')
			start++;
		if (start == end)
			continue;
		*comment = (struct span){source, start, end};
		return bytes.start[start] == '#';
	}
	return false;
}

bool source_has_waivers(const struct source *source)
{
	struct span comment;
	for (size_t at = 0; next_comment(source, &at, &comment);)
		if (after_mark(
			    source->bytes.start + comment.start, source->bytes.start + comment.end))
			return true;
	return false;
}

void diags_waive(struct diags *diags, const struct source *source, const struct rule_list *rules)
{
	size_t waivers = 0;
	struct span comment;
	for (size_t at = 0; waivers < WAIVERS_MAX && next_comment(source, &at, &comment);) {
		struct waiver waiver;
		bool obeyed = read_waiver(diags, rules, comment, &waiver);
		waivers += obeyed;
		if (obeyed)
			apply(diags, &waiver);
	}
}
