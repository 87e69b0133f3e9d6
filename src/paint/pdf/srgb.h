/* The sRGB profile of icc-profiles-free as the build put it into the program (srgb.py). */
#ifndef NIANBAO_PAINT_PDF_SRGB_H
#define NIANBAO_PAINT_PDF_SRGB_H

#include <stddef.h>

extern const unsigned char srgb_profile[];
extern const size_t srgb_profile_length;

#endif
