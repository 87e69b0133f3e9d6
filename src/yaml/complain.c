/* What libyaml says, in a clerk's words, and where the mistake is rather than where it was
 * noticed. */
#include "yaml/yaml_internal.h"

#include <string.h>

enum pointing { AT_PROBLEM, AT_CONTEXT };

/* Every sentence of libyaml 0.2's scanner and parser; the first row that fits counts. */
static const struct {
	const char *problem; /* how it begins */
	const char *context; /* how it begins; NULL: any */
	enum pointing pointing;
	enum diag_code code;
} complaints[] = {
	{"could not find expected ':'", NULL, AT_CONTEXT, YAML_NO_COLON},
	{"block sequence entries are not allowed", NULL, AT_PROBLEM, YAML_DASH},
	{"mapping keys are not allowed", NULL, AT_PROBLEM, YAML_QUESTION},
	{"mapping values are not allowed", NULL, AT_PROBLEM, YAML_COLON},
	{"found character that cannot start any token", NULL, AT_PROBLEM, YAML_START},
	{"found a tab character that violates indentation", NULL, AT_PROBLEM, YAML_TAB_HERE},
	{"found a tab character where an indentation", NULL, AT_PROBLEM, YAML_TAB_HERE},
	{"found an indentation indicator equal to 0", NULL, AT_PROBLEM, YAML_BLOCK_HEADER},
	{"did not find expected comment or line break", "while scanning a block", AT_PROBLEM,
		YAML_BLOCK_HEADER},
	{"did not find expected alphabetic or numeric", NULL, AT_CONTEXT, YAML_SIGN_NAME},
	{"found unexpected end of stream", "while scanning a quoted", AT_CONTEXT, YAML_QUOTE_OPEN},
	{"found unexpected document indicator", NULL, AT_CONTEXT, YAML_QUOTE_OPEN},
	{"found unknown escape character", NULL, AT_PROBLEM, YAML_ESCAPE},
	{"did not find expected hexdecimal number", NULL, AT_PROBLEM, YAML_ESCAPE},
	{"found invalid Unicode character escape code", NULL, AT_PROBLEM, YAML_ESCAPE},
	{"found undefined tag handle", NULL, AT_PROBLEM, YAML_TAG_BAD},
	{"", "while parsing a tag", AT_CONTEXT, YAML_TAG_BAD},
	{"", "while scanning a tag", AT_CONTEXT, YAML_TAG_BAD},
	{"", "while scanning a directive", AT_CONTEXT, YAML_DIRECTIVE},
	{"", "while scanning a %YAML directive", AT_CONTEXT, YAML_DIRECTIVE},
	{"", "while scanning a %TAG directive", AT_CONTEXT, YAML_DIRECTIVE},
	{"", "while parsing a %TAG directive", AT_CONTEXT, YAML_DIRECTIVE},
	{"found duplicate %", NULL, AT_PROBLEM, YAML_DIRECTIVE},
	{"found incompatible YAML document", NULL, AT_PROBLEM, YAML_DIRECTIVE},
	{"did not find expected <document start>", NULL, AT_PROBLEM, YAML_AFTER_END},
	{"did not find expected node content", "while parsing a flow", AT_PROBLEM, YAML_EMPTY_ITEM},
	{"did not find expected node content", NULL, AT_PROBLEM, YAML_NO_CONTENT},
	{"did not find expected '-' indicator", NULL, AT_PROBLEM, YAML_LIST_ENTRY},
	{"did not find expected key", NULL, AT_PROBLEM, YAML_MAP_ENTRY},
	{"did not find expected ',' or ']'", NULL, AT_CONTEXT, YAML_LIST_OPEN},
	{"did not find expected ',' or '}'", NULL, AT_CONTEXT, YAML_MAP_OPEN},
};

static size_t row_of(const struct failure *failure)
{
	size_t row = 0;
	for (; row < G_N_ELEMENTS(complaints); row++) {
		const char *context = complaints[row].context;
		if (g_str_has_prefix(failure->problem, complaints[row].problem) &&
			(!context ||
				(failure->context && g_str_has_prefix(failure->context, context))))
			break;
	}
	return row;
}

/* `${…}` in a list or map in brackets: a text ends at the brace that it holds. */
static bool meets_reference(const struct text *text, const struct failure *failure)
{
	struct bytes bytes = text->source->bytes;
	return g_str_has_prefix(failure->problem, "did not find expected ',' or") &&
		failure->at > 0 && failure->at < bytes.length &&
		bytes.start[failure->at - 1] == '$' && bytes.start[failure->at] == '{';
}

size_t complaint_place(const struct text *text, const struct failure *failure)
{
	size_t row = row_of(failure);
	if (meets_reference(text, failure))
		return failure->at - 1;
	bool context = row < G_N_ELEMENTS(complaints) && complaints[row].pointing == AT_CONTEXT;
	return context ? failure->context_at : failure->at;
}

void complain(struct text *text, const struct failure *failure)
{
	size_t row = row_of(failure);
	size_t at = complaint_place(text, failure);
	struct bytes bytes = text->source->bytes;
	size_t end = at;
	if (meets_reference(text, failure)) {
		diag_add(text->diags, YAML_REFERENCE_BARE, text_span(text, at, at + 2), NULL);
		return;
	}
	if (at < bytes.length)
		end = MIN(at + (size_t)g_utf8_skip[(guchar)bytes.start[at]], bytes.length);
	if (row < G_N_ELEMENTS(complaints))
		diag_add(text->diags, complaints[row].code, text_span(text, at, end), NULL);
	else
		diag_add(text->diags, YAML_OTHER, text_span(text, at, end), failure->problem, NULL);
}
