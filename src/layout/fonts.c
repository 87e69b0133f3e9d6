/* roles.yaml: which faces serve which role, and finding one that has a character. */
#include "layout/fonts.h"

#include "base/decimal.h"
#include "base/text.h"
#include "layout/faces_internal.h"
#include "yaml/node.h"

#include <errno.h>
#include <string.h>

struct role_faces {
	struct font_place *at;
	size_t count;
};

struct fonts {
	struct role_faces roles[ROLE_COUNT];
	const char *full_width; /* marks that want a face where they are a full em wide */
};

/* A face of roles.yaml, and what was opened for it. */
struct named_face {
	const char *name;
	const struct face *face; /* NULL: not there or unusable */
	int centre;
	bool official;
};

struct reading {
	struct arena *arena;
	struct diags *diags;
	const char *free_directory;
	GPtrArray *official; /* const struct face * of the agency's folder */
	GArray *faces; /* struct named_face */
};

#define FACES_A_FILE_MAX 64

static bool is_font_file(const char *name)
{
	static const char *const suffixes[] = {".ttf", ".ttc", ".otf", ".otc"};
	size_t length = strlen(name);
	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (length > 4 && g_ascii_strcasecmp(name + length - 4, suffixes[i]) == 0)
			return true;
	return false;
}

static void open_official_file(struct reading *reading, const char *path)
{
	unsigned count = MIN(face_count(path), FACES_A_FILE_MAX);
	for (unsigned i = 0; i < MAX(count, 1); i++) {
		const struct face *face = face_open(path, i, path, reading->diags);
		if (face)
			g_ptr_array_add(reading->official, (void *)(uintptr_t)face);
	}
}

/* Every font file right in the folder, in the order of their names. */
static void open_official(struct reading *reading, const char *folder)
{
	struct names names;
	int failure = file_list(reading->arena, folder, &names);
	if (failure)
		diag_add(reading->diags, FONT_FOLDER, NOWHERE, folder,
			failure == ENOENT ? diag_sentence(reading->diags, PROBLEM_NO_PARENT, NULL)
					  : diag_problem(reading->diags, failure),
			NULL);
	for (size_t i = 0; i < names.count; i++)
		if (is_font_file(names.at[i]))
			open_official_file(
				reading, arena_print(reading->arena, "%s/%s", folder, names.at[i]));
}

static const char *const *texts_of(struct arena *arena, const struct node *list)
{
	const char **texts = arena_array(arena, const char *, list->count + 1);
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++)
		if (list->children[i]->kind == NODE_SCALAR)
			texts[count++] = list->children[i]->text;
	return texts;
}

static int64_t number_of(const struct node *map, const char *key, struct diags *diags)
{
	const struct node *value = node_find(map, key);
	int64_t millionths = 0;
	if (value &&
		(value->kind != NODE_SCALAR ||
			!decimal_parse(value->text, strlen(value->text), &millionths)))
		diag_add(diags, STYLE_VALUE, value->at, key, "0.34", NULL);
	return CLAMP(millionths, -DECIMAL_ONE, FACES_A_FILE_MAX * DECIMAL_ONE);
}

static const struct face *find_official(const struct reading *reading, const struct node *families)
{
	const char *const *names = texts_of(reading->arena, families);
	for (guint i = 0; i < reading->official->len; i++)
		if (face_is_named(reading->official->pdata[i], names))
			return reading->official->pdata[i];
	return NULL;
}

static void read_face(struct reading *reading, const struct node *node)
{
	struct named_face named = {.name = node->key};
	const struct node *file = node_find(node, "file");
	const struct node *families = node_find(node, "families");
	if (file && file->kind == NODE_SCALAR) {
		unsigned index =
			(unsigned)MAX(number_of(node, "index", reading->diags) / DECIMAL_ONE, 0);
		const char *path =
			arena_print(reading->arena, "%s/%s", reading->free_directory, file->text);
		named.face = face_open(path, index, node->key, reading->diags);
	} else if (families && families->kind == NODE_LIST) {
		named.official = true;
		named.face = find_official(reading, families);
	} else {
		diag_add(reading->diags, STYLE_VALUE, node->at, node->key,
			"{file: …}, {families: […]}", NULL);
	}
	named.centre = (int)number_of(node, "centre", reading->diags);
	if (named.face && named.centre == 0)
		named.centre = face_centre(named.face);
	g_array_append_val(reading->faces, named);
}

static const struct named_face *find_named(const struct reading *reading, const char *name)
{
	for (guint i = 0; i < reading->faces->len; i++) {
		const struct named_face *named =
			&g_array_index(reading->faces, struct named_face, i);
		if (strcmp(named->name, name) == 0)
			return named;
	}
	return NULL;
}

