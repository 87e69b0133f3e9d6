/*
 * small_fonts FONT INDEX OUT: the face with no more than the characters of standard input, so
 * that the fuzzers' PDFs cost little.
 */
#include "base/file.h"

#include <glib.h>
#include <hb-subset.h>
#include <stdio.h>
#include <stdlib.h>

static hb_subset_input_t *wanted(const char *text)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_set_t *characters = hb_subset_input_unicode_set(input);
	for (const char *at = text; *at; at = g_utf8_next_char(at))
		hb_set_add(characters, g_utf8_get_char(at));
	return input;
}

int main(int count, char **arguments)
{
	struct bytes font, text;
	struct arena *arena = arena_open();
	if (count != 4 || file_read(arena, arguments[1], 64 << 20, &font) != 0 ||
		file_read(arena, "-", 1 << 20, &text) != 0)
		return 2;
	hb_blob_t *blob = hb_blob_create(
		font.start, (unsigned)font.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *face = hb_face_create(blob, (unsigned)atoi(arguments[2]));
	hb_subset_input_t *input = wanted(text.start);
	hb_face_t *small = hb_subset_or_fail(face, input);
	if (!small)
		return 1;
	hb_blob_t *made = hb_face_reference_blob(small);
	unsigned length;
	const char *start = hb_blob_get_data(made, &length);
	bool written = g_file_set_contents(arguments[3], start, length, NULL);
	hb_blob_destroy(made);
	hb_face_destroy(small);
	hb_subset_input_destroy(input);
	hb_face_destroy(face);
	hb_blob_destroy(blob);
	arena_close(arena);
	return written ? 0 : 1;
}
