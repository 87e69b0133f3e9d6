/*
 * Figures as they were written, and texts as paragraphs that remember for every byte where it
 * came from. Refuses to know what the texts say.
 */
#ifndef NIANBAO_REPORT_TEXT_H
#define NIANBAO_REPORT_TEXT_H

#include "edition/edition.h"

enum figure_state {
	FIGURE_MISSING, /* no cell or row in the file, or unreadable: said once, then skipped */
	FIGURE_BLANK, /* there, and empty: ~, nothing, or a mark such as / */
	FIGURE_GIVEN
};

struct figure {
	enum figure_state state;
	unsigned decimals; /* digits after the point as written */
	int64_t millionths; /* exact, in the column's unit; 0 unless given */
	const char *printed; /* as written; "" where blank or missing */
	struct span at; /* the scalar, or the map or key that lacks it */
	bool odd; /* a finding says what is odd about its writing (CELL-*) */
	bool shared; /* stands for a whole row or group: `不予公开: 0` */
};

enum passage_kind { PASSAGE_PARAGRAPH, PASSAGE_PICTURE, PASSAGE_TABLE };

/* The bytes [from, to) of a paragraph come from `node`'s text at `origin` (or, for a
 * reference to a figure, all from there). */
struct origin {
	size_t from, to;
	size_t origin, origin_end;
	const struct figure *figure; /* the figure a ${…} printed; or NULL */
};

/* A paragraph's number, SCHEMA §2: （一） is level 2, 1. level 3, （1） level 4. */
struct numbering {
	int level; /* 2, 3, 4; 0: none */
	int number;
	size_t mark; /* bytes of the number with its sign: "（一）" */
	size_t head; /* bytes of the head, number and closing 。 or ： included; 0: no head */
};

struct plain_table {
	const char *const *head; /* columns of them; NULL: no 表头 */
	const char *const *cells; /* row by row */
	size_t columns, rows;
};

struct picture {
	const char *file; /* opened relative to the report's folder */
	int width_um; /* micrometres; 0: its own */
	int pixel_width, pixel_height;
	enum { PICTURE_PNG, PICTURE_JPEG, PICTURE_SVG } kind;
};

struct passage {
	enum passage_kind kind;
	const char *utf8; /* a paragraph's text as printed; a picture's or table's 说明, or NULL */
	size_t length;
	uint64_t holds; /* lists of the edition's lexicon: see texts_search */
	bool *unread; /* a rule couldn't search it to its end: see texts_search */
	struct numbering numbering;
	const struct node *node; /* the scalar it came from */
	const struct origin *origins;
	size_t origin_count;
	union { /* there may be a million of paragraphs */
		struct plain_table table;
		struct picture picture;
	};
	struct span at;
};

enum text_state { TEXT_MISSING, TEXT_EMPTY, TEXT_GIVEN };

struct text {
	enum text_state state;
	struct passage *passages;
	size_t count;
	struct span at;
};

/* Where bytes [from, to) of a paragraph were written. */
struct span passage_span(const struct passage *passage, size_t from, size_t to);

#endif
