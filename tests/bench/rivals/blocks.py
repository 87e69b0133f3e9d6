"""What a report sets, as blocks: read from `nianbao render --dump doc`, so that every rival is given
the very text and tables that we set ourselves, composed already (which is work they needn't do).

Knows the dump; refuses to know any rival's language.
"""
import json
import re
import subprocess

QUOTED = r'"((?:[^"\\]|\\.)*)"'
BLOCK = re.compile(r'(\w+)(?: level (\d+))?(?: head (\d+))? ' + QUOTED)
TABLE = re.compile(r'table (\d+)x(\d+) head (\d+)')
CELL = re.compile(r'  (\d+),(\d+) (\d+)x(\d+) ([\w-]+) ' + QUOTED)
WIDTHS = {4: [46, 36, 37, 37], 6: [46, 22, 22, 22, 22, 22], 10: [13, 16, 43] + [12] * 7}

# The faces of fonts/roles.yaml by the names in the files, and what a rival's user would write.
FREE = {'title': ['Noto Serif CJK SC'], 'section': ['Noto Sans CJK SC'],
        'head': ['LXGW WenKai', 'Noto Serif CJK SC'],
        'body': ['FandolFang R', 'LXGW WenKai', 'Noto Serif CJK SC'],
        'table': ['Noto Serif CJK SC'], 'page_number': ['Noto Serif CJK SC']}
SYSTEM = dict.fromkeys(FREE, ['Noto Serif CJK SC'], ) | {'section': ['Noto Sans CJK SC']}


def unquoted(text):
    return re.sub(r'\\(.)', lambda match: '\n' if match.group(1) == 'n' else match.group(1), text)


def block_of(line):
    kind, level, head, text = BLOCK.match(line).groups()
    text = unquoted(text)
    if kind in ('signature', 'date'):
        kind = 'end'
    bytes_of_head = int(head or 0)
    first = text.encode()[:bytes_of_head].decode()
    return {'kind': kind, 'level': int(level or 0), 'head': first, 'text': text[len(first):]}


def table_of(line):
    rows, columns, head = map(int, TABLE.match(line).groups())
    return {'kind': 'table', 'rows': rows, 'columns': columns, 'head': head, 'cells': [],
            'widths': WIDTHS.get(columns, [1] * columns)}


def cell_of(line):
    match = CELL.match(line)
    row, column, row_span, column_span = map(int, match.groups()[:4])
    return {'row': row, 'column': column, 'row_span': row_span, 'column_span': column_span,
            'role': match.group(5), 'text': unquoted(match.group(6))}


def read(program, path):
    """All blocks of a report, in reading order."""
    dump = subprocess.run([program, 'render', '--dump', 'doc', path], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    blocks = []
    for line in dump.splitlines():
        if line.startswith('  '):
            blocks[-1]['cells'].append(cell_of(line))
        else:
            blocks.append(table_of(line) if TABLE.match(line) else block_of(line))
    return blocks


def as_json(blocks, fonts):
    title = next(block['text'] for block in blocks if block['kind'] == 'title')
    return json.dumps({'title': title, 'fonts': fonts, 'blocks': blocks}, ensure_ascii=False)


def rows_of(table):
    """The cells of a table row by row; a row all of whose cells began above is empty."""
    rows = [[] for _ in range(table['rows'])]
    for cell in table['cells']:
        rows[cell['row']].append(cell)
    return rows


def text_of(blocks):
    """Everything that is set; and the head of each table, as it may repeat on every page."""
    tables = [block for block in blocks if block['kind'] == 'table']
    cells = [cell['text'] for table in tables for cell in table['cells']]
    heads = [''.join(cell['text'] for cell in table['cells'] if cell['row'] < table['head'])
             for table in tables]
    texts = [block['head'] + block['text'] for block in blocks if block['kind'] != 'table']
    return ''.join(texts + cells), heads
