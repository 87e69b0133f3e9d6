/*
 * A regular expression of a template, over text that was prepared for it: words of the
 * template and marks of the preparation stand in braces, `{time}`, `{count}`; `{0,6}` counts.
 * Knows limits and when compiling is worth it; refuses to know what is looked for.
 */
#ifndef NIANBAO_EDITION_PATTERN_H
#define NIANBAO_EDITION_PATTERN_H

#include "base/lexicon.h"
#include "yaml/node.h"

/* Names that stand for one control character, which no text of a report holds. */
struct pattern_mark {
	const char *name;
	char sign;
};

struct pattern_words {
	const struct node *map; /* of the template: name to expression; or NULL */
	/* Ended by a name NULL. NULL: a brace is the expression's own. */
	const struct pattern_mark *marks;
	struct lexicon *lexicon; /* what patterns need is added to it; or NULL */
};

struct pattern {
	const char *expression; /* of the template; NULL: what it needs is enough */
	struct pattern_words words; /* to be put in where it is compiled */
	uint32_t limit; /* of the matcher's steps */
	const char *const *needs, *const *also; /* one of each is in the text; none: no condition */
	uint64_t list, also_list; /* their bits in the lexicon */
	bool begins; /* a match begins with what it needs */
	uint64_t beginnings; /* bits of their first characters */
	struct regex *regex; /* NULL until the first text that has what it needs */
	bool unusable; /* didn't compile: pattern_compile said so */
	struct arena *arena; /* of the template; the regex ends with it */
	struct span at;
};

/* What a pattern is looked for in. */
struct prey {
	const char *utf8;
	size_t length;
	uint64_t holds; /* lists of the lexicon; LEXICON_ALL: it hasn't been searched */
	bool *unread; /* set where a pattern gave up, so that nobody knows; or NULL */
};

/* The words of a text, parted by spaces; NULL-ended. */
const char *const *words_split(struct arena *arena, const char *text);

/* Reads `{pattern: …, needs: 甲 乙}`, where either may be left out, `{pattern: …, begins: 甲 乙}`,
 * where every match begins with one of these, each with another list that it needs, `also: 丙`,
 * or a scalar that is the expression alone. What is wrong is a TEMPLATE-PATTERN finding blamed on
 * the environment, and the result false; of the expression itself, pattern_compile says it. */
bool pattern_load(struct pattern *pattern, struct arena *arena, const struct node *node,
	const struct pattern_words *words, struct diags *diags);

/* Compiles now, for a test of the template; false, with a finding, if it is wrong. */
bool pattern_compile(struct pattern *pattern, struct diags *diags);
/* Appends one that is compiled as the build keeps it (builtin.h); false if it can't. */
bool pattern_pack(const struct pattern *pattern, GString *out);

/* False if nothing that it needs is in the text: it can't match there. */
bool pattern_may_match(const struct pattern *pattern, const struct prey *prey);

struct pattern_stretch {
	size_t from, to;
};
/* Whether it occurs in a text of any length. */
bool pattern_occurs(struct pattern *pattern, const struct prey *prey);
/* The next place of it behind `*stretch`, which is {0, 0} at first; false if there is none, or
 * it has no expression. */
bool pattern_next(
	struct pattern *pattern, const struct prey *prey, struct pattern_stretch *stretch);
/* A group by its name, as long as no other pattern is matched; both 0 if it took no part. */
struct pattern_stretch pattern_group(const struct pattern *pattern, const char *name);

/* Offsets of the named capture `capture` (NULL: of the whole match) are set if it took part,
 * else both are 0. Gives up, and says so (prey), on texts over PATTERN_TEXT_MAX bytes and where
 * the matcher's limit is reached: the cost of a text is linear in its length. */
#define PATTERN_TEXT_MAX 600
bool pattern_match(struct pattern *pattern, const struct prey *prey, const char *capture,
	struct pattern_stretch *stretch);

#endif
