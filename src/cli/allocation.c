/*
 * No library of ours is told that memory ran out. HarfBuzz, Pango, PCRE and Cairo go on with
 * less when an allocation fails, and the pages come out wrong without a word. So the program
 * puts itself before the C library's functions (glibc manual, "Replacing malloc") and ends,
 * naming the file, where they fail. Sanitizers bring functions of their own.
 */
#include "cli/ending.h"

#ifndef ENDING_SANITIZED

#include <errno.h>
#include <stdlib.h>

/* More is asked for only where the size is what a file claims, as for a picture's pixels, and
 * there the answer is looked at. */
#define LOOKED_AT ((size_t)32 * 1024 * 1024)

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size);

static void *settle(void *start, size_t size)
{
	if (!start && size > 0 && size <= LOOKED_AT)
		ending_for_memory();
	return start;
}

void *malloc(size_t size)
{
	return settle(__libc_malloc(size), size);
}

void *calloc(size_t count, size_t size)
{
	return settle(__libc_calloc(count, size), size > LOOKED_AT ? size : count * size);
}

void *realloc(void *old, size_t size)
{
	return settle(__libc_realloc(old, size), size);
}

void *memalign(size_t alignment, size_t size)
{
	return settle(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int posix_memalign(void **start, size_t alignment, size_t size)
{
	void *got = memalign(alignment, size);
	if (!got && size > 0)
		return ENOMEM;
	*start = got;
	return 0;
}

#endif
