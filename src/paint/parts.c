/* Each part offers one table, so that what dlsym finds has a type. */
#include "paint/parts.h"

#include "base/module.h"

static const void *load(
	struct arena *arena, const char *name, const char *symbol, struct diags *diags)
{
	const char *why = "";
	const void *part = module_find(arena, name, symbol, &why);
	if (!part && diags)
		diag_blame_environment(diags, diag_add(diags, OUTPUT_PART, NOWHERE, why, NULL));
	return part;
}

const struct typeset_part *part_typeset(struct arena *arena, struct diags *diags)
{
	return load(arena, "typeset", "typeset_part", diags);
}

const struct preview_part *part_preview(struct arena *arena, struct diags *diags)
{
	return load(arena, "preview", "preview_part", diags);
}
