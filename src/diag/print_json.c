/* One JSON object a run, a line a file (RULES §7), and the door to jansson's writing. */
#include "diag/json_internal.h"
#include "diag/print.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

json_t *json_text(const char *text)
{
	if (!text)
		return json_null();
	json_t *string = json_string(text);
	if (string)
		return string;
	char *valid = g_utf8_make_valid(text, -1);
	string = json_string(valid);
	g_free(valid);
	return string;
}

static json_t *path_of(const char *const *path)
{
	json_t *list = json_array();
	for (; *path; path++)
		json_array_append_new(list, json_text(*path));
	return list;
}

json_t *json_cell(const char *const *path)
{
	char *joined = g_strjoinv("/", (gchar **)(uintptr_t)path);
	json_t *cell = json_text(joined);
	g_free(joined);
	return cell;
}

static bool is_of_file(const struct verdict *verdict, struct span at)
{
	return at.source && strcmp(at.source->path, verdict->path) == 0;
}

/* Want of memory is GLib's to deal with, here as elsewhere: jansson would leave things out. */
__attribute__((constructor)) static void allocate_by_glib(void)
{
	json_set_alloc_funcs(g_malloc, g_free);
}

void json_print(GString *out, json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY);
	if (text)
		g_string_append(out, text);
	g_free(text);
	json_decref(value);
}

static json_t *place_of(const struct source *source, size_t byte)
{
	struct place place = source_place(source, byte);
	return json_pack(
		"{s:I, s:I}", "line", (json_int_t)place.line, "column", (json_int_t)place.column);
}

/* Where and which cell; a place in another file names it. */
static void set_place(
	json_t *object, const struct verdict *verdict, struct span at, const char *const *path)
{
	if (path) {
		json_object_set_new(object, "cell", json_cell(path));
		json_object_set_new(object, "path", path_of(path));
	}
	if (!at.source)
		return;
	if (!is_of_file(verdict, at))
		json_object_set_new(object, "file", json_text(at.source->path));
	json_object_set_new(object, "range",
		json_pack("{s:o, s:o}", "start", place_of(at.source, at.start), "end",
			place_of(at.source, at.end)));
}

static json_t *related_of(const struct verdict *verdict, const struct diag *diag)
{
	json_t *list = json_array();
	for (guint i = 0; i < diag->related->len; i++) {
		const struct diag_related *related =
			&g_array_index(diag->related, struct diag_related, i);
		json_t *object = json_object();
		json_object_set_new(object, "message", json_text(related->message));
		set_place(object, verdict, related->at, related->path);
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *finding_of(const struct verdict *verdict, const struct diag *diag)
{
	json_t *object = json_object();
	json_object_set_new(object, "rule", json_text(diag->id));
	json_object_set_new(object, "severity", json_text(severity_words[diag->severity]));
	json_object_set_new(object, "message", json_text(diag->message));
	set_place(object, verdict, diag->at, diag->path);
	if (diag->related->len)
		json_object_set_new(object, "related", related_of(verdict, diag));
	if (diag->fix_path) {
		json_t *fix = json_object();
		json_object_set_new(fix, "cell", json_cell(diag->fix_path));
		json_object_set_new(fix, "path", path_of(diag->fix_path));
		json_object_set_new(fix, "value", json_text(diag->fix_value));
		json_object_set_new(object, "fix", fix);
	}
	if (diag->waived)
		json_object_set_new(object, "waived", json_text(diag->waived));
	return object;
}

static json_t *file_of(const struct verdict *verdict)
{
	const struct diags *diags = verdict->diags;
	json_t *file = json_object(), *findings = json_array();
	json_object_set_new(file, "file", json_text(verdict->path));
	json_object_set_new(file, "edition", json_text(verdict->edition));
	json_object_set_new(file, "agency", json_text(verdict->agency));
	json_object_set_new(
		file, "year", verdict->year ? json_integer(verdict->year) : json_null());
	json_object_set_new(file, "counts",
		json_pack("{s:I, s:I, s:I, s:I}", "error",
			(json_int_t)diags->counts[SEVERITY_ERROR], "warning",
			(json_int_t)diags->counts[SEVERITY_WARNING], "note",
			(json_int_t)diags->counts[SEVERITY_NOTE], "waived",
			(json_int_t)diags->waived));
	guint listed = MIN(diags->all->len, PRINT_FINDINGS_MAX);
	for (guint i = 0; i < listed; i++)
		json_array_append_new(findings, finding_of(verdict, diags->all->pdata[i]));
	json_object_set_new(file, "findings", findings);
	size_t omitted = diags->all->len - listed + diags_flood(diags, true);
	if (omitted)
		json_object_set_new(file, "omitted", json_integer((json_int_t)omitted));
	return file;
}

static void print_json_begin(struct print_run *run)
{
	g_string_append(run->out, "{\"version\": 1, \"files\": [");
}

static void print_json_file(struct print_run *run, const struct verdict *verdict)
{
	json_print(run->out, file_of(verdict));
}

static void print_json_end(struct print_run *run)
{
	g_string_append(run->out, run->joined ? "\n]}\n" : "]}\n");
}

const struct printer printer_json = {
	.name = "json",
	.begin = print_json_begin,
	.file = print_json_file,
	.before = "\n",
	.between = ",\n",
	.end = print_json_end,
};
