/* Blocks of memory in a list, with a list of foreign things to end. */
#include "base/arena.h"

#include <glib.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

/* AddressSanitizer sees blocks, not pieces: it is told what of a block was handed out, and a
 * gap is left behind each piece. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define GAP ALIGNMENT
#endif
#endif
#ifndef GAP
#define GAP 0
#define ASAN_POISON_MEMORY_REGION(start, size) ((void)0)
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)0)
#endif

struct block {
	struct block *next;
	size_t used, size;
	_Alignas(max_align_t) unsigned char bytes[];
};

struct owned {
	struct owned *next;
	void *thing;
	void (*end)(void *thing);
};

struct arena {
	struct block *blocks;
	struct owned *owned;
};

/* Not zeroed: most blocks are never filled, and a piece is zeroed when it is handed out. */
static struct block *block_open(size_t size)
{
	struct block *block = g_malloc(sizeof(struct block) + size);
	block->next = NULL;
	block->used = 0;
	block->size = size;
	ASAN_POISON_MEMORY_REGION(block->bytes, size);
	return block;
}

struct arena *arena_open(void)
{
	struct arena *arena = g_new0(struct arena, 1);
	arena->blocks = block_open(BLOCK_SIZE);
	return arena;
}

void arena_close(struct arena *arena)
{
	if (!arena)
		return;
	for (struct owned *owned = arena->owned; owned; owned = owned->next)
		owned->end(owned->thing);
	for (struct block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		g_free(block);
	}
	g_free(arena);
}

/* A large piece gets a block of its own, behind the one that still has room. */
static unsigned char *take_large(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2)
		g_error("out of memory: %zu bytes asked for", size);
	struct block *block = block_open(size);
	block->used = size;
	block->next = arena->blocks->next;
	arena->blocks->next = block;
	return block->bytes;
}

static unsigned char *take_small(struct arena *arena, size_t size)
{
	struct block *block = arena->blocks;
	size_t whole = ((size ? size : 1) + GAP + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	if (block->size - block->used < whole) {
		block = block_open(BLOCK_SIZE);
		block->next = arena->blocks;
		arena->blocks = block;
	}
	unsigned char *start = block->bytes + block->used;
	block->used += whole;
	return start;
}

/* A piece that the caller fills. */
static void *take(struct arena *arena, size_t size)
{
	void *start = size > BLOCK_SIZE / 4 ? take_large(arena, size) : take_small(arena, size);
	ASAN_UNPOISON_MEMORY_REGION(start, size);
	return start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *start = take(arena, size);
	return memset(start, 0, size);
}

static size_t total_of(size_t count, size_t size)
{
	size_t total;
	if (!g_size_checked_mul(&total, count, size))
		g_error("out of memory: %zu times %zu bytes asked for", count, size);
	return total;
}

void *arena_alloc_many(struct arena *arena, size_t count, size_t size)
{
	return arena_alloc(arena, total_of(count, size));
}

char *arena_copy_n(struct arena *arena, const char *text, size_t length)
{
	char *copy = take(arena, length + 1);
	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_copy(struct arena *arena, const char *text)
{
	return arena_copy_n(arena, text, strlen(text));
}

void *arena_copy_many(struct arena *arena, const void *from, size_t count, size_t size)
{
	char *copy = take(arena, total_of(count + 1, size));
	if (count)
		memcpy(copy, from, count * size);
	memset(copy + count * size, 0, size);
	return copy;
}

char *arena_take(struct arena *arena, char *text)
{
	char *copy = arena_copy(arena, text);
	g_free(text);
	return copy;
}

char *arena_join(struct arena *arena, const char *const *words, const char *separator)
{
	return arena_take(arena, g_strjoinv(separator, (gchar **)(uintptr_t)words));
}

char *arena_print(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return arena_take(arena, text);
}

void arena_own(struct arena *arena, void *thing, void (*end)(void *thing))
{
	struct owned *owned = arena_new(arena, struct owned);
	*owned = (struct owned){arena->owned, thing, end};
	arena->owned = owned;
}
