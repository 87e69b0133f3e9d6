/* What bytes a file is made of, before anything is read in it. */
#include "yaml/yaml_internal.h"

#include <string.h>

#define FLOOD 1000 /* runs of forbidden characters that are named; it is no text beyond */

static bool begins(struct bytes bytes, const char *magic, size_t length)
{
	return bytes.length >= length && memcmp(bytes.start, magic, length) == 0;
}

/* Zeros at every other byte, few at the others (一 is U+4E00): UTF-16 without a mark. */
static bool zeros_alternate(struct bytes bytes)
{
	size_t zeros[2] = {0, 0};
	if (!bytes.length || !memchr(bytes.start, '\0', bytes.length))
		return false;
	for (size_t i = 0; i < bytes.length; i++)
		zeros[i % 2] += bytes.start[i] == '\0';
	size_t all = zeros[0] + zeros[1];
	return bytes.length % 2 == 0 && MIN(zeros[0], zeros[1]) * 8 <= all &&
		all * 16 >= bytes.length && all >= 2;
}

static bool is_utf16(struct bytes bytes)
{
	return begins(bytes, "\xFF\xFE", 2) || begins(bytes, "\xFE\xFF", 2) ||
		zeros_alternate(bytes);
}

/* How many bytes of GB 18030 a character at `at` has; 0 if it isn't one. */
static size_t gb_length(const unsigned char *at, size_t left)
{
	if (at[0] < 0x80)
		return 1;
	if (at[0] == 0x80 || at[0] == 0xFF || left < 2)
		return 0;
	if (at[1] >= 0x40 && at[1] != 0x7F && at[1] != 0xFF)
		return 2;
	bool four = left >= 4 && g_ascii_isdigit(at[1]) && at[2] > 0x80 && at[2] < 0xFF &&
		g_ascii_isdigit(at[3]);
	return four ? 4 : 0;
}

/* Every byte fits, and most characters beyond ASCII are the hanzi and signs of GB 2312. */
static bool is_gb18030(struct bytes bytes)
{
	const unsigned char *start = (const unsigned char *)bytes.start;
	size_t beyond = 0, common = 0;
	for (size_t at = 0, length; at < bytes.length; at += length) {
		const unsigned char *c = start + at;
		length = gb_length(c, bytes.length - at);
		if (length == 0)
			return false;
		beyond += length > 1;
		common += length == 2 && c[0] >= 0xA1 && c[0] <= 0xF7 && c[1] >= 0xA1;
	}
	return beyond > 0 && common * 2 > beyond;
}

static const struct {
	const char *magic;
	size_t length;
	enum diag_code code;
} documents[] = {
	{"PK\x03\x04", 4, YAML_IS_OFFICE},
	{"PK\x05\x06", 4, YAML_IS_ARCHIVE},
	{"\xD0\xCF\x11\xE0", 4, YAML_IS_OFFICE},
	{"%PDF-", 5, YAML_IS_PDF},
	{"{\\rtf", 5, YAML_IS_OFFICE},
	{"\x89PNG", 4, YAML_IS_PICTURE},
	{"\xFF\xD8\xFF", 3, YAML_IS_PICTURE},
	{"GIF8", 4, YAML_IS_PICTURE},
	{"RIFF", 4, YAML_IS_PICTURE},
	{"II*\0", 4, YAML_IS_PICTURE},
	{"MM\0*", 4, YAML_IS_PICTURE},
	{"\x1F\x8B", 2, YAML_IS_ARCHIVE},
	{"BZh", 3, YAML_IS_ARCHIVE},
	{"\xFD"
	 "7zXZ",
		5, YAML_IS_ARCHIVE},
	{"7z\xBC\xAF", 4, YAML_IS_ARCHIVE},
	{"Rar!\x1A", 5, YAML_IS_ARCHIVE},
	{"\x28\xB5\x2F\xFD", 4, YAML_IS_ARCHIVE},
	{"\x7F"
	 "ELF",
		4, YAML_IS_PROGRAM},
	{"SQLite format 3", 15, YAML_IS_PROGRAM},
	{"MZ\x90", 3, YAML_IS_PROGRAM},
	{"<!DOCTYPE", 9, YAML_IS_WEB},
	{"<!doctype", 9, YAML_IS_WEB},
	{"<html", 5, YAML_IS_WEB},
	{"<?xml", 5, YAML_IS_WEB},
	{"<svg", 4, YAML_IS_WEB},
	{"MIME-Version:", 13, YAML_IS_WEB},
	{"From: ", 6, YAML_IS_WEB},
};

/* NEL, LS, PS: libyaml ends a line at them, no editor does. */
static bool is_foreign_end(gunichar character)
{
	return character == 0x85 || character == 0x2028 || character == 0x2029;
}

