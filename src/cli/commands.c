/* The table of commands, and what is known before any of them runs. */
#include "cli/options.h"

#include "cli/ending.h"
#include "cli/reach.h"

#include <string.h>

static const struct {
	const char *name;
	int (*run)(struct options *options, int argc, char **argv);
	enum diag_code about, usage;
	bool dumps; /* takes --dump */
} commands[] = {
	{"check", cmd_check, ABOUT_CHECK, USAGE_CHECK, true},
	{"render", cmd_render, ABOUT_RENDER, USAGE_RENDER, true},
	{"extract", cmd_extract, ABOUT_EXTRACT, USAGE_EXTRACT, false},
	{"fonts", cmd_fonts, ABOUT_LIST_FONTS, USAGE_LIST_FONTS, false},
	{"sum", cmd_sum, ABOUT_SUM, USAGE_SUM, false},
	{"new", cmd_new, ABOUT_NEW, USAGE_NEW, false},
	{"diff", cmd_diff, ABOUT_DIFF, USAGE_DIFF, false},
	{"schema", cmd_schema, ABOUT_SCHEMA, USAGE_SCHEMA, false},
	{"editions", cmd_editions, ABOUT_EDITIONS, USAGE_EDITIONS, false},
	{"rules", cmd_rules, ABOUT_RULES, USAGE_RULES, false},
	{"explain", cmd_explain, ABOUT_EXPLAIN, USAGE_EXPLAIN, false},
};

/* LC_ALL, LC_MESSAGES, LANG: the first that is set decides, and only English asks for it. */
static enum language language_of_environment(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = g_getenv(names[i]);
		if (value && *value)
			return g_str_has_prefix(value, "en") ? LANGUAGE_EN : LANGUAGE_ZH;
	}
	return LANGUAGE_ZH;
}

/* Messages about the options themselves must be in the language that they ask for. */
static enum language language_asked(int argc, char **argv)
{
	enum language language = language_of_environment();
	for (int i = 1; i < argc; i++) {
		const char *value = NULL;
		if (strcmp(argv[i], "--") == 0)
			break;
		if (g_str_has_prefix(argv[i], "--lang="))
			value = argv[i] + strlen("--lang=");
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			value = argv[i + 1];
		if (value)
			language = strcmp(value, "en") == 0 ? LANGUAGE_EN : LANGUAGE_ZH;
	}
	return language;
}

/* A build tree has fonts/ above the program; an installed one has share/nianbao beside bin. */
static const char *find_data(struct arena *arena)
{
	char *program = g_file_read_link("/proc/self/exe", NULL);
	if (!program)
		return ".";
	char *folder = g_path_get_dirname(program);
	char *above = g_path_get_dirname(folder);
	char *installed = g_build_filename(above, "share", "nianbao", NULL);
	char *roles = g_build_filename(installed, "fonts", "roles.yaml", NULL);
	const char *data =
		arena_copy(arena, g_file_test(roles, G_FILE_TEST_EXISTS) ? installed : above);
	g_free(roles);
	g_free(installed);
	g_free(above);
	g_free(folder);
	g_free(program);
	return data;
}

static void print_commands(const struct options *options)
{
	options_say(options, stdout, USAGE_PROGRAM, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		printf("  %-10s %s\n", commands[i].name,
			diag_code_text(commands[i].about, options->language));
	options_say(options, stdout, USAGE_OPTIONS, NULL);
}

static void print_usage(const struct options *options)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (strcmp(commands[i].name, options->command) == 0)
			options_say(options, stdout, commands[i].usage, NULL);
	options_say(options, stdout, USAGE_OPTIONS, NULL);
}

static int run(struct options *options, int argc, char **argv)
{
	for (size_t i = 0; argc > 0 && i < G_N_ELEMENTS(commands); i++) {
		if (strcmp(commands[i].name, argv[0]) != 0)
			continue;
		options->command = commands[i].name;
		options->introduce = print_usage;
		options->dumps = commands[i].dumps;
		return commands[i].run(options, argc, argv);
	}
	return argc > 0 ? options_refuse(options, USAGE_UNKNOWN_COMMAND, argv[0], NULL)
			: options_refuse(options, USAGE_NO_COMMAND, NULL);
}

int command_run(int argc, char **argv)
{
	enum language language = language_asked(argc, argv);
	ending_prepare(language);
	struct arena *arena = arena_open();
	struct options options = {
		.arena = arena, .language = language, .introduce = print_commands, .dumps = true};
	bool version = false;
	const struct option own[] = {{"version", 0, &version, NULL, NULL, ABOUT_VERSION}};
	options.fonts = g_getenv("NIANBAO_FONTS");
	options.data_directory = find_data(arena);
	int code = options_read(&options, own, G_N_ELEMENTS(own), &argc, &argv);
	if (version) {
		printf("nianbao %s\n", NIANBAO_VERSION);
		reach_close_and_tell(reach_new(&options));
		code = EXIT_PASSED;
	}
	if (code == OPTIONS_READ)
		code = run(&options, argc - 1, argv + 1);
	code = options_settle_files(&options, code);
	code = options_settle_output(&options, code);
	arena_close(arena);
	return code;
}
