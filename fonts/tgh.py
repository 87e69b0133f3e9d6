#!/usr/bin/python3
"""tgh.py OUT.txt — the 8,105 characters of 通用规范汉字表 in the order of their code points.

From kTGH of the Unihan database (Debian: unicode-data; Unicode licence). The list is committed:
`nianbao fonts` counts by it what a font covers. Of these, 199 are outside U+4E00–9FA5 and
Extension A: what level 2 of GB 18030—2022 adds.
"""
import bz2
import sys

UNIHAN = '/usr/share/unicode/Unihan_OtherMappings.txt.bz2'
A_LINE = 50

with bz2.open(UNIHAN, 'rt', encoding='utf-8') as unihan:
    rows = [line.split('\t') for line in unihan if line.startswith('U+')]
points = sorted(int(row[0][2:], 16) for row in rows if row[1] == 'kTGH')
text = ''.join(map(chr, points))
with open(sys.argv[1], 'w', encoding='utf-8') as out:
    out.write(''.join(text[i:i + A_LINE] + '\n' for i in range(0, len(text), A_LINE)))
