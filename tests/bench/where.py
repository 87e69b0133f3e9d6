"""Where the work goes: instructions by library and by folder of src/, counted by callgrind. They
hardly differ from machine to machine, nor with what else runs.
"""
import glob
import os
import re
import shutil
import subprocess

import contenders
import reports

MANY = 100
OWN = ('nianbao', 'nianbao-typeset.so')


def part_of(library, file):
    """What a line of code belongs to: src/yaml, libyaml, ld.so."""
    if library.startswith('ld-linux'):
        return 'ld.so'
    if library not in OWN:
        return re.sub(r'\.so.*|-[\d.]+(\.so.*)?$', '', library)
    folder = re.search(r'/src/(\w+)/', file)
    return 'src/' + folder.group(1) if folder else 'src/base'


def counts(path):
    """Instructions of a part's own, from a file of callgrind's (its manual, "File Format")."""
    names, found = {}, {}
    library = file = ''
    called = False
    with open(path, encoding='utf-8', errors='replace') as lines:
        for line in lines:
            word = re.match(r'(ob|fl|fi|fe)=\((\d+)\)(?: (.*))?', line)
            if word:
                key = ('ob' if word[1] == 'ob' else 'file', word[2])
                names[key] = word[3] or names.get(key, '')
                if word[1] == 'ob':
                    library = os.path.basename(names[key])
                else:
                    file = names[key]
            elif line.startswith('calls='):
                called = True
            elif re.match(r'[+\-*\d]', line):
                if not called:
                    part = part_of(library, file)
                    found[part] = found.get(part, 0) + int(line.split()[1])
                called = False
            elif re.match(r'c(ob|fi|fl)=\(', line):
                word = re.match(r'c(ob|fi|fl)=\((\d+)\)(?: (.*))?', line)
                if word[3]:
                    names[('ob' if word[1] == 'ob' else 'file', word[2])] = word[3]
    return found


def count(place, name, words, documents):
    """Of the process that does the work: of a pool, the one that has most to do."""
    folder = place.path('where')
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    words = [word.replace('WHERE', folder) for word in words]
    subprocess.run(['valgrind', '--quiet', '--tool=callgrind',
                    '--callgrind-out-file=%s/callgrind.%%p' % folder, place.program, *words],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    found = max((counts(path) for path in glob.glob(folder + '/callgrind.*')),
                key=lambda parts: sum(parts.values()))
    return {'name': name, 'parts': {part: found[part] / documents for part in found}}


def measure_all(place, tell):
    if not shutil.which('valgrind'):
        tell('SKIPPED: there is no valgrind')
        return None
    paths, _ = reports.make_reports(MANY, place.path('where-reports'))
    listed = '@' + place.write('where.list', ''.join(path + '\n' for path in paths))
    return [count(place, 'check 一份', ['check', contenders.REPORT], 1),
            count(place, 'check %d 份' % MANY, ['check', listed, '-j1'], MANY),
            count(place, 'render 一份', ['render', contenders.REPORT, '-o', 'WHERE/one.pdf'], 1),
            count(place, 'render %d 份' % MANY, ['render', listed, '--out-dir', 'WHERE', '-j1'], MANY)]
