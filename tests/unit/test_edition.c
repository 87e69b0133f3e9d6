/* The form: labels to keys and spans, cells to names, equations to cells. */
#include "edition/edition.h"

#include "base/decimal.h"
#include "edition/builtin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct bench {
	struct arena *arena;
	struct diags *diags;
	const struct editions *editions;
};

static int set_up(void **state)
{
	struct bench *bench = g_new0(struct bench, 1);
	bench->arena = arena_open();
	bench->diags = diags_new(bench->arena, LANGUAGE_EN);
	bench->editions = editions_load(bench->arena, NULL, bench->diags);
	assert_non_null(bench->editions);
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

static const struct table *table_of(const struct bench *bench, const char *id, size_t section)
{
	return editions_find(bench->editions, id)->sections[section].table;
}

static void keys_lose_numbers_and_parentheses(void **state)
{
	static const char *const pairs[][2] = {{"（三）不予公开", "不予公开"},
		{"1.属于国家秘密", "属于国家秘密"}, {"1．属于国家秘密", "属于国家秘密"},
		{"二、上年结转", "上年结转"}, {"十二、其他", "其他"}, {"(2)甲", "甲"},
		{"（二）部分公开（区分处理的，（略））", "部分公开"}, {"一般事项", "一般事项"},
		{"金额（单位：万元）", "金额"}, {"（全称）", "（全称）"}, {"2021年数", "2021年数"},
		{"（三）", "（三）"}};
	struct bench *bench = *state;
	for (size_t i = 0; i < G_N_ELEMENTS(pairs) - 1; i++)
		assert_string_equal(label_key(bench->arena, pairs[i][0]), pairs[i][1]);
}

static void numbers_have_levels(void **state)
{
	static const struct {
		const char *text;
		size_t mark;
		int level, number;
	} cases[] = {{"一、总体", 6, 1, 1}, {"二十一、", 12, 1, 21}, {"（十）甲", 9, 2, 10},
		{"(三)甲", 5, 2, 3}, {"12.甲", 3, 3, 12}, {"３、甲", 6, 3, 3}, {"（1）甲", 7, 4, 1},
		{"123.甲", 0, 0, 0}, {"一是", 0, 0, 0}, {"（一", 0, 0, 0}, {"十十、", 0, 0, 0},
		{"", 0, 0, 0}};
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int level = 0, number = 0;
		size_t mark = number_mark(cases[i].text, strlen(cases[i].text), &level, &number);
		assert_int_equal(mark, cases[i].mark);
		if (mark == 0)
			continue;
		assert_int_equal(level, cases[i].level);
		assert_int_equal(number, cases[i].number);
	}
}

/* FORMAT A: 25 rows of 7 columns; the results span 22 rows, refusals 8. */
static void spans_follow_from_labels(void **state)
{
	struct bench *bench = *state;
	const struct table *table = table_of(bench, "2021-30", 2);
	const struct label *results =
		label_find(bench->arena, &table->bands->rows.root, "办理结果");
	assert_int_equal(table->row_count, 25);
	assert_int_equal(table->cell_count, 175);
	assert_int_equal(table->grid_columns, 10);
	assert_int_equal(table->bands->columns.depth, 3);
	assert_int_equal(results->first_leaf, 2);
	assert_int_equal(results->leaf_count, 22);
	assert_int_equal(label_find(bench->arena, results, "（三）不予公开")->leaf_count, 8);
	assert_int_equal(table_of(bench, "2019-60", 2)->cell_count, 161);
	assert_int_equal(table_of(bench, "2021-30", 3)->grid_columns, 15);
	assert_int_equal(table_of(bench, "2021-30", 1)->cell_count, 10);
	assert_int_equal(table_of(bench, "2019-60", 1)->cell_count, 22);
}

static const char *name_of(struct bench *bench, const struct table *table, size_t cell)
{
	return arena_join(bench->arena, cell_path(bench->arena, table_cell_at(table, cell)), "/");
}

static void cells_have_names(void **state)
{
	struct bench *bench = *state;
	assert_string_equal(name_of(bench, table_of(bench, "2021-30", 2), 23 * 7),
		"收到和处理政府信息公开申请情况/本年度办理结果/总计/自然人");
	assert_string_equal(name_of(bench, table_of(bench, "2021-30", 2), 1),
		"收到和处理政府信息公开申请情况/本年新收政府信息公开申请数量/商业企业");
	assert_string_equal(name_of(bench, table_of(bench, "2021-30", 1), 6),
		"主动公开政府信息情况/行政许可/本年处理决定数量");
	assert_string_equal(name_of(bench, table_of(bench, "2021-30", 3), 14),
		"政府信息公开行政复议、行政诉讼情况/行政诉讼/复议后起诉/总计");
}

static void lookup_folds(void **state)
{
	static const char *const spellings[] = {"危及“三安全一稳定”", "危及三安全一稳定",
		"3．危及\"三安全一稳定\"", " 三安全 一稳定"};
	struct bench *bench = *state;
	const struct label *rows = &table_of(bench, "2021-30", 2)->bands->rows.root;
	const struct label *refused =
		label_find(bench->arena, label_find(bench->arena, rows, "办理结果"), "不予公开");
	for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++)
		assert_ptr_equal(
			label_find(bench->arena, refused, spellings[i]), refused->children[2]);
	assert_null(label_find(bench->arena, refused, ""));
	assert_null(label_find(bench->arena, refused, "予以公开"));
}

static const struct rule *rule_of(const struct table *table, const char *id)
{
	for (size_t i = 0; i < table->rule_count; i++)
		if (strcmp(table->rules[i]->name.id, id) == 0)
			return table->rules[i];
	fail_msg("no rule %s", id);
	return NULL;
}

