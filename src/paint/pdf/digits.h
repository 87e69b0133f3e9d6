/*
 * Numbers as PDF writes them (ISO 32000-1, 7.3.3). A report has tens of thousands of them:
 * by printf they cost as much as the shaping of its text. Knows digits alone.
 */
#ifndef NIANBAO_PAINT_PDF_DIGITS_H
#define NIANBAO_PAINT_PDF_DIGITS_H

#include <glib.h>
#include <stdint.h>

void digits_append(GString *out, int64_t value);
/* As many decimals as it needs, three at most. */
void digits_append_thousandths(GString *out, int64_t thousandths);
/* The last `count` hexadecimal digits, in capitals. */
void digits_append_hex(GString *out, uint32_t value, unsigned count);

#endif
