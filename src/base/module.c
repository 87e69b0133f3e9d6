/* dlopen by whole paths: nothing is looked up in LD_LIBRARY_PATH. */
#include "base/module.h"

#include <dlfcn.h>
#include <glib.h>

#ifndef NIANBAO_MODULES
#define NIANBAO_MODULES "/usr/local/lib/nianbao"
#endif

static char *module_path(const char *folder, const char *name)
{
	char *file = g_strdup_printf("nianbao-%s.so", name);
	char *path = g_build_filename(folder, file, NULL);
	g_free(file);
	return path;
}

/* The first of the three folders that has the file decides. */
const char *module_file(struct arena *arena, const char *name)
{
	char *program = g_file_read_link("/proc/self/exe", NULL);
	char *beside = g_path_get_dirname(program ? program : ".");
	char *above = g_path_get_dirname(beside);
	const char *const folders[] = {beside, above, NIANBAO_MODULES};
	const char *found = NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(folders) && !found; i++) {
		char *path = module_path(folders[i], name);
		if (g_file_test(path, G_FILE_TEST_EXISTS))
			found = arena_copy(arena, path);
		g_free(path);
	}
	g_free(above);
	g_free(beside);
	g_free(program);
	return found;
}

const void *module_find(struct arena *arena, const char *name, const char *symbol, const char **why)
{
	dlerror();
	/* A part may call another that was loaded before it. */
	const char *path = module_file(arena, name);
	void *module = path ? dlopen(path, RTLD_LAZY | RTLD_GLOBAL) : NULL;
	const void *object = module ? dlsym(module, symbol) : NULL;
	if (!object) {
		const char *said = dlerror();
		*why = said ? arena_copy(arena, said)
			    : arena_print(arena, "nianbao-%s.so: not found", name);
	}
	return object;
}
