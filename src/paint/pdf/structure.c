/* Marks are gathered while pages are painted; the tree is written once all are known. */
#include "paint/pdf/structure.h"

#include "paint/pdf/digits.h"

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
	struct pdf_dict *root;
	GString *identified; /* the ID tree's names, and whose they are */
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
		structure->records[i].dict = pdf_written_new(objects);
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

static void append_identifier(GString *out, const struct element *element)
{
	char name[IDENTIFIER];
	g_string_append_c(out, '(');
	g_string_append(out, identify(element, name));
	g_string_append_c(out, ')');
}

static void append_key(GString *out, const char *key, size_t number)
{
	g_string_append(out, key);
	digits_append(out, (int64_t)number);
}

/* 14.8.5.7 */
static void write_table_attributes(GString *out, const struct element *element)
{
	g_string_append(out, "/O /Table");
	if (element->row_span > 1)
		append_key(out, " /RowSpan ", element->row_span);
	if (element->column_span > 1)
		append_key(out, " /ColSpan ", element->column_span);
	if (element->kind == ELEMENT_HEADER_CELL)
		g_string_append(out,
			element->scope_row && element->scope_column ? " /Scope /Both"
				: element->scope_row		    ? " /Scope /Row"
								    : " /Scope /Column");
	if (!element->headers || !element->headers[0])
		return;
	g_string_append(out, " /Headers [");
	for (size_t i = 0; element->headers[i]; i++)
		append_identifier(out, element->headers[i]);
	g_string_append_c(out, ']');
}

static void write_box(GString *out, const int *box)
{
	g_string_append(out, "/O /Layout /Placement /Block /BBox [");
	for (int i = 0; i < 4; i++) {
		digits_append_thousandths(out, (int64_t)box[i] * 1000 / UNITS_PER_PT);
		g_string_append_c(out, i < 3 ? ' ' : ']');
	}
}

static void write_attributes(
	struct pdf_structure *structure, const struct element *element, GString *out)
{
	const struct record *record = record_of(structure, element);
	bool header = element->kind == ELEMENT_HEADER_CELL;
	bool spans = element->row_span > 1 || element->column_span > 1;
	bool cell = header || (element->kind == ELEMENT_DATA_CELL && (spans || element->headers));
	if (!cell && !record->box)
		return;
	g_string_append(out, "\n/A <<");
	if (cell)
		write_table_attributes(out, element);
	else
		write_box(out, record->box);
	g_string_append(out, ">>");
	if (!header)
		return;
	g_string_append(out, "\n/ID ");
	append_identifier(out, element);
	append_identifier(structure->identified, element);
	pdf_reference_append(structure->identified, record->dict);
}

static void write_mark(const struct pdf_structure *structure, const struct mark *mark, GString *out)
{
	g_string_append(out, mark->annotation ? "<</Type /OBJR /Pg " : "<</Type /MCR /Pg ");
	pdf_reference_append(out, structure->page_dicts[mark->page]);
	if (mark->annotation) {
		g_string_append(out, " /Obj ");
		pdf_reference_append(out, mark->annotation);
	} else {
		append_key(out, " /MCID ", (size_t)mark->number);
	}
	g_string_append(out, ">>");
}

/* Children in their order, and before each the element's own pieces that were painted before
 * anything of the child was. */
static void write_kids(struct pdf_structure *structure, const struct element *element, GString *out)
{
	const struct record *record = record_of(structure, element);
	guint next = 0, count = record->marks ? record->marks->len : 0;
	const struct element *child = element->first_child;
	g_string_append(out, "\n/K [");
	for (; child; child = child->next) {
		size_t stamp = record_of(structure, child)->stamp;
		for (; next < count; next++) {
			const struct mark *mark = &g_array_index(record->marks, struct mark, next);
			if (mark->stamp > stamp)
				break;
			write_mark(structure, mark, out);
		}
		pdf_reference_append(out, record_of(structure, child)->dict);
		g_string_append_c(out, ' ');
	}
	for (; next < count; next++)
		write_mark(structure, &g_array_index(record->marks, struct mark, next), out);
	g_string_append_c(out, ']');
}

