/*
 * TrueType outlines as they are, of CFF fonts the 'CFF ' table alone. Codes are glyph numbers
 * of the subset, or CIDs where a CFF font is keyed by them.
 */
#include "paint/pdf/subset.h"

#include "paint/pdf/charset.h"

#include <hb-subset.h>
#include <string.h>

#define KEPT_MAX ((size_t)1024 * 1024) /* bytes of all that is kept */
#define KEPT_SUBSET_MAX ((size_t)64 * 1024) /* no body text comes back */

struct kept {
	const struct face *face;
	const uint32_t *glyphs;
	size_t count;
	struct subset subset;
};

/* One a process, as its faces are. */
static struct {
	struct arena *arena;
	GHashTable *table; /* struct kept */
	size_t size;
} store;

static guint kept_hash(gconstpointer thing)
{
	const struct kept *kept = thing;
	guint hash = g_direct_hash(kept->face);
	for (size_t i = 0; i < kept->count; i++)
		hash = (hash ^ kept->glyphs[i]) * 16777619U;
	return hash;
}

static gboolean kept_equal(gconstpointer one, gconstpointer other)
{
	const struct kept *a = one, *b = other;
	return a->face == b->face && a->count == b->count &&
		memcmp(a->glyphs, b->glyphs, a->count * sizeof *a->glyphs) == 0;
}

void subsets_trim(void)
{
	if (store.size < KEPT_MAX)
		return;
	g_hash_table_unref(store.table);
	arena_close(store.arena);
	memset(&store, 0, sizeof store);
}

/* Outlines and widths alone: the subsetter then doesn't wade through a CJK font's cmap and
 * GSUB, and is two to seven times as fast. */
static hb_blob_t *slim_table(hb_face_t *face, hb_tag_t tag, void *whole)
{
	(void)face;
	switch (tag) {
	case HB_TAG('h', 'e', 'a', 'd'):
	case HB_TAG('h', 'h', 'e', 'a'):
	case HB_TAG('h', 'm', 't', 'x'):
	case HB_TAG('m', 'a', 'x', 'p'):
	case HB_TAG('l', 'o', 'c', 'a'):
	case HB_TAG('g', 'l', 'y', 'f'):
	case HB_TAG('C', 'F', 'F', ' '):
	case HB_TAG('c', 'v', 't', ' '):
	case HB_TAG('f', 'p', 'g', 'm'):
	case HB_TAG('p', 'r', 'e', 'p'):
		return hb_face_reference_table(whole, tag);
	default:
		return NULL;
	}
}

/* One subset being made. */
struct cutting {
	const struct subset_request *request;
	struct subset *subset;
	unsigned *codes;
	int *widths;
};

static void number_glyphs(
	const struct cutting *cutting, hb_subset_plan_t *plan, struct bytes program, unsigned count)
{
	const struct subset_request *request = cutting->request;
	const hb_map_t *renumbered = hb_subset_plan_old_to_new_glyph_mapping(plan);
	uint16_t *cids = arena_array(request->arena, uint16_t, count + 1);
	bool keyed = cutting->subset->cff && charset_read(program, cids, count);
	int units = (int)hb_face_get_upem(request->tables);
	hb_font_t *measures = hb_font_create(request->tables);
	for (size_t i = 0; i < request->count; i++) {
		unsigned number = hb_map_get(renumbered, request->glyphs[i]);
		cutting->codes[i] = number > count ? 0 : keyed ? cids[number] : number;
		int advance = hb_font_get_glyph_h_advance(measures, request->glyphs[i]);
		cutting->widths[i] = (advance * 1000 + units / 2) / units;
	}
	hb_font_destroy(measures);
}

/* `face` is what the subsetter made. */
static void take(const struct cutting *cutting, hb_face_t *face, hb_subset_plan_t *plan)
{
	struct subset *subset = cutting->subset;
	hb_blob_t *blob = subset->cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
				      : hb_face_reference_blob(face);
	unsigned length = 0;
	const char *start = hb_blob_get_data(blob, &length);
	struct bytes program = {start, length};
	number_glyphs(cutting, plan, program, hb_face_get_glyph_count(face));
	subset->packed = pdf_deflate(cutting->request->objects, program);
	subset->length = length;
	hb_blob_destroy(blob);
}

/* Runs the subsetter; subset->length stays 0 where it fails. */
static void cut(const struct cutting *cutting)
{
	const struct subset_request *request = cutting->request;
	hb_face_t *slim = hb_face_create_for_tables(slim_table, request->tables, NULL);
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_set_t *wanted = hb_subset_input_glyph_set(input);
	hb_set_add(wanted, 0);
	for (size_t i = 0; i < request->count; i++)
		hb_set_add(wanted, request->glyphs[i]);
	unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
	if (cutting->subset->cff)
		flags |= HB_SUBSET_FLAGS_DESUBROUTINIZE; /* half the time, and no larger */
	hb_subset_input_set_flags(input, flags);
	hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(slim, input);
	hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
	if (face)
		take(cutting, face, plan);
	hb_face_destroy(face);
	hb_subset_plan_destroy(plan);
	hb_subset_input_destroy(input);
	hb_face_destroy(slim);
}

static bool has_cff(hb_face_t *tables)
{
	hb_blob_t *cff = hb_face_reference_table(tables, HB_TAG('C', 'F', 'F', ' '));
	bool has = hb_blob_get_length(cff) > 0;
	hb_blob_destroy(cff);
	return has;
}

static const void *copy(const void *start, size_t size)
{
	return arena_copy_n(store.arena, start, size);
}

static void keep(const struct subset_request *request, const struct subset *made)
{
	size_t count = request->count;
	if (!store.arena) {
		store.arena = arena_open();
		store.table = g_hash_table_new(kept_hash, kept_equal);
	}
	struct kept *kept = arena_new(store.arena, struct kept);
	*kept = (struct kept){request->face, NULL, count, *made};
	kept->glyphs = copy(request->glyphs, count * sizeof *request->glyphs);
	kept->subset.packed.start = copy(made->packed.start, made->packed.length);
	kept->subset.codes = copy(made->codes, count * sizeof *made->codes);
	kept->subset.widths = copy(made->widths, count * sizeof *made->widths);
	g_hash_table_add(store.table, kept);
	store.size += made->packed.length +
		count * (sizeof *kept->glyphs + sizeof *made->codes + sizeof *made->widths);
}

const struct subset *subset_find(const struct subset_request *request)
{
	struct kept key = {
		.face = request->face, .glyphs = request->glyphs, .count = request->count};
	const struct kept *kept = store.table ? g_hash_table_lookup(store.table, &key) : NULL;
	if (kept)
		return &kept->subset;
	struct subset *subset = arena_new(request->arena, struct subset);
	struct cutting cutting = {request, subset,
		arena_array(request->arena, unsigned, request->count),
		arena_array(request->arena, int, request->count)};
	*subset = (struct subset){
		.cff = has_cff(request->tables), .codes = cutting.codes, .widths = cutting.widths};
	cut(&cutting);
	if (subset->length == 0)
		return NULL;
	if (subset->packed.length <= KEPT_SUBSET_MAX)
		keep(request, subset);
	return subset;
}
