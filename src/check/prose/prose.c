/* Sentences against tables: the texts of a report, one after the other. */
#include "check/prose/prose_internal.h"

#include <errno.h>
#include <string.h>

/* The settings of a rule of the kind. All of an edition share one grammar. */
struct prose_rule {
	enum judgement judges;
	const struct section *section; /* the only text it reads, beside those at tables; or NULL */
	const char *grammar; /* a file beside the edition's */
	struct prose *prose;
};

static enum judgement settings_judgement(struct settings *settings)
{
	static const char *const names[JUDGEMENTS] = {"cells", "sums", "percents", "claims"};
	const char *name = settings_text(settings, "judges");
	for (size_t i = 0; i < JUDGEMENTS; i++)
		if (strcmp(names[i], name) == 0)
			return (enum judgement)i;
	settings_refuse(settings, "judges");
	return JUDGE_CELLS;
}

static struct prose *shared_grammar(const struct edition *edition, const char *name)
{
	for (size_t i = 0; i < edition->rule_count; i++) {
		const struct rule *rule = edition->rules[i];
		const struct prose_rule *other = rule->settings;
		if (rule->kind == RULE_PROSE && other && strcmp(other->grammar, name) == 0)
			return other->prose;
	}
	return NULL;
}

static struct prose *load_grammar(struct settings *settings, const char *name)
{
	const struct edition *edition = settings->edition;
	const struct node *node = edition_nodes_beside(edition, name, settings->diags);
	struct prose *prose =
		node ? prose_load(edition->arena, edition, node, settings->diags) : NULL;
	if (prose && !edition_is_builtin(edition) && !prose_compile(prose, settings->diags))
		prose = NULL;
	if (!prose)
		settings_refuse(settings, "grammar");
	return prose;
}

void *settings_prose(struct settings *settings)
{
	struct prose_rule *own = arena_new(settings->edition->arena, struct prose_rule);
	own->judges = settings_judgement(settings);
	own->grammar = settings_text(settings, "grammar");
	if (node_find(settings->rule->node, "section"))
		own->section = settings_section(settings, "section");
	own->prose = shared_grammar(settings->edition, own->grammar);
	if (!own->prose && *own->grammar)
		own->prose = load_grammar(settings, own->grammar);
	else if (!own->prose && settings->sound)
		settings_refuse(settings, "grammar"); /* a key without a value */
	return own;
}

/* Which rules speak of a text. */
static void choose_rules(
	struct reader *reader, const struct rule *rule, const struct section *section)
{
	const struct edition *edition = reader->audit->report->edition;
	const struct prose_rule *own = rule->settings;
	memset(reader->rules, 0, sizeof reader->rules);
	for (size_t i = 0; i < edition->rule_count; i++) {
		const struct rule *other = edition->rules[i];
		const struct prose_rule *its = other->settings;
		if (other->kind == RULE_PROSE && its && its->prose == own->prose &&
			(!its->section || its->section == section || section->table))
			reader->rules[its->judges] = other;
	}
}

#define READ_MAX 40000 /* a long report has 3,000 */

/* Without a digit only a head matters, for the topic that it names. */
#define HEAD_BYTES_MAX 240

static bool is_worth(const struct passage *passage)
{
	if (passage->length <= HEAD_BYTES_MAX)
		return true;
	return strpbrk(passage->utf8 + passage->numbering.mark, "0123456789\xEF");
}

/* A sentence that counts something, and a clause of it that a pattern gave up on: said once. */
static void say_unread(struct diags *diags, const struct paragraph *paragraph)
{
	const struct segment *at = paragraph->segments, *end = at + paragraph->segment_count;
	while (at < end) {
		const struct segment *unread = NULL;
		size_t sentence = at->sentence, counted = 0;
		for (; at < end && at->sentence == sentence; at++) {
			counted += at->count;
			if (at->unread && !unread)
				unread = at;
		}
		if (counted > 0 && unread)
			diag_add(diags, TEXT_UNCHECKED,
				passage_span(paragraph->passage, unread->written_from,
					unread->written_to),
				NULL);
	}
}

static void judge_text(struct reader *reader, const struct text *text, bool beside_table)
{
	if (!text->count)
		return;
	struct paragraph **paragraphs = arena_array(reader->arena, struct paragraph *, text->count);
	size_t count = 0, topic = reader->prose->topic_count;
	for (size_t i = 0; i < text->count && reader->read < READ_MAX; i++) {
		const struct passage *passage = &text->passages[i];
		if (!passage_is_paragraph(passage) || !is_worth(passage))
			continue;
		struct paragraph *paragraph = paragraph_prepare(reader, passage, beside_table);
		reader->read += paragraph->segment_count + paragraph->quantity_count;
		if (reader->read < READ_MAX)
			paragraphs[count++] = paragraph;
		else
			diag_add(reader->audit->diags, TEXT_UNCHECKED_REST,
				passage_span(passage, 0, passage->length), NULL);
	}
	for (size_t i = 0; i < count; i++)
		facts_read(reader, paragraphs[i], &topic);
	facts_compare(reader, paragraphs, count);
	for (size_t i = 0; i < count; i++) {
		reader->previous = i > 0 ? paragraphs[i - 1] : NULL;
		claims_judge(reader, paragraphs[i]);
		shares_judge(reader, paragraphs[i]);
		classes_judge(reader, paragraphs[i]);
		lists_judge(reader, paragraphs[i]);
		say_unread(reader->audit->diags, paragraphs[i]);
	}
}

/* All rules of the kind that share a grammar are judged in one go, by the last of them, when
 * the settings of all are there. */
static bool is_last(const struct edition *edition, const struct rule *rule)
{
	const struct prose_rule *own = rule->settings;
	bool last = false;
	for (size_t i = 0; i < edition->rule_count; i++) {
		const struct rule *other = edition->rules[i];
		const struct prose_rule *its = other->settings;
		if (other->kind == RULE_PROSE && its && its->prose == own->prose)
			last = other == rule;
	}
	return last;
}

void check_prose(const struct audit *audit, const struct rule *rule)
{
	const struct report *report = audit->report;
	const struct prose_rule *own = rule->settings;
	if (!is_last(report->edition, rule))
		return;
	struct reader reader = {.audit = audit, .arena = audit->arena, .prose = own->prose};
	aliases_find(&reader);
	for (size_t i = 0; i < report->edition->section_count; i++) {
		const struct section_content *content = &report->sections[i];
		if (!content->text.count && !content->before.count && !content->after.count)
			continue;
		choose_rules(&reader, rule, content->section);
		judge_text(&reader, &content->text, false);
		judge_text(&reader, &content->before, true);
		judge_text(&reader, &content->after, true);
	}
	g_free(reader.segments);
	g_free(reader.quantities);
}
