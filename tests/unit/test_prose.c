/* Sentences made from a table of figures: right ones in many wordings say nothing, the same
 * ones with a figure changed are found. The numbers are made by a fixed sequence. */
#include "check/check.h"
#include "edition/builtin.h"
#include "edition/prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* cmocka wants the four above. */
#include <cmocka.h>

/* A table that is right: what was received and carried over is what was settled and is left. */
struct figures {
	unsigned received, carried_in, settled, carried_out;
	unsigned outcomes[6];
	unsigned upheld, corrected, other, open;
};

static unsigned next_number(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

static struct figures figures_make(unsigned seed)
{
	struct figures made = {.settled = 0};
	for (size_t i = 0; i < 6; i++) {
		made.outcomes[i] = 20 + next_number(&seed, 900);
		made.settled += made.outcomes[i];
	}
	made.carried_in = 3 + next_number(&seed, 15);
	made.carried_out = 3 + next_number(&seed, 15);
	made.received = made.settled + made.carried_out - made.carried_in;
	made.upheld = 5 + next_number(&seed, 40);
	made.corrected = 2 + next_number(&seed, 9);
	made.other = 1 + next_number(&seed, 9);
	made.open = 1 + next_number(&seed, 9);
	return made;
}

static void add_row(GString *yaml, const char *key, unsigned value)
{
	g_string_append_printf(yaml, "    %s: [%u, 0, 0, 0, 0, 0, %u]\n", key, value, value);
}

static void add_zeros(GString *yaml, const char *keys)
{
	gchar **each = g_strsplit(keys, " ", 0);
	for (size_t i = 0; each[i]; i++)
		g_string_append_printf(yaml, "      %s: 0\n", each[i]);
	g_strfreev(each);
}

static void add_group(
	GString *yaml, const char *key, const char *first, unsigned value, const char *zeros)
{
	g_string_append_printf(yaml, "    %s:\n  ", key);
	add_row(yaml, first, value);
	add_zeros(yaml, zeros);
}

static void add_tables(GString *yaml, const struct figures *f)
{
	g_string_append(yaml,
		"主动公开政府信息情况:\n  规章: 0\n  行政规范性文件: 0\n  行政许可: 0\n"
		"  行政处罚: 0\n  行政强制: 0\n  行政事业性收费: 0\n"
		"收到和处理政府信息公开申请情况:\n");
	g_string_append_printf(yaml, "  新收: [%u, 0, 0, 0, 0, 0, %u]\n", f->received, f->received);
	g_string_append_printf(
		yaml, "  上年结转: [%u, 0, 0, 0, 0, 0, %u]\n", f->carried_in, f->carried_in);
	g_string_append(yaml, "  办理结果:\n");
	add_row(yaml, "予以公开", f->outcomes[0]);
	add_row(yaml, "部分公开", f->outcomes[1]);
	add_group(yaml, "不予公开", "国家秘密", f->outcomes[2],
		"法律禁止 三安全一稳定 第三方权益 内部事务 过程性信息 执法案卷 行政查询");
	add_group(yaml, "无法提供", "不掌握", f->outcomes[3], "需另行制作 补正不明确");
	add_group(yaml, "不予处理", "重复申请", f->outcomes[4],
		"信访举报投诉 公开出版物 大量反复申请 确认或重新出具");
	add_group(yaml, "其他处理", "其他", f->outcomes[5], "逾期不补正 逾期未缴费");
	add_row(yaml, "总计", f->settled);
	g_string_append_printf(
		yaml, "  结转下年: [%u, 0, 0, 0, 0, 0, %u]\n", f->carried_out, f->carried_out);
	g_string_append_printf(yaml,
		"政府信息公开行政复议、行政诉讼情况:\n  行政复议: [%u, %u, %u, %u, %u]\n  "
		"行政诉讼: 0\n",
		f->upheld, f->corrected, f->other, f->open,
		f->upheld + f->corrected + f->other + f->open);
}

struct bench {
	struct arena *arena;
	struct editions *editions;
};

static int open_bench(void **state)
{
	struct bench *bench = g_new0(struct bench, 1);
	bench->arena = arena_open();
	bench->editions = editions_load(bench->arena, NULL, diags_new(bench->arena, LANGUAGE_EN));
	*state = bench;
	return bench->editions ? 0 : -1;
}

static int close_bench(void **state)
{
	struct bench *bench = *state;
	arena_close(bench->arena);
	g_free(bench);
	return 0;
}

/* How many findings the sentence draws whose ids begin so. */
static size_t count_of(
	struct bench *bench, const struct figures *f, const char *sentence, const char *ids)
{
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_EN);
	GString *yaml = g_string_new("机关: 青山县人民政府\n年度: 2022\n总体情况: |\n  ");
	g_string_append_printf(yaml, "%s\n", sentence);
	add_tables(yaml, f);
	g_string_append(yaml,
		"存在的主要问题及改进情况: 深度不够。\n其他需要报告的事项: 未收信息处理费。\n");
	const struct source *source =
		source_new(arena, "t.yaml", (struct bytes){yaml->str, yaml->len});
	const struct node *root = node_parse(arena, source, diags);
	const struct report *report = report_bind(arena, source, root, bench->editions, diags);
	struct check_options options = {.previous = NULL};
	g_date_set_dmy(&options.today, 1, G_DATE_JANUARY, 2023);
	assert_non_null(report);
	check_report(report, &options, diags);
	size_t count = 0;
	for (guint i = 0; i < diags->all->len; i++) {
		const struct diag *diag = diags->all->pdata[i];
		assert_int_not_equal(diag->severity, SEVERITY_ERROR);
		count += g_str_has_prefix(diag->id, ids) ? 1 : 0;
	}
	g_string_free(yaml, TRUE);
	arena_close(arena);
	return count;
}

