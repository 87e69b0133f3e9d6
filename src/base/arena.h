/*
 * Memory of one run: everything that a report, an edition or a page is made of lives here
 * and ends with it. Knows nothing of what it holds.
 */
#ifndef NIANBAO_BASE_ARENA_H
#define NIANBAO_BASE_ARENA_H

#include <stddef.h>

struct arena;

/* Never NULL: as everywhere in GLib, running out of memory ends the process. */
struct arena *arena_open(void);
void arena_close(struct arena *arena);

/* Zeroed, aligned for any type, never NULL. A size of 0 is a valid, unique address. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_alloc_many(struct arena *arena, size_t count, size_t size);
#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc_many((arena), (count), sizeof(type)))

char *arena_copy(struct arena *arena, const char *text);
char *arena_copy_n(struct arena *arena, const char *text, size_t length);
/* The words, NULL-ended, with `separator` between them: "/" and " · " in the name of a cell. */
char *arena_join(struct arena *arena, const char *const *words, const char *separator);
/* A copy of `count` things of `size` bytes and a zeroed one behind them, which ends a list of
 * pointers. `from` may be NULL where there are none. */
void *arena_copy_many(struct arena *arena, const void *from, size_t count, size_t size);
/* Copies a heap string of GLib's and frees it. */
char *arena_take(struct arena *arena, char *text);
char *arena_print(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* `end(thing)` is called when the arena closes, last owned first. */
void arena_own(struct arena *arena, void *thing, void (*end)(void *thing));

#endif
