/* libharu writes neither object streams nor an /ID that depends on the content alone. */
#include "paint/pdf/assemble.h"

#include "paint/pdf/digits.h"

#include <stdarg.h>
#include <string.h>

#define OBJECTS_A_STREAM 200 /* a reader unpacks a whole one to see any of it */

/* Where an object stands: at a byte, or at a place in an object stream. */
struct standing {
	size_t offset;
	size_t container; /* the object stream's number; 0: by itself */
	size_t index;
};

struct assembly {
	struct pdf_objects *objects;
	GString *out;
	GArray *standings; /* struct standing, by number */
	GChecksum *sum; /* of what stands alone */
};

static struct standing *standing_at(const struct assembly *assembly, size_t number)
{
	return &g_array_index(assembly->standings, struct standing, number);
}

/* Of what is deflated, its own checksum is enough (RFC 1950: Adler-32, the last four bytes). */
static void sum_up(GChecksum *sum, const struct pdf_stream *stream)
{
	size_t length = stream->bytes.length, some = stream->deflated ? 4 : length;
	g_checksum_update(sum, (const guchar *)stream->bytes.start + length - some, (gssize)some);
}

static void write_alone(struct assembly *assembly, size_t number)
{
	GString *out = assembly->out;
	size_t start = out->len;
	standing_at(assembly, number)->offset = start;
	g_string_append_printf(out, "%zu 0 obj\n", number);
	pdf_object_print(assembly->objects, number, out);
	g_checksum_update(
		assembly->sum, (const guchar *)out->str + start, (gssize)(out->len - start));
	const struct pdf_stream *stream = pdf_object_stream(assembly->objects, number);
	if (stream) {
		sum_up(assembly->sum, stream);
		g_string_append(out, "\nstream\r\n");
		g_string_append_len(out, stream->bytes.start, (gssize)stream->bytes.length);
		g_string_append(out, "\nendstream");
	}
	g_string_append(out, "\nendobj\n");
}

static void container_new(
	struct pdf_objects *objects, struct bytes content, size_t packed, size_t first)
{
	struct pdf_dict *dict = pdf_stream_pack(objects, content);
	pdf_put_name(dict, "Type", "ObjStm");
	pdf_put_number(dict, "N", (int)packed);
	pdf_put_number(dict, "First", (int)first);
}

/* Objects from `*next` on that aren't streams; `*next` becomes the first one left over. */
static void pack_some(struct assembly *assembly, size_t *next, size_t last)
{
	size_t container = pdf_objects_count(assembly->objects) + 1;
	GString *places = g_string_new(NULL), *bodies = g_string_new(NULL);
	size_t packed = 0, number = *next;
	for (; number <= last && packed < OBJECTS_A_STREAM; number++) {
		if (pdf_object_stream(assembly->objects, number))
			continue;
		digits_append(places, (int64_t)number);
		g_string_append_c(places, ' ');
		digits_append(places, (int64_t)bodies->len);
		g_string_append_c(places, ' ');
		*standing_at(assembly, number) = (struct standing){0, container, packed++};
		pdf_object_print(assembly->objects, number, bodies);
		g_string_append_c(bodies, '\n');
	}
	*next = number;
	size_t first = places->len;
	g_string_append_len(places, bodies->str, (gssize)bodies->len);
	struct bytes content = {places->str, places->len};
	if (packed > 0)
		container_new(assembly->objects, content, packed, first);
	g_string_free(places, TRUE);
	g_string_free(bodies, TRUE);
}

/* The file's name for itself (14.4): what it says decides it, not when it was written. */
static void write_ends(const struct assembly *assembly, struct pdf_ends ends)
{
	GString *out = assembly->out;
	const char *id = g_checksum_get_string(assembly->sum);
	g_string_append_printf(out, "/Root %zu 0 R\n", pdf_dict_its_number(ends.catalog));
	if (ends.information)
		g_string_append_printf(
			out, "/Info %zu 0 R\n", pdf_dict_its_number(ends.information));
	g_string_append_printf(out, "/ID [<%s> <%s>]\n", id, id);
}

