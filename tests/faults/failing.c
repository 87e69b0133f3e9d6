/*
 * Preloaded: fails chosen allocations. FAIL_AT=n fails the n-th call of malloc, calloc, realloc
 * or memalign (1 is the first), FAIL_FROM=n that one and all after it; FAIL_COUNT=file
 * writes how many there were.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long fail_at = -1, fail_from = -1, calls;
static int ready, count_file = -1;

/* Not before main: what the loader does isn't ours to judge. The program may later give up all
 * files but its own, so the count's is opened now. */
__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAIL_AT"), *from = getenv("FAIL_FROM");
	fail_at = at ? atol(at) : -1;
	fail_from = from ? atol(from) : -1;
	if (getenv("FAIL_COUNT"))
		count_file =
			open(getenv("FAIL_COUNT"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ready = 1;
}

__attribute__((destructor)) static void finish(void)
{
	char text[32];
	int length = snprintf(text, sizeof text, "%ld", calls);
	if (count_file >= 0 && write(count_file, text, (size_t)length) != length)
		_exit(99);
}

static int fails(void)
{
	if (!ready)
		return 0;
	long call = __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
	if (call != fail_at && (fail_from < 0 || call < fail_from))
		return 0;
	errno = ENOMEM;
	return 1;
}

/* What src/cli/allocation.c calls; the C library's own stand behind us. */
#define NEXT(name, result, ...)                                                                    \
	static result (*next)(__VA_ARGS__);                                                        \
	if (!next)                                                                                 \
		*(void **)&next = dlsym(RTLD_NEXT, name);

void *__libc_malloc(size_t size)
{
	NEXT("malloc", void *, size_t)
	return fails() ? NULL : next(size);
}

void *__libc_calloc(size_t count, size_t size)
{
	NEXT("calloc", void *, size_t, size_t)
	return fails() ? NULL : next(count, size);
}

void *__libc_realloc(void *old, size_t size)
{
	NEXT("realloc", void *, void *, size_t)
	return fails() ? NULL : next(old, size);
}

void *__libc_memalign(size_t alignment, size_t size)
{
	NEXT("memalign", void *, size_t, size_t)
	return fails() ? NULL : next(alignment, size);
}
