/* Page breaks, repeated heads and structure, on documents made here. */
#include "layout/layout.h"

#include "layout/flow_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* cmocka wants the four above. */
#include <cmocka.h>

#define BLOCKS_MAX 64
#define LINE_TEXT "一行文字。"
#define LONG_TEXT                                                                                                                              \
	"这一段文字有若干行，用来看它在一页末尾怎样分开：前后两页各至少留两行，标题不落在页末，表" \
	"格的"                                                                                                                               \
	"行不拆开。这一段文字有若干行，用来看它在一页末尾怎样分开：前后两页各至少留两行，标题不落" \
	"在页"                                                                                                                               \
	"末，表格的行不拆开。这一段文字有若干行。"

struct desk {
	struct arena *arena;
	struct diags *diags;
	const struct style *style;
	const struct fonts *fonts;
	struct block blocks[BLOCKS_MAX];
	struct doc doc;
};

/* NULL, and the test skipped, without the fonts of set-up. */
static struct desk *desk_open(void)
{
	struct arena *arena = arena_open();
	struct desk *desk = arena_new(arena, struct desk);
	desk->arena = arena;
	desk->diags = diags_new(arena, LANGUAGE_ZH);
	desk->style = style_load(arena, "gbt9704", NULL, desk->diags);
	desk->fonts = fonts_open(arena, g_getenv("NIANBAO_ROOT"), "", desk->diags);
	desk->doc.title = desk->doc.agency = "";
	desk->doc.blocks = desk->blocks;
	if (desk->style && desk->fonts)
		return desk;
	print_message("SKIPPED: the fonts of ./setup.sh are not here\n");
	arena_close(arena);
	skip();
	return NULL;
}

static void desk_add(struct desk *desk, struct block block)
{
	assert_true(desk->doc.count < BLOCKS_MAX);
	desk->blocks[desk->doc.count++] = block;
}

/* `lines` paragraphs of one line each, on an empty desk. */
static void desk_fill(struct desk *desk, size_t lines)
{
	desk->doc.count = 0;
	for (size_t i = 0; i < lines; i++)
		desk_add(desk, (struct block){.kind = BLOCK_PARAGRAPH, .utf8 = LINE_TEXT});
}

static struct pages *desk_lay(struct desk *desk)
{
	struct layout_job job = {&desk->doc, desk->style, desk->fonts, ".", NULL};
	struct pages *pages = layout_pages(desk->arena, &job, desk->diags);
	assert_non_null(pages);
	return pages;
}

static const struct element *element_last(const struct pages *pages, enum element_kind kind)
{
	const struct element *last = NULL;
	for (const struct element *at = pages->document->first_child; at; at = at->next)
		if (at->kind == kind)
			last = at;
	assert_non_null(last);
	return last;
}

/* Lines of an element on a page. */
static size_t count_lines(const struct page *page, const struct element *element)
{
	size_t lines = 0;
	int baseline = 0;
	bool inside = false;
	for (guint i = 0; i < page->items->len; i++) {
		const struct item *item = &g_array_index(page->items, struct item, i);
		if (item->kind == ITEM_BEGIN)
			inside = item->as.element == element;
		if (item->kind == ITEM_END)
			inside = false;
		if (!inside || item->kind != ITEM_TEXT || item->y == baseline)
			continue;
		baseline = item->y;
		lines++;
	}
	return lines;
}

/* How often a page has a text: as content, or as an artifact. */
static size_t count_text(const struct page *page, const char *text, bool artifact)
{
	size_t count = 0;
	bool decoration = false;
	for (guint i = 0; i < page->items->len; i++) {
		const struct item *item = &g_array_index(page->items, struct item, i);
		if (item->kind == ITEM_BEGIN || item->kind == ITEM_ARTIFACT)
			decoration = item->kind == ITEM_ARTIFACT;
		if (item->kind == ITEM_TEXT && decoration == artifact)
			count += strcmp(item->as.text.utf8, text) == 0;
	}
	return count;
}

/* --- text --------------------------------------------------------------------------------- */

