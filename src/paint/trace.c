/*
 * Pages as text, for people and tests: each item a line, then the structure as a tree.
 * Lengths are points with two decimals, from the page's left top.
 */
#include "paint/painter.h"
#include "paint/parts.h"

#include <stdlib.h>

/* Rounded to hundredths of a point, without binary fractions. */
static void add_length(GString *out, int units)
{
	int64_t hundredths = ((int64_t)llabs(units) * 100 + UNITS_PER_PT / 2) / UNITS_PER_PT;
	g_string_append_printf(out, "%s%" G_GINT64_FORMAT ".%02d",
		units < 0 && hundredths > 0 ? "-" : "", hundredths / 100, (int)(hundredths % 100));
}

static void add_lengths(GString *out, const char *word, const int *units, size_t count)
{
	g_string_append(out, word);
	for (size_t i = 0; i < count; i++) {
		g_string_append_c(out, ' ');
		add_length(out, units[i]);
	}
}

static void add_quoted(GString *out, const char *text)
{
	g_string_append(out, " \"");
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

static int text_end(const struct item *item)
{
	size_t count = item->as.text.count;
	if (!count)
		return item->x;
	const struct glyph *last = &item->as.text.glyphs[count - 1];
	return item->x + last->x + last->advance;
}

/* text LEFT BASELINE RIGHT SIZE FACE "…" */
static void trace_text(void *canvas, const struct item *item)
{
	GString *out = canvas;
	int lengths[] = {item->x, item->y, text_end(item), item->as.text.size};
	add_lengths(out, "text", lengths, G_N_ELEMENTS(lengths));
	g_string_append_printf(out, " %s", item->as.text.face->name);
	add_quoted(out, item->as.text.utf8);
	if (item->as.text.turned)
		g_string_append_printf(out, " turned %d", item->as.text.turned);
	if (item->colour)
		g_string_append_printf(out, " #%06X", item->colour);
	g_string_append_c(out, '\n');
}

static void trace_box(GString *out, const char *word, const struct item *item)
{
	int lengths[] = {item->x, item->y, item->width, item->height};
	add_lengths(out, word, lengths, G_N_ELEMENTS(lengths));
	if (item->colour)
		g_string_append_printf(out, " #%06X", item->colour);
}

static void trace_rule(void *canvas, const struct item *item)
{
	trace_box(canvas, "rule", item);
	g_string_append_c(canvas, '\n');
}

static void trace_fill(void *canvas, const struct item *item)
{
	trace_box(canvas, "fill", item);
	g_string_append_c(canvas, '\n');
}

static void trace_image(void *canvas, const struct item *item)
{
	trace_box(canvas, "image", item);
	add_quoted(canvas, item->as.image->path);
	g_string_append_c(canvas, '\n');
}

static void trace_link(void *canvas, const struct item *item)
{
	trace_box(canvas, "link", item);
	add_quoted(canvas, item->as.uri);
	g_string_append_c(canvas, '\n');
}

static void trace_begin(void *canvas, const struct item *item)
{
	g_string_append_printf(canvas, "begin %u\n", item->as.element->number);
}

static void trace_artifact(void *canvas, const struct item *item)
{
	(void)item;
	g_string_append(canvas, "artifact\n");
}

static void trace_end(void *canvas, const struct item *item)
{
	(void)item;
	g_string_append(canvas, "end\n");
}

static const struct painter trace_painter = {
	.text = trace_text,
	.rule = trace_rule,
	.fill = trace_fill,
	.image = trace_image,
	.link = trace_link,
	.begin = trace_begin,
	.artifact = trace_artifact,
	.end = trace_end,
};

/* --- structure ---------------------------------------------------------------------------- */

static void add_kind(GString *out, const struct element *element)
{
	static const char *const kinds[] = {
		[ELEMENT_DOCUMENT] = "Document",
		[ELEMENT_HEADING] = "H",
		[ELEMENT_PARAGRAPH] = "P",
		[ELEMENT_TABLE] = "Table",
		[ELEMENT_HEAD] = "THead",
		[ELEMENT_BODY] = "TBody",
		[ELEMENT_ROW] = "TR",
		[ELEMENT_HEADER_CELL] = "TH",
		[ELEMENT_DATA_CELL] = "TD",
		[ELEMENT_FIGURE] = "Figure",
		[ELEMENT_CAPTION] = "Caption",
		[ELEMENT_LINK] = "Link",
		[ELEMENT_SPAN] = "Span",
	};
	g_string_append(out, kinds[element->kind]);
	if (element->kind == ELEMENT_HEADING)
		g_string_append_printf(out, "%d", element->level);
}

static void trace_element(GString *out, const struct element *element, int depth)
{
	g_string_append_printf(out, "%*selement %u ", depth * 2, "", element->number);
	add_kind(out, element);
	g_string_append_printf(out, " page %zu", element->page + 1);
	if (element->row_span > 1 || element->column_span > 1)
		g_string_append_printf(
			out, " span %zux%zu", element->row_span, element->column_span);
	if (element->scope_row || element->scope_column)
		g_string_append_printf(out, " scope%s%s", element->scope_row ? " row" : "",
			element->scope_column ? " column" : "");
	for (size_t i = 0; element->headers && element->headers[i]; i++)
		g_string_append_printf(
			out, "%s%u", i ? "," : " headers ", element->headers[i]->number);
	if (element->title)
		add_quoted(out, element->title);
	if (element->alt) {
		g_string_append(out, " alt");
		add_quoted(out, element->alt);
	}
	g_string_append_c(out, '\n');
	for (const struct element *child = element->first_child; child; child = child->next)
		trace_element(out, child, depth + 1);
}

static void trace_page(GString *out, const struct page *page)
{
	int lengths[] = {page->width, page->height};
	g_string_append_printf(out, "page %s", page->label);
	add_lengths(out, "", lengths, G_N_ELEMENTS(lengths));
	g_string_append_c(out, '\n');
	painter_paint(&trace_painter, out, page);
}

bool trace_write(const struct output_request *request)
{
	GString *out = g_string_new(NULL);
	for (size_t i = 0; i < request->pages->count; i++)
		trace_page(out, &request->pages->at[i]);
	trace_element(out, request->pages->document, 0);
	bool saved = output_save(request, request->job->path, (struct bytes){out->str, out->len});
	g_string_free(out, TRUE);
	return saved;
}
