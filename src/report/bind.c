/* A file of figures meets its edition: the top level, and sections by their kind. */
#include "report/bind_internal.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define SUGGESTIONS_MAX 100

static const char *const top_keys[] = {
	"格式", "机关", "年度", "标题", "层级", "前言", "署名", "日期", NULL};

/* Of a scalar; a list or map as it is written, for a message. */
static const char *scalar_text(struct binder *binder, const struct node *node)
{
	if (node->kind == NODE_SCALAR)
		return node->text;
	return arena_copy_n(binder->arena, node->at.source->bytes.start + node->at.start,
		node->at.end - node->at.start);
}

/* Nothing, or nothing between quotation marks. */
static bool says_nothing(const struct node *node)
{
	return node_is_null(node) || (node->kind == NODE_SCALAR && !*node->text);
}

static struct span top_span(const struct binder *binder)
{
	return bind_lack_span(binder->report->root);
}

static struct string_value bind_line(struct binder *binder, const char *key, bool needed)
{
	const struct node *node = node_find(binder->report->root, key);
	struct string_value value = {.at = node ? node->at : top_span(binder)};
	if (node && !node_is_null(node))
		value = string_bind(binder, node);
	if (needed && !(node && node->broken) &&
		(!node || (node->kind == NODE_SCALAR && !value.utf8)) &&
		(node || !bind_word_is_elsewhere(binder, key)))
		diag_add(binder->diags, FORM_MISSING, node ? node->key_at : top_span(binder), key,
			NULL);
	return value;
}

/* The name of an agency has letters: 0 or 2021-01-01 is something else. */
static struct string_value bind_name(struct binder *binder, const char *key, bool needed)
{
	struct string_value name = bind_line(binder, key, needed);
	const char *at = name.utf8 ? name.utf8 : "";
	while (*at && !g_unichar_isalpha(g_utf8_get_char(at)))
		at = g_utf8_next_char(at);
	if (name.utf8 && !*at)
		diag_add(binder->diags, FORM_TYPE_NAME, name.at, key,
			bind_excerpt(binder, name.utf8), NULL);
	return name;
}

static void bind_year(struct binder *binder)
{
	struct report *report = binder->report;
	const struct node *node = node_find(report->root, "年度");
	report->year_at = node ? node->at : top_span(binder);
	if (node && node->broken)
		return;
	if (!node && bind_word_is_elsewhere(binder, "年度"))
		return;
	if (!node || says_nothing(node)) {
		diag_add(binder->diags, FORM_MISSING, node ? node->key_at : top_span(binder),
			"年度", NULL);
		return;
	}
	const char *text = scalar_text(binder, node);
	if (strlen(text) == 4 && strspn(text, "0123456789") == 4)
		report->year = (int)g_ascii_strtoll(text, NULL, 10);
	else
		diag_add(binder->diags, FORM_TYPE_YEAR, node->at, bind_excerpt(binder, text), NULL);
}

static const char *year_text(struct binder *binder)
{
	return arena_print(binder->arena, "%d", binder->report->year);
}

static const struct edition *named_edition(struct binder *binder, const struct node *node)
{
	const struct report *report = binder->report;
	const struct edition *named = editions_find(binder->editions, scalar_text(binder, node));
	if (!named) {
		diag_add(binder->diags, FORM_EDITION_UNKNOWN, node->at,
			bind_excerpt(binder, scalar_text(binder, node)),
			editions_ids(binder->arena, binder->editions, "、"), NULL);
		return NULL;
	}
	if (report->year && !edition_covers(named, report->year))
		diag_add(binder->diags, FORM_EDITION_YEAR, node->at, year_text(binder), named->id,
			NULL);
	return named;
}

#define KEYS_COMPARED 300 /* more than either form has */

/* How many of the first keys below a node, at any depth, an edition has. */
static size_t known_keys_of(
	struct binder *binder, const struct edition *edition, const struct node *node, size_t *left)
{
	size_t known = 0;
	for (size_t i = 0; *left > 0 && i < node->count; i++) {
		const struct node *child = node->children[i];
		*left -= 1;
		known += child->key && edition_has(binder->arena, edition, child->key);
		known += known_keys_of(binder, edition, child, left);
	}
	return known;
}

/* 格式 and 年度 contradict each other: the form that the tables follow is meant. */
static const struct edition *better_fit(
	struct binder *binder, const struct edition *named, const struct edition *by_year)
{
	const struct node *root = binder->report->root;
	size_t first = KEYS_COMPARED, second = KEYS_COMPARED;
	if (!by_year || by_year == named)
		return named;
	return known_keys_of(binder, by_year, root, &first) >
			known_keys_of(binder, named, root, &second)
		? by_year
		: named;
}

