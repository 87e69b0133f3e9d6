/* The official output: the report as a PDF file. */
#include "paint/parts.h"

#include "paint/pdf/pdf_internal.h"
#include "report/write.h"

/* Written anew, so that the author's comments stay his own. */
static struct bytes source_of(const struct output_request *request)
{
	GString *yaml = g_string_new(NULL);
	struct bytes source = {0};
	if (report_write(request->job->report, yaml))
		source = (struct bytes){
			arena_copy_n(request->arena, yaml->str, yaml->len), yaml->len};
	g_string_free(yaml, TRUE);
	return source;
}

bool pdf_write(const struct output_request *request)
{
	struct pdf_job job = {
		.arena = request->arena,
		.pages = request->pages,
		.profile = request->job->profile,
	};
	if (!request->job->without_source && job.profile != PROFILE_A1B)
		job.source = source_of(request);
	struct bytes file;
	struct pdf_failure failure;
	if (pdf_make(&job, &file, &failure))
		return output_save(request, request->job->path, file);
	if (failure.undrawn)
		output_lacks_picture(request, failure.undrawn);
	else
		diag_blame_environment(request->diags,
			diag_add(request->diags, OUTPUT_PDF, NOWHERE, failure.beyond, NULL));
	return false;
}
