#!/usr/bin/python3
"""pages.py PROGRAM FOLDER... — lays every report of the folders out and holds the pages (as the
trace painter prints them) to what must be true of any page:

  nothing leaves the type area; body text stands on the grid of 28.9 pt; no text touches a rule
  or another text; rules meet exactly and none is drawn twice; a heading never ends a page; a paragraph never
  leaves a single line; structure has no gaps (levels of headings, spans of tables); every text
  belongs to an element or is an artifact; two runs give the same bytes.

Reports with errors are laid out as drafts. Without the fonts of set-up it is skipped, loudly.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

SKIPPED = 77
LEFT, TOP, WIDTH, PITCH, LINES = 79.37, 104.88, 442.20, 28.9, 22
BASELINE, BODY = 20.53, 16.0
NEAR = 0.03
TEXT = re.compile(r'text (\S+) (\S+) (\S+) (\S+) (.*?) "(.*)"( turned \d+)?( #\w+)?$')
ELEMENT = re.compile(r'( *)element (\d+) (\w+?)(\d?) page (\d+)(?: span (\d+)x(\d+))?')


class Text:
    def __init__(self, match, owner):
        self.left, self.base, self.right, self.size = (float(match[i]) for i in range(1, 5))
        self.utf8, self.turned, self.owner = match[6], match[7], owner

    def __str__(self):
        return '“%s” at %.2f, %.2f' % (self.utf8, self.left, self.base)


class Page:
    def __init__(self):
        self.texts, self.rules = [], []


class Element:
    def __init__(self, match, parent):
        self.number, self.kind = int(match[2]), match[3]
        self.level = int(match[4] or 0)
        self.rows, self.columns = int(match[6] or 1), int(match[7] or 1)
        self.parent, self.children = parent, []
        if parent:
            parent.children.append(self)


def read_trace(text):
    pages, elements, path, owner = [], {}, [], None
    for line in text.splitlines():
        word = line.split()[0]
        if word == 'page':
            pages.append(Page())
        elif word == 'begin':
            owner = int(line.split()[1])
        elif word == 'artifact':
            owner = 'artifact'
        elif word == 'end':
            owner = None
        elif word == 'text':
            pages[-1].texts.append(Text(TEXT.match(line), owner))
        elif word == 'rule':
            pages[-1].rules.append(tuple(float(n) for n in line.split()[1:5]))
        elif word == 'element':
            match = ELEMENT.match(line)
            depth = len(match[1]) // 2
            del path[depth:]
            element = Element(match, path[-1] if path else None)
            path.append(element)
            elements[element.number] = element
    return pages, elements


def inside(page, elements):
    for text in page.texts:
        if text.owner is None:
            yield 'in no element: %s' % text
        if text.turned or text.base > TOP + LINES * PITCH:
            continue  # watermark, page number
        if text.left < LEFT - NEAR or text.right > LEFT + WIDTH + text.size / 2 + NEAR:
            yield 'leaves the type area: %s' % text
        if text.base - 0.9 * text.size < TOP - NEAR or text.base > TOP + LINES * PITCH + NEAR:
            yield 'above or below the type area: %s' % text
    for x, y, width, height in page.rules:
        if x < LEFT - NEAR or x + width > LEFT + WIDTH + NEAR or y < TOP - 1 \
                or y + height > TOP + LINES * PITCH + 1:
            yield 'a rule leaves the type area: %s' % ((x, y, width, height),)


def on_grid(page, elements):
    for text in page.texts:
        element = elements.get(text.owner)
        if not element or element.kind not in ('P', 'H') or text.size != BODY:
            continue
        line = (text.base - TOP - BASELINE) / PITCH
        if abs(line - round(line)) * PITCH > NEAR:
            yield 'off the grid: %s' % text


def rules_meet(page, elements):
    across = sorted((y, x, x + w, h) for x, y, w, h in page.rules if w > h)
    down = sorted((x, y, y + h, w) for x, y, w, h in page.rules if h >= w)
    for one, other in ((across, down), (down, across)):
        for first, second in zip(one, one[1:]):
            if abs(first[0] - second[0]) < NEAR and second[1] < first[2] - first[3] - NEAR:
                yield 'drawn twice: rules at %.2f' % first[0]
        for at, start, end, thick in one:
            for tip in (start, end - thick):
                if not any(abs(place - tip) < 2 * NEAR and lo - NEAR <= at <= hi + NEAR
                           for place, lo, hi, _ in other):
                    yield 'meets nothing: a rule at %.2f from %.2f to %.2f' % (at, start, end)


def texts_clear_of_rules(page, elements):
    for text in page.texts:
        if text.turned:
            continue
        top, bottom = text.base - 0.75 * text.size, text.base
        for x, y, width, height in page.rules:
            if text.left < x + width - NEAR and text.right > x + NEAR \
                    and top < y + height - NEAR and bottom > y + NEAR:
                yield 'a rule goes through it: %s' % text


def lines_apart(page, elements):
    ordered = sorted((t for t in page.texts if not t.turned), key=lambda t: (t.base, t.left))
    for first, second in zip(ordered, ordered[1:]):
        if abs(first.base - second.base) < NEAR and second.left < first.right - 0.55 * first.size:
            yield 'overlap: %s and %s' % (first, second)


def texts_clear_of_texts(page, elements):
    texts = [t for t in page.texts if not t.turned]
    for i, first in enumerate(texts):
        for second in texts[i + 1:]:
            if second.base - 0.75 * second.size < first.base - 2 * NEAR \
                    and first.base - 0.75 * first.size < second.base - 2 * NEAR \
                    and abs(first.base - second.base) > NEAR \
                    and first.left < second.right - NEAR and second.left < first.right - NEAR:
                yield 'over each other: %s and %s' % (first, second)


def page_ends(pages, elements):
    """No heading at the end of a page, no lone line of a paragraph at a break."""
    lines = {}
    for number, page in enumerate(pages):
        body = [t for t in page.texts if isinstance(t.owner, int)]
        last = elements[body[-1].owner] if body else None
        alone = last and all(t.owner == last.number for t in body if t.base == body[-1].base)
        if last and last.kind == 'H' and alone and number + 1 < len(pages) \
                and not begins_appendix(pages[number + 1]):
            yield 'page %d ends with a heading: %s' % (number + 1, body[-1])
        for text in body:
            if elements[text.owner].kind == 'P':
                lines.setdefault(text.owner, {}).setdefault(number, set()).add(text.base)
    for owner, parts in lines.items():
        counts = [len(part) for _, part in sorted(parts.items())]
        if len(counts) > 1 and min(counts) < 2 and not runs_on(elements[owner], counts):
            yield 'paragraph %d leaves a lone line: %s' % (owner, counts)


def begins_appendix(page):
    """A draft's findings, which begin a page even after a section that says nothing."""
    return any(text.utf8.startswith('校核意见') for text in page.texts)


