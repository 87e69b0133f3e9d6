"""What a PDF is, and whether it holds the text that it should: characters counted, white space,
page numbers and repeated heads of tables apart."""
import collections
import re
import subprocess
import unicodedata

PAGE_NUMBER = re.compile(r'^\s*[—–-]\s*\d+\s*[—–-]\s*$', re.M)


def printed_by(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=False).stdout.decode('utf-8', 'replace')


def characters(text):
    folded = unicodedata.normalize('NFKC', PAGE_NUMBER.sub('', text))
    return collections.Counter(sign for sign in folded if not sign.isspace() and sign != '\f')


def compare(pdf, wanted, heads):
    """(characters missing, characters too many); a table's head that is repeated doesn't count."""
    found, wanted = characters(printed_by('pdftotext', pdf, '-')), characters(wanted)
    missing, more = wanted - found, found - wanted
    for head in map(characters, heads):
        while head and head <= more:
            more -= head
    return sum(missing.values()), sum(more.values())


def faces(pdf):
    """The faces in it, as far as names tell: NotoSerifCJKsc-Bold and Noto-Serif-CJK-SC-Bold are one."""
    found = set()
    for line in printed_by('pdffonts', pdf).splitlines()[2:]:
        name = re.sub(r'^[A-Z]{6}\+|-Identity-H|-VKana|-Regular', '', line.split()[0])
        found.add(re.sub(r'cjk(jp|sc)', 'cjk', name.replace('-', '').lower()))
    return found - {'[none]'}


def kind(pdf):
    """What the file says that it is: version, tags, standards; and how many pages it has."""
    said = dict(re.findall(r'(?m)^([^:]+):\s+(.*)$', printed_by('pdfinfo', pdf)))
    with open(pdf, 'rb') as file:
        meta = file.read().decode('latin-1')

    def told(key):
        match = re.search(key + r'(?:>|=")([^<"]+)', meta)
        return match.group(1) if match else ''
    standards = ['PDF %s' % said.get('PDF version', '?')]
    if told('pdfaid:part'):
        standards.append('PDF/A-%s%s' % (told('pdfaid:part'), told('pdfaid:conformance').lower()))
    if told('pdfuaid:part'):
        standards.append('PDF/UA-' + told('pdfuaid:part'))
    standards.append('有标签' if said.get('Tagged') == 'yes' else '无标签')
    return '，'.join(standards), int(said.get('Pages', 0))
