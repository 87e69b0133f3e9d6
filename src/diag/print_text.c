/*
 * Findings for people (RULES §7): place, severity, sentence; the line with a caret; what else
 * the same cause broke; how to mend it.
 */
#include "diag/excerpt_internal.h"
#include "diag/print.h"
#include "diag/say_internal.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

#define INDENT "   "
#define RELATED_MAX 8 /* places in a line; machine formats have all */

static void append_visible(struct print_run *run, const char *text)
{
	text_append_visible(run->out, text, strlen(text));
}

static void append_coloured(struct print_run *run, const char *colour, const char *text)
{
	if (run->colour)
		g_string_append_printf(run->out, "\033[%sm", colour);
	append_visible(run, text);
	if (run->colour)
		g_string_append(run->out, "\033[0m");
}

static const char *const severity_colours[] = {"1;36", "1;33", "1;31"};

static void print_heading(
	struct print_run *run, const struct verdict *verdict, const struct diag *diag)
{
	static const enum diag_code names[] = {PRINT_NOTE, PRINT_WARNING, PRINT_ERROR};
	text_append_named(run->out, diag->at.source ? diag->at.source->path : verdict->path);
	if (diag->at.source) {
		struct place place = source_place(diag->at.source, diag->at.start);
		g_string_append_printf(run->out, ":%zu:%zu", place.line, place.column);
	}
	g_string_append(run->out, ": ");
	char *label = g_strdup_printf("%s[%s]",
		print_say(run, diag->waived ? PRINT_WAIVED : names[diag->severity], NULL, NULL),
		diag->id);
	append_coloured(run, diag->waived ? "2" : severity_colours[diag->severity], label);
	g_free(label);
	g_string_append_c(run->out, ' ');
	append_visible(run, diag->message);
	g_string_append_c(run->out, '\n');
}

/* A line of its own under the excerpt: "   = text". */
static void print_line(struct print_run *run, const char *sign, const char *text)
{
	g_string_append_printf(run->out, INDENT "%s", sign);
	append_visible(run, text);
	g_string_append_c(run->out, '\n');
}

/* The other findings of one cause: "   另有 T3-SUM（…）、T3-ROW（…）". */
static void print_others(struct print_run *run, const GPtrArray *block, const struct diag *main)
{
	GString *others = g_string_new(NULL);
	for (guint i = 0; i < block->len; i++) {
		const struct diag *other = block->pdata[i];
		if (other == main)
			continue;
		if (others->len)
			g_string_append(others, print_say(run, PRINT_ALSO_BETWEEN, NULL, NULL));
		g_string_append(others,
			print_say(run, PRINT_ALSO_ONE, other->id,
				other->brief ? other->brief : other->message));
	}
	if (others->len)
		print_line(run, "", print_say(run, PRINT_ALSO, others->str, NULL));
	g_string_free(others, TRUE);
}

static void print_fix(struct print_run *run, const struct diag *diag)
{
	if (!diag->fix_path)
		return;
	/* the finding stands at the cell to be changed, whatever cell it is about */
	print_line(run, "= ", print_say(run, PRINT_FIX_HERE, diag->fix_value, NULL));
}

static void print_related(
	struct print_run *run, const struct verdict *verdict, const struct diag *diag)
{
	GString *list = g_string_new(NULL);
	guint shown = MIN(diag->related->len, RELATED_MAX);
	for (guint i = 0; i < shown; i++) {
		const struct diag_related *related =
			&g_array_index(diag->related, struct diag_related, i);
		if (i > 0)
			g_string_append(list, print_say(run, PRINT_BETWEEN, NULL, NULL));
		if (related->at.source) {
			struct place place = source_place(related->at.source, related->at.start);
			if (strcmp(related->at.source->path, verdict->path) != 0) {
				text_append_named(list, related->at.source->path);
				g_string_append_c(list, ':');
			}
			g_string_append_printf(list, "%zu:%zu ", place.line, place.column);
		}
		g_string_append(list, related->message);
	}
	if (shown < diag->related->len)
		g_string_append(list,
			print_say(run, PRINT_RELATED_MORE, print_number(run, diag->related->len),
				NULL));
	if (list->len)
		print_line(run, "= ", print_say(run, PRINT_RELATED, list->str, NULL));
	g_string_free(list, TRUE);
}

static void print_block(struct print_run *run, const struct verdict *verdict,
	const struct diag *diag, const GPtrArray *block)
{
	print_heading(run, verdict, diag);
	excerpt_append(run->out, diag->at);
	if (block)
		print_others(run, block, diag);
	print_fix(run, diag);
	for (guint i = 0; i < diag->helps->len; i++)
		print_line(run, "= ", diag->helps->pdata[i]);
	print_related(run, verdict, diag);
	if (diag->source)
		print_line(run, "= ", print_say(run, PRINT_SOURCE, diag->source, diag->id));
	if (diag->waived)
		print_line(run, "= ", print_say(run, PRINT_WAIVED_BECAUSE, diag->waived, NULL));
}

/* Findings that one changed cell would mend are one block; NULL for any other finding. */
static GPtrArray *block_of(GHashTable *blocks, const struct diag *diag)
{
	if (!diag->fix_path || diag->waived)
		return NULL;
	char *path = g_strjoinv("\x1f", (gchar **)(uintptr_t)diag->fix_path);
	char *key = g_strdup_printf("%s\x1e%s", path, diag->fix_value);
	GPtrArray *block = g_hash_table_lookup(blocks, key);
	if (!block) {
		block = g_ptr_array_new();
		g_hash_table_insert(blocks, g_strdup(key), block);
	}
	g_free(key);
	g_free(path);
	return block;
}

static gint by_rank(gconstpointer left, gconstpointer right)
{
	const struct diag *a = *(const struct diag *const *)left;
	const struct diag *b = *(const struct diag *const *)right;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

static void end_block(gpointer block)
{
	g_ptr_array_unref(block);
}

static GHashTable *find_blocks(const struct diags *diags)
{
	GHashTable *blocks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, end_block);
	for (guint i = 0; i < diags->all->len; i++) {
		GPtrArray *block = block_of(blocks, diags->all->pdata[i]);
		if (block)
			g_ptr_array_add(block, diags->all->pdata[i]);
	}
	GHashTableIter each;
	gpointer block;
	g_hash_table_iter_init(&each, blocks);
	while (g_hash_table_iter_next(&each, NULL, &block))
		g_ptr_array_sort(block, by_rank);
	return blocks;
}

static void print_text_file(struct print_run *run, const struct verdict *verdict)
{
	const GPtrArray *all = verdict->diags->all;
	GHashTable *blocks = find_blocks(verdict->diags);
	size_t printed = 0, omitted = diags_flood(verdict->diags, run->notes);
	for (guint i = 0; i < all->len; i++) {
		const struct diag *diag = all->pdata[i];
		const GPtrArray *block = block_of(blocks, diag);
		if (diag->severity == SEVERITY_NOTE && !run->notes)
			continue;
		if (block && block->pdata[0] != diag)
			continue;
		if (printed++ < PRINT_FINDINGS_MAX)
			print_block(run, verdict, diag, block);
		else
			omitted++;
	}
	if (omitted)
		print_line(run, "",
			print_say(run, PRINT_OMITTED, print_number(run, omitted),
				print_number(run, PRINT_FINDINGS_MAX)));
	g_hash_table_unref(blocks);
}

const struct printer printer_text = {
	.name = "text",
	.file = print_text_file,
	.end = print_counts,
};
