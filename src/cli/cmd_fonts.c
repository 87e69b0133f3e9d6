/* nianbao fonts: which files serve which text, their hashes, and what they cover together. */
#include "cli/judge.h"
#include "cli/reach.h"

#include "base/text.h"
#include "diag/print.h"
#include "paint/parts.h"

#include <string.h>

/* The faces of every role, and the part of the program that knows them. */
struct roster {
	const struct typeset_part *part;
	struct fonts *fonts;
};

/* The characters that every list is measured by. */
struct repertoires {
	GArray *gb2312; /* gunichar */
	const char *tgh; /* 通用规范汉字表, UTF-8, with line ends */
};

static bool in_level_one(gunichar character)
{
	return (character >= 0x4E00 && character <= 0x9FA5) ||
		(character >= 0x3400 && character <= 0x4DBF);
}

/* Rows 16 to 87 of the standard are hanzi; GLib's converter knows which cells are empty. */
static GArray *list_gb2312(void)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(gunichar));
	GIConv converter = g_iconv_open("UTF-8", "EUC-CN");
	for (int row = 16; converter != (GIConv)-1 && row <= 87; row++) {
		for (int cell = 1; cell <= 94; cell++) {
			const char code[] = {(char)(0xA0 + row), (char)(0xA0 + cell), 0};
			char *utf8 = g_convert_with_iconv(code, 2, converter, NULL, NULL, NULL);
			if (!utf8)
				continue;
			gunichar character = g_utf8_get_char(utf8);
			g_array_append_val(list, character);
			g_free(utf8);
		}
	}
	if (converter != (GIConv)-1)
		g_iconv_close(converter);
	return list;
}

static unsigned count_gb2312(const struct roster *roster, enum role role, const GArray *list)
{
	unsigned count = 0;
	for (guint i = 0; i < list->len; i++)
		count += roster->part->fonts_find(
				 roster->fonts, role, g_array_index(list, gunichar, i)) != NULL;
	return count;
}

static unsigned count_range(const struct roster *roster, enum role role, gunichar from, gunichar to)
{
	unsigned count = 0;
	for (gunichar character = from; character <= to; character++)
		count += roster->part->fonts_find(roster->fonts, role, character) != NULL;
	return count;
}

/* All of the list, or what level 1 of GB 18030 doesn't have. */
static unsigned count_tgh(
	const struct roster *roster, enum role role, const char *list, bool level_two_only)
{
	unsigned count = 0;
	for (const char *at = list; *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		if (character < 0x80 || (level_two_only && in_level_one(character)))
			continue;
		count += roster->part->fonts_find(roster->fonts, role, character) != NULL;
	}
	return count;
}

static const char *decimal(struct arena *arena, unsigned number)
{
	return arena_print(arena, "%u", number);
}

static void print_coverage(const struct options *options, const struct roster *roster,
	enum role role, const struct repertoires *repertoires)
{
	struct arena *arena = options->arena;
	printf("  ");
	options_say(options, stdout, FONTS_COVERAGE,
		decimal(arena, count_gb2312(roster, role, repertoires->gb2312)),
		decimal(arena, count_range(roster, role, 0x4E00, 0x9FA5)),
		decimal(arena, count_tgh(roster, role, repertoires->tgh, false)),
		decimal(arena, count_tgh(roster, role, repertoires->tgh, true)), NULL);
}

/* A file serves several roles and is read once. */
static const char *hash_of(GHashTable *known, const struct face *face)
{
	char *hash = g_hash_table_lookup(known, face->bytes.start);
	if (!hash) {
		hash = g_compute_checksum_for_data(
			G_CHECKSUM_SHA256, (const guchar *)face->bytes.start, face->bytes.length);
		g_hash_table_insert(known, (void *)(uintptr_t)face->bytes.start, hash);
	}
	return hash;
}

/* Free faces are named from the folder fonts/ on, wherever that is; others as they were found. */
static const char *shown_path(const struct options *options, const char *file)
{
	size_t length = strlen(options->data_directory);
	return strncmp(file, options->data_directory, length) == 0 && file[length] == '/'
		? file + length + 1
		: file;
}

static void print_role(const struct options *options, const struct roster *roster, enum role role,
	GHashTable *hashes)
{
	size_t count;
	const struct font_place *places = roster->part->fonts_role(roster->fonts, role, &count);
	options_say(options, stdout, roster->part->role_sentence(role), NULL);
	for (size_t i = 0; i < count; i++) {
		const struct face *face = places[i].face;
		const char *own =
			places[i].official ? diag_code_text(FONTS_OFFICIAL, options->language) : "";
		GString *name = g_string_new(NULL);
		text_append_named(name, face->name);
		g_string_append_printf(name, "%s ", own);
		text_append_named(name, shown_path(options, face->file));
		printf("  %zu. %s", i + 1, name->str);
		g_string_free(name, TRUE);
		if (face->index > 0)
			printf(" #%u", face->index);
		printf("\n     %s\n", hash_of(hashes, face));
	}
}

static bool read_tgh(
	const struct options *options, struct repertoires *repertoires, struct diags *diags)
{
	struct bytes bytes;
	const char *path = arena_print(options->arena, "%s/fonts/tgh.txt", options->data_directory);
	int failure = file_read(options->arena, path, 1024 * 1024, &bytes);
	repertoires->tgh = failure ? "" : bytes.start;
	if (!failure && g_utf8_validate(bytes.start, (gssize)bytes.length, NULL))
		return true;
	diag_unread(diags, NOWHERE, path, failure);
	return false;
}

static void print_fonts(
	const struct options *options, const struct roster *roster, struct repertoires *repertoires)
{
	GHashTable *hashes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	repertoires->gb2312 = list_gb2312();
	for (int role = 0; role < ROLE_COUNT; role++) {
		print_role(options, roster, (enum role)role, hashes);
		print_coverage(options, roster, (enum role)role, repertoires);
	}
	g_array_unref(repertoires->gb2312);
	g_hash_table_destroy(hashes);
}

int cmd_fonts(struct options *options, int argc, char **argv)
{
	int code = options_read_alone(options, NULL, 0, argc, argv);
	if (code != OPTIONS_READ)
		return code;
	struct reach *reach = reach_new(options);
	reach_fonts(reach);
	reach_close(reach);
	struct repertoires repertoires = {0};
	struct diags *diags = diags_new(options->arena, options->language);
	struct roster roster = {part_typeset(options->arena, diags), NULL};
	if (roster.part)
		roster.fonts = roster.part->fonts_open(
			options->arena, options->data_directory, options->fonts, diags);
	if (roster.fonts && read_tgh(options, &repertoires, diags))
		print_fonts(options, &roster, &repertoires);
	diags_sort(diags);
	judge_print(options, &(struct verdict){.path = "fonts", .diags = diags});
	return diags_exit_code(diags, false);
}
