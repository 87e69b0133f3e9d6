/*
 * Title, headings, paragraphs and the ending as lines on the grid (GB/T 9704—2012, 7.3), with
 * what mustn't be parted and the elements they are tagged with.
 */
#include "layout/flow_internal.h"

#include <string.h>

#define ENDING_SHIFT 2 /* characters from 署名's left to 日期's without a seal */

struct line_request flow_request(
	const struct flow *flow, const char *utf8, const struct styled *styled, enum line_fit fit)
{
	return (struct line_request){
		.fonts = flow->job->fonts,
		.style = flow->style,
		.utf8 = utf8,
		.styles = styled,
		.style_count = 1,
		.fit = fit,
		.measure = flow->measure,
	};
}

struct lines flow_compose(struct flow *flow, const char *utf8, const struct text_style *style,
	enum line_fit fit, struct span at)
{
	struct styled styled = {style, strlen(utf8)};
	struct line_request request = flow_request(flow, utf8, &styled, fit);
	request.at = at;
	if (fit == LINES_GRID)
		request.first_indent =
			flow->style->indent_characters * style_character_pitch(flow->style);
	return lines_compose(flow->arena, &request, flow->diags);
}

/* --- title -------------------------------------------------------------------------------- */

static struct lines title_lines(struct flow *flow, const struct block *block, const char *utf8)
{
	struct styled styled = {&flow->style->title, strlen(utf8)};
	struct line_request request = flow_request(flow, utf8, &styled, LINES_BALANCED);
	request.units = block->lines_given ? NULL : block->units;
	request.at = block->at;
	return lines_compose(flow->arena, &request, flow->diags);
}

static void title_add(struct flow *flow, const struct lines *lines, struct element *element)
{
	const struct text_style *style = &flow->style->title;
	for (size_t i = 0; i < lines->count; i++) {
		GArray *items = items_of_line(element, &lines->at[i], 0, flow_baseline(style));
		flow_items(flow, (struct strip){.height = style->pitch, .keep = true}, items);
	}
}

/* The title takes whole lines of the page's grid and stands in their middle, so that the text
 * below begins a blank line after them (7.3.2). */
static void title_fit_grid(struct flow *flow, guint first)
{
	const struct text_style *style = &flow->style->title;
	int pitch = flow->style->body.pitch;
	int height = (int)(flow->strips->len - first) * style->pitch;
	int spare = (pitch - height % pitch) % pitch;
	struct strip above = {.height = style->space_before + spare / 2, .keep = true};
	g_array_index(flow->strips, struct strip, flow->strips->len - 1).after =
		spare - spare / 2 + style->space_after;
	g_array_insert_val(flow->strips, first, above);
}

void flow_title(struct flow *flow, const struct block *block)
{
	if (!block->utf8 || !*block->utf8)
		return;
	struct element *element = flow_element(flow, ELEMENT_HEADING, flow->document);
	element->level = 1;
	element->title = block->utf8;
	guint first = flow->strips->len;
	const char *const whole[] = {block->utf8, NULL};
	for (const char *const *part = block->lines_given ? block->units : whole; *part; part++) {
		struct lines lines = title_lines(flow, block, *part);
		title_add(flow, &lines, element);
	}
	if (flow->strips->len > first)
		title_fit_grid(flow, first);
}

/* --- headings ----------------------------------------------------------------------------- */

/* One level below the nearest heading above it in rank: levels are never skipped (ISO 14289-1,
 * 7.4.2). */
static int heading_level(struct flow *flow, int level)
{
	int parent = 1;
	for (int i = level - 1; i >= 1; i--)
		if (flow->heading_levels[i]) {
			parent = flow->heading_levels[i];
			break;
		}
	for (size_t i = (size_t)level; i < G_N_ELEMENTS(flow->heading_levels); i++)
		flow->heading_levels[i] = 0;
	flow->heading_levels[level] = parent + 1;
	return parent + 1;
}

/* A head's text for the outline: without the mark that ends it. */
static const char *heading_title(struct flow *flow, const char *utf8, size_t length)
{
	static const char *const marks[] = {"。", "：", ":"};
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		size_t mark = strlen(marks[i]);
		if (length > mark && memcmp(utf8 + length - mark, marks[i], mark) == 0) {
			length -= mark;
			break;
		}
	}
	return arena_copy_n(flow->arena, utf8, length);
}

