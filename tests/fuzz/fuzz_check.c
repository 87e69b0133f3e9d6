/*
 * libFuzzer: any bytes as a report, all the way through `check` and every printer. The last
 * byte chooses the language.
 */
#include "check/check.h"
#include "diag/print.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void print_all(const struct diags *diags, enum language language)
{
	static const char *const names[] = {"text", "json", "sarif", "github", "junit"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const struct printer *printer = printer_find(names[i]);
		struct print_run run = {.arena = arena_open(),
			.language = language,
			.strict = true,
			.notes = true,
			.out = g_string_new(NULL)};
		struct verdict verdict = {.path = "fuzz.yaml", .diags = diags};
		if (printer->begin)
			printer->begin(&run);
		print_file(printer, &run, &verdict);
		printer->end(&run);
		g_assert_true(g_utf8_validate(run.out->str, (gssize)run.out->len, NULL));
		g_string_free(run.out, TRUE);
		arena_close(run.arena);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct editions *editions;
	if (!editions) {
		struct arena *kept = arena_open();
		editions = editions_load(kept, NULL, diags_new(kept, LANGUAGE_ZH));
	}
	struct arena *arena = arena_open();
	enum language language = size && data[size - 1] % 2 ? LANGUAGE_EN : LANGUAGE_ZH;
	struct diags *diags = diags_new(arena, language);
	const struct source *source;
	char *copy = arena_copy_n(arena, (const char *)data, size);
	const struct node *root =
		node_load_bytes(arena, "fuzz.yaml", (struct bytes){copy, size}, &source, diags);
	const struct report *report =
		root ? report_bind(arena, source, root, editions, diags) : NULL;
	struct check_options options = {.previous = report};
	g_date_set_dmy(&options.today, 1, G_DATE_JANUARY, 2023);
	if (report)
		check_report(report, &options, diags);
	struct rule_list rules = rules_fixed(arena, language);
	if (source)
		diags_waive(diags, source, &rules);
	diags_sort(diags);
	print_all(diags, language);
	arena_close(arena);
	return 0;
}
