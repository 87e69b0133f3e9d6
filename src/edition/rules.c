/* Rules of a template: names, words, kinds; what a kind wants beside is its own affair. */
#include "edition/template_internal.h"

#include <string.h>

/* In the order of enum rule_kind: what a template calls a kind, and what the kind's rules
 * say beside what all rules say. An equation is known by what it holds. */
static const struct {
	const char *word, *keys;
} kinds[] = {
	{"equation", "each holds suspect"},
	{"whole", ""},
	{"amount", ""},
	{"decimals", "most"},
	{"unit", "most"},
	{"blank", ""},
	{"blank-total", ""},
	{"mixed", ""},
	{"once", "rule row"},
	{"share", "part whole column most from"},
	{"absent", "row levels agencies"},
	{"items", "result base change rows"},
	{"empty", "sections nothing"},
	{"length", "section most"},
	{"mention", "section matter any wording"},
	{"topics", "section topics"},
	{"numbers", ""},
	{"notice", "notice about"},
	{"year", "year period"},
	{"date", "deadlines"},
	{"residue", "patterns"},
	{"punctuation", "patterns"},
	{"prose", "judges section grammar"},
	{"carry", "this last"},
	{"running", "result last plus minus"},
	{"copy", "section most"},
	{"order", ""},
};
_Static_assert(G_N_ELEMENTS(kinds) == RULE_ORDER + 1, "a kind without a word");
static const char *const severity_words[] = {"note", "warning", "error", NULL};

static size_t load_kind(struct template_reader *reader, const struct node *node)
{
	const char *words[G_N_ELEMENTS(kinds) + 1] = {NULL};
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		words[i] = kinds[i].word;
	return template_choice(reader, node, "kind", words, RULE_EQUATION);
}

static bool check_keys(struct template_reader *reader, const struct node *node, enum rule_kind kind)
{
	char *text = g_strdup_printf("id kind severity source zh en %s", kinds[kind].keys);
	char **keys = g_strsplit(g_strchomp(text), " ", -1);
	bool known = template_keys(reader, node, (const char *const *)keys);
	g_strfreev(keys);
	g_free(text);
	return known;
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
	rule->name.source = template_text(reader, node, "source", false);
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
