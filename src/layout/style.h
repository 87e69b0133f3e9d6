/*
 * A page style as data (templates/gbt9704.yaml, GB/T 9704—2012): paper, grid, sizes. Lengths
 * are Pango units. Knows no report.
 */
#ifndef NIANBAO_LAYOUT_STYLE_H
#define NIANBAO_LAYOUT_STYLE_H

#include "diag/diag.h"

#include <stdint.h>

enum role {
	ROLE_TITLE,
	ROLE_HEADING,
	ROLE_SUBHEADING,
	ROLE_BODY,
	ROLE_TABLE,
	ROLE_PAGE_NUMBER,
	ROLE_COUNT
};

struct text_style {
	enum role role;
	int size;
	int pitch; /* from baseline to baseline */
	bool bold; /* stroked where the role has no bold face */
	int space_before, space_after;
};

struct style {
	const char *name;
	int page_width, page_height;
	int margin_top, margin_bottom, margin_inner, margin_outer; /* inner: left of odd pages */
	bool mirrored; /* even pages swap inner and outer */
	int lines_a_page, characters_a_line;
	struct text_style title, section, head2, head3, head4, body, table, table_head, caption,
		page_number, signature;
	int indent_characters;
	int ending_clear; /* characters right of 署名 and 日期 */
	bool ending_sealed; /* 日期 is clear, and 署名 centred over it, for a seal */
	int rule_width, cell_padding;
	int table_minimum_size; /* a table's text may shrink to it */
	int number_drop; /* from the measure's foot to the page number's baseline */
	bool number_alternates; /* odd right, even left; else centred */
	const char *number_pattern; /* — %d — */
	uint32_t mark_error, mark_warning, watermark; /* draft: colours */
};

/* Built in, or from `directory` where it has the style. NULL with TEMPLATE-* findings. */
const struct style *style_load(
	struct arena *arena, const char *name, const char *directory, struct diags *diags);

/* The width of the type area. */
int style_measure(const struct style *style);
/* From one hanzi of the body to the next, so that the last of a full line ends at the
 * measure: (measure - size) / (characters - 1), rounded down. */
int style_character_pitch(const struct style *style);

const char *role_name(enum role role); /* as roles.yaml and style files write it */
enum diag_code role_sentence(enum role role); /* for people */

#endif
