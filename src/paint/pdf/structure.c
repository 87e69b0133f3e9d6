/* Marks are gathered while pages are painted; the tree is written once all are known. */
#include "paint/pdf/structure.h"

#include <assert.h>

/* A piece of a page, or an annotation on it, that belongs to an element. */
struct mark {
	size_t page;
	int number; /* MCID; of no meaning for an annotation */
	struct pdf_dict *annotation; /* or NULL */
	size_t stamp; /* order over all pages */
};

struct record {
	struct pdf_dict *dict;
	GArray *marks; /* struct mark; NULL: none */
	size_t stamp; /* of the first mark in it or below it; 0: none */
	const int *box; /* or NULL */
};

struct pdf_structure {
	struct arena *arena;
	struct pdf_objects *objects;
	const struct pages *pages;
	struct record *records; /* by element number */
	GPtrArray **owners; /* by page: the element's dict of each mark */
	GPtrArray *annotation_owners;
	struct pdf_dict *const *page_dicts;
	struct pdf_array *identified; /* the ID tree's names */
	size_t stamps;
};

static void structure_close(void *thing)
{
	struct pdf_structure *structure = thing;
	for (size_t i = 0; i < structure->pages->element_count; i++)
		if (structure->records[i].marks)
			g_array_unref(structure->records[i].marks);
	for (size_t i = 0; i < structure->pages->count; i++)
		g_ptr_array_unref(structure->owners[i]);
	g_ptr_array_unref(structure->annotation_owners);
}

struct pdf_structure *pdf_structure_open(
	struct arena *arena, struct pdf_objects *objects, const struct pages *pages)
{
	struct pdf_structure *structure = arena_new(arena, struct pdf_structure);
	structure->arena = arena;
	structure->objects = objects;
	structure->pages = pages;
	structure->records = arena_array(arena, struct record, pages->element_count);
	for (size_t i = 0; i < pages->element_count; i++)
		structure->records[i].dict = pdf_dict_number(objects);
	structure->owners = arena_array(arena, GPtrArray *, pages->count);
	for (size_t i = 0; i < pages->count; i++)
		structure->owners[i] = g_ptr_array_new();
	structure->annotation_owners = g_ptr_array_new();
	arena_own(arena, structure, structure_close);
	return structure;
}

static struct record *record_of(struct pdf_structure *structure, const struct element *element)
{
	assert(element->number < structure->pages->element_count);
	return &structure->records[element->number];
}

static void add_mark(
	struct pdf_structure *structure, const struct element *element, struct mark mark)
{
	struct record *record = record_of(structure, element);
	mark.stamp = ++structure->stamps;
	if (!record->marks)
		record->marks = g_array_new(FALSE, FALSE, sizeof(struct mark));
	g_array_append_val(record->marks, mark);
	for (; element; element = element->parent) {
		struct record *above = record_of(structure, element);
		if (above->stamp == 0)
			above->stamp = mark.stamp;
	}
}

int pdf_structure_mark(struct pdf_structure *structure, const struct element *element, size_t page)
{
	GPtrArray *owners = structure->owners[page];
	struct mark mark = {.page = page, .number = (int)owners->len};
	g_ptr_array_add(owners, record_of(structure, element)->dict);
	add_mark(structure, element, mark);
	return mark.number;
}

int pdf_structure_annotation(struct pdf_structure *structure, const struct element *element,
	size_t page, struct pdf_dict *annotation)
{
	GPtrArray *owners = structure->annotation_owners;
	g_ptr_array_add(owners, record_of(structure, element)->dict);
	add_mark(structure, element, (struct mark){.page = page, .annotation = annotation});
	return (int)(structure->pages->count + owners->len - 1);
}

void pdf_structure_box(
	struct pdf_structure *structure, const struct element *element, const int box[4])
{
	int *copy = arena_array(structure->arena, int, 4);
	for (int i = 0; i < 4; i++)
		copy[i] = box[i];
	record_of(structure, element)->box = copy;
}

