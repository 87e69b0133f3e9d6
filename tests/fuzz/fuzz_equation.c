/* libFuzzer: any text as the equation of a small table; the first byte chooses its scope. */
#include "edition/edition.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char before[] =
	"edition: 2024-1\nnotice: 甲\ntitle: 乙\nyears: {from: 2024}\n"
	"measures: {件: {unit: 件}}\nsections:\n  - heading: 一、表\n    table:\n"
	"      columns: [甲, 乙, {label: 计, total: true}]\n"
	"      rows: [收, {label: 办, children: [丙, 丁, {label: 计, total: true}]}]\n"
	"      rules:\n        - {id: A, zh: 甲, en: a, each: ";

static GString *write_template(const uint8_t *data, size_t size)
{
	static const char *const each[] = {"row", "column", "group", "once"};
	GString *yaml = g_string_new(before);
	char *text =
		g_utf8_make_valid((const char *)data + (size > 0), (gssize)(size - (size > 0)));
	g_string_append_printf(yaml, "%s, holds: '", each[size > 0 ? data[0] % 4 : 0]);
	for (const char *at = text; *at; at++) {
		g_string_append_c(yaml, (unsigned char)*at < 0x20 ? ' ' : *at);
		if (*at == '\'')
			g_string_append_c(yaml, *at);
	}
	g_string_append(yaml, "'}\n");
	g_free(text);
	return yaml;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	GString *yaml = write_template(data, size);
	const struct source *source =
		source_new(arena, "fuzz.yaml", (struct bytes){yaml->str, yaml->len});
	const struct node *root = node_parse(arena, source, diags);
	struct edition *edition = root ? edition_load(arena, source, root, diags) : NULL;
	GString *dump = g_string_new(NULL);
	if (edition)
		edition_dump(edition, dump);
	g_string_free(dump, TRUE);
	g_string_free(yaml, TRUE);
	arena_close(arena);
	return 0;
}
