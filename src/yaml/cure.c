/* A source with some of its bytes read as others, and the way back. */
#include "yaml/yaml_internal.h"

#include <string.h>

bool text_is_beyond_cure(const struct text *text)
{
	return text->cures->len >= CURES_MAX;
}

static void add(struct text *text, struct cure cure)
{
	if (text_is_beyond_cure(text))
		return;
	cure.instead_length = strlen(cure.instead);
	g_array_append_val(text->cures, cure);
}

void text_cure(struct text *text, size_t at, size_t length, const char *instead)
{
	add(text, (struct cure){.at = at, .length = length, .instead = instead});
}

void text_cure_unreadable(struct text *text, size_t at, size_t length, const char *instead)
{
	add(text,
		(struct cure){.at = at, .length = length, .instead = instead, .unreadable = true});
}

static gint by_place(gconstpointer left, gconstpointer right)
{
	const struct cure *a = left, *b = right;
	return (a->at > b->at) - (a->at < b->at);
}

void text_cure_all(struct text *text)
{
	struct bytes whole = text->source->bytes;
	GString *cured = g_string_sized_new(whole.length + 64);
	struct cure *cures = (struct cure *)(void *)text->cures->data;
	size_t done = 0;
	guint kept = 0;
	g_array_sort(text->cures, by_place);
	for (guint i = 0; i < text->cures->len; i++) {
		struct cure cure = cures[i];
		if (cure.at < done)
			continue;
		g_string_append_len(cured, whole.start + done, (gssize)(cure.at - done));
		cure.text_at = cured->len;
		g_string_append(cured, cure.instead);
		done = cure.at + cure.length;
		cures[kept++] = cure;
	}
	g_string_append_len(cured, whole.start + done, (gssize)(whole.length - done));
	g_array_set_size(text->cures, kept);
	text->bytes.length = cured->len;
	text->bytes.start = arena_copy_n(text->arena, cured->str, cured->len);
	g_string_free(cured, TRUE);
}

/* The number of cures that begin at or before a byte of the cured text. */
static guint cures_before(const struct text *text, size_t byte)
{
	guint low = 0, high = text->cures->len;
	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (g_array_index(text->cures, struct cure, middle).text_at <= byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t text_origin(const struct text *text, size_t byte)
{
	guint before = text->cures->len ? cures_before(text, byte) : 0;
	if (before == 0)
		return byte;
	const struct cure *cure = &g_array_index(text->cures, struct cure, before - 1);
	size_t into = byte - cure->text_at;
	if (into < cure->instead_length)
		return cure->at + MIN(into, cure->length);
	return cure->at + cure->length + (into - cure->instead_length);
}

bool text_unreadable(const struct text *text, size_t start, size_t end)
{
	guint low = 0, high = text->cures->len;
	while (low < high) { /* the first that ends at or behind `start`: they don't overlap */
		guint middle = low + (high - low) / 2;
		const struct cure *cure = &g_array_index(text->cures, struct cure, middle);
		if (cure->at + cure->length < start)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < text->cures->len; low++) {
		const struct cure *cure = &g_array_index(text->cures, struct cure, low);
		if (cure->at > end)
			break;
		if (cure->unreadable)
			return true;
	}
	return false;
}