static struct element *heading_element(
	struct flow *flow, int level, const char *utf8, size_t length)
{
	struct element *element = flow_element(flow, ELEMENT_HEADING, flow->document);
	element->level = heading_level(flow, level);
	element->title = heading_title(flow, utf8, length);
	return element;
}

void flow_section(struct flow *flow, const struct block *block)
{
	const struct text_style *style = &flow->style->section;
	struct lines lines = flow_compose(flow, block->utf8, style, LINES_GRID, block->at);
	struct element *element = heading_element(flow, 1, block->utf8, strlen(block->utf8));
	for (size_t i = 0; i < lines.count; i++) {
		GArray *items = items_of_line(element, &lines.at[i], 0, flow_baseline(style));
		flow_items(flow,
			(struct strip){
				.height = style->pitch,
				.before = i ? 0 : style->space_before,
				.after = i + 1 < lines.count ? 0 : style->space_after,
				.on_grid = true,
				.keep = true,
				.new_page = i == 0 && block->kind == BLOCK_APPENDIX,
			},
			items);
	}
}

/* --- paragraphs --------------------------------------------------------------------------- */

static const struct text_style *head_style(const struct flow *flow, int level)
{
	switch (level) {
	case 2:
		return &flow->style->head2;
	case 3:
		return &flow->style->head3;
	default:
		return &flow->style->head4;
	}
}

/* A line's items, its head's runs in one element, the others in another. Runs begin anew where
 * the style changes. */
struct tagged {
	struct element *head, *rest; /* either may be NULL */
	size_t head_end; /* bytes */
};

static void tagged_add(
	GArray *items, const struct line *line, const struct tagged *tagged, int baseline)
{
	size_t at = line->from;
	struct element *open = NULL;
	for (size_t i = 0; i < line->run_count; i++) {
		struct item item = line->runs[i];
		struct element *element =
			at < tagged->head_end || !tagged->rest ? tagged->head : tagged->rest;
		if (element != open) {
			if (open)
				items_mark(items, ITEM_END, NULL);
			items_mark(items, ITEM_BEGIN, element);
			open = element;
		}
		at += strlen(item.as.text.utf8);
		item.y += baseline;
		g_array_append_val(items, item);
	}
	if (open)
		items_mark(items, ITEM_END, NULL);
}

/* Lines of a paragraph that stay together: the first two and the last two; all of a heading. */
static bool line_keeps(size_t index, size_t count, bool heading)
{
	return heading || (count > 1 && (index == 0 || index + 2 == count));
}

static void paragraph_add(struct flow *flow, const struct lines *lines, const struct tagged *tagged,
	const struct text_style *style)
{
	for (size_t i = 0; i < lines->count; i++) {
		GArray *items = g_array_new(FALSE, FALSE, sizeof(struct item));
		tagged_add(items, &lines->at[i], tagged, flow_baseline(style));
		flow_items(flow,
			(struct strip){
				.height = style->pitch,
				.on_grid = !flow->appendix,
				.keep = line_keeps(i, lines->count, !tagged->rest),
			},
			items);
	}
}

static struct span locate(const void *passage, size_t from, size_t to)
{
	return passage_span(passage, from, to);
}

static void appendix_paragraph(struct flow *flow, const struct block *block)
{
	const struct text_style *style = &flow->style->caption;
	struct lines lines = flow_compose(flow, block->utf8, style, LINES_START, block->at);
	struct tagged tagged = {.rest = flow_element(flow, ELEMENT_PARAGRAPH, flow->document)};
	paragraph_add(flow, &lines, &tagged, style);
}

