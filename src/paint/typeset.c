/* The part that sets pages: what it offers to the rest of the program. */
#include "paint/parts.h"

static char *folder_of(struct arena *arena, const struct report *report)
{
	const char *path = report->source ? report->source->path : ".";
	return arena_take(arena, g_path_get_dirname(path));
}

static const struct pages *set_pages(const struct output_request *request)
{
	const struct render_job *job = request->job;
	const struct style *style = style_load(request->arena, job->style ? job->style : "gbt9704",
		job->templates, request->diags);
	const struct fonts *fonts = style ? fonts_open(request->arena, job->data_directory,
						    job->official_fonts, request->diags)
					  : NULL;
	if (!fonts)
		return NULL;
	struct layout_job layout = {
		request->doc, style, fonts, folder_of(request->arena, job->report)};
	return layout_pages(request->arena, &layout, request->diags);
}

const struct typeset_part typeset_part = {
	.pages = set_pages,
	.pdf = pdf_write,
	.trace = trace_write,
	.role_sentence = role_sentence,
	.fonts_open = fonts_open,
	.fonts_role = fonts_role,
	.fonts_find = fonts_find,
};
