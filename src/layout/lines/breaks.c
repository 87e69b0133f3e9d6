/*
 * The rules of Chinese composition (GB/T 15834—2011 5.1, W3C CLREQ 3): what may not begin or
 * end a line, what stays together, which blanks may go. docs/typography.md says them in words.
 */
#include "layout/lines/pieces_internal.h"

#include "base/text.h"
#include "layout/faces_internal.h"

#include <string.h>

#define MILLION 1000000

static const char opening[] = "（《〈【〔〖「『“‘｛［〘〚";
static const char closing[] = "）》〉】〕〗」』”’｝］〙〛";
static const char pausing[] = "，。、；：？！．｡､";
/* Besides these. */
static const char never_first[] = "·・‧—…～‐–~％%‰℃°′″々〻ゝゞヽヾー!),.:;?]}»›";
static const char never_last[] = "￥$£＃#№([{«‹@";
static const char dashes[] = "—…～";

/* A break is worth avoiding as much as these parts of a hundred: 100 is what it costs to
 * stretch a line of 26 gaps by one hanzi. */
enum { COST_DATE = 40, COST_COUNTER = 40, COST_ADDRESS = 60 };

#define LONG_WORD 12 /* letters: an address of the web, which may be parted */

/* Most of a text, and in none of the sets of marks. */
static bool is_common_hanzi(uint32_t character)
{
	return character >= 0x3400 && character <= 0x9FFF;
}

static bool is_in(const char *set, uint32_t character)
{
	return character != 0 && !is_common_hanzi(character) &&
		g_utf8_strchr(set, -1, character) != NULL;
}

static bool is_letter(const struct piece *piece)
{
	return piece->kind == PIECE_LATIN;
}

static bool is_digit(const struct piece *piece)
{
	return piece->character >= '0' && piece->character <= '9';
}

static bool is_apostrophe(const struct piece *piece, size_t i, size_t count)
{
	return piece->character == 0x2019 && i > 0 && i + 1 < count &&
		g_ascii_isalpha((char)MIN(piece[-1].character, 0x7F)) &&
		g_ascii_isalpha((char)MIN(piece[1].character, 0x7F));
}

static enum piece_kind kind_of(const struct pieces *pieces, size_t i)
{
	const struct piece *piece = &pieces->at[i];
	uint32_t character = piece->character;
	if (is_common_hanzi(character))
		return PIECE_HANZI;
	if (text_is_space(character) || g_unichar_iscntrl(character))
		return PIECE_SPACE;
	if (is_apostrophe(piece, i, pieces->count))
		return PIECE_LATIN;
	if (is_in(opening, character))
		return PIECE_OPEN;
	if (is_in(closing, character) || is_in(pausing, character))
		return PIECE_CLOSE;
	if (is_in(dashes, character))
		return PIECE_DASH;
	if (character == 0xB7 || character == 0x30FB)
		return PIECE_MIDDLE;
	/* a hanzi, or whatever a Chinese face makes as wide as one: ① ㎡ → */
	return text_is_cjk(character) || (character > 0x7F && piece->advance >= piece->style->size)
		? PIECE_HANZI
		: PIECE_LATIN;
}

#define INK_MARGIN 60000 /* millionths of an em that stay beside the ink */

/* Half an em at most, and never into the ink, which some faces set in the middle. */
static void find_blanks(struct piece *piece)
{
	int left, right, half = piece->style->size / 2;
	/* a Chinese face makes the apostrophe of it’s as wide as a hanzi */
	if (piece->kind == PIECE_LATIN && piece->character == 0x2019)
		piece->advance = MIN(piece->advance, piece->style->size * 35 / 100);
	if (piece->kind != PIECE_OPEN && piece->kind != PIECE_CLOSE && piece->kind != PIECE_MIDDLE)
		return;
	if (!piece->place || piece->glyph_count != 1 ||
		piece->advance < piece->style->size * 9 / 10)
		return;
	if (!face_ink(piece->place->face, piece->glyphs->id, &left, &right))
		return;
	int size = piece->style->size;
	int before = (int)((int64_t)size * (left - INK_MARGIN) / MILLION);
	int behind = piece->advance - (int)((int64_t)size * (right + INK_MARGIN) / MILLION);
	if (piece->kind == PIECE_OPEN)
		piece->blank_before = CLAMP(before, 0, half);
	if (piece->kind == PIECE_CLOSE)
		piece->blank_after = CLAMP(behind, 0, half);
	if (piece->kind == PIECE_MIDDLE) {
		piece->blank_before = CLAMP(before, 0, half / 2);
		piece->blank_after = CLAMP(behind, 0, half / 2);
	}
}

static bool is_wide(const struct piece *piece)
{
	return piece->kind != PIECE_LATIN && piece->kind != PIECE_SPACE;
}