static void write_table(const struct assembly *assembly, struct pdf_ends ends)
{
	GString *out = assembly->out;
	size_t start = out->len, count = assembly->standings->len;
	g_string_append_printf(out, "xref\n0 %zu\n0000000000 65535 f \n", count);
	for (size_t number = 1; number < count; number++)
		g_string_append_printf(
			out, "%010zu 00000 n \n", standing_at(assembly, number)->offset);
	g_string_append_printf(out, "trailer\n<<\n/Size %zu\n", count);
	write_ends(assembly, ends);
	g_string_append_printf(out, ">>\nstartxref\n%zu\n%%%%EOF\n", start);
}

static void append_number(GString *out, size_t value, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		g_string_append_c(out, (char)(unsigned char)(value >> (8 * i)));
}

/* 7.5.8: fields of 1, 4 and 2 bytes. */
static struct bytes table_bytes(const struct assembly *assembly)
{
	GString *table = g_string_new(NULL);
	append_number(table, 0, 5);
	append_number(table, 65535, 2);
	for (size_t number = 1; number < assembly->standings->len; number++) {
		const struct standing *standing = standing_at(assembly, number);
		bool packed = standing->container != 0;
		append_number(table, packed ? 2 : 1, 1);
		append_number(table, packed ? standing->container : standing->offset, 4);
		append_number(table, standing->index, 2);
	}
	struct bytes packed =
		pdf_deflate(assembly->objects, (struct bytes){table->str, table->len});
	g_string_free(table, TRUE);
	return packed;
}

static void write_table_stream(struct assembly *assembly, struct pdf_ends ends)
{
	GString *out = assembly->out;
	size_t start = out->len, number = assembly->standings->len;
	struct standing own = {.offset = start};
	g_array_append_val(assembly->standings, own);
	struct bytes table = table_bytes(assembly);
	g_string_append_printf(out,
		"%zu 0 obj\n<<\n/Type /XRef\n/Size %zu\n/W [1 4 2]\n/Filter /FlateDecode\n"
		"/Length %zu\n",
		number, number + 1, table.length);
	write_ends(assembly, ends);
	g_string_append(out, ">>\nstream\r\n");
	g_string_append_len(out, table.start, (gssize)table.length);
	g_string_append_printf(out, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", start);
}

/* About what the file comes to: most of it are streams. */
static size_t expected_size(const struct pdf_objects *objects)
{
	size_t size = (size_t)1 << 16;
	for (size_t number = pdf_objects_count(objects); number > 0; number--) {
		const struct pdf_stream *stream = pdf_object_stream(objects, number);
		size += stream ? stream->bytes.length : 0;
	}
	return size;
}

static void free_string(void *thing)
{
	g_string_free(thing, TRUE);
}

struct bytes pdf_assemble(
	struct arena *arena, struct pdf_objects *objects, struct pdf_ends ends, enum pdf_form form)
{
	GArray *standings = g_array_new(FALSE, TRUE, sizeof(struct standing));
	GString *out = g_string_sized_new(expected_size(objects));
	struct assembly assembly = {objects, out, standings, g_checksum_new(G_CHECKSUM_MD5)};
	arena_own(arena, out, free_string);
	size_t last = pdf_objects_count(objects);
	g_array_set_size(standings, (guint)last + 1);
	/* Four bytes over 127 tell programs that the file is binary (7.5.2; ISO 19005 6.1.2). */
	g_string_append_printf(
		out, "%%PDF-1.%d\n%%\xE5\xB9\xB4\xE6\x8A\xA5\n", form == PDF_PACKED ? 7 : 4);
	if (form == PDF_PACKED)
		for (size_t next = 1; next <= last;)
			pack_some(&assembly, &next, last);
	g_array_set_size(standings, (guint)pdf_objects_count(objects) + 1);
	for (size_t number = 1; number < standings->len; number++)
		if (form == PDF_PLAIN || pdf_object_stream(objects, number))
			write_alone(&assembly, number);
	if (form == PDF_PACKED)
		write_table_stream(&assembly, ends);
	else
		write_table(&assembly, ends);
	g_checksum_free(assembly.sum);
	g_array_unref(standings);
	return (struct bytes){out->str, out->len};
}
