/*
 * Cells that were set before: the labels of a form are the same in every report, and most of
 * its figures are 0. What comes out never depends on what is known. A text with a character
 * that no face has is set anew each time, for it has to be said where it stands.
 */
#include "layout/table/table_internal.h"

#include <string.h>

#define KNOWN_MAX 4000
#define TEXT_MAX 256 /* bytes */

/* All that a cell's lines and widths follow from, one set of fonts given. */
struct key {
	const char *utf8;
	enum role role;
	int size;
	bool bold;
	enum line_fit fit;
	int measure; /* or NATURAL */
};

#define NATURAL (-1) /* on one line, as wide as it is; and the widths */

struct known {
	struct key key; /* first: a key of the table is one of these */
	struct lines lines;
	struct widths widths;
};

struct known_cells {
	struct arena *arena;
	GHashTable *table; /* struct known */
	size_t taken; /* of KNOWN_MAX */
};

static guint key_hash(gconstpointer thing)
{
	const struct key *key = thing;
	return g_str_hash(key->utf8) ^ (guint)key->size ^ (guint)key->measure << 8 ^
		(guint)key->fit << 3 ^ (guint)key->role ^ (guint)key->bold << 6;
}

static gboolean key_equal(gconstpointer one, gconstpointer other)
{
	const struct key *a = one, *b = other;
	return a->role == b->role && a->size == b->size && a->bold == b->bold && a->fit == b->fit &&
		a->measure == b->measure && strcmp(a->utf8, b->utf8) == 0;
}

static struct key key_of(const struct line_request *request, int measure)
{
	const struct text_style *style = request->styles->style;
	return (struct key){
		request->utf8, style->role, style->size, style->bold, request->fit, measure};
}

static void begin(struct known_cells *cells)
{
	cells->arena = arena_open();
	cells->table = g_hash_table_new(key_hash, key_equal);
	cells->taken = 0;
}

static void end(void *thing)
{
	struct known_cells *cells = thing;
	g_hash_table_unref(cells->table);
	arena_close(cells->arena);
}

struct known_cells *known_cells_open(struct arena *arena)
{
	struct known_cells *cells = arena_new(arena, struct known_cells);
	begin(cells);
	arena_own(arena, cells, end);
	return cells;
}

void known_cells_trim(struct known_cells *cells)
{
	if (cells->taken < KNOWN_MAX)
		return;
	end(cells);
	begin(cells);
}

static bool has_room(const struct known_cells *cells, const struct line_request *request)
{
	return cells->taken < KNOWN_MAX && strlen(request->utf8) <= TEXT_MAX;
}

static struct known *remember(struct known_cells *cells, struct key key)
{
	struct known *known = arena_new(cells->arena, struct known);
	known->key = key;
	known->key.utf8 = arena_copy(cells->arena, key.utf8);
	g_hash_table_add(cells->table, known);
	cells->taken++;
	return known;
}

static void add_units(const struct flow *flow, struct line_request *request)
{
	if (request->fit == LINES_BALANCED)
		request->units = table_label_units(flow->arena, request->utf8);
}

/* A line set in its natural width, in the request's measure. */
static struct lines place(
	struct arena *arena, const struct known *natural, const struct line_request *request)
{
	struct lines lines = natural->lines;
	int shift = (request->measure - natural->widths.natural) / 2;
	if (request->fit == LINES_START || shift == 0)
		return lines;
	struct line *line = arena_new(arena, struct line);
	*line = *lines.at;
	line->start += shift;
	line->runs = arena_array(arena, struct item, line->run_count);
	for (size_t i = 0; i < line->run_count; i++) {
		line->runs[i] = lines.at->runs[i];
		line->runs[i].x += shift;
	}
	lines.at = line;
	return lines;
}

struct lines table_cell_lines(struct flow *flow, struct line_request *request)
{
	struct known_cells *cells = flow->known;
	struct key key = key_of(request, NATURAL);
	struct known *known = g_hash_table_lookup(cells->table, &key);
	if (known && known->lines.count == 1 && known->widths.natural <= request->measure)
		return place(flow->arena, known, request);
	key.measure = request->measure;
	known = g_hash_table_lookup(cells->table, &key);
	if (known)
		return known->lines;
	add_units(flow, request);
	if (!has_room(cells, request))
		return lines_compose(flow->arena, request, flow->diags);
	struct lines lines = lines_compose(cells->arena, request, flow->diags);
	if (lines.missing)
		cells->taken++;
	else
		remember(cells, key)->lines = lines;
	return lines;
}

struct widths table_cell_widths(const struct flow *flow, struct line_request *request)
{
	struct known_cells *cells = flow->known;
	struct key key = key_of(request, NATURAL);
	struct known *known = g_hash_table_lookup(cells->table, &key);
	if (known)
		return known->widths;
	add_units(flow, request);
	if (!has_room(cells, request))
		return lines_widths(NULL, request, NULL);
	struct lines lines;
	struct widths widths = lines_widths(cells->arena, request, &lines);
	known = remember(cells, key);
	known->widths = widths;
	if (!lines.missing)
		known->lines = lines;
	return widths;
}
