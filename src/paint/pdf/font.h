/*
 * The faces of a display list as fonts of a PDF: each face's used glyphs, subset by
 * HarfBuzz, with their widths and the text they stand for (ISO 32000-1, 9.7). Knows glyphs
 * and codes; refuses to know where on a page they stand.
 */
#ifndef NIANBAO_PAINT_PDF_FONT_H
#define NIANBAO_PAINT_PDF_FONT_H

#include "layout/page.h"
#include "paint/pdf/object.h"

/* A glyph that some run uses. */
struct pdf_glyph {
	uint32_t id; /* in the face */
	unsigned code; /* two bytes in a content stream */
	int width; /* in thousandths of the size */
	const char *text; /* what ToUnicode says it stands for */
};

struct pdf_font {
	const struct face *face;
	char name[8]; /* in content streams: F1, F2 … */
	struct pdf_dict *dict; /* the Type 0 font */
	GHashTable *by_id; /* glyph id to struct pdf_glyph */
	GPtrArray *glyphs; /* struct pdf_glyph, by id once embedded */
};

struct pdf_fonts {
	struct pdf_font *at;
	size_t count, capacity;
};

/* Every face that a run of `pages` uses, embedded. `sets`: with the CIDSet that PDF/A-1 wants
 * (ISO 19005-1, 6.3.5). A face that can't be subset has its path in `*bad`, and the result
 * is NULL. */
struct pdf_fonts *pdf_fonts_embed(struct arena *arena, struct pdf_objects *objects,
	const struct pages *pages, bool sets, const char **bad);

const struct pdf_font *pdf_fonts_find(const struct pdf_fonts *fonts, const struct face *face);
const struct pdf_glyph *pdf_font_glyph(const struct pdf_font *font, uint32_t id);

/* The run's glyph `index` and those that share its cluster: how many, and the cluster's text,
 * within the run's. */
size_t pdf_cluster(const struct item *item, size_t index, struct bytes *text);

#endif