void flow_paragraph(struct flow *flow, const struct block *block)
{
	if (flow->appendix) {
		appendix_paragraph(flow, block);
		return;
	}
	const struct style *style = flow->style;
	size_t length = strlen(block->utf8);
	size_t head = MIN(block->head, length);
	struct styled styles[] = {{head_style(flow, block->level), head}, {&style->body, length}};
	struct line_request request =
		flow_request(flow, block->utf8, head ? styles : styles + 1, LINES_GRID);
	request.style_count = head > 0 && head < length ? 2 : 1;
	request.first_indent = style->indent_characters * style_character_pitch(style);
	request.at = block->at;
	request.locate = block->passage ? locate : NULL;
	request.context = block->passage;
	struct lines lines = lines_compose(flow->arena, &request, flow->diags);
	struct tagged tagged = {.head_end = head};
	if (head)
		tagged.head = heading_element(flow, block->level, block->utf8, head);
	if (head < length)
		tagged.rest = flow_element(flow, ELEMENT_PARAGRAPH, flow->document);
	paragraph_add(flow, &lines, &tagged, &style->body);
}

/* --- 署名 and 日期 ------------------------------------------------------------------------ */

static int lines_widest(const struct lines *lines)
{
	int width = 0;
	for (size_t i = 0; i < lines->count; i++)
		width = MAX(width, lines->at[i].width);
	return width;
}

/* Where the lines of 署名 or of 日期 stand. */
struct ending_place {
	int x; /* of their left, or of their middle */
	bool centred;
	bool last; /* nothing follows */
};

/* Beyond the measure they don't go. */
static void ending_add(struct flow *flow, const struct lines *lines, struct ending_place place)
{
	if (!lines->count)
		return;
	const struct text_style *style = &flow->style->signature;
	struct element *element = flow_element(flow, ELEMENT_PARAGRAPH, flow->document);
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->at[i];
		int x = place.centred ? place.x - line->width / 2 : place.x;
		x = MIN(x, flow->measure - line->width);
		GArray *items =
			items_of_line(element, line, MAX(x, 0) - line->start, flow_baseline(style));
		flow_items(flow,
			(struct strip){
				.height = style->pitch,
				.on_grid = true,
				.keep = !(place.last && i + 1 == lines->count),
			},
			items);
	}
}

/* The last two lines of the text go with the ending: it never stands alone on a page. */
static void ending_bind(struct flow *flow)
{
	if (!flow->strips->len)
		return;
	struct strip *strip = &g_array_index(flow->strips, struct strip, flow->strips->len - 1);
	strip->keep = true;
	strip->after = MAX(strip->after, flow->style->signature.space_before);
}

/* 7.3.5.1, with a seal: 日期 ends `clear` before the measure's edge, 署名 is centred over it. */
static void ending_sealed(struct flow *flow, struct lines *name, struct lines *day, int clear)
{
	int width = lines_widest(day->count ? day : name);
	int centre = flow->measure - clear - width / 2;
	ending_add(flow, name, (struct ending_place){centre, true, !day->count});
	ending_add(flow, day, (struct ending_place){centre, true, true});
}

/* 7.3.5.2, without: 署名 ends `clear` before the edge, 日期 begins two characters right of it;
 * a 日期 that is longer than 署名 ends there instead, and 署名 gives way. Below a 署名 of several
 * lines it ends there, too. */
static void ending_unsealed(struct flow *flow, struct lines *name, struct lines *day, int clear)
{
	int shift = ENDING_SHIFT * style_character_pitch(flow->style);
	int edge = flow->measure - clear;
	int name_x = MAX(edge - lines_widest(name), 0);
	int day_x = name->count > 1 ? edge - lines_widest(day) : name_x + shift;
	if (lines_widest(day) > lines_widest(name)) {
		day_x = edge - lines_widest(day);
		name_x = day_x - shift;
	}
	ending_add(flow, name, (struct ending_place){name_x, false, !day->count});
	ending_add(flow, day, (struct ending_place){day_x, false, true});
}

void flow_ending(struct flow *flow, const struct block *signature, const struct block *date)
{
	const struct text_style *style = &flow->style->signature;
	int clear = flow->style->ending_clear * style_character_pitch(flow->style);
	struct lines day = {0}, name = {0};
	if (date)
		day = flow_compose(flow, date->utf8, style, LINES_START, date->at);
	if (signature)
		name = flow_compose(flow, signature->utf8, style, LINES_BALANCED, signature->at);
	ending_bind(flow);
	if (flow->style->ending_sealed)
		ending_sealed(flow, &name, &day, clear);
	else
		ending_unsealed(flow, &name, &day, clear);
}
