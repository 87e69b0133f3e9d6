/*
 * A first pass over the items gathers each face's glyphs and their texts; then each face is
 * subset, and described.
 */
#include "paint/pdf/font.h"

#include "paint/pdf/digits.h"
#include "paint/pdf/subset.h"

#include <assert.h>
#include <hb-ot.h>
#include <string.h>

#define BFCHARS 100 /* a block of a CMap has at most so many (Adobe TN 5014) */
#define SYMBOLIC 4 /* of a font descriptor's flags (ISO 32000-1, table 123) */

/* What embedding one face needs and leaves behind. */
struct embedding {
	struct arena *arena;
	struct pdf_objects *objects;
	struct pdf_font *font;
	hb_face_t *face;
	hb_font_t *measures;
	const struct subset *subset;
	bool sets;
	char *name; /* with the subset's tag */
};

static gint by_id(gconstpointer a, gconstpointer b)
{
	const struct pdf_glyph *first = *(struct pdf_glyph *const *)a;
	const struct pdf_glyph *second = *(struct pdf_glyph *const *)b;
	return (first->id > second->id) - (first->id < second->id);
}

const struct pdf_font *pdf_fonts_find(const struct pdf_fonts *fonts, const struct face *face)
{
	for (size_t i = 0; i < fonts->count; i++)
		if (fonts->at[i].face == face)
			return &fonts->at[i];
	return NULL;
}

const struct pdf_glyph *pdf_font_glyph(const struct pdf_font *font, uint32_t id)
{
	return g_hash_table_lookup(font->by_id, GUINT_TO_POINTER(id));
}

/* A cluster ends where the next one begins, or with the run. */
static size_t cluster_end(const struct item *item, size_t after, size_t from)
{
	const char *text = item->as.text.utf8;
	if (after == item->as.text.count)
		return from + strlen(text + from);
	size_t to = item->as.text.glyphs[after].cluster;
	return to < from || memchr(text + from, '\0', to - from) ? from : to;
}

size_t pdf_cluster(const struct item *item, size_t index, struct bytes *text)
{
	const struct glyph *glyphs = item->as.text.glyphs;
	uint32_t from = glyphs[index].cluster;
	size_t after = index;
	while (after < item->as.text.count && glyphs[after].cluster == from)
		after++;
	text->start = item->as.text.utf8 + from;
	text->length = cluster_end(item, after, from) - from;
	return after - index;
}

static void note_glyph(struct arena *arena, struct pdf_font *font, uint32_t id, struct bytes text)
{
	if (id == 0 || pdf_font_glyph(font, id))
		return;
	struct pdf_glyph *glyph = arena_new(arena, struct pdf_glyph);
	*glyph = (struct pdf_glyph){id, 0, 0, arena_copy_n(arena, text.start, text.length)};
	g_hash_table_insert(font->by_id, GUINT_TO_POINTER(id), glyph);
	g_ptr_array_add(font->glyphs, glyph);
}

/* The first text that a glyph is seen with is its own; others need an ActualText. A glyph that
 * is only part of a cluster takes the cluster's, for every glyph must have one (ISO 14289-1,
 * 7.21.7). */
static void note_run(struct arena *arena, struct pdf_font *font, const struct item *item)
{
	for (size_t i = 0; i < item->as.text.count;) {
		struct bytes text;
		for (size_t end = i + pdf_cluster(item, i, &text); i < end; i++)
			note_glyph(arena, font, item->as.text.glyphs[i].id, text);
	}
}

static void close_font(void *thing)
{
	struct pdf_font *font = thing;
	g_hash_table_unref(font->by_id);
	g_ptr_array_unref(font->glyphs);
}

static struct pdf_font *open_font(
	struct arena *arena, struct pdf_fonts *fonts, const struct face *face)
{
	assert(fonts->count < fonts->capacity); /* each face of a run is in pages->faces */
	struct pdf_font *font = &fonts->at[fonts->count++];
	font->face = face;
	font->by_id = g_hash_table_new(NULL, NULL);
	font->glyphs = g_ptr_array_new();
	g_snprintf(font->name, sizeof font->name, "F%zu", fonts->count);
	arena_own(arena, font, close_font);
	return font;
}

static void note_page(struct arena *arena, struct pdf_fonts *fonts, const struct page *page)
{
	for (guint i = 0; i < page->items->len; i++) {
		const struct item *item = &g_array_index(page->items, struct item, i);
		if (item->kind != ITEM_TEXT || item->as.text.count == 0)
			continue;
		struct pdf_font *font =
			(struct pdf_font *)pdf_fonts_find(fonts, item->as.text.face);
		if (!font)
			font = open_font(arena, fonts, item->as.text.face);
		note_run(arena, font, item);
	}
}

static struct pdf_fonts *note_pages(struct arena *arena, const struct pages *pages)
{
	struct pdf_fonts *fonts = arena_new(arena, struct pdf_fonts);
	fonts->at = arena_array(arena, struct pdf_font, pages->face_count);
	fonts->capacity = pages->face_count;
	for (size_t i = 0; i < pages->count; i++)
		note_page(arena, fonts, &pages->at[i]);
	for (size_t i = 0; i < fonts->count; i++)
		g_ptr_array_sort(fonts->at[i].glyphs, by_id);
	return fonts;
}

