/*
 * A YAML document as nodes that remember where they stood. Knows scalars, lists, maps and
 * limits; refuses to know what a key means.
 */
#ifndef NIANBAO_YAML_NODE_H
#define NIANBAO_YAML_NODE_H

#include "diag/diag.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };
enum node_style { STYLE_PLAIN, STYLE_QUOTED, STYLE_BLOCK }; /* of a scalar */

/* Bytes of a scalar's text that stand one by one in its source. */
struct verbatim {
	size_t text, source, length;
};

struct node {
	enum node_kind kind;
	enum node_style style;
	/* What was written here could not be read and a finding has said so: whoever looks for
	 * a value takes it as absent and says nothing more. */
	bool broken;
	/* Of the root: lines of the file are out of place, so that what seems absent may stand
	 * somewhere else. */
	bool doubtful;
	const char *key; /* in a map; else NULL */
	size_t key_length; /* in bytes */
	const char *text; /* of a scalar; "" where nothing was written; else NULL */
	size_t text_length; /* of a scalar, in bytes */
	struct span at; /* of the value, quotes included; empty where nothing was written */
	struct span key_at; /* in a map: of the key; else nowhere */
	struct node **children; /* of a list or map, in order; of a key given twice the first */
	size_t count;
	const struct verbatim *stretches; /* of a scalar that isn't verbatim; else NULL */
	size_t stretch_count;
};

#define YAML_BYTES_MAX ((size_t)8 * 1024 * 1024)
#define YAML_DEPTH_MAX 32
#define YAML_NODES_MAX 500000

/* Reads and parses `path` ("-": standard input). NULL when nothing usable came out; what is
 * wrong is in `diags`. `*source` is NULL where the file could not be read as UTF-8. */
const struct node *node_load(
	struct arena *arena, const char *path, const struct source **source, struct diags *diags);
/* The same for bytes already read, of whatever encoding. */
const struct node *node_load_bytes(struct arena *arena, const char *path, struct bytes bytes,
	const struct source **source, struct diags *diags);
/* The same for a source that is known to be UTF-8. */
const struct node *node_parse(
	struct arena *arena, const struct source *source, struct diags *diags);

const struct node *node_find(const struct node *map, const char *key); /* NULL if absent */
/* Nothing after the colon, ~ or null (unquoted). */
bool node_is_null(const struct node *node);
/* Where the bytes [from, to) of a scalar's text stand in the source, escapes, folding and
 * indentation undone. */
struct span node_span_within(const struct node *scalar, size_t from, size_t to);

/* The comment that follows a plain scalar, or nothing at all, on its line (where a writer of
 * prose may have meant the # as text); empty where there is none. */
struct span node_comment_after(const struct node *scalar);

void node_dump(const struct node *node, GString *out); /* --dump nodes */

#endif
