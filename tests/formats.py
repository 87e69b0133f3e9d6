#!/usr/bin/python3
"""formats.py PROGRAM CACHE — the machine formats, judged by their own standards.

Every report of the cases and examples is checked in every format: JSON and SARIF must parse,
JUnit must be XML, GitHub's lines must be workflow commands, and all must count alike. SARIF is
validated against the published schema (OASIS, as @microsoft/jest-sarif of npm carries it; kept
in CACHE); where it can't be fetched that part is skipped, and loudly. Fingerprints must stay
when lines move."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM, CACHE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
PACKAGE, MEMBER = '@microsoft/jest-sarif@1.0.0-beta.0', 'package/lib/schemas/sarif-2.1.0-rtm.5.json'
ENVIRONMENT = dict(os.environ, LC_ALL='C.UTF-8', SOURCE_DATE_EPOCH='1767225600')
SKIPPED = 77
failures = []


def check(*arguments):
    done = subprocess.run([PROGRAM, 'check', *arguments], capture_output=True, env=ENVIRONMENT,
                          timeout=120)
    if done.returncode not in (0, 1, 3) or done.stderr:
        failures.append('%s: exit %d, %s' % (arguments, done.returncode, done.stderr[-300:]))
    return done.stdout


def schema():
    path = os.path.join(CACHE, 'sarif-2.1.0-rtm.5.json')
    if os.path.exists(path) or not shutil.which('npm'):
        return json.load(open(path)) if os.path.exists(path) else None
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(['npm', 'pack', '--silent', PACKAGE], cwd=folder, check=True, timeout=90,
                           capture_output=True)
            packed = glob.glob(folder + '/*.tgz')[0]
            with tarfile.open(packed) as archive:
                data = archive.extractfile(MEMBER).read()
        except (subprocess.SubprocessError, OSError, KeyError, IndexError):
            return None
    os.makedirs(CACHE, exist_ok=True)
    with open(path, 'wb') as out:
        out.write(data)
    return json.loads(data)


def judge(path):
    """Counts of errors by format must agree."""
    counted = json.loads(check('--format', 'json', path))['files'][0]
    found = [f for f in counted['findings'] if 'waived' not in f]
    errors = counted['counts']['error']
    suite = xml.etree.ElementTree.fromstring(check('--format', 'junit', path))[0]
    lines = check('--format', 'github', path).decode().splitlines()
    sarif = json.loads(check('--format', 'sarif', path))
    results = [r for r in sarif['runs'][0]['results'] if 'suppressions' not in r]
    text = check(path).decode().splitlines()[-1]
    got = {'json': sum(f['severity'] == 'error' for f in found),
           'junit': int(suite.get('failures')),
           'github': sum(line.startswith('::error ') for line in lines),
           'sarif': sum(r['level'] == 'error' for r in results),
           'text': int(re.search(r'(\d+) 个错误', text).group(1))}
    for line in lines[:-1]:
        if not re.match(r'::(error|warning|notice) file=[^:]+::', line):
            failures.append('%s: %s' % (path, line))
    if len(counted['findings']) < 1000 and set(got.values()) != {errors}:
        failures.append('%s: %d errors, but %s' % (path, errors, got))
    prints = [r['partialFingerprints']['nianbao/v1'] for r in sarif['runs'][0]['results']]
    if len(prints) != len(set(prints)):
        failures.append('%s: two findings of one fingerprint' % path)
    return sarif


def fingerprints(data):
    with tempfile.NamedTemporaryFile(suffix='.yaml') as moved:
        moved.write(data)
        moved.flush()
        results = json.loads(check('--format', 'sarif', moved.name))['runs'][0]['results']
    return sorted(r['partialFingerprints']['nianbao/v1'] for r in results)


def main():
    reports = sorted(glob.glob(ROOT + '/tests/cases/*/*/report.yaml') +
                     glob.glob(ROOT + '/examples/*/*.yaml'))
    every = 1 if len(sys.argv) > 3 else 9
    logs = [judge(path) for path in reports[::every]]
    broken = open(ROOT + '/examples/broken/column-unbalanced.yaml', 'rb').read()
    if not fingerprints(broken) or fingerprints(broken) != fingerprints(b'# a\n\n# b\n' + broken):
        failures.append('fingerprints change when lines move')
    published = schema()
    if published:
        import jsonschema
        validator = jsonschema.validators.validator_for(published)(published)
        for log in logs:
            failures.extend(error.message[:300] for error in validator.iter_errors(log))
        logs[0]['runs'][0]['results'].append({'message': 'not an object'})
        if validator.is_valid(logs[0]):
            failures.append('the schema accepts anything')
    print('%d reports, %d failures' % (len(logs), len(failures)))
    print('\n'.join(failures[:20]))
    if not failures and not published:
        print('SKIPPED: THE SARIF SCHEMA COULD NOT BE FETCHED (npm pack %s)' % PACKAGE)
        return SKIPPED
    return 1 if failures else 0


sys.exit(main())
