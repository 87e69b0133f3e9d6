/* A line of a source with a caret under what a finding is about. */
#ifndef NIANBAO_DIAG_EXCERPT_INTERNAL_H
#define NIANBAO_DIAG_EXCERPT_INTERNAL_H

#include "diag/source.h"

#include <glib.h>

/* Two lines: the text, cut to a window where it is long, and the caret by display width.
 * Nothing where the span has no source. */
void excerpt_append(GString *out, struct span at);

#endif
