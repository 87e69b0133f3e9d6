/* The part that sets pages: what it offers to the rest of the program. */
#include "paint/parts.h"

#include <string.h>

static char *folder_of(struct arena *arena, const struct report *report)
{
	const char *path = report->source ? report->source->path : ".";
	return arena_take(arena, g_path_get_dirname(path));
}

/* What one run sets all its reports with. */
struct house {
	struct arena *arena;
	const char *name; /* of what it was loaded from */
	const struct style *style;
	const struct fonts *fonts;
	struct known_cells *known;
};

static void house_close(void *thing)
{
	arena_close(thing);
}

static const char *house_name(struct arena *arena, const struct render_job *job)
{
	const char *const words[] = {
		job->style, job->templates, job->data_directory, job->official_fonts};
	const char *name = "";
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		name = arena_print(arena, "%s\n%s", name, words[i] ? words[i] : "");
	return name;
}

static struct house house_load(const struct output_request *request)
{
	const struct render_job *job = request->job;
	struct house house = {.arena = arena_open()};
	house.name = house_name(house.arena, job);
	house.style = style_load(
		house.arena, job->style ? job->style : "gbt9704", job->templates, request->diags);
	house.known = known_cells_open(house.arena);
	if (house.style)
		house.fonts = fonts_open(
			house.arena, job->data_directory, job->official_fonts, request->diags);
	return house;
}

/* Kept for the next report of this process, unless there is something to say of it: every
 * report then says it. */
static struct house house_find(const struct output_request *request)
{
	static struct house kept;
	if (kept.arena && strcmp(kept.name, house_name(request->arena, request->job)) == 0)
		return kept;
	guint said = request->diags->all->len;
	struct house house = house_load(request);
	if (kept.arena || !house.fonts || request->diags->all->len != said)
		arena_own(request->arena, house.arena, house_close);
	else
		kept = house;
	return house;
}

static const struct pages *set_pages(const struct output_request *request)
{
	struct house house = house_find(request);
	if (!house.fonts)
		return NULL;
	struct layout_job layout = {request->doc, house.style, house.fonts,
		folder_of(request->arena, request->job->report), house.known};
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
