/* A display list made by hand, for tests of painters: two pages, several faces, a table, a
 * character beyond the BMP, one glyph for two characters. */
#ifndef NIANBAO_TESTS_UNIT_MADE_PAGES_H
#define NIANBAO_TESTS_UNIT_MADE_PAGES_H

#include "layout/page.h"

/* Moved to the right by `shift` Pango units, for a test that must see it. NULL if the fonts
 * of set-up aren't there. */
struct pages *made_pages(struct arena *arena, int shift);

#endif
