/* Heads of picture files: PNG's IHDR, JPEG's SOFn, the svg element of an SVG. */
#include "report/bind_internal.h"

#include "base/drawing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIXELS_MAX 20000 /* a side */
#define HEAD_MAX 65536 /* bytes of a file that are looked at; JPEG skips by segments */

static uint32_t big_endian(const unsigned char *at, size_t bytes)
{
	uint32_t value = 0;
	for (size_t i = 0; i < bytes; i++)
		value = value << 8 | at[i];
	return value;
}

static bool keep_size(struct picture *picture, uint32_t width, uint32_t height)
{
	if (!width || !height || width > PIXELS_MAX || height > PIXELS_MAX)
		return false;
	picture->pixel_width = (int)width;
	picture->pixel_height = (int)height;
	return true;
}

static bool look_at_png(const unsigned char *head, size_t length, struct picture *picture)
{
	picture->kind = PICTURE_PNG;
	return length >= 24 && memcmp(head + 12, "IHDR", 4) == 0 &&
		keep_size(picture, big_endian(head + 16, 4), big_endian(head + 20, 4));
}

static bool is_frame(unsigned char marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
		marker != 0xCC;
}

/* Segment by segment to the frame header, reading where each one begins. */
static bool look_at_jpeg(int descriptor, struct picture *picture)
{
	unsigned char segment[9];
	off_t at = 2;
	picture->kind = PICTURE_JPEG;
	for (int i = 0; i < 1000; i++) {
		if (pread(descriptor, segment, sizeof segment, at) != sizeof segment ||
			segment[0] != 0xFF)
			return false;
		if (is_frame(segment[1]))
			return keep_size(
				picture, big_endian(segment + 7, 2), big_endian(segment + 5, 2));
		at += segment[1] == 0xFF ? 1 : 2 + (off_t)big_endian(segment + 2, 2);
	}
	return false;
}

/* A length in px, or a bare number; 0 if it isn't one. */
static uint32_t svg_length(const char *element, const char *end, const char *name)
{
	size_t size = strlen(name);
	for (const char *at = element; at + size + 2 < end; at++) {
		if (!g_ascii_isspace(*at) || strncmp(at + 1, name, size) != 0)
			continue;
		const char *quote = at + 1 + size;
		if (*quote != '=' || (quote[1] != '"' && quote[1] != '\''))
			continue;
		return (uint32_t)MIN(strtoul(quote + 2, NULL, 10), PIXELS_MAX + 1);
	}
	return 0;
}

static bool look_at_viewbox(const char *element, const char *end, struct picture *picture)
{
	const char *at = g_strstr_len(element, end - element, "viewBox=");
	unsigned long values[4] = {0};
	if (!at)
		return false;
	at += strlen("viewBox=") + 1;
	for (size_t i = 0; i < 4; i++) {
		char *next;
		values[i] = strtoul(at, &next, 10);
		at = next + strcspn(next, " ,\"'>");
		at += *at == ' ' || *at == ',';
	}
	return keep_size(picture, (uint32_t)MIN(values[2], PIXELS_MAX + 1),
		(uint32_t)MIN(values[3], PIXELS_MAX + 1));
}

static bool look_at_svg(const char *head, size_t length, struct picture *picture)
{
	const char *element = g_strstr_len(head, (gssize)length, "<svg");
	const char *end = element ? strchr(element, '>') : NULL;
	picture->kind = PICTURE_SVG;
	if (!end)
		return false;
	return keep_size(picture, svg_length(element, end, "width"),
		       svg_length(element, end, "height")) ||
		look_at_viewbox(element, end, picture);
}

/* The whole of an SVG: whether anything that draws it would be led elsewhere, or astray. */
static bool judge_drawing(struct arena *arena, int descriptor, struct picture_problem *problem)
{
	static const enum diag_code codes[] = {
		[DRAWING_SOUND] = TEXT_PICTURE_KIND,
		[DRAWING_BROKEN] = TEXT_PICTURE_KIND,
		[DRAWING_REFERS] = TEXT_PICTURE_REFERS,
		[DRAWING_ACTIVE] = TEXT_PICTURE_ACTIVE,
		[DRAWING_COMPLEX] = TEXT_PICTURE_COMPLEX,
	};
	char *bytes = g_malloc(DRAWING_BYTES_MAX + 1);
	size_t length = 0;
	for (ssize_t got = 1; got > 0 && length <= DRAWING_BYTES_MAX; length += (size_t)MAX(got, 0))
		got = pread(
			descriptor, bytes + length, DRAWING_BYTES_MAX + 1 - length, (off_t)length);
	enum drawing_state state = length > DRAWING_BYTES_MAX
		? DRAWING_COMPLEX
		: drawing_judge(arena, (struct bytes){bytes, length}, &problem->what);
	problem->code = codes[state];
	g_free(bytes);
	return state == DRAWING_SOUND;
}

static bool look_at(int descriptor, struct picture *picture)
{
	static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
	char *head = g_malloc0(HEAD_MAX + 1);
	ssize_t got = read(descriptor, head, HEAD_MAX);
	size_t length = got > 0 ? (size_t)got : 0;
	bool known;
	if (length >= 8 && memcmp(head, png, sizeof png) == 0)
		known = look_at_png((const unsigned char *)head, length, picture);
	else if (length >= 3 && memcmp(head, "\xFF\xD8\xFF", 3) == 0)
		known = look_at_jpeg(descriptor, picture);
	else
		known = look_at_svg(head, length, picture);
	g_free(head);
	return known;
}

/* A path of plain names below the folder: not absolute, no `..`, no empty part. */
static bool stays_inside(const char *file)
{
	char **parts = g_strsplit(file, "/", -1);
	bool inside = parts[0] != NULL;
	for (char **part = parts; *part; part++)
		inside &= **part && strcmp(*part, "..") != 0;
	g_strfreev(parts);
	return inside && !strchr(file, '\\');
}

/* Opens part by part without following links, so that nothing leads out of the folder. */
static int open_inside(const char *folder, const char *file)
{
	char **parts = g_strsplit(file, "/", -1);
	int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (char **part = parts; *part && at >= 0; part++) {
		int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK |
			(part[1] ? O_DIRECTORY : 0);
		int next = openat(at, *part, flags);
		int failure = errno;
		close(at);
		at = next;
		errno = failure;
	}
	g_strfreev(parts);
	return at;
}

bool picture_look(struct arena *arena, const char *report_path, struct picture *picture,
	struct picture_problem *problem)
{
	struct stat status;
	char *folder = g_path_get_dirname(report_path);
	problem->code = TEXT_PICTURE_OUTSIDE;
	int descriptor = -1;
	if (stays_inside(picture->file)) {
		descriptor = open_inside(folder, picture->file);
		problem->code = descriptor >= 0 || errno != ENOENT ? TEXT_PICTURE_KIND
								   : TEXT_PICTURE_MISSING;
		if (descriptor < 0 && (errno == ELOOP || errno == ENOTDIR))
			problem->code = TEXT_PICTURE_OUTSIDE;
	}
	bool usable = descriptor >= 0 && fstat(descriptor, &status) == 0 &&
		S_ISREG(status.st_mode) && look_at(descriptor, picture) &&
		(picture->kind != PICTURE_SVG || judge_drawing(arena, descriptor, problem));
	if (descriptor >= 0)
		close(descriptor);
	g_free(folder);
	return usable;
}
