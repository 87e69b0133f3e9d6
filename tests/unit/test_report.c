/* Reports: figures read exactly, texts that remember where each byte was written. */
#include "report/report.h"

#include "base/decimal.h"
#include "report/bind_internal.h"

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
	bench->editions = editions_load(bench->arena, NULL, diags_new(bench->arena, LANGUAGE_EN));
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

static struct report *bind(struct bench *bench, const char *yaml)
{
	bench->diags = diags_new(bench->arena, LANGUAGE_EN);
	const struct source *source =
		source_new(bench->arena, "r.yaml", (struct bytes){yaml, strlen(yaml)});
	const struct node *root = node_parse(bench->arena, source, bench->diags);
	assert_non_null(root);
	return report_bind(bench->arena, source, root, bench->editions, bench->diags);
}

static size_t count_of(const struct bench *bench, const char *id)
{
	size_t count = 0;
	for (guint i = 0; i < bench->diags->all->len; i++) {
		const struct diag *diag = bench->diags->all->pdata[i];
		count += strcmp(diag->id, id) == 0;
	}
	return count;
}

static const char *written(struct bench *bench, struct span at)
{
	return arena_copy_n(bench->arena, at.source->bytes.start + at.start, at.end - at.start);
}

/* One amount, in 万元, and one count. */
static const struct figure *figure(struct bench *bench, bool money, const char *value)
{
	const char *yaml =
		arena_print(bench->arena, "机关: 甲\n年度: 2021\n主动公开政府信息情况:\n  %s: %s\n",
			money ? "行政事业性收费" : "行政许可", value);
	const struct report *report = bind(bench, yaml);
	return report_figure(report, report->sections[1].section->table, money ? 9 : 6);
}

static void figures_are_exact(void **state)
{
	static const struct {
		bool money;
		const char *value;
		int64_t millionths;
		const char *id; /* the finding; NULL: none */
	} cases[] = {
		{false, "32499", 32499 * DECIMAL_ONE, NULL},
		{false, "-2", -2 * DECIMAL_ONE, NULL},
		{false, "9999999999", 9999999999 * DECIMAL_ONE, NULL},
		{true, "299.7935", 299793500, NULL},
		{false, "'1,478'", 1478 * DECIMAL_ONE, "CELL-SEPARATOR"},
		{false, "１２", 12 * DECIMAL_ONE, "CELL-WIDTH"},
		{false, "增9", 9 * DECIMAL_ONE, "CELL-SIGN"},
		{false, "减少12", -12 * DECIMAL_ONE, "CELL-SIGN"},
		{false, "22（其中16）", 22 * DECIMAL_ONE, "CELL-TEXT"},
		{true, "20.4亿元", 204000 * DECIMAL_ONE, "CELL-UNIT"},
		{true, "75394432.52元", 7539443252, "CELL-UNIT"},
		{true, "0.01元", 1, "CELL-UNIT"},
		{true, "6846.176002万元", 6846176002, "CELL-UNIT"},
	};
	struct bench *bench = *state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct figure *got = figure(bench, cases[i].money, cases[i].value);
		assert_int_equal(got->state, FIGURE_GIVEN);
		assert_true(got->millionths == cases[i].millionths);
		assert_int_equal(got->odd, cases[i].id != NULL);
		assert_int_equal(count_of(bench, cases[i].id ? cases[i].id : "CELL-BAD"),
			cases[i].id != NULL);
	}
}

static void what_is_no_figure_is_never_one(void **state)
{
	static const char *const values[] = {"0x10", "1e3", ".inf", "1_000", "yes", "1.", ".5",
		"12345678901", "0.1234567", "'1,47'", "'1 2'", "010", "--2", "+-2", "12万元",
		"（3）", "约3", "0.001元"};
	struct bench *bench = *state;
	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		assert_int_equal(figure(bench, false, values[i])->state, FIGURE_MISSING);
		assert_int_equal(count_of(bench, "CELL-BAD"), 1);
	}
	assert_int_equal(figure(bench, true, "0.001元")->state, FIGURE_MISSING);
	assert_int_equal(figure(bench, false, "无")->state, FIGURE_BLANK);
	assert_int_equal(count_of(bench, "CELL-MARK"), 1);
	assert_int_equal(figure(bench, false, "~")->state, FIGURE_BLANK);
	assert_int_equal(figure(bench, false, "")->state, FIGURE_BLANK);
}

/* Whether the next key is the form's next, an earlier one, a later one, or spelt otherwise. */
static void keys_are_found_in_any_order(void **state)
{
	static const int64_t wanted[] = {7, 8, 9, 4, 5, 6, 1, 2, 3, 0};
	struct bench *bench = *state;
	const struct report *report = bind(bench,
		"机关: 甲\n年度: 2021\n主动公开政府信息情况:\n  行政强制: 3\n  行政许可: 1\n"
		"  行政处罚: 2\n  \"行政 处罚\": 5\n  规章: [7, 8, 9]\n  行政规范性文件: [4, 5, "
		"6]\n"
		"  行政事业性收费: 0\n");
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++)
		assert_int_equal(report->sections[1].figures[i].millionths, wanted[i] * 1000000);
	assert_int_equal(count_of(bench, "FORM-TWICE"), 1);
	assert_int_equal(count_of(bench, "FORM-UNKNOWN"), 0);
}

