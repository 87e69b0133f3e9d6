/*
 * The report as one self-contained page for a web site: real headings and tables, no script,
 * nothing fetched. A flow output: it leaves before pagination, and the browser sets the lines.
 */
#include "base/markup.h"
#include "doc/doc.h"
#include "paint/bare.h"
#include "paint/outputs.h"

#include <string.h>

struct page_writer {
	GString *out;
	const struct output_request *request;
	int level; /* of the last heading written, so that none is skipped */
	size_t tables;
	bool appendix;
};

static void escape_all(GString *out, const char *utf8)
{
	markup_escape(out, utf8, strlen(utf8));
}

static void write_element(
	struct page_writer *writer, const char *open, const char *utf8, const char *close)
{
	g_string_append(writer->out, open);
	escape_all(writer->out, utf8);
	g_string_append(writer->out, close);
}

/* A title's units are kept whole by the browser too. */
static void write_title(struct page_writer *writer, const struct block *block)
{
	g_string_append(writer->out, "<h1>");
	for (size_t i = 0; block->units && block->units[i]; i++) {
		write_element(writer, "<span>", block->units[i], "</span>");
		if (block->lines_given && block->units[i + 1])
			g_string_append(writer->out, "<br>");
	}
	if (!block->units)
		escape_all(writer->out, block->utf8);
	g_string_append(writer->out, "</h1>\n");
	writer->level = 1;
}

/* The form's level n is heading n + 1, unless that would skip one. */
static int heading_level(struct page_writer *writer, int level)
{
	writer->level = MIN(level + 1, writer->level + 1);
	return writer->level;
}

static void write_heading(struct page_writer *writer, int level, const char *utf8, size_t length)
{
	int heading = heading_level(writer, level);
	g_string_append_printf(writer->out, "<h%d>", heading);
	markup_escape(writer->out, utf8, length);
	g_string_append_printf(writer->out, "</h%d>", heading);
}

static void write_paragraph(struct page_writer *writer, const struct block *block)
{
	size_t length = strlen(block->utf8);
	if (!block->head) {
		write_element(writer, "<p>", block->utf8, "</p>\n");
		return;
	}
	bool runs_in = block->head < length;
	if (runs_in)
		g_string_append(writer->out, "<div class=\"run\">");
	write_heading(writer, block->level, block->utf8, block->head);
	if (runs_in)
		write_element(writer, "<p>", block->utf8 + block->head, "</p></div>");
	g_string_append_c(writer->out, '\n');
}

static const char *scope_of(const struct grid_cell *cell)
{
	switch (cell->role) {
	case CELL_COLUMN_HEAD:
		return cell->column_span > 1 ? "colgroup" : "col";
	case CELL_BAND:
		return "colgroup";
	case CELL_ROW_HEAD:
		return cell->row_span > 1 ? "rowgroup" : "row";
	case CELL_CORNER:
	case CELL_DATA:
		return NULL;
	}
	return NULL;
}

static void write_cell_heads(struct page_writer *writer, const struct grid_cell *cell)
{
	if (!cell->heads || cell->heads[0] == GRID_NONE)
		return;
	g_string_append(writer->out, " headers=\"");
	for (size_t i = 0; cell->heads[i] != GRID_NONE; i++)
		g_string_append_printf(
			writer->out, "%st%zu-%zu", i ? " " : "", writer->tables, cell->heads[i]);
	g_string_append_c(writer->out, '"');
}

static void write_cell_class(struct page_writer *writer, const struct grid_cell *cell)
{
	g_string_append_printf(writer->out, " class=\"%s%s%s%s\"",
		cell->role == CELL_DATA ? "figure" : "head",
		cell->align == ALIGN_START ? " start" : "", cell->marked ? " " : "",
		cell->marked ? severity_words[cell->severity] : "");
}

static void write_cell(struct page_writer *writer, const struct grid *grid, size_t index)
{
	const struct grid_cell *cell = &grid->cells[index];
	const char *scope = scope_of(cell);
	const char *tag = scope ? "th" : "td";
	g_string_append_printf(writer->out, "<%s", tag);
	if (scope)
		g_string_append_printf(
			writer->out, " id=\"t%zu-%zu\" scope=\"%s\"", writer->tables, index, scope);
	write_cell_heads(writer, cell);
	if (cell->row_span > 1)
		g_string_append_printf(writer->out, " rowspan=\"%zu\"", cell->row_span);
	if (cell->column_span > 1)
		g_string_append_printf(writer->out, " colspan=\"%zu\"", cell->column_span);
	if (grid->official)
		write_cell_class(writer, cell);
	g_string_append_c(writer->out, '>');
	escape_all(writer->out, cell->utf8);
	if (cell->remark)
		write_element(writer, "<span class=\"remark\">", cell->remark, "</span>");
	g_string_append_printf(writer->out, "</%s>", tag);
}

static void write_rows(struct page_writer *writer, const struct grid *grid)
{
	size_t row = GRID_NONE;
	g_string_append(writer->out, grid->head_rows ? "<thead>\n" : "<tbody>\n");
	for (size_t i = 0; i < grid->cell_count; i++) {
		if (grid->cells[i].row != row) {
			if (row != GRID_NONE)
				g_string_append(writer->out, "</tr>\n");
			row = grid->cells[i].row;
			if (row == grid->head_rows && row > 0)
				g_string_append(writer->out, "</thead>\n<tbody>\n");
			g_string_append(writer->out, "<tr>");
		}
		write_cell(writer, grid, i);
	}
	g_string_append(writer->out, row == GRID_NONE ? "" : "</tr>\n");
	g_string_append(writer->out, grid->rows > grid->head_rows ? "</tbody>\n" : "</thead>\n");
}

