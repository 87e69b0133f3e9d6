/* Which breaks to take: those whose lines together cost the least. */
#include "layout/lines/pieces_internal.h"

#include <string.h>

#define COST_UNIT_SPLIT INT64_C(1000000000)
#define COST_LINE INT64_C(1000000) /* ragged text has as few lines as can be */
#define COST_OVERFULL INT64_C(100000000000)
#define COST_EMERGENCY 100000 /* inside a word that is wider than a line */
#define COST_WIDOW 130 /* a last line of a single hanzi and its mark */

struct setting {
	struct arena *scratch;
	const struct line_request *request;
	struct pieces pieces;
	bool *inside_unit; /* of each piece: a break before it would part a unit */
	int target; /* BALANCED: what each line should be wide; 0: as few lines as can be */
	/* Of each place between pieces, 0 and the end too: the cheapest way there. */
	int64_t *cheapest;
	size_t *previous;
};

static int64_t grid_cost(const struct setting *setting, const struct extent *extent, size_t to)
{
	int64_t cost;
	if (pieces_end_at(&setting->pieces, to) && extent->width <= extent->measure) {
		bool widow = extent->from > 0 && extent->width * 2 < 5 * extent->em;
		return widow ? COST_WIDOW : 0;
	}
	extent_slack(extent, &setting->pieces, &cost);
	return cost;
}

static int64_t ragged_cost(const struct setting *setting, const struct extent *extent, size_t to)
{
	bool balanced = setting->request->fit == LINES_BALANCED && setting->target > 0;
	if (extent->width > extent->measure)
		return -1;
	if (!balanced &&
		(setting->request->fit == LINES_BALANCED || pieces_end_at(&setting->pieces, to)))
		return COST_LINE;
	int64_t aim = balanced ? setting->target : extent->measure;
	int64_t hundredths = (extent->width - aim) * 100 / extent->em;
	return (balanced ? 0 : COST_LINE) + hundredths * hundredths / 100;
}

/* Of ending a line before piece `to`, whatever the line is. */
static int64_t end_cost(const struct setting *setting, size_t to)
{
	if (pieces_end_at(&setting->pieces, to))
		return 0;
	int cost = setting->pieces.at[to].break_cost;
	if (cost == BREAK_NEVER)
		return -1;
	return cost + (setting->inside_unit[to] ? COST_UNIT_SPLIT : 0);
}

/* A line from extent->from to the break at `to`: kept if it is the cheapest way there so far.
 * What can't be brought to the measure is taken where `any` says that nothing else is. */
static void offer(struct setting *setting, const struct extent *extent, size_t to, bool any)
{
	int64_t cost = setting->request->fit == LINES_GRID ? grid_cost(setting, extent, to)
							   : ragged_cost(setting, extent, to);
	if (cost < 0 && !any)
		return;
	int64_t sum = setting->cheapest[extent->from] + (cost < 0 ? COST_OVERFULL : cost) +
		end_cost(setting, to);
	if (setting->cheapest[to] < 0 || sum < setting->cheapest[to]) {
		setting->cheapest[to] = sum;
		setting->previous[to] = extent->from;
	}
}

static bool is_too_long(const struct setting *setting, const struct extent *extent)
{
	int64_t least = setting->request->fit == LINES_GRID
		? extent_narrowest(extent, &setting->pieces)
		: extent->width;
	return least > extent->measure;
}

/* The end of the shortest line from `from` that is worth weighing: shorter ones serve only
 * where no other can be had. */
