/*
 * Lengths are written as points with three decimals, 0.35 µm. A run is one TJ: its glyphs
 * stand where the display list says by adjustments against the widths that the font
 * declares, so that rounding never adds up.
 */
#include "paint/pdf/content.h"

#include "paint/painter.h"
#include "paint/pdf/digits.h"

#include <math.h>
#include <string.h>

#define PRINTED 4 /* of an annotation's flags (ISO 32000-1, table 165) */
#define NO_COLOUR UINT32_MAX

enum marking { MARK_NONE, MARK_ELEMENT, MARK_ARTIFACT };

struct canvas {
	const struct pdf_content *content;
	const struct page *page;
	size_t number;
	GString *out;
	enum marking marking; /* what the display list says */
	const struct element *element;
	bool open; /* BDC is written */
	uint32_t fill, stroke; /* colours set; NO_COLOUR: none yet */
	const struct pdf_font *font;
	int size;
	struct pdf_array *annotations; /* or NULL */
};

static int64_t divide_rounded(int64_t value, int64_t by)
{
	return value < 0 ? -((-value + by / 2) / by) : (value + by / 2) / by;
}

static void append_units(GString *out, int64_t units)
{
	digits_append_thousandths(out, divide_rounded(units * 1000, UNITS_PER_PT));
	g_string_append_c(out, ' ');
}

static void append_colour(GString *out, uint32_t colour, const char *grey, const char *rgb)
{
	unsigned red = colour >> 16 & 0xFF, green = colour >> 8 & 0xFF, blue = colour & 0xFF;
	bool is_grey = red == green && green == blue;
	digits_append_thousandths(out, divide_rounded((int64_t)red * 1000, 255));
	for (int i = 0; i < (is_grey ? 0 : 2); i++) {
		g_string_append_c(out, ' ');
		digits_append_thousandths(
			out, divide_rounded((int64_t)(i ? blue : green) * 1000, 255));
	}
	g_string_append_c(out, ' ');
	g_string_append(out, is_grey ? grey : rgb);
	g_string_append_c(out, '\n');
}

static void fill_colour(struct canvas *canvas, uint32_t colour)
{
	if (canvas->fill != colour)
		append_colour(canvas->out, colour, "g", "rg");
	canvas->fill = colour;
}

static void stroke_colour(struct canvas *canvas, uint32_t colour)
{
	if (canvas->stroke != colour)
		append_colour(canvas->out, colour, "G", "RG");
	canvas->stroke = colour;
}

/* Everything painted is marked: what belongs to no element is an artifact (ISO 14289-1, 7.1). */
static void open_mark(struct canvas *canvas)
{
	if (canvas->open)
		return;
	canvas->open = true;
	if (canvas->marking != MARK_ELEMENT) {
		g_string_append(canvas->out, "/Artifact BMC\n");
		return;
	}
	int mark = pdf_structure_mark(canvas->content->structure, canvas->element, canvas->number);
	g_string_append_c(canvas->out, '/');
	g_string_append(canvas->out, pdf_structure_type(canvas->element));
	g_string_append(canvas->out, " <</MCID ");
	digits_append(canvas->out, mark);
	g_string_append(canvas->out, ">> BDC\n");
}

static void close_mark(struct canvas *canvas)
{
	if (canvas->open)
		g_string_append(canvas->out, "EMC\n");
	canvas->open = false;
}

static void change_mark(struct canvas *canvas, enum marking marking, const struct element *element)
{
	close_mark(canvas);
	canvas->marking = marking;
	canvas->element = element;
}

/* Where a run's pen is, and whether a TJ is open. */
struct pen {
	int64_t x; /* thousandths of a Pango unit, from the run's x */
	int rise;
	bool showing, in_string;
};

static void end_string(GString *out, struct pen *pen)
{
	if (pen->in_string)
		g_string_append_c(out, '>');
	pen->in_string = false;
}

static void end_showing(GString *out, struct pen *pen)
{
	end_string(out, pen);
	if (pen->showing)
		g_string_append(out, "]TJ\n");
	pen->showing = false;
}

static void show_glyph(struct canvas *canvas, struct pen *pen, const struct glyph *glyph)
{
	const struct pdf_glyph *shown = pdf_font_glyph(canvas->font, glyph->id);
	GString *out = canvas->out;
	if (!shown)
		return;
	if (glyph->y != pen->rise) {
		end_showing(out, pen);
		append_units(out, glyph->y);
		g_string_append(out, "Ts\n");
		pen->rise = glyph->y;
	}
	if (!pen->showing)
		g_string_append_c(out, '[');
	pen->showing = true;
	int64_t back = divide_rounded(pen->x - (int64_t)glyph->x * 1000, canvas->size);
	if (back != 0) {
		end_string(out, pen);
		digits_append(out, back);
		pen->x -= back * canvas->size;
	}
	if (!pen->in_string)
		g_string_append_c(out, '<');
	pen->in_string = true;
	digits_append_hex(out, shown->code, 4);
	pen->x += (int64_t)shown->width * canvas->size;
}

