/*
 * Previews by Cairo: PNG and SVG. Glyphs are outlines from HarfBuzz, filled: neither hinted
 * nor snapped to pixels, so that a preview agrees with the PDF (Cairo's own glyphs begin at
 * whole pixels).
 */
#include <cairo-svg.h>
#include <cairo.h>
#include <hb.h>

#include "paint/painter.h"
#include "paint/parts.h"
#include "paint/png.h"

#include <math.h>

#define PT_AN_INCH 72
#define DPI_DEFAULT 100
#define PICTURE_DPI 300 /* of a vector picture in an SVG of ours */
#define PIXELS_A_SIDE_MAX 20000
#define WHITE 0xFFFFFF

/* HarfBuzz's view of the faces, shared by all pages. */
struct outlines {
	GHashTable *fonts; /* struct face to hb_font_t */
	GHashTable *symbols; /* struct face to cairo_font_face_t, for SVG */
	hb_draw_funcs_t *calls;
};

struct sheet {
	cairo_t *cairo;
	struct arena *arena;
	const struct outlines *outlines;
	double dpi; /* 0: vectors */
	const struct image *undrawn; /* a picture that couldn't be */
};

/* A glyph's outline on its way into Cairo's path: font units, y up. */
struct tracing {
	cairo_t *cairo;
	double x, y, scale; /* of the glyph's origin, in points */
};

static double points(int units)
{
	return (double)units / UNITS_PER_PT;
}

static double trace_x(const struct tracing *tracing, float x)
{
	return tracing->x + (double)x * tracing->scale;
}

static double trace_y(const struct tracing *tracing, float y)
{
	return tracing->y - (double)y * tracing->scale;
}

static void trace_move(
	hb_draw_funcs_t *calls, void *data, hb_draw_state_t *state, float x, float y, void *unused)
{
	(void)calls, (void)state, (void)unused;
	const struct tracing *to = data;
	cairo_move_to(to->cairo, trace_x(to, x), trace_y(to, y));
}

static void trace_line(
	hb_draw_funcs_t *calls, void *data, hb_draw_state_t *state, float x, float y, void *unused)
{
	(void)calls, (void)state, (void)unused;
	const struct tracing *to = data;
	cairo_line_to(to->cairo, trace_x(to, x), trace_y(to, y));
}

static void trace_curve(hb_draw_funcs_t *calls, void *data, hb_draw_state_t *state, float x1,
	float y1, float x2, float y2, float x, float y, void *unused)
{
	(void)calls, (void)state, (void)unused;
	const struct tracing *to = data;
	cairo_curve_to(to->cairo, trace_x(to, x1), trace_y(to, y1), trace_x(to, x2),
		trace_y(to, y2), trace_x(to, x), trace_y(to, y));
}

static void trace_close(hb_draw_funcs_t *calls, void *data, hb_draw_state_t *state, void *unused)
{
	(void)calls, (void)state, (void)unused;
	cairo_close_path(((const struct tracing *)data)->cairo);
}

/* Quadratic curves are raised to cubic ones by HarfBuzz. */
static struct outlines outlines_open(void)
{
	hb_draw_funcs_t *calls = hb_draw_funcs_create();
	hb_draw_funcs_set_move_to_func(calls, trace_move, NULL, NULL);
	hb_draw_funcs_set_line_to_func(calls, trace_line, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(calls, trace_curve, NULL, NULL);
	hb_draw_funcs_set_close_path_func(calls, trace_close, NULL, NULL);
	return (struct outlines){
		g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)hb_font_destroy),
		g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)cairo_font_face_destroy),
		calls};
}

static void outlines_close(struct outlines *outlines)
{
	g_hash_table_unref(outlines->symbols);
	g_hash_table_unref(outlines->fonts);
	hb_draw_funcs_destroy(outlines->calls);
}

