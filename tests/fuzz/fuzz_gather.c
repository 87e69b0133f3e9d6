/*
 * libFuzzer: two reports, parted by a line %%, compared and added up. What is printed of the
 * comparison is what its format allows, and the total reads as a report.
 */
#include "check/check.h"
#include "gather/compare.h"
#include "gather/sum.h"
#include "must.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PARTING "\n%%\n"

static const struct report *bind(
	struct arena *arena, const struct editions *editions, const char *path, struct bytes bytes)
{
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	const struct source *source;
	bytes.start = arena_copy_n(arena, bytes.start, bytes.length);
	const struct node *root = node_load_bytes(arena, path, bytes, &source, diags);
	return root ? report_bind(arena, source, root, editions, diags) : NULL;
}

static void compare(struct arena *arena, const struct report *last, const struct report *now)
{
	const struct comparison *comparison = comparison_new(arena, last, now);
	for (int language = LANGUAGE_ZH; language <= LANGUAGE_EN; language++) {
		GString *out = g_string_new(NULL);
		comparison_print_text(comparison, (enum language)language, out);
		must_be_plain_text(out);
		g_string_truncate(out, 0);
		comparison_print_csv(comparison, (enum language)language, out);
		must_be_csv(out);
		g_string_truncate(out, 0);
		comparison_print_html(comparison, (enum language)language, out);
		must(g_utf8_validate(out->str, (gssize)out->len, NULL));
		g_string_free(out, TRUE);
	}
}

static void add_up(struct arena *arena, const struct editions *editions,
	const struct report *const reports[], const char *agency)
{
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	struct sum *sum = sum_new(arena);
	for (int i = 0; i < 2; i++)
		if (reports[i])
			sum_add(sum, reports[i], diags);
	GString *out = g_string_new(NULL);
	if (sum_write(sum, agency, LANGUAGE_ZH, out)) {
		const struct report *total =
			bind(arena, editions, "sum.yaml", (struct bytes){out->str, out->len});
		must(total != NULL);
		if (agency && *agency)
			must(total->agency.utf8 != NULL);
		sum_check(sum, total, diags);
	}
	g_string_free(out, TRUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct editions *editions;
	if (!editions) {
		struct arena *kept = arena_open();
		editions = editions_load(kept, NULL, diags_new(kept, LANGUAGE_ZH));
	}
	struct arena *arena = arena_open();
	const char *start = (const char *)data;
	const char *parting = g_strstr_len(start, (gssize)size, PARTING);
	size_t first = parting ? (size_t)(parting - start) : size;
	size_t second = parting ? first + strlen(PARTING) : 0;
	const struct report *reports[] = {
		bind(arena, editions, "a\n\"b\xE2\x80\xAE.yaml", (struct bytes){start, first}),
		bind(arena, editions, "=b.yaml", (struct bytes){start + second, size - second})};
	if (reports[0] && reports[1])
		compare(arena, reports[0], reports[1]);
	add_up(arena, editions, reports, reports[0] ? reports[0]->agency.utf8 : NULL);
	arena_close(arena);
	return 0;
}