static size_t first_end(const struct setting *setting, size_t from, size_t stop)
{
	const struct sums *sums = setting->pieces.sums;
	int64_t least = sums[from].width + setting->request->measure / 8 * 7;
	size_t low = from + 1, high = stop;
	if (setting->request->fit != LINES_GRID || from == 0)
		return low;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (sums[middle].width < least)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The last place before `to` where a line from `from` may end; `to` if there is none. */
static size_t end_before(const struct setting *setting, size_t from, size_t to)
{
	for (size_t end = to - 1; end > from; end--)
		if (end_cost(setting, end) >= 0)
			return end;
	return to;
}

static void offer_line(struct setting *setting, size_t from, size_t to, bool any)
{
	struct extent extent = extent_of(setting->request, &setting->pieces, from, to);
	offer(setting, &extent, to, any);
}

/* Every line that begins at `from`; `stop` is the next end that is forced. */
static void offer_lines(struct setting *setting, size_t from, size_t stop)
{
	bool offered = false;
	for (size_t to = first_end(setting, from, stop); to <= stop; to++) {
		if (end_cost(setting, to) < 0)
			continue;
		struct extent extent = extent_of(setting->request, &setting->pieces, from, to);
		if (!is_too_long(setting, &extent))
			offer(setting, &extent, to, false);
		else if (!offered)
			offer_line(setting, from, end_before(setting, from, to), true);
		offered = true;
		if (is_too_long(setting, &extent))
			return;
	}
}

/* The breaks of the cheapest way, the last first; how many. */
static size_t find_breaks(struct setting *setting, size_t *breaks)
{
	size_t count = setting->pieces.count, lines = 0;
	for (size_t i = 0; i <= count; i++)
		setting->cheapest[i] = i == 0 ? 0 : -1;
	for (size_t i = 0, stop = 0; i < count; i++) {
		while (stop <= i || !pieces_end_at(&setting->pieces, stop))
			stop++;
		if (setting->cheapest[i] >= 0)
			offer_lines(setting, i, stop);
	}
	for (size_t at = count; at > 0; at = setting->previous[at])
		breaks[lines++] = at;
	return lines;
}

static int room_of(const struct piece *piece)
{
	return piece->kind == PIECE_SPACE ? 0 : piece->advance;
}

/* A part that is wider than a line may be parted anywhere, at a price. */
static void part_widest(const struct line_request *request, struct pieces pieces)
{
	int64_t width = 0, limit = request->measure - request->first_indent;
	for (size_t i = 0, start = 0; i <= pieces.count; i++) {
		if (i < pieces.count && (i == start || pieces.at[i].break_cost == BREAK_NEVER)) {
			width += room_of(&pieces.at[i]);
			continue;
		}
		for (size_t inner = start + 1; width > limit && inner < i; inner++)
			if (pieces.at[inner].kind != PIECE_SPACE)
				pieces.at[inner].break_cost = COST_EMERGENCY;
		start = i;
		width = i < pieces.count ? room_of(&pieces.at[i]) : 0;
	}
}

static void mark_unit(struct setting *setting, size_t from, size_t to)
{
	for (size_t i = 0; i < setting->pieces.count; i++)
		if (setting->pieces.at[i].from > from && setting->pieces.at[i].from < to)
			setting->inside_unit[i] = true;
}

static void mark_units(struct setting *setting)
{
	const char *text = setting->request->utf8, *at = text;
	const char *const *units = setting->request->units;
	for (; units && *units; units++) {
		const char *found = strstr(at, *units);
		if (!found)
			continue;
		at = found + strlen(*units);
		mark_unit(setting, (size_t)(found - text), (size_t)(at - text));
	}
}

static int whole_width(const struct setting *setting)
{
	size_t count = setting->pieces.count;
	return count == 0 ? 0 : (int)extent_of(setting->request, &setting->pieces, 0, count).width;
}

/* The shortest line as a part of the longest, in hundredths. */
static int evenness(const struct setting *setting, const size_t *breaks, size_t count)
{
	int64_t shortest = G_MAXINT, longest = 1;
	for (size_t i = 0; i < count; i++) {
		int64_t width = extent_of(setting->request, &setting->pieces,
			i + 1 < count ? breaks[i + 1] : 0, breaks[i])
					.width;
		shortest = MIN(shortest, width);
		longest = MAX(longest, width);
	}
	return (int)(shortest * 100 / longest);
}

#define EVEN 67 /* hundredths */

/* As few lines as can be, evenly; one more where that is what makes them even. */
static size_t balance(struct setting *setting, size_t *breaks)
{
	size_t fewest = find_breaks(setting, breaks), count = fewest;
	int total = whole_width(setting);
	for (size_t lines = fewest; fewest > 1 && lines <= fewest + 1; lines++) {
		setting->target = total / (int)lines;
		count = find_breaks(setting, breaks);
		if (evenness(setting, breaks, count) >= EVEN)
			return count;
	}
	if (fewest > 1) {
		setting->target = total / (int)fewest;
		count = find_breaks(setting, breaks);
	}
	return count;
}

/* What is only needed while lines are chosen goes again with an arena of its own. */
static struct setting begin(const struct line_request *request, struct diags *diags)
{
	struct setting setting = {.scratch = arena_open(), .request = request};
	setting.pieces = pieces_shape(setting.scratch, request, diags);
	setting.inside_unit = arena_array(setting.scratch, bool, setting.pieces.count + 1);
	mark_units(&setting);
	return setting;
}

static struct lines set_lines(struct arena *arena, struct setting *setting)
{
	const struct line_request *request = setting->request;
	size_t count = setting->pieces.count;
	struct lines lines = {.missing = setting->pieces.missing};
	setting->cheapest = arena_array(setting->scratch, int64_t, count + 1);
	setting->previous = arena_array(setting->scratch, size_t, count + 1);
	size_t *breaks = arena_array(setting->scratch, size_t, count);
	part_widest(request, setting->pieces);
	lines.count = request->fit == LINES_BALANCED ? balance(setting, breaks)
						     : find_breaks(setting, breaks);
	lines.at = arena_array(arena, struct line, lines.count);
	for (size_t i = 0; i < lines.count; i++) {
		const size_t ends[2] = {
			i == 0 ? 0 : breaks[lines.count - i], breaks[lines.count - 1 - i]};
		line_set(arena, request, &setting->pieces, ends, &lines.at[i]);
	}
	return lines;
}

struct lines lines_compose(
	struct arena *arena, const struct line_request *request, struct diags *diags)
{
	struct setting setting = begin(request, diags);
	struct lines lines = {0};
	if (setting.pieces.count > 0)
		lines = set_lines(arena, &setting);
	arena_close(setting.scratch);
	return lines;
}

static int minimum_width(const struct setting *setting)
{
	int64_t widest = 0;
	for (size_t i = 1, start = 0; i <= setting->pieces.count; i++) {
		if (end_cost(setting, i) < 0 ||
			(i < setting->pieces.count && setting->inside_unit[i]))
			continue;
		int64_t width = extent_of(setting->request, &setting->pieces, start, i).width;
		widest = MAX(widest, width);
		start = i;
	}
	return (int)widest;
}

struct widths lines_widths(
	struct arena *arena, const struct line_request *request, struct lines *whole)
{
	struct setting setting = begin(request, NULL);
	struct widths widths = {whole_width(&setting), minimum_width(&setting)};
	struct line_request natural = *request;
	natural.measure = widths.natural;
	setting.request = &natural;
	if (whole)
		*whole = setting.pieces.count > 0 ? set_lines(arena, &setting) : (struct lines){0};
	arena_close(setting.scratch);
	return widths;
}
