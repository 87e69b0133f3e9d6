/* Lists of places for confine/, one entry a folder. */
#include "cli/reach.h"

#include "base/module.h"
#include "confine/confine.h"

#include <string.h>
#include <sys/stat.h>

struct reach {
	const struct options *options;
	GArray *places; /* struct confine_place */
	bool has_workers;
	const char *last; /* the folder of the report before: thousands stand in the same one */
};

static void add(struct reach *reach, const char *path, enum confine_use use)
{
	struct confine_place place = {path, use};
	if (path)
		g_array_append_val(reach->places, place);
}

static const char *folder_of(const struct reach *reach, const char *path)
{
	return arena_take(reach->options->arena, g_path_get_dirname(path));
}

static bool is_link(const char *path)
{
	struct stat status;
	return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

static bool is_replaced(const char *path)
{
	struct stat status;
	return stat(path, &status) != 0 || S_ISREG(status.st_mode);
}

/* Fonts are often links to where the system keeps them, templates to the ones not changed. */
static void add_with_links(struct reach *reach, const char *folder)
{
	GDir *listing = folder && *folder ? g_dir_open(folder, 0, NULL) : NULL;
	if (!listing)
		return;
	add(reach, folder, CONFINE_READ);
	for (const char *name; (name = g_dir_read_name(listing));) {
		const char *path = arena_print(reach->options->arena, "%s/%s", folder, name);
		if (is_link(path))
			add(reach, path, CONFINE_READ);
	}
	g_dir_close(listing);
}

struct reach *reach_new(const struct options *options)
{
	struct reach *reach = arena_new(options->arena, struct reach);
	reach->options = options;
	reach->places = g_array_new(FALSE, FALSE, sizeof(struct confine_place));
	add(reach, "/usr/lib", CONFINE_READ); /* the C library's converters */
	add_with_links(reach, options->templates);
	return reach;
}

void reach_file(struct reach *reach, const char *path)
{
	add(reach, path, CONFINE_READ);
}

void reach_report(struct reach *reach, const char *path)
{
	const char *folder = folder_of(reach, path);
	if (!reach->last || strcmp(folder, reach->last) != 0)
		add(reach, folder, CONFINE_READ);
	reach->last = folder;
	if (is_link(path))
		add(reach, path, CONFINE_READ);
}

/* What a part's libraries open when they are first used, or load in turn: there is no list of
 * it. Readable, but none of it can be run. */
void reach_part(struct reach *reach, const char *name)
{
	static const char *const places[] = {"/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
		"/usr/share/zoneinfo", "/dev/null", "/dev/urandom"};
	add(reach, module_file(reach->options->arena, name), CONFINE_READ);
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		add(reach, places[i], CONFINE_READ);
}

/* The second half is what text in an SVG picture is drawn with. */
void reach_fonts(struct reach *reach)
{
	static const char *const places[] = {"/usr/share/fonts", "/usr/local/share/fonts",
		"/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig", "/usr/share/mime"};
	const struct options *options = reach->options;
	const char *data = options->data_directory;
	add(reach, arena_print(options->arena, "%s/fonts", data), CONFINE_READ);
	add_with_links(reach, arena_print(options->arena, "%s/fonts/free", data));
	add_with_links(reach, options->fonts);
	reach_part(reach, "typeset");
	reach_part(reach, "preview");
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		add(reach, places[i], CONFINE_READ);
}

void reach_output(struct reach *reach, const char *path)
{
	if (path && strcmp(path, "-") != 0)
		add(reach, is_replaced(path) ? folder_of(reach, path) : path, CONFINE_WRITE);
}

void reach_output_folder(struct reach *reach, const char *folder)
{
	/* Where it can't be made, the first output says so. */
	g_mkdir_with_parents(folder, 0777);
	add(reach, folder, CONFINE_WRITE);
}

static void say_failed(const struct options *options, const char *call, int failure)
{
	const struct diags *diags = diags_new(options->arena, options->language);
	options_say(options, stderr, CONFINE_FAILED, call, diag_problem(diags, failure), NULL);
}

void reach_workers(struct reach *reach)
{
	reach->has_workers = true;
}

void reach_alone(const struct options *options)
{
	int failure = confine_signals();
	if (failure)
		say_failed(options, "seccomp", failure);
}

static struct confined apply(struct reach *reach)
{
	const struct options *options = reach->options;
	struct confined confined = confine_apply(
		(const struct confine_place *)(void *)reach->places->data, reach->places->len);
	if (confined.failed)
		say_failed(options, confined.failed, confined.failure);
	else if (!reach->has_workers)
		reach_alone(options);
	g_array_unref(reach->places);
	reach->places = NULL;
	return confined;
}

void reach_close(struct reach *reach)
{
	apply(reach);
}

void reach_close_and_tell(struct reach *reach)
{
	const struct options *options = reach->options;
	struct confined confined = apply(reach);
	if (!confined.meant) {
		options_say(options, stdout, CONFINE_NOT_MEANT, NULL);
		return;
	}
	options_say(options, stdout, confined.filter ? CONFINE_FILTER : CONFINE_NO_FILTER, NULL);
	if (confined.landlock)
		options_say(options, stdout, CONFINE_FILES,
			arena_print(options->arena, "%d", confined.landlock), NULL);
	else
		options_say(options, stdout, CONFINE_NO_FILES, NULL);
}
