/*
 * Two libraries for two kinds of content. Outlines of hanzi keep two thirds of their size
 * whatever is done: ISA-L packs them in a quarter of the time that libdeflate's quickest level
 * takes, one per cent larger. Of a picture libdeflate makes much less.
 */
#include "paint/pdf/deflate.h"

#include <glib.h>
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>

/* Level 3 would give other bytes on other processors. */
#define QUICK_LEVEL 2
#define WELL_LEVEL 6

#define COPY_MAX 65536

struct deflater {
	struct arena *arena;
	struct isal_zstream *stream; /* once one is needed; so too the next */
	GByteArray *room; /* for what comes out */
	struct libdeflate_compressor *compressor;
};

static void deflater_close(void *thing)
{
	struct deflater *deflater = thing;
	if (deflater->stream)
		g_free(deflater->stream->level_buf);
	g_free(deflater->stream);
	g_byte_array_unref(deflater->room);
	libdeflate_free_compressor(deflater->compressor);
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

static struct isal_zstream *stream_new(void)
{
	struct isal_zstream *stream = g_new0(struct isal_zstream, 1);
	isal_deflate_init(stream);
	stream->level = QUICK_LEVEL;
	stream->level_buf_size = ISAL_DEF_LVL2_MEDIUM;
	stream->level_buf = g_malloc0(stream->level_buf_size);
	return stream;
}

static void make_room(struct deflater *deflater, size_t length)
{
	if (deflater->room->len < length)
		g_byte_array_set_size(deflater->room, (guint)length);
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

/* The whole output has room, or avail_out comes to 0 and there is more. */
static void feed(struct deflater *deflater, struct bytes content, bool last)
{
	struct isal_zstream *stream = deflater->stream;
	stream->next_in = (uint8_t *)(uintptr_t)content.start;
	stream->avail_in = (uint32_t)content.length;
	stream->end_of_stream = last;
	stream->flush = last ? NO_FLUSH : SYNC_FLUSH;
	do {
		make_room(deflater, stream->total_out + stream->avail_in / 8 * 9 + 1024);
		stream->next_out = deflater->room->data + stream->total_out;
		stream->avail_out = deflater->room->len - stream->total_out;
		isal_deflate(stream); /* fails only where it isn't set up */
	} while (stream->avail_out == 0);
}

/* Where a stream begins in the inner loop of ISA-L 2.30 (igzip_icf_body_h1_gr_bt.asm), it
 * takes bits of the stream's own address for the third byte: one output of some thousand was
 * another. So its first bytes are fed alone, as the loop for the last ones has them right. */
#define FIRST 8

struct bytes deflate_quickly(struct deflater *deflater, struct bytes content)
{
	if (!deflater->stream)
		deflater->stream = stream_new();
	isal_deflate_reset(deflater->stream);
	deflater->stream->gzip_flag = IGZIP_ZLIB; /* another, once the header is out */
	struct bytes rest = content;
	if (content.length > FIRST) {
		rest = (struct bytes){content.start + FIRST, content.length - FIRST};
		feed(deflater, (struct bytes){content.start, FIRST}, false);
	}
	feed(deflater, rest, true);
	return take(deflater, deflater->stream->total_out);
}

struct bytes deflate_well(struct deflater *deflater, struct bytes content)
{
	if (!deflater->compressor)
		deflater->compressor = libdeflate_alloc_compressor(WELL_LEVEL);
	make_room(deflater, libdeflate_zlib_compress_bound(deflater->compressor, content.length));
	size_t length = libdeflate_zlib_compress(deflater->compressor, content.start,
		content.length, deflater->room->data, deflater->room->len);
	return take(deflater, length);
}
