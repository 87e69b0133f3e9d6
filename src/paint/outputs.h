/*
 * The table of outputs and the one way in to typesetting: a report becomes a file. Everything
 * that needs fonts, Cairo or libharu is behind these functions, in modules (parts.h).
 */
#ifndef NIANBAO_PAINT_OUTPUTS_H
#define NIANBAO_PAINT_OUTPUTS_H

#include "layout/layout.h"

enum pdf_profile { PROFILE_A3A, PROFILE_A1B };

struct render_job {
	const struct report *report;
	const struct diags *findings; /* of the report, for a draft; NULL: not a draft */
	const char *path; /* "-": standard output */
	const char *format; /* pdf png svg html trace; NULL: by the path's suffix */
	const char *style; /* gbt9704 */
	const char *templates, *data_directory, *official_fonts; /* folders; NULL: the defaults */
	enum pdf_profile profile;
	bool without_source; /* --no-source */
	const char *page_range; /* 1,3-4; NULL: all */
	int dpi;
	GString *
		saved; /* a line for each file written: its length and name are appended; or NULL */
};

enum output_end { OUTPUT_WRITTEN, OUTPUT_NOT_WRITTEN, OUTPUT_NO_SUCH_PAGE };

/* Writes the file whole or not at all (of several, x-1.png …, none before all lie on the disk
 * beside their targets). What isn't written has findings. */
enum output_end output_render(
	struct arena *arena, const struct render_job *job, struct diags *diags);
bool output_known(const char *format);
/* Whether it is a list of pages as 1,3-4, wherever the last page may be. */
bool output_range_valid(const char *range);
/* The format that a path's suffix names; NULL if none. */
const char *output_format_of(const char *path);

/* What a painter's file needs to write a format. */
struct output_request {
	const struct render_job *job;
	const struct doc *doc;
	const struct pages *pages; /* NULL for flow outputs (html) */
	struct arena *arena;
	struct diags *diags;
};
/* Whether --pages names page `index` (from 0). */
bool output_wants_page(const struct output_request *request, size_t index);
/* Where page `index` goes: x.png, or x-3.png where the report has several pages. */
const char *output_page_path(const struct output_request *request, size_t index);
/* Writes files whole, all or none; false with a finding. */
bool output_save_all(
	const struct output_request *request, const struct file_output *files, size_t count);
bool output_save(const struct output_request *request, const char *path, struct bytes bytes);

/* Says that a picture which was sound, and small enough when tried, couldn't be drawn as large
 * as the page wants it: the output would lack it. */
void output_lacks_picture(const struct output_request *request, const struct image *image);

bool html_write(const struct output_request *request);

#endif
