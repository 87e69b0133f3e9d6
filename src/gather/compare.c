/* Cells of two reports matched by their names; differences in exact decimals. */
#include "gather/compare.h"

#include "base/decimal.h"
#include "base/text.h"

#define JUMP_TENTHS 500

static const char *cell_name(struct arena *arena, struct cell cell)
{
	return text_fold(arena, arena_join(arena, cell_path(arena, cell), "/"));
}

/* The name of a cell in the form before, where its column had another label; or NULL. */
static const char *former_name(struct arena *arena, struct cell cell)
{
	if (!cell.column->formerly)
		return NULL;
	const char **path = (const char **)cell_path(arena, cell);
	path[g_strv_length((char **)path) - 1] = cell.column->formerly;
	return text_fold(arena, arena_join(arena, path, "/"));
}

static const struct figure *figure_before(struct arena *arena, struct cell cell, GHashTable *last)
{
	const struct figure *figure = g_hash_table_lookup(last, cell_name(arena, cell));
	const char *former = figure ? NULL : former_name(arena, cell);
	return former ? g_hash_table_lookup(last, former) : figure;
}

/* Names of all cells of a report to their figures. */
static GHashTable *index_figures(struct arena *arena, const struct report *report)
{
	GHashTable *by_name = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < report->edition->section_count; i++) {
		const struct table *table = report->edition->sections[i].table;
		for (size_t cell = 0; table && cell < table->cell_count; cell++)
			g_hash_table_insert(by_name,
				(char *)cell_name(arena, table_cell_at(table, cell)),
				(struct figure *)report_figure(report, table, cell));
	}
	return by_name;
}

static bool is_number(const struct figure *figure)
{
	return figure && figure->state != FIGURE_MISSING;
}

static int64_t percent_tenths(int64_t change, int64_t last)
{
	__extension__ __int128 scaled = (__int128)change * 1000;
	__extension__ __int128 half = last < 0 ? -(__int128)last / 2 : last / 2;
	__extension__ __int128 size = last < 0 ? -(__int128)last : last;
	return (int64_t)((scaled < 0 ? scaled - half : scaled + half) / size);
}

static void measure_change(struct difference *difference)
{
	int64_t last = difference->last->millionths, now = difference->now->millionths;
	difference->known = decimal_add(now, -last, &difference->change);
	if (!difference->known || difference->change == 0)
		return;
	int64_t size = difference->change < 0 ? -difference->change : difference->change;
	if (last != 0) {
		difference->has_percent = true;
		difference->percent_tenths = percent_tenths(difference->change, last);
	}
	int64_t tenths = difference->percent_tenths;
	difference->jump = size >= JUMP_LEAST * DECIMAL_ONE &&
		(last == 0 || tenths >= JUMP_TENTHS || tenths <= -JUMP_TENTHS);
}

static void compare_table(struct arena *arena, struct comparison *comparison,
	const struct table *table, GHashTable *last)
{
	for (size_t i = 0; i < table->cell_count; i++) {
		struct difference *difference = &comparison->at[comparison->count++];
		difference->cell = table_cell_at(table, i);
		difference->now = report_figure(comparison->now, table, i);
		difference->last = figure_before(arena, difference->cell, last);
		if (is_number(difference->last) && is_number(difference->now))
			measure_change(difference);
	}
}

struct comparison *comparison_new(
	struct arena *arena, const struct report *last, const struct report *now)
{
	struct comparison *comparison = arena_new(arena, struct comparison);
	const struct edition *edition = now->edition;
	size_t cells = 0;
	for (size_t i = 0; i < edition->section_count; i++)
		cells += edition->sections[i].table ? edition->sections[i].table->cell_count : 0;
	*comparison =
		(struct comparison){last, now, arena_array(arena, struct difference, cells), 0};
	GHashTable *by_name = index_figures(arena, last);
	for (size_t i = 0; i < edition->section_count; i++)
		if (edition->sections[i].table)
			compare_table(arena, comparison, edition->sections[i].table, by_name);
	g_hash_table_unref(by_name);
	return comparison;
}
