/* The table of outputs, and the pipeline from a report to the painter that its row names. */
#include "paint/outputs.h"

#include "paint/parts.h"

#include <stdlib.h>
#include <string.h>

#define PAGES_MAX 100000

enum output_kind {
	OUTPUT_WHOLE, /* one file of all pages */
	OUTPUT_BY_PAGE, /* a file a page, and --pages chooses */
	OUTPUT_FLOW /* no pages: leaves before layout */
};

static bool write_pdf(const struct output_request *request)
{
	const struct typeset_part *part = part_typeset(request->arena, request->diags);
	return part && part->pdf(request);
}

static bool write_trace(const struct output_request *request)
{
	const struct typeset_part *part = part_typeset(request->arena, request->diags);
	return part && part->trace(request);
}

static bool write_png(const struct output_request *request)
{
	const struct preview_part *part = part_preview(request->arena, request->diags);
	return part && part->png(request);
}

static bool write_svg(const struct output_request *request)
{
	const struct preview_part *part = part_preview(request->arena, request->diags);
	return part && part->svg(request);
}

static const struct output {
	const char *name; /* and suffix */
	enum output_kind kind;
	bool (*write)(const struct output_request *request);
} outputs[] = {
	{"pdf", OUTPUT_WHOLE, write_pdf},
	{"png", OUTPUT_BY_PAGE, write_png},
	{"svg", OUTPUT_BY_PAGE, write_svg},
	{"html", OUTPUT_FLOW, html_write},
	{"trace", OUTPUT_WHOLE, write_trace},
};

static const struct output *output_find(const char *format)
{
	for (size_t i = 0; format && i < G_N_ELEMENTS(outputs); i++)
		if (g_ascii_strcasecmp(outputs[i].name, format) == 0)
			return &outputs[i];
	return NULL;
}

bool output_known(const char *format)
{
	return output_find(format) != NULL;
}

const char *output_format_of(const char *path)
{
	const char *dot = strrchr(path, '.');
	if (!dot || strchr(dot, '/'))
		return NULL;
	const struct output *output = output_find(dot + 1);
	return output ? output->name : NULL;
}

/* A number of a page range; 0 if there is none. */
static size_t range_number(const char **at)
{
	size_t number = 0;
	for (; g_ascii_isdigit(**at) && number < PAGES_MAX; (*at)++)
		number = number * 10 + (size_t)(**at - '0');
	return number;
}

/* What a list as 1,3-4 says of `page` (from 1), and the highest page that it can't do without:
 * 3 here, as a range may go on to whatever is the last. false if it is no such list. */
static bool range_read(const char *range, size_t page, bool *has, size_t *needed)
{
	*has = false;
	*needed = 0;
	for (const char *at = range;; at++) {
		size_t first = range_number(&at), last = first;
		if (first > 0 && *at == '-') {
			at++;
			last = range_number(&at);
		}
		if (first == 0 || last < first || (*at != ',' && *at != '\0'))
			return false;
		*has |= page >= first && page <= last;
		*needed = MAX(*needed, first);
		if (*at == '\0')
			return true;
	}
}

bool output_range_valid(const char *range)
{
	bool has;
	size_t needed;
	return range_read(range, 1, &has, &needed);
}

bool output_wants_page(const struct output_request *request, size_t index)
{
	bool has;
	size_t needed;
	return !request->job->page_range ||
		(range_read(request->job->page_range, index + 1, &has, &needed) && has);
}

const char *output_page_path(const struct output_request *request, size_t index)
{
	const char *path = request->job->path;
	if (request->pages->count == 1 || strcmp(path, "-") == 0)
		return path;
	const char *dot = strrchr(path, '.');
	if (!dot || strchr(dot, '/'))
		dot = path + strlen(path);
	return arena_print(request->arena, "%.*s-%zu%s", (int)(dot - path), path, index + 1, dot);
}

/* Whether it is the report, whatever the folder and the format made of its name. */
static bool is_input(const struct output_request *request, const char *path)
{
	const struct source *source = request->job->report->source;
	if (!source || !file_is(path, source->path))
		return false;
	struct diag *diag = diag_add(request->diags, IO_WRITE, NOWHERE, path,
		diag_sentence(request->diags, PROBLEM_INPUT, NULL), NULL);
	diag_blame_environment(request->diags, diag);
	return true;
}

