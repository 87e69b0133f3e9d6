/* Memory, decimals, text and files: the edges of each. */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/lexicon.h"
#include "base/text.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

static int set_up(void **state)
{
	*state = arena_open();
	return 0;
}

static int tear_down(void **state)
{
	arena_close(*state);
	return 0;
}

static void arena_gives_zeroed_aligned_pieces(void **state)
{
	for (size_t size = 0; size < 70000; size = size * 3 + 1) {
		unsigned char *piece = arena_alloc(*state, size);
		assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(piece[i], 0);
		memset(piece, 0xAA, size);
	}
	assert_ptr_not_equal(arena_alloc(*state, 0), arena_alloc(*state, 0));
}

static void count_end(void *thing)
{
	++*(int *)thing;
}

static void arena_ends_what_it_owns(void **state)
{
	(void)state;
	int ended = 0;
	struct arena *arena = arena_open();
	arena_own(arena, &ended, count_end);
	arena_own(arena, &ended, count_end);
	arena_close(arena);
	assert_int_equal(ended, 2);
}

static void decimal_reads_what_a_figure_may_be(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t millionths;
	} good[] = {{"0", 0}, {"-2", -2000000}, {"299.7935", 299793500}, {"0.000001", 1},
		{"9999999999.999999", INT64_C(9999999999999999)},
		{"-9999999999.999999", INT64_C(-9999999999999999)}};
	static const char *const bad[] = {"", "-", "+3", ".5", "5.", "1e3", "0x10", "1 0",
		"12345678901", "1.1234567", "--1", "1,478", "1_000", "１", "1.5.2"};
	int64_t value = 77;
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		assert_true(decimal_parse(good[i].text, strlen(good[i].text), &value));
		assert_int_equal(value, good[i].millionths);
	}
	value = 77;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		assert_false(decimal_parse(bad[i], strlen(bad[i]), &value));
	assert_int_equal(value, 77);
}

static void decimal_refuses_overflow(void **state)
{
	(void)state;
	int64_t result = 5;
	assert_false(decimal_add(INT64_MAX, 1, &result));
	assert_false(decimal_add(INT64_MIN, -1, &result));
	assert_false(decimal_multiply(INT64_MAX, 2 * DECIMAL_ONE, &result));
	assert_false(decimal_multiply(1, DECIMAL_ONE / 2, &result));
	assert_int_equal(result, 5);
	assert_true(decimal_multiply(3 * DECIMAL_ONE, -DECIMAL_ONE / 2, &result));
	assert_int_equal(result, -1500000);
}

static void decimal_prints_the_shortest_form(void **state)
{
	assert_string_equal(decimal_print(*state, 0), "0");
	assert_string_equal(decimal_print(*state, -2000000), "-2");
	assert_string_equal(decimal_print(*state, 299793500), "299.7935");
	assert_string_equal(decimal_print(*state, -1), "-0.000001");
	assert_string_equal(decimal_print(*state, INT64_MIN), "-9223372036854.775808");
	assert_true(decimal_is_whole(-2000000));
	assert_false(decimal_is_whole(1));
}

/* What text_fold promises, by Unicode's tables alone. */
static char *fold_slowly(const char *utf8)
{
	char *normal = g_utf8_normalize(utf8, -1, G_NORMALIZE_NFKC);
	GString *folded = g_string_new(NULL);
	for (const char *at = normal; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (!text_is_space(character) && character != '"' && character != 0x201C &&
			character != 0x201D)
			g_string_append_unichar(folded, character);
	}
	g_free(normal);
	return g_string_free(folded, FALSE);
}

