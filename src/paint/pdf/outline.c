/* Two levels: an entry of the second hangs below the last one of the first. */
#include "paint/pdf/outline.h"

#define SECTION_LEVEL 2
#define HEAD_LEVEL 3

struct entry {
	struct pdf_dict *dict;
	struct pdf_dict *first, *last; /* below it */
	int count;
};

struct outline {
	struct pdf_objects *objects;
	const struct pages *pages;
	struct pdf_dict *const *page_dicts;
	struct entry root, section; /* the section that heads hang below */
};

static void close_entry(struct entry *entry)
{
	if (!entry->dict || entry->count == 0)
		return;
	pdf_put_dict(entry->dict, "First", entry->first);
	pdf_put_dict(entry->dict, "Last", entry->last);
	pdf_put_number(entry->dict, "Count", entry->count);
}

static struct pdf_array *place_of(const struct outline *outline, const struct element *heading)
{
	struct pdf_array *place = pdf_array_new(outline->objects);
	const struct page *page = &outline->pages->at[heading->page];
	pdf_add_dict(place, outline->page_dicts[heading->page]);
	pdf_add_name(place, "XYZ");
	pdf_add_null(place);
	pdf_add_units(place, page->height - heading->y);
	pdf_add_null(place);
	return place;
}

static void hang_below(struct outline *outline, struct entry *above, const struct element *heading)
{
	struct pdf_dict *dict = pdf_dict_number(outline->objects);
	pdf_put_text(dict, "Title", heading->title);
	pdf_put_dict(dict, "Parent", above->dict);
	pdf_put_array(dict, "Dest", place_of(outline, heading));
	if (above->last) {
		pdf_put_dict(above->last, "Next", dict);
		pdf_put_dict(dict, "Prev", above->last);
	} else {
		above->first = dict;
	}
	above->last = dict;
	above->count++;
}

static void add_headings(struct outline *outline, const struct element *element)
{
	bool heading = element->kind == ELEMENT_HEADING && element->title &&
		element->page < outline->pages->count;
	if (heading && element->level == SECTION_LEVEL) {
		close_entry(&outline->section);
		hang_below(outline, &outline->root, element);
		outline->section = (struct entry){.dict = outline->root.last};
	}
	if (heading && element->level == HEAD_LEVEL)
		hang_below(outline, outline->section.dict ? &outline->section : &outline->root,
			element);
	for (const struct element *child = element->first_child; child; child = child->next)
		add_headings(outline, child);
}

struct pdf_dict *pdf_outline_new(
	struct pdf_objects *objects, const struct pages *pages, struct pdf_dict *const *page_dicts)
{
	struct outline outline = {.objects = objects, .pages = pages, .page_dicts = page_dicts};
	outline.root.dict = pdf_dict_number(objects);
	pdf_put_name(outline.root.dict, "Type", "Outlines");
	add_headings(&outline, pages->document);
	close_entry(&outline.section);
	close_entry(&outline.root);
	return outline.root.count > 0 ? outline.root.dict : NULL;
}

/* Labels are set page by page: they need not be the pages' numbers. */
struct pdf_dict *pdf_page_labels(struct pdf_objects *objects, const struct pages *pages)
{
	struct pdf_array *numbers = pdf_array_new(objects);
	for (size_t i = 0; i < pages->count; i++) {
		struct pdf_dict *label = pdf_dict_new(objects);
		if (pages->at[i].label)
			pdf_put_text(label, "P", pages->at[i].label);
		pdf_add_number(numbers, (int)i);
		pdf_add_dict(numbers, label);
	}
	struct pdf_dict *labels = pdf_dict_new(objects);
	pdf_put_array(labels, "Nums", numbers);
	return labels;
}
