/* The PDF writer without files and findings, for pdf_write and its tests. */
#ifndef NIANBAO_PAINT_PDF_PDF_INTERNAL_H
#define NIANBAO_PAINT_PDF_PDF_INTERNAL_H

#include "paint/outputs.h"

struct pdf_job {
	struct arena *arena;
	const struct pages *pages;
	enum pdf_profile profile;
	struct bytes source; /* attached as report.yaml; `start` NULL: nothing */
};

/* Why there is no PDF: one of them. */
struct pdf_failure {
	const char *beyond; /* the font file, or the report's title, that PDF can't hold */
	const struct image *undrawn;
};

/* The file's bytes, in the arena; or false and why. */
bool pdf_make(const struct pdf_job *job, struct bytes *file, struct pdf_failure *failure);

#endif
