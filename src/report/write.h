/*
 * A report as a file again: its figures and texts as printed, none of the author's comments.
 * What reads it back has the same report. Knows keys; refuses to know how YAML is quoted.
 */
#ifndef NIANBAO_REPORT_WRITE_H
#define NIANBAO_REPORT_WRITE_H

#include "report/report.h"

/* Appends YAML to `out`. A row with a missing figure names the columns of those it has; what
 * is missing altogether is left out. References stand as the figures that they print. */
bool report_write(const struct report *report, GString *out);

#endif
