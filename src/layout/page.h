/*
 * The display list: what layout ends in and painters paint. A closed set of items; lengths are
 * Pango units, origin top left, y down, text on its baseline. Knows no report, Pango or PDF.
 */
#ifndef NIANBAO_LAYOUT_PAGE_H
#define NIANBAO_LAYOUT_PAGE_H

#include "base/arena.h"
#include "base/file.h"
#include "diag/source.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define UNITS_PER_PT 1024

/* A font file, open for as long as the process runs. */
struct face {
	const char *name, *file; /* the name is that of fonts/roles.yaml */
	unsigned index; /* in a collection */
	struct bytes bytes; /* mapped */
	unsigned units_per_em;
};

struct glyph {
	uint32_t id; /* in the face; 0 never occurs */
	int x, y; /* pen position from the run's x, and above the baseline */
	int advance; /* the face's own, at the run's size */
	uint32_t cluster; /* byte of the run's text where its cluster begins */
};

enum element_kind {
	ELEMENT_DOCUMENT,
	ELEMENT_HEADING,
	ELEMENT_PARAGRAPH,
	ELEMENT_TABLE,
	ELEMENT_HEAD,
	ELEMENT_BODY,
	ELEMENT_ROW,
	ELEMENT_HEADER_CELL,
	ELEMENT_DATA_CELL,
	ELEMENT_FIGURE,
	ELEMENT_CAPTION,
	ELEMENT_LINK,
	ELEMENT_SPAN
};

/* A node of the logical structure (ISO 32000 14.7), in reading order. */
struct element {
	enum element_kind kind;
	int level; /* of a heading: 1 is the title, 2 a section, 3 to 5 heads */
	struct element *parent, *first_child, *last_child, *next;
	unsigned number; /* in reading order, from 0 */
	size_t row_span, column_span; /* of a cell */
	bool scope_row, scope_column; /* of a header cell */
	const struct element **headers; /* of a cell: its header cells, NULL-ended; or NULL */
	const char *alt; /* of a figure */
	const char *title; /* of a heading: its text, for the outline */
	size_t page; /* where it begins, from 0 */
	int y; /* on that page: its top */
};

enum item_kind {
	ITEM_TEXT,
	ITEM_RULE,
	ITEM_FILL,
	ITEM_IMAGE,
	ITEM_LINK,
	ITEM_BEGIN, /* what follows belongs to an element; pairs don't nest */
	ITEM_ARTIFACT, /* what follows is decoration: page numbers, rules, repeated heads */
	ITEM_END /* of either */
};

struct image {
	struct bytes file; /* PNG or JPEG as it was read, or SVG */
	enum { IMAGE_PNG, IMAGE_JPEG, IMAGE_SVG } kind;
	int pixel_width, pixel_height;
	const char *path;
	struct span at; /* where the report names it */
};

struct item {
	enum item_kind kind;
	int x, y; /* text: the baseline's start; others: top left */
	int width, height; /* rule, fill, image, link */
	uint32_t colour; /* 0xRRGGBB */
	union {
		struct {
			const struct face *face;
			int size, stroke; /* stroked so wide where bold has no face; or 0 */
			int turned; /* degrees anticlockwise about (x, y): the watermark's */
			const char *utf8; /* what the glyphs stand for, NUL-ended */
			const struct glyph *glyphs;
			size_t count;
		} text;
		const struct image *image;
		const char *uri;
		struct element *element; /* ITEM_BEGIN */
	} as;
};

struct page {
	int width, height;
	const char *label; /* 1, 2, … */
	GArray *items; /* struct item */
};

struct pages {
	struct page *at;
	size_t count;
	struct element *document; /* root of the structure */
	size_t element_count;
	const struct face **faces; /* each face that a run uses, once, in order of first use */
	size_t face_count;
	const char *title, *author, *language; /* the agency; zh-CN */
	const GDate *day; /* or NULL */
	int year;
};
#endif
