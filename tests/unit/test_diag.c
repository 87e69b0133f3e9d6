/* Sentences in both languages, places, order and counts of findings, excerpts. */
#include "diag/excerpt_internal.h"
#include "diag/print.h"
#include "diag/summary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
	*state = diags_new(arena_open(), LANGUAGE_ZH);
	return 0;
}

static int tear_down(void **state)
{
	arena_close(((struct diags *)*state)->arena);
	return 0;
}

/* Which of {1} to {9} a sentence takes, as bits. */
static unsigned arguments_of(const char *sentence)
{
	unsigned bits = 0;
	for (; *sentence; sentence++)
		if (sentence[0] == '{' && g_ascii_isdigit(sentence[1]) && sentence[2] == '}')
			bits |= 1u << (sentence[1] - '0');
	return bits;
}

static void messages_are_utf8(void **state)
{
	struct diags *diags = *state;
	const struct diag *diag = diag_add(diags, IO_READ, NOWHERE, "\xF0none\xF0", "-", NULL);
	assert_true(g_utf8_validate(diag->message, -1, NULL));
	assert_non_null(strstr(diag->message, "<F0>none<F0>"));
}

static void summaries_hold_no_formula(void **state)
{
	(void)state;
	static const char *const names[] = {
		"=a", "+a", "-a", "@a", "\ta", "\ra", "\na", "＝a", "＠a"};
	struct print_tally tally = {.waived = 0};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		GString *out = g_string_new(NULL);
		summary_add(out, false, &(struct summary_row){names[i], "passed", &tally});
		assert_memory_equal(out->str, "\"'", 2);
		g_string_free(out, TRUE);
	}
}

static void sentences_take_the_same_arguments(void **state)
{
	(void)state;
	for (int code = 0; code < DIAG_CODE_COUNT; code++) {
		const char *zh = diag_code_text((enum diag_code)code, LANGUAGE_ZH);
		const char *en = diag_code_text((enum diag_code)code, LANGUAGE_EN);
		unsigned bits = arguments_of(zh);
		if (!*zh || !*en || bits != arguments_of(en))
			fail_msg("%s | %s", zh, en);
		if (bits & 1 || ((bits >> 1) & ((bits >> 1) + 1))) /* {1} to {n}, none left out */
			fail_msg("%s: numbers", zh);
		if (!g_utf8_validate(zh, -1, NULL) || !g_utf8_validate(en, -1, NULL))
			fail_msg("%s: bytes", zh);
	}
}

static void ids_are_all_described(void **state)
{
	struct diags *diags = *state;
	struct rule_list rules = rules_fixed(diags->arena, LANGUAGE_ZH);
	for (int code = 0; code < DIAG_CODE_COUNT; code++) {
		const char *id = diag_code_id((enum diag_code)code);
		if (*id && !rules_find(&rules, id))
			fail_msg("%s isn't in rules.def", id);
	}
	for (size_t i = 0; i < rules.count; i++)
		if (rules_find(&rules, rules.at[i].id) != &rules.at[i])
			fail_msg("%s is twice in rules.def", rules.at[i].id);
}

static const struct source *source_of(struct diags *diags, const char *text)
{
	return source_new(diags->arena, "r.yaml", (struct bytes){text, strlen(text)});
}

static void places_count_characters(void **state)
{
	const struct source *source = source_of(*state, "\xEF\xBB\xBF年报\r\na\rb\n报");
	static const struct {
		size_t byte, line, column;
	} places[] = {{0, 1, 1}, {3, 1, 2}, {6, 1, 3}, {8, 2, 1}, {10, 3, 1}, {12, 4, 1},
		{15, 4, 2}, {99, 4, 2}};
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		struct place place = source_place(source, places[i].byte);
		assert_int_equal(place.line, places[i].line);
		assert_int_equal(place.column, places[i].column);
	}
	assert_int_equal(source_line(source, 1).length, 6);
	assert_int_equal(source_line(source, 4).length, 3);
}

static void places_in_long_lines(void **state)
{
	GString *text = g_string_new("a\n");
	for (int i = 0; i < 10000; i++)
		g_string_append(text, "年");
	const struct source *source = source_of(*state, text->str);
	for (size_t i = 0; i <= 10000; i += 1237) {
		struct place place = source_place(source, 2 + 3 * i);
		assert_int_equal(place.line, 2);
		assert_int_equal(place.column, i + 1);
	}
	g_string_free(text, TRUE);
}

static void findings_are_sorted_and_said_once(void **state)
{
	struct diags *diags = *state;
	const struct source *source = source_of(diags, "abc");
	struct span late = {source, 2, 3}, early = {source, 0, 1};
	diag_add(diags, FORM_MISSING, late, "乙", NULL);
	diag_add(diags, FORM_MISSING, early, "甲", NULL);
	diag_add(diags, FORM_MISSING, late, "乙", NULL);
	diag_blame_environment(diags, diag_add(diags, IO_READ, NOWHERE, "x", "y", NULL));
	diags_sort(diags);
	assert_int_equal(diags->all->len, 3);
	assert_int_equal(diags->counts[SEVERITY_ERROR], 3);
	const struct diag *first = diags->all->pdata[0], *second = diags->all->pdata[1];
	assert_string_equal(first->id, "IO-READ");
	assert_non_null(strstr(second->message, "甲"));
	assert_int_equal(diags_exit_code(diags, false), 3);
}

