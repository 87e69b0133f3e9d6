#!/usr/bin/python3
"""prepare.py IN.otf OUT.ttf — FandolFang with TrueType outlines.

The one free 仿宋 comes with cubic (CFF) outlines. A PDF takes TrueType outlines as they are: the
subset is made in a tenth of the time and needs no second numbering of the glyphs. So the outlines
are converted once, here, at most one unit of a thousandth of an em away from the original;
widths, characters and layout features stay. The bytes are the same on every machine: nothing is
taken from the clock. Needs fontTools (setup.sh brings it without installing it).
"""
import os
import sys

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

LARGEST_ERROR = 1.0  # in font units
NOTICE = ('Modified: the outlines were converted from CFF to TrueType for nianbao; '
          'the original is FandolFang-Regular.otf. GPL with font exception.')
MAXP_FIELDS = ('maxTwilightPoints', 'maxStorage', 'maxFunctionDefs', 'maxInstructionDefs',
               'maxStackElements', 'maxSizeOfInstructions', 'maxComponentElements')


def quadratic_glyphs(font):
    glyphs, source = {}, font.getGlyphSet()
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(source)
        source[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def replace_outlines(font, glyphs):
    font['loca'] = newTable('loca')
    font['glyf'] = table = newTable('glyf')
    table.glyphOrder, table.glyphs = font.getGlyphOrder(), glyphs
    for name in ('CFF ', 'VORG'):
        if name in font:
            del font[name]
    for name in font.getGlyphOrder():
        table[name].recalcBounds(table)
        font['hmtx'][name] = (font['hmtx'][name][0], getattr(table[name], 'xMin', 0) or 0)


def call_it_truetype(font):
    maxp = font['maxp']
    maxp.tableVersion, maxp.maxZones = 0x00010000, 1
    for name in MAXP_FIELDS:
        setattr(maxp, name, 0)
    font['post'].formatType = 3.0
    font.sfntVersion = '\0\1\0\0'
    font['name'].setName(NOTICE, 10, 3, 1, 0x409)


def main(source, target):
    font = TTFont(source, recalcTimestamp=False)
    replace_outlines(font, quadratic_glyphs(font))
    call_it_truetype(font)
    font.save(target + '.part')
    os.replace(target + '.part', target)


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__.splitlines()[0])
    main(sys.argv[1], sys.argv[2])
