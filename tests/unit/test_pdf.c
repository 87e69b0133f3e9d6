#include "made_pages.h"
#include "paint/pdf/assemble.h"
#include "paint/pdf/charset.h"
#include "paint/pdf/pdf_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* cmocka wants the four above. */
#include <cmocka.h>

static void test_objects_print(void **state)
{
	struct arena *arena = *state;
	struct pdf_objects *objects = pdf_objects_open(arena);
	struct pdf_dict *one = pdf_dict_number(objects), *two = pdf_dict_number(objects);
	struct pdf_array *array = pdf_array_new(objects);
	pdf_put_name(one, "Type", "a/b");
	pdf_put_text(one, "Plain", "a(b)");
	pdf_put_text(one, "Text", "𬭎");
	pdf_add_units(array, 1536);
	pdf_add_units(array, 1024);
	pdf_put_array(one, "Box", array);
	pdf_put_dict(one, "Other", two);
	GString *out = g_string_new(NULL);
	pdf_object_print(objects, 1, out);
	assert_non_null(strstr(out->str, "/Type /a#2Fb"));
	assert_non_null(strstr(out->str, "/Text <FEFFD872DF4E>"));
	assert_non_null(strstr(out->str, "/Box [ 1.5 1 ]"));
	assert_non_null(strstr(out->str, "/Other 2 0 R"));
	assert_true(pdf_objects_sound(objects));
	g_string_free(out, TRUE);
}

static void test_objects_say_when_broken(void **state)
{
	struct pdf_objects *objects = pdf_objects_open(*state);
	char name[200];
	memset(name, 'x', sizeof name);
	name[sizeof name - 1] = '\0';
	pdf_put_name(pdf_dict_number(objects), "Type", name);
	assert_false(pdf_objects_sound(objects));
}

/* A CID-keyed font of four glyphs whose charset is one range and one single CID. */
static void test_charset(void **state)
{
	(void)state;
	static const unsigned char cff[] = {1, 0, 4, 1, /* header */
		0, 1, 1, 1, 2, 'F', /* Name INDEX */
		0, 1, 1, 1, 12, /* Top DICT INDEX: one of 11 bytes */
		28, 0, 1, 28, 0, 2, 139, 12, 30, 165, 15, /* ROS; charset at 26 */
		1, 0, 10, 1, 0, 99, 0}; /* format 1: 10 and 11, then 99 */
	uint16_t cids[4];
	assert_true(charset_read((struct bytes){(const char *)cff, sizeof cff}, cids, 4));
	assert_int_equal(cids[1], 10);
	assert_int_equal(cids[2], 11);
	assert_int_equal(cids[3], 99);
	for (size_t length = 0; length < sizeof cff - 1; length++)
		assert_false(charset_read((struct bytes){(const char *)cff, length}, cids, 4));
}

static struct bytes make(struct arena *arena, enum pdf_profile profile)
{
	struct bytes file = {0};
	struct pdf_failure failure;
	struct pages *pages = made_pages(arena, 0);
	if (!pages)
		skip();
	struct pdf_job job = {
		.arena = arena, .pages = pages, .profile = profile, .source = {"年度: 2021\n", 13}};
	assert_true(pdf_make(&job, &file, &failure));
	return file;
}

static void keep(const char *name, struct bytes file)
{
	const char *folder = g_getenv("NIANBAO_KEEP");
	char *path = g_build_filename(folder ? folder : ".", name, NULL);
	if (folder)
		assert_int_equal(file_write(path, file), 0);
	g_free(path);
}

static void test_same_bytes(void **state)
{
	struct bytes one = make(*state, PROFILE_A3A), two = make(*state, PROFILE_A3A);
	assert_int_equal(one.length, two.length);
	assert_memory_equal(one.start, two.start, one.length);
	keep("made-3a.pdf", one);
}

static void test_a1b(void **state)
{
	struct bytes file = make(*state, PROFILE_A1B);
	assert_memory_equal(file.start, "%PDF-1.4", 8);
	assert_non_null(memmem(file.start, file.length, "/CIDSet", strlen("/CIDSet")));
	assert_null(memmem(file.start, file.length, "/EmbeddedFile", strlen("/EmbeddedFile")));
	assert_non_null(
		memmem(file.start, file.length, "<pdfaid:part>1<", strlen("<pdfaid:part>1<")));
	keep("made-1b.pdf", file);
}

/* A face whose bytes are no font is said by its file's name. */
static void test_bad_face(void **state)
{
	struct pages *pages = made_pages(*state, 0);
	if (!pages)
		skip();
	((struct face *)pages->faces[0])->bytes = (struct bytes){"no font", 7};
	struct pdf_job job = {.arena = *state, .pages = pages};
	struct bytes file;
	struct pdf_failure failure;
	assert_false(pdf_make(&job, &file, &failure));
	assert_ptr_equal(failure.beyond, pages->faces[0]->file);
}

static int open_arena(void **state)
{
	*state = arena_open();
	return 0;
}

static int close_arena(void **state)
{
	arena_close(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_objects_print, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(
			test_objects_say_when_broken, open_arena, close_arena),
		cmocka_unit_test(test_charset),
		cmocka_unit_test_setup_teardown(test_same_bytes, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_a1b, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(test_bad_face, open_arena, close_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