/* As deep as tables are: an element's depth is bounded by layout, not by input. */
static void write_element(
	struct pdf_structure *structure, const struct element *element, GString *out)
{
	g_string_assign(out, "<<\n/Type /StructElem\n/S /");
	g_string_append(out, pdf_structure_type(element));
	g_string_append(out, "\n/P ");
	pdf_reference_append(out,
		element->parent ? record_of(structure, element->parent)->dict : structure->root);
	if (element->alt) {
		g_string_append(out, "\n/Alt <");
		pdf_print_utf16(element->alt, out);
		g_string_append_c(out, '>');
	}
	write_attributes(structure, element, out);
	if (element->first_child || record_of(structure, element)->marks)
		write_kids(structure, element, out);
	g_string_append(out, "\n>>");
	pdf_written_set(structure->objects, record_of(structure, element)->dict, out);
	for (const struct element *child = element->first_child; child; child = child->next)
		write_element(structure, child, out);
}

static struct pdf_dict *owners_of_page(
	struct pdf_structure *structure, const GPtrArray *owners, GString *out)
{
	struct pdf_dict *written = pdf_written_new(structure->objects);
	g_string_assign(out, "[");
	for (guint i = 0; i < owners->len; i++) {
		pdf_reference_append(out, owners->pdata[i]);
		g_string_append_c(out, ' ');
	}
	g_string_append_c(out, ']');
	pdf_written_set(structure->objects, written, out);
	return written;
}

/* From a page's mark, or an annotation, to its element (14.7.4.4). */
static struct pdf_dict *parent_tree(struct pdf_structure *structure, GString *out)
{
	struct pdf_array *numbers = pdf_array_new(structure->objects);
	for (size_t page = 0; page < structure->pages->count; page++) {
		pdf_add_number(numbers, (int)page);
		pdf_add_dict(numbers, owners_of_page(structure, structure->owners[page], out));
	}
	for (guint i = 0; i < structure->annotation_owners->len; i++) {
		pdf_add_number(numbers, (int)(structure->pages->count + i));
		pdf_add_dict(numbers, structure->annotation_owners->pdata[i]);
	}
	struct pdf_dict *tree = pdf_dict_number(structure->objects);
	pdf_put_array(tree, "Nums", numbers);
	return tree;
}

static struct pdf_dict *identity_tree(struct pdf_structure *structure, GString *out)
{
	struct pdf_dict *tree = pdf_written_new(structure->objects);
	g_string_assign(out, "<<\n/Names [");
	g_string_append_len(out, structure->identified->str, (gssize)structure->identified->len);
	g_string_append(out, "]\n>>");
	pdf_written_set(structure->objects, tree, out);
	return tree;
}

struct pdf_dict *pdf_structure_finish(
	struct pdf_structure *structure, struct pdf_dict *const *page_dicts)
{
	const struct element *document = structure->pages->document;
	struct pdf_dict *root = pdf_dict_number(structure->objects);
	GString *out = g_string_new(NULL);
	structure->page_dicts = page_dicts;
	structure->root = root;
	structure->identified = g_string_new(NULL);
	write_element(structure, document, out);
	pdf_put_name(root, "Type", "StructTreeRoot");
	pdf_put_dict(root, "K", record_of(structure, document)->dict);
	pdf_put_dict(root, "ParentTree", parent_tree(structure, out));
	pdf_put_number(root, "ParentTreeNextKey",
		(int)(structure->pages->count + structure->annotation_owners->len));
	pdf_put_dict(root, "IDTree", identity_tree(structure, out));
	g_string_free(structure->identified, TRUE);
	g_string_free(out, TRUE);
	return root;
}
