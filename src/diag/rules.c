/* The table of rules.def, in one language. */
#include "diag/rules.h"

#include <string.h>

static const struct {
	const char *id;
	enum severity severity;
	const char *title[2], *help[2];
} fixed[] = {
#define RULE(id, severity, zh, en, zh_help, en_help) {id, severity, {zh, en}, {zh_help, en_help}},
#include "diag/rules.def"
#undef RULE
};

struct rule_list rules_fixed(struct arena *arena, enum language language)
{
	struct rule_about *rules = arena_array(arena, struct rule_about, G_N_ELEMENTS(fixed));
	for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
		rules[i] = (struct rule_about){fixed[i].id, fixed[i].severity,
			fixed[i].title[language], fixed[i].help[language]};
	return (struct rule_list){rules, G_N_ELEMENTS(fixed)};
}

const struct rule_about *rules_find(const struct rule_list *rules, const char *id)
{
	for (size_t i = 0; i < rules->count; i++)
		if (strcmp(rules->at[i].id, id) == 0)
			return &rules->at[i];
	return NULL;
}
