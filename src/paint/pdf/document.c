/* Display list to PDF/A-3a and PDF/UA-1, or PDF/A-1b: the order in which parts are made. */
#include "paint/pdf/pdf_internal.h"

#include "paint/pdf/archive.h"
#include "paint/pdf/assemble.h"
#include "paint/pdf/content.h"
#include "paint/pdf/outline.h"

static struct pdf_dict *resources_new(struct pdf_objects *objects, const struct pdf_fonts *fonts)
{
	struct pdf_dict *names = pdf_dict_new(objects), *resources = pdf_dict_number(objects);
	for (size_t i = 0; i < fonts->count; i++)
		pdf_put_dict(names, fonts->at[i].name, fonts->at[i].dict);
	pdf_put_dict(resources, "Font", names);
	return resources;
}

/* Paints every page; what the result points at is the page tree and the pages in order. */
static struct pdf_dict **paint_pages(struct pdf_content *content, const struct pages *pages)
{
	struct pdf_dict **dicts = arena_array(content->arena, struct pdf_dict *, pages->count);
	struct pdf_array *kids = pdf_array_new(content->objects);
	for (size_t i = 0; i < pages->count; i++) {
		dicts[i] = pdf_content_paint(content, &pages->at[i], i);
		pdf_add_dict(kids, dicts[i]);
	}
	struct pdf_dict *pictures = pdf_pictures_resources(content->pictures);
	if (pictures)
		pdf_put_dict(content->resources, "XObject", pictures);
	pdf_put_name(content->parent, "Type", "Pages");
	pdf_put_array(content->parent, "Kids", kids);
	pdf_put_number(content->parent, "Count", (int)pages->count);
	return dicts;
}

static struct pdf_dict *catalog_new(const struct pdf_content *content,
	const struct pdf_archive *archive, struct pdf_dict *const *page_dicts)
{
	struct pdf_objects *objects = content->objects;
	struct pdf_dict *catalog = pdf_dict_number(objects);
	pdf_put_name(catalog, "Type", "Catalog");
	pdf_put_dict(catalog, "Pages", content->parent);
	pdf_put_dict(catalog, "PageLabels", pdf_page_labels(objects, archive->pages));
	pdf_put_dict(
		catalog, "StructTreeRoot", pdf_structure_finish(content->structure, page_dicts));
	struct pdf_dict *outline = pdf_outline_new(objects, archive->pages, page_dicts);
	if (outline)
		pdf_put_dict(catalog, "Outlines", outline);
	archive_fill_catalog(archive, catalog);
	return catalog;
}

bool pdf_make(const struct pdf_job *job, struct bytes *file, struct pdf_failure *failure)
{
	bool first_part = job->profile == PROFILE_A1B;
	struct pdf_objects *objects = pdf_objects_open(job->arena);
	*failure = (struct pdf_failure){0};
	struct pdf_fonts *fonts =
		pdf_fonts_embed(job->arena, objects, job->pages, first_part, &failure->beyond);
	if (!fonts)
		return false;
	struct pdf_content content = {
		.arena = job->arena,
		.objects = objects,
		.fonts = fonts,
		.pictures = pdf_pictures_open(job->arena, objects),
		.structure = pdf_structure_open(job->arena, objects, job->pages),
		.resources = resources_new(objects, fonts),
		.parent = pdf_dict_number(objects),
	};
	struct pdf_archive archive = {job->arena, objects, job->pages, job->profile, job->source};
	struct pdf_dict **page_dicts = paint_pages(&content, job->pages);
	failure->undrawn = pdf_pictures_undrawn(content.pictures);
	if (failure->undrawn)
		return false;
	struct pdf_ends ends = {
		.catalog = catalog_new(&content, &archive, page_dicts),
		.information = archive_information(&archive),
	};
	*file = pdf_assemble(job->arena, objects, ends, first_part ? PDF_PLAIN : PDF_PACKED);
	failure->beyond = job->pages->title;
	return pdf_objects_sound(objects);
}
