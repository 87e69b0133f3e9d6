/* dlopen by whole paths: nothing is looked up in LD_LIBRARY_PATH. */
#include "base/module.h"

#include <dlfcn.h>
#include <glib.h>
#include <stdbool.h>

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

/* A part may call another that was loaded before it. NULL where there is no such file. */
static void *open_in(const char *folder, const char *name, bool *there)
{
	char *path = module_path(folder, name);
	*there = g_file_test(path, G_FILE_TEST_EXISTS);
	void *module = *there ? dlopen(path, RTLD_LAZY | RTLD_GLOBAL) : NULL;
	g_free(path);
	return module;
}

/* The first of the three folders that has the file decides. */
static void *open_module(const char *name)
{
	char *program = g_file_read_link("/proc/self/exe", NULL);
	char *beside = g_path_get_dirname(program ? program : ".");
	char *above = g_path_get_dirname(beside);
	const char *const folders[] = {beside, above, NIANBAO_MODULES};
	void *module = NULL;
	bool there = false;
	for (size_t i = 0; i < G_N_ELEMENTS(folders) && !there; i++)
		module = open_in(folders[i], name, &there);
	g_free(above);
	g_free(beside);
	g_free(program);
	return module;
}

const void *module_find(struct arena *arena, const char *name, const char *symbol, const char **why)
{
	dlerror();
	void *module = open_module(name);
	const void *object = module ? dlsym(module, symbol) : NULL;
	if (!object) {
		const char *said = dlerror();
		*why = said ? arena_copy(arena, said)
			    : arena_print(arena, "nianbao-%s.so: not found", name);
	}
	return object;
}
