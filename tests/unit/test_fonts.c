/* Faces of roles: order, official ones by name, files that are damaged. */
#include "layout/lines_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

/* A data directory of its own: fonts/roles.yaml as given, fonts/free/ the shipped files. */
struct bench {
	struct arena *arena;
	struct diags *diags;
	gchar *folder, *fonts, *free, *own;
};

static int set_up(void **state)
{
	struct bench *bench = g_new0(struct bench, 1);
	bench->arena = arena_open();
	bench->diags = diags_new(bench->arena, LANGUAGE_EN);
	bench->folder = g_dir_make_tmp("fonts-XXXXXX", NULL);
	bench->fonts = g_build_filename(bench->folder, "fonts", NULL);
	bench->free = g_build_filename(bench->fonts, "free", NULL);
	bench->own = g_build_filename(bench->folder, "own", NULL);
	g_mkdir(bench->fonts, 0700);
	g_mkdir(bench->free, 0700);
	g_mkdir(bench->own, 0700);
	*state = bench;
	return 0;
}

static void empty_folder(const char *folder)
{
	GDir *directory = g_dir_open(folder, 0, NULL);
	for (const char *name; directory && (name = g_dir_read_name(directory));) {
		gchar *path = g_build_filename(folder, name, NULL);
		g_unlink(path);
		g_free(path);
	}
	g_dir_close(directory);
	g_rmdir(folder);
}

static int tear_down(void **state)
{
	struct bench *bench = *state;
	empty_folder(bench->free);
	empty_folder(bench->own);
	empty_folder(bench->fonts);
	g_rmdir(bench->folder);
	g_free(bench->free);
	g_free(bench->own);
	g_free(bench->fonts);
	g_free(bench->folder);
	arena_close(bench->arena);
	g_free(bench);
	return 0;
}

static struct bytes shipped(struct bench *bench, const char *name)
{
	struct bytes bytes = {NULL, 0};
	const char *path =
		arena_print(bench->arena, "%s/fonts/free/%s", g_getenv("NIANBAO_ROOT"), name);
	assert_int_equal(file_read(bench->arena, path, 64 * 1024 * 1024, &bytes), 0);
	return bytes;
}

static void put(const char *folder, const char *name, struct bytes bytes)
{
	gchar *path = g_build_filename(folder, name, NULL);
	assert_true(g_file_set_contents(path, bytes.start, (gssize)bytes.length, NULL));
	g_free(path);
}

/* Every role is served by these faces, in this order. */
static struct fonts *open_with(struct bench *bench, const char *faces, const char *list)
{
	GString *text = g_string_new("faces:\n");
	g_string_append(text, faces);
	g_string_append(text, "roles:\n");
	for (int role = 0; role < ROLE_COUNT; role++)
		g_string_append_printf(text, "  %s: [%s]\n", role_name((enum role)role), list);
	put(bench->fonts, "roles.yaml", (struct bytes){text->str, text->len});
	g_string_free(text, TRUE);
	return fonts_open(bench->arena, bench->folder, bench->own, bench->diags);
}

static void expect_fault(struct bench *bench, const char *file, const char *reason)
{
	assert_int_equal(bench->diags->all->len, 1);
	const struct diag *diag = bench->diags->all->pdata[0];
	assert_string_equal(diag->id, "FONT-FILE");
	assert_int_equal(diag->severity, SEVERITY_WARNING);
	assert_non_null(strstr(diag->message, file));
	if (!strstr(diag->message, reason))
		fail_msg("%s", diag->message);
}

#define FACES "  A: {file: a.ttf}\n  B: {file: b.ttf}\n"

/* File a is damaged in one way or another; b serves. */
static void try_damaged(struct bench *bench, struct bytes damaged, const char *reason)
{
	size_t count;
	put(bench->free, "a.ttf", damaged);
	put(bench->free, "b.ttf", shipped(bench, "FandolFang-Regular.ttf"));
	struct fonts *fonts = open_with(bench, FACES, "A, B");
	assert_non_null(fonts);
	const struct font_place *places = fonts_role(fonts, ROLE_BODY, &count);
	assert_int_equal(count, 1);
	assert_string_equal(places[0].face->name, "B");
	expect_fault(bench, "a.ttf", reason);
}

static void passes_over_an_empty_file(void **state)
{
	try_damaged(*state, (struct bytes){"", 0}, "empty");
}

