/* The line composer: the grid, what may stand where, what is squeezed, what stays whole. */
#include "layout/lines/pieces_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define TENTH_PT (UNITS_PER_PT / 10)

static struct arena *arena;
static struct diags *diags;
static const struct fonts *fonts;
static const struct style *style;

static int open_fonts(void **state)
{
	(void)state;
	arena = arena_open();
	diags = diags_new(arena, LANGUAGE_EN);
	style = style_load(arena, "gbt9704", NULL, diags);
	fonts = fonts_open(arena, g_getenv("NIANBAO_ROOT"), "", diags);
	return style && fonts ? 0 : -1;
}

static int close_fonts(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static struct line_request request_of(const char *text, enum line_fit fit, int measure)
{
	struct styled *styled = arena_new(arena, struct styled);
	*styled = (struct styled){&style->body, strlen(text)};
	return (struct line_request){
		.fonts = fonts,
		.style = style,
		.utf8 = text,
		.styles = styled,
		.style_count = 1,
		.fit = fit,
		.measure = measure,
	};
}

static struct lines compose(const char *text)
{
	struct line_request request = request_of(text, LINES_GRID, style_measure(style));
	return lines_compose(arena, &request, diags);
}

static const char *text_of(const char *text, const struct line *line)
{
	return arena_copy_n(arena, text + line->from, line->to - line->from);
}

static int right_edge(const struct line *line)
{
	return line->start + line->width;
}

/* The pen of the glyph that stands for the text's byte. */
static int pen_of(const struct line *line, const char *text, size_t byte)
{
	size_t before = line->from;
	for (size_t r = 0; r < line->run_count; r++) {
		const struct item *run = &line->runs[r];
		const char *found = strstr(text + before, run->as.text.utf8);
		assert_non_null(found);
		size_t start = (size_t)(found - text);
		for (size_t g = 0; g < run->as.text.count; g++)
			if (start + run->as.text.glyphs[g].cluster == byte)
				return run->x + run->as.text.glyphs[g].x;
		before = start + strlen(run->as.text.utf8);
	}
	fail_msg("no glyph for byte %zu of %s", byte, text);
	return 0;
}

static const char *hanzi(size_t count)
{
	GString *text = g_string_new(NULL);
	for (size_t i = 0; i < count; i++)
		g_string_append(text, i % 2 ? "府" : "政");
	return arena_take(arena, g_string_free(text, FALSE));
}

static void stands_on_the_grid(void **state)
{
	(void)state;
	const char *text = hanzi(28 * 3);
	struct lines lines = compose(text);
	int pitch = style_character_pitch(style);
	assert_int_equal(lines.count, 3);
	for (size_t i = 0; i < 28; i++)
		assert_in_range(pen_of(&lines.at[1], text, (28 + i) * 3), (int)i * pitch,
			(int)i * pitch + 27);
	assert_int_equal(right_edge(&lines.at[0]), style_measure(style));
}

static void indents_by_two_characters(void **state)
{
	(void)state;
	const char *text = hanzi(26 + 28 + 3);
	struct line_request request = request_of(text, LINES_GRID, style_measure(style));
	request.first_indent = 2 * style_character_pitch(style);
	struct lines lines = lines_compose(arena, &request, diags);
	assert_int_equal(lines.count, 3);
	assert_int_equal(lines.at[0].start, request.first_indent);
	assert_int_equal(lines.at[0].to, 26 * 3);
	assert_int_equal(right_edge(&lines.at[0]), style_measure(style));
	assert_int_equal(lines.at[1].to, (26 + 28) * 3);
}

/* Slack goes evenly between hanzi, and not into the one Latin space. */
static void shares_slack_evenly(void **state)
{
	(void)state;
	const char *text = arena_print(arena, "%s ab %s", hanzi(13), hanzi(40));
	struct lines lines = compose(text);
	const struct line *line = &lines.at[0];
	assert_in_range(
		right_edge(line), style_measure(style) - TENTH_PT, style_measure(style) + TENTH_PT);
	int first = pen_of(line, text, 3) - pen_of(line, text, 0);
	for (size_t i = 1; i < 12; i++)
		assert_in_range(pen_of(line, text, 3 * i + 3) - pen_of(line, text, 3 * i),
			first - 1, first + 1);
	assert_in_range(first, style->body.size * 9 / 10, style->body.size * 11 / 10);
}

/* A text whose 29th character is the mark: it must not begin the second line, and what
 * mustn't end a line stands 28th. */
static void keeps_marks_from_the_lines_start(void **state)
{
	(void)state;
	static const char *const marks[] = {"，", "。", "、", "；", "：", "？", "！", "）", "》",
		"〉", "】", "〕", "」", "』", "”", "’", "—", "·", "～", "…", "％", "%", "℃", "‰"};
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		const char *text = arena_print(arena, "%s%s%s", hanzi(28), marks[i], hanzi(40));
		struct lines lines = compose(text);
		assert_true(lines.count >= 3);
		const char *second = text + lines.at[1].from;
		if (g_str_has_prefix(second, marks[i]))
			fail_msg("a line begins with %s", marks[i]);
	}
}

