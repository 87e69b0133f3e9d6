/*
 * Pages of the display list as PDF pages: content streams with marked content, links,
 * resources. Knows operators (ISO 32000-1, annex A); refuses to know how fonts are subset
 * or how the structure is written.
 */
#ifndef NIANBAO_PAINT_PDF_CONTENT_H
#define NIANBAO_PAINT_PDF_CONTENT_H

#include "paint/pdf/font.h"
#include "paint/pdf/picture.h"
#include "paint/pdf/structure.h"

struct pdf_content {
	struct arena *arena;
	struct pdf_objects *objects;
	const struct pdf_fonts *fonts;
	struct pdf_pictures *pictures;
	struct pdf_structure *structure;
	struct pdf_dict *resources; /* shared by all pages */
	struct pdf_dict *parent; /* the page tree's root */
};

/* Page `number` (from 0) as a page object. */
struct pdf_dict *pdf_content_paint(
	const struct pdf_content *content, const struct page *page, size_t number);

#endif