/* 格式, else what 年度 asks for, else the newest, so that the rest can be judged. */
static const struct edition *find_edition(struct binder *binder)
{
	struct report *report = binder->report;
	const struct node *node = node_find(report->root, "格式");
	const struct edition *by_year = editions_for_year(binder->editions, report->year);
	if (node && !says_nothing(node)) {
		const struct edition *named = named_edition(binder, node);
		if (named)
			return better_fit(binder, named, by_year);
	}
	if (report->year && !by_year)
		diag_add(binder->diags, FORM_EDITION_NONE, report->year_at, year_text(binder),
			arena_print(binder->arena, "%d", binder->editions->entries[0].first_year),
			NULL);
	if (by_year || report->year)
		return by_year;
	return editions_at(binder->editions, binder->editions->count - 1);
}

static void bind_level(struct binder *binder)
{
	const char *const *levels = binder->report->edition->levels;
	struct string_value value = bind_line(binder, "层级", false);
	if (value.utf8 && !g_strv_contains(levels, value.utf8)) {
		diag_add(binder->diags, FORM_TYPE_LEVEL, value.at, bind_excerpt(binder, value.utf8),
			arena_join(binder->arena, levels, "、"), NULL);
		value.utf8 = NULL;
	}
	binder->report->level = value;
}

static bool is_date(const char *text)
{
	return strlen(text) == 10 && text[4] == '-' && text[7] == '-' &&
		strspn(text, "0123456789-") == 10 && strspn(text, "0123456789") == 4 &&
		strspn(text + 5, "0123456789") == 2 && strspn(text + 8, "0123456789") == 2;
}

static void bind_date(struct binder *binder)
{
	struct report *report = binder->report;
	report->date = bind_line(binder, "日期", false);
	g_date_clear(&report->day, 1);
	if (!report->date.utf8)
		return;
	const char *text = report->date.utf8;
	GDateYear year = (GDateYear)g_ascii_strtoll(text, NULL, 10);
	if (is_date(text) &&
		g_date_valid_dmy((GDateDay)g_ascii_strtoll(text + 8, NULL, 10),
			(GDateMonth)g_ascii_strtoll(text + 5, NULL, 10), year)) {
		g_date_set_dmy(&report->day, (GDateDay)g_ascii_strtoll(text + 8, NULL, 10),
			(GDateMonth)g_ascii_strtoll(text + 5, NULL, 10), year);
		return;
	}
	diag_add(binder->diags, FORM_TYPE_DATE, report->date.at, bind_excerpt(binder, text), NULL);
	report->date.utf8 = NULL;
}

/* {机关} and {年度} in the edition's pattern. */
static const char *expand_title(struct binder *binder)
{
	const struct report *report = binder->report;
	GString *title = g_string_new(report->edition->title);
	g_string_replace(title, "{机关}", report->agency.utf8 ? report->agency.utf8 : "", 0);
	g_string_replace(title, "{年度}", report->year ? year_text(binder) : "", 0);
	return arena_take(binder->arena, g_string_free(title, FALSE));
}

/* A title's line, or the lines of a block. */
static void add_title_lines(struct binder *binder, const struct node *node, GArray *lines)
{
	GArray *passages = g_array_new(FALSE, TRUE, sizeof(struct passage));
	text_check_cut(binder, node);
	if (node->kind != NODE_SCALAR)
		diag_add(binder->diags, FORM_TYPE_STRING, node->at, "标题", NULL);
	else if (!node_is_null(node))
		paragraphs_bind(binder, node, passages);
	for (guint i = 0; i < passages->len; i++) {
		const struct passage *passage = &g_array_index(passages, struct passage, i);
		struct string_value line = {passage->utf8, passage->at};
		g_array_append_val(lines, line);
	}
	g_array_unref(passages);
}

static void bind_title(struct binder *binder)
{
	struct report *report = binder->report;
	const struct node *node = node_find(report->root, "标题");
	if (!node) {
		report->title = expand_title(binder);
		return;
	}
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct string_value));
	GString *title = g_string_new(NULL);
	if (node->kind != NODE_LIST)
		add_title_lines(binder, node, lines);
	for (size_t i = 0; i < node->count && node->kind == NODE_LIST; i++)
		add_title_lines(binder, node->children[i], lines);
	report->title_count = lines->len;
	report->title_lines = arena_array(binder->arena, struct string_value, lines->len);
	for (guint i = 0; i < lines->len; i++) {
		report->title_lines[i] = g_array_index(lines, struct string_value, i);
		g_string_append(title, report->title_lines[i].utf8);
	}
	report->title = lines->len ? arena_copy(binder->arena, title->str) : expand_title(binder);
	g_string_free(title, TRUE);
	g_array_unref(lines);
}

