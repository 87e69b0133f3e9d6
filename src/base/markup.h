/*
 * A page of HTML around any content, and text as text inside it. Knows markup; refuses to
 * know what the page says.
 */
#ifndef NIANBAO_BASE_MARKUP_H
#define NIANBAO_BASE_MARKUP_H

#include "base/file.h"

#include <glib.h>

/* Markup escaped for content and attributes, control characters dropped. */
void markup_escape(GString *out, const char *utf8, size_t length);
/* From <!DOCTYPE html> to <main>: one self-contained page, its style inside. */
void markup_open(GString *out, const char *language, const char *title, struct bytes css);
void markup_close(GString *out);

#endif
