/* libFuzzer: any bytes as the only template, with its rules' settings and equations. */
#include "check/check.h"

#include <glib/gstdio.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *folder, *path;
	if (!folder) {
		folder = g_dir_make_tmp("nianbao-fuzz-XXXXXX", NULL);
		path = g_build_filename(folder, "2021-30.yaml", NULL);
	}
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
		return 0;
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, LANGUAGE_ZH);
	struct editions *editions = editions_load(arena, folder, diags);
	for (size_t i = 0; editions && i < editions->count; i++) {
		GString *out = g_string_new(NULL);
		edition_dump(editions_at(editions, i), out);
		g_string_free(out, TRUE);
	}
	if (editions)
		check_editions(editions, diags);
	diags_sort(diags);
	arena_close(arena);
	return 0;
}
