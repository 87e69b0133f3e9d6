/* A line from its pieces: what it lacks shared among its gaps, then runs of glyphs. */
#include "layout/lines/pieces_internal.h"

#define COST_ALL_SQUEEZED 60 /* every mark of a line at half an em */
#define COST_ALL_TIGHTENED 100 /* every gap at its narrowest */

#define MILLION 1000000
#define BOLD_STROKE 20000 /* millionths of an em */

struct extent extent_of(
	const struct line_request *request, const struct pieces *pieces, size_t from, size_t to)
{
	while (to > from && pieces->at[to - 1].kind == PIECE_SPACE)
		to--;
	const struct piece *first = &pieces->at[from];
	const struct sums *start = &pieces->sums[from], *end = &pieces->sums[to];
	struct extent extent = {.from = from, .to = to, .em = first->style->size};
	extent.measure = request->measure - (from == 0 ? request->first_indent : 0);
	if (to == from)
		return extent;
	/* the gap before the line's first piece is none of the line's */
	extent.width = end->width - start->width - first->gap;
	extent.squeeze = end->squeeze - start->squeeze - first->squeeze;
	extent.stretching = end->stretching - start->stretching - first->stretches;
	return extent;
}

bool pieces_end_at(const struct pieces *pieces, size_t to)
{
	return to == pieces->count || pieces->at[to].break_cost == BREAK_MUST;
}

/* The narrowest gap is a fiftieth of an em less than its own. */
static int64_t tightening(const struct extent *extent)
{
	return extent->stretching * (extent->em / 50);
}

/* The empty half of a mark at the line's end, which may stand outside the measure. */
static int hanging(const struct extent *extent, const struct pieces *pieces)
{
	return extent->to > extent->from ? pieces->at[extent->to - 1].blank_after : 0;
}

int64_t extent_narrowest(const struct extent *extent, const struct pieces *pieces)
{
	return extent->width - extent->squeeze - tightening(extent) - hanging(extent, pieces);
}

static int64_t stretch_cost(const struct extent *extent, int64_t slack)
{
	/* of an em, if the line had the 26 gaps of the form's 28 characters */
	int64_t hundredths = slack * 2600 / (MAX(extent->stretching, 1) * extent->em);
	return hundredths * hundredths / 100;
}

/* First marks are squeezed, all alike; then all gaps are tightened. */
static int64_t shrink_cost(const struct extent *extent, int64_t need)
{
	int64_t squeezed = MIN(need, extent->squeeze), rest = need - squeezed;
	int64_t limit = tightening(extent), cost = 0;
	if (squeezed > 0)
		cost = squeezed * squeezed * COST_ALL_SQUEEZED /
			(extent->squeeze * extent->squeeze);
	if (rest == 0)
		return cost;
	return rest > limit ? -1 : cost + rest * rest * COST_ALL_TIGHTENED / (limit * limit);
}

static int64_t fit_cost(const struct extent *extent, int64_t slack)
{
	return slack >= 0 ? stretch_cost(extent, slack) : shrink_cost(extent, -slack);
}

int64_t extent_slack(const struct extent *extent, const struct pieces *pieces, int64_t *cost)
{
	int64_t inside = extent->measure - extent->width;
	int64_t outside = inside + hanging(extent, pieces);
	*cost = fit_cost(extent, inside);
	if (outside == inside)
		return inside;
	int64_t other = fit_cost(extent, outside);
	if (other < 0 || (*cost >= 0 && *cost <= other))
		return inside;
	*cost = other;
	return outside;
}

/* What the first `done + share` of `whole` parts get of an amount, less what `done` got: so
 * that the shares are even and sum up exactly. */
static int share_of(int64_t amount, int64_t done, int64_t share, int64_t whole)
{
	return whole == 0 ? 0 : (int)((done + share) * amount / whole - done * amount / whole);
}

static void share_slack(const struct extent *extent, const struct pieces *pieces, int64_t slack)
{
	int64_t squeezed = slack < 0 ? MIN(-slack, extent->squeeze) : 0, rest = slack + squeezed;
	int64_t marks_done = 0, gaps_done = 0;
	for (size_t i = extent->from + 1; i < extent->to; i++) {
		struct piece *piece = &pieces->at[i];
		piece->gap -= share_of(squeezed, marks_done, piece->squeeze, extent->squeeze);
		piece->gap += share_of(rest, gaps_done, piece->stretches, extent->stretching);
		marks_done += piece->squeeze;
		gaps_done += piece->stretches;
	}
}

