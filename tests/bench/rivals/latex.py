"""Blocks as LaTeX, for XeLaTeX with ctex and tabularray."""
import re

HEAD = r'''\documentclass[zihao=-4,fontset=none,linespread=1.0,twoside]{ctexart}
\usepackage[a4paper,top=37mm,bottom=35mm,inner=28mm,outer=26mm,footskip=14mm]{geometry}
\geometry{twoside=false,left=28mm,right=26mm}
\setCJKmainfont{%(body)s}[BoldFont={%(title)s Bold}]
\setCJKsansfont{%(section)s}
\newCJKfontfamily\headfont{%(head)s}
\newCJKfontfamily\tablefont{%(table)s}
\newCJKfontfamily\titlefont{%(title)s Bold}
\setmainfont{%(body)s}[BoldFont={%(title)s Bold}]
\newfontfamily\tablelatin{%(table)s}
\usepackage{tabularray}
\usepackage{fancyhdr,hyperref}
\hypersetup{hidelinks}
\SetTblrTemplate{caption}{empty}\SetTblrTemplate{contfoot-text}{empty}\SetTblrTemplate{conthead-text}{empty}
\SetTblrTemplate{firsthead,middlehead,lasthead}{empty}\SetTblrTemplate{firstfoot,middlefoot,lastfoot}{empty}
\pagestyle{fancy}\fancyhf{}\renewcommand{\headrulewidth}{0pt}
\fancyfoot[RO,LE]{\fontsize{14pt}{14pt}\tablelatin\selectfont — \thepage\ —}
\AtBeginDocument{\fontsize{16pt}{28.9pt}\selectfont\setlength{\parindent}{32pt}}
\ctexset{section={format=\normalfont\sffamily\CJKfamily+{sf}\fontsize{16pt}{28.9pt}\selectfont,indent=2em,beforeskip=0pt,afterskip=0pt}}
\begin{document}
'''
TABLE = r'{\fontsize{10.5pt}{14pt}\tablefont\tablelatin\selectfont\begin{longtblr}[entry=none,label=none]' \
    r'{hspan=minimal,vspan=even,stretch=0,hlines={0.5pt},vlines={0.5pt},rowhead=%d,colspec={%s},' \
    r'cells={c,m},rowsep=3pt,colsep=3pt}'


def escaped(text):
    return re.sub(r'[%&#_${}]', r'\\\g<0>', text).replace('<', r'\textless{}').replace('>', r'\textgreater{}')


def cell_latex(cell):
    spans = ','.join('%s=%d' % (way, cell[key]) for way, key in
                     (('r', 'row_span'), ('c', 'column_span')) if cell[key] > 1)
    return (r'\SetCell[%s]{c} ' % spans if spans else '') + escaped(cell['text'])


def table_latex(table):
    at = {(cell['row'], cell['column']): cell for cell in table['cells']}
    room = (156 - 2.2 * table['columns']) / sum(table['widths'])
    lines = [TABLE % (table['head'], ''.join('Q[wd=%.3fmm]' % (width * room)
                                            for width in table['widths']))]
    for row in range(table['rows']):
        cells = [cell_latex(at[row, column]) if (row, column) in at else ''
                 for column in range(table['columns'])]
        lines.append(' & '.join(cells) + r' \\')
    return '\n'.join(lines) + r'\end{longtblr}}'


def block_latex(block):
    if block['kind'] == 'table':
        return table_latex(block)
    text = escaped(block['text'])
    if block['kind'] == 'title':
        return r'\begin{center}\titlefont\fontsize{22pt}{36pt}\selectfont %s\end{center}' % text
    if block['kind'] == 'section':
        return r'\section*{%s}\addcontentsline{toc}{section}{%s}' % (text, text)
    if block['kind'] == 'end':
        return r'\begin{flushright}%s\hspace{32pt}\end{flushright}' % text
    return (r'{\headfont %s}' % escaped(block['head']) if block['head'] else '') + text + '\n'


def document(blocks, fonts, _rows_of):
    first = {role: names[0] for role, names in fonts.items()}
    return HEAD % first + '\n'.join(block_latex(block) for block in blocks) + '\n\\end{document}\n'
