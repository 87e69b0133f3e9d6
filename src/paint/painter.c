/* The only dispatch over item kinds. */
#include "paint/painter.h"

static void paint_item(const struct painter *painter, void *canvas, const struct item *item)
{
	switch (item->kind) { /* no default: -Wswitch-enum must see new kinds */
	case ITEM_TEXT:
		painter->text(canvas, item);
		break;
	case ITEM_RULE:
		painter->rule(canvas, item);
		break;
	case ITEM_FILL:
		painter->fill(canvas, item);
		break;
	case ITEM_IMAGE:
		painter->image(canvas, item);
		break;
	case ITEM_LINK:
		painter->link(canvas, item);
		break;
	case ITEM_BEGIN:
		painter->begin(canvas, item);
		break;
	case ITEM_ARTIFACT:
		painter->artifact(canvas, item);
		break;
	case ITEM_END:
		painter->end(canvas, item);
		break;
	}
}

void painter_paint(const struct painter *painter, void *canvas, const struct page *page)
{
	for (guint i = 0; i < page->items->len; i++)
		paint_item(painter, canvas, &g_array_index(page->items, struct item, i));
}
