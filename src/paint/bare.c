/* What isn't known to be part of the picture is left out. */
#include "paint/bare.h"

#include <glib.h>
#include <string.h>

static struct bytes kept(struct arena *arena, GString *out)
{
	struct bytes bytes = {arena_copy_n(arena, out->str, out->len), out->len};
	g_string_free(out, TRUE);
	return bytes;
}

enum {
	JPEG_START = 0xD8,
	JPEG_END = 0xD9,
	JPEG_SCAN = 0xDA,
	JPEG_APP0 = 0xE0,
	JPEG_COMMENT = 0xFE
};

/* APP0 is JFIF's, APP2 the colour profile's, APP14 says what the channels mean. */
static bool is_of_jpeg(unsigned marker)
{
	bool application = marker >= JPEG_APP0 && marker < JPEG_APP0 + 16;
	return marker != JPEG_COMMENT &&
		(!application || marker == JPEG_APP0 || marker == JPEG_APP0 + 2 ||
			marker == JPEG_APP0 + 14);
}

/* Behind 0xFF in coded data: a stuffed byte, a fill byte or a restart; else a marker begins. */
static bool is_in_scan(unsigned marker)
{
	return marker == 0 || marker == 0xFF || (marker >= 0xD0 && marker <= 0xD7);
}

/* Behind coded data: at the next marker. */
static size_t after_scan(const unsigned char *bytes, size_t at, size_t length)
{
	while (at + 1 < length && (bytes[at] != 0xFF || is_in_scan(bytes[at + 1])))
		at++;
	return at + 1 < length ? at : length;
}

struct bytes bare_jpeg(struct arena *arena, struct bytes file)
{
	const unsigned char *bytes = (const unsigned char *)file.start;
	GString *out = g_string_new_len(file.start, (gssize)MIN(file.length, 2));
	for (size_t at = 2; at + 4 <= file.length && bytes[at] == 0xFF;) {
		unsigned marker = bytes[at + 1];
		if (marker == 0xFF) { /* a fill byte */
			at++;
			continue;
		}
		size_t length = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
		size_t end = at + 2 + length;
		if (marker == JPEG_END || is_in_scan(marker) || length < 2 || end > file.length)
			break;
		if (marker == JPEG_SCAN)
			end = after_scan(bytes, end, file.length);
		if (is_of_jpeg(marker))
			g_string_append_len(out, file.start + at, (gssize)(end - at));
		at = end;
	}
	g_string_append_len(out, "\xFF\xD9", 2);
	return kept(arena, out);
}

#define PNG_SIGNATURE 8
#define PNG_AROUND 12 /* a chunk's length, type and checksum */

static bool is_of_png(const char *type)
{
	static const char *const types[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA",
		"iCCP", "sBIT", "sRGB", "bKGD", "pHYs"};
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (memcmp(type, types[i], 4) == 0)
			return true;
	return false;
}

struct bytes bare_png(struct arena *arena, struct bytes file)
{
	const unsigned char *bytes = (const unsigned char *)file.start;
	GString *out = g_string_new_len(file.start, (gssize)MIN(file.length, PNG_SIGNATURE));
	for (size_t at = PNG_SIGNATURE; at + PNG_AROUND <= file.length;) {
		size_t length = (size_t)bytes[at] << 24 | (size_t)bytes[at + 1] << 16 |
			(size_t)bytes[at + 2] << 8 | bytes[at + 3];
		if (length > file.length - at - PNG_AROUND)
			break;
		if (is_of_png(file.start + at + 4))
			g_string_append_len(out, file.start + at, (gssize)(length + PNG_AROUND));
		if (memcmp(file.start + at + 4, "IEND", 4) == 0)
			break;
		at += length + PNG_AROUND;
	}
	return kept(arena, out);
}

/* An SVG being written anew, tag by tag. */
struct rewriting {
	const char *at, *end;
	GString *out;
	int left_out; /* elements deep in one that is dropped */
};