static void helps_and_places_belong_to_one_finding(void **state)
{
	struct diags *diags = *state;
	struct diag *one = diag_add(diags, YAML_EMPTY, NOWHERE, NULL);
	struct diag *other = diag_add(diags, YAML_DOCS, NOWHERE, NULL);
	diag_help(diags, one, "甲");
	diag_relate(other, NOWHERE, "乙", NULL);
	assert_int_equal(one->helps->len, 1);
	assert_int_equal(one->related->len, 0);
	assert_int_equal(other->helps->len, 0);
	assert_int_equal(other->related->len, 1);
}

static void excerpt_is(struct diags *diags, const char *line, size_t start, const char *expected)
{
	const struct source *source = source_of(diags, line);
	GString *out = g_string_new(NULL);
	excerpt_append(out, (struct span){source, start, start + 3});
	assert_string_equal(out->str, expected);
	g_string_free(out, TRUE);
}

static void carets_stand_by_display_width(void **state)
{
	excerpt_is(*state, "总计: 151", 8, "    1 | 总计: 151\n      |       ^^^\n");
	excerpt_is(*state, "\033[2J\t总计", 5, "    1 | [2J 总计\n      |     ^^\n");
	excerpt_is(*state, "", 0, ""); /* an empty file, or one that is no text */
}

static void long_lines_are_cut_around_the_caret(void **state)
{
	GString *line = g_string_new(NULL);
	for (int i = 0; i < 200; i++)
		g_string_append(line, "年");
	const struct source *source = source_of(*state, line->str);
	GString *out = g_string_new(NULL);
	excerpt_append(out, (struct span){source, 300, 306});
	char **lines = g_strsplit(out->str, "\n", -1);
	assert_true(g_str_has_prefix(lines[0], "    1 | …年"));
	assert_true(g_str_has_suffix(lines[0], "年…"));
	assert_string_equal(lines[1] + strspn(lines[1], " |"), "^^^^");
	assert_int_equal(strlen(lines[1]), 8 + 1 + 40 + 4);
	g_strfreev(lines);
	g_string_free(out, TRUE);
	g_string_free(line, TRUE);
}

static const char *printed(struct diags *diags, const struct printer *printer)
{
	struct print_run run = {.arena = diags->arena, .out = g_string_new(NULL)};
	struct verdict verdict = {.path = "r.yaml", .diags = diags};
	if (printer->begin)
		printer->begin(&run);
	print_file(printer, &run, &verdict);
	printer->end(&run);
	return arena_take(diags->arena, g_string_free(run.out, FALSE));
}

static void a_flood_is_cut_and_counted(void **state)
{
	struct diags *diags = *state;
	GString *text = g_string_new(NULL);
	for (int i = 0; i < 1003; i++)
		g_string_append(text, "a\n");
	const struct source *source = source_of(diags, text->str);
	for (size_t i = 0; i < 1003; i++)
		diag_add(diags, YAML_DOCS, ((struct span){source, 2 * i, 2 * i + 1}), NULL);
	diags_sort(diags);
	const char *out = printed(diags, &printer_text);
	assert_non_null(strstr(out, "还有 3 处没有列出（每个文件最多列出 1000 处）"));
	assert_non_null(strstr(out, "1003 个错误"));
	assert_non_null(strstr(printed(diags, &printer_json), "\"omitted\": 3}"));
	g_string_free(text, TRUE);
}

static void bad_bytes_of_a_path_stay_json(void **state)
{
	struct diags *diags = *state;
	struct print_run run = {.arena = diags->arena, .out = g_string_new(NULL)};
	struct verdict verdict = {.path = "\xFF.yaml", .diags = diags};
	print_file(&printer_json, &run, &verdict);
	assert_true(g_utf8_validate(run.out->str, -1, NULL));
	assert_non_null(strstr(run.out->str, "\"\xEF\xBF\xBD.yaml\""));
	g_string_free(run.out, TRUE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(sentences_take_the_same_arguments),
		TEST(messages_are_utf8),
		TEST(summaries_hold_no_formula),
		TEST(ids_are_all_described),
		TEST(places_count_characters),
		TEST(places_in_long_lines),
		TEST(findings_are_sorted_and_said_once),
		TEST(helps_and_places_belong_to_one_finding),
		TEST(carets_stand_by_display_width),
		TEST(long_lines_are_cut_around_the_caret),
		TEST(a_flood_is_cut_and_counted),
		TEST(bad_bytes_of_a_path_stay_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
