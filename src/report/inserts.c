/* Pictures and plain tables between paragraphs. Of a picture only the head is read. */
#include "report/bind_internal.h"

#include "base/decimal.h"

#include <string.h>

#define MICROMETRES_PER_MM 1000
#define WIDTH_MM_MAX 1000

static void check_keys(struct binder *binder, const struct node *map, const char *const *known)
{
	for (size_t i = 0; i < map->count; i++)
		if (!g_strv_contains(known, map->children[i]->key))
			bind_unknown(binder, map->children[i],
				&(struct suggestions){.lacking = known, .known = known});
}

static bool refuse_picture(
	struct binder *binder, struct span at, enum diag_code code, const char *file)
{
	diag_add(binder->diags, code, at, bind_excerpt(binder, file), NULL);
	return false;
}

/* 120mm or 12cm or 120 mm. */
static int read_width(struct binder *binder, const struct node *node)
{
	int64_t millionths = 0;
	const char *text = node->kind == NODE_SCALAR ? node->text : "";
	size_t digits = strspn(text, "0123456789.");
	const char *unit = text + digits + strspn(text + digits, " ");
	int64_t factor = strcmp(unit, "mm") == 0 ? 1 : strcmp(unit, "cm") == 0 ? 10 : 0;
	bool sound = factor && decimal_parse(text, digits, &millionths);
	int64_t micrometres = sound ? millionths * factor / (DECIMAL_ONE / MICROMETRES_PER_MM) : 0;
	if (micrometres > 0 && micrometres <= WIDTH_MM_MAX * MICROMETRES_PER_MM)
		return (int)micrometres;
	diag_add(binder->diags, FORM_TYPE_WIDTH, node->at, bind_excerpt(binder, text), NULL);
	return 0;
}

static const char *caption_of(struct binder *binder, const struct node *map)
{
	const struct node *node = node_find(map, "说明");
	if (!node || node_is_null(node))
		return NULL;
	text_check_cut(binder, node);
	return string_bind(binder, node).utf8;
}

static void keep_caption(struct passage *passage, const char *caption)
{
	passage->utf8 = caption;
	passage->length = caption ? strlen(caption) : 0;
}

bool picture_bind(struct binder *binder, const struct node *map, struct passage *passage)
{
	static const char *const known[] = {"文件", "说明", "宽", NULL};
	passage->kind = PASSAGE_PICTURE;
	passage->node = map;
	passage->at = map->at;
	if (map->kind != NODE_MAP)
		return refuse_picture(binder, map->at, FORM_TYPE_PICTURE, "图");
	check_keys(binder, map, known);
	const struct node *file = node_find(map, "文件"), *width = node_find(map, "宽");
	keep_caption(passage, caption_of(binder, map));
	if (!file || file->kind != NODE_SCALAR || !*file->text || node_is_null(file))
		return refuse_picture(binder, map->at, FORM_TYPE_PICTURE, "图");
	if (width && !node_is_null(width))
		passage->picture.width_um = read_width(binder, width);
	struct picture_problem problem = {0};
	passage->picture.file = file->text;
	if (picture_look(
		    binder->arena, binder->report->source->path, &passage->picture, &problem)) {
		if (!passage->length)
			diag_add(binder->diags, TEXT_CAPTION, map->at, NULL);
		return true;
	}
	if (problem.code != TEXT_PICTURE_REFERS && problem.code != TEXT_PICTURE_ACTIVE)
		return refuse_picture(binder, file->at, problem.code, file->text);
	diag_add(binder->diags, problem.code, file->at, file->text, problem.what, NULL);
	return false;
}

/* A row of a plain table: its cells appended to `cells`; how many. */
static size_t read_row(struct binder *binder, const struct node *row, GPtrArray *cells)
{
	if (row->kind != NODE_LIST) {
		diag_add(binder->diags, TEXT_TABLE, row->at, NULL);
		return 0;
	}
	for (size_t i = 0; i < row->count; i++) {
		const struct node *cell = row->children[i];
		const char *text = node_is_null(cell) ? NULL : string_bind(binder, cell).utf8;
		g_ptr_array_add(cells, (gpointer)(uintptr_t)(text ? text : ""));
	}
	return row->count;
}

static bool read_rows(
	struct binder *binder, const struct node *rows, size_t *columns, GPtrArray *cells)
{
	bool even = true;
	for (size_t i = 0; i < rows->count; i++) {
		const struct node *row = rows->children[i];
		size_t count = read_row(binder, row, cells);
		if (!count) {
			even = false;
			continue;
		}
		*columns = *columns ? *columns : count;
		if (count == *columns)
			continue;
		diag_add(binder->diags, TEXT_TABLE_RAGGED, row->at,
			arena_print(binder->arena, "%zu", *columns),
			arena_print(binder->arena, "%zu", count), NULL);
		even = false;
	}
	return even;
}

static const char *const *keep_cells(struct arena *arena, const GPtrArray *cells)
{
	return arena_copy_many(arena, cells->pdata, cells->len, sizeof *cells->pdata);
}

bool plain_table_bind(struct binder *binder, const struct node *map, struct passage *passage)
{
	static const char *const known[] = {"表头", "行", "说明", NULL};
	struct plain_table *table = &passage->table;
	passage->kind = PASSAGE_TABLE;
	passage->node = map;
	passage->at = map->at;
	const struct node *head = node_find(map, "表头"), *rows = node_find(map, "行");
	if (!rows || rows->kind != NODE_LIST || !rows->count) {
		diag_add(binder->diags, TEXT_TABLE, map->at, NULL);
		return false;
	}
	check_keys(binder, map, known);
	keep_caption(passage, caption_of(binder, map));
	GPtrArray *heads = g_ptr_array_new(), *cells = g_ptr_array_new();
	if (head)
		table->columns = read_row(binder, head, heads);
	bool even = read_rows(binder, rows, &table->columns, cells);
	table->head = head ? keep_cells(binder->arena, heads) : NULL;
	table->cells = keep_cells(binder->arena, cells);
	table->rows = rows->count;
	g_ptr_array_unref(heads);
	g_ptr_array_unref(cells);
	return even && table->columns > 0;
}