/* Every character alone, and between two that may join it: a letter and a combining mark. */
static void text_folds_every_character(void **state)
{
	static const char *const around[][2] = {{"", ""}, {"甲", "乙"}, {"e", "\xCC\x81"},
		{"\xE3\x81\x8B", "\xE3\x82\x99"}, {"（", "）"}};
	struct arena *arena = NULL;
	(void)state;
	for (gunichar character = 1; character < 0x20000; character++) {
		char middle[7] = "";
		if (character % 0x1000 == 1) {
			arena_close(arena);
			arena = arena_open();
		}
		if (character >= 0xD800 && character < 0xE000)
			continue;
		g_unichar_to_utf8(character, middle);
		for (size_t i = 0; i < G_N_ELEMENTS(around); i++) {
			const char *text =
				arena_print(arena, "%s%s%s", around[i][0], middle, around[i][1]);
			char *slowly = fold_slowly(text);
			assert_string_equal(text_fold(arena, text), slowly);
			g_free(slowly);
		}
	}
	arena_close(arena);
}

static void text_holds_words(void **state)
{
	(void)state;
	const char *text = "收到申请a12";
	assert_true(text_holds(text, strlen(text), "收"));
	assert_true(text_holds(text, strlen(text), "申请a"));
	assert_true(text_holds(text, strlen(text), "2"));
	assert_true(text_holds(text, strlen(text), "收到申请a12"));
	assert_true(text_holds(text, strlen(text), ""));
	assert_false(text_holds(text, strlen(text), "请申"));
	assert_false(text_holds(text, strlen(text), "收到申请a123"));
	assert_false(text_holds(text, strlen(text) - 1, "12"));
	assert_false(text_holds(text, 3, "到"));
	assert_false(text_holds("", 0, "a"));
}

