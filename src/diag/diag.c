/* The list of findings, its order and its counts; sentences from codes.def. */
#include "diag/diag.h"

#include "base/text.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

const char *const severity_words[] = {"note", "warning", "error", NULL};

static const struct {
	const char *id;
	enum severity severity;
	const char *text[2];
} sentences[] = {
#define SENTENCE(code, id, severity, zh, en) {id, severity, {zh, en}},
#include "diag/codes.def"
#undef SENTENCE
};

const char *diag_code_id(enum diag_code code)
{
	return sentences[code].id;
}

const char *diag_code_text(enum diag_code code, enum language language)
{
	return sentences[code].text[language];
}

static void end_array(void *array)
{
	g_array_unref(array);
}

static void end_pointers(void *array)
{
	g_ptr_array_unref(array);
}

struct diags *diags_new(struct arena *arena, enum language language)
{
	struct diags *diags = arena_new(arena, struct diags);
	diags->arena = arena;
	diags->language = language;
	diags->all = g_ptr_array_new();
	diags->spare = arena_new(arena, struct diag);
	diags->no_helps = g_ptr_array_new();
	diags->no_related = g_array_new(FALSE, FALSE, sizeof(struct diag_related));
	arena_own(arena, diags->all, end_pointers);
	arena_own(arena, diags->no_helps, end_pointers);
	arena_own(arena, diags->no_related, end_array);
	return diags;
}

/* {1} to {9}; any other brace stands for itself. */
static size_t argument_at(const char *text)
{
	return text[0] == '{' && g_ascii_isdigit(text[1]) && text[2] == '}'
		? (size_t)(text[1] - '0')
		: 0;
}

#define ARGUMENTS_MAX 9

const char *diag_vformat(
	struct arena *arena, enum language language, enum diag_code code, va_list list)
{
	const char *arguments[ARGUMENTS_MAX + 1] = {NULL};
	GString *said = g_string_new(NULL);
	size_t given = 0, used = 0;
	for (; (arguments[given] = va_arg(list, const char *)); given++)
		g_assert(given < ARGUMENTS_MAX);
	for (const char *at = sentences[code].text[language]; *at; at++) {
		size_t argument = argument_at(at);
		if (!argument) {
			g_string_append_c(said, *at);
			continue;
		}
		g_assert(argument <= given);
		used = MAX(used, argument);
		text_append_named(said, arguments[argument - 1]);
		at += 2;
	}
	g_assert(used == given);
	return arena_take(arena, g_string_free(said, FALSE));
}

const char *diag_format(struct arena *arena, enum language language, enum diag_code code, ...)
{
	va_list arguments;
	va_start(arguments, code);
	const char *said = diag_vformat(arena, language, code, arguments);
	va_end(arguments);
	return said;
}

static void count(struct diags *diags, const struct diag *diag)
{
	if (diag->waived)
		diags->waived++;
	else
		diags->counts[diag->severity]++;
}

static bool is_flooded(const struct diags *diags)
{
	return diags->all->len >= DIAGS_KEPT;
}

static struct diag *add(struct diags *diags, enum diag_code code, const struct rule_name *rule,
	struct span at, const char *message)
{
	bool kept = !is_flooded(diags);
	struct diag *diag = kept ? arena_new(diags->arena, struct diag) : diags->spare;
	*diag = (struct diag){.code = code};
	diag->id = rule ? rule->id : sentences[code].id;
	diag->severity = rule ? rule->severity : sentences[code].severity;
	diag->source = rule ? rule->source[diags->language] : NULL;
	diag->rank = rule ? rule->rank : 0;
	diag->at = at;
	diag->message = message;
	diag->owner = diags;
	diag->helps = diags->no_helps;
	diag->related = diags->no_related;
	if (kept)
		g_ptr_array_add(diags->all, diag);
	else
		diags->flood[diag->severity]++;
	count(diags, diag);
	return diag;
}

struct diag *diag_add(struct diags *diags, enum diag_code code, struct span at, ...)
{
	va_list arguments;
	va_start(arguments, at);
	const char *message = is_flooded(diags)
		? ""
		: diag_vformat(diags->arena, diags->language, code, arguments);
	va_end(arguments);
	return add(diags, code, NULL, at, message);
}

struct diag *diag_add_rule(
	struct diags *diags, const struct rule_name *rule, enum diag_code code, struct span at, ...)
{
	va_list arguments;
	va_start(arguments, at);
	const char *message = is_flooded(diags)
		? ""
		: diag_vformat(diags->arena, diags->language, code, arguments);
	va_end(arguments);
	return add(diags, code, rule, at, message);
}

const char *diag_sentence(const struct diags *diags, enum diag_code code, ...)
{
	va_list arguments;
	va_start(arguments, code);
	const char *message = diag_vformat(diags->arena, diags->language, code, arguments);
	va_end(arguments);
	return message;
}

void diags_adopt(struct diags *diags, const struct diags *from)
{
	for (guint i = 0; i < from->all->len; i++) {
		g_ptr_array_add(diags->all, from->all->pdata[i]);
		count(diags, from->all->pdata[i]);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(diags->flood); i++) {
		diags->flood[i] += from->flood[i];
		diags->counts[i] += from->flood[i];
	}
	diags->environment = diags->environment || from->environment;
}

void diag_help(struct diags *diags, struct diag *diag, const char *line)
{
	if (diag == diag->owner->spare)
		return;
	if (diag->helps == diag->owner->no_helps) {
		diag->helps = g_ptr_array_new();
		arena_own(diags->arena, (void *)(uintptr_t)diag->helps, end_pointers);
	}
	g_ptr_array_add((GPtrArray *)(uintptr_t)diag->helps, arena_copy(diags->arena, line));
}