def runs_on(element, counts):
    """A paragraph after a head that runs in has its first line from the head's last one."""
    siblings = element.parent.children
    place = siblings.index(element)
    return place > 0 and siblings[place - 1].kind == 'H' and counts[-1] >= 2


def structure(pages, elements):
    level = 0
    for number in sorted(elements):
        element = elements[number]
        if element.kind == 'H':
            if element.level > level + 1:
                yield 'heading %d skips from level %d to %d' % (number, level, element.level)
            level = element.level
        if element.kind == 'Table':
            yield from regular(element)


def regular(table):
    rows = [row for group in table.children if group.kind in ('THead', 'TBody')
            for row in group.children]
    taken, width = {}, None
    for i, row in enumerate(rows):
        column = 0
        for cell in row.children:
            while (i, column) in taken:
                column += 1
            for r in range(cell.rows):
                for c in range(cell.columns):
                    if (i + r, column + c) in taken:
                        yield 'table %d: two cells at row %d column %d' % (table.number, i, column)
                    taken[i + r, column + c] = cell.number
    width = max((c for _, c in taken), default=-1) + 1
    if len(taken) != width * len(rows):
        yield 'table %d: %d of %d places taken' % (table.number, len(taken), width * len(rows))


def lay_out(program, report, out):
    for draft in ([], ['--draft']):
        run = subprocess.run([program, 'render', report, '--to', 'trace', '-o', out] + draft,
                             capture_output=True, text=True)
        if run.returncode != 1:
            break
    if run.returncode != 0:
        if 'FONT-FILE' in run.stderr and 'setup.sh' in run.stderr:
            print('SKIPPED: the fonts of ./setup.sh are not here, so no page was laid out')
            sys.exit(SKIPPED)
        if 'YAML-' in run.stderr or run.returncode == 1:
            return None
        return 'exit code %d\n%s' % (run.returncode, run.stderr)
    with open(out, encoding='utf-8') as file:
        return file.read()


def judge(program, report, out):
    trace = lay_out(program, report, out)
    if trace is None:
        return 0, []
    if not trace.startswith('page '):
        return 0, [trace]
    faults = [] if trace == lay_out(program, report, out) else ['two runs differ']
    pages, elements = read_trace(trace)
    for number, page in enumerate(pages):
        for check in (inside, on_grid, rules_meet, texts_clear_of_rules, lines_apart,
                      texts_clear_of_texts):
            faults += ['page %d: %s' % (number + 1, fault) for fault in check(page, elements)]
    return len(pages), faults + list(page_ends(pages, elements)) + list(structure(pages, elements))


def main():
    program, folders = sys.argv[1], sys.argv[2:]
    reports = sorted(path for folder in folders
                     for path in glob.glob(folder + '/**/*.yaml', recursive=True))
    failed = total = 0
    with tempfile.TemporaryDirectory() as folder:
        for report in reports:
            count, faults = judge(os.path.abspath(program), report, folder + '/out.trace')
            total += count
            failed += bool(faults)
            for fault in faults[:10]:
                print('%s: %s' % (os.path.relpath(report), fault))
    print('%d reports, %d pages, %d with faults' % (len(reports), total, failed))
    return 1 if failed or not total else 0


if __name__ == '__main__':
    sys.exit(main())
