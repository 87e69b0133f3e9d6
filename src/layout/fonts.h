/*
 * The faces of each role in order (fonts/roles.yaml): official ones from the agency's own
 * folder, free ones that set-up brought, fallbacks for rare characters. Nothing else that the
 * machine has is ever used. Open faces are kept for the whole process.
 */
#ifndef NIANBAO_LAYOUT_FONTS_H
#define NIANBAO_LAYOUT_FONTS_H

#include "layout/page.h"
#include "layout/style.h"

struct font_place {
	const struct face *face;
	int shift; /* millionths of an em, upward: to the first face's middle */
	int stroke; /* millionths of an em: a light fallback beside a heavy first face */
	bool official;
};

struct fonts;

/* `data_directory` holds fonts/roles.yaml and fonts/free/; `official` may be NULL. NULL when a
 * role has no usable face; each unusable file is FONT-FILE. */
struct fonts *fonts_open(
	struct arena *arena, const char *data_directory, const char *official, struct diags *diags);
/* The faces of a role in order. */
const struct font_place *fonts_role(const struct fonts *fonts, enum role role, size_t *count);
/* The first face that has the character (in full width, for the marks that roles.yaml
 * names, where one has); NULL if none. */
const struct font_place *fonts_find(const struct fonts *fonts, enum role role, uint32_t character);

#endif
