/* --dump edition: the form as it was understood. */
#include "edition/edition.h"

#include "base/decimal.h"

static void dump_label(const struct label *label, size_t depth, GString *out)
{
	g_string_append_printf(out, "%*s%s", (int)(depth * 2), "", label->key);
	if (label->short_key)
		g_string_append_printf(out, " = %s", label->short_key);
	g_string_append_printf(out, " [%zu+%zu]", label->first_leaf, label->leaf_count);
	if (label->measure && !label->count)
		g_string_append_printf(out, " %s", label->measure->unit);
	if (label->total)
		g_string_append(out, " total");
	if (label->printed_only)
		g_string_append(out, " printed-only");
	g_string_append_c(out, '\n');
	for (size_t i = 0; i < label->count; i++)
		dump_label(label->children[i], depth + 1, out);
}

static void dump_side(const struct term *terms, size_t count, GString *out)
{
	for (size_t i = 0; i < count; i++) {
		if (terms[i].coefficient == DECIMAL_ONE)
			g_string_append_printf(out, " +%zu", terms[i].cell);
		else if (terms[i].coefficient == -DECIMAL_ONE)
			g_string_append_printf(out, " -%zu", terms[i].cell);
		else
			g_string_append_printf(out, " %+" G_GINT64_FORMAT "e-6*%zu",
				terms[i].coefficient, terms[i].cell);
	}
}

static void dump_rule(const struct rule *rule, GString *out)
{
	static const char *const senses[] = {"=", ">=", "<="};
	g_string_append_printf(
		out, "  rule %s %s\n", rule->name.id, severity_words[rule->name.severity]);
	for (size_t i = 0; i < rule->equation_count; i++) {
		const struct equation *equation = &rule->equations[i];
		g_string_append_printf(
			out, "    %s:", equation->subject ? equation->subject : "once");
		dump_side(equation->left, equation->left_count, out);
		g_string_append_printf(out, " %s", senses[equation->sense]);
		dump_side(equation->right, equation->right_count, out);
		g_string_append_printf(out, " at %zu\n", equation->pointed);
	}
}

static void dump_table(const struct table *table, GString *out)
{
	g_string_append_printf(out, "  %zu rows, %zu cells, %zu grid columns\n", table->row_count,
		table->cell_count, table->grid_columns);
	for (size_t i = 0; i < table->band_count; i++) {
		const struct band *band = &table->bands[i];
		g_string_append_printf(out, "  band from cell %zu %s\n", band->first_cell,
			band->heading ? band->heading : "");
		for (size_t j = 0; j < band->columns.root.count; j++)
			dump_label(band->columns.root.children[j], 2, out);
		g_string_append(out, "   by\n");
		for (size_t j = 0; j < band->rows.root.count; j++)
			dump_label(band->rows.root.children[j], 2, out);
	}
}

void edition_dump(const struct edition *edition, GString *out)
{
	g_string_append_printf(out, "%s %s %d-", edition->id, edition->notice, edition->first_year);
	if (edition->last_year)
		g_string_append_printf(out, "%d", edition->last_year);
	g_string_append_c(out, '\n');
	for (size_t i = 0; i < edition->section_count; i++) {
		const struct section *section = &edition->sections[i];
		g_string_append_printf(out, "%s\n", section->heading);
		if (section->table)
			dump_table(section->table, out);
		for (size_t j = 0; j < edition->rule_count; j++)
			if (edition->rules[j]->section == section)
				dump_rule(edition->rules[j], out);
	}
	g_string_append(out, "all\n");
	for (size_t i = 0; i < edition->rule_count; i++)
		if (!edition->rules[i]->section)
			dump_rule(edition->rules[i], out);
}
