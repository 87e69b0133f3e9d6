/*
 * The title and the words in it that mustn't be broken (GB/T 9704—2012, 7.3.1: 回行时，要做到词意
 * 完整). The words are the parts of the edition's pattern, so that C knows none of them.
 */
#include "doc/compose_internal.h"

#include <string.h>

#define SUFFIX_CHARACTERS 2

/* A part of the pattern with {机关} and {年度} replaced. */
static const char *part_fill(struct arena *arena, const struct report *report, const char *part)
{
	GString *filled = g_string_new(part);
	const char *agency = report->agency.utf8 ? report->agency.utf8 : "";
	g_autofree char *year = g_strdup_printf("%d", report->year);
	g_string_replace(filled, "{机关}", agency, 0);
	g_string_replace(filled, "{年度}", year, 0);
	return arena_take(arena, g_string_free(filled, FALSE));
}

/* The longest of the known words that `at` begins with, in bytes; 0: none. */
static size_t word_at(const char *at, const char *const *words, size_t count)
{
	size_t length = 0;
	for (size_t i = 0; i < count; i++)
		if (*words[i] && g_str_has_prefix(at, words[i]))
			length = MAX(length, strlen(words[i]));
	return length;
}

/* The known words, where the title has them. What follows a word up to the next one belongs to
 * it, as 度 to 2021年, unless it is long enough to be a word of its own. */
static const char *const *title_units(
	struct arena *arena, const char *title, const char *const *words, size_t count)
{
	GPtrArray *units = g_ptr_array_new();
	for (const char *from = title; *from;) {
		const char *after = from + word_at(from, words, count);
		const char *to = after;
		while (*to && !word_at(to, words, count))
			to = g_utf8_next_char(to);
		if (after > from && g_utf8_strlen(after, to - after) > SUFFIX_CHARACTERS)
			to = after;
		g_ptr_array_add(units, arena_copy_n(arena, from, (size_t)(to - from)));
		from = to;
	}
	const char *const *kept =
		arena_copy_many(arena, units->pdata, units->len, sizeof *units->pdata);
	g_ptr_array_free(units, TRUE);
	return kept;
}

static const char *const *title_words(
	struct arena *arena, const struct report *report, size_t *count)
{
	const char *const *patterns = report->edition->title_words;
	*count = 0;
	while (patterns && patterns[*count])
		++*count;
	const char **words = arena_array(arena, const char *, *count + 1);
	for (size_t i = 0; i < *count; i++)
		words[i] = part_fill(arena, report, patterns[i]);
	return words;
}

struct block title_compose(struct arena *arena, const struct report *report)
{
	struct block block = {
		.kind = BLOCK_TITLE,
		.utf8 = report->title ? report->title : "",
	};
	if (report->title_count > 1) {
		const char **lines = arena_array(arena, const char *, report->title_count + 1);
		for (size_t i = 0; i < report->title_count; i++)
			lines[i] = report->title_lines[i].utf8 ? report->title_lines[i].utf8 : "";
		block.units = lines;
		block.lines_given = true;
		block.at = report->title_lines[0].at;
		return block;
	}
	size_t count;
	const char *const *words = title_words(arena, report, &count);
	block.units = title_units(arena, block.utf8, words, count);
	block.at = report->title_count ? report->title_lines[0].at : report->agency.at;
	return block;
}
