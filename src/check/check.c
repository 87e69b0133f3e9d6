/* The table of kinds of rule, and one run over a report. */
#include "check/check_internal.h"

#include <string.h>

static const struct kind {
	settings_load *load; /* NULL: the kind has no settings */
	check_run *run;
} kinds[] = {
	[RULE_EQUATION] = {NULL, check_equations},
	[RULE_WHOLE] = {NULL, check_whole},
	[RULE_AMOUNT] = {NULL, check_amounts},
	[RULE_DECIMALS] = {settings_amount, check_decimals},
	[RULE_UNIT] = {settings_amount, check_units},
	[RULE_BLANK] = {NULL, check_blanks},
	[RULE_BLANK_TOTAL] = {NULL, check_blank_totals},
	[RULE_MIXED] = {NULL, check_mixed},
	[RULE_ONCE] = {settings_once, check_once},
	[RULE_SHARE] = {settings_share, check_share},
	[RULE_ABSENT] = {settings_absent, check_absent},
	[RULE_ITEMS] = {settings_items, check_items},
	[RULE_EMPTY] = {settings_empty, check_empty},
	[RULE_LENGTH] = {settings_length, check_length},
	[RULE_MENTION] = {settings_mention, check_mention},
	[RULE_TOPICS] = {settings_topics, check_topics},
	[RULE_NUMBERS] = {NULL, check_numbers},
	[RULE_NOTICE] = {settings_notice, check_notice},
	[RULE_YEAR] = {settings_years, check_years},
	[RULE_DATE] = {settings_date, check_date},
	[RULE_RESIDUE] = {settings_residue, check_residue},
	[RULE_PUNCTUATION] = {settings_residue, check_punctuation},
	[RULE_PROSE] = {settings_prose, check_prose},
	[RULE_CARRY] = {settings_carry, check_carry},
	[RULE_RUNNING] = {settings_running, check_running},
	[RULE_COPY] = {settings_copy, check_copy},
	[RULE_ORDER] = {NULL, check_order},
};

static size_t section_index(const struct edition *edition, const struct section *section)
{
	return (size_t)(section - edition->sections);
}

const struct sheet *audit_sheet(const struct audit *audit, const struct rule *rule)
{
	if (!rule->table)
		return NULL;
	size_t index = section_index(audit->report->edition, rule->table->section);
	const struct sheet *sheet = &audit->sheets[index];
	return sheet->figures ? sheet : NULL;
}

struct sheet sheet_open(
	struct arena *arena, const struct table *table, const struct figure *figures)
{
	struct sheet sheet = {.table = table, .figures = figures};
	sheet.unstated = arena_array(arena, bool, table->cell_count);
	sheet_mark_unstated(&sheet);
	sheet_weigh(&sheet, arena);
	return sheet;
}

static void open_sheets(struct audit *audit)
{
	const struct edition *edition = audit->report->edition;
	audit->sheets = arena_array(audit->arena, struct sheet, edition->section_count);
	for (size_t i = 0; i < edition->section_count; i++) {
		const struct table *table = edition->sections[i].table;
		const struct figure *figures = audit->report->sections[i].figures;
		if (table && figures)
			audit->sheets[i] = sheet_open(audit->arena, table, figures);
	}
}

/* Settings live as long as the edition and are loaded when a rule is first needed. */
static bool load(const struct edition *edition, struct rule *rule, struct diags *diags)
{
	settings_load *load_kind = kinds[rule->kind].load;
	if (!load_kind || rule->settings)
		return true;
	struct settings settings = {edition, diags, rule, true};
	void *loaded = load_kind(&settings);
	if (settings.sound)
		rule->settings = loaded;
	return settings.sound;
}

bool check_editions(const struct editions *editions, struct diags *diags)
{
	bool sound = true;
	for (size_t i = 0; i < editions->count; i++) {
		const struct edition *edition = editions_at(editions, i);
		for (size_t j = 0; j < edition->rule_count; j++)
			sound = load(edition, edition->rules[j], diags) && sound;
	}
	return sound;
}

void check_report(
	const struct report *report, const struct check_options *options, struct diags *diags)
{
	struct audit audit = {report, options, diags->arena, diags, NULL};
	const struct edition *edition = report->edition;
	bool *loaded = arena_array(audit.arena, bool, edition->rule_count);
	for (size_t i = 0; i < edition->rule_count; i++)
		loaded[i] = kinds[edition->rules[i]->kind].run &&
			load(edition, edition->rules[i], diags);
	texts_search(&audit); /* settings hold what is looked for */
	open_sheets(&audit);
	check_clock(&audit);
	for (size_t i = 0; i < edition->rule_count; i++)
		if (loaded[i])
			kinds[edition->rules[i]->kind].run(&audit, edition->rules[i]);
	texts_say_unread(&audit);
}

const char *row_name(const struct audit *audit, const struct cell *cell)
{
	return leaf_name(audit->arena, cell->band, cell->row);
}

const char *column_name(const struct audit *audit, const struct cell *cell)
{
	return leaf_name(audit->arena, cell->band, cell->column);
}

const char *cell_name(const struct audit *audit, struct cell cell)
{
	return cell_short_name(audit->arena, cell);
}

void relate_cell(
	const struct audit *audit, const struct sheet *sheet, struct diag *diag, size_t index)
{
	const struct figure *figure = &sheet->figures[index];
	struct cell cell = table_cell_at(sheet->table, index);
	const char *name = cell_name(audit, cell);
	const char *message = figure->state == FIGURE_BLANK
		? diag_sentence(audit->diags, CELL_IS_BLANK, name, NULL)
		: diag_sentence(audit->diags, CELL_IS, name,
			  decimal_print(audit->arena, figure->millionths), NULL);
	diag_relate(diag, figure->at, message, cell_path(audit->arena, cell));
}
