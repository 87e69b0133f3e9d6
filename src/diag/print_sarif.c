/* SARIF 2.1.0 (OASIS), with what code hosts show of it: rules, places, fixes, fingerprints. */
#include "diag/json_internal.h"
#include "diag/print.h"

#include <string.h>

static json_t *text_message(const char *text)
{
	return json_pack("{s:o}", "text", json_text(text));
}

static json_t *rule_of(const struct rule_about *about)
{
	json_t *rule = json_object();
	json_object_set_new(rule, "id", json_text(about->id));
	json_object_set_new(rule, "shortDescription", text_message(about->title));
	json_object_set_new(rule, "help", text_message(about->help ? about->help : about->title));
	json_object_set_new(rule, "defaultConfiguration",
		json_pack("{s:s}", "level", severity_words[about->severity]));
	return rule;
}

/* A relative path stays one, so that a host finds the file in its tree. */
static json_t *artifact_of(const char *path)
{
	char *escaped = g_uri_escape_string(strcmp(path, "-") == 0 ? "stdin" : path, "/", FALSE);
	char *uri = g_strconcat(path[0] == '/' ? "file://" : "", escaped, NULL);
	json_t *artifact = json_pack("{s:o}", "uri", json_text(uri));
	g_free(uri);
	g_free(escaped);
	return artifact;
}

static json_t *region_of(struct span at)
{
	struct place start = source_place(at.source, at.start);
	struct place end = source_place(at.source, at.end);
	return json_pack("{s:I, s:I, s:I, s:I}", "startLine", (json_int_t)start.line, "startColumn",
		(json_int_t)start.column, "endLine", (json_int_t)end.line, "endColumn",
		(json_int_t)end.column);
}

static json_t *location_of(const struct verdict *verdict, struct span at, const char *const *path)
{
	json_t *location = json_object(), *physical = json_object();
	json_object_set_new(physical, "artifactLocation",
		artifact_of(at.source ? at.source->path : verdict->path));
	if (at.source)
		json_object_set_new(physical, "region", region_of(at));
	json_object_set_new(location, "physicalLocation", physical);
	if (path)
		json_object_set_new(location, "logicalLocations",
			json_pack("[{s:o}]", "fullyQualifiedName", json_cell(path)));
	return location;
}

static json_t *related_of(const struct verdict *verdict, const struct diag *diag)
{
	json_t *list = json_array();
	for (guint i = 0; i < diag->related->len; i++) {
		const struct diag_related *related =
			&g_array_index(diag->related, struct diag_related, i);
		json_t *location = location_of(verdict, related->at, related->path);
		json_object_set_new(location, "id", json_integer(i));
		json_object_set_new(location, "message", text_message(related->message));
		json_array_append_new(list, location);
	}
	return list;
}

/* Only where the cell stands as a figure of its own: a 0 that stands for a whole row can't
 * simply be replaced. */
static bool fix_fits(const struct diag *diag)
{
	if (!diag->fix_path || !diag->at.source)
		return false;
	const char *bytes = diag->at.source->bytes.start;
	size_t before = diag->at.start;
	while (before > 0 && bytes[before - 1] == ' ')
		before--;
	return before > 0 && (bytes[before - 1] == '[' || bytes[before - 1] == ',');
}

static json_t *fixes_of(const struct print_run *run, const struct diag *diag)
{
	const char *said =
		diag_format(run->arena, run->language, PRINT_FIX_HERE, diag->fix_value, NULL);
	json_t *replacement = json_object(), *change = json_object(), *fix = json_object();
	json_object_set_new(replacement, "deletedRegion", region_of(diag->at));
	json_object_set_new(replacement, "insertedContent", text_message(diag->fix_value));
	json_object_set_new(change, "artifactLocation", artifact_of(diag->at.source->path));
	json_object_set_new(change, "replacements", json_pack("[o]", replacement));
	json_object_set_new(fix, "description", text_message(said));
	json_object_set_new(fix, "artifactChanges", json_pack("[o]", change));
	return json_pack("[o]", fix);
}

/* The same finding after lines were added above it: its rule and cell, or its line's text,
 * and which of several alike it is. */
static char *fingerprint(GHashTable *seen, const struct diag *diag)
{
	GString *identity = g_string_new(diag->id);
	struct bytes line = {"", 0};
	if (diag->at.source)
		line = source_line(
			diag->at.source, source_place(diag->at.source, diag->at.start).line);
	for (const char *const *label = diag->path; label && *label; label++)
		g_string_append_printf(identity, "\n%s", *label);
	if (!diag->path)
		g_string_append_len(
			g_string_append_c(identity, '\n'), line.start, (gssize)line.length);
	gsize before = GPOINTER_TO_SIZE(g_hash_table_lookup(seen, identity->str));
	g_hash_table_insert(seen, g_strdup(identity->str), GSIZE_TO_POINTER(before + 1));
	g_string_append_printf(identity, "\n%" G_GSIZE_FORMAT, before);
	char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, identity->str, -1);
	g_string_free(identity, TRUE);
	return hash;
}

static json_t *result_of(const struct print_run *run, const struct verdict *verdict,
	const struct diag *diag, GHashTable *seen)
{
	json_t *result = json_object();
	char *hash = fingerprint(seen, diag);
	json_object_set_new(result, "ruleId", json_text(diag->id));
	json_object_set_new(result, "level", json_text(severity_words[diag->severity]));
	json_object_set_new(result, "message", text_message(diag->message));
	json_object_set_new(
		result, "locations", json_pack("[o]", location_of(verdict, diag->at, diag->path)));
	if (diag->related->len)
		json_object_set_new(result, "relatedLocations", related_of(verdict, diag));
	if (fix_fits(diag))
		json_object_set_new(result, "fixes", fixes_of(run, diag));
	json_object_set_new(result, "partialFingerprints", json_pack("{s:s}", "nianbao/v1", hash));
	if (diag->waived)
		json_object_set_new(result, "suppressions",
			json_pack("[{s:s, s:o}]", "kind", "inSource", "justification",
				json_text(diag->waived)));
	g_free(hash);
	return result;
}

static void print_sarif_begin(struct print_run *run)
{
	json_t *rules = json_array();
	for (size_t i = 0; i < run->rules.count; i++)
		json_array_append_new(rules, rule_of(&run->rules.at[i]));
	g_string_append(run->out,
		"{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", "
		"\"version\": \"2.1.0\", \"runs\": [{\"columnKind\": \"unicodeCodePoints\",\n"
		"\"tool\": ");
	json_print(run->out,
		json_pack("{s:{s:s, s:s, s:o}}", "driver", "name", "nianbao", "version",
			NIANBAO_VERSION, "rules", rules));
	g_string_append(run->out, ",\n\"results\": [");
}

static void print_sarif_file(struct print_run *run, const struct verdict *verdict)
{
	const GPtrArray *all = verdict->diags->all;
	GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < MIN(all->len, PRINT_FINDINGS_MAX); i++) {
		g_string_append(run->out, i ? ",\n" : "");
		json_print(run->out, result_of(run, verdict, all->pdata[i], seen));
	}
	g_hash_table_unref(seen);
}

static void print_sarif_end(struct print_run *run)
{
	g_string_append(run->out, "\n]}]}\n");
}

const struct printer printer_sarif = {
	.name = "sarif",
	.begin = print_sarif_begin,
	.file = print_sarif_file,
	.before = "\n",
	.between = ",\n",
	.lists_rules = true,
	.end = print_sarif_end,
};