/* About prose; ids of another kind are no matter. */
static size_t count_findings(struct bench *bench, const struct figures *f, const char *sentence)
{
	return count_of(bench, f, sentence, "PROSE-");
}

/* {n} is the figure, right or off by one; the rest of the sentence is always right. */
struct wording {
	const char *before, *after;
};

static void try_wordings(struct bench *bench, const struct figures *f,
	const struct wording *wordings, size_t count, unsigned figure)
{
	for (size_t i = 0; i < count; i++) {
		for (unsigned off = 0; off < 3; off++) {
			char *sentence = g_strdup_printf(
				"%s%u%s", wordings[i].before, figure + off * 20, wordings[i].after);
			size_t findings = count_findings(bench, f, sentence);
			if ((findings > 0) != (off > 0))
				fail_msg("%zu findings: %s", findings, sentence);
			g_free(sentence);
		}
	}
}

static void test_received(void **state)
{
	static const struct wording wordings[] = {
		{"全年共收到政府信息公开申请", "件。"},
		{"2022年，全县新收政府信息公开申请", "件，均依法登记。"},
		{"2022年度，我县各级行政机关共受理依申请公开", "件。"},
		{"本年度接到信息公开申请", "份。"},
		{"全年受理了", "件政府信息公开申请。"},
		{"全年依申请公开受理数量为", "件。"},
		{"青山县人民政府全年收到并受理政府信息公开申请", "件。"},
		{"一年来，共受理并办理政府信息公开申请", "件。"},
	};
	for (unsigned seed = 1; seed < 6; seed++) {
		struct figures f = figures_make(seed);
		try_wordings(*state, &f, wordings, G_N_ELEMENTS(wordings), f.received);
	}
}

static void test_carried(void **state)
{
	static const struct wording in[] = {
		{"依申请公开工作稳步推进，上年结转", "件。"},
		{"依申请公开工作稳步推进，2021年度结转政府信息公开申请", "件。"},
		{"依申请公开工作稳步推进，上年度未办结结转", "件。"},
	};
	static const struct wording out[] = {
		{"依申请公开工作稳步推进，结转下年度继续办理", "件。"},
		{"依申请公开工作稳步推进，按规定结转至2023年办理", "件。"},
		{"依申请公开工作稳步推进，", "件结转下一年度继续办理。"},
	};
	for (unsigned seed = 1; seed < 6; seed++) {
		struct figures f = figures_make(seed);
		try_wordings(*state, &f, in, G_N_ELEMENTS(in), f.carried_in);
		try_wordings(*state, &f, out, G_N_ELEMENTS(out), f.carried_out);
	}
}

