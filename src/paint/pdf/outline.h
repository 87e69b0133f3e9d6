/*
 * How a reader finds his way: the outline of headings and the pages' labels (ISO 32000-1,
 * 12.3.3 and 12.4.2). Knows headings; refuses to know what is under them.
 */
#ifndef NIANBAO_PAINT_PDF_OUTLINE_H
#define NIANBAO_PAINT_PDF_OUTLINE_H

#include "layout/page.h"
#include "paint/pdf/object.h"

/* Sections (H2) with the heads below them (H3); NULL if there are none. */
struct pdf_dict *pdf_outline_new(
	struct pdf_objects *objects, const struct pages *pages, struct pdf_dict *const *page_dicts);
struct pdf_dict *pdf_page_labels(struct pdf_objects *objects, const struct pages *pages);

#endif