static void test_lines_a_page(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	desk_fill(desk, 22);
	assert_int_equal(desk_lay(desk)->count, 1);
	desk_fill(desk, 23);
	assert_int_equal(desk_lay(desk)->count, 2);
	arena_close(desk->arena);
}

static void test_heading_goes_with_text(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	for (size_t lines = 0; lines < 25; lines++) {
		desk_fill(desk, lines);
		desk_add(desk,
			(struct block){.kind = BLOCK_SECTION, .level = 1, .utf8 = "一、标题"});
		desk_add(desk, (struct block){.kind = BLOCK_PARAGRAPH, .utf8 = LONG_TEXT});
		const struct pages *pages = desk_lay(desk);
		const struct element *heading = element_last(pages, ELEMENT_HEADING);
		const struct element *text = element_last(pages, ELEMENT_PARAGRAPH);
		assert_int_equal(heading->page, text->page);
		assert_true(count_lines(&pages->at[heading->page], text) >= 2);
	}
	arena_close(desk->arena);
}

static void test_no_lone_lines(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	bool divided = false;
	for (size_t lines = 0; lines < 25; lines++) {
		desk_fill(desk, lines);
		desk_add(desk, (struct block){.kind = BLOCK_PARAGRAPH, .utf8 = LONG_TEXT});
		const struct pages *pages = desk_lay(desk);
		const struct element *text = element_last(pages, ELEMENT_PARAGRAPH);
		for (size_t i = 0; i < pages->count; i++)
			assert_int_not_equal(count_lines(&pages->at[i], text), 1);
		divided |= count_lines(&pages->at[0], text) > 0 && pages->count > 1;
	}
	assert_true(divided);
	arena_close(desk->arena);
}

static void test_ending_is_not_alone(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	for (size_t lines = 2; lines < 25; lines++) {
		desk_fill(desk, lines);
		desk_add(desk, (struct block){.kind = BLOCK_SIGNATURE, .utf8 = "某机关"});
		desk_add(desk, (struct block){.kind = BLOCK_DATE, .utf8 = "2022年1月28日"});
		const struct pages *pages = desk_lay(desk);
		const struct page *last = &pages->at[pages->count - 1];
		assert_int_equal(count_text(last, "某机关", false), 1);
		assert_true(count_text(last, LINE_TEXT, false) >= 1);
	}
	arena_close(desk->arena);
}

/* What isn't part of the report has a page of its own, whatever stands above. */
static void test_appendix_begins_a_page(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	desk_add(desk, (struct block){.kind = BLOCK_SECTION, .level = 1, .utf8 = "六、标题"});
	desk_add(desk, (struct block){.kind = BLOCK_APPENDIX, .utf8 = "附页"});
	desk_add(desk, (struct block){.kind = BLOCK_PARAGRAPH, .utf8 = LINE_TEXT});
	const struct pages *pages = desk_lay(desk);
	assert_int_equal(pages->count, 2);
	assert_int_equal(count_text(&pages->at[1], "附页", false), 1);
	arena_close(desk->arena);
}

static void test_levels_are_not_skipped(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	static const int levels[] = {3, 2, 3, 4, 3, 4};
	static const int tagged[] = {3, 3, 4, 5, 4, 5};
	desk_add(desk, (struct block){.kind = BLOCK_SECTION, .level = 1, .utf8 = "一、标题"});
	for (size_t i = 0; i < G_N_ELEMENTS(levels); i++)
		desk_add(desk,
			(struct block){
				.kind = BLOCK_PARAGRAPH,
				.level = levels[i],
				.utf8 = "小标题。正文。",
				.head = strlen("小标题。"),
			});
	const struct element *at = desk_lay(desk)->document->first_child;
	assert_int_equal(at->level, 2);
	for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
		at = at->next;
		assert_int_equal(at->kind, ELEMENT_HEADING);
		assert_int_equal(at->level, tagged[i]);
		assert_string_equal(at->title, "小标题");
		at = at->next;
		assert_int_equal(at->kind, ELEMENT_PARAGRAPH);
	}
	arena_close(desk->arena);
}

/* --- tables ------------------------------------------------------------------------------- */