static void keeps_marks_from_the_lines_end(void **state)
{
	(void)state;
	static const char *const marks[] = {
		"（", "《", "〈", "【", "〔", "「", "『", "“", "‘", "￥", "$", "("};
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		const char *text = arena_print(arena, "%s%s%s", hanzi(27), marks[i], hanzi(40));
		struct lines lines = compose(text);
		if (g_str_has_suffix(text_of(text, &lines.at[0]), marks[i]))
			fail_msg("a line ends with %s", marks[i]);
	}
}

/* 28 and a half characters: the last mark's empty half stands outside, nothing else moves. */
static void hangs_the_empty_half_of_the_last_mark(void **state)
{
	(void)state;
	const char *text = arena_print(arena, "%s”，%s，%s", hanzi(20), hanzi(6), hanzi(40));
	struct lines lines = compose(text);
	const struct line *line = &lines.at[0];
	assert_true(g_str_has_suffix(text_of(text, line), "，"));
	assert_in_range(right_edge(line), style_measure(style) - TENTH_PT,
		style_measure(style) + style->body.size / 2 + TENTH_PT);
}

/* Where marks meet one half em goes: ”， from 32 pt to 24, ， alone stays. */
static void squeezes_marks_that_meet(void **state)
{
	(void)state;
	static const char *const pairs[] = {
		"”，", "）。", "》、", "。”", "，“", "》（", "“《", "（“"};
	int pitch = style_character_pitch(style), half = style->body.size / 2;
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		const char *text = arena_print(arena, "政%s府", pairs[i]);
		struct lines lines = compose(text);
		int across = pen_of(&lines.at[0], text, 9) - pen_of(&lines.at[0], text, 0);
		assert_in_range(across, 3 * pitch - half - 2, 3 * pitch - half * 3 / 4);
	}
	struct lines alone = compose("政，府");
	assert_int_equal(pen_of(&alone.at[0], "政，府", 6), 2 * pitch);
}

static void joins_dashes_and_never_parts_them(void **state)
{
	(void)state;
	static const char *const dashes[] = {"——", "……"};
	for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++)
		for (size_t before = 24; before <= 30; before++) {
			const char *text =
				arena_print(arena, "%s%s%s", hanzi(before), dashes[i], hanzi(30));
			struct lines lines = compose(text);
			size_t inside = before * 3 + 3;
			for (size_t l = 0; l < lines.count; l++) {
				assert_true(lines.at[l].from != inside);
				if (lines.at[l].from > inside || lines.at[l].to <= inside)
					continue;
				int across = pen_of(&lines.at[l], text, inside) -
					pen_of(&lines.at[l], text, inside - 3);
				/* full width, and not a hair between the strokes */
				assert_in_range(
					across, style->body.size * 97 / 100, style->body.size);
			}
		}
}

/* Wherever the line ends, these stay whole. */
static void keeps_numbers_whole(void **state)
{
	(void)state;
	static const char *const wholes[] = {"12345.67", "5.8%", "2021年", "151件", "31日",
		"（一）", "-3.5", "1,234", "GB/T", "Windows", "18.5℃"};
	for (size_t i = 0; i < G_N_ELEMENTS(wholes); i++)
		for (size_t before = 20; before <= 28; before++) {
			const char *text =
				arena_print(arena, "%s%s%s", hanzi(before), wholes[i], hanzi(40));
			struct lines lines = compose(text);
			size_t from = before * 3, to = from + strlen(wholes[i]);
			for (size_t l = 1; l < lines.count; l++)
				if (lines.at[l].from > from && lines.at[l].from < to)
					fail_msg("%s is parted", wholes[i]);
		}
}