/* The same dash twice: one sign, two characters long. */
static bool joins(const struct piece *a, const struct piece *b)
{
	return a->kind == PIECE_DASH && a->character == b->character;
}

/* Two marks that meet lose one of the half ems between them. */
static int meeting_blank(const struct piece *a, const struct piece *b)
{
	if ((a->kind != PIECE_OPEN && a->kind != PIECE_CLOSE) ||
		(b->kind != PIECE_OPEN && b->kind != PIECE_CLOSE))
		return 0;
	return a->blank_after > 0 ? a->blank_after : b->blank_before;
}

static void find_gap(const struct line_request *request, const struct piece *a, struct piece *b)
{
	int size = a->style->size;
	if (request->fit == LINES_GRID && size == request->style->body.size && is_wide(a))
		b->gap = style_character_pitch(request->style) - size;
	if (joins(a, b)) {
		b->gap = MIN(b->gap, -size / 64); /* no seam between the two strokes */
		return;
	}
	int met = meeting_blank(a, b);
	b->gap -= met;
	b->squeeze = a->blank_after + b->blank_before - met;
	b->stretches = b->kind != PIECE_SPACE && (a->kind != PIECE_LATIN || is_wide(b));
}

static bool is_number(const struct pieces *pieces, size_t i)
{
	return i < pieces->count && is_digit(&pieces->at[i]);
}

/* A hanzi between a number and this piece: 年 of 2021年1月, 万 of 5.2万元. */
static int cost_behind_counter(const struct pieces *pieces, size_t i)
{
	static const char large[] = "万亿千百十个平";
	if (i < 2 || !is_number(pieces, i - 2) || pieces->at[i - 1].kind != PIECE_HANZI)
		return BREAK_FREE;
	if (is_number(pieces, i))
		return COST_DATE;
	return pieces->at[i].kind == PIECE_HANZI &&
			g_utf8_strchr(large, -1, pieces->at[i - 1].character)
		? COST_COUNTER
		: BREAK_FREE;
}

/* Of beginning a line with piece i, which isn't the first. */
static int break_cost(const struct pieces *pieces, size_t i, size_t word_length)
{
	const struct piece *before = &pieces->at[i - 1], *piece = &pieces->at[i];
	if (piece->break_cost == BREAK_MUST)
		return BREAK_MUST;
	if (piece->kind == PIECE_SPACE || piece->kind == PIECE_CLOSE ||
		is_in(never_first, piece->character) || joins(before, piece))
		return BREAK_NEVER;
	if (before->kind == PIECE_OPEN || is_in(never_last, before->character))
		return BREAK_NEVER;
	if (before->kind == PIECE_SPACE)
		return BREAK_FREE;
	if (is_letter(before) && is_letter(piece))
		return word_length > LONG_WORD && is_in("/.-?&=_@", before->character)
			? COST_ADDRESS
			: BREAK_NEVER;
	if (is_digit(before) && piece->kind == PIECE_HANZI)
		return BREAK_NEVER;
	/* 〔2021〕30号 */
	if (before->character == 0x3015 && is_digit(piece))
		return COST_DATE;
	/* Pango parts a letter from a hanzi; what else it keeps together stays so */
	if (piece->break_cost == BREAK_NEVER && before->kind != PIECE_DASH &&
		before->kind != PIECE_MIDDLE && before->kind != PIECE_CLOSE)
		return BREAK_NEVER;
	return cost_behind_counter(pieces, i);
}

/* The letters without a space that piece i stands among. */
static size_t word_end(const struct pieces *pieces, size_t i)
{
	while (i < pieces->count && is_letter(&pieces->at[i]))
		i++;
	return i;
}

static void add_up(struct pieces pieces)
{
	for (size_t i = 0; i < pieces.count; i++) {
		const struct piece *piece = &pieces.at[i];
		pieces.sums[i + 1] = pieces.sums[i];
		pieces.sums[i + 1].width += piece->gap + piece->advance;
		pieces.sums[i + 1].squeeze += piece->squeeze;
		pieces.sums[i + 1].stretching += piece->stretches;
	}
}

void pieces_rule(const struct line_request *request, struct pieces pieces)
{
	size_t word_start = 0, word_stop = 0;
	for (size_t i = 0; i < pieces.count; i++) {
		pieces.at[i].kind = kind_of(&pieces, i);
		find_blanks(&pieces.at[i]);
	}
	for (size_t i = 1; i < pieces.count; i++) {
		if (i >= word_stop) {
			word_start = i - 1;
			word_stop = MAX(word_end(&pieces, i - 1), i);
		}
		find_gap(request, &pieces.at[i - 1], &pieces.at[i]);
		pieces.at[i].break_cost = break_cost(&pieces, i, word_stop - word_start);
	}
	add_up(pieces);
}