static hb_font_t *outlines_font(const struct outlines *outlines, const struct face *face)
{
	hb_font_t *font = g_hash_table_lookup(outlines->fonts, face);
	if (font)
		return font;
	hb_blob_t *blob = hb_blob_create(face->bytes.start, (unsigned)face->bytes.length,
		HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *opened = hb_face_create(blob, face->index);
	font = hb_font_create(opened);
	hb_face_destroy(opened);
	hb_blob_destroy(blob);
	g_hash_table_insert(outlines->fonts, (gpointer)face, font);
	return font;
}

static void set_colour(cairo_t *cairo, uint32_t colour)
{
	cairo_set_source_rgb(cairo, (colour >> 16 & 0xFF) / 255.0, (colour >> 8 & 0xFF) / 255.0,
		(colour & 0xFF) / 255.0);
}

static const cairo_user_data_key_t outlines_key, face_key;

/* A glyph of an SVG: its em is 1. */
static cairo_status_t draw_symbol(cairo_scaled_font_t *scaled, unsigned long glyph, cairo_t *cairo,
	cairo_text_extents_t *extents)
{
	(void)extents;
	cairo_font_face_t *symbols = cairo_scaled_font_get_font_face(scaled);
	const struct outlines *outlines = cairo_font_face_get_user_data(symbols, &outlines_key);
	hb_font_t *font =
		outlines_font(outlines, cairo_font_face_get_user_data(symbols, &face_key));
	struct tracing tracing = {cairo, 0, 0, 1.0 / hb_face_get_upem(hb_font_get_face(font))};
	hb_font_get_glyph_shape(font, (hb_codepoint_t)glyph, outlines->calls, &tracing);
	cairo_fill(cairo);
	return CAIRO_STATUS_SUCCESS;
}

/* The face as a font of Cairo's: in an SVG each of its glyphs is then drawn once and used
 * many times, which halves it. */
static cairo_font_face_t *outlines_symbols(const struct outlines *outlines, const struct face *face)
{
	cairo_font_face_t *symbols = g_hash_table_lookup(outlines->symbols, face);
	if (symbols)
		return symbols;
	symbols = cairo_user_font_face_create();
	cairo_user_font_face_set_render_glyph_func(symbols, draw_symbol);
	cairo_font_face_set_user_data(symbols, &outlines_key, (void *)(uintptr_t)outlines, NULL);
	cairo_font_face_set_user_data(symbols, &face_key, (void *)(uintptr_t)face, NULL);
	g_hash_table_insert(outlines->symbols, (void *)(uintptr_t)face, symbols);
	return symbols;
}

static void show_symbols(struct sheet *sheet, const struct item *item)
{
	size_t count = item->as.text.count;
	cairo_glyph_t *glyphs = arena_array(sheet->arena, cairo_glyph_t, count);
	for (size_t i = 0; i < count; i++) {
		const struct glyph *glyph = &item->as.text.glyphs[i];
		glyphs[i] = (cairo_glyph_t){glyph->id, points(glyph->x), -points(glyph->y)};
	}
	cairo_set_font_face(sheet->cairo, outlines_symbols(sheet->outlines, item->as.text.face));
	cairo_set_font_size(sheet->cairo, points(item->as.text.size));
	cairo_show_glyphs(sheet->cairo, glyphs, (int)count);
}

static void trace_run(struct sheet *sheet, const struct item *item)
{
	hb_font_t *font = outlines_font(sheet->outlines, item->as.text.face);
	double scale = points(item->as.text.size) / hb_face_get_upem(hb_font_get_face(font));
	cairo_new_path(sheet->cairo);
	for (size_t i = 0; i < item->as.text.count; i++) {
		const struct glyph *glyph = &item->as.text.glyphs[i];
		struct tracing tracing = {sheet->cairo, points(glyph->x), -points(glyph->y), scale};
		hb_font_get_glyph_shape(font, glyph->id, sheet->outlines->calls, &tracing);
	}
	if (item->as.text.stroke > 0) {
		cairo_set_line_width(sheet->cairo, points(item->as.text.stroke));
		cairo_set_line_join(sheet->cairo, CAIRO_LINE_JOIN_ROUND);
		cairo_stroke_preserve(sheet->cairo);
	}
	cairo_fill(sheet->cairo);
}

static void paint_text(void *target, const struct item *item)
{
	struct sheet *sheet = target;
	if (item->as.text.count == 0 || item->as.text.size <= 0)
		return;
	cairo_save(sheet->cairo);
	cairo_translate(sheet->cairo, points(item->x), points(item->y));
	cairo_rotate(sheet->cairo, -item->as.text.turned * G_PI / 180);
	set_colour(sheet->cairo, item->colour);
	if (sheet->dpi > 0 || item->as.text.stroke > 0)
		trace_run(sheet, item);
	else
		show_symbols(sheet, item);
	cairo_restore(sheet->cairo);
}

static void paint_box(void *target, const struct item *item)
{
	cairo_t *cairo = ((struct sheet *)target)->cairo;
	set_colour(cairo, item->colour);
	cairo_rectangle(
		cairo, points(item->x), points(item->y), points(item->width), points(item->height));
	cairo_fill(cairo);
}

/* A vector picture is drawn twice as fine as the page, so that scaling doesn't show. */
static void paint_image(void *target, const struct item *item)
{
	struct sheet *sheet = target;
	struct raster raster;
	double dpi = sheet->dpi > 0 ? sheet->dpi * 2 : PICTURE_DPI;
	int width = (int)MIN(points(item->width) * dpi / PT_AN_INCH, G_MAXINT16);
	if (!raster_read(sheet->arena, item->as.image, MAX(width, 1), &raster)) {
		sheet->undrawn = item->as.image;
		return;
	}
	cairo_surface_t *picture = cairo_image_surface_create_for_data(
		raster.pixels, CAIRO_FORMAT_ARGB32, raster.width, raster.height, raster.stride);
	cairo_save(sheet->cairo);
	cairo_translate(sheet->cairo, points(item->x), points(item->y));
	cairo_scale(sheet->cairo, points(item->width) / raster.width,
		points(item->height) / raster.height);
	cairo_set_source_surface(sheet->cairo, picture, 0, 0);
	cairo_pattern_set_extend(cairo_get_source(sheet->cairo), CAIRO_EXTEND_PAD);
	cairo_rectangle(sheet->cairo, 0, 0, raster.width, raster.height);
	cairo_fill(sheet->cairo); /* enlarged, its edges stay where they are */
	cairo_restore(sheet->cairo);
	cairo_surface_finish(picture);
	cairo_surface_destroy(picture);
}

/* A preview has neither links nor structure. */
static void pass_over(void *target, const struct item *item)
{
	(void)target, (void)item;
}

static const struct painter cairo_painter = {
	.text = paint_text,
	.rule = paint_box,
	.fill = paint_box,
	.image = paint_image,
	.link = pass_over,
	.begin = pass_over,
	.artifact = pass_over,
	.end = pass_over,
};

static cairo_status_t append_to(void *closure, const unsigned char *bytes, unsigned length)
{
	g_string_append_len(closure, (const char *)bytes, length);
	return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t paint_sheet(
	struct sheet *sheet, cairo_surface_t *surface, const struct page *page, double scale)
{
	sheet->cairo = cairo_create(surface);
	cairo_scale(sheet->cairo, scale, scale);
	set_colour(sheet->cairo, WHITE);
	cairo_paint(sheet->cairo);
	painter_paint(&cairo_painter, sheet, page);
	cairo_status_t status = cairo_status(sheet->cairo);
	cairo_destroy(sheet->cairo);
	return status;
}

/* As large as pdftoppm makes it: a started pixel counts. */
static cairo_status_t draw_png(struct sheet *sheet, const struct page *page, GString *out)
{
	double scale = sheet->dpi / PT_AN_INCH;
	double width = ceil(points(page->width) * scale),
	       height = ceil(points(page->height) * scale);
	if (width > PIXELS_A_SIDE_MAX || height > PIXELS_A_SIDE_MAX)
		return CAIRO_STATUS_INVALID_SIZE;
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
	cairo_status_t status = paint_sheet(sheet, surface, page, scale);
	cairo_surface_flush(surface);
	struct raster raster = {(int)width, (int)height, cairo_image_surface_get_stride(surface),
		cairo_image_surface_get_data(surface)};
	if (status == CAIRO_STATUS_SUCCESS && !png_encode(&raster, (int)sheet->dpi, out))
		status = CAIRO_STATUS_WRITE_ERROR;
	cairo_surface_destroy(surface);
	return status;
}

static cairo_status_t draw_svg(struct sheet *sheet, const struct page *page, GString *out)
{
	cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
		append_to, out, points(page->width), points(page->height));
	cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PT);
	cairo_status_t status = paint_sheet(sheet, surface, page, 1);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	return status;
}