static void bind_table_section(
	struct binder *binder, struct section_content *content, const struct node *node)
{
	const struct table *table = content->section->table;
	content->figures = arena_array(binder->arena, struct figure, table->cell_count);
	for (size_t i = 0; i < table->cell_count; i++)
		content->figures[i] =
			(struct figure){.state = FIGURE_MISSING, .printed = "", .at = content->at};
	if (!content->missing)
		cells_bind(binder, content, node);
}

/* The line that begins with `key:` although no key of the report is there: the text above has
 * swallowed it. 0: none. */
static size_t swallowed_line(const struct source *source, const char *key)
{
	size_t lines = source_line_count(source);
	for (size_t line = 1; line <= lines; line++) {
		struct bytes bytes = source_line(source, line);
		size_t at = 0, length = strlen(key);
		while (at < bytes.length && bytes.start[at] == ' ')
			at++;
		if (at > 0 && at + length < bytes.length && bytes.start[at + length] == ':' &&
			memcmp(bytes.start + at, key, length) == 0)
			return line;
	}
	return 0;
}

static void say_section_missing(
	struct binder *binder, const struct section *section, struct span at)
{
	const struct source *source = binder->report->source;
	const char **path = arena_array(binder->arena, const char *, 2);
	size_t line = swallowed_line(source, section->key);
	path[0] = section->key;
	if (line > 0) {
		struct bytes bytes = source_line(source, line);
		at.start = (size_t)(bytes.start - source->bytes.start);
		at.end = at.start + bytes.length;
	}
	diag_add(binder->diags, line > 0 ? FORM_SWALLOWED : FORM_MISSING, at, section->key, NULL)
		->path = path;
}

static void bind_sections(struct binder *binder, const struct node **nodes)
{
	struct report *report = binder->report;
	for (size_t i = 0; i < report->edition->section_count; i++) {
		struct section_content *content = &report->sections[i];
		const struct section *section = content->section;
		const struct node *node = nodes[i];
		content->missing = !node || node->broken ||
			(section->kind == SECTION_TABLE && node_is_null(node));
		content->at = node ? node->key_at : top_span(binder);
		bool said = (node && node->broken) || bind_is_elsewhere(binder, section->names);
		if (content->missing && !said)
			say_section_missing(binder, section, content->at);
		if (section->kind == SECTION_TABLE)
			bind_table_section(binder, content, node);
	}
}

/* After the tables, as texts refer to their figures. */
static void bind_texts(struct binder *binder, const struct node **nodes)
{
	struct report *report = binder->report;
	binder->in_texts = true;
	text_bind(binder, node_find(report->root, "前言"), &report->preface);
	for (size_t i = 0; i < report->edition->section_count; i++) {
		struct section_content *content = &report->sections[i];
		const struct node *node = nodes[i];
		if (!node || node->broken)
			continue;
		if (content->section->kind == SECTION_TEXT) {
			text_bind(binder, node, &content->text);
		} else {
			text_bind(binder, node_find(node, "表前"), &content->before);
			text_bind(binder, node_find(node, "表后"), &content->after);
		}
	}
}

/* Of the top level; but for those that are there, unless `nodes`, the sections', is NULL. */
static const char *const *all_keys(struct binder *binder, const struct node *const *nodes)
{
	const struct edition *edition = binder->report->edition;
	const char **keys = arena_array(
		binder->arena, const char *, G_N_ELEMENTS(top_keys) + edition->section_count);
	size_t count = 0;
	for (const char *const *key = top_keys; *key; key++)
		if (!nodes || !node_find(binder->report->root, *key))
			keys[count++] = *key;
	for (size_t i = 0; i < edition->section_count; i++)
		if (!nodes || !nodes[i])
			keys[count++] = edition->sections[i].key;
	return keys;
}

/* What a report can't do without and this one does, if it is but one. */
static const char *only_lacking(struct binder *binder, const struct node *const *nodes)
{
	static const char *const needed[] = {"机关", "年度"};
	const struct edition *edition = binder->report->edition;
	const char *only = NULL;
	size_t count = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(needed); i++) {
		if (node_find(binder->report->root, needed[i]))
			continue;
		only = needed[i];
		count++;
	}
	for (size_t i = 0; i < edition->section_count; i++) {
		if (nodes[i])
			continue;
		only = edition->sections[i].key;
		count++;
	}
	return count == 1 ? only : NULL;
}

