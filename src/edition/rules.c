/* Rules of a template: names, words, kinds; what a kind wants beside is its own affair. */
#include "edition/template_internal.h"

#include "edition/pattern.h"

#include <string.h>

#define ALL "id kind severity source zh en"

/* In the order of enum rule_kind: what a template calls a kind, and the keys of such a rule.
 * An equation is known by what it holds. */
static const struct {
	const char *word, *keys;
} kinds[] = {
	{"equation", ALL " each holds suspect"},
	{"whole", ALL},
	{"amount", ALL},
	{"decimals", ALL " most"},
	{"unit", ALL " most"},
	{"blank", ALL},
	{"blank-total", ALL},
	{"mixed", ALL},
	{"once", ALL " rule row"},
	{"share", ALL " part whole column most from"},
	{"absent", ALL " row levels agencies"},
	{"items", ALL " result base change rows"},
	{"empty", ALL " sections nothing"},
	{"length", ALL " section most"},
	{"mention", ALL " section matter any wording"},
	{"topics", ALL " section topics"},
	{"numbers", ALL},
	{"notice", ALL " notice about"},
	{"year", ALL " year period"},
	{"date", ALL " deadlines"},
	{"residue", ALL " patterns"},
	{"punctuation", ALL " patterns"},
	{"prose", ALL " judges section grammar"},
	{"carry", ALL " this last"},
	{"running", ALL " result last plus minus"},
	{"copy", ALL " section most"},
	{"order", ALL},
};
_Static_assert(G_N_ELEMENTS(kinds) == RULE_ORDER + 1, "a kind without a word");

static size_t load_kind(struct template_reader *reader, const struct node *node)
{
	const char *words[G_N_ELEMENTS(kinds) + 1] = {NULL};
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		words[i] = kinds[i].word;
	return template_choice(reader, node, "kind", words, RULE_EQUATION);
}

static bool check_keys(struct template_reader *reader, const struct node *node, enum rule_kind kind)
{
	return template_keys(reader, node, words_split(reader->arena, kinds[kind].keys));
}

/* Its English is written once a template, beside all others. */
static void load_source(
	struct template_reader *reader, const struct node *node, struct rule_name *name)
{
	const struct node *sources = node_find(reader->edition->node, "sources");
	const char *source = template_text(reader, node, "source", false);
	const char *english = NULL;
	if (source && sources)
		english = template_text(reader, sources, source, false);
	name->source[LANGUAGE_ZH] = source;
	name->source[LANGUAGE_EN] = english ? english : source;
}

static struct rule *load_rule(struct template_reader *reader, const struct node *node)
{
	struct rule *rule = arena_new(reader->arena, struct rule);
	size_t kind = node->kind == NODE_MAP ? load_kind(reader, node) : RULE_EQUATION;
	if (kind == G_N_ELEMENTS(kinds) || !check_keys(reader, node, (enum rule_kind)kind))
		return NULL;
	size_t severity = template_choice(reader, node, "severity", severity_words, SEVERITY_ERROR);
	rule->name.id = template_text(reader, node, "id", true);
	rule->name.severity = (enum severity)MIN(severity, SEVERITY_ERROR);
	load_source(reader, node, &rule->name);
	rule->name.rank = reader->rules->len;
	rule->kind = (enum rule_kind)kind;
	rule->title[LANGUAGE_ZH] = template_text(reader, node, "zh", true);
	rule->title[LANGUAGE_EN] = template_text(reader, node, "en", true);
	rule->node = node;
	rule->at = node->at;
	if (kind == RULE_EQUATION && !node_find(node, "holds")) {
		template_refuse(reader,
			diag_add(reader->diags, TEMPLATE_MISSING, node->at, "kind / holds", NULL));
		return NULL;
	}
	return rule->name.id ? rule : NULL;
}

static void check_id(struct template_reader *reader, const struct rule *rule)
{
	for (guint i = 0; i < reader->rules->len; i++) {
		const struct rule *other = reader->rules->pdata[i];
		if (strcmp(other->name.id, rule->name.id) != 0)
			continue;
		struct diag *diag = diag_add(reader->diags, TEMPLATE_RULE_TWICE,
			node_find(rule->node, "id")->at, rule->name.id, NULL);
		diag_relate(diag, node_find(other->node, "id")->at, other->name.id, NULL);
		template_refuse(reader, diag);
		return;
	}
}

#define RULES_MAX 1000

void rules_load(struct template_reader *reader, const struct node *list,
	const struct section *section, const struct table *table)
{
	for (size_t i = 0; list && i < list->count; i++) {
		if (reader->rules->len == RULES_MAX) {
			template_refuse(reader,
				diag_add(reader->diags, TEMPLATE_LIMIT, list->key_at, "rules",
					"1000", NULL));
			return;
		}
		struct rule *rule = load_rule(reader, list->children[i]);
		if (!rule)
			continue;
		rule->section = section;
		rule->table = table;
		check_id(reader, rule);
		g_ptr_array_add(reader->rules, rule);
		if (rule->kind != RULE_EQUATION)
			continue;
		if (table)
			equation_load(reader, rule);
		else
			template_refuse(reader,
				diag_add(reader->diags, TEMPLATE_RULE_PLACE, rule->at,
					rule->name.id, NULL));
	}
}
