/*
 * The command line: words to options, a table of commands, exit codes. Knows argv; calls
 * each folder by its header and refuses to know its inside.
 */
#ifndef NIANBAO_CLI_OPTIONS_H
#define NIANBAO_CLI_OPTIONS_H

#include "diag/diag.h"

#include <stdio.h>

enum exit_code { EXIT_PASSED = 0, EXIT_REJECTED = 1, EXIT_USAGE = 2, EXIT_ENVIRONMENT = 3 };

/* What every command takes, before or after its name. */
struct options {
	struct arena *arena; /* of the whole run */
	enum language language;
	const char *templates; /* --templates DIR; NULL: built in */
	const char *fonts; /* --fonts DIR, else NIANBAO_FONTS; NULL: neither */
	const char *dump; /* --dump nodes|edition|report|doc; or NULL */
	const char *data_directory; /* the folder that holds fonts/ (roles.yaml and the files) */
	const char *command; /* its name, for messages; NULL before it is known */
	bool dumps; /* whether the command has stages to print; true before it is known */
	/* What --help prints above the list of options; set by command_run. */
	void (*introduce)(const struct options *options);
};

/* An option of one command: a flag, or a word that follows it. */
struct option {
	const char *name; /* strict: for --strict */
	char letter; /* o: for -o; 0: none */
	bool *flag; /* set to true; or NULL and */
	const char **word; /* set to what follows */
	const char *value; /* how help names that word: DIR, N; NULL for a flag */
	enum diag_code about; /* its line in --help */
};

#define OPTIONS_READ (-1)

/* Takes the options, common ones and `own`, out of argv (GLib's rules: anywhere, `--` ends
 * them), so that argv[1] to argv[argc - 1] are the files. Returns OPTIONS_READ, or the exit
 * code where --help was answered or a usage error was said. Words live in the arena. */
int options_read(struct options *options, const struct option *own, size_t own_count, int *argc,
	char ***argv);
/* The same for a command that takes nothing but options. */
int options_read_alone(
	struct options *options, const struct option *own, size_t own_count, int argc, char **argv);
/* A usage error: the sentence on standard error, with the way to --help; returns EXIT_USAGE. */
int options_refuse(const struct options *options, enum diag_code code, ...)
	__attribute__((sentinel));
/* OPTIONS_READ, or EXIT_USAGE with a sentence: whether --agency can be a name (NULL can). */
int options_check_agency(const struct options *options, const char *agency);
/* The sentence and a line end. */
void options_say(const struct options *options, FILE *to, enum diag_code code, ...)
	__attribute__((sentinel));

/* Writes a file ("-": standard output); EXIT_PASSED, or EXIT_ENVIRONMENT with IO-WRITE on
 * standard error. */
int options_write(const struct options *options, const char *path, const GString *text);
/* What a command has to say. That it couldn't be written is found at the end of the run. */
void options_print(FILE *to, const GString *text);
bool options_lost_output(void);
/* `code`, or EXIT_ENVIRONMENT where what this process has written isn't on the disk for good:
 * then the sentence is on standard error. */
int options_settle_files(const struct options *options, int code);
/* `code`, or EXIT_ENVIRONMENT where standard output didn't take all that was printed, as a full
 * disk or a closed pipe: then the sentence is on standard error. */
int options_settle_output(const struct options *options, int code);

/* Runs `nianbao COMMAND …` and says what the process is to return. */
int command_run(int argc, char **argv);

/* One cmd_*.c each, one row in commands.c. `argv` begins with the command's name. */
int cmd_check(struct options *options, int argc, char **argv);
int cmd_render(struct options *options, int argc, char **argv);
int cmd_extract(struct options *options, int argc, char **argv);
int cmd_fonts(struct options *options, int argc, char **argv);
int cmd_sum(struct options *options, int argc, char **argv);
int cmd_diff(struct options *options, int argc, char **argv);
int cmd_editions(struct options *options, int argc, char **argv);
int cmd_new(struct options *options, int argc, char **argv);
int cmd_schema(struct options *options, int argc, char **argv);
int cmd_rules(struct options *options, int argc, char **argv);
int cmd_explain(struct options *options, int argc, char **argv);

#endif
