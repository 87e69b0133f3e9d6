/*
 * libharu's dictionaries and arrays without its document: no font, encoding or page code of
 * it runs. Streams' bytes stay out of it, as its zlib is slow, and HPDF_Dict_Write would drop
 * the /Filter of a stream it didn't deflate.
 */
#include "paint/pdf/object.h"

#include <hpdf.h>
#include <hpdf_objects.h>
#include <string.h>

#include "layout/page.h"
#include "paint/pdf/deflate.h"
#include "paint/pdf/digits.h"

_Static_assert(HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION >= 3,
	"the object layer is tried with libharu 2.3 and 2.4");

struct pdf_objects {
	struct arena *arena;
	HPDF_Error_Rec error;
	HPDF_MMgr memory;
	HPDF_Xref table;
	GArray *streams; /* struct pdf_stream by number; without bytes: not a stream */
	GArray *texts; /* struct bytes by number, of what is written already */
	struct deflater *deflater;
	HPDF_Stream printer; /* once one is used: appends to `out` */
	GString *out;
};

static void objects_close(void *thing)
{
	struct pdf_objects *objects = thing;
	if (objects->printer)
		HPDF_Stream_Free(objects->printer);
	if (objects->table)
		HPDF_Xref_Free(objects->table);
	if (objects->memory)
		HPDF_MMgr_Free(objects->memory);
	g_array_unref(objects->streams);
	g_array_unref(objects->texts);
}

/* Want of memory is GLib's to deal with, here as elsewhere: libharu would go on with NULL. */
static void *allocate(HPDF_UINT size)
{
	return g_malloc(MAX(size, 1));
}

struct pdf_objects *pdf_objects_open(struct arena *arena)
{
	struct pdf_objects *objects = arena_new(arena, struct pdf_objects);
	objects->arena = arena;
	objects->streams = g_array_new(FALSE, TRUE, sizeof(struct pdf_stream));
	objects->texts = g_array_new(FALSE, TRUE, sizeof(struct bytes));
	HPDF_Error_Init(&objects->error, NULL);
	objects->memory = HPDF_MMgr_New(&objects->error, 0, allocate, g_free);
	objects->table = HPDF_Xref_New(objects->memory, 0);
	objects->deflater = deflater_open(arena);
	arena_own(arena, objects, objects_close);
	return objects;
}

bool pdf_objects_sound(const struct pdf_objects *objects)
{
	return objects->error.error_no == HPDF_OK;
}

struct pdf_dict *pdf_dict_new(struct pdf_objects *objects)
{
	return (struct pdf_dict *)HPDF_Dict_New(objects->memory);
}

struct pdf_dict *pdf_dict_number(struct pdf_objects *objects)
{
	HPDF_Dict dict = HPDF_Dict_New(objects->memory);
	HPDF_Xref_Add(objects->table, dict);
	return (struct pdf_dict *)dict;
}

struct pdf_array *pdf_array_new(struct pdf_objects *objects)
{
	return (struct pdf_array *)HPDF_Array_New(objects->memory);
}

/* Its place in libharu's table is held by a null, which nobody sees. */
struct pdf_dict *pdf_written_new(struct pdf_objects *objects)
{
	HPDF_Null place = HPDF_Null_New(objects->memory);
	HPDF_Xref_Add(objects->table, place);
	return (struct pdf_dict *)place;
}

void pdf_written_set(struct pdf_objects *objects, const struct pdf_dict *dict, const GString *value)
{
	struct bytes text = {arena_copy_n(objects->arena, value->str, value->len), value->len};
	size_t number = pdf_dict_its_number(dict);
	if (objects->texts->len <= number)
		g_array_set_size(objects->texts, (guint)number + 1);
	g_array_index(objects->texts, struct bytes, number) = text;
}

void pdf_reference_append(GString *out, const struct pdf_dict *dict)
{
	digits_append(out, (int64_t)pdf_dict_its_number(dict));
	g_string_append(out, " 0 R");
}

struct bytes pdf_deflate(struct pdf_objects *objects, struct bytes content)
{
	return deflate_quickly(objects->deflater, content);
}

static struct pdf_dict *stream_new(struct pdf_objects *objects, struct pdf_stream stream)
{
	struct pdf_dict *dict = pdf_dict_number(objects);
	size_t number = pdf_dict_its_number(dict);
	pdf_put_number(dict, "Length", (int)stream.bytes.length);
	if (objects->streams->len <= number)
		g_array_set_size(objects->streams, (guint)number + 1);
	g_array_index(objects->streams, struct pdf_stream, number) = stream;
	return dict;
}

struct pdf_dict *pdf_stream_new(struct pdf_objects *objects, struct bytes content)
{
	return stream_new(objects, (struct pdf_stream){content, false});
}

struct pdf_dict *pdf_stream_packed(struct pdf_objects *objects, struct bytes packed)
{
	struct pdf_dict *dict = stream_new(objects, (struct pdf_stream){packed, true});
	pdf_put_name(dict, "Filter", "FlateDecode");
	return dict;
}

struct pdf_dict *pdf_stream_pack(struct pdf_objects *objects, struct bytes content)
{
	return pdf_stream_packed(objects, pdf_deflate(objects, content));
}

struct pdf_dict *pdf_stream_pack_well(struct pdf_objects *objects, struct bytes content)
{
	return pdf_stream_packed(objects, deflate_well(objects->deflater, content));
}

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || (unsigned char)*text > '~')
			return false;
	return true;
}

