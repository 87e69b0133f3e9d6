/* The table of printers. */
#include "diag/print.h"

#include <string.h>

static const struct printer *const printers[] = {
	&printer_text, &printer_json, &printer_sarif, &printer_github, &printer_junit};

const struct printer *printer_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(printers); i++)
		if (strcmp(printers[i]->name, name) == 0)
			return printers[i];
	return NULL;
}

void print_file(const struct printer *printer, struct print_run *run, const struct verdict *verdict)
{
	printer->file(run, verdict);
	run->files++;
	run->waived += verdict->diags->waived;
	for (size_t i = 0; i < G_N_ELEMENTS(run->counts); i++)
		run->counts[i] += verdict->diags->counts[i];
}
