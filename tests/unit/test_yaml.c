/* Nodes, limits at their edges, and the way from a text back to its bytes. */
#include "yaml/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct bench {
	struct arena *arena;
	struct diags *diags;
	const struct source *source;
};

static int set_up(void **state)
{
	struct bench *bench = g_new0(struct bench, 1);
	bench->arena = arena_open();
	bench->diags = diags_new(bench->arena, LANGUAGE_ZH);
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

static const struct node *read_text(struct bench *bench, const char *text)
{
	struct bytes bytes = {text, strlen(text)};
	return node_load_bytes(bench->arena, "r.yaml", bytes, &bench->source, bench->diags);
}

static const char *only_id(const struct bench *bench)
{
	assert_int_equal(bench->diags->all->len, 1);
	return ((const struct diag *)bench->diags->all->pdata[0])->id;
}

static void reads_kinds_and_places(void **state)
{
	struct bench *bench = *state;
	const struct node *root = read_text(bench, "机关: 甲\n表: [1, '2', ~]\n空:\n");
	assert_int_equal(root->kind, NODE_MAP);
	assert_int_equal(root->count, 3);
	const struct node *list = node_find(root, "表");
	assert_int_equal(list->kind, NODE_LIST);
	assert_int_equal(list->children[1]->style, STYLE_QUOTED);
	assert_true(node_is_null(list->children[2]));
	assert_true(node_is_null(node_find(root, "空")));
	assert_null(node_find(root, "无"));
	struct place place = source_place(bench->source, list->children[1]->at.start);
	assert_int_equal(place.line, 2);
	assert_int_equal(place.column, 8);
	assert_int_equal(bench->diags->all->len, 0);
}

/* The bytes of the source for a word of a scalar's text. */
static void word_stands_at(
	struct bench *bench, const char *yaml, const char *word, const char *written)
{
	const struct node *root = read_text(bench, yaml);
	const struct node *scalar = root->children[0];
	const char *found = strstr(scalar->text, word);
	assert_non_null(found);
	size_t from = (size_t)(found - scalar->text);
	struct span at = node_span_within(scalar, from, from + strlen(word));
	char *there = g_strndup(bench->source->bytes.start + at.start, at.end - at.start);
	assert_string_equal(there, written);
	g_free(there);
}

static void words_of_every_style_are_found(void **state)
{
	static const struct {
		const char *yaml, *word, *written;
	} cases[] = {
		{"a: 全年公开5件\n", "5", "5"},
		{"a: \"全年\\u4eba5件\"\n", "5", "5"},
		{"a: \"全年\\u4eba5件\"\n", "人", "\\u4eba"},
		{"a: \"x\\\n   y 5\"\n", "5", "5"},
		{"a: 'it''s 5'\n", "'s", "''s"},
		{"a: 'it''s 5'\n", "5", "5"},
		{"a: |\n  甲\n\n  乙5件\n   丙\n", "乙5", "乙5"},
		{"a: |\n  甲\n\n  乙5件\n   丙\n", " 丙", " 丙"},
		{"a: |2\n    甲\n  乙\n", "乙", "乙"},
		{"a: |\n\n\n    甲\n", "甲", "甲"},
		{"a: |\r\n  甲\r\n  乙\r\n", "乙", "乙"},
		{"a: >-\n  甲\n  乙\n\n  丙\n   丁\n  戊\n", "乙", "乙"},
		{"a: >-\n  甲\n  乙\n\n  丙\n   丁\n  戊\n", "丙", "丙"},
		{"a: >-\n  甲\n  乙\n\n  丙\n   丁\n  戊\n", "丁", "丁"},
		{"a: >-\n  甲\n  乙\n\n  丙\n   丁\n  戊\n", "戊", "戊"},
		{"a: 甲\n  乙\n\n  丙\n", "乙", "乙"},
		{"a: 甲\n  乙\n\n  丙\n", "丙", "丙"},
		{"a: 甲\n  乙\n\n  丙\n", "甲 乙", "甲\n  乙"},
		{"a: \"甲  \n   乙\n\n  丙\"\n", "丙", "丙"},
		{"a: '甲\n   乙'\n", "乙", "乙"},
		{"# 注：甲\na: 全年5件 # 乙\n", "5", "5"},
		{"a: &b 全年5件\n", "5", "&b 全年5件"}, /* refused anyhow */
		{"a: |\n  主动公开政府信息情况，全年公开5件\n  乙\n", "5", "5"},
		{"a: |\n  主动公开政府信息情况，全年公开5件\n  乙\n", "乙", "乙"},
		{"a: |\n  主动公开政府信息情况，\x07全年公开5件\n", "5", "5"},
		{"a: >\n  主动公开政府信息情况，全年公开5件\n  乙\n", "乙", "乙"},
		{"a: 甲\xEF\xBB\xBF乙5\n", "5", "5"},
		{"a: 甲\xEF\xBB\xBF乙5\n", "\xEF\xBB\xBF乙", "\xEF\xBB\xBF乙"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		word_stands_at(*state, cases[i].yaml, cases[i].word, cases[i].written);
}

/* A line is compared with its source in stretches that needn't end where a character does. */
static void words_far_along_a_line_are_found(void **state)
{
	static const char *const openings[] = {"a: |\n  ", "a: >\n  ", "a: |\r\n  "};
	for (size_t i = 0; i < G_N_ELEMENTS(openings); i++) {
		GString *yaml = g_string_new(openings[i]);
		for (int j = 0; j < 3000; j++)
			g_string_append(yaml, "公");
		g_string_append(yaml, "乙5件\r\n  丁\n");
		word_stands_at(*state, yaml->str, "乙5", "乙5");
		word_stands_at(*state, yaml->str, "丁", "丁");
		g_string_free(yaml, TRUE);
	}
}

static void comments_behind_texts_are_seen(void **state)
{
	struct bench *bench = *state;
	const struct node *root = read_text(bench,
		"a: 甲 # 乙\nb: \"甲\" # 乙\nc: 甲#乙\nd: # 乙\ne: |\n  甲 # 乙\nf: 甲\n# 乙\n");
	static const bool cut[] = {true, false, false, true, false, false};
	for (size_t i = 0; i < root->count; i++)
		assert_int_equal(node_comment_after(root->children[i]).source != NULL, cut[i]);
	struct span comment = node_comment_after(root->children[0]);
	assert_memory_equal(bench->source->bytes.start + comment.start, "# 乙", 5);
}

static void a_key_given_twice_keeps_the_first(void **state)
{
	struct bench *bench = *state;
	const struct node *root = read_text(bench, "a: 1\nb: 2\na: 3\n");
	assert_int_equal(root->count, 2);
	assert_string_equal(node_find(root, "a")->text, "1");
	assert_string_equal(only_id(bench), "YAML-DUPLICATE");
}

static void many_keys_cost_little(void **state)
{
	struct bench *bench = *state;
	GString *text = g_string_new(NULL);
	for (int i = 0; i < 100000; i++)
		g_string_append_printf(text, "k%d: 1\n", i);
	g_string_append(text, "k70000: 2\n");
	const struct node *root = read_text(bench, text->str);
	assert_int_equal(root->count, 100000);
	assert_string_equal(only_id(bench), "YAML-DUPLICATE");
	g_string_free(text, TRUE);
}

static char *brackets(size_t depth)
{
	char *text = g_malloc(2 * depth + 1);
	memset(text, '[', depth);
	memset(text + depth, ']', depth);
	text[2 * depth] = '\0';
	return text;
}

static void depth_is_limited(void **state)
{
	struct bench *bench = *state;
	char *edge = brackets(YAML_DEPTH_MAX), *past = brackets(YAML_DEPTH_MAX + 1);
	assert_non_null(read_text(bench, edge));
	assert_int_equal(bench->diags->all->len, 0);
	assert_null(read_text(bench, past));
	assert_string_equal(only_id(bench), "YAML-LIMIT");
	g_free(edge);
	g_free(past);
}

static char *items(size_t count)
{
	GString *text = g_string_new("[");
	for (size_t i = 0; i < count; i++)
		g_string_append(text, i ? ",1" : "1");
	g_string_append_c(text, ']');
	return g_string_free(text, FALSE);
}

static void nodes_are_limited(void **state)
{
	struct bench *bench = *state;
	char *edge = items(YAML_NODES_MAX - 1), *past = items(YAML_NODES_MAX);
	const struct node *list = read_text(bench, edge);
	assert_int_equal(list->count, YAML_NODES_MAX - 1);
	assert_int_equal(bench->diags->all->len, 0);
	assert_null(read_text(bench, past));
	assert_string_equal(only_id(bench), "YAML-LIMIT");
	g_free(edge);
	g_free(past);
}

static void the_rest_of_a_broken_file_is_read(void **state)
{
	struct bench *bench = *state;
	const struct node *root = read_text(bench, "a: \"\\q\"\nb: [1, 2\nc: 3\n");
	assert_int_equal(root->count, 3);
	assert_true(node_find(root, "a")->broken);
	assert_true(node_find(root, "b")->broken);
	assert_false(node_find(root, "c")->broken);
	assert_string_equal(node_find(root, "c")->text, "3");
	assert_int_equal(bench->diags->all->len, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(reads_kinds_and_places),
		TEST(words_of_every_style_are_found),
		TEST(words_far_along_a_line_are_found),
		TEST(comments_behind_texts_are_seen),
		TEST(a_key_given_twice_keeps_the_first),
		TEST(many_keys_cost_little),
		TEST(depth_is_limited),
		TEST(nodes_are_limited),
		TEST(the_rest_of_a_broken_file_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