typedef cairo_status_t draw_page(struct sheet *sheet, const struct page *page, GString *out);

static void complain(const struct output_request *request, cairo_status_t status)
{
	const char *reason = status == CAIRO_STATUS_NO_MEMORY
		? diag_sentence(request->diags, PROBLEM_MEMORY, NULL)
		: cairo_status_to_string(status);
	diag_blame_environment(request->diags,
		diag_add(request->diags, IO_WRITE, NOWHERE, request->job->path, reason, NULL));
}

/* All pages are drawn before the first is written. How many: those that --pages names. */
static bool draw_pages(const struct output_request *request, draw_page *draw,
	struct file_output *files, size_t *count)
{
	struct outlines outlines = outlines_open();
	int asked = request->job->dpi > 0 ? request->job->dpi : DPI_DEFAULT;
	int dpi = draw == draw_png ? asked : 0;
	cairo_status_t status = CAIRO_STATUS_SUCCESS;
	const struct image *undrawn = NULL;
	for (size_t i = 0; i < request->pages->count && !status && !undrawn; i++) {
		struct sheet sheet = {NULL, request->arena, &outlines, dpi, NULL};
		if (!output_wants_page(request, i))
			continue;
		GString *out = g_string_new(NULL);
		status = draw(&sheet, &request->pages->at[i], out);
		files[(*count)++] = (struct file_output){output_page_path(request, i),
			{arena_copy_n(request->arena, out->str, out->len), out->len}};
		g_string_free(out, TRUE);
		undrawn = sheet.undrawn;
	}
	outlines_close(&outlines);
	if (status)
		complain(request, status);
	else if (undrawn)
		output_lacks_picture(request, undrawn);
	return !status && !undrawn;
}

static bool write_pages(const struct output_request *request, draw_page *draw)
{
	struct file_output *files =
		arena_array(request->arena, struct file_output, request->pages->count);
	size_t count = 0;
	return draw_pages(request, draw, files, &count) && output_save_all(request, files, count);
}

static bool write_png(const struct output_request *request)
{
	return write_pages(request, draw_png);
}

static bool write_svg(const struct output_request *request)
{
	return write_pages(request, draw_svg);
}

const struct preview_part preview_part = {
	.png = write_png, .svg = write_svg, .raster = raster_read};
