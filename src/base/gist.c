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
static inline uint32_t next_character(const char **at, const char *end)
{
	const unsigned char *three = (const unsigned char *)*at;
	if (three[0] >= 0xE0 && three[0] < 0xF0) {
		*at += 3;
		return (uint32_t)three[0] << 16 | (uint32_t)three[1] << 8 | three[2];
	}
	uint32_t bytes = (unsigned char)*(*at)++;
	while (*at != end && ((unsigned char)**at & 0xC0) == 0x80)
		bytes = bytes << 8 | (unsigned char)*(*at)++;
	return bytes;
}

uint64_t gist_of_characters(const char *utf8, size_t length)
{
	uint64_t characters = 0;
	for (const char *at = utf8, *end = utf8 + length; at < end;)
		characters |= UINT64_C(1) << hash_character(next_character(&at, end)) % 64;
	return characters;
}

const struct gist *gist_new(struct arena *arena, const char *utf8, size_t length)
{
	uint32_t count = BITS_LEAST, before = 0;
	if (length < SHORTEST)
		return NULL;
	struct gist *gist = arena_new(arena, struct gist);
	while (count < length + length / 3 && count < BITS_MOST)
		count *= 2;
	uint64_t *bits = arena_array(arena, uint64_t, count / 64);
	for (const char *at = utf8, *end = utf8 + length; at < end;) {
		uint32_t character = next_character(&at, end);
		uint32_t one = hash_character(character), two = hash_pair(before, character);
		gist->characters |= UINT64_C(1) << one % 64;
		one &= count - 1;
		two &= count - 1;
		bits[one / 64] |= UINT64_C(1) << one % 64;
		bits[two / 64] |= UINT64_C(1) << two % 64;
		before = character;
	}
	gist->bits = bits;
	gist->mask = count - 1;
	return gist;
}

static bool has_bit(const struct gist *gist, uint32_t hash)
{
	uint32_t bit = hash & gist->mask;
	return gist->bits[bit / 64] >> bit % 64 & 1;
}

bool gist_may_hold(const struct gist *gist, const struct gist_word *word)
{
	uint32_t before = 0;
	if (word->characters & ~gist->characters)
		return false;
	for (const char *at = word->utf8; gist->bits && *at;) {
		uint32_t character = next_character(&at, NULL);
		if (!has_bit(gist, hash_character(character)) ||
			(before && !has_bit(gist, hash_pair(before, character))))
			return false;
		before = character;
	}
	return true;
}
