/* A set of hashes, one bit each (a Bloom filter). */
#include "base/gist.h"

#define SHORTEST 48 /* bytes of a text that has a gist */
#define BITS_LEAST 256u
#define BITS_MOST 32768u

static uint32_t hash_character(uint32_t character)
{
	return (character * 0x9E3779B1u) >> 12;
}

static uint32_t hash_pair(uint32_t before, uint32_t character)
{
	return ((before * 0x85EBCA6Bu) ^ (character * 0x9E3779B1u)) >> 14;
}

/* The bytes of the character at `at`, as one number; moves on. `end` NULL: up to NUL. */
static uint32_t next_character(const char **at, const char *end)
{
	uint32_t bytes = (unsigned char)*(*at)++;
	while (*at != end && ((unsigned char)**at & 0xC0) == 0x80)
		bytes = bytes << 8 | (unsigned char)*(*at)++;
	return bytes;
}

struct gist gist_of(struct arena *arena, const char *utf8, size_t length)
{
	uint32_t count = BITS_LEAST, before = 0;
	if (length < SHORTEST)
		return (struct gist){NULL, 0};
	while (count < length + length / 3 && count < BITS_MOST)
		count *= 2;
	uint64_t *bits = arena_array(arena, uint64_t, count / 64);
	for (const char *at = utf8, *end = utf8 + length; at < end;) {
		uint32_t character = next_character(&at, end);
		uint32_t one = hash_character(character) & (count - 1);
		uint32_t two = hash_pair(before, character) & (count - 1);
		bits[one / 64] |= UINT64_C(1) << one % 64;
		bits[two / 64] |= UINT64_C(1) << two % 64;
		before = character;
	}
	return (struct gist){bits, count - 1};
}

static bool has_bit(const struct gist *gist, uint32_t hash)
{
	uint32_t bit = hash & gist->mask;
	return gist->bits[bit / 64] >> bit % 64 & 1;
}

bool gist_may_hold(const struct gist *gist, const char *word)
{
	uint32_t before = 0;
	if (!gist->bits)
		return true;
	for (const char *at = word; *at;) {
		uint32_t character = next_character(&at, NULL);
		if (!has_bit(gist, hash_character(character)) ||
			(before && !has_bit(gist, hash_pair(before, character))))
			return false;
		before = character;
	}
	return true;
}