/* A face of a role's list: its name, or a map of name and corrections. */
static void read_place(struct reading *reading, const struct node *node, struct role_faces *role,
	int *first_centre)
{
	const struct node *name = node->kind == NODE_MAP ? node_find(node, "face") : node;
	const struct named_face *named =
		name && name->kind == NODE_SCALAR ? find_named(reading, name->text) : NULL;
	if (!named)
		diag_add(reading->diags, STYLE_VALUE, node->at,
			name && name->text ? name->text : "face", "faces: …", NULL);
	if (!named || !named->face)
		return;
	if (role->count == 0)
		*first_centre = named->centre;
	struct font_place *place = &role->at[role->count++];
	place->face = named->face;
	place->official = named->official;
	place->shift = named->centre ? *first_centre - named->centre : 0;
	if (node->kind == NODE_MAP)
		place->stroke = (int)number_of(node, "stroke", reading->diags);
}

static void read_role(
	struct reading *reading, const struct node *roles, enum role role, struct role_faces *into)
{
	const struct node *list = node_find(roles, role_name(role));
	int first_centre = 0;
	if (!list || list->kind != NODE_LIST) {
		diag_add(reading->diags, STYLE_MISSING, list ? list->at : roles->at,
			role_name(role), NULL);
		return;
	}
	into->at = arena_array(reading->arena, struct font_place, list->count);
	for (size_t i = 0; i < list->count; i++)
		read_place(reading, list->children[i], into, &first_centre);
	if (into->count == 0)
		diag_blame_environment(reading->diags,
			diag_add(reading->diags, FONT_NONE, NOWHERE,
				diag_sentence(reading->diags, role_sentence(role), NULL), NULL));
}

static bool read_roles(struct reading *reading, const struct node *root, struct fonts *fonts)
{
	const struct node *faces = node_find(root, "faces"), *roles = node_find(root, "roles");
	const struct node *full_width = node_find(root, "full_width");
	bool usable = faces && roles;
	if (!usable)
		diag_blame_environment(reading->diags,
			diag_add(reading->diags, STYLE_MISSING, root->at, faces ? "roles" : "faces",
				NULL));
	fonts->full_width = full_width && full_width->text ? full_width->text : "";
	for (size_t i = 0; usable && i < faces->count; i++)
		read_face(reading, faces->children[i]);
	for (int i = 0; usable && i < ROLE_COUNT; i++)
		read_role(reading, roles, (enum role)i, &fonts->roles[i]);
	for (int i = 0; usable && i < ROLE_COUNT; i++)
		usable = fonts->roles[i].count > 0;
	return usable;
}

struct fonts *fonts_open(
	struct arena *arena, const char *data_directory, const char *official, struct diags *diags)
{
	const struct source *source = NULL;
	struct reading reading = {.arena = arena, .diags = diags};
	const char *path = arena_print(arena, "%s/fonts/roles.yaml", data_directory);
	guint before = diags->all->len;
	const struct node *root = node_load(arena, path, &source, diags);
	struct fonts *fonts = arena_new(arena, struct fonts);
	diags_blame_since(diags, before);
	if (!root)
		return NULL;
	reading.free_directory = arena_print(arena, "%s/fonts/free", data_directory);
	reading.official = g_ptr_array_new();
	reading.faces = g_array_new(FALSE, TRUE, sizeof(struct named_face));
	if (official && *official)
		open_official(&reading, official);
	bool usable = read_roles(&reading, root, fonts);
	diags_blame_since(diags, before);
	g_ptr_array_unref(reading.official);
	g_array_unref(reading.faces);
	return usable ? fonts : NULL;
}

const struct font_place *fonts_role(const struct fonts *fonts, enum role role, size_t *count)
{
	*count = fonts->roles[role].count;
	return fonts->roles[role].at;
}

#define NEARLY_FULL 900000 /* millionths of an em */

const struct font_place *fonts_find(const struct fonts *fonts, enum role role, uint32_t character)
{
	const struct role_faces *faces = &fonts->roles[role];
	const struct font_place *first = NULL;
	bool wide = character > 0x7F && !(character >= 0x3400 && character <= 0x9FFF) &&
		g_utf8_strchr(fonts->full_width, -1, character);
	for (size_t i = 0; i < faces->count; i++) {
		const struct font_place *place = &faces->at[i];
		uint32_t glyph = face_glyph(place->face, character);
		if (!glyph)
			continue;
		if (!wide || face_advance(place->face, glyph) >= NEARLY_FULL)
			return place;
		if (!first)
			first = place;
	}
	return first;
}
