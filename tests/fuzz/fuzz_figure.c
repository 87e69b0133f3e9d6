/*
 * libFuzzer: any text as a figure, of things and of money. What is read of it is within the
 * limits, prints as a figure that reads the same, and that clean form has nothing odd.
 */
#include "base/decimal.h"
#include "must.h"
#include "report/report.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char template[] =
	"edition: 2024-1\nnotice: 甲\ntitle: 乙\nyears: {from: 2024}\n"
	"measures: {件: {unit: 件, also: [项]}, 万元: {unit: 万元, yuan: 10000}}\n"
	"sections:\n  - heading: 一、表\n    table:\n"
	"      columns: [{label: 数, measure: 件}, {label: 款, measure: 万元}]\n"
	"      rows: [收]\n";

static struct editions *load(void)
{
	static struct edition_entry only;
	static struct editions editions = {NULL, &only, 1};
	struct arena *kept = arena_open();
	struct diags *diags = diags_new(kept, LANGUAGE_ZH);
	const struct source *source =
		source_new(kept, "t.yaml", (struct bytes){template, sizeof template - 1});
	const struct node *root = node_parse(kept, source, diags);
	struct edition *edition = root ? edition_load(kept, source, root, diags) : NULL;
	for (guint i = 0; i < diags->all->len && !edition; i++)
		g_printerr("%s\n", ((const struct diag *)diags->all->pdata[i])->message);
	must(edition != NULL);
	only = (struct edition_entry){
		edition->id, edition->first_year, edition->last_year, NULL, edition};
	return &editions;
}

/* A figure in quotes, or as it stands. */
static void append_cell(GString *yaml, const char *text, bool quoted)
{
	if (!quoted) {
		g_string_append(yaml, text);
		return;
	}
	g_string_append_c(yaml, '"');
	for (const char *at = text; *at; at++) {
		if (*at == '"' || *at == '\\')
			g_string_append_c(yaml, '\\');
		g_string_append_c(yaml, *at == '\n' ? ' ' : *at);
	}
	g_string_append_c(yaml, '"');
}

static const struct figure *read_figure(struct arena *arena, const struct editions *editions,
	const char *text, size_t column, bool quoted)
{
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	GString *yaml = g_string_new("机关: 甲县\n年度: 2024\n表:\n  收: [");
	for (size_t i = 0; i < 2; i++) {
		append_cell(yaml, i == column ? text : "1", quoted && i == column);
		g_string_append(yaml, i ? "]\n" : ", ");
	}
	const char *kept = arena_copy_n(arena, yaml->str, yaml->len);
	const struct source *source = source_new(arena, "f.yaml", (struct bytes){kept, yaml->len});
	g_string_free(yaml, TRUE);
	const struct node *root = node_parse(arena, source, diags);
	const struct report *report =
		root ? report_bind(arena, source, root, editions, diags) : NULL;
	return report && report->sections[0].figures ? &report->sections[0].figures[column] : NULL;
}

#define LARGEST (INT64_C(10000000000) * DECIMAL_ONE)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct editions *editions;
	if (!editions)
		editions = load();
	struct arena *arena = arena_open();
	size_t column = size && data[0] & 1;
	bool quoted = size && data[0] & 2;
	char *text =
		g_utf8_make_valid((const char *)data + (size > 0), (gssize)(size - (size > 0)));
	const struct figure *figure = read_figure(arena, editions, text, column, quoted);
	if (figure && figure->state == FIGURE_GIVEN) {
		must(figure->millionths < LARGEST && figure->millionths > -LARGEST);
		const char *clean = decimal_print(arena, figure->millionths);
		int64_t again = 0;
		must(decimal_parse(clean, strlen(clean), &again) && again == figure->millionths);
		const struct figure *second = read_figure(arena, editions, clean, column, false);
		must(second && second->state == FIGURE_GIVEN && !second->odd &&
			second->millionths == figure->millionths);
	} else if (figure) {
		must(figure->millionths == 0);
	}
	g_free(text);
	arena_close(arena);
	return 0;
}
