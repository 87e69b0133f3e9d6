/*
 * The little language of `holds`: [2 *] path or sum(path), joined by + and -, with =, >= or
 * <= between the sides. A path is names joined by /; a name with signs in it is quoted.
 */
#include "edition/equation_internal.h"

#include "base/decimal.h"
#include "base/text.h"

#include <string.h>

struct scanner {
	struct arena *arena;
	const char *start, *at;
	const char *problem; /* where it went wrong; NULL while all is well */
};

static void skip_space(struct scanner *scanner)
{
	while (*scanner->at && text_is_space(g_utf8_get_char(scanner->at)))
		scanner->at = g_utf8_next_char(scanner->at);
}

static bool take(struct scanner *scanner, const char *sign)
{
	skip_space(scanner);
	if (!g_str_has_prefix(scanner->at, sign))
		return false;
	scanner->at += strlen(sign);
	return true;
}

static void fail(struct scanner *scanner)
{
	if (!scanner->problem)
		scanner->problem = scanner->at;
}

static const char *scan_quoted(struct scanner *scanner)
{
	const char *start = scanner->at, *end = strchr(start, '"');
	if (!end || end == start) {
		fail(scanner);
		return "";
	}
	scanner->at = end + 1;
	return arena_copy_n(scanner->arena, start, (size_t)(end - start));
}

static const char *scan_name(struct scanner *scanner)
{
	if (take(scanner, "\""))
		return scan_quoted(scanner);
	const char *start = scanner->at;
	size_t length = strcspn(start, "+-*=<>()/\"");
	scanner->at += length;
	text_trim(&start, &length);
	if (!length)
		fail(scanner);
	return arena_copy_n(scanner->arena, start, length);
}

static void scan_path(struct scanner *scanner, struct written_term *term)
{
	GPtrArray *names = g_ptr_array_new();
	bool quoted = take(scanner, "\"");
	if (quoted)
		scanner->at--;
	do {
		g_ptr_array_add(names, (gpointer)(uintptr_t)scan_name(scanner));
	} while (take(scanner, "/") && !scanner->problem);
	term->count = names->len;
	term->names =
		arena_copy_many(scanner->arena, names->pdata, names->len, sizeof *names->pdata);
	term->leaves =
		term->sum && !quoted && names->len == 1 && strcmp(term->names[0], "leaves") == 0;
	g_ptr_array_unref(names);
}

static void scan_coefficient(struct scanner *scanner, struct written_term *term)
{
	term->coefficient = DECIMAL_ONE;
	skip_space(scanner);
	size_t length = strspn(scanner->at, "0123456789.");
	const char *after = scanner->at + length;
	while (*after == ' ')
		after++;
	if (!length || *after != '*')
		return;
	if (!decimal_parse(scanner->at, length, &term->coefficient))
		fail(scanner);
	scanner->at = after + 1;
}

static void scan_term(struct scanner *scanner, struct written_term *term)
{
	scan_coefficient(scanner, term);
	skip_space(scanner);
	term->offset = (size_t)(scanner->at - scanner->start);
	const char *bracket = scanner->at + strcspn(scanner->at, "(");
	term->sum = g_str_has_prefix(scanner->at, "sum") && *bracket &&
		scanner->at + 3 + strspn(scanner->at + 3, " ") == bracket;
	if (term->sum) {
		scanner->at = bracket + 1;
		scan_path(scanner, term);
		if (!take(scanner, ")"))
			fail(scanner);
	} else {
		scan_path(scanner, term);
	}
	term->length = (size_t)(scanner->at - scanner->start) - term->offset;
}

static void scan_side(struct scanner *scanner, struct written_side *side)
{
	GArray *terms = g_array_new(FALSE, TRUE, sizeof(struct written_term));
	int64_t sign = take(scanner, "-") ? -1 : 1;
	for (;;) {
		struct written_term term = {0};
		scan_term(scanner, &term);
		term.coefficient *= sign;
		g_array_append_val(terms, term);
		if (scanner->problem)
			break;
		if (take(scanner, "+"))
			sign = 1;
		else if (take(scanner, "-"))
			sign = -1;
		else
			break;
	}
	side->count = terms->len;
	side->terms = arena_copy_many(
		scanner->arena, terms->data, terms->len, sizeof(struct written_term));
	g_array_unref(terms);
}

static void scan_sense(struct scanner *scanner, enum sense *sense)
{
	if (take(scanner, ">="))
		*sense = SENSE_AT_LEAST;
	else if (take(scanner, "<="))
		*sense = SENSE_AT_MOST;
	else if (take(scanner, "="))
		*sense = SENSE_EQUAL;
	else
		fail(scanner);
}

size_t equation_parse(struct arena *arena, const char *text, struct written_equation *equation)
{
	struct scanner scanner = {arena, text, text, NULL};
	scan_side(&scanner, &equation->left);
	scan_sense(&scanner, &equation->sense);
	if (!scanner.problem)
		scan_side(&scanner, &equation->right);
	skip_space(&scanner);
	if (*scanner.at)
		fail(&scanner);
	return scanner.problem ? (size_t)(scanner.problem - text) : EQUATION_SOUND;
}