static void equations_stand_on_cells(void **state)
{
	struct bench *bench = *state;
	const struct table *table = table_of(bench, "2021-30", 2);
	const struct rule *balance = rule_of(table, "T3-BAL"), *sum = rule_of(table, "T3-SUM");
	assert_int_equal(balance->equation_count, 7);
	assert_int_equal(sum->equation_count, 7);
	assert_int_equal(rule_of(table, "T3-ROW")->equation_count, 25);
	assert_int_equal(rule_of(table_of(bench, "2021-30", 3), "T4-SUM")->equation_count, 3);
	const struct equation *people = &balance->equations[0];
	assert_string_equal(people->subject, "自然人");
	assert_int_equal(people->left_count, 2);
	assert_int_equal(people->left[1].cell, 7);
	assert_int_equal(people->right[0].cell, 23 * 7);
	assert_int_equal(people->right[1].cell, 24 * 7);
	assert_int_equal(people->pointed, 23 * 7);
	assert_int_equal(sum->equations[6].right_count, 21);
	assert_true(sum->equations[6].right_is_sum);
}

static void measures_belong_to_columns(void **state)
{
	struct bench *bench = *state;
	const struct table *old = table_of(bench, "2019-60", 1);
	assert_true(old->measures[7]->negative);
	assert_false(old->measures[6]->negative);
	assert_true(old->measures[21]->unit_yuan == 10000 * DECIMAL_ONE);
	assert_false(old->measures[21]->whole);
}

static void years_choose_editions(void **state)
{
	struct bench *bench = *state;
	assert_null(editions_for_year(bench->editions, 2018));
	assert_string_equal(editions_for_year(bench->editions, 2019)->id, "2019-60");
	assert_string_equal(editions_for_year(bench->editions, 2020)->id, "2019-60");
	assert_string_equal(editions_for_year(bench->editions, 2021)->id, "2021-30");
	assert_string_equal(editions_for_year(bench->editions, 2035)->id, "2021-30");
	assert_null(editions_find(bench->editions, "2022-1"));
}

static void assert_same_span(struct span one, struct span other)
{
	assert_int_equal(!one.source, !other.source);
	assert_int_equal(one.start, other.start);
	assert_int_equal(one.end, other.end);
}

static void assert_same_nodes(const struct node *one, const struct node *other)
{
	assert_int_equal(one->kind, other->kind);
	assert_int_equal(one->style, other->style);
	assert_int_equal(one->broken, other->broken);
	assert_same_span(one->at, other->at);
	assert_same_span(one->key_at, other->key_at);
	assert_int_equal(!one->key, !other->key);
	if (one->key)
		assert_string_equal(one->key, other->key);
	assert_int_equal(!one->text, !other->text);
	assert_int_equal(one->text_length, other->text_length);
	if (one->text)
		assert_string_equal(one->text, other->text);
	assert_int_equal(one->stretch_count, other->stretch_count);
	assert_int_equal(!one->stretches, !other->stretches);
	for (size_t i = 0; i < one->stretch_count; i++)
		assert_memory_equal(
			&one->stretches[i], &other->stretches[i], sizeof(struct verbatim));
	assert_int_equal(one->count, other->count);
	for (size_t i = 0; i < one->count; i++)
		assert_same_nodes(one->children[i], other->children[i]);
}

/* What the build packed is what a file of the same bytes is read as. */
static void builtins_are_as_parsed(void **state)
{
	struct bench *bench = *state;
	size_t packed = 0;
	for (size_t i = 0; i < builtin_count; i++) {
		const struct source *source;
		struct bytes bytes = {builtins[i].start, builtins[i].length};
		const struct node *unpacked =
			builtin_unpack(bench->arena, &builtins[i], builtins[i].name);
		if (!unpacked)
			continue;
		packed++;
		assert_same_nodes(unpacked,
			node_load_bytes(
				bench->arena, builtins[i].name, bytes, &source, bench->diags));
	}
	assert_int_equal(packed, 5);
	assert_int_equal(bench->diags->all->len, 0);
}

static void editions_of_a_folder_are_those_built_in(void **state)
{
	struct bench *bench = *state;
	char *folder = g_build_filename(g_getenv("NIANBAO_ROOT"), "templates", NULL);
	const struct editions *read = editions_load(bench->arena, folder, bench->diags);
	assert_non_null(read);
	assert_int_equal(read->count, bench->editions->count);
	for (size_t i = 0; i < read->count; i++) {
		GString *one = g_string_new(NULL), *other = g_string_new(NULL);
		edition_dump(read->entries[i].loaded, one);
		edition_dump(editions_at(bench->editions, i), other);
		assert_string_equal(one->str, other->str);
		assert_true(edition_is_builtin(editions_at(bench->editions, i)));
		assert_false(edition_is_builtin(read->entries[i].loaded));
		g_string_free(one, TRUE);
		g_string_free(other, TRUE);
	}
	g_free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_lose_numbers_and_parentheses),
		cmocka_unit_test(numbers_have_levels),
		cmocka_unit_test(spans_follow_from_labels),
		cmocka_unit_test(cells_have_names),
		cmocka_unit_test(lookup_folds),
		cmocka_unit_test(equations_stand_on_cells),
		cmocka_unit_test(measures_belong_to_columns),
		cmocka_unit_test(years_choose_editions),
		cmocka_unit_test(builtins_are_as_parsed),
		cmocka_unit_test(editions_of_a_folder_are_those_built_in),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