static char *list_outcomes(const struct figures *f, size_t wrong, unsigned off, bool shares)
{
	static const char *const names[] = {
		"予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"};
	GString *text = g_string_new(NULL);
	g_string_printf(text, "全年办结政府信息公开申请%u件，其中", f->settled);
	for (size_t i = 0; i < 6; i++) {
		unsigned value = f->outcomes[i] + (i == wrong ? off : 0);
		unsigned tenths = (f->outcomes[i] * 2000 / f->settled + 1) / 2;
		g_string_append_printf(text, "%s%s%u件", i ? "；" : "", names[i], value);
		if (shares)
			g_string_append_printf(text, "，占%u.%u%%", tenths / 10, tenths % 10);
	}
	g_string_append(text, "。");
	return g_string_free(text, FALSE);
}

static void test_outcomes(void **state)
{
	for (unsigned seed = 1; seed < 12; seed++) {
		struct figures f = figures_make(seed);
		for (size_t wrong = 0; wrong < 6; wrong++) {
			bool shares = seed % 2 == 0;
			char *right = list_outcomes(&f, wrong, 0, shares);
			char *off = list_outcomes(&f, wrong, 50, shares);
			assert_int_equal(count_findings(*state, &f, right), 0);
			/* the cell and the sum, and the share where there is one */
			assert_in_range(count_findings(*state, &f, off), 2, 3);
			g_free(right);
			g_free(off);
		}
	}
}

static void test_parts_and_rest(void **state)
{
	unsigned seed = 7;
	for (int round = 0; round < 40; round++) {
		struct figures f = figures_make(1);
		unsigned a = 100 + next_number(&seed, 400), b = 100 + next_number(&seed, 400);
		unsigned rest = 10 + next_number(&seed, 90);
		for (unsigned off = 0; off < 2; off++) {
			char *sentence = g_strdup_printf(
				"全年发布信息%u条，其中政务动态%u条，%s公告%u条，其他%u条。",
				a + b + rest + off, a, round % 2 ? "通知" : "", b, rest);
			if (count_findings(*state, &f, sentence) != off)
				fail_msg("%s", sentence);
			g_free(sentence);
		}
	}
}

/* Where reading ends, it is said, once; what was read before isn't lost. */
static void test_too_much_to_read(void **state)
{
	struct figures f = figures_make(1);
	GString *text = g_string_new(NULL);
	g_string_append_printf(text, "新收政府信息公开申请%u件。\n  ", f.received + 20);
	for (int i = 0; i < 30000; i++)
		g_string_append(text, "甲，");
	assert_int_equal(count_of(*state, &f, text->str, "TEXT-UNCHECKED"), 0);
	g_string_append(text, "。\n  ");
	for (int i = 0; i < 30000; i++)
		g_string_append(text, "1，");
	g_string_append(text, "。\n  共1件。\n  共1件。");
	assert_int_equal(count_of(*state, &f, text->str, "TEXT-UNCHECKED"), 1);
	assert_int_equal(count_findings(*state, &f, text->str), 1);
	g_string_free(text, TRUE);
}

static void test_grammar_compiles(void **state)
{
	struct bench *bench = *state;
	for (size_t i = 0; i < bench->editions->count; i++) {
		const struct edition *edition = editions_at(bench->editions, i);
		struct diags *diags = diags_new(bench->arena, LANGUAGE_EN);
		const struct node *node = edition_nodes_beside(edition, "prose.yaml", diags);
		struct prose *prose = prose_load(bench->arena, edition, node, diags);
		assert_non_null(prose);
		assert_true(prose_compile(prose, diags));
		assert_int_equal(diags->all->len, 0);
		/* The program that is built has them ready. */
		for (size_t k = 0; k < prose->fact_count; k++)
			assert_non_null(builtin_code(prose->facts[k].pattern.at));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grammar_compiles),
		cmocka_unit_test(test_received),
		cmocka_unit_test(test_carried),
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_parts_and_rest),
		cmocka_unit_test(test_too_much_to_read),
	};
	return cmocka_run_group_tests(tests, open_bench, close_bench);
}
