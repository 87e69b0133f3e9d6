/* nianbao rules: every id with its severity and what it asks for. */
#include "cli/catalogue.h"
#include "cli/judge.h"
#include "cli/reach.h"

#include "base/text.h"

#include <string.h>

static void print_padded(const char *text, size_t width)
{
	size_t own = text_width(text, strlen(text));
	printf("%s%*s", text, own < width ? (int)(width - own) : 0, "");
}

int cmd_rules(struct options *options, int argc, char **argv)
{
	int code = options_read_alone(options, NULL, 0, argc, argv);
	if (code != OPTIONS_READ)
		return code;
	reach_close(reach_new(options));
	const struct editions *editions = judge_editions(options);
	if (!editions)
		return EXIT_ENVIRONMENT;
	const struct catalogue *catalogue =
		catalogue_new(options->arena, editions, options->language);
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct rule_about *rule = &catalogue->at[i].about;
		print_padded(rule->id, 18);
		print_padded(catalogue_severity(rule->severity, options->language), 8);
		printf("%s\n", rule->title);
	}
	return EXIT_PASSED;
}
