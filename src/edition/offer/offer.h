/*
 * The form offered to those who write: an empty report to fill in, and a schema for editors.
 * Knows keys, hints and shapes; refuses to know any agency's figures.
 */
#ifndef NIANBAO_EDITION_OFFER_OFFER_H
#define NIANBAO_EDITION_OFFER_OFFER_H

#include "edition/edition.h"

/* What is known already; NULL or 0: left to be filled in. */
struct blank {
	const char *agency, *level;
	int year;
	enum language language; /* of the comments */
};

/* A complete report file without figures and texts, each row and text explained beside it. */
void edition_write_blank(const struct edition *edition, const struct blank *blank, GString *out);

/* JSON Schema 2020-12 of a report: of `only`, or (NULL) of whichever edition its 格式 or 年度
 * asks for. */
void editions_write_schema(
	const struct editions *editions, const struct edition *only, GString *out);

#endif
