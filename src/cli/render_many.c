/* nianbao render --out-dir: names of outputs, what has changed, and a worker's share. */
#include "cli/render.h"

#include "base/file.h"
#include "base/module.h"
#include "cli/judge_many.h"
#include "paint/outputs.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAMPS ".nianbao" /* a folder in the output folder: what each output was made from */
#define STAMP_BYTES_MAX ((size_t)1 << 20)
#define ANY_SIZE ((size_t)1 << 30)
#define FACE_HEAD ((size_t)1 << 16)

struct rendering {
	struct options *options;
	const struct render_words *words;
	const struct inputs *inputs;
	const struct editions *editions;
	struct check_options judging;
	struct print_run run;
	char *shared; /* the folder above all inputs */
	/* Of all that isn't the report: program, templates, fonts, options. Where --incremental
	 * asks. */
	GChecksum *ground;
};

static char *shared_of(const char *one, char *two)
{
	while (!g_str_has_prefix(one, two) || (one[strlen(two)] != '/' && strcmp(two, "/") != 0)) {
		char *above = g_path_get_dirname(two);
		g_free(two);
		two = above;
	}
	return two;
}

/* The deepest folder that holds all inputs, of every shard. */
static char *find_shared(const struct inputs *inputs)
{
	char *first = g_canonicalize_filename(inputs->all[0], NULL);
	char *shared = g_path_get_dirname(first);
	for (size_t i = 1; i < inputs->all_count; i++) {
		char *path = g_canonicalize_filename(inputs->all[i], NULL);
		shared = shared_of(path, shared);
		g_free(path);
	}
	g_free(first);
	return shared;
}

/* The input's path below the shared folder, without its suffix. */
static char *stem_of(const struct rendering *rendering, struct arena *arena, const char *path)
{
	char *whole = g_canonicalize_filename(path, NULL);
	const char *below = whole + strlen(rendering->shared);
	char *stem = arena_copy(arena, below + (*below == '/'));
	char *dot = strrchr(stem, '.');
	if (dot && !strchr(dot, '/'))
		*dot = '\0';
	g_free(whole);
	return stem;
}

static const char *path_in(const struct rendering *rendering, struct arena *arena,
	const char *below, const char *stem, const char *suffix)
{
	return arena_print(arena, "%s/%s%s%s.%s", rendering->words->folder, below,
		*below ? "/" : "", stem, suffix);
}

/* A report that is named like a PDF of itself. */
static int refuse_over_itself(
	const struct rendering *rendering, const char *stem, const char *input)
{
	struct arena *arena = rendering->options->arena;
	for (size_t i = 0; rendering->words->formats[i]; i++) {
		const char *output =
			path_in(rendering, arena, "", stem, rendering->words->formats[i]);
		if (g_str_has_suffix(input, rendering->words->formats[i]) && file_is(output, input))
			return options_refuse(rendering->options, USAGE_SAME_FILE, output, NULL);
	}
	return OPTIONS_READ;
}

/* a.yaml and a.yml in one folder: the second would replace the first's output. */
static int refuse_collisions(const struct rendering *rendering)
{
	const struct inputs *inputs = rendering->inputs;
	struct arena *arena = rendering->options->arena;
	GHashTable *stems = g_hash_table_new(g_str_hash, g_str_equal);
	int code = OPTIONS_READ;
	for (size_t i = 0; i < inputs->all_count && code == OPTIONS_READ; i++) {
		char *stem = stem_of(rendering, arena, inputs->all[i]);
		const char *other = g_hash_table_lookup(stems, stem);
		if (other)
			code = options_refuse(
				rendering->options, USAGE_COLLISION, other, inputs->all[i], NULL);
		else
			code = refuse_over_itself(rendering, stem, inputs->all[i]);
		g_hash_table_insert(stems, stem, (char *)inputs->all[i]);
	}
	g_hash_table_unref(stems);
	return code;
}

static void add_word(GChecksum *checksum, const char *word)
{
	if (word)
		g_checksum_update(checksum, (const guchar *)word, -1);
	g_checksum_update(checksum, (const guchar *)"", 1);
}

static void add_file(GChecksum *checksum, struct arena *arena, const char *path)
{
	struct bytes bytes = {0};
	if (path && file_read(arena, path, ANY_SIZE, &bytes) == 0)
		g_checksum_update(checksum, (const guchar *)bytes.start, (gssize)bytes.length);
	add_word(checksum, NULL);
}

/* Of the quarter of a gigabyte that the installed fonts are, only the heads are read: a font
 * begins with a directory of its tables, which has a checksum of each (OpenType). */
