/* Options by GLib's parser, in our own words. */
#include "cli/options.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>

void options_say(const struct options *options, FILE *to, enum diag_code code, ...)
{
	va_list arguments;
	va_start(arguments, code);
	fprintf(to, "%s\n", diag_vformat(options->arena, options->language, code, arguments));
	va_end(arguments);
}

int options_refuse(const struct options *options, enum diag_code code, ...)
{
	va_list arguments;
	va_start(arguments, code);
	fprintf(stderr, "nianbao: %s\n",
		diag_vformat(options->arena, options->language, code, arguments));
	va_end(arguments);
	if (options->command)
		options_say(options, stderr, USAGE_SEE_COMMAND, options->command, NULL);
	else
		options_say(options, stderr, USAGE_SEE, NULL);
	return EXIT_USAGE;
}

int options_check_agency(const struct options *options, const char *agency)
{
	bool letters = !agency, sound = true;
	if (agency && !g_utf8_validate(agency, -1, NULL))
		return options_refuse(options, USAGE_NOT_UTF8, "--agency", NULL);
	for (const char *at = agency; at && *at; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);
		GUnicodeType type = g_unichar_type(character);
		letters = letters || g_unichar_isalpha(character);
		sound = sound && type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT;
	}
	return letters && sound ? OPTIONS_READ
				: options_refuse(options, USAGE_BAD_AGENCY, agency, NULL);
}

static int refuse_output(const struct options *options, const char *path, int failure)
{
	struct diags *diags = diags_new(options->arena, options->language);
	const struct diag *diag = diag_unwritten(diags, path, failure);
	fprintf(stderr, "nianbao: %s\n", diag->message);
	return EXIT_ENVIRONMENT;
}

int options_write(const struct options *options, const char *path, const GString *text)
{
	int failure = file_write(path, (struct bytes){text->str, text->len});
	return failure ? refuse_output(options, path, failure) : EXIT_PASSED;
}

/* Of the first write to standard output that failed; stdio keeps only that one did. */
static int output_failure;

void options_print(FILE *to, const GString *text)
{
	if (to != stdout) {
		fwrite(text->str, 1, text->len, to);
	} else if (!output_failure && fflush(stdout) == 0) {
		output_failure = file_write("-", (struct bytes){text->str, text->len});
	}
}

bool options_lost_output(void)
{
	return output_failure || ferror(stdout);
}

int options_settle_files(const struct options *options, int code)
{
	const char *file;
	int failure = file_settle(&file);
	return failure ? refuse_output(options, file, failure) : code;
}

int options_settle_output(const struct options *options, int code)
{
	if (fflush(stdout) != 0 && !output_failure)
		output_failure = errno;
	if (!options_lost_output())
		return code;
	clearerr(stdout);
	return refuse_output(options, diag_code_text(STANDARD_OUTPUT, options->language),
		output_failure ? output_failure : EIO);
}

static void print_option(const struct options *options, const struct option *option)
{
	char *letter = option->letter ? g_strdup_printf("-%c, ", option->letter) : g_strdup("    ");
	char *name = g_strdup_printf("  %s--%s%s%s", letter, option->name, option->value ? " " : "",
		option->value ? option->value : "");
	printf("%-28s %s\n", name, diag_code_text(option->about, options->language));
	g_free(name);
	g_free(letter);
}

static const GOptionEntry no_entry = {0};

/* GLib writes flags as int and words on its heap; both are moved to where they belong. */
static GArray *entries_for(const struct option *all, size_t count, int *flags, char **words)
{
	GArray *entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
	for (size_t i = 0; i < count; i++) {
		GOptionEntry entry = no_entry;
		entry.long_name = all[i].name;
		entry.short_name = all[i].letter;
		entry.arg = all[i].flag ? G_OPTION_ARG_NONE : G_OPTION_ARG_FILENAME;
		entry.arg_data = all[i].flag ? (void *)&flags[i] : (void *)&words[i];
		g_array_append_val(entries, entry);
	}
	return entries;
}

static void keep_values(struct options *options, const struct option *all, size_t count,
	const int *flags, char **words)
{
	for (size_t i = 0; i < count; i++) {
		if (all[i].flag && flags[i])
			*all[i].flag = true;
		if (words[i])
			*all[i].word = arena_take(options->arena, words[i]);
	}
}

/* GLib names the option last in both of its messages; the rest of them is English only. */
static int refuse_option(const struct options *options, const GError *error)
{
	const char *space = strrchr(error->message, ' ');
	const char *name = space ? space + 1 : error->message;
	bool unknown = g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION);
	return options_refuse(options, unknown ? USAGE_UNKNOWN_OPTION : USAGE_NO_VALUE, name, NULL);
}

