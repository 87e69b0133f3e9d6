/* Text to pieces: the first face of the role that has a grapheme, shaped by HarfBuzz. */
#include "layout/lines/pieces_internal.h"

#include "base/text.h"
#include "layout/faces_internal.h"

#include <string.h>

#define MILLION 1000000

struct shaping {
	struct arena *arena;
	const struct line_request *request;
	struct diags *diags;
	size_t length; /* of the request's text: asked for each run, it would cost its square */
	GArray *missing; /* characters that were said to be missing */
};

/* Nothing to draw: selectors, joiners, direction marks. HarfBuzz takes them out. */
static bool is_ignorable(gunichar character)
{
	return (character >= 0x200B && character <= 0x200F) ||
		(character >= 0x202A && character <= 0x202E) ||
		(character >= 0x2060 && character <= 0x206F) || character == 0xFEFF ||
		character == 0xAD || (character >= 0xFE00 && character <= 0xFE0F) ||
		(character >= 0xE0000 && character <= 0xE0FFF);
}

static bool is_blank(gunichar character)
{
	return text_is_space(character) || g_unichar_iscntrl(character) || is_ignorable(character);
}

static const struct text_style *style_at(const struct line_request *request, size_t byte)
{
	size_t i = 0;
	while (i + 1 < request->style_count && byte >= request->styles[i].end)
		i++;
	return request->styles[i].style;
}

/* Once a character a paragraph. */
static void say_missing(struct shaping *shaping, enum role role, size_t from)
{
	char utf8[7] = {0}, code[16];
	const char *start = shaping->request->utf8;
	gunichar character = g_utf8_get_char(start + from);
	size_t to = (size_t)(g_utf8_next_char(start + from) - start);
	for (guint i = 0; i < shaping->missing->len; i++)
		if (g_array_index(shaping->missing, gunichar, i) == character)
			return;
	g_array_append_val(shaping->missing, character);
	if (!shaping->diags)
		return;
	g_unichar_to_utf8(character, utf8);
	g_snprintf(code, sizeof code, "U+%04X", character);
	struct span at = shaping->request->at;
	if (shaping->request->locate)
		at = shaping->request->locate(shaping->request->context, from, to);
	diag_add(shaping->diags, FONT_CHAR, at, utf8, code,
		diag_sentence(shaping->diags, role_sentence(role), NULL), NULL);
}

static bool has_all(const struct font_place *place, const char *text, const char *end)
{
	for (; text < end; text = g_utf8_next_char(text))
		if (!is_ignorable(g_utf8_get_char(text)) &&
			!face_glyph(place->face, g_utf8_get_char(text)))
			return false;
	return true;
}

/* The face for a whole grapheme: that of its first character, if it has the rest, else the
 * first that has all. */
static const struct font_place *find_face(
	const struct fonts *fonts, enum role role, const char *text, const char *end)
{
	const struct font_place *place = fonts_find(fonts, role, g_utf8_get_char(text));
	if (!place || g_utf8_next_char(text) >= end || has_all(place, text, end))
		return place;
	size_t count;
	const struct font_place *places = fonts_role(fonts, role, &count);
	for (size_t i = 0; i < count; i++)
		if (has_all(&places[i], text, end))
			return &places[i];
	return NULL;
}

static void choose_face(struct shaping *shaping, struct piece *piece)
{
	const struct line_request *request = shaping->request;
	const char *text = request->utf8 + piece->from, *end = request->utf8 + piece->to;
	enum role role = piece->style->role;
	piece->character = g_utf8_get_char(text);
	if (!is_ignorable(piece->character))
		piece->place = find_face(request->fonts, role, text, end);
	if (piece->place || is_blank(piece->character))
		return;
	piece->missing = true;
	for (; text < end; text = g_utf8_next_char(text))
		if (!is_blank(g_utf8_get_char(text)) &&
			!fonts_find(request->fonts, role, g_utf8_get_char(text)))
			say_missing(shaping, role, (size_t)(text - request->utf8));
}

static int cost_at(enum spot spot)
{
	return spot == SPOT_MUST ? BREAK_MUST : spot == SPOT_FREE ? BREAK_FREE : BREAK_NEVER;
}

/* One piece a grapheme. */
static struct pieces split(struct shaping *shaping)
{
	const char *text = shaping->request->utf8;
	size_t characters = text_count(text, shaping->length);
	enum spot *spots = arena_array(shaping->arena, enum spot, characters);
	spots_find(text, shaping->length, characters, spots);
	struct pieces pieces = {0};
	pieces.at = arena_array(shaping->arena, struct piece, characters + 1);
	pieces.sums = arena_array(shaping->arena, struct sums, characters + 1);
	const char *at = text;
	for (size_t i = 0; i < characters; i++, at = g_utf8_next_char(at)) {
		size_t byte = (size_t)(at - text);
		if (spots[i] == SPOT_INSIDE) {
			pieces.at[pieces.count - 1].to = byte + (size_t)g_utf8_skip[(guchar)*at];
			continue;
		}
		struct piece *piece = &pieces.at[pieces.count++];
		piece->from = byte;
		piece->to = byte + (size_t)g_utf8_skip[(guchar)*at];
		piece->style = style_at(shaping->request, byte);
		piece->break_cost = cost_at(spots[i]);
	}
	return pieces;
}

static int scaled(const struct face *face, int size, int64_t units)
{
	return (int)(units * size / (int64_t)face->units_per_em);
}

