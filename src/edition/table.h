/*
 * Tables of the form and the sections they stand in: bands, cells, the names of cells. Knows
 * places; refuses to know what must hold between them (rule.h).
 */
#ifndef NIANBAO_EDITION_TABLE_H
#define NIANBAO_EDITION_TABLE_H

#include "edition/label.h"

/* A part of a table with columns of its own: table 2 has one a 项, the others one in all. */
struct band {
	const char *heading; /* 第二十条第（一）项, printed over the whole width; or NULL */
	const char *corner; /* the cell over the row labels: 信息内容; or NULL */
	struct label_tree columns;
	struct label_tree rows; /* no leaves: one unlabelled row, addressed by its columns */
	size_t row_count; /* at least 1 */
	size_t first_row, first_cell; /* in the table */
};

struct table {
	const struct section *section;
	const char *name; /* short, for people: 表三; or NULL */
	struct band *bands;
	size_t band_count;
	size_t row_count, cell_count;
	const struct measure **measures; /* by cell: its row's own, else its column's */
	size_t grid_columns; /* of the printed grid, row labels included */
	struct rule **rules; /* of this table */
	size_t rule_count;
};

/* One figure's place in a table: cells are numbered row by row over all bands. */
struct cell {
	const struct table *table;
	const struct band *band;
	const struct label *row; /* NULL where the band has no row labels */
	const struct label *column;
	size_t index;
};

enum section_kind { SECTION_TEXT, SECTION_TABLE };

struct section {
	const char *heading; /* 一、总体情况 */
	const char *key; /* 总体情况 */
	const char *const *names; /* as of a label */
	enum section_kind kind;
	struct table *table; /* or NULL */
	const char *hint;
	struct span at;
};

/* Whose labels are the keys of the band in a report: its rows, or its columns if it has none. */
const struct label *band_keys_root(const struct band *band);
struct cell table_cell_at(const struct table *table, size_t index);
/* The cell's labels from the section down, NULL-ended: its name (SCHEMA §3). */
const char *const *cell_path(struct arena *arena, struct cell cell);
/* The same of a row or group of rows, a column or group of columns, or both; either may be
 * NULL. Groups that are print only are left out. */
const char *const *label_path(struct arena *arena, const struct table *table,
	const struct label *row, const struct label *column);

/* For people: the shortest that tells a row or column, or a cell, from its neighbours. */
const char *leaf_name(struct arena *arena, const struct band *band, const struct label *leaf);
const char *cell_short_name(struct arena *arena, struct cell cell);

#endif
