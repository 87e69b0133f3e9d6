/* Texts of a report: block scalars and lists to paragraphs, pictures and plain tables. */
#include "report/bind_internal.h"

#include <string.h>

/* Between a key and a text that begins on a later line. */
static struct span comment_before(const struct node *scalar)
{
	struct bytes bytes = scalar->at.source->bytes;
	size_t from = scalar->key_at.end;
	if (!scalar->key || scalar->style == STYLE_BLOCK || from >= scalar->at.start)
		return NOWHERE;
	const char *hash = memchr(bytes.start + from, '#', scalar->at.start - from);
	if (!hash)
		return NOWHERE;
	const char *line = memchr(hash, '\n', (size_t)(bytes.start + bytes.length - hash));
	size_t end = line ? (size_t)(line - bytes.start) : bytes.length;
	return (struct span){scalar->at.source, (size_t)(hash - bytes.start), end};
}

void text_check_cut(struct binder *binder, const struct node *scalar)
{
	struct span comment = node_comment_after(scalar);
	if (!comment.source && scalar->kind == NODE_SCALAR)
		comment = comment_before(scalar);
	if (comment.source)
		diag_add(binder->diags, TEXT_HASH, comment, NULL);
}

static void check_section(struct binder *binder, const struct passage *passage)
{
	int level, number;
	size_t mark = number_mark(passage->utf8, passage->length, &level, &number);
	if (mark > 0 && level == 1 && number <= 10)
		diag_add(binder->diags, TEXT_SECTION, passage_span(passage, 0, mark),
			arena_copy_n(binder->arena, passage->utf8, mark), NULL);
}

static void bind_scalar(struct binder *binder, const struct node *scalar, GArray *passages)
{
	guint before = passages->len;
	text_check_cut(binder, scalar);
	if (!node_is_null(scalar))
		paragraphs_bind(binder, scalar, passages);
	for (guint i = before; i < passages->len; i++)
		check_section(binder, &g_array_index(passages, struct passage, i));
}

static void bind_insert(struct binder *binder, const struct node *map, GArray *passages)
{
	struct passage passage = {.at = map->at};
	const struct node *only = map->count == 1 ? map->children[0] : NULL;
	bool usable = false;
	if (only && strcmp(only->key, "图") == 0)
		usable = picture_bind(binder, only, &passage);
	else if (only && strcmp(only->key, "表") == 0)
		usable = plain_table_bind(binder, only, &passage);
	else
		diag_add(binder->diags, FORM_TYPE_PASSAGE, map->at,
			bind_excerpt(binder, map->count ? map->children[0]->key : ""), NULL);
	if (usable)
		g_array_append_val(passages, passage);
}

static void bind_item(struct binder *binder, const struct node *item, GArray *passages)
{
	switch (item->kind) {
	case NODE_SCALAR:
		if (!item->broken)
			bind_scalar(binder, item, passages);
		break;
	case NODE_MAP:
		if (!item->broken)
			bind_insert(binder, item, passages);
		break;
	case NODE_LIST:
		if (!item->broken)
			diag_add(binder->diags, FORM_TYPE_NESTED, item->at, NULL);
		break;
	}
}

/* A text of which a part could not be read isn't empty. */
static bool has_broken(const struct node *node)
{
	for (size_t i = 0; i < node->count; i++)
		if (node->children[i]->broken)
			return true;
	return false;
}

void text_bind(struct binder *binder, const struct node *node, struct text *text)
{
	if (!node || node->broken)
		return;
	GArray *passages = g_array_sized_new(FALSE, FALSE, sizeof(struct passage), 8);
	guint said = binder->diags->all->len;
	text->state = TEXT_EMPTY;
	text->at = bind_value_span(node);
	if (node->kind == NODE_MAP)
		diag_add(binder->diags, FORM_TYPE_TEXT, text->at, node->key, NULL);
	else if (node->kind == NODE_SCALAR)
		bind_item(binder, node, passages);
	for (size_t i = 0; node->kind == NODE_LIST && i < node->count; i++)
		bind_item(binder, node->children[i], passages);
	if (!passages->len && has_broken(node))
		text->state = TEXT_MISSING;
	text->count = passages->len;
	if (passages->len)
		text->state = TEXT_GIVEN;
	else if (binder->diags->all->len > said)
		text->state = TEXT_MISSING; /* unreadable, and said so: not empty as well */
	/* Not copied: a text may have a million of them. */
	text->passages = (struct passage *)(void *)g_array_free(passages, FALSE);
	arena_own(binder->arena, text->passages, g_free);
}

/* A list or map, or several lines: of a key, or of a cell of a plain table. */
static void refuse_string(struct binder *binder, const struct node *node)
{
	if (bind_blamed_within(binder, node->at))
		return;
	if (node->key)
		diag_add(binder->diags, FORM_TYPE_STRING, node->at, node->key, NULL);
	else
		diag_add(binder->diags, TEXT_TABLE_CELL, node->at, NULL);
}

struct string_value string_bind(struct binder *binder, const struct node *node)
{
	struct string_value value = {.at = node->at};
	if (node->kind != NODE_SCALAR) {
		refuse_string(binder, node);
		return value;
	}
	GArray *passages = g_array_new(FALSE, FALSE, sizeof(struct passage));
	if (!node_is_null(node) && !node->broken)
		paragraphs_bind(binder, node, passages);
	if (passages->len > 1)
		refuse_string(binder, node);
	if (passages->len)
		value.utf8 = g_array_index(passages, struct passage, 0).utf8;
	g_array_unref(passages);
	return value;
}
