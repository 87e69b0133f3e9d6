/* nianbao explain ID: the rule, where it comes from, a wrong and a right example. */
#include "cli/catalogue.h"
#include "cli/judge.h"
#include "cli/reach.h"

#include "base/text.h"

#include <string.h>

/* Not what is only for Markdown, nor the first line, which the program knows itself. */
static bool is_printed(const char *line)
{
	return !g_str_has_prefix(line, "<!--") && !g_str_has_prefix(line, "**");
}

/* A page of docs/rules.md as plain text: code is indented and stands apart. */
static void print_page(const char *page)
{
	bool code = false, blank = false;
	for (const char *at = page; *at; at += strcspn(at, "\n"), at += *at == '\n') {
		int length = (int)strcspn(at, "\n");
		bool fence = g_str_has_prefix(at, "```");
		if (!is_printed(at))
			continue;
		code = code != fence;
		if ((length == 0 || (fence && code)) && !blank)
			printf("\n");
		if (length > 0 && !fence)
			printf("%s%.*s\n", code ? "    " : "", length, at);
		blank = length == 0 || (fence && (code || blank));
	}
}

static void print_rule(const struct options *options, const struct catalogue_entry *entry)
{
	const struct rule_about *rule = &entry->about;
	const char *severity = catalogue_severity(rule->severity, options->language);
	printf("%s  %s%s%s\n%s\n", rule->id, severity, *entry->editions ? "  " : "",
		entry->editions, rule->title);
	if (*entry->editions && rule->help)
		options_say(options, stdout, EXPLAIN_SOURCE, rule->help, NULL);
	else if (rule->help)
		printf("%s\n", rule->help);
	print_page(entry->page);
}

static int refuse_unknown(
	const struct options *options, const struct catalogue *catalogue, const char *id)
{
	const char **ids = arena_array(options->arena, const char *, catalogue->count + 1);
	for (size_t i = 0; i < catalogue->count; i++)
		ids[i] = catalogue->at[i].about.id;
	char *upper = g_ascii_strup(id, -1);
	const char *meant = text_nearest(upper, ids, catalogue->count);
	g_free(upper);
	return meant ? options_refuse(options, USAGE_RULE_NEAR, id, meant, NULL)
		     : options_refuse(options, USAGE_RULE_UNKNOWN, id, NULL);
}

int cmd_explain(struct options *options, int argc, char **argv)
{
	int code = options_read(options, NULL, 0, &argc, &argv);
	if (code != OPTIONS_READ)
		return code;
	reach_close(reach_new(options));
	const struct editions *editions = judge_editions(options);
	if (!editions)
		return EXIT_ENVIRONMENT;
	const struct catalogue *catalogue =
		catalogue_new(options->arena, editions, options->language);
	if (argc < 2)
		return options_refuse(options, USAGE_NO_RULE, NULL);
	for (int i = 1; i < argc; i++) {
		const struct catalogue_entry *entry = catalogue_find(catalogue, argv[i]);
		if (!entry)
			return refuse_unknown(options, catalogue, argv[i]);
		if (i > 1)
			printf("\n");
		print_rule(options, entry);
	}
	return EXIT_PASSED;
}
