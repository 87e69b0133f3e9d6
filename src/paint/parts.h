/*
 * What each part that is loaded on demand offers (base/module.h). Knows the functions'
 * names; refuses to know what they call.
 */
#ifndef NIANBAO_PAINT_PARTS_H
#define NIANBAO_PAINT_PARTS_H

#include "paint/outputs.h"
#include "paint/raster.h"

/* Part `typeset`: layout, PDF and trace, with Pango, HarfBuzz and libharu. */
struct typeset_part {
	/* Style, fonts and layout of the request's document; NULL with findings. */
	const struct pages *(*pages)(const struct output_request *request);
	bool (*pdf)(const struct output_request *request);
	bool (*trace)(const struct output_request *request);
	enum diag_code (*role_sentence)(enum role role); /* layout/style.h */
	/* layout/fonts.h */
	struct fonts *(*fonts_open)(struct arena *arena, const char *data_directory,
		const char *official, struct diags *diags);
	const struct font_place *(*fonts_role)(
		const struct fonts *fonts, enum role role, size_t *count);
	const struct font_place *(*fonts_find)(
		const struct fonts *fonts, enum role role, uint32_t character);
};
extern const struct typeset_part typeset_part;

/* Part `preview`: PNG, SVG and pictures as pixels, with Cairo, librsvg and libjpeg. */
struct preview_part {
	bool (*png)(const struct output_request *request);
	bool (*svg)(const struct output_request *request);
	bool (*raster)(
		struct arena *arena, const struct image *image, int width, struct raster *raster);
};
extern const struct preview_part preview_part;

/* Loaded if it isn't yet. NULL: `diags`, unless it is NULL, has the reason. */
const struct typeset_part *part_typeset(struct arena *arena, struct diags *diags);
const struct preview_part *part_preview(struct arena *arena, struct diags *diags);

bool trace_write(const struct output_request *request);
bool pdf_write(const struct output_request *request);

#endif
