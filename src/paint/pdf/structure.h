/*
 * The logical structure of a PDF (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7): the display
 * list's elements as a tree of structure elements, tied to what is painted by marks. Knows
 * the tree; refuses to know how anything is painted.
 */
#ifndef NIANBAO_PAINT_PDF_STRUCTURE_H
#define NIANBAO_PAINT_PDF_STRUCTURE_H

#include "layout/page.h"
#include "paint/pdf/object.h"

struct pdf_structure;

struct pdf_structure *pdf_structure_open(
	struct arena *arena, struct pdf_objects *objects, const struct pages *pages);

/* What is painted next on `page` (from 0) belongs to the element: its mark on that page. */
int pdf_structure_mark(struct pdf_structure *structure, const struct element *element, size_t page);
/* An annotation on `page` that belongs to the element: its /StructParent. */
int pdf_structure_annotation(struct pdf_structure *structure, const struct element *element,
	size_t page, struct pdf_dict *annotation);
/* Where a figure stands: left, bottom, right, top from the page's bottom left, Pango units. */
void pdf_structure_box(
	struct pdf_structure *structure, const struct element *element, const int box[4]);

const char *pdf_structure_type(const struct element *element); /* P, H1, TD … */

/* The StructTreeRoot; `page_dicts` are the pages' objects in order. */
struct pdf_dict *pdf_structure_finish(
	struct pdf_structure *structure, struct pdf_dict *const *page_dicts);

#endif