/* Features that would join or move what the composer must be able to part. */
static const hb_feature_t features[] = {
	{HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
	{HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
	{HB_TAG('c', 'a', 'l', 't'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
	{HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
};

static void shape_text(const struct shaping *shaping, const struct piece *first,
	const struct piece *last, hb_buffer_t *buffer)
{
	hb_buffer_clear_contents(buffer);
	hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
	hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
	hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
	hb_buffer_set_language(buffer, hb_language_from_string("zh-Hans", -1));
	hb_buffer_add_utf8(buffer, shaping->request->utf8, (int)shaping->length,
		(unsigned)first->from, (int)(last->to - first->from));
	hb_shape(face_font(first->place->face), buffer, features, G_N_ELEMENTS(features));
}

/* Hands each glyph to its piece, with the pen at the piece's own start. */
static void take_glyphs(
	struct arena *arena, struct piece *first, const struct piece *last, hb_buffer_t *buffer)
{
	unsigned count;
	const struct face *face = first->place->face;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, NULL);
	struct glyph *glyphs = arena_array(arena, struct glyph, count);
	struct piece *piece = first;
	for (unsigned i = 0; i < count; i++) {
		while (piece < last && infos[i].cluster >= piece[1].from)
			piece++;
		int size = piece->style->size;
		if (!piece->glyph_count)
			piece->glyphs = &glyphs[i];
		piece->glyph_count++;
		glyphs[i].id = infos[i].codepoint;
		glyphs[i].x = piece->advance + scaled(face, size, positions[i].x_offset);
		glyphs[i].y = scaled(face, size, positions[i].y_offset) +
			(int)((int64_t)size * piece->place->shift / MILLION);
		glyphs[i].advance = scaled(
			face, size, hb_font_get_glyph_h_advance(face_font(face), glyphs[i].id));
		glyphs[i].cluster = (uint32_t)piece->from;
		piece->advance += scaled(face, size, positions[i].x_advance);
	}
}

/* Of what has no glyph: a space of the face's own width is better than none. */
static int blank_advance(const struct piece *piece)
{
	int size = piece->style->size;
	if (piece->missing || piece->character == 0x3000)
		return size;
	return is_ignorable(piece->character) || g_unichar_iscntrl(piece->character) ? 0 : size / 4;
}

static bool same_run(const struct piece *a, const struct piece *b)
{
	return a->place == b->place && a->style == b->style;
}

static void shape_runs(struct shaping *shaping, struct pieces pieces)
{
	hb_buffer_t *buffer = hb_buffer_create();
	for (size_t i = 0, next; i < pieces.count; i = next) {
		struct piece *first = &pieces.at[i];
		for (next = i + 1; next < pieces.count && same_run(first, &pieces.at[next]);)
			next++;
		struct piece *last = &pieces.at[next - 1];
		if (first->place) {
			shape_text(shaping, first, last, buffer);
			take_glyphs(shaping->arena, first, last, buffer);
			continue;
		}
		for (; first <= last; first++)
			first->advance = blank_advance(first);
	}
	hb_buffer_destroy(buffer);
}

struct pieces pieces_shape(
	struct arena *arena, const struct line_request *request, struct diags *diags)
{
	struct shaping shaping = {.arena = arena, .request = request, .diags = diags};
	shaping.length = strlen(request->utf8);
	shaping.missing = g_array_new(FALSE, FALSE, sizeof(gunichar));
	struct pieces pieces = split(&shaping);
	for (size_t i = 0; i < pieces.count; i++) {
		choose_face(&shaping, &pieces.at[i]);
		pieces.missing |= pieces.at[i].missing;
	}
	shape_runs(&shaping, pieces);
	g_array_unref(shaping.missing);
	pieces_rule(request, pieces);
	return pieces;
}

struct box_text {
	const char *utf8; /* what the run stands for */
	uint32_t character; /* what it draws */
	int size, x, rise;
};

static void add_box_run(struct arena *arena, const struct line_request *request, enum role role,
	const struct box_text *text, GArray *runs)
{
	const struct font_place *place = fonts_find(request->fonts, role, text->character);
	struct item run = {.kind = ITEM_TEXT, .x = text->x};
	if (!place)
		return;
	struct glyph *glyph = arena_new(arena, struct glyph);
	glyph->id = face_glyph(place->face, text->character);
	glyph->y = text->rise;
	glyph->advance =
		(int)((int64_t)text->size * face_advance(place->face, glyph->id) / MILLION);
	run.as.text.face = place->face;
	run.as.text.size = text->size;
	run.as.text.utf8 = text->utf8;
	run.as.text.glyphs = glyph;
	run.as.text.count = 1;
	g_array_append_val(runs, run);
}

/* U+25A1, the white square, and in it the code point in two rows: 2CB over 4E. */
void piece_draw_missing(struct arena *arena, const struct line_request *request,
	const struct piece *piece, int x, GArray *runs)
{
	enum role role = piece->style->role;
	int em = piece->style->size, digit = em * 32 / 100;
	size_t length = piece->to - piece->from;
	struct box_text box = {
		arena_copy_n(arena, request->utf8 + piece->from, length), 0x25A1, em, x, 0};
	char code[16];
	g_snprintf(code, sizeof code, "%04X", piece->character);
	size_t digits = strlen(code), upper = (digits + 1) / 2;
	add_box_run(arena, request, role, &box, runs);
	for (size_t i = 0; i < digits; i++) {
		size_t row = i >= upper, column = row ? i - upper : i;
		size_t in_row = row ? digits - upper : upper;
		int left = x + (em - (int)in_row * digit / 2) / 2 + (int)column * digit / 2;
		struct box_text text = {
			"", (guchar)code[i], digit, left, row ? -em * 2 / 100 : em * 32 / 100};
		add_box_run(arena, request, role, &text, runs);
	}
}
