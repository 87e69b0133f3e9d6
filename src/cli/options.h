/*
 * The command line: words to options, a table of commands, exit codes. Knows argv; calls
 * each folder by its header and refuses to know its inside.
 */
#ifndef NIANBAO_CLI_OPTIONS_H
#define NIANBAO_CLI_OPTIONS_H

#include "check/check.h"

enum exit_code { EXIT_PASSED = 0, EXIT_REJECTED = 1, EXIT_USAGE = 2, EXIT_ENVIRONMENT = 3 };

/* What every command takes. */
struct options {
	enum language language;
	const char *templates; /* --templates DIR; NULL: built in */
	const char *fonts; /* --fonts DIR; NULL: NIANBAO_FONTS or none */
	const char *dump; /* --dump nodes|edition|report|doc; or NULL */
	const char *data_directory; /* where fonts/roles.yaml is: beside the program */
};

/* Runs `nianbao COMMAND …` and says what the process is to return. */
int command_run(int argc, char **argv);

/* One cmd_*.c each. `argv` begins with the command's name. */
int cmd_check(const struct options *options, int argc, char **argv);
int cmd_render(const struct options *options, int argc, char **argv);
int cmd_fonts(const struct options *options, int argc, char **argv);
int cmd_editions(const struct options *options, int argc, char **argv);

#endif
