/* Rules of a template: names, words, kinds; what a kind wants beside is its own affair. */
#include "edition/template_internal.h"

#include <string.h>

/* In the order of enum rule_kind; an equation has none: it `holds`. */
static const char *const kind_words[] = {"equation", "whole", "amount", "decimals", "unit", "blank",
	"blank-total", "mixed", "once", "share", "absent", "items", "empty", "length", "mention",
	"topics", "numbers", "notice", "year", "date", "residue", "punctuation", "prose", "carry",
	"running", "copy", "order", NULL};
static const char *const severity_words[] = {"note", "warning", "error", NULL};

static struct rule *load_rule(struct template_reader *reader, const struct node *node)
{
	static const char *const equation_keys[] = {
		"id", "severity", "source", "zh", "en", "each", "holds", "suspect", NULL};
	struct rule *rule = arena_new(reader->arena, struct rule);
	if (node->kind != NODE_MAP) {
		template_refuse(
			reader, diag_add(reader->diags, TEMPLATE_NOT_MAP, node->at, "id", NULL));
		return NULL;
	}
	bool equation = node_find(node, "holds") != NULL;
	if (equation && !template_keys(reader, node, equation_keys))
		return NULL;
	size_t kind = template_choice(reader, node, "kind", kind_words, RULE_EQUATION);
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
	if (!equation && kind == RULE_EQUATION) {
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
