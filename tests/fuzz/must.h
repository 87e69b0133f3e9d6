/*
 * What must hold of what the program prints, whatever an author wrote: the fuzzers die where it
 * doesn't. Knows formats; refuses to know what is said in them.
 */
#ifndef NIANBAO_FUZZ_MUST_H
#define NIANBAO_FUZZ_MUST_H

#include <glib.h>
#include <stdbool.h>

void must(bool holds);

/* UTF-8, lines of it, without control characters and marks of direction. */
void must_be_plain_text(const GString *out);
/* UTF-8, and one value by jansson's reading, no key twice in an object. */
void must_be_json(const GString *out);
/* Well-formed, of characters that XML 1.0 has. */
void must_be_xml(const GString *out);
/* Records of as many cells as the first, each cell quoted or plain, none a formula. */
void must_be_csv(const GString *out);

#endif
