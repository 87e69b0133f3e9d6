/* libFuzzer: any bytes as a template, and a report of one line bound to what comes of it. */
#include "report/report.h"

#include "edition/offer/offer.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void bind_blank(struct arena *arena, struct edition *edition, struct diags *diags)
{
	struct edition_entry only = {
		edition->id, edition->first_year, edition->last_year, NULL, edition};
	struct editions editions = {arena, &only, 1};
	struct blank blank = {"甲县", NULL, edition->first_year, LANGUAGE_ZH};
	GString *yaml = g_string_new(NULL), *dump = g_string_new(NULL);
	edition_write_blank(edition, &blank, yaml);
	edition_dump(edition, dump);
	editions_write_schema(&editions, edition, dump);
	const struct source *source =
		source_new(arena, "blank.yaml", (struct bytes){yaml->str, yaml->len});
	const struct node *root = node_parse(arena, source, diags);
	if (root)
		report_bind(arena, source, root, &editions, diags);
	g_string_free(yaml, TRUE);
	g_string_free(dump, TRUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	const struct source *source = NULL;
	struct bytes bytes = {arena_copy_n(arena, (const char *)data, size), size};
	const struct node *root = node_load_bytes(arena, "fuzz.yaml", bytes, &source, diags);
	struct edition *edition = root ? edition_load(arena, source, root, diags) : NULL;
	if (edition)
		bind_blank(arena, edition, diags);
	arena_close(arena);
	return 0;
}
