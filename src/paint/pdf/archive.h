/*
 * What makes a PDF fit for an archive and for a screen reader: metadata, colour, the source
 * attached (ISO 19005-3, ISO 19005-1, ISO 14289-1). Knows the catalog; refuses to know what
 * is painted.
 */
#ifndef NIANBAO_PAINT_PDF_ARCHIVE_H
#define NIANBAO_PAINT_PDF_ARCHIVE_H

#include "layout/page.h"
#include "paint/outputs.h"
#include "paint/pdf/object.h"

struct pdf_archive {
	struct arena *arena;
	struct pdf_objects *objects;
	const struct pages *pages;
	enum pdf_profile profile;
	struct bytes source; /* report.yaml; `start` NULL: nothing is attached */
};

/* The document information dictionary, equal to the metadata. */
struct pdf_dict *archive_information(const struct pdf_archive *archive);
/* Metadata, output intent, language, attachment. */
void archive_fill_catalog(const struct pdf_archive *archive, struct pdf_dict *catalog);

#endif