/* The glyphs' codes and widths, and the program. */
static bool make_subset(struct embedding *job)
{
	const GPtrArray *glyphs = job->font->glyphs;
	uint32_t *ids = arena_array(job->arena, uint32_t, glyphs->len);
	for (guint i = 0; i < glyphs->len; i++)
		ids[i] = ((struct pdf_glyph *)glyphs->pdata[i])->id;
	struct subset_request request = {
		job->arena, job->objects, job->font->face, job->face, ids, glyphs->len};
	job->subset = subset_find(&request);
	for (guint i = 0; job->subset && i < glyphs->len; i++) {
		struct pdf_glyph *glyph = glyphs->pdata[i];
		glyph->code = job->subset->codes[i];
		glyph->width = job->subset->widths[i];
	}
	return job->subset != NULL;
}

/* ABCDEF+Name (9.6.4): the tag follows from the glyphs, so that two different subsets of one
 * face have different ones. */
static char *subset_name(struct embedding *job)
{
	uint32_t hash = 2166136261U;
	for (guint i = 0; i < job->font->glyphs->len; i++)
		hash = (hash ^ ((struct pdf_glyph *)job->font->glyphs->pdata[i])->id) * 16777619U;
	char tag[7] = "", name[96] = "";
	for (int i = 0; i < 6; i++, hash /= 26)
		tag[i] = (char)('A' + hash % 26);
	unsigned length = sizeof name;
	hb_ot_name_get_utf8(
		job->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length, name);
	for (char *at = name; *at; at++)
		if (!g_ascii_isalnum(*at) && *at != '-')
			*at = '-';
	return arena_print(job->arena, "%s+%s", tag, *name ? name : "Font");
}

static int thousandths(const struct embedding *job, int units)
{
	return units * 1000 / (int)hb_face_get_upem(job->face);
}

/* From `head`, where xMin to yMax are four signed words at byte 36. */
static struct pdf_array *bounding_box(struct embedding *job)
{
	struct pdf_array *box = pdf_array_new(job->objects);
	hb_blob_t *head = hb_face_reference_table(job->face, HB_TAG('h', 'e', 'a', 'd'));
	unsigned length = 0;
	const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(head, &length);
	for (unsigned at = 36; at < 44; at += 2) {
		int value = length >= 44 ? (int16_t)(bytes[at] << 8 | bytes[at + 1]) : 0;
		pdf_add_number(box, thousandths(job, value));
	}
	hb_blob_destroy(head);
	return box;
}

/* A bit for each CID, the highest of a byte first (9.8.3.3). */
static struct pdf_dict *cid_set(struct embedding *job)
{
	unsigned char *bits = arena_alloc(job->arena, 8192);
	unsigned last = 0;
	bits[0] = 0x80;
	for (guint i = 0; i < job->font->glyphs->len; i++) {
		unsigned code = ((struct pdf_glyph *)job->font->glyphs->pdata[i])->code & 0xFFFF;
		bits[code >> 3] |= (unsigned char)(0x80 >> (code & 7));
		last = MAX(last, code);
	}
	return pdf_stream_pack(job->objects, (struct bytes){(char *)bits, last / 8 + 1});
}

static struct pdf_dict *descriptor_new(struct embedding *job)
{
	struct pdf_dict *file = pdf_stream_packed(job->objects, job->subset->packed);
	if (job->subset->cff)
		pdf_put_name(file, "Subtype", "CIDFontType0C");
	else
		pdf_put_number(file, "Length1", (int)job->subset->length);
	hb_font_extents_t extents = {0};
	hb_font_get_h_extents(job->measures, &extents);
	hb_position_t capital = 0;
	hb_ot_metrics_get_position_with_fallback(
		job->measures, HB_OT_METRICS_TAG_CAP_HEIGHT, &capital);
	struct pdf_dict *dict = pdf_dict_number(job->objects);
	pdf_put_name(dict, "Type", "FontDescriptor");
	pdf_put_name(dict, "FontName", job->name);
	pdf_put_number(dict, "Flags", SYMBOLIC);
	pdf_put_array(dict, "FontBBox", bounding_box(job));
	pdf_put_number(dict, "ItalicAngle", 0);
	pdf_put_number(dict, "Ascent", thousandths(job, extents.ascender));
	pdf_put_number(dict, "Descent", thousandths(job, extents.descender));
	pdf_put_number(dict, "CapHeight", thousandths(job, capital));
	pdf_put_number(dict, "StemV", 80);
	pdf_put_dict(dict, job->subset->cff ? "FontFile3" : "FontFile2", file);
	if (job->sets)
		pdf_put_dict(dict, "CIDSet", cid_set(job));
	return dict;
}

static gint by_code(gconstpointer a, gconstpointer b)
{
	const struct pdf_glyph *first = *(struct pdf_glyph *const *)a;
	const struct pdf_glyph *second = *(struct pdf_glyph *const *)b;
	return (first->code > second->code) - (first->code < second->code);
}

