/* libFuzzer: any bytes as a report file, read, bound and dumped. */
#include "report/report.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *kept;
	static struct editions *editions;
	if (!kept) {
		kept = arena_open();
		editions = editions_load(kept, NULL, diags_new(kept, LANGUAGE_ZH));
	}
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	const struct source *source = NULL;
	struct bytes bytes = {arena_copy_n(arena, (const char *)data, size), size};
	const struct node *root = node_load_bytes(arena, "fuzz.yaml", bytes, &source, diags);
	const struct report *report =
		root ? report_bind(arena, source, root, editions, diags) : NULL;
	GString *out = g_string_new(NULL);
	if (report)
		report_dump(report, out);
	diags_sort(diags);
	g_string_free(out, TRUE);
	arena_close(arena);
	return 0;
}
