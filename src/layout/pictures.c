/*
 * Pictures in texts: scaled into the measure and the page, on grid lines of their own, with
 * their 说明 below. A file that can't be used was reported by the report's reader.
 */
#include "layout/flow_internal.h"

#include <string.h>

#define PICTURE_BYTES_MAX ((size_t)64 * 1024 * 1024)
#define UNITS_PER_PIXEL 768 /* 96 pixels an inch */
#define UM_PER_INCH 25400

static const struct image *image_read(struct flow *flow, const struct block *block)
{
	const struct picture *picture = block->picture;
	g_autofree char *path = g_build_filename(flow->job->folder, picture->file, NULL);
	struct image *image = arena_new(flow->arena, struct image);
	int error = file_read(flow->arena, path, PICTURE_BYTES_MAX, &image->file);
	if (error) {
		diag_unread(flow->diags, block->at, picture->file, error);
		return NULL;
	}
	switch (picture->kind) {
	case PICTURE_PNG:
		image->kind = IMAGE_PNG;
		break;
	case PICTURE_JPEG:
		image->kind = IMAGE_JPEG;
		break;
	case PICTURE_SVG:
		image->kind = IMAGE_SVG;
		break;
	}
	image->pixel_width = picture->pixel_width;
	image->pixel_height = picture->pixel_height;
	image->path = picture->file;
	image->at = block->at;
	return image;
}

struct extent {
	int64_t width, height;
};

/* The author's 宽, or the picture's own; at most the measure, and so high that a caption of
 * two lines still stands below. */
static struct extent extent_of(const struct flow *flow, const struct picture *picture)
{
	int64_t pixel_width = MAX(picture->pixel_width, 1);
	int64_t pixel_height = MAX(picture->pixel_height, 1);
	int64_t width = picture->width_um
		? (int64_t)picture->width_um * 72 * UNITS_PER_PT / UM_PER_INCH
		: pixel_width * UNITS_PER_PIXEL;
	width = MIN(width, flow->measure);
	int64_t height = width * pixel_height / pixel_width;
	int64_t room = flow->page_height - 2 * flow->style->caption.pitch -
		flow->style->caption.space_before;
	if (height > room) {
		height = room;
		width = height * pixel_width / pixel_height;
	}
	return (struct extent){MAX(width, 1), MAX(height, 1)};
}

void flow_caption(struct flow *flow, const char *utf8, struct span at, struct element *parent)
{
	const struct text_style *style = &flow->style->caption;
	struct lines lines = flow_compose(flow, utf8, style, LINES_BALANCED, at);
	struct element *element = flow_element(flow, ELEMENT_CAPTION, parent);
	bool above = parent->kind == ELEMENT_TABLE;
	for (size_t i = 0; i < lines.count; i++) {
		GArray *items = items_of_line(element, &lines.at[i], 0, flow_baseline(style));
		bool last = i + 1 == lines.count;
		flow_items(flow,
			(struct strip){
				.height = style->pitch,
				.before = i ? 0 : style->space_before,
				.after = last ? style->space_after : 0,
				.keep = above || !last,
			},
			items);
	}
}

void flow_picture(struct flow *flow, const struct block *block)
{
	const struct image *image = image_read(flow, block);
	if (!image)
		return;
	struct extent extent = extent_of(flow, block->picture);
	struct element *figure = flow_element(flow, ELEMENT_FIGURE, flow->document);
	bool captioned = block->utf8 && *block->utf8;
	figure->alt = block->alt;
	struct item item = {
		.kind = ITEM_IMAGE,
		.x = (flow->measure - (int)extent.width) / 2,
		.width = (int)extent.width,
		.height = (int)extent.height,
		.as.image = image,
	};
	GArray *items = g_array_new(FALSE, FALSE, sizeof(struct item));
	items_mark(items, ITEM_BEGIN, figure);
	g_array_append_val(items, item);
	items_mark(items, ITEM_END, NULL);
	flow_items(flow,
		(struct strip){
			.height = item.height,
			.before = flow->style->caption.space_before,
			.after = captioned ? 0 : flow->style->caption.space_after,
			.keep = captioned,
		},
		items);
	if (captioned)
		flow_caption(flow, block->utf8, block->at, figure);
}