static void say_unknown(
	struct binder *binder, const struct node *const *nodes, const GPtrArray *unknown)
{
	if (!unknown->len)
		return;
	struct suggestions suggestions = {
		.lacking = all_keys(binder, nodes),
		.known = all_keys(binder, NULL),
		.only = unknown->len == 1 ? only_lacking(binder, nodes) : NULL,
	};
	for (guint i = 0; i < unknown->len; i++)
		bind_unknown(binder, unknown->pdata[i], &suggestions);
}

/* The number of sections if none is named so; `next` is looked at first. */
static size_t find_section(struct binder *binder, const char *key, size_t next)
{
	const struct edition *edition = binder->report->edition;
	if (next < edition->section_count && strcmp(edition->sections[next].key, key) == 0)
		return next;
	const char *folded = text_fold(binder->arena, key);
	size_t at = 0;
	while (at < edition->section_count && !g_strv_contains(edition->sections[at].names, folded))
		at++;
	return at;
}

/* Which node each section has; keys that are none are unknown. */
static const struct node **claim_sections(struct binder *binder)
{
	const struct edition *edition = binder->report->edition;
	const struct node *root = binder->report->root;
	const struct node **nodes =
		arena_array(binder->arena, const struct node *, edition->section_count);
	GPtrArray *unknown = g_ptr_array_new();
	size_t next = 0; /* most files have the form's order */
	for (size_t i = 0; i < root->count; i++) {
		struct node *child = root->children[i];
		if (g_strv_contains(top_keys, child->key))
			continue;
		size_t at = find_section(binder, child->key, next);
		if (at == edition->section_count) {
			g_ptr_array_add(unknown, child);
			continue;
		}
		next = at + 1;
		if (!nodes[at]) {
			nodes[at] = child;
		} else if (strcmp(nodes[at]->key, child->key) != 0) {
			diag_relate(diag_add(binder->diags, FORM_TWICE, child->key_at,
					    edition->sections[at].key, nodes[at]->key, child->key,
					    NULL),
				nodes[at]->key_at, nodes[at]->key, NULL);
		}
	}
	say_unknown(binder, nodes, unknown);
	g_ptr_array_unref(unknown);
	return nodes;
}

struct report *report_bind(struct arena *arena, const struct source *source,
	const struct node *root, const struct editions *editions, struct diags *diags)
{
	struct report *report = arena_new(arena, struct report);
	struct binder binder = {arena, diags, editions, report, SUGGESTIONS_MAX, NULL};
	report->source = source;
	report->root = root;
	if (root->kind != NODE_MAP) {
		if (!root->broken)
			diag_add(diags, FORM_TYPE_REPORT, root->at, NULL);
		return NULL;
	}
	bind_year(&binder);
	report->edition = find_edition(&binder);
	if (!report->edition)
		return NULL;
	report->sections =
		arena_array(arena, struct section_content, report->edition->section_count);
	for (size_t i = 0; i < report->edition->section_count; i++)
		report->sections[i].section = &report->edition->sections[i];
	report->agency = bind_name(&binder, "机关", true);
	const struct node **nodes = claim_sections(&binder);
	bind_sections(&binder, nodes);
	report->signature = bind_name(&binder, "署名", false);
	bind_level(&binder);
	bind_date(&binder);
	bind_title(&binder);
	bind_texts(&binder, nodes);
	return report;
}

struct report *report_load(
	struct arena *arena, const char *path, const struct editions *editions, struct diags *diags)
{
	const struct source *source = NULL;
	const struct node *root = node_load(arena, path, &source, diags);
	return root ? report_bind(arena, source, root, editions, diags) : NULL;
}

const struct section_content *report_section(
	const struct report *report, const struct section *section)
{
	return &report->sections[section - report->edition->sections];
}

const struct text *report_text(const struct report *report, size_t at)
{
	if (at == 0)
		return &report->preface;
	size_t section = (at - 1) / 3;
	if (section == report->edition->section_count)
		return NULL;
	const struct section_content *content = &report->sections[section];
	const struct text *const texts[] = {&content->before, &content->text, &content->after};
	return texts[(at - 1) % 3];
}

const struct figure *report_figure(
	const struct report *report, const struct table *table, size_t cell)
{
	return &report_section(report, table->section)->figures[cell];
}
