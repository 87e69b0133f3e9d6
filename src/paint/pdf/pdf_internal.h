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

/* The file's bytes, in the arena. false: `*bad` names the font file, or the report, that PDF
 * can't hold. */
bool pdf_make(const struct pdf_job *job, struct bytes *file, const char **bad);

#endif
