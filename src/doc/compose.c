/* A report's content in reading order. What is missing is left out or blank: only a draft
 * can get here with something missing. */
#include "doc/compose_internal.h"

static struct block *block_add(struct composer *composer, struct block block)
{
	g_array_append_val(composer->blocks, block);
	return &g_array_index(composer->blocks, struct block, composer->blocks->len - 1);
}

/* Never the file's name, which is nobody's but the author's. */
static const char *picture_name(struct composer *composer, const struct passage *passage)
{
	const char *number = arena_print(composer->arena, "%zu", ++composer->pictures);
	if (passage->length)
		return passage->utf8;
	return diag_format(composer->arena, LANGUAGE_ZH, PICTURE_UNNAMED, number, NULL);
}

static void compose_passage(struct composer *composer, const struct passage *passage)
{
	struct block block = {.utf8 = passage->utf8, .at = passage->at};
	switch (passage->kind) {
	case PASSAGE_PARAGRAPH:
		block.kind = BLOCK_PARAGRAPH;
		block.passage = passage;
		block.head = passage->numbering.head;
		block.level = block.head ? passage->numbering.level : 0;
		break;
	case PASSAGE_PICTURE:
		block.kind = BLOCK_PICTURE;
		block.picture = &passage->picture;
		block.alt = picture_name(composer, passage);
		break;
	case PASSAGE_TABLE:
		block.kind = BLOCK_TABLE;
		block.grid = grid_new_plain(composer->arena, passage);
		break;
	}
	block_add(composer, block);
}

static void compose_text(struct composer *composer, const struct text *text)
{
	for (size_t i = 0; i < text->count; i++)
		compose_passage(composer, &text->passages[i]);
}

static void compose_section(struct composer *composer, const struct section_content *content)
{
	const struct section *section = content->section;
	block_add(composer,
		(struct block){
			.kind = BLOCK_SECTION,
			.level = 1,
			.utf8 = section->heading,
			.at = content->at,
		});
	if (!section->table) {
		compose_text(composer, &content->text);
		return;
	}
	compose_text(composer, &content->before);
	block_add(composer,
		(struct block){
			.kind = BLOCK_TABLE,
			.grid = grid_new_official(composer, section->table, content->figures),
			.at = content->at,
		});
	compose_text(composer, &content->after);
}

/* GB/T 9704—2012, 7.3.5.4: years in full, months and days without a leading 0. */
static const char *date_print(struct arena *arena, const GDate *day)
{
	return arena_print(arena, "%d年%d月%d日", (int)g_date_get_year(day),
		(int)g_date_get_month(day), (int)g_date_get_day(day));
}

static void compose_end(struct composer *composer)
{
	const struct report *report = composer->report;
	if (report->signature.utf8)
		block_add(composer,
			(struct block){
				.kind = BLOCK_SIGNATURE,
				.utf8 = report->signature.utf8,
				.at = report->signature.at,
			});
	if (g_date_valid(&report->day))
		block_add(composer,
			(struct block){
				.kind = BLOCK_DATE,
				.utf8 = date_print(composer->arena, &report->day),
				.at = report->date.at,
			});
}

struct doc *doc_compose(
	struct arena *arena, const struct report *report, const struct diags *findings)
{
	struct composer composer = {
		.arena = arena,
		.report = report,
		.findings = findings,
		.marks = findings ? draft_marks(arena, findings) : NULL,
		.blocks = g_array_new(FALSE, TRUE, sizeof(struct block)),
	};
	block_add(&composer, title_compose(arena, report));
	compose_text(&composer, &report->preface);
	for (size_t i = 0; i < report->edition->section_count; i++)
		compose_section(&composer, &report->sections[i]);
	compose_end(&composer);
	if (findings)
		draft_append(&composer);

	struct doc *doc = arena_new(arena, struct doc);
	*doc = (struct doc){
		.title = report->title ? report->title : "",
		.agency = report->agency.utf8 ? report->agency.utf8 : "",
		.year = report->year,
		.day = g_date_valid(&report->day) ? &report->day : NULL,
		.blocks = (struct block *)composer.blocks->data,
		.count = composer.blocks->len,
		.draft = findings != NULL,
	};
	arena_own(arena, g_array_free(composer.blocks, FALSE), g_free);
	return doc;
}
