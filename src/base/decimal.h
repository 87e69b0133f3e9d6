/*
 * Exact decimals as int64 millionths: counts of 件 and amounts in 万元 (6 decimals of 万元
 * are 0.01 元). No binary floating point anywhere. Knows no unit.
 */
#ifndef NIANBAO_BASE_DECIMAL_H
#define NIANBAO_BASE_DECIMAL_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

#define DECIMAL_ONE INT64_C(1000000)
#define DECIMAL_WHOLE_DIGITS 10
#define DECIMAL_FRACTION_DIGITS 6

/* An optional -, 1 to 10 digits, optionally a point and 1 to 6 digits, and nothing else;
 * false, and `millionths` untouched, for anything else (SCHEMA: "A figure"). */
bool decimal_parse(const char *text, size_t length, int64_t *millionths);

/* false on overflow, and the result untouched. */
static inline bool decimal_add(int64_t a, int64_t b, int64_t *sum)
{
	int64_t result;
	if (__builtin_add_overflow(a, b, &result))
		return false;
	*sum = result;
	return true;
}
bool decimal_multiply(int64_t a, int64_t factor_millionths, int64_t *product); /* exact or false */
bool decimal_divide(int64_t a, int64_t divisor_millionths, int64_t *quotient); /* exact or false */

bool decimal_is_whole(int64_t millionths);
/* The shortest form: 0, -2, 299.7935. */
char *decimal_print(struct arena *arena, int64_t millionths);

#endif
