/*
 * compile OUT FOLDER — the patterns of the folder's templates as PCRE2 has compiled them, so
 * that no start of the program does it. A template that isn't sound ends the build with its
 * findings.
 */
#include "check/check.h"
#include "edition/builtin.h"
#include "edition/pattern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nothing is ready while it is being made. */
const struct builtin_pattern builtin_patterns[] = {{0}};
const size_t builtin_pattern_count = 0;
const unsigned char builtin_codes[] = {0};

static GArray *found; /* struct builtin_pattern; start and length aren't known yet */
static GString *codes;

static uint32_t builtin_number(const char *path)
{
	char *name = g_path_get_basename(path);
	const struct builtin *builtin = builtin_find(name);
	g_free(name);
	return builtin ? (uint32_t)(builtin - builtins) : UINT32_MAX;
}

static void keep(const struct pattern *pattern)
{
	struct builtin_pattern row = {
		.builtin = builtin_number(pattern->at.source->path),
		.place = (uint32_t)pattern->at.start,
		.start = (uint32_t)codes->len,
	};
	/* Both editions use the sentences of one file. */
	for (guint i = 0; i < found->len; i++)
		if (builtin_compare_patterns(
			    &g_array_index(found, struct builtin_pattern, i), &row) == 0)
			return;
	if (row.builtin == UINT32_MAX || !pattern_pack(pattern, codes))
		return;
	while (codes->len % BUILTIN_CODE_ALIGNMENT)
		g_string_append_c(codes, '\0');
	g_array_append_val(found, row);
}

bool __real_pattern_compile(struct pattern *pattern, struct diags *diags);
bool __wrap_pattern_compile(struct pattern *pattern, struct diags *diags);

/* The linker puts it in the place of pattern_compile: whatever is compiled comes by here. */
bool __wrap_pattern_compile(struct pattern *pattern, struct diags *diags)
{
	bool sound = __real_pattern_compile(pattern, diags);
	if (sound && pattern->regex)
		keep(pattern);
	return sound;
}

static bool compile_all(const char *folder)
{
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_EN);
	const struct editions *editions = editions_load(arena, folder, diags);
	bool sound = editions && check_editions(editions, diags);
	for (guint i = 0; i < diags->all->len; i++) {
		const struct diag *diag = diags->all->pdata[i];
		const struct source *source = diag->at.source;
		fprintf(stderr, "%s:%zu: %s\n", source ? source->path : folder,
			source ? source_place(source, diag->at.start).line : 0, diag->message);
	}
	arena_close(arena);
	return sound;
}

static void append_source(GString *out)
{
	g_array_sort(found, builtin_compare_patterns);
	g_string_append(out, "const struct builtin_pattern builtin_patterns[] = {\n");
	for (guint i = 0; i < found->len; i++) {
		const struct builtin_pattern *row =
			&g_array_index(found, struct builtin_pattern, i);
		g_string_append_printf(
			out, "\t{%u, %u, %u},\n", row->builtin, row->place, row->start);
	}
	g_string_append_printf(out,
		"};\nconst size_t builtin_pattern_count = %u;\n"
		"_Alignas(BUILTIN_CODE_ALIGNMENT) const unsigned char builtin_codes[] = {",
		found->len);
	for (gsize i = 0; i < codes->len; i++)
		g_string_append_printf(
			out, "%s%u,", i % 24 ? "" : "\n\t", (unsigned)(unsigned char)codes->str[i]);
	g_string_append(out, "\n};\n");
}

int main(int argc, char **argv)
{
	GString *out = g_string_new("/* Generated from templates/ by compile.c. */\n"
				    "#include \"edition/builtin.h\"\n\n");
	found = g_array_new(FALSE, FALSE, sizeof(struct builtin_pattern));
	codes = g_string_new(NULL);
	bool sound = argc == 3 && compile_all(argv[2]);
	if (sound)
		append_source(out);
	sound = sound && file_write(argv[1], (struct bytes){out->str, out->len}) == 0;
	g_string_free(codes, TRUE);
	g_array_unref(found);
	g_string_free(out, TRUE);
	return sound ? 0 : 1;
}
