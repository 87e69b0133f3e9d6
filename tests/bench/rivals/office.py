"""Blocks as a flat OpenDocument text, for LibreOffice."""
from html import escape

SPACES = ' '.join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % pair for pair in (
    ('office', 'office'), ('style', 'style'), ('text', 'text'), ('table', 'table'),
    ('fo', 'xsl-fo-compatible'), ('svg', 'svg-compatible')))
PAGE = '''<style:page-layout style:name="page" style:page-usage="all"><style:page-layout-properties
 fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="37mm" fo:margin-bottom="22mm"
 fo:margin-left="28mm" fo:margin-right="26mm"/><style:footer-style><style:header-footer-properties
 fo:min-height="13mm" fo:margin-top="4mm"/></style:footer-style></style:page-layout>'''
NUMBER = '<text:p text:style-name="%s">— <text:page-number text:select-page="current">1</text:page-number> —</text:p>'
MASTER = '<style:master-page style:name="Standard" style:page-layout-name="page"><style:footer>' + \
    NUMBER % 'foot' + '</style:footer><style:footer-left>' + NUMBER % 'foot-left' + \
    '</style:footer-left></style:master-page>'


def style(name, paragraph, font, size, extra=''):
    family = ' '.join('%s="%s"' % pair for pair in (
        ('style:font-name', font), ('style:font-name-asian', font), ('fo:font-size', size),
        ('style:font-size-asian', size), ('fo:language', 'zh'), ('fo:country', 'CN'),
        ('style:language-asian', 'zh'), ('style:country-asian', 'CN')))
    return '<style:style style:name="%s" style:family="paragraph"%s><style:paragraph-properties ' \
        '%s/><style:text-properties %s/></style:style>' % (name, extra, paragraph, family)


def styles(fonts):
    first = {role: names[0] for role, names in fonts.items()}
    indent = 'fo:text-indent="11.29mm" fo:line-height="28.9pt" '
    bold = style('title', 'fo:text-align="center" fo:line-height="36pt" fo:margin-bottom="28.9pt"',
                 first['title'], '22pt')
    return ''.join([
        style('Standard', '', first['body'], '16pt'),
        style('p', indent + 'fo:text-align="justify"', first['body'], '16pt'),
        style('end', 'fo:text-align="end" fo:margin-right="11.29mm"', first['body'], '16pt'),
        bold.replace('<style:text-properties ', '<style:text-properties fo:font-weight="bold" '
                     'style:font-weight-asian="bold" '),
        style('section', indent + 'fo:keep-with-next="always"', first['section'], '16pt',
              ' style:default-outline-level="1"'),
        style('cell', 'fo:text-align="center" fo:line-height="14pt"', first['table'], '10.5pt'),
        style('foot', 'fo:text-align="end"', first['page_number'], '14pt'),
        style('foot-left', 'fo:text-align="start"', first['page_number'], '14pt'),
        '<style:style style:name="head" style:family="text"><style:text-properties '
        'style:font-name="%s" style:font-name-asian="%s"/></style:style>' % ((first['head'],) * 2)])


def automatic(blocks):
    made = [PAGE, '<style:style style:name="box" style:family="table-cell">'
            '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.8mm" '
            'style:vertical-align="middle"/></style:style>'
            '<style:style style:name="row" style:family="table-row">'
            '<style:table-row-properties fo:keep-together="always"/></style:style>']
    for number, table in enumerate(block for block in blocks if block['kind'] == 'table'):
        whole = sum(table['widths'])
        made.append('<style:style style:name="t%d" style:family="table"><style:table-properties '
                    'style:width="156mm" table:align="margins" table:border-model="collapsing"/>'
                    '</style:style>' % number)
        made += ['<style:style style:name="t%d.%d" style:family="table-column">'
                 '<style:table-column-properties style:column-width="%.2fmm"/></style:style>' %
                 (number, column, width * 156 / whole)
                 for column, width in enumerate(table['widths'])]
    return ''.join(made)


def covered(table):
    return {(cell['row'] + down, cell['column'] + right) for cell in table['cells']
            for down in range(cell['row_span']) for right in range(cell['column_span'])
            if down or right}


def cell_office(cell):
    spans = ''.join(' table:number-%ss-spanned="%d"' % (way, cell[key]) for way, key in
                    (('column', 'column_span'), ('row', 'row_span')) if cell[key] > 1)
    return '<table:table-cell table:style-name="box"%s><text:p text:style-name="cell">%s</text:p>' \
        '</table:table-cell>' % (spans, escape(cell['text']))


def table_office(table, number):
    under, at = covered(table), {(cell['row'], cell['column']): cell for cell in table['cells']}
    lines = ['<table:table table:style-name="t%d">' % number]
    lines += ['<table:table-column table:style-name="t%d.%d"/>' % (number, column)
              for column in range(table['columns'])]
    for row in range(table['rows']):
        if row == 0 and table['head']:
            lines.append('<table:table-header-rows>')
        cells = ['<table:covered-table-cell/>' if (row, column) in under else
                 cell_office(at[row, column]) for column in range(table['columns'])]
        lines.append('<table:table-row table:style-name="row">%s</table:table-row>' % ''.join(cells))
        if row + 1 == table['head']:
            lines.append('</table:table-header-rows>')
    return '\n'.join(lines) + '</table:table>'


def body(blocks):
    tables = 0
    for block in blocks:
        text = escape(block.get('text', ''))
        if block['kind'] == 'table':
            yield table_office(block, tables)
            tables += 1
        elif block['kind'] == 'section':
            yield '<text:h text:style-name="section" text:outline-level="1">%s</text:h>' % text
        elif block['head']:
            yield '<text:p text:style-name="p"><text:span text:style-name="head">%s</text:span>%s' \
                '</text:p>' % (escape(block['head']), text)
        else:
            name = block['kind'] if block['kind'] in ('title', 'end') else 'p'
            yield '<text:p text:style-name="%s">%s</text:p>' % (name, text)


def document(blocks, fonts, _rows_of):
    faces = sorted({name for names in fonts.values() for name in names})
    return '<?xml version="1.0" encoding="UTF-8"?>\n<office:document %s office:version="1.2" ' \
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls>%s' \
        '</office:font-face-decls><office:styles>%s</office:styles><office:automatic-styles>%s' \
        '</office:automatic-styles><office:master-styles>%s</office:master-styles><office:body>' \
        '<office:text>%s</office:text></office:body></office:document>\n' % (
            SPACES, ''.join('<style:font-face style:name="%s" svg:font-family="\'%s\'"/>' %
                            (face, face) for face in faces),
            styles(fonts), automatic(blocks), MASTER, '\n'.join(body(blocks)))