static void texts_know_where_they_were_written(void **state)
{
	struct bench *bench = *state;
	const struct report *report = bind(bench,
		"机关: 甲\n年度: 2021\n总体情况: |\n  第一段。\n\n  "
		"　许可\xE2\x80\x8B${主动公开政府信息情况/"
		"行政许可}件。\n"
		"主动公开政府信息情况:\n  行政许可: 12\n");
	const struct text *text = &report->sections[0].text;
	assert_int_equal(text->count, 2);
	const struct passage *second = &text->passages[1];
	assert_string_equal(second->utf8, "许可12件。");
	assert_string_equal(written(bench, passage_span(second, 0, 6)), "许可");
	assert_string_equal(
		written(bench, passage_span(second, 6, 8)), "${主动公开政府信息情况/行政许可}");
	assert_string_equal(written(bench, passage_span(second, 8, 14)), "件。");
	assert_int_equal(source_place(second->at.source, second->at.start).line, 6);
	assert_int_equal(count_of(bench, "TEXT-CHAR"), 1);
}

static void folds_between_hanzi_close(void **state)
{
	struct bench *bench = *state;
	const struct report *report = bind(
		bench, "机关: 甲\n年度: 2021\n总体情况: \"公开\n  工作 情况\n  Word\n  文档\"\n");
	const struct passage *only = report->sections[0].text.passages;
	assert_string_equal(only->utf8, "公开工作 情况 Word 文档");
	assert_string_equal(written(bench, passage_span(only, 6, 12)), "工作");
}

static void a_long_paragraph_is_refused(void **state)
{
	struct bench *bench = *state;
	for (size_t length = 100000; length <= 100001; length++) {
		GString *yaml = g_string_new("机关: 甲\n年度: 2021\n总体情况: |\n  ");
		for (size_t i = 0; i < length; i++)
			g_string_append(yaml, "字");
		const struct report *report = bind(bench, arena_copy(bench->arena, yaml->str));
		assert_int_equal(count_of(bench, "YAML-LIMIT"), length > 100000);
		assert_int_equal(report->sections[0].text.count, length <= 100000);
		g_string_free(yaml, TRUE);
	}
}

static void a_text_of_too_many_paragraphs_is_refused(void **state)
{
	struct bench *bench = *state;
	for (size_t count = 99999; count <= 100002; count++) {
		GString *yaml = g_string_new("机关: 甲\n年度: 2021\n总体情况: |\n");
		for (size_t i = 0; i < count; i++)
			g_string_append(yaml, "  字\n");
		const struct report *report = bind(bench, arena_copy(bench->arena, yaml->str));
		assert_int_equal(count_of(bench, "YAML-LIMIT"), count > 100000);
		assert_int_equal(report->sections[0].text.count, MIN(count, 100000));
		g_string_free(yaml, TRUE);
	}
}

static void heads_follow_from_numbers(void **state)
{
	static const struct {
		const char *text;
		int level;
		size_t head;
	} cases[] = {{"（一）主动公开。做了。", 2, 24}, {"(二)依申请公开", 2, 20},
		{"1.2021年工作", 3, 15}, {"3.6亿元", 0, 0}, {"1.5万件", 0, 0}, {"2.5项", 3, 6},
		{"（1）甲；", 4, 0}, {"1、问题: 有", 3, 11}, {"一、总体", 0, 0},
		{"1.会议9:30开始", 3, 18},
		{"（一）这是一个超过了二十八个字所以不能算作标题的很长很长的一段。", 2, 0},
		{"（一）恰好二十八字的标题一二三四五六七八九十一二三四五六。", 2, 87}};
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct numbering got = numbering_read(cases[i].text, strlen(cases[i].text));
		assert_int_equal(got.level, cases[i].level);
		assert_int_equal(got.head, cases[i].head);
	}
}

/* A missing thing points at the key that lacks it, and names its cells. */
static void missing_things_have_a_place(void **state)
{
	struct bench *bench = *state;
	const struct report *report = bind(
		bench, "机关: 甲\n年度: 2021\n主动公开政府信息情况:\n  规章: {本年制发件数: 1}\n");
	for (guint i = 0; i < bench->diags->all->len; i++) {
		const struct diag *diag = bench->diags->all->pdata[i];
		if (!diag->path || !diag->path[1] || !diag->path[2])
			continue;
		assert_string_equal(diag->id, "FORM-MISSING");
		assert_string_equal(written(bench, diag->at), "规章");
	}
	const struct table *table = report->sections[1].section->table;
	assert_int_equal(report_figure(report, table, 0)->state, FIGURE_GIVEN);
	assert_int_equal(report_figure(report, table, 1)->state, FIGURE_MISSING);
	assert_string_equal(written(bench, report_figure(report, table, 1)->at), "规章");
	assert_true(report->sections[2].missing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_are_exact),
		cmocka_unit_test(what_is_no_figure_is_never_one),
		cmocka_unit_test(keys_are_found_in_any_order),
		cmocka_unit_test(texts_know_where_they_were_written),
		cmocka_unit_test(folds_between_hanzi_close),
		cmocka_unit_test(a_long_paragraph_is_refused),
		cmocka_unit_test(a_text_of_too_many_paragraphs_is_refused),
		cmocka_unit_test(heads_follow_from_numbers),
		cmocka_unit_test(missing_things_have_a_place),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
