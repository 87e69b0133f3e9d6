/* JSON as the printers need it: always valid, whatever bytes a path or message holds. */
#ifndef NIANBAO_DIAG_JSON_INTERNAL_H
#define NIANBAO_DIAG_JSON_INTERNAL_H

#include "diag/print.h"

#include <jansson.h>

json_t *json_text(const char *text); /* null for NULL; bytes that aren't UTF-8 as U+FFFD */
json_t *json_cell(const char *const *path); /* the labels joined by / */
/* Appends the value on one line, and ends it. */
void json_print(GString *out, json_t *value);

#endif
