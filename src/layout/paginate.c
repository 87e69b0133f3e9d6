/*
 * Strips onto pages. Strips that are bound to each other go together; what is too high for an
 * empty page is divided between strips. Every strip is looked at a fixed number of times.
 */
#include "layout/flow_internal.h"
#include "layout/table/table_internal.h"

#include <string.h>

struct pager {
	struct flow *flow;
	GArray *pages; /* struct page */
	int y; /* where the page is filled to */
	int gap; /* space that the strip above asks for */
	bool empty; /* nothing stands on the page yet */
	struct table_part part; /* rows that wait to be painted together; plan NULL: none */
};

static struct strip *strip_at(const struct pager *pager, size_t index)
{
	return &g_array_index(pager->flow->strips, struct strip, index);
}

static int round_up(int y, int pitch)
{
	return (y + pitch - 1) / pitch * pitch;
}

static struct page *page_last(const struct pager *pager)
{
	return &g_array_index(pager->pages, struct page, pager->pages->len - 1);
}

static int page_left(const struct pager *pager)
{
	const struct style *style = pager->flow->style;
	bool even = pager->pages->len % 2 == 0;
	return style->mirrored && even ? style->margin_outer : style->margin_inner;
}

/* Rows that were gathered are painted as one piece of the table. */
static void part_flush(struct pager *pager)
{
	if (pager->part.plan)
		table_paint(pager->flow, &pager->part, page_last(pager));
	pager->part = (struct table_part){0};
}

static void page_begin(struct pager *pager)
{
	part_flush(pager);
	struct page page = {
		.width = pager->flow->style->page_width,
		.height = pager->flow->style->page_height,
		.label = arena_print(pager->flow->arena, "%u", pager->pages->len + 1),
		.items = g_array_new(FALSE, FALSE, sizeof(struct item)),
	};
	g_array_append_val(pager->pages, page);
	pager->y = 0;
	pager->gap = 0;
	pager->empty = true;
}

/* Height of the head that stands above a row which a page begins with. */
static int repeated_height(const struct strip *strip)
{
	if (!strip->table || strip->row < strip->table->grid->head_rows)
		return 0;
	return table_head_height(strip->table);
}

static int strip_top(const struct pager *pager, const struct strip *strip)
{
	if (pager->empty)
		return pager->y + repeated_height(strip);
	int y = pager->y + MAX(pager->gap, strip->before);
	return strip->on_grid ? round_up(y, pager->flow->style->body.pitch) : y;
}

/* Strips from `first` on that are bound together: returns the one after the last. */
static size_t chunk_end(const struct pager *pager, size_t first)
{
	size_t count = pager->flow->strips->len;
	size_t end = first;
	while (end + 1 < count && strip_at(pager, end)->keep && !strip_at(pager, end + 1)->new_page)
		end++;
	return MIN(end + 1, count);
}

/* Where the page would be filled to. */
static int chunk_bottom(const struct pager *pager, size_t first, size_t end)
{
	struct pager trial = *pager;
	for (size_t i = first; i < end; i++) {
		const struct strip *strip = strip_at(pager, i);
		trial.y = strip_top(&trial, strip) + strip->height;
		trial.gap = strip->after;
		trial.empty = false;
	}
	return trial.y;
}

static bool chunk_fits(const struct pager *pager, size_t first, size_t end)
{
	return chunk_bottom(pager, first, end) <= pager->flow->page_height;
}

/* How much higher a table is made whose page is filled to `bottom`: as far as there is room and
 * the style likes, and so that the text below goes on at the next line of the grid. */
static int ease_of(const struct pager *pager, const struct table_plan *plan, int bottom, int after)
{
	int pitch = pager->flow->style->body.pitch;
	int room = pager->flow->page_height - bottom;
	int extra = MIN(table_ease_wanted(pager->flow, plan), room);
	int even = (bottom + extra + after + pitch / 2) / pitch * pitch - after - bottom;
	if (even > room)
		even -= pitch;
	return even >= 0 ? even : extra;
}

/* A table that comes whole onto the page has its rows eased. */
static void ease_table(struct pager *pager, size_t first, size_t end)
{
	size_t head = first;
	while (head < end && !strip_at(pager, head)->table)
		head++;
	if (head == end)
		return;
	struct table_plan *plan = strip_at(pager, head)->table;
	size_t rows = plan->grid->rows;
	if (head + rows > end)
		return;
	int bottom = chunk_bottom(pager, first, end);
	table_ease_rows(plan, ease_of(pager, plan, bottom, strip_at(pager, end - 1)->after));
	for (size_t row = 0; row < rows; row++)
		strip_at(pager, head + row)->height = plan->tops[row + 1] - plan->tops[row];
}

static void element_begin(struct element *element, size_t page, int y)
{
	if (!element || element->page != PAGE_NONE)
		return;
	element->page = page;
	element->y = y;
}

/* The strip's items go from it onto the page. */
static void paint_items(struct pager *pager, struct strip *strip, int y)
{
	struct page *page = page_last(pager);
	int x = page_left(pager);
	if (!strip->items)
		return;
	for (guint i = 0; i < strip->items->len; i++) {
		struct item *item = &g_array_index(strip->items, struct item, i);
		if (item->kind == ITEM_BEGIN)
			element_begin(item->as.element, pager->pages->len - 1, y);
		item->x += x;
		item->y += y;
	}
	g_array_append_vals(page->items, strip->items->data, strip->items->len);
	g_array_free(strip->items, TRUE);
	strip->items = NULL;
}

static void place(struct pager *pager, struct strip *strip)
{
	int top = strip_top(pager, strip);
	int y = pager->flow->style->margin_top + top;
	if (pager->part.plan && pager->part.plan == strip->table) {
		pager->part.to = strip->row + 1;
	} else {
		part_flush(pager);
		if (strip->table)
			pager->part = (struct table_part){
				.plan = strip->table,
				.from = strip->row,
				.to = strip->row + 1,
				.x = page_left(pager),
				.y = y - (pager->empty ? repeated_height(strip) : 0),
				.page = pager->pages->len - 1,
			};
		else
			paint_items(pager, strip, y);
	}
	pager->y = top + strip->height;
	pager->gap = strip->after;
	pager->empty = false;
}

/* More than a page holds: strip by strip. */
static void place_divided(struct pager *pager, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		if (!pager->empty && !chunk_fits(pager, i, i + 1))
			page_begin(pager);
		place(pager, strip_at(pager, i));
	}
}

static void place_chunk(struct pager *pager, size_t first, size_t end)
{
	bool new_page = strip_at(pager, first)->new_page;
	if (!pager->empty && (new_page || !chunk_fits(pager, first, end)))
		page_begin(pager);
	if (!chunk_fits(pager, first, end)) {
		place_divided(pager, first, end);
		return;
	}
	ease_table(pager, first, end);
	for (size_t i = first; i < end; i++)
		place(pager, strip_at(pager, i));
}

GArray *flow_paginate(struct flow *flow)
{
	struct pager pager = {
		.flow = flow,
		.pages = g_array_new(FALSE, TRUE, sizeof(struct page)),
	};
	page_begin(&pager);
	for (size_t i = 0; i < flow->strips->len;) {
		size_t end = chunk_end(&pager, i);
		place_chunk(&pager, i, end);
		i = end;
	}
	part_flush(&pager);
	return pager.pages;
}
