#include "made_pages.h"

#include <hb.h>
#include <string.h>

#define SIZE (16 * UNITS_PER_PT)

struct maker {
	struct arena *arena;
	struct pages *pages;
	int shift;
	int y; /* of the last run */
};

static const struct face *open_face(struct maker *maker, const char *file, unsigned index)
{
	struct face *face = arena_new(maker->arena, struct face);
	*face = (struct face){.name = file, .file = file, .index = index, .units_per_em = 1000};
	if (file_read(maker->arena, file, 64 << 20, &face->bytes) != 0)
		return NULL;
	maker->pages->faces[maker->pages->face_count++] = face;
	return face;
}

static struct element *add_element(
	struct maker *maker, struct element *parent, enum element_kind kind)
{
	struct element *element = arena_new(maker->arena, struct element);
	element->kind = kind;
	element->parent = parent;
	element->row_span = element->column_span = 1;
	element->number = (unsigned)maker->pages->element_count++;
	if (parent && parent->last_child)
		parent->last_child->next = element;
	else if (parent)
		parent->first_child = element;
	if (parent)
		parent->last_child = element;
	return element;
}

static void add_item(struct page *page, struct item item)
{
	g_array_append_val(page->items, item);
}

static void add_run(
	struct maker *maker, struct page *page, const struct face *face, const char *text, int y)
{
	hb_blob_t *blob = hb_blob_create(face->bytes.start, (unsigned)face->bytes.length,
		HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *opened = hb_face_create(blob, face->index);
	hb_font_t *font = hb_font_create(opened);
	hb_buffer_t *buffer = hb_buffer_create();
	hb_font_set_scale(font, SIZE, SIZE);
	hb_buffer_add_utf8(buffer, text, -1, 0, -1);
	hb_buffer_guess_segment_properties(buffer);
	hb_shape(font, buffer, NULL, 0);
	unsigned count;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, NULL);
	struct glyph *glyphs = arena_array(maker->arena, struct glyph, count);
	for (unsigned i = 0, x = 0; i < count; i++, x += SIZE)
		glyphs[i] = (struct glyph){
			infos[i].codepoint, (int)x, 0, places[i].x_advance, infos[i].cluster};
	struct item item = {.kind = ITEM_TEXT, .x = 80 * UNITS_PER_PT + maker->shift, .y = y};
	item.as.text.face = face;
	item.as.text.size = SIZE;
	item.as.text.utf8 = text;
	item.as.text.glyphs = glyphs;
	item.as.text.count = count;
	add_item(page, item);
	hb_buffer_destroy(buffer);
	hb_font_destroy(font);
	hb_face_destroy(opened);
	hb_blob_destroy(blob);
}

static void add_marked(struct maker *maker, struct page *page, struct element *element,
	const struct face *face, const char *text)
{
	int y = maker->y += 30 * UNITS_PER_PT;
	element->page = (size_t)(page - maker->pages->at);
	element->y = y + 60 * UNITS_PER_PT;
	add_item(page, (struct item){.kind = ITEM_BEGIN, .as.element = element});
	add_run(maker, page, face, text, y + 80 * UNITS_PER_PT);
	add_item(page, (struct item){.kind = ITEM_END});
}

static void add_heading(struct maker *maker, struct page *page, int level, const struct face *face,
	const char *text)
{
	struct element *heading = add_element(maker, maker->pages->document, ELEMENT_HEADING);
	heading->level = level;
	heading->title = text;
	add_marked(maker, page, heading, face, text);
}

static void add_table(struct maker *maker, struct page *page, const struct face *face)
{
	static const char *const texts[] = {"项目", "数量", "新收", "151"};
	struct element *table = add_element(maker, maker->pages->document, ELEMENT_TABLE);
	struct element *parts[2] = {
		add_element(maker, table, ELEMENT_HEAD), add_element(maker, table, ELEMENT_BODY)};
	const struct element *column = NULL;
	for (int i = 0; i < 4; i++) {
		struct element *row = i % 2 ? parts[i / 2]->last_child
					    : add_element(maker, parts[i / 2], ELEMENT_ROW);
		struct element *cell =
			add_element(maker, row, i < 3 ? ELEMENT_HEADER_CELL : ELEMENT_DATA_CELL);
		cell->scope_column = i < 2;
		cell->scope_row = i == 2;
		if (i == 1)
			column = cell;
		if (i == 3) {
			cell->headers = arena_array(maker->arena, const struct element *, 2);
			cell->headers[0] = column;
		}
		add_marked(maker, page, cell, face, texts[i]);
	}
	add_item(page, (struct item){.kind = ITEM_ARTIFACT});
	add_item(page,
		(struct item){.kind = ITEM_RULE,
			.x = 80 * UNITS_PER_PT,
			.y = 700 * UNITS_PER_PT,
			.width = 400 * UNITS_PER_PT,
			.height = 512});
	add_item(page, (struct item){.kind = ITEM_END});
}

struct pages *made_pages(struct arena *arena, int shift)
{
	struct maker maker = {arena, arena_new(arena, struct pages), shift, 0};
	struct pages *pages = maker.pages;
	pages->faces = arena_array(arena, const struct face *, 4);
	const struct face *serif =
		open_face(&maker, "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2);
	const struct face *kai =
		open_face(&maker, "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", 0);
	if (!serif || !kai)
		return NULL;
	pages->at = arena_array(arena, struct page, 2);
	pages->count = 2;
	for (size_t i = 0; i < 2; i++) {
		pages->at[i] = (struct page){609609, 862095, i ? "2" : "1",
			g_array_new(FALSE, FALSE, sizeof(struct item))};
		arena_own(arena, pages->at[i].items, (void (*)(void *))g_array_unref);
	}
	pages->title = "临淄区人民政府2021年<政府>信息公开工作年度报告𬭎";
	pages->author = "临淄区人民政府";
	pages->language = "zh-CN";
	pages->year = 2021;
	pages->document = add_element(&maker, NULL, ELEMENT_DOCUMENT);
	add_heading(&maker, &pages->at[0], 1, serif, "年度报告");
	add_heading(&maker, &pages->at[0], 2, serif, "一、总体情况");
	add_heading(&maker, &pages->at[0], 3, kai, "（一）主动公开");
	struct element *paragraph = add_element(&maker, pages->document, ELEMENT_PARAGRAPH);
	add_marked(&maker, &pages->at[0], paragraph, serif, "王𬭎副区长（䶮）食⻝");
	add_table(&maker, &pages->at[0], serif);
	add_heading(&maker, &pages->at[1], 2, serif, "二、主动公开政府信息情况");
	return pages;
}