/* Wider than a phone, a table scrolls by itself, and by the keyboard too. */
static void write_table(struct page_writer *writer, const struct grid *grid)
{
	const char *name = grid->caption ? grid->caption : grid->summary;
	writer->tables++;
	g_string_append(writer->out, "<div class=\"table\" role=\"region\" tabindex=\"0\"");
	if (name)
		write_element(writer, " aria-label=\"", name, "\"");
	g_string_append(writer->out, "><table>\n");
	if (grid->caption)
		write_element(writer, "<caption>", grid->caption, "</caption>\n");
	write_rows(writer, grid);
	g_string_append(writer->out, "</table></div>\n");
}

static struct bytes bare_picture(
	struct arena *arena, const struct picture *picture, struct bytes file)
{
	switch (picture->kind) {
	case PICTURE_PNG:
		return bare_png(arena, file);
	case PICTURE_JPEG:
		return bare_jpeg(arena, file);
	case PICTURE_SVG:
		return bare_svg(arena, file);
	}
	return file;
}

/* In the page itself, as an <img>: a picture of SVG can then run and fetch nothing. */
static void write_picture(struct page_writer *writer, const struct block *block)
{
	static const char *const types[] = {
		[PICTURE_PNG] = "image/png",
		[PICTURE_JPEG] = "image/jpeg",
		[PICTURE_SVG] = "image/svg+xml",
	};
	const struct picture *picture = block->picture;
	struct bytes bytes = {0};
	char *folder = g_path_get_dirname(writer->request->job->report->source->path);
	char *path = g_build_filename(folder, picture->file, NULL);
	int failure = file_read(writer->request->arena, path, YAML_BYTES_MAX * 4, &bytes);
	if (failure) {
		diag_unread(writer->request->diags, block->at, picture->file, failure);
	} else {
		bytes = bare_picture(writer->request->arena, picture, bytes);
		char *encoded = g_base64_encode((const guchar *)bytes.start, bytes.length);
		g_string_append_printf(writer->out, "<figure><img src=\"data:%s;base64,%s\"",
			types[picture->kind], encoded);
		write_element(writer, " alt=\"", block->alt, "\"");
		if (picture->width_um)
			g_string_append_printf(writer->out, " style=\"width:%d.%03dmm\"",
				picture->width_um / 1000, picture->width_um % 1000);
		g_string_append_c(writer->out, '>');
		if (block->utf8)
			write_element(writer, "<figcaption>", block->utf8, "</figcaption>");
		g_string_append(writer->out, "</figure>\n");
		g_free(encoded);
	}
	g_free(path);
	g_free(folder);
}

static void write_date(struct page_writer *writer, const struct block *block)
{
	const GDate *day = writer->request->doc->day;
	g_string_append(writer->out, "<p class=\"date\">");
	if (day)
		g_string_append_printf(writer->out, "<time datetime=\"%04d-%02d-%02d\">",
			(int)g_date_get_year(day), (int)g_date_get_month(day),
			(int)g_date_get_day(day));
	write_element(writer, "", block->utf8, day ? "</time></p>\n" : "</p>\n");
}

static void write_appendix(struct page_writer *writer, const struct block *block)
{
	g_string_append(writer->out, "<section class=\"appendix\">\n");
	writer->appendix = true;
	writer->level = 1;
	if (block->utf8)
		write_element(writer, "<h2>", block->utf8, "</h2>\n");
	writer->level = 2;
}

static void write_block(struct page_writer *writer, const struct block *block)
{
	switch (block->kind) {
	case BLOCK_TITLE:
		write_title(writer, block);
		break;
	case BLOCK_SECTION:
		write_heading(writer, 1, block->utf8, strlen(block->utf8));
		g_string_append_c(writer->out, '\n');
		break;
	case BLOCK_PARAGRAPH:
		write_paragraph(writer, block);
		break;
	case BLOCK_TABLE:
		write_table(writer, block->grid);
		break;
	case BLOCK_PICTURE:
		write_picture(writer, block);
		break;
	case BLOCK_SIGNATURE:
		write_element(writer, "<p class=\"signature\">", block->utf8, "</p>\n");
		break;
	case BLOCK_DATE:
		write_date(writer, block);
		break;
	case BLOCK_APPENDIX:
		write_appendix(writer, block);
		break;
	}
}

static void write_banner(struct page_writer *writer)
{
	write_element(writer, "<p class=\"draft\">",
		diag_sentence(writer->request->diags, DRAFT_BANNER, NULL), "</p>\n");
}

bool html_write(const struct output_request *request)
{
	struct page_writer writer = {.out = g_string_new(NULL), .request = request};
	markup_open(writer.out, "zh-CN", request->doc->title, template_builtin("report.css"));
	if (request->doc->draft)
		write_banner(&writer);
	for (size_t i = 0; i < request->doc->count; i++)
		write_block(&writer, &request->doc->blocks[i]);
	g_string_append(writer.out, writer.appendix ? "</section>\n" : "");
	markup_close(writer.out);
	struct bytes bytes = {writer.out->str, writer.out->len};
	bool written =
		!request->diags->environment && output_save(request, request->job->path, bytes);
	g_string_free(writer.out, TRUE);
	return written;
}