/* What libyaml refuses, or takes for the end of a line where no editor shows one. */
static bool is_forbidden(gunichar character)
{
	return (character < 0x20 && character != '\t' && character != '\n' && character != '\r') ||
		(character >= 0x7F && character < 0xA0) || is_foreign_end(character) ||
		(character & 0xFFFE) == 0xFFFE;
}

static const char *skip_ascii(const char *at, const char *end)
{
	while (at < end && ((*at >= ' ' && *at < 0x7F) || *at == '\n'))
		at++;
	return at;
}

static bool goes_on(char byte)
{
	return (signed char)byte < -0x40; /* 0x80 to 0xBF */
}

/* U+3000 to U+9FFF, and ， and its like, of which a text is full: nothing there is forbidden, nor
 * can it be malformed but for its length. */
static const char *skip_hanzi(const char *at, const char *end)
{
	while (end - at >= 3 && goes_on(at[1]) && goes_on(at[2]) &&
		(((guchar)*at >= 0xE3 && (guchar)*at <= 0xE9) ||
			(at[0] == '\xEF' && at[1] == '\xBC')))
		at += 3;
	return at;
}

/* Of any other character; 0 if it is malformed, forbidden or a mark. */
static size_t other_length(const char *at, const char *end)
{
	gunichar character = g_utf8_get_char_validated(at, end - at);
	bool allowed = g_unichar_validate(character) && !is_forbidden(character);
	return allowed && character != 0xFEFF ? (size_t)g_utf8_skip[(guchar)*at] : 0;
}

/* To the first byte that isn't UTF-8, is forbidden, or begins a mark. */
static const char *skip_allowed(const char *at, const char *end)
{
	for (size_t length = 1; length > 0; at += length) {
		at = skip_hanzi(skip_ascii(at, end), end);
		length = at < end ? other_length(at, end) : 0;
	}
	return at;
}

/* A whole file that is something else has no place within it but its beginning. */
static struct span beginning(struct arena *arena, const char *path)
{
	return (struct span){source_new(arena, path, (struct bytes){"", 0}), 0, 0};
}

static bool refuse_document(
	struct arena *arena, const char *path, struct bytes bytes, struct diags *diags)
{
	for (size_t i = 0; i < G_N_ELEMENTS(documents); i++) {
		if (!begins(bytes, documents[i].magic, documents[i].length))
			continue;
		diag_add(diags, documents[i].code, beginning(arena, path), NULL);
		return true;
	}
	return false;
}

/* A source of the same length to point into, its bad bytes as question marks. */
static const struct source *readable(
	struct arena *arena, const char *path, struct bytes bytes, size_t *bad)
{
	char *copy = arena_copy_n(arena, bytes.start, bytes.length);
	char *at = copy, *end = copy + bytes.length;
	const char *stop;
	*bad = 0;
	while (!g_utf8_validate_len(at, (gsize)(end - at), &stop)) {
		at = copy + (stop - copy);
		if (*at != '\0') {
			*at = '?';
			(*bad)++;
		}
		at++;
	}
	return source_new(arena, path, (struct bytes){copy, bytes.length});
}

/* Of the first byte that isn't UTF-8. */
static size_t bad_offset(struct bytes bytes)
{
	const char *stop = bytes.start;
	while (!g_utf8_validate_len(stop, (gsize)(bytes.start + bytes.length - stop), &stop) &&
		*stop == '\0')
		stop++;
	return (size_t)(stop - bytes.start);
}

/* What begins there is a character that the file's end cuts off. */
static bool is_cut(struct bytes bytes, size_t offset)
{
	gunichar character =
		g_utf8_get_char_validated(bytes.start + offset, (gssize)(bytes.length - offset));
	return character == (gunichar)-2;
}

