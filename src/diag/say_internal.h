/* What several printers say in the same words. */
#ifndef NIANBAO_DIAG_SAY_INTERNAL_H
#define NIANBAO_DIAG_SAY_INTERNAL_H

#include "diag/print.h"

/* A sentence with up to two arguments, in the run's language. */
const char *print_say(
	const struct print_run *run, enum diag_code code, const char *first, const char *second);
const char *print_number(const struct print_run *run, size_t number);
/* "3 个错误，1 个警告 …" of the run so far, on a line of its own. */
void print_counts(struct print_run *run);
/* The sentence of a finding, and on further lines how to mend it, without control marks. */
char *print_whole(const struct print_run *run, const struct diag *diag); /* freed by g_free */

#endif