/* libharu's own UTF-8 encoder turns characters beyond the BMP into spaces. */
static void *text_new(HPDF_MMgr memory, const char *utf8)
{
	if (is_ascii(utf8))
		return HPDF_String_New(memory, utf8, NULL);
	glong units = 0;
	gunichar2 *utf16 = g_utf8_to_utf16(utf8, -1, NULL, &units, NULL);
	GByteArray *bytes = g_byte_array_new();
	g_byte_array_append(bytes, (const guint8 *)"\xFE\xFF", 2);
	for (glong i = 0; utf16 && i < units; i++)
		g_byte_array_append(bytes,
			(const guint8[]){(guint8)(utf16[i] >> 8), (guint8)(utf16[i] & 0xFF)}, 2);
	HPDF_Binary binary = HPDF_Binary_New(memory, bytes->data, bytes->len);
	g_byte_array_unref(bytes);
	g_free(utf16);
	return binary;
}

void pdf_print_utf16(const char *utf8, GString *out)
{
	g_string_append(out, "FEFF");
	for (const char *at = utf8; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (character < 0x10000) {
			digits_append_hex(out, character, 4);
			continue;
		}
		character -= 0x10000;
		digits_append_hex(out, 0xD800 + (character >> 10), 4);
		digits_append_hex(out, 0xDC00 + (character & 0x3FF), 4);
	}
}

void pdf_put_name(struct pdf_dict *dict, const char *key, const char *name)
{
	HPDF_Dict_AddName((HPDF_Dict)dict, key, name);
}

void pdf_put_number(struct pdf_dict *dict, const char *key, int number)
{
	HPDF_Dict_AddNumber((HPDF_Dict)dict, key, number);
}

void pdf_put_flag(struct pdf_dict *dict, const char *key, bool flag)
{
	HPDF_Dict_AddBoolean((HPDF_Dict)dict, key, flag ? HPDF_TRUE : HPDF_FALSE);
}

void pdf_put_text(struct pdf_dict *dict, const char *key, const char *utf8)
{
	HPDF_Dict_Add((HPDF_Dict)dict, key, text_new(((HPDF_Dict)dict)->mmgr, utf8));
}

void pdf_put_dict(struct pdf_dict *dict, const char *key, struct pdf_dict *value)
{
	HPDF_Dict_Add((HPDF_Dict)dict, key, value);
}

void pdf_put_array(struct pdf_dict *dict, const char *key, struct pdf_array *value)
{
	HPDF_Dict_Add((HPDF_Dict)dict, key, value);
}

void pdf_add_name(struct pdf_array *array, const char *name)
{
	HPDF_Array_AddName((HPDF_Array)array, name);
}

void pdf_add_number(struct pdf_array *array, int number)
{
	HPDF_Array_AddNumber((HPDF_Array)array, number);
}

void pdf_add_units(struct pdf_array *array, int units)
{
	if (units % UNITS_PER_PT == 0)
		HPDF_Array_AddNumber((HPDF_Array)array, units / UNITS_PER_PT);
	else
		HPDF_Array_AddReal((HPDF_Array)array, (HPDF_REAL)units / UNITS_PER_PT);
}

void pdf_add_text(struct pdf_array *array, const char *utf8)
{
	HPDF_Array_Add((HPDF_Array)array, text_new(((HPDF_Array)array)->mmgr, utf8));
}

void pdf_add_null(struct pdf_array *array)
{
	HPDF_Array_Add((HPDF_Array)array, HPDF_Null_New(((HPDF_Array)array)->mmgr));
}

void pdf_add_dict(struct pdf_array *array, struct pdf_dict *value)
{
	HPDF_Array_Add((HPDF_Array)array, value);
}

void pdf_add_array(struct pdf_array *array, struct pdf_array *value)
{
	HPDF_Array_Add((HPDF_Array)array, value);
}

/* Entry 0 of the table is the head of the free list. */
size_t pdf_objects_count(const struct pdf_objects *objects)
{
	return objects->table->entries->count - 1;
}

size_t pdf_dict_its_number(const struct pdf_dict *dict)
{
	return ((HPDF_Dict)dict)->header.obj_id & 0x00FFFFFF;
}

/* libharu's stream that writes into a GString of ours. */
static HPDF_STATUS append(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT length)
{
	g_string_append_len(*(GString **)stream->attr, (const char *)bytes, length);
	return HPDF_OK;
}

static void print_value(struct pdf_objects *objects, HPDF_XrefEntry entry, GString *out)
{
	if (!objects->printer)
		objects->printer = HPDF_CallbackWriter_New(objects->memory, append, &objects->out);
	if (!entry || !objects->printer)
		return;
	objects->out = out;
	HPDF_Obj_WriteValue(entry->obj, objects->printer, NULL);
}

void pdf_object_print(struct pdf_objects *objects, size_t number, GString *out)
{
	const struct bytes *text = number < objects->texts->len
		? &g_array_index(objects->texts, struct bytes, number)
		: NULL;
	if (text && text->start)
		g_string_append_len(out, text->start, (gssize)text->length);
	else
		print_value(objects, HPDF_Xref_GetEntry(objects->table, (HPDF_UINT)number), out);
}

const struct pdf_stream *pdf_object_stream(const struct pdf_objects *objects, size_t number)
{
	const struct pdf_stream *stream = number < objects->streams->len
		? &g_array_index(objects->streams, struct pdf_stream, number)
		: NULL;
	return stream && stream->bytes.start ? stream : NULL;
}
