#!/usr/bin/python3
"""srgb.py OUT PROFILE — an ICC profile as a C array."""
import sys

data = open(sys.argv[2], 'rb').read()
assert data[36:40] == b'acsp' and data[16:20] == b'RGB ', 'not an RGB profile: ' + sys.argv[2]
rows = [','.join(map(str, data[at:at + 24])) + ',' for at in range(0, len(data), 24)]
with open(sys.argv[1], 'w', encoding='ascii') as out:
    out.write('#include "paint/pdf/srgb.h"\n\nconst unsigned char srgb_profile[] = {\n%s\n};\n'
              'const size_t srgb_profile_length = sizeof srgb_profile;\n' % '\n'.join(rows))