static void parts_long_addresses(void **state)
{
	(void)state;
	const char *text = arena_print(arena,
		"%s（http://www.linzi.gov.cn/gongkai/site_lzqzwgkgzlddxzbgs/channel_x_123.html）%s",
		hanzi(10), hanzi(30));
	struct lines lines = compose(text);
	for (size_t i = 0; i + 1 < lines.count; i++)
		assert_in_range(right_edge(&lines.at[i]), style_measure(style) - TENTH_PT,
			style_measure(style) + style->body.size / 2 + TENTH_PT);
}

/* No single hanzi on a last line where the line before can give or take one. */
static void avoids_a_lonely_last_hanzi(void **state)
{
	(void)state;
	const char *text = arena_print(arena, "%s，%s。%s", hanzi(9), hanzi(8), hanzi(10));
	struct lines lines = compose(text);
	const struct line *last = &lines.at[lines.count - 1];
	assert_true(lines.count == 1 || last->width > style->body.size * 3 / 2);
}

static const char *const title_units[] = {
	"临淄区人民政府", "2021年", "政府信息公开", "工作", "年度报告", NULL};

static void balances_titles(void **state)
{
	(void)state;
	const char *text = "临淄区人民政府2021年政府信息公开工作年度报告";
	struct line_request request = request_of(text, LINES_BALANCED, style_measure(style));
	request.units = title_units;
	((struct styled *)(uintptr_t)request.styles)->style = &style->title;
	struct lines lines = lines_compose(arena, &request, diags);
	assert_int_equal(lines.count, 2);
	assert_string_equal(text_of(text, &lines.at[0]), "临淄区人民政府2021年");
	int shorter = MIN(lines.at[0].width, lines.at[1].width);
	assert_true(shorter * 3 >= 2 * MAX(lines.at[0].width, lines.at[1].width));
	assert_in_range(lines.at[0].start * 2 + lines.at[0].width, request.measure - 2,
		request.measure + 2);
}

static void balances_narrow_labels(void **state)
{
	(void)state;
	struct line_request request =
		request_of("结果维持", LINES_BALANCED, style->body.size * 7 / 2);
	struct lines lines = lines_compose(arena, &request, diags);
	assert_int_equal(lines.count, 2);
	assert_int_equal(lines.at[0].to, 6);
	assert_true(lines_widths(arena, &request, NULL).minimum <= style->body.size);
	assert_int_equal(lines_widths(arena, &request, NULL).natural, 4 * style->body.size);
}

/* Of each piece before the end: its bytes and what a break before it costs. */
static void assert_same_breaks(const char *text)
{
	struct arena *scratch = arena_open();
	/* a line's end is for Pango to see, and nothing behind it matters before it */
	const char *longer = arena_print(scratch, "%s\n", text);
	struct line_request request = request_of(text, LINES_GRID, style_measure(style));
	struct pieces known = pieces_shape(scratch, &request, diags);
	request = request_of(longer, LINES_GRID, style_measure(style));
	struct pieces asked = pieces_shape(scratch, &request, diags);
	assert_int_equal(known.count + 1, asked.count);
	for (size_t i = 0; i < known.count; i++) {
		if (known.at[i].break_cost != asked.at[i].break_cost)
			print_error("“%s”, before character %zu\n", text, i + 1);
		assert_int_equal(known.at[i].break_cost, asked.at[i].break_cost);
		assert_int_equal(known.at[i].to, asked.at[i].to);
	}
	arena_close(scratch);
}

/* What is said without Pango is what it says: any two signs that reports are written in,
 * behind any kind of sign. */
