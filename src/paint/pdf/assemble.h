/*
 * Objects to the bytes of a file: header, bodies, cross-reference, trailer (ISO 32000-1,
 * 7.5). Knows where things stand in a file; refuses to know what they say.
 */
#ifndef NIANBAO_PAINT_PDF_ASSEMBLE_H
#define NIANBAO_PAINT_PDF_ASSEMBLE_H

#include "paint/pdf/object.h"

enum pdf_form {
	PDF_PLAIN, /* PDF 1.4: every object by itself, a table of places */
	PDF_PACKED /* PDF 1.7: objects that aren't streams deflated together (7.5.7) */
};

struct pdf_ends {
	const struct pdf_dict *catalog, *information; /* information may be NULL */
};

/* The whole file, in the arena; its /ID is the MD5 of what it says. */
struct bytes pdf_assemble(
	struct arena *arena, struct pdf_objects *objects, struct pdf_ends ends, enum pdf_form form);

#endif
