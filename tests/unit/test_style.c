/* Page styles: lengths to units, and what a wrong style file is told. */
#include "layout/style.h"

#include "layout/page.h"
#include "yaml/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

struct bench {
	struct arena *arena;
	struct diags *diags;
};

static int set_up(void **state)
{
	struct bench *bench = g_new0(struct bench, 1);
	bench->arena = arena_open();
	bench->diags = diags_new(bench->arena, LANGUAGE_EN);
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;
	arena_close(bench->arena);
	g_free(bench);
	return 0;
}

static void reads_the_standard(void **state)
{
	struct bench *bench = *state;
	const struct style *style = style_load(bench->arena, "gbt9704", NULL, bench->diags);
	assert_non_null(style);
	assert_int_equal(style->page_width, 609562); /* 210 mm = 595.276 pt */
	assert_int_equal(style->margin_top, 107399);
	assert_int_equal(style->body.size, 16 * UNITS_PER_PT);
	assert_int_equal(style->body.pitch, 29594); /* 28.9 pt */
	assert_int_equal(style->title.size, 22 * UNITS_PER_PT);
	assert_int_equal(style->title.role, ROLE_TITLE);
	assert_int_equal(style->head2.role, ROLE_SUBHEADING);
	assert_true(style->head3.bold && !style->body.bold);
	assert_int_equal(style->lines_a_page, 22);
	assert_string_equal(style->number_pattern, "— %d —");
	assert_int_equal(style->mark_error, 0xF8CCC8);
	assert_int_equal(bench->diags->all->len, 0);
}

/* 28 characters of 16 pt in 156 mm: (442.205 - 16) / 27 = 15.785 pt. */
static void fits_the_grid_to_the_measure(void **state)
{
	struct bench *bench = *state;
	const struct style *style = style_load(bench->arena, "gbt9704", NULL, bench->diags);
	int pitch = style_character_pitch(style), rest;
	assert_in_range(pitch, 16163, 16165);
	rest = style_measure(style) - 27 * pitch - style->body.size;
	assert_in_range(rest, 0, 26);
}

static void has_a_second_style(void **state)
{
	struct bench *bench = *state;
	const struct style *style = style_load(bench->arena, "screen", NULL, bench->diags);
	assert_non_null(style);
	assert_int_equal(style->margin_inner, style->margin_outer);
	assert_true(style->body.size < 16 * UNITS_PER_PT);
}

static void refuses_an_unknown_name(void **state)
{
	struct bench *bench = *state;
	assert_null(style_load(bench->arena, "letterhead", NULL, bench->diags));
	assert_true(bench->diags->environment);
	assert_int_equal(diags_exit_code(bench->diags, false), 3);
}

/* The built-in style with one line changed, as a file of its own. */
static void try_changed(struct bench *bench, const char *old, const char *new)
{
	gchar *text, *folder = g_dir_make_tmp("style-XXXXXX", NULL), *path, **parts;
	gchar *shipped =
		g_build_filename(g_getenv("NIANBAO_ROOT"), "templates", "gbt9704.yaml", NULL);
	assert_true(g_file_get_contents(shipped, &text, NULL, NULL));
	assert_non_null(strstr(text, old));
	parts = g_strsplit(text, old, 2);
	gchar *changed = g_strjoinv(new, parts);
	path = g_build_filename(folder, "gbt9704.yaml", NULL);
	assert_true(g_file_set_contents(path, changed, -1, NULL));
	const struct style *style = style_load(bench->arena, "gbt9704", folder, bench->diags);
	assert_int_equal(style == NULL, bench->diags->all->len > 0);
	g_unlink(path);
	g_rmdir(folder);
	g_strfreev(parts);
	g_free(shipped);
	g_free(changed);
	g_free(path);
	g_free(text);
	g_free(folder);
}

static void expect_finding(struct bench *bench, const char *id, size_t line)
{
	assert_int_equal(bench->diags->all->len, 1);
	const struct diag *diag = bench->diags->all->pdata[0];
	assert_string_equal(diag->id, id);
	assert_int_equal(source_place(diag->at.source, diag->at.start).line, line);
	assert_true(diag->environment);
}

static void takes_a_style_from_a_folder(void **state)
{
	struct bench *bench = *state;
	try_changed(bench, "top: 37 mm", "top: 36.5mm");
	assert_int_equal(bench->diags->all->len, 0);
}

static void points_at_a_wrong_length(void **state)
{
	try_changed(*state, "top: 37 mm", "top: 37 cm");
	expect_finding(*state, "TEMPLATE-VALUE", 6);
}

static void points_at_an_unknown_key(void **state)
{
	struct bench *bench = *state;
	try_changed(bench, "  mirrored: false", "  mirored: false");
	expect_finding(bench, "TEMPLATE-KEY", 10);
	assert_non_null(strstr(((struct diag *)bench->diags->all->pdata[0])->message, "mirrored"));
}

static void points_at_a_missing_key(void **state)
{
	try_changed(*state, "  drop: 8.7 mm", "#");
	expect_finding(*state, "TEMPLATE-KEY", 36);
}

static void refuses_a_page_without_room(void **state)
{
	try_changed(*state, "inner: 28 mm", "inner: 180 mm");
	expect_finding(*state, "TEMPLATE-VALUE", 3);
}

static void refuses_a_pattern_of_another_kind(void **state)
{
	try_changed(*state, "pattern: — %d —", "pattern: '%s'");
	expect_finding(*state, "TEMPLATE-VALUE", 36);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(reads_the_standard),
		CASE(fits_the_grid_to_the_measure),
		CASE(has_a_second_style),
		CASE(refuses_an_unknown_name),
		CASE(takes_a_style_from_a_folder),
		CASE(points_at_a_wrong_length),
		CASE(points_at_an_unknown_key),
		CASE(points_at_a_missing_key),
		CASE(refuses_a_page_without_room),
		CASE(refuses_a_pattern_of_another_kind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
