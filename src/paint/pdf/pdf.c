/* The official output: the report as a PDF file. */
#include "paint/outputs.h"

#include "paint/pdf/pdf_internal.h"

bool pdf_write(const struct output_request *request)
{
	struct pdf_job job = {
		.arena = request->arena,
		.pages = request->pages,
		.profile = request->job->profile,
	};
	struct bytes file;
	const char *bad = NULL;
	if (!pdf_make(&job, &file, &bad)) {
		struct diag *diag = diag_add(request->diags, OUTPUT_PDF, NOWHERE, bad, NULL);
		diag_blame_environment(request->diags, diag);
		return false;
	}
	return output_save(request, request->job->path, file);
}