static void add_face(GChecksum *checksum, struct arena *arena, const char *path)
{
	struct bytes bytes;
	if (file_map(path, &bytes) == 0) {
		gsize head = MIN(bytes.length, FACE_HEAD);
		g_checksum_update(checksum, (const guchar *)bytes.start, (gssize)head);
		add_word(checksum, arena_print(arena, "%zu", bytes.length));
		file_unmap(bytes);
	}
	add_word(checksum, NULL);
}

static void add_folder(GChecksum *checksum, struct arena *arena, const char *folder,
	void (*add)(GChecksum *checksum, struct arena *arena, const char *path))
{
	struct names names = {NULL, 0};
	if (folder)
		file_list(arena, folder, &names);
	for (size_t i = 0; i < names.count; i++) {
		add_word(checksum, names.at[i]);
		add(checksum, arena, arena_print(arena, "%s/%s", folder, names.at[i]));
	}
}

/* A draft lists the findings, in the language of the run. */
static void add_words(GChecksum *checksum, const struct render_words *words, enum language language)
{
	const char *draft = language == LANGUAGE_EN ? "draft" : "草稿";
	add_word(checksum, words->style);
	add_word(checksum, words->profile);
	add_word(checksum, words->pages);
	add_word(checksum, words->dpi);
	add_word(checksum, words->draft ? draft : NULL);
	add_word(checksum, words->without_source ? "without" : NULL);
}

static GChecksum *ground_of(const struct rendering *rendering)
{
	const struct options *options = rendering->options;
	struct arena *arena = arena_open();
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	char *program = g_file_read_link("/proc/self/exe", NULL);
	add_file(checksum, arena, program);
	add_file(checksum, arena, module_file(arena, "typeset"));
	add_file(checksum, arena, module_file(arena, "preview"));
	add_file(checksum, arena,
		arena_print(arena, "%s/fonts/roles.yaml", options->data_directory));
	add_folder(checksum, arena, arena_print(arena, "%s/fonts/free", options->data_directory),
		add_face);
	add_folder(checksum, arena, options->templates, add_file);
	add_folder(checksum, arena, options->fonts, add_file);
	add_words(checksum, rendering->words, options->language);
	arena_close(arena);
	g_free(program);
	return checksum;
}

static void add_pictures(
	GChecksum *checksum, struct arena *arena, const struct text *text, const char *folder)
{
	for (size_t i = 0; i < text->count; i++)
		if (text->passages[i].kind == PASSAGE_PICTURE)
			add_file(checksum, arena,
				arena_print(
					arena, "%s/%s", folder, text->passages[i].picture.file));
}

/* What the outputs of this report depend on, as 64 hexadecimal digits. */
static const char *stamp_of(
	const struct rendering *rendering, struct arena *arena, const struct report *report)
{
	GChecksum *checksum = g_checksum_copy(rendering->ground);
	struct bytes bytes = report->source->bytes;
	char *folder = g_path_get_dirname(report->source->path);
	g_checksum_update(checksum, (const guchar *)bytes.start, (gssize)bytes.length);
	if (!g_date_valid(&report->day))
		add_word(checksum, g_getenv("SOURCE_DATE_EPOCH"));
	const struct text *text;
	for (size_t i = 0; (text = report_text(report, i)); i++)
		add_pictures(checksum, arena, text, folder);
	const char *stamp = arena_copy(arena, g_checksum_get_string(checksum));
	g_checksum_free(checksum);
	g_free(folder);
	return stamp;
}

/* What one format of one report is made from and kept in. */
struct making {
	const struct rendering *rendering;
	struct arena *arena;
	const char *path; /* of the output; of several pages, without their numbers */
	const char *stamped; /* the file of its stamp */
	const char *format, *stamp;
};

static struct making making_of(const struct rendering *rendering, struct arena *arena,
	const char *stem, const char *format)
{
	const char *suffix = arena_print(arena, "%s.stamp", format);
	return (struct making){rendering, arena, path_in(rendering, arena, "", stem, format),
		path_in(rendering, arena, STAMPS, stem, suffix), format, NULL};
}

/* A line of a stamp: a length and the name of a file that must still have it. */
static bool is_there(const struct making *making, const char *line)
{
	struct stat about;
	char *name;
	guint64 length = g_ascii_strtoull(line, &name, 10);
	char *folder = g_path_get_dirname(making->path);
	const char *path = arena_print(making->arena, "%s/%s", folder, name + (*name == ' '));
	g_free(folder);
	return stat(path, &about) == 0 && S_ISREG(about.st_mode) &&
		(guint64)about.st_size == length;
}

/* One stamp a format, so that asking for one more makes only that one. A stamp alone is no
 * proof: the files may have been removed or cut short since. */
