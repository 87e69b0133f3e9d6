#include "edition/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* cmocka wants the four above. */
#include <cmocka.h>

static const struct pattern_mark marks[] = {{"count", '\x01'}, {NULL, 0}};

struct bench {
	struct arena *arena;
	struct diags *diags;
};

static int open_bench(void **state)
{
	struct bench *bench = g_new0(struct bench, 1);
	bench->arena = arena_open();
	bench->diags = diags_new(bench->arena, LANGUAGE_EN);
	*state = bench;
	return 0;
}

static int close_bench(void **state)
{
	struct bench *bench = *state;
	arena_close(bench->arena);
	g_free(bench);
	return 0;
}

static const struct node *parse(struct bench *bench, const char *yaml)
{
	const struct source *source =
		source_new(bench->arena, "t.yaml", (struct bytes){yaml, strlen(yaml)});
	return node_parse(bench->arena, source, bench->diags);
}

/* The template holds `words` and `p`. */
static bool load(struct bench *bench, struct pattern *pattern, const char *yaml)
{
	const struct node *root = parse(bench, yaml);
	struct pattern_words words = {node_find(root, "words"), marks, NULL};
	return pattern_load(pattern, bench->arena, node_find(root, "p"), &words, bench->diags);
}

static bool matches(struct pattern *pattern, const char *text)
{
	struct pattern_stretch found;
	return pattern_match(
		pattern, &(struct prey){text, strlen(text), LEXICON_ALL, NULL}, NULL, &found);
}

/* False, and nobody knows whether it is so. */
static bool gives_up(struct pattern *pattern, const char *text)
{
	struct pattern_stretch found;
	bool unread = false;
	const struct prey prey = {text, strlen(text), LEXICON_ALL, &unread};
	return !pattern_match(pattern, &prey, NULL, &found) && unread;
}

static void test_words_and_marks(void **state)
{
	struct pattern pattern;
	assert_true(load(*state, &pattern,
		"words: {received: '收到|接到', all: '共{received}'}\np: "
		"'^{all}(?<what>申请){count}$'\n"));
	struct pattern_stretch what;
	const char *text = "共接到申请\x01";
	assert_true(pattern_match(
		&pattern, &(struct prey){text, strlen(text), LEXICON_ALL, NULL}, "what", &what));
	assert_int_equal(what.from, strlen("共接到"));
	assert_int_equal(what.to, strlen("共接到申请"));
	assert_false(matches(&pattern, "共接到申请"));
	assert_false(matches(&pattern, "共申请\x01"));
	assert_true(load(*state, &pattern, "words: {few: '.{1,2}'}\np: '^{few}{count}$'\n"));
	assert_true(matches(&pattern, "申请\x01"));
	assert_false(matches(&pattern, "共申请\x01"));
}

static void test_needs_before_compiling(void **state)
{
	struct pattern pattern;
	assert_true(load(*state, &pattern, "p: {needs: '甲 {count}', pattern: '.'}\n"));
	assert_false(matches(&pattern, "乙"));
	assert_null(pattern.regex);
	assert_true(matches(&pattern, "乙甲"));
	assert_non_null(pattern.regex);
	assert_true(matches(&pattern, "\x01"));
}

static void test_needs_alone(void **state)
{
	struct pattern pattern;
	assert_true(load(*state, &pattern, "p: {needs: 甲 乙}\n"));
	assert_true(matches(&pattern, "乙"));
	assert_false(matches(&pattern, "丙"));
	assert_null(pattern.regex);
}

/* It is tried where one of the words stands, and nowhere else. */
static void test_beginnings(void **state)
{
	struct bench *bench = *state;
	struct pattern pattern;
	struct pattern_stretch stretch = {0, 0};
	const struct prey prey = {"1甲丁×1年丙甲2", strlen("1甲丁×1年丙甲2"), LEXICON_ALL};
	assert_true(load(bench, &pattern, "p: {begins: 甲 × 1, pattern: '[^丙][×\\d年]'}\n"));
	assert_true(pattern_next(&pattern, &prey, &stretch));
	assert_int_equal(stretch.from, strlen("1甲丁"));
	assert_int_equal(stretch.to, strlen("1甲丁×1"));
	assert_true(pattern_next(&pattern, &prey, &stretch));
	assert_int_equal(stretch.from, strlen("1甲丁×1年丙"));
	assert_false(pattern_next(&pattern, &prey, &stretch));
	assert_false(matches(&pattern, "乙年"));
}

static void test_refusals(void **state)
{
	struct bench *bench = *state;
	struct pattern pattern;
	static const char *const wrong[] = {
		"p: '{nothing}'\n",
		"words: {a: '{b}', b: '{a}'}\np: '{a}'\n",
		"p: {needs: [甲]}\n",
		"p: {other: 甲}\n",
		"p: [甲]\n",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		guint before = bench->diags->all->len;
		assert_false(
			load(bench, &pattern, wrong[i]) && pattern_compile(&pattern, bench->diags));
		assert_int_equal(bench->diags->all->len, before + 1);
		const struct diag *said = bench->diags->all->pdata[before];
		assert_string_equal(said->id, "TEMPLATE-PATTERN");
		assert_true(said->environment);
	}
	assert_true(load(bench, &pattern, "p: '(甲'\n"));
	assert_false(pattern_compile(&pattern, bench->diags));
	assert_false(matches(&pattern, "甲"));
}

/* Exponential without a limit. */
static void test_backtracking_ends(void **state)
{
	struct pattern pattern;
	assert_true(load(*state, &pattern, "p: '^(?:(?:甲+)+)+乙$'\n"));
	GString *text = g_string_new(NULL);
	for (int i = 0; i < 60; i++)
		g_string_append(text, "甲");
	assert_false(matches(&pattern, text->str));
	assert_false(gives_up(&pattern, text->str)); /* it sees that there is no 乙 */
	g_string_append(text, "乙");
	assert_true(matches(&pattern, text->str));
	g_string_append(text, "丁乙");
	assert_true(gives_up(&pattern, text->str));
	for (int i = 0; i < 200; i++)
		g_string_prepend(text, "甲");
	g_string_truncate(text, text->len - strlen("丁乙"));
	assert_true(gives_up(&pattern, text->str)); /* too long to be a clause */
	g_string_free(text, TRUE);
}

/* What matches nothing at all matches between any two characters, and then no more. */
static void nothing_is_found_a_few_times(void **state)
{
	struct bench *bench = *state;
	struct pattern pattern = {.expression = NULL};
	struct pattern_words words = {NULL, marks, NULL};
	struct pattern_stretch stretch = {0, 0};
	const struct prey prey = {"乙甲", strlen("乙甲"), LEXICON_ALL};
	size_t found = 0;
	assert_true(
		pattern_load(&pattern, bench->arena, parse(bench, "甲*"), &words, bench->diags));
	while (found < 10 && pattern_next(&pattern, &prey, &stretch))
		found++;
	assert_in_range(found, 1, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_words_and_marks, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(
			test_needs_before_compiling, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(test_needs_alone, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(test_beginnings, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(test_refusals, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(test_backtracking_ends, open_bench, close_bench),
		cmocka_unit_test_setup_teardown(
			nothing_is_found_a_few_times, open_bench, close_bench),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
