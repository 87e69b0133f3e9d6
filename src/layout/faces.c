/* Opening font files: mapped, checked table by table, kept. */
#include "layout/faces_internal.h"

#include <errno.h>
#include <hb-ot.h>
#include <string.h>

/* A face as the rest of the program sees it, with what only this folder may touch. */
struct open_face {
	struct face face; /* first: a struct face of ours is one of these */
	hb_font_t *font;
	unsigned glyph_count;
};

#define MILLION 1000000

static const struct open_face *opened(const struct face *face)
{
	return (const struct open_face *)(const void *)face;
}

static uint32_t big_endian(const char *at, int bytes)
{
	uint32_t value = 0;
	for (int i = 0; i < bytes; i++)
		value = value << 8 | (unsigned char)at[i];
	return value;
}

#define DIRECTORY_ENTRY 16

static bool is_font_tag(const char *start)
{
	static const char *const tags[] = {"\0\1\0\0", "OTTO", "true"};
	for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
		if (memcmp(start, tags[i], 4) == 0)
			return true;
	return false;
}

/* Where a face's table directory begins (OpenType: "Font Collections"); false if the file
 * has no such face. */
static bool find_directory(struct bytes file, unsigned index, size_t *at)
{
	*at = 0;
	if (file.length < 12)
		return false;
	if (memcmp(file.start, "ttcf", 4) != 0)
		return index == 0 && is_font_tag(file.start);
	if (index >= big_endian(file.start + 8, 4) || 12 + ((size_t)index + 1) * 4 > file.length)
		return false;
	*at = big_endian(file.start + 12 + (size_t)index * 4, 4);
	return *at <= file.length && file.length - *at >= 12;
}

/* Tables that end behind the file's end: HarfBuzz would silently take what is there. */
static bool is_truncated(struct bytes file, size_t directory)
{
	size_t count = big_endian(file.start + directory + 4, 2);
	if ((file.length - directory - 12) / DIRECTORY_ENTRY < count)
		return true;
	for (size_t i = 0; i < count; i++) {
		const char *entry = file.start + directory + 12 + i * DIRECTORY_ENTRY;
		size_t offset = big_endian(entry + 8, 4), length = big_endian(entry + 12, 4);
		if (offset > file.length || length > file.length - offset)
			return true;
	}
	return false;
}

static unsigned table_length(hb_face_t *face, const char *tag)
{
	hb_blob_t *blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
	unsigned length = hb_blob_get_length(blob);
	hb_blob_destroy(blob);
	return length;
}

/* The first table that a painter needs and the face lacks or has too short; NULL if none. */
static const char *missing_table(hb_face_t *face)
{
	static const struct {
		const char *tag;
		unsigned least;
	} needed[] = {{"head", 54}, {"hhea", 36}, {"maxp", 6}, {"hmtx", 4}, {"cmap", 4}};
	for (size_t i = 0; i < G_N_ELEMENTS(needed); i++)
		if (table_length(face, needed[i].tag) < needed[i].least)
			return needed[i].tag;
	if (table_length(face, "CFF ") > 0)
		return NULL;
	if (table_length(face, "glyf") == 0)
		return "glyf";
	return table_length(face, "loca") == 0 ? "loca" : NULL;
}

static bool has_hanzi(hb_font_t *font, unsigned glyph_count)
{
	/* one of each great block, as fonts for rare characters may have nothing else */
	static const hb_codepoint_t probes[] = {0x56FD, 0x3400, 0x20000, 0x2A700, 0x2B740, 0x30000};
	hb_codepoint_t glyph;
	for (size_t i = 0; i < G_N_ELEMENTS(probes); i++)
		if (hb_font_get_nominal_glyph(font, probes[i], &glyph) && glyph > 0 &&
			glyph < glyph_count)
			return true;
	return false;
}

/* What is wrong with an open face, as a sentence; NULL if nothing is. */
static const char *fault_of(struct open_face *face, const struct diags *diags)
{
	hb_face_t *tables = hb_font_get_face(face->font);
	const char *missing = missing_table(tables);
	if (missing)
		return diag_sentence(diags, FONT_LACKS_TABLE, missing, NULL);
	face->face.units_per_em = hb_face_get_upem(tables);
	face->glyph_count = hb_face_get_glyph_count(tables);
	if (face->face.units_per_em < 16 || face->face.units_per_em > 16384 ||
		face->glyph_count < 2)
		return diag_sentence(diags, FONT_DAMAGED, NULL);
	return has_hanzi(face->font, face->glyph_count)
		? NULL
		: diag_sentence(diags, FONT_LACKS_HANZI, NULL);
}

