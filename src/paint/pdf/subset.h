/*
 * A face cut down to the glyphs that a file uses, ready to be embedded. Small ones are kept for
 * the next file of the process: labels of a form are the same in every report. Knows outlines
 * and codes; refuses to know what text they stand for.
 */
#ifndef NIANBAO_PAINT_PDF_SUBSET_H
#define NIANBAO_PAINT_PDF_SUBSET_H

#include "layout/page.h"
#include "paint/pdf/object.h"

#include <hb.h>

struct subset {
	struct bytes packed; /* the font program, deflated */
	size_t length; /* of the program itself */
	bool cff; /* the table 'CFF ' alone; else TrueType */
	const unsigned *codes; /* of each glyph that was asked for: its two bytes in a text */
	const int *widths; /* thousandths of an em */
};

struct subset_request {
	struct arena *arena;
	struct pdf_objects *objects; /* of the file that it is for */
	const struct face *face;
	hb_face_t *tables; /* the face's */
	const uint32_t *glyphs; /* ascending */
	size_t count;
};

/* NULL if the face can't be subset. */
const struct subset *subset_find(const struct subset_request *request);
/* Forgets what is kept where it has become much; nothing that was found may be in use. */
void subsets_trim(void);

#endif
