/* Equations, the suspect cell, blank totals and names of cells, over a form made up here. */
#include "check/check_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Two columns and a total, a coefficient other than 1, groups, a row named like a column. */
static const char form[] =
	"edition: made-up\n"
	"notice: 某办函〔2030〕1号\n"
	"title: '{机关}{年度}年报告'\n"
	"years: {from: 2030}\n"
	"measures:\n"
	"  件: {unit: 件, whole: true}\n"
	"sections:\n"
	"  - heading: 一、办件\n"
	"    table:\n"
	"      measure: 件\n"
	"      columns: [个人, 其他, {label: 合计, total: true}]\n"
	"      rows:\n"
	"        - 受理\n"
	"        - label: 办结\n"
	"          children: [甲类, 其他, {label: 总计, total: true}]\n"
	"        - 折算\n"
	"      rules:\n"
	"        - {id: A, severity: error, zh: 列, en: c, each: column, holds: 办结/总计 = "
	"sum(办结)}\n"
	"        - {id: B, severity: error, zh: 行, en: r, each: row, holds: 合计 = sum(leaves)}\n"
	"        - {id: C, severity: error, zh: 折, en: d, each: column, holds: 折算 = 2 * "
	"办结/总计 + 受理}\n"
	"        - {id: D, kind: blank-total, severity: error, zh: 空, en: b}\n";

static const char *const rows[] = {"受理", "甲类", "其他", "总计", "折算"};
#define CELLS 15

/* 受理 3 1 4, 甲类 1 2 3, 其他 0 1 1, 总计 1 3 4, 折算 5 7 12 */
static const int sound[CELLS] = {3, 1, 4, 1, 2, 3, 0, 1, 1, 1, 3, 4, 5, 7, 12};

struct bench {
	struct arena *arena;
	struct diags *diags;
	struct edition *edition;
	const struct table *table;
	struct figure figures[CELLS];
};

static int set_up(void **state)
{
	struct arena *arena = arena_open();
	struct bench *bench = arena_new(arena, struct bench);
	char *folder = g_dir_make_tmp("check-XXXXXX", NULL);
	char *path = g_build_filename(folder, "made-up.yaml", NULL);
	bench->arena = arena;
	bench->diags = diags_new(arena, LANGUAGE_ZH);
	assert_true(g_file_set_contents(path, form, -1, NULL));
	struct editions *editions = editions_load(arena, folder, bench->diags);
	assert_non_null(editions);
	bench->edition = editions->entries[0].loaded;
	bench->table = bench->edition->sections[0].table;
	assert_int_equal(bench->table->cell_count, CELLS);
	for (size_t i = 0; i < CELLS; i++)
		bench->figures[i] = (struct figure){
			.state = FIGURE_GIVEN, .millionths = sound[i] * DECIMAL_ONE, .printed = ""};
	remove(path);
	remove(folder);
	g_free(path);
	g_free(folder);
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	arena_close(((struct bench *)*state)->arena);
	return 0;
}

static void write_figure(struct bench *bench, size_t cell, int64_t millionths)
{
	bench->figures[cell].millionths = millionths;
}

static struct sheet open_sheet(struct bench *bench)
{
	return sheet_open(bench->arena, bench->table, bench->figures);
}

static size_t count_failures(const struct sheet *sheet)
{
	size_t failures = 0;
	for (size_t r = 0; r < sheet->table->rule_count; r++)
		for (size_t e = 0; e < sheet->table->rules[r]->equation_count; e++)
			failures += equation_weigh(sheet, &sheet->table->rules[r]->equations[e])
					    .outcome == OUTCOME_FAILS;
	return failures;
}

static void sound_figures_hold(void **state)
{
	struct sheet sheet = open_sheet(*state);
	assert_int_equal(count_failures(&sheet), 0);
	assert_false(sheet.has_suspect);
}

/* Whatever cell is changed by whatever amount, it is the one that is named. */
static void every_changed_cell_is_named(void **state)
{
	static const int64_t amounts[] = {1, -1, 7, 1000000};
	struct bench *bench = *state;
	for (size_t cell = 0; cell < CELLS; cell++)
		for (size_t i = 0; i < G_N_ELEMENTS(amounts); i++) {
			int64_t before = bench->figures[cell].millionths;
			write_figure(bench, cell, before + amounts[i] * DECIMAL_ONE);
			struct sheet sheet = open_sheet(bench);
			assert_true(count_failures(&sheet) >= 2);
			assert_true(sheet.has_suspect);
			assert_int_equal(sheet.suspect, cell);
			assert_int_equal(sheet.suspect_value, before);
			write_figure(bench, cell, before);
		}
}