static void refuse_bytes(
	const struct source *source, struct bytes bytes, size_t bad, struct diags *diags)
{
	size_t offset = bad_offset(bytes), mark = begins(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
	struct span at = {source, offset - mark, offset - mark + 1};
	char byte[8], place[24], count[24];
	if (is_cut(bytes, offset)) {
		diag_add(diags, YAML_CUT, at, NULL);
		return;
	}
	g_snprintf(byte, sizeof byte, "%02X", (unsigned char)bytes.start[offset]);
	g_snprintf(place, sizeof place, "%zu", offset);
	g_snprintf(count, sizeof count, "%zu", bad);
	diag_add(diags, YAML_NOT_UTF8, at, byte, place, count, NULL);
}

const struct source *encoding_source(struct arena *arena, const char *path, struct bytes bytes,
	size_t *allowed, struct diags *diags)
{
	size_t bad;
	if (refuse_document(arena, path, bytes, diags))
		return NULL;
	const char *start = bytes.start + (begins(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0);
	const char *end = bytes.start + bytes.length, *stop = skip_allowed(start, end);
	*allowed = (size_t)(stop - start);
	if (stop < end && is_utf16(bytes)) {
		diag_add(diags, YAML_IS_UTF16, beginning(arena, path), NULL);
		return NULL;
	}
	if (g_utf8_validate_len(stop, (gsize)(end - stop), NULL))
		return source_new(arena, path, bytes);
	const struct source *source = readable(arena, path, bytes, &bad);
	if (bad == 0)
		return source;
	if (is_gb18030(bytes) && !is_cut(bytes, bad_offset(bytes)))
		diag_add(diags, YAML_IS_GB18030, beginning(arena, path), NULL);
	else
		refuse_bytes(source, bytes, bad, diags);
	return NULL;
}

/* Behind the run of one kind, marks or forbidden characters, that begins at `at`. */
static const char *run_end(const char *at, const char *end, bool marks)
{
	if (is_foreign_end(g_utf8_get_char(at)))
		return g_utf8_next_char(at);
	while (at < end) {
		gunichar character = g_utf8_get_char(at);
		if (marks ? character != 0xFEFF
			  : !is_forbidden(character) || is_foreign_end(character))
			break;
		at = g_utf8_next_char(at);
	}
	return at;
}

/* A text may hold U+FEFF, but libyaml may not see it: another mark without width stands in. */
static void cure_marks(struct text *text, size_t start, size_t end)
{
	char *instead = arena_alloc(text->arena, end - start + 1);
	if (start == 0) { /* a second byte order mark */
		text_cure(text, start, end, "");
		return;
	}
	for (size_t i = 0; i < end - start; i += 3)
		memcpy(instead + i, "\xE2\x80\x8B", 3);
	text_cure(text, start, end - start, instead);
	text->has_marks = true;
}

/* As many spaces as there were bytes, the last of them `last`. */
static void cure_by_spaces(struct text *text, size_t start, size_t end, char last)
{
	char *instead = arena_alloc(text->arena, end - start + 1);
	memset(instead, ' ', end - start);
	instead[end - start - 1] = last;
	text_cure(text, start, end - start, instead);
}

static void refuse_forbidden(struct text *text, struct span at, gunichar first)
{
	char name[16];
	g_snprintf(name, sizeof name, "U+%04X", first);
	diag_add(text->diags, TEXT_CONTROL, at, name, NULL);
}

struct foreign_ends {
	size_t count;
	struct span first;
	bool end_lines; /* there are more of them than of the common ones */
};

static size_t count_in(struct bytes bytes, const char *sign)
{
	size_t count = 0, length = strlen(sign);
	const char *at = bytes.start, *end = bytes.start + bytes.length;
	for (; (at = memmem(at, (size_t)(end - at), sign, length)); at += length)
		count++;
	return count;
}

static void cure_foreign_end(struct text *text, struct foreign_ends *ends, size_t start, size_t end)
{
	struct bytes bytes = text->source->bytes;
	if (ends->count++ == 0) {
		ends->first = text_span(text, start, end);
		ends->end_lines = count_in(bytes, "\xC2\x85") + count_in(bytes, "\xE2\x80\xA8") +
				count_in(bytes, "\xE2\x80\xA9") >
			count_in(bytes, "\n") + count_in(bytes, "\r");
	}
	cure_by_spaces(text, start, end, ends->end_lines ? '\n' : ' ');
}

/* One alone is a slip, which a place is enough for. */
static void refuse_foreign_ends(struct text *text, const struct foreign_ends *ends)
{
	char name[16], count[24];
	gunichar character =
		ends->count ? g_utf8_get_char(text->source->bytes.start + ends->first.start) : 0;
	if (ends->count == 1)
		refuse_forbidden(text, ends->first, character);
	if (ends->count <= 1)
		return;
	g_snprintf(name, sizeof name, "U+%04X", character);
	g_snprintf(count, sizeof count, "%zu", ends->count);
	diag_add(text->diags, TEXT_LINE_ENDS, ends->first, name, count, NULL);
}

bool encoding_scan(struct text *text)
{
	const char *start = text->source->bytes.start, *end = start + text->source->bytes.length;
	const char *at = skip_allowed(start + text->allowed, end);
	struct foreign_ends ends = {0};
	size_t runs = 0;
	while (at < end && runs <= FLOOD) {
		gunichar first = g_utf8_get_char(at);
		const char *behind = run_end(at, end, first == 0xFEFF);
		size_t from = (size_t)(at - start), to = (size_t)(behind - start);
		if (is_foreign_end(first)) {
			cure_foreign_end(text, &ends, from, to);
		} else if (runs++ == FLOOD) {
			diag_add(text->diags, YAML_FLOOD, text_span(text, from, to), NULL);
		} else if (first == 0xFEFF) {
			cure_marks(text, from, to);
		} else {
			cure_by_spaces(text, from, to, ' ');
			refuse_forbidden(text, text_span(text, from, to), first);
		}
		at = skip_allowed(behind, end);
	}
	refuse_foreign_ends(text, &ends);
	return runs <= FLOOD;
}
