/* This year against last year: what was carried over, what runs on, what was copied. */
#include "check/check_internal.h"

#include <string.h>

/* The year before, of an agency; otherwise nothing of it can be compared. */
static const struct report *year_before(const struct audit *audit)
{
	const struct report *last = audit->options->previous;
	return last && last->year + 1 == audit->report->year ? last : NULL;
}

void check_order(const struct audit *audit, const struct rule *rule)
{
	const struct report *report = audit->report, *last = audit->options->previous;
	struct rule_name agency = rule->name;
	if (!last)
		return;
	if (last->year && report->year && last->year + 1 != report->year)
		diag_add_rule(audit->diags, &rule->name, PREVIOUS_YEAR, report->year_at,
			arena_print(audit->arena, "%d", last->year),
			arena_print(audit->arena, "%d", report->year - 1), NULL);
	agency.severity = SEVERITY_WARNING;
	if (last->agency.utf8 && report->agency.utf8 &&
		strcmp(text_fold(audit->arena, last->agency.utf8),
			text_fold(audit->arena, report->agency.utf8)) != 0)
		diag_add_rule(audit->diags, &agency, PREVIOUS_AGENCY, report->agency.at,
			last->agency.utf8, report->agency.utf8, NULL);
}

/* {this, last}: a row of this year's table equals, column by column, a row of last year's */
struct carry {
	struct row row;
	const char *last;
};

void *settings_carry(struct settings *settings)
{
	struct carry *carry = arena_new(settings->edition->arena, struct carry);
	carry->row = settings_row(settings, "this");
	carry->last = settings_text(settings, "last");
	return carry;
}

/* Last year's table of the same section; its edition may be another. */
static bool open_last(const struct audit *audit, const struct table *table, struct sheet *sheet)
{
	const struct report *last = year_before(audit);
	const struct section *section =
		last ? edition_section(last->edition, table->section->key) : NULL;
	if (!section || !section->table || !report_section(last, section)->figures)
		return false;
	*sheet = sheet_open(audit->arena, section->table, report_section(last, section)->figures);
	return true;
}

static bool is_comparable(const struct sheet *sheet, size_t cell)
{
	return sheet->figures[cell].state != FIGURE_MISSING && !sheet->unstated[cell];
}

struct pair {
	const struct sheet *now, *last;
	size_t now_cell, last_cell;
};

static void compare_carried(
	const struct audit *audit, const struct rule *rule, const struct pair *pair)
{
	const struct figure *now = &pair->now->figures[pair->now_cell];
	const struct figure *last = &pair->last->figures[pair->last_cell];
	if (!is_comparable(pair->now, pair->now_cell) ||
		!is_comparable(pair->last, pair->last_cell) || now->millionths == last->millionths)
		return;
	struct cell cell = table_cell_at(pair->now->table, pair->now_cell);
	struct cell before = table_cell_at(pair->last->table, pair->last_cell);
	struct diag *diag = diag_add_rule(audit->diags, &rule->name, CARRIED_OTHER, now->at,
		cell_name(audit, cell), decimal_print(audit->arena, now->millionths),
		cell_name(audit, before), decimal_print(audit->arena, last->millionths), NULL);
	diag->path = cell_path(audit->arena, cell);
	relate_cell(audit, pair->last, diag, pair->last_cell);
}

void check_carry(const struct audit *audit, const struct rule *rule)
{
	const struct carry *carry = rule->settings;
	const struct sheet *now = audit_sheet(audit, rule);
	struct sheet last;
	struct row row;
	if (!now || !open_last(audit, now->table, &last) ||
		!row_find(audit->arena, last.table, carry->last, &row))
		return;
	for (size_t i = carry->row.from; i < carry->row.to; i++) {
		const char *column = table_cell_at(now->table, i).column->key;
		size_t at = column_find(audit->arena, row.band, column);
		struct pair pair = {now, &last, i, row.from + at};
		if (at != NOT_FOUND)
			compare_carried(audit, rule, &pair);
	}
}

/* {result, last, plus, minus}: in each row, result = last year's columns + plus - minus */
struct running {
	const char *result;
	const char *const *last, *const *plus, *const *minus;
};

void *settings_running(struct settings *settings)
{
	struct running *running = arena_new(settings->edition->arena, struct running);
	running->result = settings_text(settings, "result");
	running->last = settings_words(settings, "last");
	running->plus = settings_words(settings, "plus");
	running->minus = settings_words(settings, "minus");
	return running;
}

/* A figure of this or last year that is added or subtracted. */
struct entry {
	const struct sheet *sheet;
	size_t cell;
	bool minus;
};

/* False where the row has no such column, or no figure there. */
static bool enter(GArray *entries, const struct audit *audit, const struct sheet *sheet,
	size_t row_start, const char *column)
{
	const struct band *band = table_cell_at(sheet->table, row_start).band;
	size_t at = column_find(audit->arena, band, column);
	struct entry entry = {sheet, row_start + at, false};
	if (at == NOT_FOUND || sheet->figures[entry.cell].state != FIGURE_GIVEN)
		return false;
	g_array_append_val(entries, entry);
	return true;
}

static bool enter_all(GArray *entries, const struct audit *audit, const struct sheet *sheet,
	size_t row_start, const char *const *columns)
{
	for (; *columns; columns++)
		if (!enter(entries, audit, sheet, row_start, *columns))
			return false;
	return true;
}

static bool enter_row(GArray *entries, const struct audit *audit, const struct running *running,
	const struct pair *rows)
{
	if (!enter_all(entries, audit, rows->last, rows->last_cell, running->last) ||
		!enter_all(entries, audit, rows->now, rows->now_cell, running->plus))
		return false;
	guint first = entries->len;
	bool whole = enter_all(entries, audit, rows->now, rows->now_cell, running->minus);
	for (guint i = first; i < entries->len; i++)
		g_array_index(entries, struct entry, i).minus = true;
	return whole;
}

