/*
 * Changes that a report survives as a report: figures and lines change places, keys and values
 * are swapped, figures and words become the worst that a clerk or a villain may write. Half of
 * the time libFuzzer changes bytes as it knows best.
 */
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

struct stretch {
	size_t start, length;
};

static unsigned chance; /* a state of its own for each call: the walk can be repeated */

static size_t choose(size_t count)
{
	chance = chance * 1103515245U + 12345U;
	return count ? (chance >> 8) % count : 0;
}

static struct stretch choose_line(const GString *text)
{
	size_t from = choose(text->len), start = from, end = from;
	while (start > 0 && text->str[start - 1] != '\n')
		start--;
	while (end < text->len && text->str[end] != '\n')
		end++;
	return (struct stretch){start, end - start};
}

/* A run of bytes like a figure at or after a place; empty where there is none. */
static struct stretch choose_figure(const GString *text)
{
	size_t start = choose(text->len);
	while (start < text->len && !g_ascii_isdigit(text->str[start]))
		start++;
	return (struct stretch){start, strspn(text->str + start, "0123456789.,")};
}

/* The key (as written, with its indentation) or the value of a line `key: value`. */
static struct stretch choose_half(const GString *text, bool key)
{
	struct stretch line = choose_line(text);
	const char *colon = memchr(text->str + line.start, ':', line.length);
	if (!colon)
		return line;
	size_t cut = (size_t)(colon - text->str);
	if (key)
		return (struct stretch){line.start, cut - line.start};
	return (struct stretch){cut + 1, line.start + line.length - cut - 1};
}

static void put(GString *text, struct stretch at, const char *words, size_t length)
{
	g_string_erase(text, (gssize)at.start, (gssize)at.length);
	g_string_insert_len(text, (gssize)at.start, words, (gssize)length);
}

/* Copies one stretch over another, or both ways. */
static void swap(GString *text, struct stretch a, struct stretch b, bool both)
{
	struct stretch first = a.start <= b.start ? a : b, second = a.start <= b.start ? b : a;
	if (first.start + first.length > second.start)
		return;
	char *one = g_strndup(text->str + first.start, first.length);
	char *two = g_strndup(text->str + second.start, second.length);
	if (both)
		put(text, second, one, first.length);
	put(text, first, two, second.length);
	g_free(one);
	g_free(two);
}

static void put_bad_figure(GString *text)
{
	static const char *const bad[] = {"0", "-1", "9999999999.999999", "10000000000", "1,478",
		"１２", "010", "1e5", "~", "", "/", "—", "3万元", "2亿元", "增加5件", "-0",
		"0.0000001", "12（其中修订1件）", "１，２３４", "${机关}", "[1, 2]", "{总计: 3}",
		"'7'", "1 2", "𝟏"};
	const char *word = bad[choose(G_N_ELEMENTS(bad))];
	put(text, choose_figure(text), word, strlen(word));
}

static void put_bad_words(GString *text)
{
	static const char *const bad[] = {"\xE2\x80\xAE", "\xE2\x81\xA6", "\xC2\x9B", "\x1B[31m",
		"\xE2\x80\x8D", "\xCC\x81\xCC\x81\xCC\x81", "𠀀", "\xF3\xA0\x84\x80", "龘",
		"<script>", "]]>", "&amp;", "=1+1", "\"\"", "%0A::error::", "（一）", "1. ",
		"${a/b/c}", "全年共收到申请151件，其中予以公开5件，占99%。",
		"https://example.org/(", "\xEF\xB7\x90", "\xEF\xBF\xBE",
		"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", "مرحبا", "　", "﷽"};
	const char *word = bad[choose(G_N_ELEMENTS(bad))];
	size_t at = choose(text->len + 1);
	while (at < text->len && ((unsigned char)text->str[at] & 0xC0) == 0x80)
		at++;
	for (size_t times = choose(8) ? 1 : choose(400); times > 0; times--)
		g_string_insert(text, (gssize)at, word);
}

static void repeat_line(GString *text)
{
	struct stretch line = choose_line(text);
	char *copy = g_strndup(text->str + line.start, line.length);
	for (size_t times = choose(8) ? 1 : choose(100); times > 0; times--) {
		g_string_insert_c(text, (gssize)line.start, '\n');
		g_string_insert(text, (gssize)line.start, copy);
	}
	g_free(copy);
}

static void move_line(GString *text)
{
	struct stretch line = choose_line(text);
	if (choose(2))
		g_string_insert(text, (gssize)line.start, "  ");
	else if (line.length > 2 && strncmp(text->str + line.start, "  ", 2) == 0)
		g_string_erase(text, (gssize)line.start, 2);
}

static void change(GString *text)
{
	switch (choose(9)) {
	case 0:
		swap(text, choose_figure(text), choose_figure(text), true);
		break;
	case 1:
	case 2:
		put_bad_figure(text);
		break;
	case 3:
		swap(text, choose_line(text), choose_line(text), true);
		break;
	case 4:
		put(text, choose_line(text), "", 0);
		break;
	case 5:
		swap(text, choose_half(text, true), choose_half(text, true), choose(2));
		break;
	case 6:
		swap(text, choose_half(text, false), choose_half(text, false), choose(2));
		break;
	case 7:
		put_bad_words(text);
		break;
	default:
		choose(2) ? repeat_line(text) : move_line(text);
	}
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	chance = seed;
	if (size < 8 || choose(2) || memchr(data, 0, size))
		return LLVMFuzzerMutate(data, size, max_size);
	GString *text = g_string_new_len((const char *)data, (gssize)size);
	for (size_t times = 1 + choose(4); times > 0; times--)
		change(text);
	size_t length = MIN(text->len, max_size);
	memcpy(data, text->str, length);
	g_string_free(text, TRUE);
	return length;
}
