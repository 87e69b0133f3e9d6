/* Line starts by one scan; columns counted when a finding is printed. */
#include "diag/source.h"

#include <glib.h>
#include <string.h>

static void find_lines(struct arena *arena, struct source *source)
{
	const char *start = source->bytes.start, *end = start + source->bytes.length;
	size_t count = 1;
	for (const char *at = start; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		count++;
	source->line_starts = arena_array(arena, size_t, count);
	source->line_count = count;
	count = 1;
	for (const char *at = start; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		source->line_starts[count++] = (size_t)(at + 1 - start);
}

struct source *source_new(struct arena *arena, const char *path, struct bytes bytes)
{
	struct source *source = arena_new(arena, struct source);
	if (bytes.length >= 3 && memcmp(bytes.start, "\xEF\xBB\xBF", 3) == 0) {
		bytes.start += 3;
		bytes.length -= 3;
	}
	source->path = arena_copy(arena, path);
	source->bytes = bytes;
	find_lines(arena, source);
	return source;
}

static size_t line_at(const struct source *source, size_t byte)
{
	size_t low = 0, high = source->line_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (source->line_starts[middle] <= byte)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct place source_place(const struct source *source, size_t byte)
{
	size_t line = line_at(source, byte);
	const char *start = source->bytes.start + source->line_starts[line];
	gssize length = (gssize)(MIN(byte, source->bytes.length) - source->line_starts[line]);
	return (struct place){line + 1, (size_t)g_utf8_strlen(start, length) + 1};
}

struct bytes source_line(const struct source *source, size_t line)
{
	size_t start = source->line_starts[line - 1];
	size_t end = line < source->line_count ? source->line_starts[line] : source->bytes.length;
	const char *text = source->bytes.start;
	while (end > start && (text[end - 1] == '\n' || text[end - 1] == '\r'))
		end--;
	return (struct bytes){text + start, end - start};
}
