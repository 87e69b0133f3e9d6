/*
 * The line composer: a paragraph's text becomes lines of positioned glyph runs on the
 * character grid. Knows faces and breaks; refuses to know pages and tables.
 */
#ifndef NIANBAO_LAYOUT_LINES_INTERNAL_H
#define NIANBAO_LAYOUT_LINES_INTERNAL_H

#include "diag/diag.h"
#include "layout/fonts.h"
#include "layout/style.h"

/* The text up to byte `end` (from where the one before ended) is in this style. */
struct styled {
	const struct text_style *style;
	size_t end;
};

enum line_fit {
	LINES_GRID, /* on the character grid, full lines justified: body text */
	LINES_START, /* ragged, from the left */
	LINES_CENTRE, /* ragged, each line centred in the measure */
	LINES_BALANCED /* as CENTRE, lines of even length, words unbroken: titles, labels */
};

struct line_request {
	const struct fonts *fonts;
	const struct style *style; /* of the page: the grid */
	const char *utf8;
	const struct styled *styles; /* at least one; the last ends at the text's length */
	size_t style_count;
	const char *const *units; /* BALANCED: what mustn't be broken, NULL-ended; or NULL */
	enum line_fit fit;
	int measure; /* width to fill */
	int first_indent;
	struct span at; /* for FONT-CHAR: where the text was written */
	/* where bytes of the text were written, if that is known closer; or NULL */
	struct span (*locate)(const void *context, size_t from, size_t to);
	const void *context;
};

struct line {
	struct item *runs; /* ITEM_TEXT; x from the measure's left edge, y 0 at the baseline */
	size_t run_count;
	size_t from, to; /* bytes of the text, white space at the end included */
	int width; /* natural, from the first glyph's pen to the last one's end */
	int start; /* x of the first glyph */
};

struct lines {
	struct line *at;
	size_t count;
	bool missing; /* some character has no face */
};

struct widths {
	int natural; /* of the text on one line */
	int minimum; /* of its widest part that mustn't be broken */
};

/* Never fails: a character that no face has is FONT-CHAR, once a character a paragraph, and
 * a box with its code point on the page. */
struct lines lines_compose(
	struct arena *arena, const struct line_request *request, struct diags *diags);
/* What a text asks for; the request's measure doesn't matter. `whole`, unless it is NULL, is the
 * text set in its natural width: but for where the line starts, what lines_compose gives for
 * every measure that is no narrower, if it is one line and no character is missing. */
struct widths lines_widths(
	struct arena *arena, const struct line_request *request, struct lines *whole);

#endif