/* Whether ToUnicode alone gives a cluster's text back. */
static bool speaks_for_itself(
	const struct canvas *canvas, const struct glyph *glyphs, size_t count, struct bytes text)
{
	const struct pdf_glyph *shown = pdf_font_glyph(canvas->font, glyphs[0].id);
	return canvas->marking != MARK_ELEMENT ||
		(count == 1 && shown && strncmp(shown->text, text.start, text.length) == 0 &&
			shown->text[text.length] == '\0');
}

static void show_glyphs(struct canvas *canvas, const struct item *item)
{
	struct pen pen = {0};
	GString *out = canvas->out;
	for (size_t i = 0; i < item->as.text.count;) {
		const struct glyph *glyphs = item->as.text.glyphs + i;
		struct bytes text;
		size_t count = pdf_cluster(item, i, &text);
		bool plain = speaks_for_itself(canvas, glyphs, count, text);
		if (!plain) {
			end_showing(out, &pen);
			g_string_append(out, "/Span <</ActualText <");
			pdf_print_utf16(
				arena_copy_n(canvas->content->arena, text.start, text.length), out);
			g_string_append(out, ">>> BDC\n");
		}
		for (size_t k = 0; k < count; k++)
			show_glyph(canvas, &pen, &glyphs[k]);
		if (!plain) {
			end_showing(out, &pen);
			g_string_append(out, "EMC\n");
		}
		i += count;
	}
	end_showing(out, &pen);
	if (pen.rise != 0)
		g_string_append(out, "0 Ts\n");
}

static void place_run(struct canvas *canvas, const struct item *item)
{
	GString *out = canvas->out;
	if (item->as.text.turned == 0) {
		g_string_append(out, "1 0 0 1 ");
	} else {
		double angle = item->as.text.turned * G_PI / 180;
		int64_t cosine = llround(cos(angle) * 100000), sine = llround(sin(angle) * 100000);
		const int64_t matrix[] = {cosine, sine, -sine, cosine};
		for (size_t i = 0; i < G_N_ELEMENTS(matrix); i++) {
			digits_append_thousandths(out, divide_rounded(matrix[i], 100));
			g_string_append_c(out, ' ');
		}
	}
	append_units(out, item->x);
	append_units(out, (int64_t)canvas->page->height - item->y);
	g_string_append(out, "Tm\n");
}

static void paint_text(void *target, const struct item *item)
{
	struct canvas *canvas = target;
	const struct pdf_font *font = pdf_fonts_find(canvas->content->fonts, item->as.text.face);
	if (item->as.text.count == 0 || item->as.text.size <= 0 || !font)
		return;
	open_mark(canvas);
	fill_colour(canvas, item->colour);
	if (item->as.text.stroke > 0) {
		stroke_colour(canvas, item->colour);
		append_units(canvas->out, item->as.text.stroke);
		g_string_append(canvas->out, "w 1 j 2 Tr\n");
	}
	g_string_append(canvas->out, "BT\n");
	if (font != canvas->font || item->as.text.size != canvas->size) {
		g_string_append_c(canvas->out, '/');
		g_string_append(canvas->out, font->name);
		g_string_append_c(canvas->out, ' ');
		append_units(canvas->out, item->as.text.size);
		g_string_append(canvas->out, "Tf\n");
		canvas->font = font;
		canvas->size = item->as.text.size;
	}
	place_run(canvas, item);
	show_glyphs(canvas, item);
	g_string_append(canvas->out, item->as.text.stroke > 0 ? "ET\n0 Tr\n" : "ET\n");
}

static void paint_box(struct canvas *canvas, const struct item *item)
{
	GString *out = canvas->out;
	open_mark(canvas);
	fill_colour(canvas, item->colour);
	append_units(out, item->x);
	append_units(out, (int64_t)canvas->page->height - item->y - item->height);
	append_units(out, item->width);
	append_units(out, item->height);
	g_string_append(out, "re f\n");
}

static void paint_rule(void *canvas, const struct item *item)
{
	paint_box(canvas, item);
}

static void paint_fill(void *canvas, const struct item *item)
{
	paint_box(canvas, item);
}

