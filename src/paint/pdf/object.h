/*
 * PDF objects (ISO 32000-1, 7.3): dictionaries, arrays and streams, numbered in the order
 * they are made. The only door to libharu, whose object layer keeps and prints them. Knows
 * syntax; refuses to know fonts, pages and what any key means.
 */
#ifndef NIANBAO_PAINT_PDF_OBJECT_H
#define NIANBAO_PAINT_PDF_OBJECT_H

#include "base/file.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct pdf_objects;
struct pdf_dict;
struct pdf_array;

struct pdf_stream {
	struct bytes bytes;
	bool deflated; /* and so ending with a checksum */
};

/* All of a file's objects; they end with the arena. */
struct pdf_objects *pdf_objects_open(struct arena *arena);
/* false once anything failed (a limit of the format, memory): nothing is then usable. */
bool pdf_objects_sound(const struct pdf_objects *objects);

/* A direct object must be put into exactly one other; a numbered one may be put anywhere,
 * and stands there as a reference. */
struct pdf_dict *pdf_dict_new(struct pdf_objects *objects);
struct pdf_dict *pdf_dict_number(struct pdf_objects *objects);
struct pdf_array *pdf_array_new(struct pdf_objects *objects);
/* Numbered, and written by its maker, once: for the many small objects of a structure tree,
 * each of which libharu would keep in two kilobytes. It stands for itself wherever it is put
 * or added; nothing can be put into it. */
struct pdf_dict *pdf_written_new(struct pdf_objects *objects);
void pdf_written_set(
	struct pdf_objects *objects, const struct pdf_dict *dict, const GString *value);
/* 12 0 R */
void pdf_reference_append(GString *out, const struct pdf_dict *dict);
/* Numbered. As it is: `content` must last as long as the objects. */
struct pdf_dict *pdf_stream_new(struct pdf_objects *objects, struct bytes content);
/* Numbered, deflated quickly; or well, for pictures. */
struct pdf_dict *pdf_stream_pack(struct pdf_objects *objects, struct bytes content);
struct pdf_dict *pdf_stream_pack_well(struct pdf_objects *objects, struct bytes content);
/* Numbered, of what pdf_deflate gave: it must last as long as the objects. */
struct pdf_dict *pdf_stream_packed(struct pdf_objects *objects, struct bytes packed);

/* `key` again replaces. Texts are UTF-8 and written as text strings (7.9.2.2). */
void pdf_put_name(struct pdf_dict *dict, const char *key, const char *name);
void pdf_put_number(struct pdf_dict *dict, const char *key, int number);
void pdf_put_flag(struct pdf_dict *dict, const char *key, bool flag);
void pdf_put_text(struct pdf_dict *dict, const char *key, const char *utf8);
void pdf_put_dict(struct pdf_dict *dict, const char *key, struct pdf_dict *value);
void pdf_put_array(struct pdf_dict *dict, const char *key, struct pdf_array *value);

void pdf_add_name(struct pdf_array *array, const char *name);
void pdf_add_number(struct pdf_array *array, int number);
void pdf_add_units(struct pdf_array *array, int units); /* Pango units, written as points */
void pdf_add_text(struct pdf_array *array, const char *utf8);
void pdf_add_null(struct pdf_array *array);
void pdf_add_dict(struct pdf_array *array, struct pdf_dict *value);
void pdf_add_array(struct pdf_array *array, struct pdf_array *value);

/* Numbers run from 1 to the count. */
size_t pdf_objects_count(const struct pdf_objects *objects);
size_t pdf_dict_its_number(const struct pdf_dict *dict);
/* Appends the object's value, without `obj` and `endobj` and without a stream's bytes. */
void pdf_object_print(struct pdf_objects *objects, size_t number, GString *out);
/* A stream's bytes; NULL if the object is none. */
const struct pdf_stream *pdf_object_stream(const struct pdf_objects *objects, size_t number);

/* As pdf_stream_pack does, in the arena. */
struct bytes pdf_deflate(struct pdf_objects *objects, struct bytes content);
/* FEFF and UTF-16BE as upper-case hexadecimal digits. */
void pdf_print_utf16(const char *utf8, GString *out);

#endif