/* A paragraph's last line stays as it is unless it is too long. */
static void justify(const struct extent *extent, const struct pieces *pieces, size_t to)
{
	int64_t cost;
	int64_t slack = extent_slack(extent, pieces, &cost);
	bool loose = pieces_end_at(pieces, to) && extent->width <= extent->measure;
	if (!loose && cost >= 0)
		share_slack(extent, pieces, slack);
}

/* One line being drawn: its runs, and the glyphs of the last of them. */
struct drawing {
	struct arena *arena;
	const struct line_request *request;
	GArray *runs; /* struct item */
	struct glyph *glyphs; /* room for what the line still has */
	const struct piece *last; /* of the open run; NULL: none is open */
};

static struct item *last_run(const struct drawing *drawing)
{
	return &g_array_index(drawing->runs, struct item, drawing->runs->len - 1);
}

static bool continues(const struct piece *before, const struct piece *piece)
{
	return before && before->place == piece->place && before->style == piece->style &&
		before->to == piece->from;
}

static int stroke_of(const struct piece *piece)
{
	int64_t stroke = piece->place->stroke + (piece->style->bold ? BOLD_STROKE : 0);
	return (int)(stroke * piece->style->size / MILLION);
}

static void begin_run(struct drawing *drawing, const struct piece *piece, int x)
{
	struct item run = {.kind = ITEM_TEXT, .x = x};
	run.as.text.face = piece->place->face;
	run.as.text.size = piece->style->size;
	run.as.text.stroke = stroke_of(piece);
	run.as.text.utf8 = drawing->request->utf8 + piece->from;
	run.as.text.glyphs = drawing->glyphs;
	g_array_append_val(drawing->runs, run);
}

/* The run's text ends where its last piece does. */
static void end_run(struct drawing *drawing)
{
	if (!drawing->last)
		return;
	struct item *run = last_run(drawing);
	size_t from = (size_t)(run->as.text.utf8 - drawing->request->utf8);
	run->as.text.utf8 =
		arena_copy_n(drawing->arena, run->as.text.utf8, drawing->last->to - from);
	drawing->last = NULL;
}

static void add_glyphs(struct drawing *drawing, const struct piece *piece, int x)
{
	struct item *run = last_run(drawing);
	size_t from = (size_t)(run->as.text.utf8 - drawing->request->utf8);
	for (size_t i = 0; i < piece->glyph_count; i++) {
		struct glyph *glyph = drawing->glyphs++;
		*glyph = piece->glyphs[i];
		glyph->x += x - run->x;
		glyph->cluster = (uint32_t)(piece->from - from);
	}
	run->as.text.count += piece->glyph_count;
	drawing->last = piece;
}

static void draw_piece(struct drawing *drawing, const struct piece *piece, int x)
{
	if (piece->glyph_count == 0 || !continues(drawing->last, piece))
		end_run(drawing);
	if (piece->missing)
		piece_draw_missing(drawing->arena, drawing->request, piece, x, drawing->runs);
	if (piece->glyph_count == 0)
		return;
	if (!drawing->last)
		begin_run(drawing, piece, x);
	add_glyphs(drawing, piece, x);
}

/* The runs of a line from x on; where the last piece ends. */
static int draw(
	struct drawing *drawing, const struct extent *extent, const struct pieces *pieces, int x)
{
	size_t glyph_count = 0;
	for (size_t i = extent->from; i < extent->to; i++)
		glyph_count += pieces->at[i].glyph_count;
	drawing->glyphs = arena_array(drawing->arena, struct glyph, glyph_count);
	for (size_t i = extent->from; i < extent->to; i++) {
		x += i > extent->from ? pieces->at[i].gap : 0;
		draw_piece(drawing, &pieces->at[i], x);
		x += pieces->at[i].advance;
	}
	end_run(drawing);
	return x;
}

void line_set(struct arena *arena, const struct line_request *request, const struct pieces *pieces,
	const size_t ends[2], struct line *line)
{
	struct drawing drawing = {.arena = arena, .request = request};
	struct extent extent = extent_of(request, pieces, ends[0], ends[1]);
	if (request->fit == LINES_GRID)
		justify(&extent, pieces, ends[1]);
	line->start = ends[0] == 0 ? request->first_indent : 0;
	if (request->fit == LINES_CENTRE || request->fit == LINES_BALANCED)
		line->start += (extent.measure - (int)extent.width) / 2;
	drawing.runs = g_array_new(FALSE, TRUE, sizeof(struct item));
	line->width = draw(&drawing, &extent, pieces, line->start) - line->start;
	line->run_count = drawing.runs->len;
	line->runs =
		arena_copy_many(arena, drawing.runs->data, line->run_count, sizeof(struct item));
	g_array_unref(drawing.runs);
	line->from = pieces->at[ends[0]].from;
	line->to = pieces->at[ends[1] - 1].to;
}
