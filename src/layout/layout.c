/* Blocks in order, then pages: the way through this folder. */
#include "layout/layout.h"

#include "layout/flow_internal.h"

struct element *flow_element(struct flow *flow, enum element_kind kind, struct element *parent)
{
	struct element *element = arena_new(flow->arena, struct element);
	element->kind = kind;
	element->parent = parent;
	element->number = flow->element_count++;
	element->page = PAGE_NONE;
	if (!parent)
		return element;
	if (parent->last_child)
		parent->last_child->next = element;
	else
		parent->first_child = element;
	parent->last_child = element;
	return element;
}

struct strip *flow_strip(struct flow *flow, struct strip strip)
{
	g_array_append_val(flow->strips, strip);
	return &g_array_index(flow->strips, struct strip, flow->strips->len - 1);
}

void flow_items(struct flow *flow, struct strip strip, GArray *items)
{
	strip.items = items;
	flow->item_count += items->len;
	flow_strip(flow, strip);
}

int flow_bound_height(const struct flow *flow)
{
	int height = 0;
	for (guint i = flow->strips->len; i-- > 0;) {
		const struct strip *strip = &g_array_index(flow->strips, struct strip, i);
		if (!strip->keep)
			break;
		height += strip->height;
	}
	return height;
}

int flow_baseline(const struct text_style *style)
{
	return (style->pitch - style->size) / 2 + style->size * 88 / 100;
}

void items_add_runs(GArray *items, const struct line *line, int x, int y)
{
	for (size_t i = 0; i < line->run_count; i++) {
		struct item item = line->runs[i];
		item.x += x;
		item.y += y;
		g_array_append_val(items, item);
	}
}

void items_mark(GArray *items, enum item_kind kind, struct element *element)
{
	struct item item = {.kind = kind, .as.element = element};
	g_array_append_val(items, item);
}

GArray *items_of_line(struct element *element, const struct line *line, int x, int y)
{
	GArray *items = g_array_new(FALSE, FALSE, sizeof(struct item));
	items_mark(items, ITEM_BEGIN, element);
	items_add_runs(items, line, x, y);
	items_mark(items, ITEM_END, NULL);
	return items;
}

/* Returns how many blocks were taken. */
static size_t flow_block(struct flow *flow, const struct block *block, const struct block *next)
{
	switch (block->kind) {
	case BLOCK_TITLE:
		flow_title(flow, block);
		return 1;
	case BLOCK_APPENDIX:
		flow->appendix = true;
		flow_section(flow, block);
		return 1;
	case BLOCK_SECTION:
		flow_section(flow, block);
		return 1;
	case BLOCK_PARAGRAPH:
		flow_paragraph(flow, block);
		return 1;
	case BLOCK_TABLE:
		flow_table(flow, block);
		return 1;
	case BLOCK_PICTURE:
		flow_picture(flow, block);
		return 1;
	case BLOCK_SIGNATURE:
		if (next && next->kind == BLOCK_DATE) {
			flow_ending(flow, block, next);
			return 2;
		}
		flow_ending(flow, block, NULL);
		return 1;
	case BLOCK_DATE:
		flow_ending(flow, NULL, block);
		return 1;
	}
	return 1;
}

/* An element without content of its own begins where its first descendant does. */
static void element_settle(struct element *element)
{
	for (struct element *child = element->first_child; child; child = child->next) {
		element_settle(child);
		if (element->page != PAGE_NONE || child->page == PAGE_NONE)
			continue;
		element->page = child->page;
		element->y = child->y;
	}
}

static void element_settle_rest(struct element *element, size_t page)
{
	if (element->page == PAGE_NONE)
		element->page = page;
	for (struct element *child = element->first_child; child; child = child->next)
		element_settle_rest(child, element->page);
}

/* Each face that a run uses, once, in order of first use. */
static void faces_collect(struct arena *arena, struct pages *pages)
{
	GPtrArray *faces = g_ptr_array_new();
	for (size_t i = 0; i < pages->count; i++) {
		const GArray *items = pages->at[i].items;
		for (guint j = 0; j < items->len; j++) {
			const struct item *item = &g_array_index(items, struct item, j);
			if (item->kind != ITEM_TEXT)
				continue;
			void *face = (void *)(uintptr_t)item->as.text.face;
			if (!g_ptr_array_find(faces, face, NULL))
				g_ptr_array_add(faces, face);
		}
	}
	pages->face_count = faces->len;
	pages->faces = arena_copy_many(arena, faces->pdata, faces->len, sizeof *faces->pdata);
	g_ptr_array_free(faces, TRUE);
}

static void array_end(void *array)
{
	g_array_free(array, TRUE);
}

static struct pages *pages_finish(struct flow *flow, GArray *at)
{
	const struct doc *doc = flow->job->doc;
	struct pages *pages = arena_new(flow->arena, struct pages);
	*pages = (struct pages){
		.at = (struct page *)at->data,
		.count = at->len,
		.document = flow->document,
		.element_count = flow->element_count,
		.title = doc->title,
		.author = doc->agency,
		.language = "zh-CN",
		.day = doc->day,
		.year = doc->year,
	};
	for (size_t i = 0; i < pages->count; i++) {
		arena_own(flow->arena, pages->at[i].items, array_end);
		running_add(flow, &pages->at[i], i);
	}
	arena_own(flow->arena, at, array_end);
	element_settle(flow->document);
	element_settle_rest(flow->document, 0);
	faces_collect(flow->arena, pages);
	return pages;
}

bool flow_is_full(const struct flow *flow)
{
	return flow->strips->len > STRIPS_MAX || flow->item_count > ITEMS_MAX ||
		flow->cell_count > CELLS_MAX;
}

/* What is too long for paper is refused before it takes the memory of the whole machine. */
static struct pages *refuse(struct flow *flow)
{
	char strips[16], cells[16];
	g_snprintf(strips, sizeof strips, "%d", STRIPS_MAX / flow->style->lines_a_page);
	g_snprintf(cells, sizeof cells, "%d", CELLS_MAX);
	diag_add(flow->diags, OUTPUT_LONG, NOWHERE, strips, cells, NULL);
	for (guint i = 0; i < flow->strips->len; i++) {
		GArray *items = g_array_index(flow->strips, struct strip, i).items;
		if (items)
			g_array_free(items, TRUE);
	}
	g_array_free(flow->strips, TRUE);
	return NULL;
}

struct pages *layout_pages(struct arena *arena, const struct layout_job *job, struct diags *diags)
{
	const struct style *style = job->style;
	struct flow flow = {
		.arena = arena,
		.job = job,
		.known = job->known ? job->known : known_cells_open(arena),
		.style = style,
		.diags = diags,
		.measure = style_measure(style),
		.page_height = style->lines_a_page * style->body.pitch,
		.strips = g_array_new(FALSE, TRUE, sizeof(struct strip)),
	};
	known_cells_trim(flow.known);
	flow.document = flow_element(&flow, ELEMENT_DOCUMENT, NULL);
	const struct doc *doc = job->doc;
	for (size_t i = 0; i < doc->count && !flow_is_full(&flow);)
		i += flow_block(
			&flow, &doc->blocks[i], i + 1 < doc->count ? &doc->blocks[i + 1] : NULL);
	if (flow_is_full(&flow))
		return refuse(&flow);
	struct pages *pages = pages_finish(&flow, flow_paginate(&flow));
	g_array_free(flow.strips, TRUE);
	return pages;
}