static int64_t sum_entries(const GArray *entries)
{
	int64_t sum = 0;
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = &g_array_index(entries, struct entry, i);
		int64_t value = entry->sheet->figures[entry->cell].millionths;
		if (!decimal_add(sum, entry->minus ? -value : value, &sum))
			return INT64_MAX;
	}
	return sum;
}

/* 上年的现行有效件数 39 + 本年制发件数 8 */
static const char *say_entries(
	const struct audit *audit, const GArray *entries, const struct sheet *last)
{
	GString *said = g_string_new(NULL);
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = &g_array_index(entries, struct entry, i);
		struct cell cell = table_cell_at(entry->sheet->table, entry->cell);
		const char *name = column_name(audit, &cell);
		if (i > 0)
			g_string_append(said, entry->minus ? " − " : " + ");
		if (entry->sheet == last)
			name = diag_sentence(audit->diags, LAST_YEARS, name, NULL);
		g_string_append_printf(said, "%s %s", name,
			decimal_print(audit->arena, entry->sheet->figures[entry->cell].millionths));
	}
	return arena_take(audit->arena, g_string_free(said, FALSE));
}

static void compare_running(const struct audit *audit, const struct rule *rule,
	const struct pair *rows, const GArray *entries)
{
	const struct running *running = rule->settings;
	const struct band *band = table_cell_at(rows->now->table, rows->now_cell).band;
	size_t index = rows->now_cell + column_find(audit->arena, band, running->result);
	const struct figure *figure = &rows->now->figures[index];
	struct cell cell = table_cell_at(rows->now->table, index);
	int64_t sum = sum_entries(entries);
	if (figure->state != FIGURE_GIVEN || figure->millionths == sum)
		return;
	struct diag *diag = diag_add_rule(audit->diags, &rule->name, RUNNING_OTHER, figure->at,
		cell_name(audit, cell), decimal_print(audit->arena, figure->millionths),
		say_entries(audit, entries, rows->last), decimal_print(audit->arena, sum), NULL);
	diag->path = cell_path(audit->arena, cell);
	for (guint i = 0; i < entries->len; i++) {
		const struct entry *entry = &g_array_index(entries, struct entry, i);
		relate_cell(audit, entry->sheet, diag, entry->cell);
	}
}

/* Only within one form: the columns of the two forms count different things. */
void check_running(const struct audit *audit, const struct rule *rule)
{
	const struct running *running = rule->settings;
	const struct sheet *now = audit_sheet(audit, rule);
	struct sheet last;
	if (!now || !open_last(audit, now->table, &last) || last.table != now->table)
		return;
	for (size_t i = 0; i < now->table->cell_count;
		i += table_cell_at(now->table, i).band->columns.leaf_count) {
		const struct band *band = table_cell_at(now->table, i).band;
		struct pair rows = {now, &last, i, i};
		GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
		if (column_find(audit->arena, band, running->result) != NOT_FOUND &&
			enter_row(entries, audit, running, &rows))
			compare_running(audit, rule, &rows, entries);
		g_array_unref(entries);
	}
}

/* {section, most}: so many per cent of a text's pairs of characters may stand in last year's */
struct copy {
	const struct section *section;
	int64_t most; /* per cent, millionths */
};

void *settings_copy(struct settings *settings)
{
	struct copy *copy = arena_new(settings->edition->arena, struct copy);
	copy->section = settings_section(settings, "section");
	copy->most = settings_number(settings, "most");
	return copy;
}

struct pairs {
	GHashTable *known;
	bool counts; /* look pairs up instead of adding them */
	int64_t seen, found;
};

static void take_pair(struct pairs *pairs, gunichar first, gunichar second)
{
	gint64 pair = ((gint64)first << 32) | second;
	if (!pairs->counts) {
		gint64 *key = g_new(gint64, 1);
		*key = pair;
		g_hash_table_add(pairs->known, key);
		return;
	}
	pairs->seen++;
	pairs->found += g_hash_table_contains(pairs->known, &pair);
}

static void take_pairs(struct pairs *pairs, const struct text *text)
{
	for (size_t i = 0; i < text->count; i++) {
		const struct passage *passage = &text->passages[i];
		gunichar before = 0;
		for (const char *at = passage->utf8; at && *at; at = g_utf8_next_char(at)) {
			gunichar now = g_utf8_get_char(at);
			if (text_is_space(now))
				continue;
			if (before)
				take_pair(pairs, before, now);
			before = now;
		}
	}
}

void check_copy(const struct audit *audit, const struct rule *rule)
{
	const struct copy *copy = rule->settings;
	const struct report *last = year_before(audit);
	const struct section *section =
		last ? edition_section(last->edition, copy->section->key) : NULL;
	const struct text *text = &report_section(audit->report, copy->section)->text;
	if (!section)
		return;
	struct pairs pairs = {
		g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL), false, 0, 0};
	take_pairs(&pairs, &report_section(last, section)->text);
	pairs.counts = true;
	take_pairs(&pairs, text);
	g_hash_table_unref(pairs.known);
	int64_t share = pairs.seen > 0 ? pairs.found * 100 / pairs.seen : 0;
	if (pairs.seen > 0 && share * DECIMAL_ONE >= copy->most)
		diag_add_rule(audit->diags, &rule->name, SECTION_COPIED,
			section_place(audit, copy->section), copy->section->key,
			decimal_print(audit->arena, share * DECIMAL_ONE), NULL);
}
