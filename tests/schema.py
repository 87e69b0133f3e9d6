#!/usr/bin/python3
"""schema.py PROGRAM — the JSON Schema for editors, judged by python3-jsonschema: every example is
valid; copies broken in their structure aren't; what `nianbao new` prints is, and `nianbao check`
finds in it only what is still to be filled in.
"""
import copy
import glob
import json
import os
import re
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print('SKIPPED: %s; ./setup.sh --tests brings it' % missing)
    sys.exit(77)

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Loader(yaml.SafeLoader):
    """As editors read YAML 1.2: a date stays a string."""


Loader.yaml_implicit_resolvers = {
    sign: [pair for pair in pairs if pair[0] != 'tag:yaml.org,2002:timestamp']
    for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def read(text):
    return yaml.load(text, Loader=Loader)


def run(*words):
    return subprocess.run([sys.argv[1], *words], check=True, capture_output=True,
                          text=True).stdout


def table(report, part):
    return next(value for key, value in report.items() if part in key)


def breakages(report):
    """Pairs of what is wrong and a copy of the report that has it."""
    def broken(why, change):
        other = copy.deepcopy(report)
        change(other)
        return why, other
    rows = lambda r: table(r, '收到和处理')
    first = next(iter(table(report, '收到和处理')))
    yield broken('a section is missing', lambda r: r.pop('存在的主要问题及改进情况'))
    yield broken('a key is unknown', lambda r: r.update({'总体情沉': ''}))
    yield broken('the year is a word', lambda r: r.update({'年度': '二〇二一'}))
    yield broken('the year is too early', lambda r: r.update({'年度': 2018}))
    yield broken('a text is a mapping', lambda r: r.update({'总体情况': {'甲': '乙'}}))
    yield broken('a table is a text', lambda r: r.update({'主动公开政府信息情况': '无'}))
    yield broken('a row is missing', lambda r: rows(r).pop(first))
    yield broken('a row is too long', lambda r: rows(r)[first].append(0))
    yield broken('a row is too short', lambda r: rows(r)[first].pop())
    yield broken('a figure is a list', lambda r: rows(r)[first].__setitem__(0, [1]))
    yield broken('a figure is a truth value', lambda r: rows(r)[first].__setitem__(0, True))
    yield broken('a count has decimals', lambda r: rows(r)[first].__setitem__(0, 1.5))
    yield broken('0 for the outcomes', lambda r: rows(r).update({'本年度办理结果': 0}))
    yield broken('the date is a word', lambda r: r.update({'日期': '一月'}))
    yield broken('the level is unknown', lambda r: r.update({'层级': '街道'}))
    yield broken('a picture without a file', lambda r: r.update({'总体情况': [{'图': {}}]}))


TO_BE_FILLED_IN = re.compile('SEC-EMPTY|SEC-FEE|T[234]-BLANK')


def unexpected(text):
    """Rules that an empty report breaks although nothing of it is wrong."""
    done = subprocess.run([sys.argv[1], 'check', '--format', 'json', '-'], input=text.encode(),
                          capture_output=True)
    findings = json.loads(done.stdout)['files'][0]['findings']
    return [one['rule'] for one in findings
            if one['severity'] != 'note' and not TO_BE_FILLED_IN.fullmatch(one['rule'])]


def main():
    schema = json.loads(run('schema'))
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    faults = []
    for path in sorted(glob.glob(os.path.join(ROOT, 'examples', '*', 'report.yaml'))):
        with open(path, encoding='utf-8') as file:
            report = read(file.read())
        lacks = 'laixi-2020/' in path  # printed without its last section
        if judge.is_valid(report) == lacks:
            error = next(judge.iter_errors(report), None)
            faults.append('%s: %s' % (path, error.message[:300] if error else 'valid'))
        if not lacks:
            faults += ['%s: %s, and valid' % (path, why)
                       for why, other in breakages(report) if judge.is_valid(other)]
    for edition in run('editions').split('\n'):
        edition = edition.split(' ')[0]
        if edition:
            text = run('new', '--edition', edition, '--agency', '甲县', '--year', edition[:4])
            blank = read(text)
            faults += ['new %s: %s' % (edition, rule) for rule in unexpected(text)]
            one = jsonschema.Draft202012Validator(json.loads(run('schema', '--edition', edition)))
            faults += ['new %s: %s' % (edition, error.message[:300])
                       for error in one.iter_errors(blank)]
    print('\n'.join(faults) or 'good ones valid, broken ones not')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