static bool is_unchanged(const struct making *making)
{
	struct bytes old;
	if (file_read(making->arena, making->stamped, STAMP_BYTES_MAX, &old) != 0)
		return false;
	char **lines = g_strsplit(old.start, "\n", -1);
	bool unchanged = lines[0] && strcmp(lines[0], making->stamp) == 0 && lines[1];
	for (char **line = lines + 1; unchanged && *line && **line; line++)
		unchanged = is_there(making, *line);
	g_strfreev(lines);
	return unchanged;
}

static int make_folder_of(const char *path)
{
	char *folder = g_path_get_dirname(path);
	int failure = g_mkdir_with_parents(folder, 0777) == 0 ? 0 : errno;
	g_free(folder);
	return failure;
}

/* A stamp that can't be written costs time, the next time, and nothing else. */
static void keep_stamp(const struct making *making, const GString *saved)
{
	const char *stamp = arena_print(making->arena, "%s\n%s", making->stamp, saved->str);
	if (make_folder_of(making->stamped) == 0)
		file_write(making->stamped, (struct bytes){stamp, strlen(stamp)});
}

static int make_one(const struct making *making, const struct report *report, struct diags *diags)
{
	const struct rendering *rendering = making->rendering;
	int failure = make_folder_of(making->path);
	if (failure) {
		diag_unwritten(diags, making->path, failure);
		return EXIT_ENVIRONMENT;
	}
	GString *saved = g_string_new(NULL);
	struct render_target target = {making->format, making->path, saved};
	int code = render_pages(rendering->options, rendering->words, report, &target, diags);
	if (making->stamp && code == EXIT_PASSED)
		keep_stamp(making, saved);
	g_string_free(saved, TRUE);
	return code;
}

static int make_all(struct rendering *rendering, const struct report *report, const char *path,
	struct diags *diags, bool *skipped)
{
	struct arena *arena = diags->arena;
	const char *stem = stem_of(rendering, arena, path);
	bool incremental = rendering->words->incremental;
	const char *stamp = incremental ? stamp_of(rendering, arena, report) : NULL;
	int worst = EXIT_PASSED;
	*skipped = incremental;
	for (size_t i = 0; rendering->words->formats[i]; i++) {
		struct making making =
			making_of(rendering, arena, stem, rendering->words->formats[i]);
		making.stamp = stamp;
		if (stamp && is_unchanged(&making))
			continue;
		int code = make_one(&making, report, diags);
		worst = MAX(worst, code);
		*skipped = false;
	}
	return worst;
}

static struct file_verdict render_one(void *context, const char *path, GString *text)
{
	struct rendering *rendering = context;
	struct arena *arena = arena_open();
	struct diags *diags = diags_new(arena, rendering->options->language);
	struct judged judged = judge_file(rendering->editions, &rendering->judging, path, diags);
	struct file_verdict verdict = {.code = diags_exit_code(diags, false)};
	bool draft = rendering->words->draft && verdict.code == EXIT_REJECTED;
	if (judged.report && (verdict.code == EXIT_PASSED || draft))
		verdict.code = make_all(rendering, judged.report, path, diags, &verdict.skipped);
	diags_sort(diags);
	verdict.tally = print_compose(&printer_text, &rendering->run,
		&(struct verdict){.path = path, .diags = diags}, text);
	arena_close(arena);
	return verdict;
}

static int run_all(struct rendering *rendering)
{
	struct inputs inputs = *rendering->inputs;
	const struct many many = {
		.options = rendering->options,
		.inputs = &inputs,
		.printer = &printer_text,
		.run = &rendering->run,
		.to = stderr,
		.summary = rendering->words->summary,
		.context = rendering,
		.judge = render_one,
	};
	if (inputs.jobs == 0)
		inputs.jobs = (unsigned)MAX(sysconf(_SC_NPROCESSORS_ONLN), 1);
	int worst = many_run(&many);
	printer_text.end(&rendering->run);
	options_print(stderr, rendering->run.out);
	return worst;
}

int render_many(
	struct options *options, const struct render_words *words, const struct inputs *inputs)
{
	struct rendering rendering = {.options = options, .words = words, .inputs = inputs};
	rendering.judging.today = judge_today();
	rendering.run = (struct print_run){
		.arena = options->arena, .language = options->language, .out = g_string_new(NULL)};
	rendering.shared = find_shared(inputs);
	int code = refuse_collisions(&rendering);
	if (code == OPTIONS_READ) {
		rendering.editions = judge_editions(options);
		if (words->incremental)
			rendering.ground = ground_of(&rendering);
		code = rendering.editions ? run_all(&rendering) : EXIT_ENVIRONMENT;
		if (rendering.ground)
			g_checksum_free(rendering.ground);
	}
	g_free(rendering.shared);
	g_string_free(rendering.run.out, TRUE);
	return code;
}
