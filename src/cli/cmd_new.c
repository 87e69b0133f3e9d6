/* nianbao new: an empty report, complete and commented. */
#include "cli/judge.h"
#include "cli/reach.h"

#include "edition/offer/offer.h"

#include <stdlib.h>
#include <string.h>

struct new_words {
	const char *edition, *agency, *year, *level;
};

/* --edition, else the year's, else the newest. */
static const struct edition *choose(
	const struct editions *editions, const struct new_words *words, int year)
{
	if (words->edition)
		return editions_find(editions, words->edition);
	return year ? editions_for_year(editions, year)
		    : editions_at(editions, editions->count - 1);
}

static int write_blank(const struct edition *edition, const struct blank *blank)
{
	GString *out = g_string_new(NULL);
	edition_write_blank(edition, blank, out);
	options_print(stdout, out);
	g_string_free(out, TRUE);
	return EXIT_PASSED;
}

static int answer(struct options *options, const struct new_words *words)
{
	struct blank blank = {words->agency, words->level, 0, options->language};
	const struct editions *editions = judge_editions(options);
	if (!editions)
		return EXIT_ENVIRONMENT;
	if (words->year) {
		if (strlen(words->year) != 4 || strspn(words->year, "0123456789") != 4)
			return options_refuse(options, USAGE_BAD_YEAR, words->year, NULL);
		blank.year = (int)g_ascii_strtoll(words->year, NULL, 10);
	}
	const struct edition *edition = choose(editions, words, blank.year);
	if (!edition && words->edition)
		return options_refuse(options, USAGE_BAD_VALUE, "--edition", words->edition,
			editions_ids(options->arena, editions, ", "), NULL);
	if (!edition)
		return options_refuse(options, USAGE_NO_EDITION, words->year, NULL);
	if (blank.year && !edition_covers(edition, blank.year))
		return options_refuse(options, USAGE_EDITION_YEAR, words->year, edition->id, NULL);
	int code = options_check_agency(options, blank.agency);
	if (code != OPTIONS_READ)
		return code;
	if (blank.level && !g_strv_contains(edition->levels, blank.level))
		return options_refuse(options, USAGE_BAD_VALUE, "--level", blank.level,
			arena_join(options->arena, edition->levels, ", "), NULL);
	return write_blank(edition, &blank);
}

int cmd_new(struct options *options, int argc, char **argv)
{
	struct new_words words = {0};
	const struct option own[] = {
		{"edition", 0, NULL, &words.edition, "E", ABOUT_EDITION},
		{"agency", 0, NULL, &words.agency, "NAME", ABOUT_AGENCY},
		{"year", 0, NULL, &words.year, "YYYY", ABOUT_YEAR},
		{"level", 0, NULL, &words.level, "LEVEL", ABOUT_LEVEL},
	};
	int code = options_read_alone(options, own, G_N_ELEMENTS(own), argc, argv);
	if (code != OPTIONS_READ)
		return code;
	reach_close(reach_new(options));
	return answer(options, &words);
}
