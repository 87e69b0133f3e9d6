/* dlopen by whole paths: nothing is looked up in LD_LIBRARY_PATH. */
#include "base/module.h"

#include "base/file.h"

#include <dlfcn.h>
#include <elf.h>
#include <glib.h>
#include <stdbool.h>
#include <string.h>

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

/* The loader maps what the file says that it has; touching what isn't there ends the process. */
static bool is_cut_off(const char *path)
{
	struct bytes file;
	Elf64_Ehdr head;
	if (file_map(path, &file) != 0)
		return false; /* the loader says why */
	bool cut = file.length < sizeof head;
	if (!cut)
		memcpy(&head, file.start, sizeof head);
	bool ours = !cut && memcmp(head.e_ident, ELFMAG, SELFMAG) == 0 &&
		head.e_ident[EI_CLASS] == ELFCLASS64;
	for (size_t i = 0; ours && !cut && i < head.e_phnum; i++) {
		Elf64_Phdr part;
		size_t at = head.e_phoff + i * sizeof part;
		cut = at > file.length || file.length - at < sizeof part;
		if (!cut)
			memcpy(&part, file.start + at, sizeof part);
		if (!cut && part.p_type == PT_LOAD)
			cut = part.p_offset > file.length ||
				part.p_filesz > file.length - part.p_offset;
	}
	file_unmap(file);
	return cut;
}

const void *module_find(struct arena *arena, const char *name, const char *symbol, const char **why)
{
	dlerror();
	/* A part may call another that was loaded before it. */
	const char *path = module_file(arena, name);
	bool cut = path && is_cut_off(path);
	void *module = path && !cut ? dlopen(path, RTLD_LAZY | RTLD_GLOBAL) : NULL;
	const void *object = module ? dlsym(module, symbol) : NULL;
	if (cut) {
		*why = arena_print(arena, "%s: file too short", path);
	} else if (!object) {
		const char *said = dlerror();
		*why = said ? arena_copy(arena, said)
			    : arena_print(arena, "nianbao-%s.so: not found", name);
	}
	return object;
}
