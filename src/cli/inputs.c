/* Arguments to paths, in an order that depends on nothing but their names. */
#include "cli/inputs.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

#define JOBS_MAX 256
#define SHARDS_MAX 1000000
#define LIST_BYTES_MAX ((size_t)1 << 30)

struct gathering {
	const struct options *options;
	const struct input_words *words;
	GPtrArray *paths, *lists;
};

/* In capitals, too, as some systems write them: no report may be left out in silence. */
static bool is_report_name(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot &&
		(g_ascii_strcasecmp(dot, ".yaml") == 0 || g_ascii_strcasecmp(dot, ".yml") == 0);
}

/* IO_READ or LIST_UNREAD. */
static int refuse_unread(
	const struct options *options, enum diag_code code, const char *path, int failure)
{
	const struct diags *diags = diags_new(options->arena, options->language);
	options_say(options, stderr, code, path, diag_problem(diags, failure), NULL);
	return EXIT_ENVIRONMENT;
}

static bool is_apart(const struct gathering *gathering, const char *path)
{
	return gathering->words->apart && file_is(path, gathering->words->apart);
}

static int gather_folder(struct gathering *gathering, const char *folder)
{
	struct arena *arena = gathering->options->arena;
	struct names names;
	int failure = file_list(arena, folder, &names);
	int code = failure ? refuse_unread(gathering->options, IO_READ, folder, failure)
			   : OPTIONS_READ;
	for (size_t i = 0; code == OPTIONS_READ && i < names.count; i++) {
		if (names.at[i][0] == '.') /* of editors, systems, archives: no report */
			continue;
		char *path = g_build_filename(folder, names.at[i], NULL);
		if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
			if (is_report_name(path) && !is_apart(gathering, path))
				g_ptr_array_add(gathering->paths, arena_copy(arena, path));
		} else if (gathering->words->recursive &&
			!g_file_test(path, G_FILE_TEST_IS_SYMLINK)) { /* a ring would never end */
			code = gather_folder(gathering, path);
		}
		g_free(path);
	}
	return code;
}

static int gather_path(struct gathering *gathering, const char *path)
{
	if (strcmp(path, "-") != 0 && g_file_test(path, G_FILE_TEST_IS_DIR))
		return gather_folder(gathering, path);
	g_ptr_array_add(gathering->paths, arena_copy(gathering->options->arena, path));
	return OPTIONS_READ;
}

/* Names that NULs end, as those of find -print0, on lines of their own. */
static const char *lines_of(struct arena *arena, struct bytes bytes)
{
	if (!memchr(bytes.start, '\0', bytes.length))
		return bytes.start;
	char *lines = arena_copy_n(arena, bytes.start, bytes.length);
	for (size_t i = 0; i < bytes.length; i++)
		if (lines[i] == '\0')
			lines[i] = '\n';
	return lines;
}

static int gather_list(struct gathering *gathering, const char *list)
{
	const struct options *options = gathering->options;
	struct bytes bytes;
	if (!*list)
		return options_refuse(options, USAGE_LIST_UNNAMED, options->command, NULL);
	int failure = file_read(options->arena, list, LIST_BYTES_MAX, &bytes);
	if (failure)
		return refuse_unread(options, LIST_UNREAD, list, failure);
	if (g_str_has_prefix(bytes.start, "\xEF\xBB\xBF")) { /* as editors of Windows begin */
		bytes.start += 3;
		bytes.length -= 3;
	}
	g_ptr_array_add(gathering->lists, (char *)list);
	char **lines = g_strsplit(lines_of(options->arena, bytes), "\n", -1);
	int code = OPTIONS_READ;
	for (size_t i = 0; lines[i] && code == OPTIONS_READ; i++) {
		size_t length = strlen(lines[i]);
		if (length > 0 && lines[i][length - 1] == '\r')
			lines[i][length - 1] = '\0';
		if (*lines[i])
			code = gather_path(gathering, lines[i]);
	}
	g_strfreev(lines);
	return code;
}

/* A number from 1 to `most`, and what follows it. false for anything else. */
static bool read_number(const char *text, unsigned most, unsigned *number, const char **rest)
{
	char *end;
	if (!g_ascii_isdigit(*text))
		return false;
	unsigned long value = strtoul(text, &end, 10);
	*number = (unsigned)MIN(value, (unsigned long)most + 1);
	*rest = end;
	return value >= 1 && value <= most;
}

static bool read_shard(const char *text, unsigned *mine, unsigned *of)
{
	const char *rest;
	return read_number(text, SHARDS_MAX, mine, &rest) && *rest == '/' &&
		read_number(rest + 1, SHARDS_MAX, of, &rest) && !*rest && *mine <= *of;
}

static int settle(const struct options *options, const struct input_words *words, unsigned *jobs,
	unsigned shard[2])
{
	const char *rest = "";
	if (words->jobs && (!read_number(words->jobs, JOBS_MAX, jobs, &rest) || *rest))
		return options_refuse(options, USAGE_BAD_VALUE, "-j", words->jobs, "1 … 256", NULL);
	if (words->shard && !read_shard(words->shard, &shard[0], &shard[1]))
		return options_refuse(options, USAGE_BAD_VALUE, "--shard", words->shard,
			"K/N（1/4 … 4/4）", NULL);
	return OPTIONS_READ;
}

static bool is_among(const char *path, const char *const *others, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (file_is(path, others[i]))
			return true;
	return false;
}

int inputs_spare(const struct options *options, const struct inputs *inputs, const char *output)
{
	if (output &&
		(is_among(output, inputs->all, inputs->all_count) ||
			is_among(output, inputs->lists, inputs->list_count)))
		return options_refuse(options, USAGE_SAME_FILE, output, NULL);
	return OPTIONS_READ;
}

static const char **taken(struct arena *arena, GPtrArray *names)
{
	const char **kept = arena_copy_many(arena, names->pdata, names->len, sizeof *names->pdata);
	g_ptr_array_unref(names);
	return kept;
}

static int refuse_empty(const struct options *options, const char *input)
{
	if (*input == '@')
		return options_refuse(options, USAGE_LIST_EMPTY, input + 1, NULL);
	return options_refuse(options, USAGE_NOTHING_THERE, input, NULL);
}

int inputs_gather(const struct options *options, const struct input_words *words, int argc,
	char **argv, struct inputs *inputs)
{
	struct gathering gathering = {options, words, g_ptr_array_new(), g_ptr_array_new()};
	unsigned shard[2] = {1, 1};
	*inputs = (struct inputs){0};
	int code = settle(options, words, &inputs->jobs, shard);
	for (int i = 1; i < argc && code == OPTIONS_READ; i++)
		code = argv[i][0] == '@' ? gather_list(&gathering, argv[i] + 1)
					 : gather_path(&gathering, argv[i]);
	inputs->all_count = gathering.paths->len;
	inputs->all = taken(options->arena, gathering.paths);
	inputs->list_count = gathering.lists->len;
	inputs->lists = taken(options->arena, gathering.lists);
	inputs->paths = arena_array(options->arena, const char *, inputs->all_count);
	for (size_t i = shard[0] - 1; i < inputs->all_count; i += shard[1])
		inputs->paths[inputs->count++] = inputs->all[i];
	if (code == OPTIONS_READ && inputs->all_count == 0)
		return argc > 1 ? refuse_empty(options, argv[1])
				: options_refuse(options, USAGE_NO_FILE, options->command, NULL);
	return code;
}