void diag_relate(struct diag *diag, struct span at, const char *message, const char *const *path)
{
	struct diag_related related = {at, message, path};
	if (diag == diag->owner->spare)
		return;
	if (diag->related == diag->owner->no_related) {
		diag->related = g_array_new(FALSE, FALSE, sizeof related);
		arena_own(diag->owner->arena, (void *)(uintptr_t)diag->related, end_array);
	}
	g_array_append_vals((GArray *)(uintptr_t)diag->related, &related, 1);
}

void diag_blame_environment(struct diags *diags, struct diag *diag)
{
	diag->environment = true;
	diags->environment = true;
}

void diags_blame_since(struct diags *diags, guint from)
{
	for (guint i = from; i < diags->all->len; i++) {
		struct diag *diag = diags->all->pdata[i];
		if (diag->severity == SEVERITY_ERROR)
			diag_blame_environment(diags, diag);
	}
}

const char *diag_problem(const struct diags *diags, int failure)
{
	static const struct {
		int failure;
		enum diag_code code;
	} problems[] = {
		{ENOENT, PROBLEM_ABSENT},
		{EACCES, PROBLEM_PERMISSION},
		{EPERM, PROBLEM_PERMISSION},
		{EISDIR, PROBLEM_FOLDER},
		{ENOTDIR, PROBLEM_NO_FOLDER},
		{ENOSPC, PROBLEM_FULL},
		{EDQUOT, PROBLEM_FULL},
		{EROFS, PROBLEM_READ_ONLY},
		{EFBIG, PROBLEM_LARGE},
		{ENAMETOOLONG, PROBLEM_NAME},
		{ELOOP, PROBLEM_LINKS},
		{EIO, PROBLEM_DEVICE},
		{EPIPE, PROBLEM_PIPE},
		{ENXIO, PROBLEM_KIND},
		{EMFILE, PROBLEM_OPEN},
		{ENFILE, PROBLEM_OPEN},
		{ENOMEM, PROBLEM_MEMORY},
		{EAGAIN, PROBLEM_PROCESSES},
		{EBADF, PROBLEM_CLOSED},
		{ETXTBSY, PROBLEM_BUSY},
		{EBUSY, PROBLEM_BUSY},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(problems); i++)
		if (problems[i].failure == failure)
			return diag_code_text(problems[i].code, diags->language);
	return g_strerror(failure);
}

struct diag *diag_unread(struct diags *diags, struct span at, const char *path, int failure)
{
	struct diag *diag = diag_add(diags, IO_READ, at, path, diag_problem(diags, failure), NULL);
	diag_blame_environment(diags, diag);
	return diag;
}

struct diag *diag_unwritten(struct diags *diags, const char *path, int failure)
{
	/* the file itself need not be there */
	const char *reason = failure == ENOENT ? diag_code_text(PROBLEM_NO_PARENT, diags->language)
					       : diag_problem(diags, failure);
	struct diag *diag = diag_add(diags, IO_WRITE, NOWHERE, path, reason, NULL);
	diag_blame_environment(diags, diag);
	return diag;
}

/* Findings without a place come first; then by place, rank and id. */
static int compare_places(const void *left, const void *right)
{
	const struct diag *a = *(const struct diag *const *)left;
	const struct diag *b = *(const struct diag *const *)right;
	if (!a->at.source != !b->at.source)
		return a->at.source ? 1 : -1;
	if (a->at.start != b->at.start)
		return a->at.start < b->at.start ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return strcmp(a->id, b->id);
}

static int compare_messages(const void *left, const void *right)
{
	const struct diag *a = *(const struct diag *const *)left;
	const struct diag *b = *(const struct diag *const *)right;
	int places = compare_places(left, right);
	return places ? places : strcmp(a->message, b->message);
}

/* Brings equal findings together, the one added first before the others. */
static int compare_equals(const void *left, const void *right)
{
	const struct diag *a = *(const struct diag *const *)left;
	const struct diag *b = *(const struct diag *const *)right;
	int messages = compare_messages(left, right);
	return messages ? messages : (a->added > b->added) - (a->added < b->added);
}

/* Findings of one id at one place keep the order in which they were added, that of the form. */
static int compare_order(const void *left, const void *right)
{
	const struct diag *a = *(const struct diag *const *)left;
	const struct diag *b = *(const struct diag *const *)right;
	int places = compare_places(left, right);
	return places ? places : (a->added > b->added) - (a->added < b->added);
}

void diags_sort(struct diags *diags)
{
	struct diag **all = (struct diag **)diags->all->pdata;
	guint kept = 0;
	for (guint i = 0; i < diags->all->len; i++)
		all[i]->added = i;
	g_ptr_array_sort(diags->all, compare_equals);
	memcpy(diags->counts, diags->flood, sizeof diags->counts);
	diags->waived = 0;
	for (guint i = 0; i < diags->all->len; i++) {
		if (kept > 0 && compare_messages(&all[kept - 1], &all[i]) == 0)
			continue;
		all[kept++] = all[i];
		count(diags, all[i]);
	}
	g_ptr_array_set_size(diags->all, (gint)kept);
	g_ptr_array_sort(diags->all, compare_order);
}

size_t diags_flood(const struct diags *diags, bool notes)
{
	return diags->flood[SEVERITY_ERROR] + diags->flood[SEVERITY_WARNING] +
		(notes ? diags->flood[SEVERITY_NOTE] : 0);
}

bool diags_rejects(const struct diags *diags, bool strict)
{
	return diags->counts[SEVERITY_ERROR] > 0 || (strict && diags->counts[SEVERITY_WARNING] > 0);
}

int diags_exit_code(const struct diags *diags, bool strict)
{
	if (diags->environment)
		return 3;
	return diags_rejects(diags, strict) ? 1 : 0;
}