static void breaks_as_pango_does(void **state)
{
	(void)state;
	static const char signs[] = "年字a7Z，。、；：？！（）《》〈〉〔〕【】“”—…·.,:;()%-/ ";
	static const char *const starts[] = {"", "年", "a", "7", "（", "，", "“", "%", " "};
	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		for (const char *a = signs; *a; a = g_utf8_next_char(a))
			for (const char *b = signs; *b; b = g_utf8_next_char(b))
				assert_same_breaks(arena_print(arena, "%s%.*s%.*s年7", starts[i],
					g_utf8_skip[(guchar)*a], a, g_utf8_skip[(guchar)*b], b));
}

static void draws_rare_characters(void **state)
{
	(void)state;
	guint before = diags->all->len;
	const char *text = "王𬭎䶮㛃镕堃";
	struct lines lines = compose(text);
	assert_int_equal(diags->all->len, before);
	size_t glyphs = 0;
	for (size_t r = 0; r < lines.at[0].run_count; r++)
		glyphs += lines.at[0].runs[r].as.text.count;
	assert_int_equal(glyphs, 6);
	/* the fallback is lowered to the middle of 仿宋 */
	assert_true(lines.at[0].run_count >= 2);
	assert_true(lines.at[0].runs[1].as.text.glyphs[0].y < 0);
}

static struct span locate(const void *context, size_t from, size_t to)
{
	return (struct span){context, from, to};
}

static void boxes_what_no_font_has(void **state)
{
	(void)state;
	guint before = diags->all->len;
	const struct source *source =
		source_new(arena, "x", (struct bytes){"府\xF3\xB0\x80\x81府\xF3\xB0\x80\x81", 14});
	struct line_request request = request_of(source->bytes.start, LINES_GRID, 400000);
	request.locate = locate;
	request.context = source;
	struct lines lines = lines_compose(arena, &request, diags);
	assert_int_equal(diags->all->len, before + 1);
	const struct diag *diag = diags->all->pdata[before];
	assert_string_equal(diag->id, "FONT-CHAR");
	assert_non_null(strstr(diag->message, "U+F0001"));
	assert_int_equal(diag->at.start, 3);
	assert_int_equal(diag->at.end, 7);
	/* 府, a box and F0001 in it, twice */
	assert_int_equal(lines.at[0].run_count, 2 * (1 + 1 + 5));
	for (size_t r = 0; r < lines.at[0].run_count; r++)
		assert_true(lines.at[0].runs[r].as.text.glyphs[0].id != 0);
}

static void survives_odd_texts(void **state)
{
	(void)state;
	static const char *const odd[] = {"", " ", "\n", "　　", "a\n\nb", "。。。。。。。。",
		"（（（（（（（（", "————————————————————————————————————————————————————————————",
		"\xE2\x80\x8B", "e\xCC\x81\xCC\x82府\xEF\xB8\x80",
		"1234567890123456789012345678901234567890123456789012345678901234567890"};
	for (size_t i = 0; i < G_N_ELEMENTS(odd); i++)
		for (int fit = LINES_GRID; fit <= LINES_BALANCED; fit++) {
			struct line_request request =
				request_of(odd[i], (enum line_fit)fit, style->body.size * 3 / 2);
			struct lines lines = lines_compose(arena, &request, diags);
			size_t end = 0;
			for (size_t l = 0; l < lines.count; l++) {
				assert_int_equal(lines.at[l].from, end);
				end = lines.at[l].to;
			}
			assert_int_equal(end, strlen(odd[i]));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stands_on_the_grid),
		cmocka_unit_test(indents_by_two_characters),
		cmocka_unit_test(shares_slack_evenly),
		cmocka_unit_test(keeps_marks_from_the_lines_start),
		cmocka_unit_test(keeps_marks_from_the_lines_end),
		cmocka_unit_test(hangs_the_empty_half_of_the_last_mark),
		cmocka_unit_test(squeezes_marks_that_meet),
		cmocka_unit_test(joins_dashes_and_never_parts_them),
		cmocka_unit_test(keeps_numbers_whole),
		cmocka_unit_test(parts_long_addresses),
		cmocka_unit_test(avoids_a_lonely_last_hanzi),
		cmocka_unit_test(balances_titles),
		cmocka_unit_test(balances_narrow_labels),
		cmocka_unit_test(breaks_as_pango_does),
		cmocka_unit_test(draws_rare_characters),
		cmocka_unit_test(boxes_what_no_font_has),
		cmocka_unit_test(survives_odd_texts),
	};
	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