/* Codes whose width isn't DW's 1000, each run of neighbours as one entry (9.7.4.3). */
static struct pdf_array *widths_new(struct embedding *job)
{
	struct pdf_array *widths = pdf_array_new(job->objects), *run = NULL;
	unsigned expected = 0;
	for (guint i = 0; i < job->font->glyphs->len; i++) {
		const struct pdf_glyph *glyph = job->font->glyphs->pdata[i];
		if (glyph->width == 1000)
			continue;
		if (!run || glyph->code != expected) {
			run = pdf_array_new(job->objects);
			pdf_add_number(widths, (int)glyph->code);
			pdf_add_array(widths, run);
		}
		pdf_add_number(run, glyph->width);
		expected = glyph->code + 1;
	}
	return widths;
}

static struct pdf_dict *descendant_new(struct embedding *job)
{
	struct pdf_dict *system = pdf_dict_new(job->objects);
	pdf_put_text(system, "Registry", "Adobe");
	pdf_put_text(system, "Ordering", "Identity");
	pdf_put_number(system, "Supplement", 0);
	struct pdf_dict *dict = pdf_dict_number(job->objects);
	pdf_put_name(dict, "Type", "Font");
	pdf_put_name(dict, "Subtype", job->subset->cff ? "CIDFontType0" : "CIDFontType2");
	pdf_put_name(dict, "BaseFont", job->name);
	pdf_put_dict(dict, "CIDSystemInfo", system);
	pdf_put_dict(dict, "FontDescriptor", descriptor_new(job));
	if (!job->subset->cff)
		pdf_put_name(dict, "CIDToGIDMap", "Identity");
	pdf_put_number(dict, "DW", 1000);
	pdf_put_array(dict, "W", widths_new(job));
	return dict;
}

/* Texts as UTF-16, so that characters beyond the BMP are pairs; no FEFF here. */
static void append_mappings(GString *map, const GPtrArray *glyphs)
{
	for (guint start = 0; start < glyphs->len; start += BFCHARS) {
		guint end = MIN(start + BFCHARS, glyphs->len);
		g_string_append_printf(map, "%u beginbfchar\n", end - start);
		for (guint i = start; i < end; i++) {
			const struct pdf_glyph *glyph = glyphs->pdata[i];
			g_string_append_c(map, '<');
			digits_append_hex(map, glyph->code, 4);
			g_string_append(map, "> <");
			gsize at = map->len;
			pdf_print_utf16(*glyph->text ? glyph->text : " ", map);
			g_string_erase(map, (gssize)at, 4);
			g_string_append(map, ">\n");
		}
		g_string_append(map, "endbfchar\n");
	}
}

static struct pdf_dict *to_unicode_new(struct embedding *job)
{
	GString *map =
		g_string_new("/CIDInit /ProcSet findresource begin\n12 dict begin\n"
			     "begincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
			     "/Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n"
			     "/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\n"
			     "endcodespacerange\n");
	append_mappings(map, job->font->glyphs);
	g_string_append(map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	struct pdf_dict *stream = pdf_stream_pack(job->objects, (struct bytes){map->str, map->len});
	g_string_free(map, TRUE);
	return stream;
}

static void fill_font(struct embedding *job)
{
	job->name = subset_name(job);
	g_ptr_array_sort(job->font->glyphs, by_code);
	struct pdf_array *descendants = pdf_array_new(job->objects);
	pdf_add_dict(descendants, descendant_new(job));
	struct pdf_dict *dict = job->font->dict;
	pdf_put_name(dict, "Type", "Font");
	pdf_put_name(dict, "Subtype", "Type0");
	pdf_put_name(dict, "BaseFont", job->name);
	pdf_put_name(dict, "Encoding", "Identity-H");
	pdf_put_array(dict, "DescendantFonts", descendants);
	pdf_put_dict(dict, "ToUnicode", to_unicode_new(job));
}

static bool embed(struct embedding *job)
{
	struct bytes file = job->font->face->bytes;
	hb_blob_t *blob = hb_blob_create(
		file.start, (unsigned)file.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
	job->face = hb_face_create(blob, job->font->face->index);
	job->measures = hb_font_create(job->face);
	job->font->dict = pdf_dict_number(job->objects);
	bool usable = hb_face_get_glyph_count(job->face) > 0 && make_subset(job);
	if (usable)
		fill_font(job);
	hb_font_destroy(job->measures);
	hb_face_destroy(job->face);
	hb_blob_destroy(blob);
	return usable;
}

struct pdf_fonts *pdf_fonts_embed(struct arena *arena, struct pdf_objects *objects,
	const struct pages *pages, bool sets, const char **bad)
{
	struct pdf_fonts *fonts = note_pages(arena, pages);
	subsets_trim();
	for (size_t i = 0; i < fonts->count; i++) {
		struct embedding job = {
			.arena = arena, .objects = objects, .font = &fonts->at[i], .sets = sets};
		if (!embed(&job)) {
			*bad = fonts->at[i].face->file;
			return NULL;
		}
	}
	return fonts;
}