const char *pdf_structure_type(const struct element *element)
{
	static const char *const headings[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
	switch (element->kind) {
	case ELEMENT_DOCUMENT:
		return "Document";
	case ELEMENT_HEADING:
		return headings[CLAMP(element->level, 1, 6) - 1];
	case ELEMENT_PARAGRAPH:
		return "P";
	case ELEMENT_TABLE:
		return "Table";
	case ELEMENT_HEAD:
		return "THead";
	case ELEMENT_BODY:
		return "TBody";
	case ELEMENT_ROW:
		return "TR";
	case ELEMENT_HEADER_CELL:
		return "TH";
	case ELEMENT_DATA_CELL:
		return "TD";
	case ELEMENT_FIGURE:
		return "Figure";
	case ELEMENT_CAPTION:
		return "Caption";
	case ELEMENT_LINK:
		return "Link";
	case ELEMENT_SPAN:
		return "Span";
	}
	return "NonStruct";
}

#define IDENTIFIER 16 /* bytes: c and ten digits at most */

/* Zero-padded, so that the order of numbers is the order of strings that an ID tree wants. */
static const char *identify(const struct element *element, char name[IDENTIFIER])
{
	unsigned rest = element->number;
	char *at = name + IDENTIFIER - 1;
	*at = '\0';
	for (int digits = 0; digits < 6 || rest; digits++, rest /= 10)
		*--at = (char)('0' + rest % 10);
	*--at = 'c';
	return at;
}

static struct pdf_array *header_names(
	struct pdf_structure *structure, const struct element *element)
{
	struct pdf_array *names = pdf_array_new(structure->objects);
	char name[IDENTIFIER];
	for (size_t i = 0; element->headers[i]; i++)
		pdf_add_text(names, identify(element->headers[i], name));
	return names;
}

/* 14.8.5.7 */
static void put_table_attributes(
	struct pdf_structure *structure, const struct element *element, struct pdf_dict *attributes)
{
	pdf_put_name(attributes, "O", "Table");
	if (element->row_span > 1)
		pdf_put_number(attributes, "RowSpan", (int)element->row_span);
	if (element->column_span > 1)
		pdf_put_number(attributes, "ColSpan", (int)element->column_span);
	if (element->kind == ELEMENT_HEADER_CELL)
		pdf_put_name(attributes, "Scope",
			element->scope_row && element->scope_column ? "Both"
				: element->scope_row		    ? "Row"
								    : "Column");
	if (element->headers && element->headers[0])
		pdf_put_array(attributes, "Headers", header_names(structure, element));
}

static void put_attributes(struct pdf_structure *structure, const struct element *element)
{
	const struct record *record = record_of(structure, element);
	bool header = element->kind == ELEMENT_HEADER_CELL;
	bool spans = element->row_span > 1 || element->column_span > 1;
	bool cell = header || (element->kind == ELEMENT_DATA_CELL && (spans || element->headers));
	if (!cell && !record->box)
		return;
	struct pdf_dict *attributes = pdf_dict_new(structure->objects);
	if (cell) {
		put_table_attributes(structure, element, attributes);
	} else {
		struct pdf_array *box = pdf_array_new(structure->objects);
		for (int i = 0; i < 4; i++)
			pdf_add_units(box, record->box[i]);
		pdf_put_name(attributes, "O", "Layout");
		pdf_put_name(attributes, "Placement", "Block");
		pdf_put_array(attributes, "BBox", box);
	}
	pdf_put_dict(record->dict, "A", attributes);
	if (!header)
		return;
	char name[IDENTIFIER];
	pdf_put_text(record->dict, "ID", identify(element, name));
	pdf_add_text(structure->identified, identify(element, name));
	pdf_add_dict(structure->identified, record->dict);
}

static void add_mark_reference(
	struct pdf_structure *structure, struct pdf_array *kids, const struct mark *mark)
{
	struct pdf_dict *reference = pdf_dict_new(structure->objects);
	pdf_put_name(reference, "Type", mark->annotation ? "OBJR" : "MCR");
	pdf_put_dict(reference, "Pg", structure->page_dicts[mark->page]);
	if (mark->annotation)
		pdf_put_dict(reference, "Obj", mark->annotation);
	else
		pdf_put_number(reference, "MCID", mark->number);
	pdf_add_dict(kids, reference);
}

static void write_element(struct pdf_structure *structure, const struct element *element);

/* Children in their order, and before each the element's own pieces that were painted before
 * anything of the child was. */
static struct pdf_array *write_kids(struct pdf_structure *structure, const struct element *element)
{
	const struct record *record = record_of(structure, element);
	struct pdf_array *kids = pdf_array_new(structure->objects);
	guint next = 0, count = record->marks ? record->marks->len : 0;
	const struct element *child = element->first_child;
	for (; child; child = child->next) {
		size_t stamp = record_of(structure, child)->stamp;
		for (; next < count; next++) {
			const struct mark *mark = &g_array_index(record->marks, struct mark, next);
			if (mark->stamp > stamp)
				break;
			add_mark_reference(structure, kids, mark);
		}
		write_element(structure, child);
		pdf_add_dict(kids, record_of(structure, child)->dict);
	}
	for (; next < count; next++)
		add_mark_reference(
			structure, kids, &g_array_index(record->marks, struct mark, next));
	return kids;
}

/* As deep as tables are: an element's depth is bounded by layout, not by input. */
static void write_element(struct pdf_structure *structure, const struct element *element)
{
	struct pdf_dict *dict = record_of(structure, element)->dict;
	pdf_put_name(dict, "Type", "StructElem");
	pdf_put_name(dict, "S", pdf_structure_type(element));
	if (element->parent)
		pdf_put_dict(dict, "P", record_of(structure, element->parent)->dict);
	if (element->alt)
		pdf_put_text(dict, "Alt", element->alt);
	put_attributes(structure, element);
	if (element->first_child || record_of(structure, element)->marks)
		pdf_put_array(dict, "K", write_kids(structure, element));
}

/* From a page's mark, or an annotation, to its element (14.7.4.4). */
static struct pdf_dict *parent_tree(struct pdf_structure *structure)
{
	struct pdf_array *numbers = pdf_array_new(structure->objects);
	for (size_t page = 0; page < structure->pages->count; page++) {
		struct pdf_array *owners = pdf_array_number(structure->objects);
		for (guint i = 0; i < structure->owners[page]->len; i++)
			pdf_add_dict(owners, structure->owners[page]->pdata[i]);
		pdf_add_number(numbers, (int)page);
		pdf_add_array(numbers, owners);
	}
	for (guint i = 0; i < structure->annotation_owners->len; i++) {
		pdf_add_number(numbers, (int)(structure->pages->count + i));
		pdf_add_dict(numbers, structure->annotation_owners->pdata[i]);
	}
	struct pdf_dict *tree = pdf_dict_number(structure->objects);
	pdf_put_array(tree, "Nums", numbers);
	return tree;
}

struct pdf_dict *pdf_structure_finish(
	struct pdf_structure *structure, struct pdf_dict *const *page_dicts)
{
	const struct element *document = structure->pages->document;
	struct pdf_dict *root = pdf_dict_number(structure->objects);
	structure->page_dicts = page_dicts;
	structure->identified = pdf_array_new(structure->objects);
	write_element(structure, document);
	pdf_put_dict(record_of(structure, document)->dict, "P", root);
	pdf_put_name(root, "Type", "StructTreeRoot");
	pdf_put_dict(root, "K", record_of(structure, document)->dict);
	pdf_put_dict(root, "ParentTree", parent_tree(structure));
	pdf_put_number(root, "ParentTreeNextKey",
		(int)(structure->pages->count + structure->annotation_owners->len));
	struct pdf_dict *identities = pdf_dict_number(structure->objects);
	pdf_put_array(identities, "Names", structure->identified);
	pdf_put_dict(root, "IDTree", identities);
	return root;
}
