/*
 * embed OUT FILE... — the files as C arrays, with a table of their names; those in YAML as
 * packed nodes besides. A template that isn't sound YAML ends the build with its findings.
 */
#include "edition/builtin.h"

#include <stdio.h>
#include <string.h>

struct packing {
	GString *nodes, *strings, *stretches; /* C text; strings: the bytes themselves */
	size_t node_count, stretch_count;
};

static void append_bytes(GString *out, const char *name, struct bytes bytes)
{
	g_string_append_printf(out, "static const unsigned char %s[] = {", name);
	for (size_t i = 0; i < bytes.length; i++)
		g_string_append_printf(out, "%s%u,", i % 24 ? "" : "\n\t",
			(unsigned)(unsigned char)bytes.start[i]);
	g_string_append(out, "\n\t0};\n");
}

/* Where a text begins among the strings; "" is the first of them. */
static size_t keep_text(struct packing *packing, const char *text, size_t length)
{
	size_t at = packing->strings->len;
	if (!length)
		return 0;
	g_string_append_len(packing->strings, text, (gssize)length + 1);
	return at;
}

static void pack(struct packing *packing, const struct node *node)
{
	size_t key = node->key ? keep_text(packing, node->key, node->key_length) : 0;
	size_t text = node->text ? keep_text(packing, node->text, node->text_length) : 0;
	g_string_append_printf(packing->nodes,
		"\t{%d, %d, %zu, %zu, %zu, %zu, %zu, %zu, %zu, %zu, %zu, %zu, %zu},\n",
		(int)node->kind, (int)node->style, node->at.start, node->at.end, node->key_at.start,
		node->key_at.end, key, node->key_length, text, node->text_length, node->count,
		packing->stretch_count, node->stretch_count);
	packing->node_count++;
	packing->stretch_count += node->stretch_count;
	for (size_t i = 0; i < node->stretch_count; i++)
		g_string_append_printf(packing->stretches, "\t{%zu, %zu, %zu},\n",
			node->stretches[i].text, node->stretches[i].source,
			node->stretches[i].length);
	for (size_t i = 0; i < node->count; i++)
		pack(packing, node->children[i]);
}

static int year_of(const struct node *years, const char *key)
{
	const struct node *year = years ? node_find(years, key) : NULL;
	return year ? (int)g_ascii_strtoll(year->text, NULL, 10) : 0;
}

/* What is asked before an edition is loaded. */
static void append_edition(GString *row, const struct node *root)
{
	const struct node *id = node_find(root, "edition"), *years = node_find(root, "years");
	if (id)
		g_string_append_printf(row, ", \"%s\", %d, %d", id->text, year_of(years, "from"),
			year_of(years, "to"));
}

/* The fields of a row behind the file's bytes. */
static void append_nodes(GString *out, GString *row, const struct node *root, size_t number)
{
	struct packing packing = {g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), 0, 0};
	char *name = g_strdup_printf("strings_%zu", number);
	g_string_append_c(packing.strings, '\0');
	pack(&packing, root);
	append_bytes(out, name, (struct bytes){packing.strings->str, packing.strings->len});
	g_string_append_printf(out, "static const struct packed_node nodes_%zu[] = {\n%s};\n",
		number, packing.nodes->str);
	g_string_append_printf(out, "static const struct verbatim stretches_%zu[] = {\n%s\t{0}};\n",
		number, packing.stretches->str);
	g_string_append_printf(row, ", nodes_%zu, %zu, (const char *)strings_%zu, stretches_%zu",
		number, packing.node_count, number, number);
	append_edition(row, root);
	g_string_free(packing.nodes, TRUE);
	g_string_free(packing.strings, TRUE);
	g_string_free(packing.stretches, TRUE);
	g_free(name);
}

/* False where something is wrong with the file, which is said. */
static bool embed(GString *out, GString *rows, const char *path, size_t number)
{
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_EN);
	struct bytes bytes;
	char *base = g_path_get_basename(path), *name = g_strdup_printf("file_%zu", number);
	bool read = file_read(arena, path, YAML_BYTES_MAX, &bytes) == 0;
	if (read) {
		append_bytes(out, name, bytes);
		g_string_append_printf(
			rows, "\t{\"%s\", (const char *)%s, %zu", base, name, bytes.length);
	}
	if (read && g_str_has_suffix(path, ".yaml")) {
		const struct node *root = node_parse(arena, source_new(arena, path, bytes), diags);
		if (root)
			append_nodes(out, rows, root, number);
		for (guint i = 0; i < diags->all->len; i++) {
			const struct diag *diag = diags->all->pdata[i];
			fprintf(stderr, "%s:%zu: %s\n", path,
				source_place(diag->at.source, diag->at.start).line, diag->message);
		}
		read = root && diags->all->len == 0;
	}
	g_string_append(rows, "},\n");
	g_free(base);
	g_free(name);
	arena_close(arena);
	return read;
}

int main(int argc, char **argv)
{
	GString *out = g_string_new("/* Generated from templates/ by embed.c. */\n"
				    "#include \"edition/builtin.h\"\n\n");
	GString *rows = g_string_new(NULL);
	bool sound = argc > 1;
	for (int i = 2; i < argc; i++)
		sound = embed(out, rows, argv[i], (size_t)i) && sound;
	g_string_append_printf(out,
		"const struct builtin builtins[] = {\n%s};\nconst size_t builtin_count = %d;\n",
		rows->str, argc - 2);
	sound = sound && file_write(argv[1], (struct bytes){out->str, out->len}) == 0;
	g_string_free(out, TRUE);
	g_string_free(rows, TRUE);
	return sound ? 0 : 1;
}