/* Of Inkscape, Sketch, Illustrator and their like, with their own prefix; and metadata. */
static bool is_foreign(const char *name, size_t length)
{
	static const char *const own[] = {"xlink:", "xml:", "svg:", "xmlns:"};
	static const char metadata[] = "metadata";
	size_t tail = strlen(metadata);
	if (length >= tail && memcmp(name + length - tail, metadata, tail) == 0)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
		if (length >= strlen(own[i]) && memcmp(name, own[i], strlen(own[i])) == 0)
			return false;
	return memchr(name, ':', length) != NULL;
}

static bool begins(const struct rewriting *rewriting, const char *word)
{
	size_t length = strlen(word);
	return (size_t)(rewriting->end - rewriting->at) >= length &&
		memcmp(rewriting->at, word, length) == 0;
}

/* Behind the next `word`, or the file's end. */
static const char *behind(const struct rewriting *rewriting, const char *word)
{
	const char *found = g_strstr_len(rewriting->at, rewriting->end - rewriting->at, word);
	return found ? found + strlen(word) : rewriting->end;
}

static void keep_until(struct rewriting *rewriting, const char *next)
{
	if (!rewriting->left_out)
		g_string_append_len(rewriting->out, rewriting->at, next - rewriting->at);
	rewriting->at = next;
}

static size_t name_length(const char *at, const char *end)
{
	const char *name = at;
	while (at < end && !g_ascii_isspace(*at) && !strchr("=/>\"'", *at))
		at++;
	return (size_t)(at - name);
}

/* Behind an attribute that begins at `at`: name, sign, value in quotation marks. */
static const char *behind_attribute(const char *at, const char *end)
{
	at += MAX(name_length(at, end), 1);
	while (at < end && (g_ascii_isspace(*at) || *at == '='))
		at++;
	if (at == end || (*at != '"' && *at != '\''))
		return at;
	const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
	return close ? close + 1 : end;
}

/* A tag's attributes and its end; true if it is its element's end too. */
static bool rewrite_attributes(struct rewriting *rewriting)
{
	bool closed = false;
	while (rewriting->at < rewriting->end && *rewriting->at != '>') {
		closed = *rewriting->at == '/';
		if (closed || g_ascii_isspace(*rewriting->at)) {
			keep_until(rewriting, rewriting->at + 1);
			continue;
		}
		const char *next = behind_attribute(rewriting->at, rewriting->end);
		if (is_foreign(rewriting->at, name_length(rewriting->at, next)))
			rewriting->at = next;
		else
			keep_until(rewriting, next);
	}
	keep_until(rewriting, MIN(rewriting->at + 1, rewriting->end));
	return closed;
}

static void rewrite_tag(struct rewriting *rewriting)
{
	bool ends = begins(rewriting, "</");
	const char *name = rewriting->at + 1 + ends;
	size_t length = name_length(name, rewriting->end);
	bool dropped = rewriting->left_out > 0 || is_foreign(name, length);
	rewriting->left_out += dropped && !ends;
	keep_until(rewriting, name + length);
	bool closed = rewrite_attributes(rewriting);
	if (dropped && (closed || ends) && rewriting->left_out > 0)
		rewriting->left_out--;
}

struct bytes bare_svg(struct arena *arena, struct bytes file)
{
	struct rewriting rewriting = {file.start, file.start + file.length, g_string_new(NULL), 0};
	while (rewriting.at < rewriting.end) {
		if (begins(&rewriting, "<!--"))
			rewriting.at = behind(&rewriting, "-->");
		else if (begins(&rewriting, "<![CDATA["))
			keep_until(&rewriting, behind(&rewriting, "]]>"));
		else if (begins(&rewriting, "<?xml ") || begins(&rewriting, "<!"))
			keep_until(&rewriting, behind(&rewriting, ">"));
		else if (begins(&rewriting, "<?"))
			rewriting.at = behind(&rewriting, "?>");
		else if (*rewriting.at == '<')
			rewrite_tag(&rewriting);
		else
			keep_until(&rewriting, rewriting.at + 1);
	}
	return kept(arena, rewriting.out);
}