static void two_changed_cells_name_none(void **state)
{
	struct bench *bench = *state;
	write_figure(bench, 3, 2 * DECIMAL_ONE);
	write_figure(bench, 7, 5 * DECIMAL_ONE);
	struct sheet sheet = open_sheet(bench);
	assert_false(sheet.has_suspect);
}

/* Only -1 instead of the 0 in cell 6 would mend all of them, and no count is below 0. */
static void an_impossible_value_is_not_named(void **state)
{
	static const int figures[CELLS] = {3, 1, 4, 1, 2, 3, 0, 1, 0, 0, 3, 3, 3, 7, 10};
	struct bench *bench = *state;
	for (size_t i = 0; i < CELLS; i++)
		write_figure(bench, i, figures[i] * DECIMAL_ONE);
	struct sheet sheet = open_sheet(bench);
	assert_int_equal(count_failures(&sheet), 2);
	assert_false(sheet.has_suspect);
	write_figure(bench, 6, -DECIMAL_ONE);
	sheet = open_sheet(bench);
	assert_int_equal(count_failures(&sheet), 0);
}

static void a_missing_figure_leaves_equations_undecided(void **state)
{
	struct bench *bench = *state;
	bench->figures[3] = (struct figure){.state = FIGURE_MISSING, .printed = ""};
	struct sheet sheet = open_sheet(bench);
	assert_int_equal(count_failures(&sheet), 0);
}

static void a_blank_addend_is_nought(void **state)
{
	struct bench *bench = *state;
	bench->figures[6] = (struct figure){.state = FIGURE_BLANK, .printed = ""};
	struct sheet sheet = open_sheet(bench);
	assert_int_equal(count_failures(&sheet), 0);
	assert_false(sheet.unstated[6]);
}

/* A total over something, and the total over that total. */
static void blank_totals_are_marked_to_the_last(void **state)
{
	struct bench *bench = *state;
	static const size_t blank[] = {5, 8, 9, 10, 11};
	for (size_t i = 0; i < G_N_ELEMENTS(blank); i++)
		bench->figures[blank[i]] = (struct figure){.state = FIGURE_BLANK, .printed = ""};
	struct sheet sheet = open_sheet(bench);
	for (size_t i = 0; i < G_N_ELEMENTS(blank); i++)
		assert_true(sheet.unstated[blank[i]]);
	assert_int_equal(count_failures(&sheet), 0);
}

static void figures_too_large_are_said_so(void **state)
{
	struct bench *bench = *state;
	write_figure(bench, 0, INT64_MAX);
	write_figure(bench, 1, INT64_MAX);
	struct sheet sheet = open_sheet(bench);
	const struct rule *rule = sheet.table->rules[1];
	assert_int_equal(equation_weigh(&sheet, &rule->equations[0]).outcome, OUTCOME_TOO_LARGE);
	assert_false(sheet.has_suspect);
}

static void names_tell_neighbours_apart(void **state)
{
	struct bench *bench = *state;
	struct audit audit = {.arena = bench->arena, .diags = bench->diags};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct cell cell = table_cell_at(bench->table, i * 3);
		const char *want = i == 2 ? "办结 · 其他" : rows[i];
		assert_string_equal(row_name(&audit, &cell), want);
	}
	assert_string_equal(cell_name(&audit, table_cell_at(bench->table, 2)), "受理 · 合计");
}

static void paths_find_rows_and_columns(void **state)
{
	struct bench *bench = *state;
	struct row row;
	assert_true(row_find(bench->arena, bench->table, "办结/其他", &row));
	assert_int_equal(row.from, 6);
	assert_int_equal(row.to, 9);
	assert_int_equal(column_find(bench->arena, row.band, "合计"), 2);
	assert_false(row_find(bench->arena, bench->table, "办结", &row));
	assert_false(row_find(bench->arena, bench->table, "办结/无", &row));
	assert_int_equal(column_find(bench->arena, bench->table->bands, "无"), NOT_FOUND);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(sound_figures_hold),
		TEST(every_changed_cell_is_named),
		TEST(two_changed_cells_name_none),
		TEST(an_impossible_value_is_not_named),
		TEST(a_missing_figure_leaves_equations_undecided),
		TEST(a_blank_addend_is_nought),
		TEST(blank_totals_are_marked_to_the_last),
		TEST(figures_too_large_are_said_so),
		TEST(names_tell_neighbours_apart),
		TEST(paths_find_rows_and_columns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