/* -j2 is -j 2: GLib wants the value apart. */
static char **split_letters(
	struct options *options, const struct option *all, size_t count, int *argc, char **argv)
{
	char **words = arena_array(options->arena, char *, (size_t)*argc * 2 + 1);
	int kept = 0;
	bool ended = false;
	for (int i = 0; i < *argc; i++) {
		char *word = argv[i];
		bool whole = true;
		ended |= strcmp(word, "--") == 0;
		for (size_t j = 0; j < count && !ended && word[0] == '-' && word[1] != '-'; j++)
			whole &= !(all[j].letter && all[j].word && word[1] == all[j].letter &&
				word[2]);
		if (!whole)
			words[kept++] = arena_copy_n(options->arena, word, 2);
		words[kept++] = whole ? word : word + 2;
	}
	*argc = kept;
	return words;
}

/* Nothing between quotation marks, as where a script's variable is unset. */
static int refuse_empty(const struct options *options, const struct option *all, size_t count,
	char **words, char **argv)
{
	for (size_t i = 0; i < count; i++)
		if (words[i] && !*words[i])
			return options_refuse(options, USAGE_EMPTY_VALUE, all[i].name, NULL);
	for (char **word = argv + 1; *argv && *word; word++)
		if (!**word && options->command)
			return options_refuse(options, USAGE_EMPTY_NAME, NULL);
	return OPTIONS_READ;
}

static int parse(
	struct options *options, const struct option *all, size_t count, int *argc, char ***argv)
{
	GOptionContext *context = g_option_context_new(NULL);
	int *flags = g_new0(int, count);
	char **words = g_new0(char *, count);
	GArray *entries = entries_for(all, count, flags, words);
	GError *error = NULL;
	int code = OPTIONS_READ;
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_strict_posix(context, !options->command);
	g_option_context_add_main_entries(context, (const GOptionEntry *)entries->data, NULL);
	if (!g_option_context_parse(context, argc, argv, &error))
		code = refuse_option(options, error);
	else
		code = refuse_empty(options, all, count, words, *argv);
	if (!error)
		keep_values(options, all, count, flags, words);
	if (*argc > 1 && strcmp((*argv)[1], "--") == 0) {
		(*argv)[1] = (*argv)[0];
		(*argv)++;
		(*argc)--;
	}
	g_clear_error(&error);
	g_array_unref(entries);
	g_free(words);
	g_free(flags);
	g_option_context_free(context);
	return code;
}

static int settle(struct options *options, const char *language)
{
	static const char *const stages[] = {"nodes", "edition", "report", "doc", NULL};
	if (language && strcmp(language, "zh") != 0 && strcmp(language, "en") != 0)
		return options_refuse(options, USAGE_BAD_VALUE, "--lang", language, "zh, en", NULL);
	if (language)
		options->language = strcmp(language, "en") == 0 ? LANGUAGE_EN : LANGUAGE_ZH;
	if (options->dump && !g_strv_contains(stages, options->dump))
		return options_refuse(options, USAGE_BAD_VALUE, "--dump", options->dump,
			"nodes, edition, report, doc", NULL);
	if (options->dump && !options->dumps)
		return options_refuse(options, USAGE_IDLE, "--dump", options->command, NULL);
	return OPTIONS_READ;
}

int options_read(struct options *options, const struct option *own, size_t own_count, int *argc,
	char ***argv)
{
	bool help = false;
	const char *language = NULL;
	const struct option common[] = {
		{"lang", 0, NULL, &language, "zh|en", ABOUT_LANG},
		{"templates", 0, NULL, &options->templates, "DIR", ABOUT_TEMPLATES},
		{"fonts", 0, NULL, &options->fonts, "DIR", ABOUT_FONTS},
		{"dump", 0, NULL, &options->dump, "STAGE", ABOUT_DUMP},
		{"help", 'h', &help, NULL, NULL, ABOUT_HELP},
	};
	size_t count = own_count + G_N_ELEMENTS(common);
	struct option *all = arena_array(options->arena, struct option, count);
	if (own_count)
		memcpy(all, own, own_count * sizeof *own);
	memcpy(all + own_count, common, sizeof common);
	*argv = split_letters(options, all, count, argc, *argv);
	int code = parse(options, all, count, argc, argv);
	if (code == OPTIONS_READ)
		code = settle(options, language);
	if (code != OPTIONS_READ || !help)
		return code;
	options->introduce(options);
	for (size_t i = 0; i < count; i++)
		if (options->dumps || all[i].word != &options->dump)
			print_option(options, &all[i]);
	return EXIT_PASSED;
}

int options_read_alone(
	struct options *options, const struct option *own, size_t own_count, int argc, char **argv)
{
	int code = options_read(options, own, own_count, &argc, &argv);
	if (code == OPTIONS_READ && argc > 1)
		return options_refuse(options, USAGE_NO_ARGUMENT, argv[1], NULL);
	return code;
}
