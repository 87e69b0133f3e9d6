/* Line starts by one scan, when they are first wanted; columns are counted when a finding is
 * printed. */
#include "diag/source.h"

#include "base/text.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

/* Most texts are never pointed into. */
struct source_index {
	struct arena *arena;
	size_t *line_starts; /* NULL until they are known */
	size_t line_count;
	size_t *characters; /* before every 4096th byte, so that long lines cost nothing */
};

#define LOOKED_AT ((size_t)512)

size_t source_line_end(const struct source *source, size_t byte)
{
	struct bytes bytes = source->bytes;
	/* piece by piece: a file of CRs may have no LF for megabytes */
	for (size_t length; byte < bytes.length; byte += length) {
		length = MIN(bytes.length - byte, LOOKED_AT);
		const char *start = bytes.start + byte;
		const char *feed = memchr(start, '\n', length);
		const char *mark = memchr(start, '\r', feed ? (size_t)(feed - start) : length);
		if (feed || mark)
			return (size_t)((mark ? mark : feed) - bytes.start);
	}
	return byte;
}

size_t source_line_after(const struct source *source, size_t end)
{
	struct bytes bytes = source->bytes;
	if (end < bytes.length && bytes.start[end] == '\r')
		end++;
	if (end < bytes.length && bytes.start[end] == '\n')
		end++;
	return end;
}

/* Where lines start. Counts only, for `starts` NULL. */
static size_t line_starts(const struct source *source, size_t *starts)
{
	size_t count = 0;
	for (size_t at = 0, end;; at = source_line_after(source, end)) {
		if (starts)
			starts[count] = at;
		count++;
		end = source_line_end(source, at);
		if (end == source->bytes.length)
			return count;
	}
}

#define MARK_BYTES 4096

static const struct source_index *index_of(const struct source *source)
{
	struct source_index *index = source->index;
	if (index->line_starts)
		return index;
	const char *start = source->bytes.start;
	size_t marks = source->bytes.length / MARK_BYTES + 1;
	index->line_count = line_starts(source, NULL);
	index->line_starts = arena_array(index->arena, size_t, index->line_count);
	line_starts(source, index->line_starts);
	index->characters = arena_array(index->arena, size_t, marks);
	for (size_t i = 1; i < marks; i++)
		index->characters[i] = index->characters[i - 1] +
			text_count(start + (i - 1) * MARK_BYTES, MARK_BYTES);
	return index;
}

/* Code points that begin before `byte`. */
static size_t characters_before(const struct source *source, size_t byte)
{
	size_t mark = byte / MARK_BYTES;
	const char *start = source->bytes.start;
	return index_of(source)->characters[mark] +
		text_count(start + mark * MARK_BYTES, byte - mark * MARK_BYTES);
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
	source->index = arena_new(arena, struct source_index);
	source->index->arena = arena;
	return source;
}

static size_t line_at(const struct source_index *index, size_t byte)
{
	size_t low = 0, high = index->line_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (index->line_starts[middle] <= byte)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct place source_place(const struct source *source, size_t byte)
{
	byte = MIN(byte, source->bytes.length);
	const struct source_index *index = index_of(source);
	size_t line = line_at(index, byte);
	size_t before = characters_before(source, index->line_starts[line]);
	return (struct place){line + 1, characters_before(source, byte) - before + 1};
}

size_t source_line_count(const struct source *source)
{
	return index_of(source)->line_count;
}

struct bytes source_line(const struct source *source, size_t line)
{
	size_t start = index_of(source)->line_starts[line - 1];
	return (struct bytes){source->bytes.start + start, source_line_end(source, start) - start};
}
