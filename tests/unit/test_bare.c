/* What a picture's file keeps when it is given away. */
#include "paint/bare.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* cmocka wants the four above. */
#include <cmocka.h>

#define AS_BYTES(text) ((struct bytes){(text), sizeof(text) - 1})

static void keeps(struct bytes file, struct bytes wanted)
{
	struct arena *arena = arena_open();
	struct bytes bare = bare_jpeg(arena, file);
	assert_int_equal(bare.length, wanted.length);
	assert_memory_equal(bare.start, wanted.start, wanted.length);
	arena_close(arena);
}

static void the_picture_is_kept_and_what_stands_beside_it_is_not(void **state)
{
	(void)state;
	keeps(AS_BYTES("\xFF\xD8"
		       "\xFF\xE1\x00\x04GP" /* Exif */
		       "\xFF\xDB\x00\x03Q" /* a table */
		       "\xFF\xDA\x00\x03S" /* a scan … */
		       "ab\xFF\x00gh\xFF\xD0ij" /* … with a stuffed byte and a restart */
		       "\xFF\xFE\x00\x05who" /* a comment */
		       "\xFF\xDA\x00\x03Tkl"
		       "\xFF\xD9 behind the end"),
		AS_BYTES("\xFF\xD8\xFF\xDB\x00\x03Q\xFF\xDA\x00\x03Sab\xFF\x00gh\xFF\xD0ij\xFF\xDA"
			 "\x00\x03Tkl\xFF\xD9"));
}

/* A stuffed byte or a restart has no length, and nothing to do between segments. */
static void a_damaged_file_ends_where_the_damage_begins(void **state)
{
	(void)state;
	keeps(AS_BYTES("\xFF\xD8\xFF\xDA\x00\x02"
		       "ab\xFF\xFE\x00\x02\xFF\x00\x00\x08xx\xFF\xE1\x00\x09who"),
		AS_BYTES("\xFF\xD8\xFF\xDA\x00\x02"
			 "ab\xFF\xD9"));
}

/* Every file of six pieces, whole or torn. */
static void what_is_bare_stays_as_it_is(void **state)
{
	(void)state;
	const struct bytes pieces[] = {AS_BYTES("\xFF\xDA\x00\x02"), AS_BYTES("\xFF\xDB\x00\x04"),
		AS_BYTES("\xFF\xFE\x00\x02"), AS_BYTES("\xFF\xD0"), AS_BYTES("\xFF\xD9"),
		AS_BYTES("\xFF"), AS_BYTES("\xFF\x00\x00\x08"), AS_BYTES("\x00\x04xy")};
	for (unsigned first = 0; first < 8; first++) {
		struct arena *arena = arena_open();
		for (unsigned rest = 0; rest < 8 * 8 * 8 * 8 * 8; rest++) {
			GString *file = g_string_new_len("\xFF\xD8", 2);
			for (unsigned i = 0, left = rest * 8 + first; i < 6; i++, left /= 8)
				g_string_append_len(file, pieces[left % 8].start,
					(gssize)pieces[left % 8].length);
			struct bytes once = bare_jpeg(arena, (struct bytes){file->str, file->len});
			struct bytes twice = bare_jpeg(arena, once);
			assert_int_equal(once.length, twice.length);
			assert_memory_equal(once.start, twice.start, once.length);
			g_string_free(file, TRUE);
		}
		arena_close(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_picture_is_kept_and_what_stands_beside_it_is_not),
		cmocka_unit_test(a_damaged_file_ends_where_the_damage_begins),
		cmocka_unit_test(what_is_bare_stays_as_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
