/*
 * By libqpdf, which reads files that other programs have saved again or encrypted. It is
 * hostile input: a stream is inflated here, where its size is bounded, not by qpdf.
 */
#include "paint/extract.h"

#include "yaml/node.h"

#include <libdeflate.h>
#include <qpdf/qpdf-c.h>
#include <qpdf/qpdflogger-c.h>
#include <stdlib.h>
#include <string.h>

#define ATTACHMENTS_MAX 64
#define NAME "report.yaml"

struct reading {
	struct arena *arena;
	qpdf_data qpdf;
	struct bytes *yaml;
};

/* Without a filter or with one /FlateDecode: what we write, and what others leave of it. */
static bool keep_stream(struct reading *reading, struct bytes raw, bool deflated)
{
	size_t length = 0;
	if (!deflated) {
		*reading->yaml = (struct bytes){
			arena_copy_n(reading->arena, raw.start, raw.length), raw.length};
		return raw.length <= YAML_BYTES_MAX;
	}
	char *plain = g_malloc(YAML_BYTES_MAX);
	libdeflate_set_memory_allocator(g_malloc, g_free);
	struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
	enum libdeflate_result result = libdeflate_zlib_decompress(
		inflater, raw.start, raw.length, plain, YAML_BYTES_MAX, &length);
	libdeflate_free_decompressor(inflater);
	if (result == LIBDEFLATE_SUCCESS)
		*reading->yaml =
			(struct bytes){arena_copy_n(reading->arena, plain, length), length};
	g_free(plain);
	return result == LIBDEFLATE_SUCCESS;
}

static bool is_name(const struct reading *reading, qpdf_oh object, const char *name)
{
	return qpdf_oh_is_name(reading->qpdf, object) &&
		strcmp(qpdf_oh_get_name(reading->qpdf, object), name) == 0;
}

static bool read_stream(struct reading *reading, qpdf_oh stream)
{
	qpdf_data qpdf = reading->qpdf;
	if (!qpdf_oh_is_stream(qpdf, stream))
		return false;
	qpdf_oh filter = qpdf_oh_get_key(qpdf, qpdf_oh_get_dict(qpdf, stream), "/Filter");
	if (qpdf_oh_is_array(qpdf, filter) && qpdf_oh_get_array_n_items(qpdf, filter) == 1)
		filter = qpdf_oh_get_array_item(qpdf, filter, 0);
	bool deflated = is_name(reading, filter, "/FlateDecode");
	if (!deflated && !qpdf_oh_is_null(qpdf, filter))
		return false;
	unsigned char *raw = NULL;
	size_t length = 0;
	QPDF_BOOL filtered;
	bool kept =
		!(qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_none, &filtered, &raw, &length) &
			QPDF_ERRORS) &&
		keep_stream(reading, (struct bytes){(const char *)raw, length}, deflated);
	free(raw);
	return kept;
}

static bool is_report(const struct reading *reading, qpdf_oh specification)
{
	qpdf_oh name = qpdf_oh_get_key(reading->qpdf, specification, "/UF");
	return qpdf_oh_is_string(reading->qpdf, name) &&
		strcmp(qpdf_oh_get_utf8_value(reading->qpdf, name), NAME) == 0;
}

/* Associated files of the document (ISO 19005-3, 6.8). */
static bool find_source(struct reading *reading)
{
	qpdf_data qpdf = reading->qpdf;
	qpdf_oh root = qpdf_get_root(qpdf);
	if (!qpdf_oh_is_dictionary(qpdf, root))
		return false;
	qpdf_oh files = qpdf_oh_get_key(qpdf, root, "/AF");
	int count = qpdf_oh_is_array(qpdf, files) ? qpdf_oh_get_array_n_items(qpdf, files) : 0;
	for (int i = 0; i < MIN(count, ATTACHMENTS_MAX); i++) {
		qpdf_oh specification = qpdf_oh_get_array_item(qpdf, files, i);
		if (!qpdf_oh_is_dictionary(qpdf, specification) ||
			!is_report(reading, specification))
			continue;
		qpdf_oh forms = qpdf_oh_get_key(qpdf, specification, "/EF");
		if (qpdf_oh_is_dictionary(qpdf, forms))
			return read_stream(reading, qpdf_oh_get_key(qpdf, forms, "/F"));
	}
	return false;
}

/* What it says of a broken file goes into the finding, not on our outputs. */
static void silence(qpdf_data qpdf)
{
	qpdflogger_handle logger = qpdflogger_create();
	qpdflogger_set_warn(logger, qpdf_log_dest_discard, NULL, NULL);
	qpdflogger_set_error(logger, qpdf_log_dest_discard, NULL, NULL);
	qpdf_set_logger(qpdf, logger);
	qpdflogger_cleanup(&logger);
	qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
	qpdf_silence_errors(qpdf);
}

static bool read_source(
	struct arena *arena, const char *path, struct bytes *yaml, struct diags *diags)
{
	struct bytes file;
	int failure = file_read(arena, path, EXTRACT_FILE_MAX, &file);
	if (failure) {
		diag_unread(diags, NOWHERE, path, failure);
		return false;
	}
	qpdf_data qpdf = qpdf_init();
	struct reading reading = {arena, qpdf, yaml};
	silence(qpdf);
	bool readable =
		!(qpdf_read_memory(qpdf, path, file.start, file.length, NULL) & QPDF_ERRORS);
	bool found = readable && find_source(&reading);
	while (qpdf_has_error(qpdf)) { /* one that isn't asked for is printed by qpdf_cleanup */
		qpdf_get_error(qpdf);
		found = false;
	}
	qpdf_cleanup(&qpdf);
	if (!found)
		diag_blame_environment(diags,
			diag_add(diags, readable ? EXTRACT_NONE : EXTRACT_UNREADABLE, NOWHERE, path,
				NULL));
	return found;
}

const struct extract_part extract_part = {.source = read_source};