static void passes_over_what_is_no_font(void **state)
{
	try_damaged(*state, (struct bytes){"not a font at all, only words", 29}, "no font");
}

static void passes_over_a_cut_file(void **state)
{
	struct bytes bytes = shipped(*state, "FandolFang-Regular.ttf");
	bytes.length /= 2;
	try_damaged(*state, bytes, "cut off");
}

static void passes_over_a_lost_table(void **state)
{
	struct bytes bytes = shipped(*state, "FandolFang-Regular.ttf");
	char *start = (char *)(uintptr_t)bytes.start;
	for (size_t i = 12; i < 400; i += 16)
		if (memcmp(start + i, "cmap", 4) == 0)
			start[i] = 'x';
	try_damaged(*state, bytes, "cmap");
}

static void fails_without_any_face(void **state)
{
	struct bench *bench = *state;
	assert_null(open_with(bench, FACES, "A, B"));
	assert_int_equal(diags_exit_code(bench->diags, false), 3);
}

static void puts_official_faces_first(void **state)
{
	struct bench *bench = *state;
	put(bench->own, "x.TTF", shipped(bench, "FandolFang-Regular.ttf"));
	put(bench->free, "b.ttf", shipped(bench, "FandolFang-Regular.ttf"));
	struct fonts *fonts = open_with(bench,
		"  Own: {families: [Nobody's, fandolfang r]}\n  None: {families: [FangSong]}\n"
		"  B: {file: b.ttf}\n",
		"None, Own, B");
	assert_non_null(fonts);
	size_t count;
	const struct font_place *places = fonts_role(fonts, ROLE_TITLE, &count);
	assert_int_equal(count, 2);
	assert_true(places[0].official && !places[1].official);
	assert_non_null(strstr(places[0].face->file, "/own/x.TTF"));
	assert_int_equal(bench->diags->all->len, 0);
}

static void says_an_unknown_face(void **state)
{
	struct bench *bench = *state;
	put(bench->free, "b.ttf", shipped(bench, "FandolFang-Regular.ttf"));
	assert_non_null(open_with(bench, "  B: {file: b.ttf}\n", "C, B"));
	assert_int_equal(bench->diags->all->len, ROLE_COUNT);
	assert_string_equal(((struct diag *)bench->diags->all->pdata[0])->id, "TEMPLATE-VALUE");
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Bits flipped anywhere in the head and the tables: a warning or not, never a crash, and
 * a second face that serves. */
static void survives_flipped_bits(void **state)
{
	struct bench *bench = *state;
	struct bytes bytes = shipped(bench, "FandolFang-Regular.ttf");
	const struct style *style = style_load(bench->arena, "gbt9704", NULL, bench->diags);
	uint32_t seed = 20;
	put(bench->free, "b.ttf", bytes);
	for (int turn = 0; turn < 24; turn++) {
		char *copy = arena_copy_n(bench->arena, bytes.start, bytes.length);
		size_t reach = turn % 2 ? 400 : bytes.length;
		for (int bit = 0; bit < 64; bit++)
			copy[next_random(&seed) % reach] ^= (char)(1 << (next_random(&seed) % 8));
		/* a name of its own: faces are kept by file */
		const char *name = arena_print(bench->arena, "a%d.ttf", turn);
		put(bench->free, name, (struct bytes){copy, bytes.length});
		struct fonts *fonts = open_with(bench,
			arena_print(bench->arena, "  A: {file: %s}\n  B: {file: b.ttf}\n", name),
			"A, B");
		assert_non_null(fonts);
		const char *text = "政府信息公开（2021年）“年度报告”——，。abc";
		struct styled styled = {&style->body, strlen(text)};
		struct line_request request = {.fonts = fonts,
			.style = style,
			.utf8 = text,
			.styles = &styled,
			.style_count = 1,
			.fit = LINES_GRID,
			.measure = style_measure(style) / 3};
		assert_true(lines_compose(bench->arena, &request, bench->diags).count > 0);
	}
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(passes_over_an_empty_file),
		CASE(passes_over_what_is_no_font),
		CASE(passes_over_a_cut_file),
		CASE(passes_over_a_lost_table),
		CASE(fails_without_any_face),
		CASE(puts_official_faces_first),
		CASE(says_an_unknown_face),
		CASE(survives_flipped_bits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
