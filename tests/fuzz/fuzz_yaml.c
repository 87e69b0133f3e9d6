/*
 * libFuzzer: any bytes as a file. Whatever they are, there is a root or a finding, every span
 * lies within the source, and the words of a text lead back to bytes that hold them.
 */
#include "must.h"
#include "yaml/node.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void span_lies_within(struct span at)
{
	if (at.source)
		must(at.start <= at.end && at.end <= at.source->bytes.length);
}

static void node_is_sound(const struct node *node, int depth)
{
	must(depth <= YAML_DEPTH_MAX);
	span_lies_within(node->at);
	span_lies_within(node->key_at);
	span_lies_within(node_comment_after(node));
	must((node->kind == NODE_SCALAR) == (node->text != NULL));
	for (size_t i = 0; i < node->stretch_count; i++) {
		const struct verbatim *stretch = &node->stretches[i];
		must(memcmp(node->text + stretch->text,
			     node->at.source->bytes.start + stretch->source, stretch->length) == 0);
	}
	for (size_t from = 0; node->text && node->text[from] && from < 64; from++)
		span_lies_within(node_span_within(node, from, from + 3));
	for (size_t i = 0; i < node->count; i++)
		node_is_sound(node->children[i], depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, size % 2 ? LANGUAGE_ZH : LANGUAGE_EN);
	const struct source *source;
	char *copy = arena_copy_n(arena, (const char *)data, size);
	const struct node *root =
		node_load_bytes(arena, "fuzz.yaml", (struct bytes){copy, size}, &source, diags);
	must(root || diags->counts[SEVERITY_ERROR] > 0);
	if (root)
		node_is_sound(root, 0);
	diags_sort(diags);
	for (guint i = 0; i < diags->all->len; i++) {
		const struct diag *diag = diags->all->pdata[i];
		span_lies_within(diag->at);
		must(g_utf8_validate(diag->message, -1, NULL));
	}
	arena_close(arena);
	return 0;
}
