#!/usr/bin/python3
"""same-pages.py [--tolerant] FOLDER — do painters agree? FOLDER holds page-PAINTER-N.pgm (or .png,
with Pillow-less reading by pdftoppm's PGM only) of the same pages. At most 0.5 % of a page's pixels may
differ by more than 64 of 255; with --tolerant, for programs that thicken thin lines, 2.5 %.
same-pages.py ONE.pgm OTHER.pgm compares two pictures."""
import os
import re
import sys

DIFFERENCE, SHARE, TOLERANT_SHARE = 64, 0.005, 0.025


def read_pgm(path):
    data = open(path, 'rb').read()
    match = re.match(rb'P5\s+(?:#[^\n]*\n\s*)*(\d+)\s+(\d+)\s+255\s', data)
    if not match:
        sys.exit(path + ' is no PGM')
    width, height = int(match[1]), int(match[2])
    return width, height, data[match.end():]


def share_of_difference(one, other):
    width, height = min(one[0], other[0]), min(one[1], other[1])
    if abs(one[0] - other[0]) > 1 or abs(one[1] - other[1]) > 1:
        return 1.0
    count = 0
    for row in range(height):
        a = one[2][row * one[0]:row * one[0] + width]
        b = other[2][row * other[0]:row * other[0] + width]
        if a != b:
            count += sum(abs(x - y) > DIFFERENCE for x, y in zip(a, b))
    return count / (width * height)


def is_blank(picture):
    return min(picture[2]) > 128


def compare(one, other, allowed):
    a, b = read_pgm(one), read_pgm(other)
    share = share_of_difference(a, b)
    if is_blank(a) or is_blank(b) or share > allowed:
        print('%s, %s: %.3f %% of the pixels differ%s' % (
            one, other, share * 100, '; a page is blank' if is_blank(a) or is_blank(b) else ''))
        return False
    return True


def pages_of(folder):
    pages = {}
    for name in sorted(os.listdir(folder)):
        match = re.fullmatch(r'page-(\w+)-0*(\d+)\.pgm', name)
        if match:
            pages.setdefault(int(match[2]), {})[match[1]] = os.path.join(folder, name)
    return pages


def main(words):
    allowed = TOLERANT_SHARE if '--tolerant' in words else SHARE
    words = [word for word in words if word != '--tolerant']
    if len(words) == 2:
        return compare(*words, allowed)
    pages, fine = pages_of(words[0]), True
    painters = set().union(*pages.values()) if pages else set()
    for number, pictures in sorted(pages.items()):
        if set(pictures) != painters or len(painters) < 2:
            print('page %d: drawn by %s alone' % (number, ', '.join(sorted(pictures))))
            fine = False
        names = sorted(pictures)
        for other in names[1:]:
            fine &= compare(pictures[names[0]], pictures[other], allowed)
    return fine and bool(pages)


if __name__ == '__main__':
    sys.exit(0 if main(sys.argv[1:]) else 1)
