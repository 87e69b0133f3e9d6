/*
 * What every page has beside its text: the page number (GB/T 9704—2012, 7.5) and, in a draft,
 * the watermark. Decoration to a reader: artifacts.
 */
#include "layout/flow_internal.h"

#include <string.h>

#define WATERMARK_EMS 9 /* its size is a ninth of the page's width */
#define COSINE_45 724 /* of 1024 */

static struct line *compose_line(
	struct flow *flow, const struct text_style *style, const char *utf8)
{
	struct styled styled = {style, strlen(utf8)};
	struct line_request request = flow_request(flow, utf8, &styled, LINES_START);
	request.measure = flow->style->page_width;
	struct lines lines = lines_compose(flow->arena, &request, flow->diags);
	return lines.count ? &lines.at[0] : NULL;
}

static void number_add(struct flow *flow, struct page *page, size_t index)
{
	const struct style *style = flow->style;
	bool odd = index % 2 == 0;
	GString *text = g_string_new(style->number_pattern);
	g_string_replace(text, "%d", page->label, 1);
	const struct line *line = compose_line(
		flow, &style->page_number, arena_take(flow->arena, g_string_free(text, FALSE)));
	if (!line)
		return;
	int left = style->mirrored && !odd ? style->margin_outer : style->margin_inner;
	int x = left + (flow->measure - line->width) / 2;
	if (style->number_alternates)
		x = odd ? left + flow->measure - style->page_number.size - line->width
			: left + style->page_number.size;
	int y = style->page_height - style->margin_bottom + style->number_drop;
	items_mark(page->items, ITEM_ARTIFACT, NULL);
	items_add_runs(page->items, line, x - line->start, y);
	items_mark(page->items, ITEM_END, NULL);
}

/* Under everything else, from the lower left to the upper right, in the page's middle. */
static void watermark_add(struct flow *flow, struct page *page)
{
	struct text_style style = flow->style->section;
	style.size = flow->style->page_width / WATERMARK_EMS * 2;
	style.pitch = style.size;
	const struct line *line =
		compose_line(flow, &style, diag_code_text(DRAFT_WATERMARK, LANGUAGE_ZH));
	if (!line)
		return;
	GArray *under = g_array_new(FALSE, FALSE, sizeof(struct item));
	items_mark(under, ITEM_ARTIFACT, NULL);
	int reach = line->width / 2 * COSINE_45 / 1024;
	int rise = style.size * 38 / 100 * COSINE_45 / 1024;
	for (size_t i = 0; i < line->run_count; i++) {
		struct item item = line->runs[i];
		int along = (int)((int64_t)(item.x - line->start) * COSINE_45 / 1024);
		item.x = page->width / 2 - reach + rise + along;
		item.y = page->height / 2 + reach + rise - along;
		item.colour = flow->style->watermark;
		item.as.text.turned = 45;
		g_array_append_val(under, item);
	}
	items_mark(under, ITEM_END, NULL);
	g_array_prepend_vals(page->items, under->data, under->len);
	g_array_free(under, TRUE);
}

void running_add(struct flow *flow, struct page *page, size_t index)
{
	if (flow->job->doc->draft)
		watermark_add(flow, page);
	number_add(flow, page, index);
}
