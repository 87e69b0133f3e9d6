/* libdeflate at two levels. It packs alike on any processor, which quicker libraries don't. */
#include "paint/pdf/deflate.h"

#include <glib.h>
#include <libdeflate.h>

/* Outlines of hanzi keep two thirds of their size at any level: the next one takes a fifth
 * longer, and saves less than one per cent. */
#define QUICK_LEVEL 1
#define WELL_LEVEL 6

#define COPY_MAX 65536

struct deflater {
	struct arena *arena;
	GByteArray *room; /* for what comes out */
	struct libdeflate_compressor *quick, *well; /* once they are needed */
};

static void deflater_close(void *thing)
{
	struct deflater *deflater = thing;
	g_byte_array_unref(deflater->room);
	libdeflate_free_compressor(deflater->quick);
	libdeflate_free_compressor(deflater->well);
}

struct deflater *deflater_open(struct arena *arena)
{
	struct deflater *deflater = arena_new(arena, struct deflater);
	deflater->arena = arena;
	deflater->room = g_byte_array_new();
	libdeflate_set_memory_allocator(g_malloc, g_free);
	arena_own(arena, deflater, deflater_close);
	return deflater;
}

/* The arena gets a copy; or the room itself, where copying costs more than a new one. */
static struct bytes take(struct deflater *deflater, size_t length)
{
	struct bytes packed = {(const char *)deflater->room->data, length};
	if (length < COPY_MAX) {
		packed.start = arena_copy_n(deflater->arena, packed.start, length);
		return packed;
	}
	arena_own(deflater->arena, g_byte_array_free(deflater->room, FALSE), g_free);
	deflater->room = g_byte_array_new();
	return packed;
}

static struct bytes pack(
	struct deflater *deflater, struct libdeflate_compressor *compressor, struct bytes content)
{
	GByteArray *room = deflater->room;
	size_t most = libdeflate_zlib_compress_bound(compressor, content.length);
	if (room->len < most)
		g_byte_array_set_size(room, (guint)most);
	return take(deflater,
		libdeflate_zlib_compress(
			compressor, content.start, content.length, room->data, room->len));
}

struct bytes deflate_quickly(struct deflater *deflater, struct bytes content)
{
	if (!deflater->quick)
		deflater->quick = libdeflate_alloc_compressor(QUICK_LEVEL);
	return pack(deflater, deflater->quick, content);
}

struct bytes deflate_well(struct deflater *deflater, struct bytes content)
{
	if (!deflater->well)
		deflater->well = libdeflate_alloc_compressor(WELL_LEVEL);
	return pack(deflater, deflater->well, content);
}