bool output_save_all(
	const struct output_request *request, const struct file_output *files, size_t count)
{
	size_t failed = 0;
	for (size_t i = 0; i < count; i++)
		if (is_input(request, files[i].path))
			return false;
	int failure = file_write_all(files, count, &failed);
	if (failure)
		diag_unwritten(request->diags, files[failed].path, failure);
	for (size_t i = 0; !failure && request->job->saved && i < count; i++) {
		char *name = g_path_get_basename(files[i].path);
		g_string_append_printf(
			request->job->saved, "%zu %s\n", files[i].bytes.length, name);
		g_free(name);
	}
	return !failure;
}

bool output_save(const struct output_request *request, const char *path, struct bytes bytes)
{
	return output_save_all(request, &(struct file_output){path, bytes}, 1);
}

void output_lacks_picture(const struct output_request *request, const struct image *image)
{
	diag_add(request->diags, TEXT_PICTURE_UNDRAWN, image->at, image->path, NULL);
}

static bool range_reached(const struct output_request *request)
{
	const char *range = request->job->page_range;
	bool has;
	size_t needed;
	if (!range || (range_read(range, 1, &has, &needed) && needed <= request->pages->count))
		return true;
	char *count = arena_print(request->arena, "%zu", request->pages->count);
	diag_add(request->diags, OUTPUT_PAGES, NOWHERE, range, count, NULL);
	return false;
}

#define PROBE 64 /* pixels: enough to see whether an SVG can be drawn */

/* A picture whose header was right and whose rest is damaged would be missing in silence. */
static void judge_pictures(const struct output_request *request)
{
	const struct image *last = NULL;
	struct arena *arena = arena_open();
	for (size_t i = 0; i < request->pages->count; i++) {
		const GArray *items = request->pages->at[i].items;
		for (guint j = 0; j < items->len; j++) {
			const struct item *item = &g_array_index(items, struct item, j);
			if (item->kind != ITEM_IMAGE || item->as.image == last)
				continue;
			last = item->as.image;
			const struct preview_part *part = part_preview(arena, request->diags);
			struct raster raster;
			if (part &&
				!part->raster(arena, last, MIN(last->pixel_width, PROBE), &raster))
				diag_add(request->diags, TEXT_PICTURE_KIND, last->at, last->path,
					NULL);
		}
	}
	arena_close(arena);
}

static enum output_end render_pages(const struct output *output, struct output_request *request)
{
	const struct typeset_part *part = part_typeset(request->arena, request->diags);
	request->pages = part ? part->pages(request) : NULL;
	if (request->pages && strcmp(output->name, "trace") != 0)
		judge_pictures(request);
	/* A character that no face has is shown by a draft only; a file that can't be read by none.
	 */
	if (request->diags->environment ||
		(!request->job->findings && diags_rejects(request->diags, false)))
		return OUTPUT_NOT_WRITTEN;
	if (request->pages && output->kind == OUTPUT_BY_PAGE && !range_reached(request))
		return OUTPUT_NO_SUCH_PAGE;
	return request->pages && output->write(request) ? OUTPUT_WRITTEN : OUTPUT_NOT_WRITTEN;
}

enum output_end output_render(
	struct arena *arena, const struct render_job *job, struct diags *diags)
{
	const char *format = job->format ? job->format : output_format_of(job->path);
	const struct output *output = output_find(format);
	if (!output) {
		diag_add(
			diags, OUTPUT_FORMAT, NOWHERE, job->format ? job->format : job->path, NULL);
		return OUTPUT_NOT_WRITTEN;
	}
	struct output_request request = {
		.job = job,
		.doc = doc_compose(arena, job->report, job->findings),
		.arena = arena,
		.diags = diags,
	};
	if (output->kind == OUTPUT_FLOW)
		return output->write(&request) ? OUTPUT_WRITTEN : OUTPUT_NOT_WRITTEN;
	return render_pages(output, &request);
}
