"""Blocks as HTML with paged CSS, for WeasyPrint and Chromium."""
from html import escape

CSS = '''@page { size: A4; margin: 37mm 26mm 35mm 28mm }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt %(page_number)s } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt %(page_number)s } }
body { margin: 0; font: 16pt/28.9pt %(body)s; text-align: justify }
h1 { font: bold 22pt/36pt %(title)s; text-align: center; margin: 0 0 28.9pt }
h2 { font: 400 16pt/28.9pt %(section)s; margin: 0; text-indent: 2em; break-after: avoid }
p { margin: 0; text-indent: 2em } b { font: 16pt %(head)s } .end { text-align: right; padding-right: 2em }
table { width: 100%%; border-collapse: collapse; font: 10.5pt/14pt %(table)s; table-layout: fixed; margin: 4pt 0 }
td, th { border: .5pt solid #000; padding: 2pt 3pt; text-align: center; font-weight: normal; overflow-wrap: anywhere }
thead { display: table-header-group } tr { break-inside: avoid }
'''


def cell_html(cell):
    tag = 'td' if cell['role'] == 'data' else 'th'
    spans = ''.join(' %sspan=%d' % (way, cell[key]) for way, key in
                    (('col', 'column_span'), ('row', 'row_span')) if cell[key] > 1)
    return '<%s%s>%s</%s>' % (tag, spans, escape(cell['text']), tag)


def table_html(table, rows):
    whole = sum(table['widths'])
    lines = ['<table><colgroup>'] + ['<col style="width:%.2f%%">' % (100 * width / whole)
                                     for width in table['widths']] + ['</colgroup>']
    for number, row in enumerate(rows):
        if number == 0 and table['head']:
            lines.append('<thead>')
        if number == table['head']:
            lines.append('</thead><tbody>' if number else '<tbody>')
        lines.append('<tr>' + ''.join(cell_html(cell) for cell in row) + '</tr>')
    return '\n'.join(lines) + '</tbody></table>'


def block_html(block, rows_of):
    if block['kind'] == 'table':
        return table_html(block, rows_of(block))
    text = escape(block['text'])
    if block['kind'] in ('title', 'section'):
        return '<h%d>%s</h%d>' % ((1, text, 1) if block['kind'] == 'title' else (2, text, 2))
    if block['kind'] == 'end':
        return '<p class="end">%s</p>' % text
    return '<p>%s%s</p>' % ('<b>%s</b>' % escape(block['head']) if block['head'] else '', text)


def document(blocks, fonts, rows_of):
    css = CSS % {role: ', '.join('"%s"' % name for name in names) for role, names in fonts.items()}
    title = next(block['text'] for block in blocks if block['kind'] == 'title')
    return '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>%s</title>' \
        '<style>%s</style></head><body>\n%s\n</body></html>\n' % (
            escape(title), css, '\n'.join(block_html(block, rows_of) for block in blocks))