/* Every list of which a word is there, and no other. */
static void lexicon_finds_all_lists(void **state)
{
	static const char *const received[] = {"收到", "接到", NULL}, *const none[] = {NULL},
				 *const mixed[] = {"申请a", "\x03", "。（", "×", NULL},
				 *const nested[] = {"信息公开的申请", "公开的", "𠮷野", NULL};
	struct lexicon *lexicon = lexicon_new(*state);
	uint64_t receipt = lexicon_add(lexicon, received), mix = lexicon_add(lexicon, mixed);
	uint64_t nest = lexicon_add(lexicon, nested), again = lexicon_add(lexicon, received);
	const struct {
		const char *text;
		uint64_t lists;
	} cases[] = {
		{"", 0},
		{"收、到，接。申请 公开，的×", mix},
		{"均已收到", receipt | again},
		{"接到信息公开的申请", receipt | again | nest},
		{"信息公开申请a12", mix},
		{"\x03收", mix},
		{"完毕。（申请", mix},
		{"政府公开的", nest},
		{"在𠮷野𠮷收", nest},
		{"在𠮷𠮷", 0},
		{"到收接", 0},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_int_equal(lexicon_find(lexicon, cases[i].text, strlen(cases[i].text)),
			cases[i].lists | LEXICON_UNKNOWN);
	assert_int_equal(lexicon_find(lexicon, "收到", 3), LEXICON_UNKNOWN);
	assert_int_equal(lexicon_add(lexicon, none), LEXICON_UNKNOWN);
	for (int i = 4; i < LEXICON_LISTS; i++)
		assert_int_not_equal(lexicon_add(lexicon, mixed), LEXICON_UNKNOWN);
	assert_int_equal(lexicon_add(lexicon, mixed), LEXICON_UNKNOWN);
	assert_int_equal(lexicon_find(lexicon, "×收到公开的", 17), LEXICON_ALL);
}

static void text_folds_for_lookup(void **state)
{
	assert_string_equal(text_fold(*state, "危及“三安全\xC2\xA0一稳定”"), "危及三安全一稳定");
	assert_string_equal(text_fold(*state, "（１） 甲　乙"), "(1)甲乙");
}

static size_t width(const char *text)
{
	return text_width(text, strlen(text));
}

static void text_width_is_a_terminals(void **state)
{
	(void)state;
	assert_int_equal(width("abc"), 3);
	assert_int_equal(width("年报"), 4);
	assert_int_equal(width("“—…·”"), 5);
	assert_int_equal(width("e\xCC\x81"), 1);
	assert_int_equal(width("\xF0\xA0\x80\x80"), 2); /* U+20000 */
}

static void text_shows_no_control_marks(void **state)
{
	(void)state;
	static const char text[] = "a\tb\033[31m\xE2\x80\xAE"
				   "c\xC2\x85\x7F\nd";
	GString *out = g_string_new(NULL);
	text_append_visible(out, text, strlen(text));
	assert_string_equal(out->str, "a b[31mc d");
	g_string_free(out, TRUE);
}

static void text_names_what_is_hidden(void **state)
{
	(void)state;
	GString *out = g_string_new(NULL);
	text_append_named(out,
		"a\033[2J\xF0\xE2\x80\xA8"
		"b\xE2\x80\xAE.yaml");
	assert_string_equal(out->str, "a<U+001B>[2J<F0><U+2028>b<U+202E>.yaml");
	g_string_free(out, TRUE);
}

static void text_trims_wide_spaces(void **state)
{
	(void)state;
	const char *text = "　 \xC2\xA0甲 乙　";
	size_t length = strlen(text);
	text_trim(&text, &length);
	assert_int_equal(length, strlen("甲 乙"));
	assert_memory_equal(text, "甲 乙", length);
	text = "　　";
	length = strlen(text);
	text_trim(&text, &length);
	assert_int_equal(length, 0);
}

static void text_finds_the_nearest_word(void **state)
{
	(void)state;
	static const char *const words[] = {"予以公开", "部分公开", "不予公开"};
	assert_string_equal(text_nearest("予已公开", words, 3), "予以公开");
	assert_null(text_nearest("其他", words, 3));
	assert_null(text_nearest("", words, 3));
}

static void file_keeps_the_old_one_on_failure(void **state)
{
	char *folder = g_dir_make_tmp("nianbao-XXXXXX", NULL);
	char *path = g_build_filename(folder, "out", NULL);
	char *below = g_build_filename(path, "below", NULL);
	struct bytes read, one = {"one", 3}, two = {"three", 5};
	assert_int_equal(file_write(path, one), 0);
	assert_int_equal(file_write(path, two), 0);
	assert_int_equal(file_read(*state, path, 5, &read), 0);
	assert_int_equal(read.length, 5);
	assert_string_equal(read.start, "three");
	assert_int_equal(file_read(*state, path, 4, &read), EFBIG);
	assert_int_equal(file_read(*state, below, 4, &read), ENOTDIR);
	assert_int_equal(file_write(folder, one), EISDIR);
	assert_int_equal(file_write(below, one), ENOTDIR);
	assert_int_equal(file_read(*state, folder, 4, &read), EISDIR);
	assert_int_equal(g_unlink(path), 0);
	assert_int_equal(g_rmdir(folder), 0); /* nothing was left beside it */
	g_free(below);
	g_free(path);
	g_free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_gives_zeroed_aligned_pieces),
		cmocka_unit_test(arena_ends_what_it_owns),
		cmocka_unit_test(decimal_reads_what_a_figure_may_be),
		cmocka_unit_test(decimal_refuses_overflow),
		cmocka_unit_test(decimal_prints_the_shortest_form),
		cmocka_unit_test(text_folds_for_lookup),
		cmocka_unit_test(text_folds_every_character),
		cmocka_unit_test(text_holds_words),
		cmocka_unit_test(lexicon_finds_all_lists),
		cmocka_unit_test(text_width_is_a_terminals),
		cmocka_unit_test(text_shows_no_control_marks),
		cmocka_unit_test(text_names_what_is_hidden),
		cmocka_unit_test(text_trims_wide_spaces),
		cmocka_unit_test(text_finds_the_nearest_word),
		cmocka_unit_test(file_keeps_the_old_one_on_failure),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
