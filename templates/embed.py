#!/usr/bin/python3
"""embed.py OUT FILE... — the files as C arrays, with a table of their names."""
import os
import sys

out, files = sys.argv[1], sys.argv[2:]
lines = ['/* Generated from templates/ by embed.py. */', '#include "edition/builtin.h"', '']
rows = []
for number, path in enumerate(files):
    data = open(path, 'rb').read()
    lines.append('static const unsigned char file_%d[] = {' % number)
    for start in range(0, len(data), 24):
        lines.append('\t' + ''.join('%d,' % byte for byte in data[start:start + 24]))
    lines += ['\t0', '};']
    rows.append('\t{"%s", (const char *)file_%d, %d},' % (os.path.basename(path), number, len(data)))
lines += ['const struct builtin builtins[] = {', *rows, '};',
          'const size_t builtin_count = %d;' % len(rows), '']
with open(out, 'w', encoding='utf-8') as target:
    target.write('\n'.join(lines))
