/* nianbao schema: the shape of a report file, for editors. */
#include "cli/judge.h"
#include "cli/reach.h"

#include "edition/offer/offer.h"

int cmd_schema(struct options *options, int argc, char **argv)
{
	const char *id = NULL;
	const struct option own[] = {{"edition", 0, NULL, &id, "E", ABOUT_EDITION}};
	int code = options_read_alone(options, own, G_N_ELEMENTS(own), argc, argv);
	if (code != OPTIONS_READ)
		return code;
	reach_close(reach_new(options));
	const struct editions *editions = judge_editions(options);
	if (!editions)
		return EXIT_ENVIRONMENT;
	const struct edition *only = id ? editions_find(editions, id) : NULL;
	if (id && !only)
		return options_refuse(options, USAGE_BAD_VALUE, "--edition", id,
			editions_ids(options->arena, editions, ", "), NULL);
	GString *out = g_string_new(NULL);
	editions_write_schema(editions, only, out);
	options_print(stdout, out);
	g_string_free(out, TRUE);
	return EXIT_PASSED;
}
