/*
 * What became of each file of a run, a row a file, as CSV or JSON. Knows counts; refuses to
 * know findings.
 */
#ifndef NIANBAO_DIAG_SUMMARY_H
#define NIANBAO_DIAG_SUMMARY_H

#include "diag/print.h"

struct summary_row {
	const char *path;
	const char *result; /* passed, rejected, failed, unchanged */
	const struct print_tally *tally;
};

/* CSV by RFC 4180 (no cell can become a formula; with a BOM, for spreadsheets, where a path has
 * other characters than ASCII's), or a JSON array of objects. */
void summary_add(GString *out, bool json, const struct summary_row *row);
void summary_end(GString *out, bool json); /* head and foot, once all rows are in */

#endif
