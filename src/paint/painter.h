/*
 * What a painter answers: one function an item kind. A new kind fails the build until every
 * painter does.
 */
#ifndef NIANBAO_PAINT_PAINTER_H
#define NIANBAO_PAINT_PAINTER_H

#include "layout/page.h"

struct painter {
	void (*text)(void *canvas, const struct item *item);
	void (*rule)(void *canvas, const struct item *item);
	void (*fill)(void *canvas, const struct item *item);
	void (*image)(void *canvas, const struct item *item);
	void (*link)(void *canvas, const struct item *item);
	void (*begin)(void *canvas, const struct item *item);
	void (*artifact)(void *canvas, const struct item *item);
	void (*end)(void *canvas, const struct item *item);
};

void painter_paint(const struct painter *painter, void *canvas, const struct page *page);

#endif
