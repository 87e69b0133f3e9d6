/* The only door to jansson's writing. */
#include "diag/json_internal.h"

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

json_t *json_path(const char *const *path)
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

bool json_is_of_file(const struct verdict *verdict, struct span at)
{
	return at.source && strcmp(at.source->path, verdict->path) == 0;
}

void json_print(GString *out, json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY);
	if (text)
		g_string_append(out, text);
	free(text);
	json_decref(value);
}
