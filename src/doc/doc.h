/*
 * A report as content in reading order: blocks, and grids of cells. Knows what is said and
 * in which rank; refuses to know paper, fonts and colours.
 */
#ifndef NIANBAO_DOC_DOC_H
#define NIANBAO_DOC_DOC_H

#include "report/report.h"

#include <stdint.h>

enum cell_role { CELL_CORNER, CELL_COLUMN_HEAD, CELL_ROW_HEAD, CELL_BAND, CELL_DATA };
enum alignment { ALIGN_CENTRE, ALIGN_START };

#define GRID_NONE SIZE_MAX

struct grid_cell {
	const char *utf8; /* "" for an empty cell */
	size_t row, column, row_span, column_span;
	enum cell_role role;
	enum alignment align;
	bool marked; /* draft: a finding is about it, of `severity` */
	enum severity severity;
	const char *remark; /* draft: the value that would mend it; or NULL */
	/* The cells that head this one, outermost first, ended by GRID_NONE: what a reader of
	 * one cell needs to hear. NULL where the first row of a plain table says it all. */
	const size_t *heads;
	struct span at;
};

/* A table as printed. Cells are in reading order: by row, then column of their first place. */
struct grid {
	size_t rows, columns;
	size_t head_rows; /* repeated on each page; 0 where bands have heads of their own */
	size_t stub_columns; /* leading columns of row labels */
	struct grid_cell *cells;
	size_t cell_count;
	bool *keeps_next; /* a row: never parted from the next (band headings and their heads) */
	bool official; /* a table of the form; else a plain one from a text */
	const char *caption; /* 说明 of a plain table; or NULL */
	const char *summary; /* a name for screen readers: the section's */
};

enum block_kind {
	BLOCK_TITLE, /* lines, or one text to be balanced over lines */
	BLOCK_SECTION, /* level 1: 一、总体情况 */
	BLOCK_PARAGRAPH, /* `level` 2 to 4 where it begins with a head; 0: body */
	BLOCK_TABLE,
	BLOCK_PICTURE,
	BLOCK_SIGNATURE,
	BLOCK_DATE,
	BLOCK_APPENDIX /* draft: what follows isn't part of the report, on a page of its own */
};

struct block {
	enum block_kind kind;
	int level; /* 1 of a section, 2 to 4 of a head, else 0 */
	const char *utf8; /* or NULL */
	size_t head; /* bytes of utf8 that are the head; == length: a heading of its own */
	const char *const *units; /* title: what mustn't be broken, in order, NULL-ended */
	bool lines_given; /* title: units are the author's lines */
	const struct grid *grid;
	const struct picture *picture;
	const char *alt; /* what a picture is called where it isn't seen: by 说明, or its number */
	const struct passage *passage; /* where its characters were written; or NULL */
	struct span at;
};

struct doc {
	const char *title; /* in one line */
	const char *agency;
	int year;
	const GDate *day; /* 日期; NULL if none */
	struct block *blocks;
	size_t count;
	bool draft;
};

/* `findings` NULL: the report itself; else a draft with their cells marked and the list of
 * them as an appendix. Never fails: what is missing is left blank. */
struct doc *doc_compose(
	struct arena *arena, const struct report *report, const struct diags *findings);

void doc_dump(const struct doc *doc, GString *out);

#endif
