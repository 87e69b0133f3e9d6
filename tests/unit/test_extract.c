#include "made_pages.h"
#include "paint/extract.h"
#include "paint/pdf/pdf_internal.h"
#include "yaml/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* cmocka wants the four above. */
#include <cmocka.h>

struct setting {
	struct arena *arena;
	struct diags *diags;
	char *path;
};

static int open_setting(void **state)
{
	struct setting *setting = g_new0(struct setting, 1);
	setting->arena = arena_open();
	setting->diags = diags_new(setting->arena, LANGUAGE_ZH);
	setting->path = g_build_filename(g_get_tmp_dir(), "nianbao-extract-XXXXXX", NULL);
	close(g_mkstemp(setting->path));
	*state = setting;
	return 0;
}

static int close_setting(void **state)
{
	struct setting *setting = *state;
	unlink(setting->path);
	g_free(setting->path);
	arena_close(setting->arena);
	g_free(setting);
	return 0;
}

static struct bytes make_pdf(struct setting *setting, struct bytes source)
{
	struct bytes file = {0};
	struct pdf_failure failure;
	struct pages *pages = made_pages(setting->arena, 0);
	if (!pages)
		skip();
	struct pdf_job job = {.arena = setting->arena, .pages = pages, .source = source};
	assert_true(pdf_make(&job, &file, &failure));
	return file;
}

static bool extract(struct setting *setting, struct bytes file, struct bytes *yaml)
{
	assert_int_equal(file_write(setting->path, file), 0);
	return extract_part.source(setting->arena, setting->path, yaml, setting->diags);
}

static void test_gives_it_back(void **state)
{
	struct bytes source = {"年度: 2021\n", strlen("年度: 2021\n")}, yaml;
	assert_true(extract(*state, make_pdf(*state, source), &yaml));
	assert_int_equal(yaml.length, source.length);
	assert_memory_equal(yaml.start, source.start, source.length);
}

static void test_says_that_there_is_none(void **state)
{
	struct setting *setting = *state;
	struct bytes yaml;
	assert_false(extract(setting, make_pdf(setting, (struct bytes){0}), &yaml));
	assert_int_equal(((struct diag *)setting->diags->all->pdata[0])->code, EXTRACT_NONE);
}

/* A few hundred bytes must not become gigabytes. */
static void test_refuses_a_bomb(void **state)
{
	struct setting *setting = *state;
	size_t length = YAML_BYTES_MAX + 1;
	struct bytes source = {arena_alloc(setting->arena, length), length}, yaml;
	assert_false(extract(setting, make_pdf(setting, source), &yaml));
}

/* Every 97th byte is another, then the file is cut: wrong is allowed, dying isn't. */
static void test_survives_damage(void **state)
{
	struct setting *setting = *state;
	struct bytes source = {"a: 1\n", 5}, yaml, file = make_pdf(setting, source);
	char *copy = arena_copy_n(setting->arena, file.start, file.length);
	for (size_t at = 0; at < file.length; at += 97) {
		copy[at] = (char)(copy[at] + 1);
		extract(setting, (struct bytes){copy, file.length}, &yaml);
		copy[at] = file.start[at];
	}
	for (size_t length = 0; length < file.length; length += 997)
		assert_false(extract(setting, (struct bytes){file.start, length}, &yaml) &&
			yaml.length != 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_gives_it_back, open_setting, close_setting),
		cmocka_unit_test_setup_teardown(
			test_says_that_there_is_none, open_setting, close_setting),
		cmocka_unit_test_setup_teardown(test_refuses_a_bomb, open_setting, close_setting),
		cmocka_unit_test_setup_teardown(test_survives_damage, open_setting, close_setting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
