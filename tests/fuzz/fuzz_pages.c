/*
 * libFuzzer: any bytes as a display list: glyphs that a face doesn't have, clusters out of
 * order, sizes and places without sense, marks that don't pair, pictures that are none. The
 * PDF writer and the trace of it make a file of whatever layout may ever give them.
 */
#include "paint/parts.h"
#include "paint/pdf/pdf_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FACE "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf"
#define PAGES 2
#define ELEMENTS 8

struct input {
	const uint8_t *at, *end;
	struct arena *arena;
	struct face *face;
	struct element elements[ELEMENTS];
};

static int take(struct input *input, int bytes)
{
	unsigned value = 0;
	for (int i = 0; i < bytes && input->at < input->end; i++)
		value = value << 8 | *input->at++;
	return bytes == 2 ? (int16_t)value : (int)value;
}

static void take_run(struct input *input, struct item *item)
{
	size_t count = (size_t)take(input, 1) % 8;
	struct glyph *glyphs = arena_array(input->arena, struct glyph, count);
	for (size_t i = 0; i < count; i++)
		glyphs[i] = (struct glyph){(uint16_t)take(input, 2), take(input, 2), take(input, 1),
			1024, (uint32_t)take(input, 1)};
	char text[8] = "";
	for (size_t i = 0; i < sizeof text - 1; i++)
		text[i] = (char)take(input, 1);
	char *utf8 = g_utf8_make_valid(text, -1);
	for (size_t i = 0; i < count; i++) /* in any order, but at characters of this text */
		for (glyphs[i].cluster %= (uint32_t)strlen(utf8) + 1;
			((unsigned char)utf8[glyphs[i].cluster] & 0xC0) == 0x80;)
			glyphs[i].cluster--;
	item->as.text.face = input->face;
	item->as.text.size = take(input, 2);
	item->as.text.stroke = take(input, 1);
	item->as.text.turned = take(input, 2);
	item->as.text.utf8 = arena_take(input->arena, utf8);
	item->as.text.glyphs = glyphs;
	item->as.text.count = count;
}

static void take_image(struct input *input, struct item *item)
{
	struct image *image = arena_new(input->arena, struct image);
	size_t left = (size_t)(input->end - input->at), length = MIN((size_t)take(input, 1), left);
	*image = (struct image){.kind = IMAGE_JPEG, .pixel_width = take(input, 2)};
	image->pixel_height = take(input, 2);
	length = MIN(length, (size_t)(input->end - input->at));
	image->file =
		(struct bytes){arena_copy_n(input->arena, (const char *)input->at, length), length};
	input->at += length;
	item->as.image = image;
}

static struct item take_item(struct input *input)
{
	struct item item = {.kind = (enum item_kind)(take(input, 1) % (ITEM_END + 1))};
	item.x = take(input, 2) * 16;
	item.y = take(input, 2) * 16;
	item.width = take(input, 2);
	item.height = take(input, 2);
	item.colour = (uint32_t)take(input, 3);
	if (item.kind == ITEM_TEXT)
		take_run(input, &item);
	if (item.kind == ITEM_IMAGE)
		take_image(input, &item);
	if (item.kind == ITEM_LINK)
		item.as.uri = "https://example.org/(a";
	if (item.kind == ITEM_BEGIN)
		item.as.element = &input->elements[take(input, 1) % ELEMENTS];
	return item;
}

/* A chain: each is the child of the one before. */
static void link_elements(struct input *input)
{
	for (unsigned i = 0; i < ELEMENTS; i++) {
		struct element *element = &input->elements[i];
		element->kind = i ? (enum element_kind)(take(input, 1) % (ELEMENT_SPAN + 1))
				  : ELEMENT_DOCUMENT;
		element->number = i;
		element->level = take(input, 1) % 9;
		element->title = element->alt = i % 2 ? "䶮" : NULL;
		element->page = (size_t)take(input, 1) % (PAGES + 1);
		element->row_span = (size_t)take(input, 1);
		if (i > 0) {
			element->parent = &input->elements[i - 1];
			element->parent->first_child = element->parent->last_child = element;
		}
	}
}

static struct face *open_face(struct arena *arena)
{
	struct face *face = arena_new(arena, struct face);
	*face = (struct face){.name = "f", .file = FACE, .units_per_em = 1000};
	if (file_read(arena, FACE, 64 << 20, &face->bytes) != 0)
		abort();
	return face;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *kept;
	static struct face *face;
	if (!kept)
		face = open_face(kept = arena_open());
	struct arena *arena = arena_open();
	struct input *input = arena_new(arena, struct input);
	*input = (struct input){.at = data, .end = data + size, .arena = arena, .face = face};
	link_elements(input);
	struct page sheets[PAGES];
	for (int i = 0; i < PAGES; i++)
		sheets[i] = (struct page){609609, 862095, i ? NULL : "i",
			g_array_new(FALSE, FALSE, sizeof(struct item))};
	while (input->at < input->end) {
		GArray *items = sheets[take(input, 1) % PAGES].items;
		struct item item = take_item(input);
		g_array_append_val(items, item);
	}
	const struct face *faces[] = {face};
	struct pages pages = {sheets, PAGES, &input->elements[0], ELEMENTS, faces, 1, "题", NULL,
		"zh-CN", NULL, 2021};
	struct pdf_job job = {
		.arena = arena, .pages = &pages, .profile = size % 2 ? PROFILE_A1B : PROFILE_A3A};
	struct bytes file;
	struct pdf_failure failure;
	if (pdf_make(&job, &file, &failure) && file.length < 1000)
		abort();
	for (int i = 0; i < PAGES; i++)
		g_array_unref(sheets[i].items);
	arena_close(arena);
	return 0;
}
