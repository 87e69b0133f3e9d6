/* --dump doc: blocks and grids as text, one line each. */
#include "doc/doc.h"

static void dump_text(GString *out, const char *text)
{
	g_string_append_c(out, '"');
	for (const char *at = text ? text : ""; *at; at++) {
		if (*at == '"' || *at == '\\')
			g_string_append_c(out, '\\');
		if (*at == '\n')
			g_string_append(out, "\\n");
		else
			g_string_append_c(out, *at);
	}
	g_string_append_c(out, '"');
}

static void dump_cell(GString *out, const struct grid_cell *cell)
{
	static const char *const roles[] = {
		[CELL_CORNER] = "corner",
		[CELL_COLUMN_HEAD] = "column-head",
		[CELL_ROW_HEAD] = "row-head",
		[CELL_BAND] = "band",
		[CELL_DATA] = "data",
	};
	g_string_append_printf(out, "  %zu,%zu %zux%zu %s ", cell->row, cell->column,
		cell->row_span, cell->column_span, roles[cell->role]);
	dump_text(out, cell->utf8);
	for (size_t i = 0; cell->heads && cell->heads[i] != GRID_NONE; i++)
		g_string_append_printf(out, "%s%zu", i ? "," : " heads ", cell->heads[i]);
	if (cell->marked)
		g_string_append_printf(out, " marked %d", (int)cell->severity);
	if (cell->remark) {
		g_string_append(out, " remark ");
		dump_text(out, cell->remark);
	}
	g_string_append_c(out, '\n');
}

static void dump_grid(GString *out, const struct grid *grid)
{
	g_string_append_printf(out, " %zux%zu head %zu stub %zu%s", grid->rows, grid->columns,
		grid->head_rows, grid->stub_columns, grid->official ? " official" : "");
	if (grid->caption) {
		g_string_append(out, " caption ");
		dump_text(out, grid->caption);
	}
	g_string_append_c(out, '\n');
	for (size_t i = 0; i < grid->cell_count; i++)
		dump_cell(out, &grid->cells[i]);
}

static void dump_block(GString *out, const struct block *block)
{
	static const char *const kinds[] = {
		[BLOCK_TITLE] = "title",
		[BLOCK_SECTION] = "section",
		[BLOCK_PARAGRAPH] = "paragraph",
		[BLOCK_TABLE] = "table",
		[BLOCK_PICTURE] = "picture",
		[BLOCK_SIGNATURE] = "signature",
		[BLOCK_DATE] = "date",
		[BLOCK_APPENDIX] = "appendix",
	};
	g_string_append(out, kinds[block->kind]);
	if (block->grid) {
		dump_grid(out, block->grid);
		return;
	}
	if (block->level)
		g_string_append_printf(out, " level %d", block->level);
	if (block->head)
		g_string_append_printf(out, " head %zu", block->head);
	if (block->picture) {
		g_string_append(out, " file ");
		dump_text(out, block->picture->file);
	}
	g_string_append_c(out, ' ');
	dump_text(out, block->utf8);
	for (size_t i = 0; block->units && block->units[i]; i++) {
		g_string_append(out, i ? " | " : block->lines_given ? " lines " : " units ");
		dump_text(out, block->units[i]);
	}
	g_string_append_c(out, '\n');
}

void doc_dump(const struct doc *doc, GString *out)
{
	for (size_t i = 0; i < doc->count; i++)
		dump_block(out, &doc->blocks[i]);
}