static void paint_image(void *target, const struct item *item)
{
	struct canvas *canvas = target;
	const char *name = pdf_picture_name(canvas->content->pictures, item->as.image, item->width);
	int bottom = canvas->page->height - item->y - item->height;
	if (!name)
		return;
	open_mark(canvas);
	g_string_append(canvas->out, "q ");
	append_units(canvas->out, item->width);
	g_string_append(canvas->out, "0 0 ");
	append_units(canvas->out, item->height);
	append_units(canvas->out, item->x);
	append_units(canvas->out, bottom);
	g_string_append_printf(canvas->out, "cm /%s Do Q\n", name);
	if (canvas->marking == MARK_ELEMENT && canvas->element->kind == ELEMENT_FIGURE)
		pdf_structure_box(canvas->content->structure, canvas->element,
			(int[]){item->x, bottom, item->x + item->width, bottom + item->height});
}

/* An annotation must belong to the structure and say where it leads (ISO 14289-1, 7.18). */
static void paint_link(void *target, const struct item *item)
{
	struct canvas *canvas = target;
	struct pdf_objects *objects = canvas->content->objects;
	struct pdf_dict *action = pdf_dict_new(objects), *annotation = pdf_dict_number(objects);
	struct pdf_array *box = pdf_array_new(objects), *border = pdf_array_new(objects);
	int top = canvas->page->height - item->y;
	const int edges[] = {item->x, top - item->height, item->x + item->width, top};
	for (size_t i = 0; i < G_N_ELEMENTS(edges); i++)
		pdf_add_units(box, edges[i]);
	for (int i = 0; i < 3; i++)
		pdf_add_number(border, 0);
	pdf_put_name(action, "S", "URI");
	pdf_put_text(action, "URI", item->as.uri);
	pdf_put_name(annotation, "Type", "Annot");
	pdf_put_name(annotation, "Subtype", "Link");
	pdf_put_array(annotation, "Rect", box);
	pdf_put_array(annotation, "Border", border);
	pdf_put_number(annotation, "F", PRINTED);
	pdf_put_text(annotation, "Contents", item->as.uri);
	pdf_put_dict(annotation, "A", action);
	if (canvas->marking == MARK_ELEMENT)
		pdf_put_number(annotation, "StructParent",
			pdf_structure_annotation(canvas->content->structure, canvas->element,
				canvas->number, annotation));
	if (!canvas->annotations)
		canvas->annotations = pdf_array_new(objects);
	pdf_add_dict(canvas->annotations, annotation);
}

static void paint_begin(void *canvas, const struct item *item)
{
	change_mark(canvas, MARK_ELEMENT, item->as.element);
}

static void paint_artifact(void *canvas, const struct item *item)
{
	(void)item;
	change_mark(canvas, MARK_ARTIFACT, NULL);
}

static void paint_end(void *canvas, const struct item *item)
{
	(void)item;
	change_mark(canvas, MARK_NONE, NULL);
}

static const struct painter pdf_painter = {
	.text = paint_text,
	.rule = paint_rule,
	.fill = paint_fill,
	.image = paint_image,
	.link = paint_link,
	.begin = paint_begin,
	.artifact = paint_artifact,
	.end = paint_end,
};

static struct pdf_dict *page_new(const struct canvas *canvas)
{
	const struct pdf_content *content = canvas->content;
	struct pdf_array *box = pdf_array_new(content->objects);
	const int edges[] = {0, 0, canvas->page->width, canvas->page->height};
	for (size_t i = 0; i < G_N_ELEMENTS(edges); i++)
		pdf_add_units(box, edges[i]);
	struct bytes operators = {canvas->out->str, canvas->out->len};
	struct pdf_dict *dict = pdf_dict_number(content->objects);
	pdf_put_name(dict, "Type", "Page");
	pdf_put_dict(dict, "Parent", content->parent);
	pdf_put_array(dict, "MediaBox", box);
	pdf_put_dict(dict, "Resources", content->resources);
	pdf_put_dict(dict, "Contents", pdf_stream_pack(content->objects, operators));
	pdf_put_number(dict, "StructParents", (int)canvas->number);
	pdf_put_name(dict, "Tabs", "S");
	if (canvas->annotations)
		pdf_put_array(dict, "Annots", canvas->annotations);
	return dict;
}

struct pdf_dict *pdf_content_paint(
	const struct pdf_content *content, const struct page *page, size_t number)
{
	struct canvas canvas = {
		.content = content,
		.page = page,
		.number = number,
		.out = g_string_sized_new(8192),
		.fill = NO_COLOUR,
		.stroke = NO_COLOUR,
	};
	painter_paint(&pdf_painter, &canvas, page);
	close_mark(&canvas);
	struct pdf_dict *dict = page_new(&canvas);
	g_string_free(canvas.out, TRUE);
	return dict;
}