static hb_font_t *font_of(struct bytes file, unsigned index)
{
	hb_blob_t *blob = hb_blob_create(
		file.start, (unsigned)file.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *face = hb_face_create(blob, index);
	hb_font_t *font = hb_font_create(face);
	hb_face_destroy(face);
	hb_blob_destroy(blob);
	return font;
}

/* NULL if it is a font that can be used, else why not, as a sentence. */
static const char *check_file(
	struct open_face *face, struct bytes file, unsigned index, const struct diags *diags)
{
	size_t directory;
	if (file.length == 0)
		return diag_sentence(diags, FONT_EMPTY, NULL);
	if (file.length > G_MAXUINT32 / 2 || !find_directory(file, index, &directory))
		return diag_sentence(diags, FONT_NO_FONT, NULL);
	if (is_truncated(file, directory))
		return diag_sentence(diags, FONT_TRUNCATED, NULL);
	face->font = font_of(file, index);
	face->face.bytes = file;
	face->face.index = index;
	return fault_of(face, diags);
}

/* The next face of the list stands in for a file that is missing or damaged; but where the
 * system failed, pages in another face would be no answer. */
static bool is_passing_failure(int failure)
{
	static const int failures[] = {ENOMEM, EMFILE, ENFILE, EIO, EINTR, EAGAIN};
	for (size_t i = 0; i < G_N_ELEMENTS(failures); i++)
		if (failures[i] == failure)
			return true;
	return false;
}

/* NULL with a finding. */
static struct open_face *open_checked(const char *path, unsigned index, struct diags *diags)
{
	struct bytes file;
	int failure = file_map(path, &file);
	if (is_passing_failure(failure)) {
		diag_unread(diags, NOWHERE, path, failure);
		return NULL;
	}
	struct open_face *face = g_new0(struct open_face, 1);
	const char *reason =
		failure ? diag_problem(diags, failure) : check_file(face, file, index, diags);
	if (!reason) {
		face->face.file = g_strdup(path);
		hb_font_make_immutable(face->font);
		return face;
	}
	diag_add(diags, FONT_FILE, NOWHERE, path, reason, NULL);
	if (face->font)
		hb_font_destroy(face->font);
	file_unmap(file);
	g_free(face);
	return NULL;
}

/* Every face that was opened in this process, by file and index. */
static GHashTable *cache;

const struct face *face_open(
	const char *path, unsigned index, const char *name, struct diags *diags)
{
	char *key = g_strdup_printf("%u %s", index, path);
	if (!cache)
		cache = g_hash_table_new(g_str_hash, g_str_equal);
	struct open_face *face = g_hash_table_lookup(cache, key);
	if (!face)
		face = open_checked(path, index, diags);
	else
		g_clear_pointer(&key, g_free);
	if (face && key) {
		face->face.name = g_strdup(name);
		g_hash_table_insert(cache, key, face);
		return &face->face;
	}
	g_free(key);
	return face ? &face->face : NULL;
}

unsigned face_count(const char *path)
{
	struct bytes file;
	if (file_map(path, &file) != 0 || file.length == 0)
		return 0;
	unsigned count = 1;
	if (file.length >= 12 && memcmp(file.start, "ttcf", 4) == 0)
		count = big_endian(file.start + 8, 4);
	file_unmap(file);
	return count;
}

static bool is_among(const char *name, const char *const *families)
{
	for (; *families; families++)
		if (g_ascii_strcasecmp(name, *families) == 0)
			return true;
	return false;
}

bool face_is_named(const struct face *face, const char *const *families)
{
	unsigned count;
	hb_face_t *tables = hb_font_get_face(opened(face)->font);
	const hb_ot_name_entry_t *entries = hb_ot_name_list_names(tables, &count);
	for (unsigned i = 0; i < count; i++) {
		char name[128];
		unsigned length = sizeof name;
		hb_ot_name_id_t id = entries[i].name_id;
		if (id != HB_OT_NAME_ID_FONT_FAMILY && id != HB_OT_NAME_ID_FULL_NAME &&
			id != HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY)
			continue;
		hb_ot_name_get_utf8(tables, id, entries[i].language, &length, name);
		if (is_among(name, families))
			return true;
	}
	return false;
}

hb_font_t *face_font(const struct face *face)
{
	return opened(face)->font;
}

uint32_t face_glyph(const struct face *face, uint32_t character)
{
	hb_codepoint_t glyph;
	return hb_font_get_nominal_glyph(opened(face)->font, character, &glyph) &&
			glyph < opened(face)->glyph_count
		? glyph
		: 0;
}

static int in_millionths(const struct face *face, int64_t units)
{
	return (int)(units * MILLION / face->units_per_em);
}

int face_advance(const struct face *face, uint32_t glyph)
{
	return in_millionths(face, hb_font_get_glyph_h_advance(opened(face)->font, glyph));
}

bool face_ink(const struct face *face, uint32_t glyph, int *left, int *right)
{
	hb_glyph_extents_t ink;
	if (!hb_font_get_glyph_extents(opened(face)->font, glyph, &ink) || ink.width <= 0)
		return false;
	*left = in_millionths(face, ink.x_bearing);
	*right = in_millionths(face, (int64_t)ink.x_bearing + ink.width);
	return true;
}

int face_centre(const struct face *face)
{
	hb_glyph_extents_t ink;
	uint32_t glyph = face_glyph(face, 0x56FD);
	if (!glyph || !hb_font_get_glyph_extents(opened(face)->font, glyph, &ink))
		return 0;
	return in_millionths(face, (int64_t)ink.y_bearing + ink.height / 2);
}
