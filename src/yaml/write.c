/* libyaml's emitter, told never to fold a line and to leave hanzi as they are. */
#include "yaml/write.h"

#include <string.h>
#include <yaml.h>

#define UNLIMITED (-1)

struct yaml_writer {
	yaml_emitter_t emitter;
	GString *out;
	bool failed;
};

static int append(void *data, unsigned char *bytes, size_t length)
{
	g_string_append_len(((struct yaml_writer *)data)->out, (const char *)bytes, (gssize)length);
	return 1;
}

/* The emitter takes the event over, whether it succeeds or not. Texts are UTF-8: all that an
 * event can want is memory. */
static void emit(struct yaml_writer *writer, yaml_event_t *event, int made)
{
	if (made && yaml_emitter_emit(&writer->emitter, event))
		return;
	if (!made || writer->emitter.error == YAML_MEMORY_ERROR)
		g_error("out of memory");
	writer->failed = true;
}

struct yaml_writer *yaml_writer_open(GString *out)
{
	struct yaml_writer *writer = g_new0(struct yaml_writer, 1);
	yaml_event_t event;
	writer->out = out;
	if (!yaml_emitter_initialize(&writer->emitter))
		g_error("out of memory");
	yaml_emitter_set_output(&writer->emitter, append, writer);
	yaml_emitter_set_unicode(&writer->emitter, 1);
	yaml_emitter_set_width(&writer->emitter, UNLIMITED);
	emit(writer, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
	emit(writer, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
	return writer;
}

bool yaml_writer_close(struct yaml_writer *writer)
{
	yaml_event_t event;
	emit(writer, &event, yaml_document_end_event_initialize(&event, 1));
	emit(writer, &event, yaml_stream_end_event_initialize(&event));
	bool ok = !writer->failed;
	yaml_emitter_delete(&writer->emitter);
	g_free(writer);
	return ok;
}

void yaml_open_map(struct yaml_writer *writer)
{
	yaml_event_t event;
	emit(writer, &event,
		yaml_mapping_start_event_initialize(
			&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE));
}

void yaml_close_map(struct yaml_writer *writer)
{
	yaml_event_t event;
	emit(writer, &event, yaml_mapping_end_event_initialize(&event));
}

void yaml_open_list(struct yaml_writer *writer, bool in_line)
{
	yaml_event_t event;
	emit(writer, &event,
		yaml_sequence_start_event_initialize(&event, NULL, NULL, 1,
			in_line ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE));
}

void yaml_close_list(struct yaml_writer *writer)
{
	yaml_event_t event;
	emit(writer, &event, yaml_sequence_end_event_initialize(&event));
}

static yaml_scalar_style_t scalar_style(enum node_style style)
{
	switch (style) {
	case STYLE_PLAIN:
		return YAML_PLAIN_SCALAR_STYLE;
	case STYLE_QUOTED:
		return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	case STYLE_BLOCK:
		return YAML_LITERAL_SCALAR_STYLE;
	}
	return YAML_ANY_SCALAR_STYLE;
}

void yaml_write_text(struct yaml_writer *writer, const char *utf8, enum node_style style)
{
	yaml_event_t event;
	if (!g_utf8_validate(utf8, -1, NULL))
		writer->failed = true;
	else
		emit(writer, &event,
			yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)utf8,
				(int)strlen(utf8), 1, 1, scalar_style(style)));
}

void yaml_write_null(struct yaml_writer *writer)
{
	yaml_write_text(writer, "~", STYLE_PLAIN);
}