/* Three columns: a label over all rows below the head, one of the row, a figure. */
static struct grid *grid_make(struct arena *arena, size_t rows)
{
	struct grid *grid = arena_new(arena, struct grid);
	grid->rows = rows + 1;
	grid->columns = 3;
	grid->head_rows = 1;
	grid->stub_columns = 2;
	grid->official = true;
	grid->keeps_next = arena_array(arena, bool, grid->rows);
	grid->cells = arena_array(arena, struct grid_cell, 3 * grid->rows);
	struct grid_cell *cell = grid->cells;
	*cell++ = (struct grid_cell){.utf8 = "角", .row_span = 1, .column_span = 2};
	*cell++ = (struct grid_cell){.utf8 = "表头",
		.column = 2,
		.row_span = 1,
		.column_span = 1,
		.role = CELL_COLUMN_HEAD};
	*cell++ = (struct grid_cell){
		.utf8 = "总", .row = 1, .row_span = rows, .column_span = 1, .role = CELL_ROW_HEAD};
	for (size_t row = 1; row <= rows; row++) {
		*cell++ = (struct grid_cell){.utf8 = arena_print(arena, "第%zu行", row),
			.row = row,
			.column = 1,
			.row_span = 1,
			.column_span = 1,
			.role = CELL_ROW_HEAD};
		*cell++ = (struct grid_cell){.utf8 = arena_print(arena, "%zu", row + 10000),
			.row = row,
			.column = 2,
			.row_span = 1,
			.column_span = 1,
			.role = CELL_DATA};
	}
	grid->cell_count = (size_t)(cell - grid->cells);
	return grid;
}

static void test_table_stays_whole(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	for (size_t lines = 0; lines < 23; lines++) {
		desk_fill(desk, lines);
		desk_add(desk,
			(struct block){.kind = BLOCK_SECTION, .level = 1, .utf8 = "三、标题"});
		desk_add(desk,
			(struct block){.kind = BLOCK_TABLE, .grid = grid_make(desk->arena, 20)});
		const struct pages *pages = desk_lay(desk);
		const struct page *page = &pages->at[element_last(pages, ELEMENT_HEADING)->page];
		assert_int_equal(count_text(page, "表头", false), 1);
		assert_int_equal(count_text(page, "10001", false), 1);
		assert_int_equal(count_text(page, "10020", false), 1);
	}
	arena_close(desk->arena);
}

static void test_divided_table_repeats_labels(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	desk_fill(desk, 1);
	desk_add(desk, (struct block){.kind = BLOCK_TABLE, .grid = grid_make(desk->arena, 100)});
	const struct pages *pages = desk_lay(desk);
	assert_true(pages->count > 2);
	for (size_t i = 0; i < pages->count; i++) {
		bool later = i > 0;
		assert_int_equal(count_text(&pages->at[i], "表头", later), 1);
		assert_int_equal(count_text(&pages->at[i], "表头", !later), 0);
		assert_int_equal(count_text(&pages->at[i], "总", later), 1);
	}
	for (size_t row = 1; row <= 100; row++) {
		size_t found = 0;
		for (size_t i = 0; i < pages->count; i++) {
			const char *text = arena_print(desk->arena, "第%zu行", row);
			size_t here = count_text(&pages->at[i], text, false);
			text = arena_print(desk->arena, "%zu", row + 10000);
			assert_int_equal(here, count_text(&pages->at[i], text, false));
			found += here;
		}
		assert_int_equal(found, 1);
	}
	arena_close(desk->arena);
}

/* One paragraph more than 2,000 pages hold: refused, with nothing left behind. */
static void refuses_what_no_paper_holds(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	size_t count = 44001;
	struct block *blocks = arena_array(desk->arena, struct block, count);
	for (size_t i = 0; i < count; i++)
		blocks[i] = (struct block){.kind = BLOCK_PARAGRAPH, .utf8 = "甲"};
	desk->doc.blocks = blocks;
	desk->doc.count = count - 1;
	assert_int_equal(desk_lay(desk)->count, 2000);
	desk->doc.count = count;
	struct layout_job job = {&desk->doc, desk->style, desk->fonts, ".", NULL};
	assert_null(layout_pages(desk->arena, &job, desk->diags));
	const struct diag *said = desk->diags->all->pdata[desk->diags->all->len - 1];
	assert_int_equal(said->code, OUTPUT_LONG);
	arena_close(desk->arena);
}

