#!/usr/bin/python3
"""Hostile files, thousands of them, each a true report with something wrong (damage.py, slips.py).

  malformed.py PROGRAM            judge them all
  malformed.py PROGRAM --list [WORD]   what is said of each, to be read as a clerk would

Every file must get an outcome, in bounded time; what is said of it stands at a place inside it,
in Chinese, without control characters or a library's English; the place is the line that is
wrong, and one mistake isn't told over and over.
"""
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

import damage
import slips

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLES = ('linzi-2021', 'shangjie-2019')
LIBRARY_ENGLISH = re.compile(r'while (scanning|parsing)|did not find|found (unexpected|undefined|character)|'
                             r'are not allowed|could not find|[a-z]{4,} [a-z]{2,} [a-z]{3,}')
HANZI = re.compile('[\u4e00-\u9fff]')
HIDDEN = re.compile('[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ue000-\uf8ff]')
SECONDS = 5


def reports():
    for name in EXAMPLES:
        with open('%s/examples/%s/report.yaml' % (ROOT, name), 'rb') as file:
            yield name.split('-')[0], file.read()


def line_lengths(content):
    """In characters, of each line as a clerk's editor shows them; None where it is no UTF-8."""
    try:
        return [len(line) for line in re.split('\r\n|\n|\r', content.decode('utf-8'))]
    except UnicodeDecodeError:
        return None


def check(program, folder):
    done = subprocess.run([program, 'check', '-j2', '--format', 'json', '--notes', folder],
                          capture_output=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1, 3):
        sys.exit('the run ended with %d: %s' % (done.returncode, done.stderr[-500:].decode(errors='replace')))
    files = json.loads(done.stdout)['files']
    return {os.path.basename(file['file'])[:-5]: file for file in files}


def wrong_with(finding, lengths):
    """What is wrong with one finding by itself."""
    message, place = finding['message'], finding.get('range')
    if LIBRARY_ENGLISH.search(message):
        return 'English of a library'
    if not HANZI.search(message):
        return 'not in Chinese'
    if HIDDEN.search(message):
        return 'hidden characters in the message'
    if not place:
        return 'no place'
    if place and lengths is not None:
        for end in place['start'], place['end']:
            if not 1 <= end['line'] <= len(lengths) or not 1 <= end['column'] <= lengths[end['line'] - 1] + 1:
                return 'a place outside the file'
    return None


def new_findings(file, before):
    """Errors that the undamaged report didn't have."""
    return [finding for finding in file['findings'] if finding['severity'] != 'note' and
            finding['rule'] not in before]


def judge(one, file, before):
    lengths = line_lengths(one.content)
    for finding in file['findings']:
        wrong = wrong_with(finding, lengths)
        if wrong:
            yield '%s: %s' % (wrong, finding)
    said = new_findings(file, before)
    errors = [finding for finding in said if finding['severity'] == 'error']
    if not said and not one.may_pass:
        yield 'nothing is said'
    if len(errors) > one.most:
        yield '%d errors' % len(errors)
    at = [finding['range']['start']['line'] for finding in errors if finding.get('range')]
    at += [int(number) for finding in errors for number in re.findall('第 ([0-9]+) 行', finding['message'])]
    if one.line and at and min(abs(line - one.line) for line in at) > one.slack:
        yield 'line %d is wrong, lines %s are blamed' % (one.line, at[:5])


def alone(program, path, lang):
    """What is wrong when the file is checked by itself, in words for people."""
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([program, 'check', '--lang', lang, path], capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=60, check=False)
    text = done.stdout.decode('utf-8', 'replace')
    if resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - started > SECONDS:
        return 'it takes more than %d s' % SECONDS
    if done.returncode not in (0, 1) or done.stderr:
        return 'it ends with %d: %s' % (done.returncode, done.stderr[-200:])
    if HIDDEN.search(text.replace('\n', '').replace('\u200b', '').replace('\ufeff', '')
                     .translate(dict.fromkeys(range(0xe000, 0xf900))).replace('\ufffe', '')):
        return 'hidden characters on the terminal'
    if done.returncode == 1 and not re.search(r':[0-9]+:[0-9]+: (错误|error)\[', text):
        return 'rejected without a place'
    return None


def listing(one, file, before):
    print('## ' + one.name)
    lines = one.content.decode('utf-8', 'replace').split('\n')
    if one.line:
        print('   %d| %s' % (one.line, lines[min(one.line, len(lines)) - 1][:90]))
    for finding in new_findings(file, before)[:9]:
        place = finding.get('range', {}).get('start', {})
        print('   %s:%s %s %s' % (place.get('line'), place.get('column'), finding['rule'], finding['message'][:150]))


def main():
    program, words = os.path.abspath(sys.argv[1]), sys.argv[2:]
    all_damages = list(damage.everything(reports())) + list(slips.everything(reports()))
    with tempfile.TemporaryDirectory() as folder:
        for name, content in reports():
            with open('%s/%s.yaml' % (folder, name), 'wb') as file:
                file.write(content)
        for one in all_damages:
            with open('%s/%s.yaml' % (folder, one.name), 'wb') as file:
                file.write(one.content)
        started = time.monotonic()
        files = check(program, folder)
        seconds = time.monotonic() - started
        faults = 0
        for number, one in enumerate(all_damages):
            wrong = number % 23 == 0 and alone(program, '%s/%s.yaml' % (folder, one.name), ('zh', 'en')[number % 2])
            if wrong:
                faults += 1
                print('%s: %s' % (one.name, wrong))
    before = {finding['rule'] for name, _ in reports() for finding in files[name]['findings']}
    for one in all_damages:
        file = files.get(one.name)
        found = list(judge(one, file, before)) if file else ['there is no outcome']
        faults += len(found)
        for fault in found:
            print('%s: %s' % (one.name, fault))
        if words[:1] == ['--list'] and file and re.search(words[1] if words[1:] else '', one.name):
            listing(one, file, before)
    print('%d files, %d faults, %.1f s' % (len(all_damages), faults, seconds))
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
