/*
 * libFuzzer: any bytes as a report, to the last byte of every output: checked, composed, set
 * in pages, written as PDF, web page, trace and, by the length's last bits, as SVG or PNG. The
 * fonts are those of NIANBAO_FUZZ_DATA (run.sh makes small ones), and so are the forms, of which
 * one is small; a report with errors, and one in three others, is a draft.
 */
#include "check/check.h"
#include "must.h"
#include "paint/parts.h"

#include <glib/gstdio.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct editions *editions;
static const char *data_directory;
static char *folder;

static void end_folder(void)
{
	g_rmdir(folder);
}

static void begin(void)
{
	struct arena *kept = arena_open();
	data_directory = g_getenv("NIANBAO_FUZZ_DATA");
	const char *templates =
		data_directory ? arena_print(kept, "%s/templates", data_directory) : NULL;
	editions = editions_load(kept, templates, diags_new(kept, LANGUAGE_ZH));
	must(editions != NULL);
	if (!data_directory)
		data_directory = ".";
	g_setenv("XDG_CACHE_HOME", "/nowhere", TRUE);
	folder = g_strdup("/dev/shm/nianbao-fuzz-XXXXXX");
	must(g_mkdtemp(folder) != NULL);
	atexit(end_folder);
}

typedef bool write_fn(const struct output_request *request);

static void write_one(struct output_request *request, const char *suffix, write_fn *write)
{
	struct render_job job = *request->job;
	struct bytes bytes;
	job.path = arena_print(request->arena, "%s/x.%s", folder, suffix);
	request->job = &job;
	if (write(request)) {
		must(file_read(request->arena, job.path, (size_t)256 << 20, &bytes) == 0);
		must(bytes.length > 100);
		if (write == html_write)
			must(g_utf8_validate(bytes.start, (gssize)bytes.length, NULL));
	}
	g_remove(job.path);
}

static void render(
	struct arena *arena, const struct report *report, struct diags *diags, size_t size)
{
	bool draft = diags->counts[SEVERITY_ERROR] > 0 || size % 3 == 0;
	struct render_job job = {
		.report = report,
		.findings = draft ? diags : NULL,
		.data_directory = data_directory,
		.profile = size % 8 == 5 ? PROFILE_A1B : PROFILE_A3A,
		.page_range = "1",
		.dpi = 20,
	};
	struct output_request request = {
		.job = &job, .doc = doc_compose(arena, report, job.findings), .arena = arena};
	request.diags = diags_new(arena, LANGUAGE_ZH);
	write_one(&request, "html", html_write);
	request.job = &job;
	request.pages = typeset_part.pages(&request);
	must(request.pages != NULL);
	write_one(&request, "pdf", typeset_part.pdf);
	request.job = &job;
	write_one(&request, "trace", typeset_part.trace);
	/* one page, so that the path is the one asked for */
	struct pages first = *request.pages;
	first.count = 1;
	request.pages = &first;
	request.job = &job;
	if (size % 16 == 1)
		write_one(&request, "svg", preview_part.svg);
	if (size % 16 == 2)
		write_one(&request, "png", preview_part.png);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!editions)
		begin();
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	const struct source *source;
	struct bytes bytes = {arena_copy_n(arena, (const char *)data, size), size};
	const struct node *root = node_load_bytes(arena, "fuzz.yaml", bytes, &source, diags);
	const struct report *report =
		root ? report_bind(arena, source, root, editions, diags) : NULL;
	struct check_options options = {.previous = NULL};
	g_date_set_dmy(&options.today, 1, G_DATE_JANUARY, 2023);
	if (report) {
		check_report(report, &options, diags);
		diags_sort(diags);
		render(arena, report, diags, size);
	}
	arena_close(arena);
	return 0;
}