/* A plain table of as many columns as rows. */
static struct grid *grid_square(struct arena *arena, size_t side)
{
	struct grid *grid = arena_new(arena, struct grid);
	grid->rows = grid->columns = side;
	grid->keeps_next = arena_array(arena, bool, side);
	grid->cell_count = side * side;
	grid->cells = arena_array(arena, struct grid_cell, grid->cell_count);
	for (size_t i = 0; i < grid->cell_count; i++)
		grid->cells[i] = (struct grid_cell){.utf8 = "1",
			.row = i / side,
			.column = i % side,
			.row_span = 1,
			.column_span = 1,
			.role = CELL_DATA};
	return grid;
}

/* 1,000 tables of 100 cells, and the same with one cell more. */
static void refuses_more_cells(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	size_t count = CELLS_MAX / 100;
	struct block *blocks = arena_array(desk->arena, struct block, count + 1);
	const struct grid *grid = grid_square(desk->arena, 10);
	for (size_t i = 0; i < count; i++)
		blocks[i] = (struct block){.kind = BLOCK_TABLE, .grid = grid};
	desk->doc.blocks = blocks;
	desk->doc.count = count;
	assert_true(desk_lay(desk)->count > 100);
	blocks[count].kind = BLOCK_TABLE;
	blocks[count].grid = grid_square(desk->arena, 1);
	desk->doc.count = count + 1;
	struct layout_job job = {&desk->doc, desk->style, desk->fonts, ".", NULL};
	assert_null(layout_pages(desk->arena, &job, desk->diags));
	const struct diag *said = desk->diags->all->pdata[desk->diags->all->len - 1];
	assert_int_equal(said->code, OUTPUT_LONG);
	arena_close(desk->arena);
}

/* So many items take a minute to make; so it is the counting that is tried. */
static void is_full_beyond_each_limit(void **state)
{
	(void)state;
	struct flow flow = {.strips = g_array_new(FALSE, TRUE, sizeof(struct strip))};
	g_array_set_size(flow.strips, STRIPS_MAX);
	flow.item_count = ITEMS_MAX;
	flow.cell_count = CELLS_MAX;
	assert_false(flow_is_full(&flow));
	flow.item_count++;
	assert_true(flow_is_full(&flow));
	flow.item_count--;
	flow.cell_count++;
	assert_true(flow_is_full(&flow));
	flow.cell_count--;
	g_array_set_size(flow.strips, STRIPS_MAX + 1);
	assert_true(flow_is_full(&flow));
	g_array_free(flow.strips, TRUE);
}

/* Every line counts: what it is made of, and the marks around it. */
static void counts_items(void **state)
{
	(void)state;
	struct desk *desk = desk_open();
	struct flow flow = {
		.arena = desk->arena, .strips = g_array_new(FALSE, TRUE, sizeof(struct strip))};
	for (int i = 1; i <= 3; i++) {
		GArray *items = g_array_new(FALSE, FALSE, sizeof(struct item));
		items_mark(items, ITEM_BEGIN, NULL);
		items_mark(items, ITEM_END, NULL);
		flow_items(&flow, (struct strip){.height = 1}, items);
		assert_int_equal(flow.item_count, 2 * i);
		g_array_free(items, TRUE);
	}
	g_array_free(flow.strips, TRUE);
	arena_close(desk->arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_a_page),
		cmocka_unit_test(test_heading_goes_with_text),
		cmocka_unit_test(test_no_lone_lines),
		cmocka_unit_test(test_ending_is_not_alone),
		cmocka_unit_test(test_appendix_begins_a_page),
		cmocka_unit_test(test_levels_are_not_skipped),
		cmocka_unit_test(test_table_stays_whole),
		cmocka_unit_test(test_divided_table_repeats_labels),
		cmocka_unit_test(refuses_what_no_paper_holds),
		cmocka_unit_test(refuses_more_cells),
		cmocka_unit_test(is_full_beyond_each_limit),
		cmocka_unit_test(counts_items),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
