/*
 * What the line composer moves: a piece is one grapheme with its glyphs. spots.c finds them,
 * shape.c makes them from text and faces, breaks.c tells what may part or squeeze them, lines.c
 * chooses the breaks, lines_set.c sets the lines.
 */
#ifndef NIANBAO_LAYOUT_LINES_PIECES_INTERNAL_H
#define NIANBAO_LAYOUT_LINES_PIECES_INTERNAL_H

#include "layout/lines_internal.h"

enum piece_kind {
	PIECE_HANZI, /* and whatever else is one em wide */
	PIECE_OPEN, /* （《“: blank before the ink */
	PIECE_CLOSE, /* ）》” and ，。、；：？！: blank behind the ink */
	PIECE_MIDDLE, /* ·: blank on both sides */
	PIECE_DASH, /* — … ～: joins with its like */
	PIECE_LATIN, /* letters, digits and what stands among them */
	PIECE_SPACE
};

enum { BREAK_FREE = 0, BREAK_NEVER = -1, BREAK_MUST = -2 };

struct piece {
	uint32_t character; /* the first */
	size_t from, to; /* bytes of the text */
	const struct text_style *style;
	const struct font_place *place; /* NULL: no face has it, or nothing to draw */
	const struct glyph *glyphs; /* from the piece's pen */
	size_t glyph_count;
	bool missing;
	enum piece_kind kind;
	int advance;
	int blank_before, blank_after; /* what squeezing may take */
	/* Of the gap to the piece before, where both are on one line: */
	int gap; /* added always: the grid's pitch, marks that meet */
	int squeeze; /* may be taken besides */
	bool stretches;
	int break_cost; /* of beginning a line with this piece; or one of the enum above */
};

/* Of all pieces before one, their gaps included: a line's come by difference. */
struct sums {
	int64_t width, squeeze, stretching;
};

struct pieces {
	struct piece *at;
	struct sums *sums; /* of each piece, and of the end */
	size_t count;
	bool missing; /* some piece is */
};

/* What is before a character. */
enum spot {
	SPOT_INSIDE, /* the rest of its grapheme */
	SPOT_BOUND, /* a grapheme, which begins no line */
	SPOT_FREE,
	SPOT_MUST
};

/* Of each of the text's `count` characters, to the rules of breaks.c as good as Pango's. */
void spots_find(const char *utf8, size_t length, size_t count, enum spot *spots);

/* Faces, glyphs and widths of the request's text, and what pieces_rule says of them. */
struct pieces pieces_shape(
	struct arena *arena, const struct line_request *request, struct diags *diags);
/* Kinds, blanks, gaps and breaks of shaped pieces. */
void pieces_rule(const struct line_request *request, struct pieces pieces);

/* A line's pieces [from, to) without the spaces at its end, and what they come to. */
struct extent {
	size_t from, to;
	int64_t width, squeeze; /* all that marks may lose */
	int64_t stretching; /* gaps that may grow */
	int measure, em;
};

/* The pieces [from, to) as a line; not where from == to. */
struct extent extent_of(
	const struct line_request *request, const struct pieces *pieces, size_t from, size_t to);
/* The least width to which a justified line can be brought, its last mark half outside. */
int64_t extent_narrowest(const struct extent *extent, const struct pieces *pieces);
/* What a justified line lacks (or, below 0, has too much), with its last mark inside the
 * measure or half outside as is cheaper; what it costs to mend: -1 where it can't be. */
int64_t extent_slack(const struct extent *extent, const struct pieces *pieces, int64_t *cost);

/* Whether a line that ends before piece `to` ends its paragraph, or what is forced to. */
bool pieces_end_at(const struct pieces *pieces, size_t to);
/* The line of pieces [ends[0], ends[1]), as it is painted. */
void line_set(struct arena *arena, const struct line_request *request, const struct pieces *pieces,
	const size_t ends[2], struct line *line);
/* A box with the code point, its pen at x, added to `runs` (struct item). */
void piece_draw_missing(struct arena *arena, const struct line_request *request,
	const struct piece *piece, int x, GArray *runs);

#endif
