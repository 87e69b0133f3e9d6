/* nianbao: argv to an exit code, and nothing else. */
#include "cli/options.h"

int main(int argc, char **argv)
{
	return command_run(argc, argv);
}
