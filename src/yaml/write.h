/*
 * YAML out, as a clerk would have typed it: maps a line a key, rows of figures on one line,
 * texts as blocks. Knows syntax; refuses to know what a key means.
 */
#ifndef NIANBAO_YAML_WRITE_H
#define NIANBAO_YAML_WRITE_H

#include "yaml/node.h"

struct yaml_writer;

/* Appends one document to `out`; exactly one value must be written before it is closed. */
struct yaml_writer *yaml_writer_open(GString *out);
/* false if something couldn't be written: what is in `out` is then no document. */
bool yaml_writer_close(struct yaml_writer *writer);

void yaml_open_map(struct yaml_writer *writer);
void yaml_close_map(struct yaml_writer *writer);
/* `in_line`: [1, 2, 3]; else an item a line. */
void yaml_open_list(struct yaml_writer *writer, bool in_line);
void yaml_close_list(struct yaml_writer *writer);

/* A key where a key is due, else a value. A text that the style can't hold is quoted. */
void yaml_write_text(struct yaml_writer *writer, const char *utf8, enum node_style style);
void yaml_write_null(struct yaml_writer *writer);

#endif
