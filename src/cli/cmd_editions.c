/* nianbao editions: what forms there are, and for which years. */
#include "cli/judge.h"
#include "cli/reach.h"

int cmd_editions(struct options *options, int argc, char **argv)
{
	int code = options_read_alone(options, NULL, 0, argc, argv);
	if (code != OPTIONS_READ)
		return code;
	reach_close(reach_new(options));
	const struct editions *editions = judge_editions(options);
	for (size_t i = 0; editions && i < editions->count; i++) {
		const struct edition *edition = editions_at(editions, i);
		const char *first = arena_print(options->arena, "%d", edition->first_year);
		const char *last = arena_print(options->arena, "%d", edition->last_year);
		printf("%-10s %s  ", edition->id, edition->notice);
		if (edition->last_year)
			options_say(options, stdout, EDITION_YEARS, first, last, NULL);
		else
			options_say(options, stdout, EDITION_YEARS_OPEN, first, NULL);
	}
	return editions ? EXIT_PASSED : EXIT_ENVIRONMENT;
}
