/*
 * The report that travels in a PDF (archive.c puts it there), out of it again. Knows the
 * attachment; refuses to know pages.
 */
#ifndef NIANBAO_PAINT_EXTRACT_H
#define NIANBAO_PAINT_EXTRACT_H

#include "diag/diag.h"

#define EXTRACT_FILE_MAX ((size_t)256 * 1024 * 1024)

/* Part `extract`, loaded on demand: it brings libqpdf. */
struct extract_part {
	/* The bytes of the attached report.yaml, at most YAML_BYTES_MAX of them, in the arena.
	 * false with a finding about `path`. */
	bool (*source)(
		struct arena *arena, const char *path, struct bytes *yaml, struct diags *diags);
};
extern const struct extract_part extract_part;

#endif
