/* How an agency calls itself, found from its full name. */
#include "check/prose/prose_internal.h"

#include "base/text.h"

#include <string.h>

#define ALIASES_MAX 24

static void add(struct reader *reader, const char *text, size_t length)
{
	struct prose_words *words = &reader->aliases.words;
	if (length < 6 || words->count == ALIASES_MAX)
		return;
	words->starts |= UINT64_C(1) << text_low_bits(text);
	words->at[words->count++] =
		(struct prose_word){arena_copy_n(reader->arena, text, length), length};
}

/* 人民政府办公室 is 政府办公室 too, and 政府办. */
static void add_short_forms(struct reader *reader, const char *text)
{
	const struct prose *prose = reader->prose;
	for (size_t i = 0; i < prose->long_forms.count; i++) {
		const char *form = prose->long_forms.at[i].text;
		const char *found = strstr(text, form);
		if (!found || strlen(prose->short_forms[i]) >= prose->long_forms.at[i].length)
			continue;
		GString *shorter = g_string_new_len(text, found - text);
		g_string_append(shorter, prose->short_forms[i]);
		g_string_append(shorter, found + prose->long_forms.at[i].length);
		add(reader, shorter->str, shorter->len);
		add_short_forms(reader, arena_copy(reader->arena, shorter->str));
		g_string_free(shorter, TRUE);
	}
}

/* 某市财政局 is 市财政局 and 财政局 too. */
static void add_tails(struct reader *reader, const char *agency)
{
	const struct prose_words *places = &reader->prose->places;
	for (const char *at = agency; *at; at = g_utf8_next_char(at)) {
		size_t place = words_at(places, at, at + strlen(at));
		if (!place || at == agency)
			continue;
		const char *tail = at + places->at[place - 1].length;
		add(reader, at, strlen(at));
		add_short_forms(reader, at);
		if (strlen(tail) >= 9)
			add(reader, tail, strlen(tail));
	}
}

static int longest_first(const void *left, const void *right)
{
	const struct prose_word *a = left, *b = right;
	if (a->length != b->length)
		return a->length > b->length ? -1 : 1;
	return strcmp(a->text, b->text);
}

static void note_starts(struct reader *reader, const struct prose_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (words->at[i].length >= 3)
			reader->starts[hanzi_place(words->at[i].text)] = true;
}

/* A government's short names may mean its office alone: only the place counts as itself. */
void aliases_find(struct reader *reader)
{
	struct aliases *aliases = &reader->aliases;
	const struct prose *prose = reader->prose;
	const char *agency = reader->audit->report->agency.utf8;
	aliases->agency = agency ? agency : "";
	aliases->words.at = arena_array(reader->arena, struct prose_word, ALIASES_MAX + 1);
	const char *start = aliases->agency, *end = start + strlen(start);
	for (size_t i = 0; i < prose->selves.count; i++)
		add(reader, prose->selves.at[i].text, prose->selves.at[i].length);
	add(reader, start, (size_t)(end - start));
	size_t government = words_before(&prose->governments, start, end);
	aliases->government = government > 0;
	if (government)
		add(reader, start,
			(size_t)(end - start) - prose->governments.at[government - 1].length);
	else
		add_tails(reader, start);
	qsort(aliases->words.at, aliases->words.count, sizeof *aliases->words.at, longest_first);
	note_starts(reader, &aliases->words);
	note_starts(reader, &prose->prefixes);
	for (const char *at = numeral_hanzi; *at; at = g_utf8_next_char(at))
		reader->starts[hanzi_place(at)] = true;
}
