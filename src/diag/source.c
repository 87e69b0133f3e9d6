/* Line starts by one scan; columns are counted when a finding is printed. */
#include "diag/source.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

/* Behind the next CR that ends a line of its own; NULL if there is none before `feed`, the
 * next LF, or, without one, before `end`. */
static const char *next_old_line(const char *at, const char *feed, const char *end)
{
	const char *mark = memchr(at, '\r', (size_t)((feed ? feed : end) - at));
	return mark && mark + 1 != feed ? mark + 1 : NULL;
}

/* Where lines start: behind LF, CR LF, or the CR of old Macs. Counts only, for `starts` NULL. */
static size_t line_starts(const char *start, const char *end, size_t *starts)
{
	size_t count = 0;
	for (const char *at = start; at;) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		for (const char *line = at; line; line = next_old_line(line, feed, end)) {
			if (starts)
				starts[count] = (size_t)(line - start);
			count++;
		}
		at = feed ? feed + 1 : NULL;
	}
	return count;
}

static void find_lines(struct arena *arena, struct source *source)
{
	const char *start = source->bytes.start, *end = start + source->bytes.length;
	source->line_count = line_starts(start, end, NULL);
	source->line_starts = arena_array(arena, size_t, source->line_count);
	line_starts(start, end, source->line_starts);
}

#define MARK_BYTES 4096

/* Bytes but for those that go on with a character, eight at a time. */
static size_t count_characters(const char *from, const char *to)
{
	size_t count = (size_t)(to - from);
	const char *at = from;
	for (; to - at >= 8; at += 8) {
		uint64_t eight;
		memcpy(&eight, at, sizeof eight);
		/* the top bit of a byte is left where it is set and the one below isn't */
		eight &= ~(eight << 1) & UINT64_C(0x8080808080808080);
		count -= (size_t)((eight >> 7) * UINT64_C(0x0101010101010101) >> 56);
	}
	for (; at < to; at++)
		count -= ((unsigned char)*at & 0xC0) == 0x80;
	return count;
}

static void count_marks(struct arena *arena, struct source *source)
{
	const char *start = source->bytes.start;
	size_t marks = source->bytes.length / MARK_BYTES + 1;
	source->characters = arena_array(arena, size_t, marks);
	for (size_t i = 1; i < marks; i++)
		source->characters[i] = source->characters[i - 1] +
			count_characters(start + (i - 1) * MARK_BYTES, start + i * MARK_BYTES);
}

/* Code points that begin before `byte`. */
static size_t characters_before(const struct source *source, size_t byte)
{
	size_t mark = byte / MARK_BYTES;
	const char *start = source->bytes.start;
	return source->characters[mark] + count_characters(start + mark * MARK_BYTES, start + byte);
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
	count_marks(arena, source);
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
	byte = MIN(byte, source->bytes.length);
	size_t line = line_at(source, byte);
	size_t before = characters_before(source, source->line_starts[line]);
	return (struct place){line + 1, characters_before(source, byte) - before + 1};
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
