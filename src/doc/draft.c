/* What a draft shows beside the report: marks at cells, the list of findings at the end. */
#include "doc/compose_internal.h"

#include <string.h>

#define DRAFT_FINDINGS_MAX 1000 /* as many as check prints */

static struct mark *mark_at(struct arena *arena, GHashTable *marks, const char *const *path)
{
	char *key = arena_join(arena, path, "/");
	struct mark *mark = g_hash_table_lookup(marks, key);
	if (!mark) {
		mark = arena_new(arena, struct mark);
		g_hash_table_insert(marks, key, mark);
	}
	return mark;
}

static void marks_end(void *marks)
{
	g_hash_table_destroy(marks);
}

GHashTable *draft_marks(struct arena *arena, const struct diags *findings)
{
	GHashTable *marks = g_hash_table_new(g_str_hash, g_str_equal);
	arena_own(arena, marks, marks_end);
	for (guint i = 0; i < findings->all->len; i++) {
		const struct diag *diag = g_ptr_array_index(findings->all, i);
		if (diag->waived || diag->severity == SEVERITY_NOTE)
			continue;
		if (diag->path) {
			struct mark *mark = mark_at(arena, marks, diag->path);
			mark->severity = MAX(mark->severity, diag->severity);
		}
		if (diag->fix_path) {
			struct mark *mark = mark_at(arena, marks, diag->fix_path);
			mark->severity = MAX(mark->severity, diag->severity);
			mark->remark = diag_sentence(findings, DRAFT_REMARK, diag->fix_value, NULL);
		}
	}
	return marks;
}

/* A finding may be about a cell, a row or a group: the first of the cell's path that has one
 * from the innermost. */
const struct mark *draft_mark_find(const struct composer *composer, struct cell cell)
{
	if (!composer->marks)
		return NULL;
	char *key = arena_join(composer->arena, cell_path(composer->arena, cell), "/");
	for (;;) {
		const struct mark *mark = g_hash_table_lookup(composer->marks, key);
		char *slash = strrchr(key, '/');
		/* The first label is the section: findings on it colour no cell. */
		if (mark && slash)
			return mark;
		if (!slash)
			return NULL;
		*slash = '\0';
	}
}

static void paragraph_add(struct composer *composer, enum block_kind kind, const char *text)
{
	struct block block = {.kind = kind, .utf8 = text};
	g_array_append_val(composer->blocks, block);
}

static const char *finding_line(const struct composer *composer, const struct diag *diag)
{
	static const enum diag_code severities[] = {
		[SEVERITY_NOTE] = DRAFT_NOTE,
		[SEVERITY_WARNING] = DRAFT_WARNING,
		[SEVERITY_ERROR] = DRAFT_ERROR,
	};
	const struct diags *findings = composer->findings;
	const char *severity = diag_sentence(findings, severities[diag->severity], NULL);
	if (!diag->at.source)
		return diag_sentence(
			findings, DRAFT_FINDING, severity, diag->id, diag->message, NULL);
	struct place place = source_place(diag->at.source, diag->at.start);
	return diag_sentence(findings, DRAFT_FINDING_AT,
		arena_print(composer->arena, "%zu", place.line),
		arena_print(composer->arena, "%zu", place.column), severity, diag->id,
		diag->message, NULL);
}

void draft_append(struct composer *composer)
{
	const struct diags *findings = composer->findings;
	paragraph_add(composer, BLOCK_APPENDIX, diag_sentence(findings, DRAFT_TITLE, NULL));
	size_t listed = 0;
	for (guint i = 0; i < findings->all->len; i++) {
		const struct diag *diag = g_ptr_array_index(findings->all, i);
		if (diag->waived || diag->severity == SEVERITY_NOTE)
			continue;
		if (listed++ < DRAFT_FINDINGS_MAX)
			paragraph_add(composer, BLOCK_PARAGRAPH, finding_line(composer, diag));
	}
	if (listed == 0)
		paragraph_add(composer, BLOCK_PARAGRAPH,
			diag_sentence(findings, DRAFT_NO_FINDINGS, NULL));
	if (listed > DRAFT_FINDINGS_MAX)
		paragraph_add(composer, BLOCK_PARAGRAPH,
			diag_sentence(findings, DRAFT_MORE,
				arena_print(composer->arena, "%zu", listed - DRAFT_FINDINGS_MAX),
				NULL));
}
