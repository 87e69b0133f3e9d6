/*
 * libFuzzer: any bytes as a report, all the way through `check` and every printer, whose
 * output is read by other readers (must.h). The last byte chooses the language.
 */
#include "check/check.h"
#include "diag/print.h"
#include "must.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A name such as a file may have too. */
#define PATH "fu\x1B[31mzz\n\xFF\xE2\x80\xAE,:%.yaml"

static void print_all(const struct diags *diags, enum language language)
{
	static const struct {
		const char *name;
		void (*judge)(const GString *out);
	} formats[] = {{"text", must_be_plain_text}, {"json", must_be_json},
		{"sarif", must_be_json}, {"github", must_be_plain_text}, {"junit", must_be_xml}};
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
		const struct printer *printer = printer_find(formats[i].name);
		struct print_run run = {.arena = arena_open(),
			.language = language,
			.strict = true,
			.notes = true,
			.out = g_string_new(NULL)};
		struct verdict verdict = {.path = PATH, .diags = diags};
		if (printer->begin)
			printer->begin(&run);
		print_file(printer, &run, &verdict);
		printer->end(&run);
		formats[i].judge(run.out);
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
		node_load_bytes(arena, PATH, (struct bytes){copy, size}, &source, diags);
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
