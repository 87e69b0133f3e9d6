/*
 * libFuzzer: any text as the general section of a report that is otherwise right. The first
 * byte chooses the form; the rest is made valid UTF-8, a line a paragraph.
 */
#include "check/check.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char tables[] =
	"收到和处理政府信息公开申请情况:\n"
	"  新收: [12, 0, 0, 0, 0, 0, 12]\n"
	"  上年结转: [2, 0, 0, 0, 0, 0, 2]\n"
	"  办理结果:\n"
	"    予以公开: [7, 0, 0, 0, 0, 0, 7]\n"
	"    部分公开: [3, 0, 0, 0, 0, 0, 3]\n"
	"    不予公开: 0\n    无法提供: 0\n    不予处理: 0\n    其他处理: 0\n"
	"    总计: [10, 0, 0, 0, 0, 0, 10]\n"
	"  结转下年: [4, 0, 0, 0, 0, 0, 4]\n"
	"政府信息公开行政复议、行政诉讼情况:\n"
	"  行政复议: [2, 1, 0, 1, 4]\n"
	"  行政诉讼: {未经复议直接起诉: [1, 0, 0, 0, 1], 复议后起诉: [0, 1, 0, 1, 2]}\n";

static GString *write_report(const uint8_t *data, size_t size)
{
	GString *yaml = g_string_new(NULL);
	bool later = size > 0 && data[0] & 1;
	g_string_printf(yaml, "机关: 青山县人民政府\n年度: %d\n总体情况: |\n", later ? 2022 : 2020);
	char *text =
		g_utf8_make_valid((const char *)data + (size > 0), (gssize)(size - (size > 0)));
	gchar **lines = g_strsplit(text, "\n", 0);
	for (size_t i = 0; lines[i]; i++)
		g_string_append_printf(yaml, "  %s\n", lines[i]);
	g_strfreev(lines);
	g_free(text);
	g_string_append(yaml, tables);
	return yaml;
}

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
	GString *yaml = write_report(data, size);
	const struct source *source =
		source_new(arena, "fuzz.yaml", (struct bytes){yaml->str, yaml->len});
	const struct node *root = node_parse(arena, source, diags);
	const struct report *report =
		root ? report_bind(arena, source, root, editions, diags) : NULL;
	struct check_options options = {.previous = NULL};
	g_date_set_dmy(&options.today, 1, G_DATE_JANUARY, 2023);
	if (report)
		check_report(report, &options, diags);
	g_string_free(yaml, TRUE);
	arena_close(arena);
	return 0;
}
