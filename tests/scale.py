#!/usr/bin/python3
"""scale.py PROGRAM — the recipes of docs/scale.md, taken from the document and run: what many
machines make together is, byte for byte, what one run makes.

GNU parallel and a Slurm of one node are run for real (skipped where they aren't installed). Of
Kubernetes the Job is parsed and every Pod's command run with the index that it would be given.
"""
import filecmp
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT + '/tests/bench')
sys.dont_write_bytecode = True
import reports  # noqa: E402
import slurm  # noqa: E402

COUNT, BROKEN, SHARDS = 48, 6, 4
RECIPE = re.compile(r'<!-- recipe: (\w+) -->\n```\w+\n(.*?)^```$', re.M | re.S)
MISSING = 'reports/gone.yaml'


class Failed(Exception):
    pass


def demand(holds, what):
    if not holds:
        raise Failed(what)


def recipes():
    with open(ROOT + '/docs/scale.md', encoding='utf-8') as file:
        return dict(RECIPE.findall(file.read()))


class Site:
    """A folder with the reports in it, where recipes are run."""

    def __init__(self, program, top, name):
        self.folder, self.program = os.path.join(top, name), program
        shutil.copytree(os.path.join(top, 'made'), os.path.join(self.folder, 'reports'))
        os.mkdir(self.folder + '/bin')
        os.symlink(program, self.folder + '/bin/nianbao')
        self.environment = {'PATH': self.folder + '/bin:/usr/bin:/bin', 'HOME': self.folder,
                            'LC_ALL': 'C.UTF-8'}

    def run(self, script, **more):
        done = subprocess.run(['sh', '-ec', script], cwd=self.folder,
                              env={**self.environment, **more}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
                              check=False)
        return done.returncode, done.stdout.decode()

    def rows(self, name):
        with open(os.path.join(self.folder, name), encoding='utf-8', newline='') as file:
            return sorted(file.read().splitlines(True)[1:])

    def outputs(self):
        found = []
        for folder, below, names in os.walk(self.folder + '/pdf'):
            if '.nianbao' in below:  # what --incremental remembers
                below.remove('.nianbao')
            found += [os.path.relpath(os.path.join(folder, name), self.folder) for name in names]
        return sorted(found)


def make_reports(top):
    """Reports in folders, as a province has them."""
    paths, ways = reports.make_reports(COUNT, top + '/flat', BROKEN, seed=5)
    for number, path in enumerate(paths):
        folder = '%s/made/%s' % (top, ('济南', '青岛', '淄博')[number % 3])
        os.makedirs(folder, exist_ok=True)
        if os.path.exists(path):
            shutil.copy(path, folder)
    return sum(way.severity == 'error' and way.rule != 'IO-READ' for way in ways.values())


def judge_same(site, one):
    """What this site made, and says, is what the one run did."""
    demand(one.outputs() == site.outputs(), '%d files, not %d' % (
        len(site.outputs()), len(one.outputs())))
    differing = [name for name in one.outputs() if not filecmp.cmp(
        os.path.join(one.folder, name), os.path.join(site.folder, name), shallow=False)]
    demand(not differing, 'other bytes in ' + ', '.join(differing))


def judge_merged(site, one, recipe):
    code, said = site.run(recipe)
    demand(code == 0, 'merging exits with %d: %s' % (code, said))
    demand(site.rows('summary.csv') == one.rows('summary.csv'), 'another summary than of one run')


def judge_parallel(site, one, found):
    code, said = site.run(found['parallel'])
    demand(code == 0, 'exit %d: %s' % (code, said))
    judge_same(site, one)
    judge_merged(site, one, found['merge'])


def list_reports(site, found):
    """The list as the recipe of GNU parallel makes it: its first line."""
    code, said = site.run(found['parallel'].splitlines()[0])
    demand(code == 0, said)


def judge_slurm(site, one, found):
    list_reports(site, found)
    demand('#SBATCH --array=1-%d\n' % SHARDS in found['slurm'], 'another --array')
    for task in range(1, SHARDS + 1):
        code, said = site.run(found['slurm'], SLURM_ARRAY_TASK_ID=str(task),
                              SLURM_ARRAY_TASK_COUNT=str(SHARDS))
        demand(code == 0, 'task %d: exit %d: %s' % (task, code, said))
    judge_same(site, one)
    judge_merged(site, one, found['merge'])


def judge_slurm_itself(site, one, found):
    list_reports(site, found)
    with open(site.folder + '/nianbao.sbatch', 'w', encoding='utf-8') as file:
        file.write(found['slurm'])
    with slurm.Cluster(site.folder + '/slurm') as cluster:
        demand(cluster.is_up(), 'its node does not come up: ' + cluster.say('sinfo', '-R'))
        code, said = cluster.run('nianbao.sbatch', site.environment, site.folder)
    demand(code == 0, 'sbatch exits with %d: %s' % (code, said))
    judge_same(site, one)
    judge_merged(site, one, found['merge'])


def judge_kubernetes(site, one, found):
    list_reports(site, found)
    job = yaml.safe_load(found['kubernetes'])
    spec = job['spec']
    demand((job['apiVersion'], job['kind'], spec['completionMode'], spec['completions']) ==
           ('batch/v1', 'Job', 'Indexed', SHARDS), 'another kind of Job')
    container = spec['template']['spec']['containers'][0]
    demand(container['command'] == ['sh', '-c'], 'another command')
    for index in range(SHARDS):
        code, said = site.run(container['args'][0], JOB_COMPLETION_INDEX=str(index))
        demand(code == 0, 'index %d: exit %d: %s' % (index, code, said))
    judge_same(site, one)
    judge_merged(site, one, found['merge'])


def judge_retry(site, one, found):
    """With a file that isn't there: its shard fails, the others don't; the lists name the files."""
    list_reports(site, found)
    with open(site.folder + '/list', 'a', encoding='utf-8') as file:
        file.write(MISSING + '\n')
    codes = [site.run(found['slurm'], SLURM_ARRAY_TASK_ID=str(task),
                      SLURM_ARRAY_TASK_COUNT=str(SHARDS))[0] for task in range(1, SHARDS + 1)]
    demand(sorted(codes) == [0] * (SHARDS - 1) + [1], 'the tasks exit with %s' % codes)
    judge_same(site, one)
    code, said = site.run(found['merge'] + found['retry'])
    demand(code == 0, 'exit %d: %s' % (code, said))
    with open(site.folder + '/retry.list', encoding='utf-8') as file:
        demand(file.read() == MISSING + '\n', 'retry.list names other files')
    with open(site.folder + '/rejected.list', encoding='utf-8') as file:
        demand(len(file.readlines()) == sum(',rejected,' in row for row in one.rows('summary.csv')),
               'rejected.list names other files')


def judge_one(site, rejected, found):
    code, said = site.run(found['one'])
    demand(code == 1, 'exit %d: %s' % (code, said))
    rows = site.rows('summary.csv')
    demand(sum(',rejected,' in row for row in rows) == rejected, 'another number is rejected')
    demand(len(site.outputs()) == sum(',passed,' in row for row in rows) > COUNT / 2, 'too few PDF')


def absent(name):
    """Why a recipe cannot be run here, or None."""
    if name == 'parallel' and not shutil.which('parallel'):
        return 'GNU parallel is not installed'
    return slurm.missing() if name == 'slurm itself' else None


JUDGES = {'parallel': judge_parallel, 'slurm': judge_slurm, 'slurm itself': judge_slurm_itself,
          'kubernetes': judge_kubernetes, 'retry': judge_retry}


def main(program):
    found, complaints, skipped = recipes(), 0, 0
    with tempfile.TemporaryDirectory(prefix='scale-') as top:
        rejected = make_reports(top)
        one = Site(program, top, 'one')
        for name in ['one', *JUDGES]:
            if absent(name):
                skipped += 1
                print('SKIPPED %s: %s' % (name, absent(name)))
                continue
            try:
                if name == 'one':
                    judge_one(one, rejected, found)
                else:
                    JUDGES[name](Site(program, top, name.replace(' ', '-')), one, found)
            except Failed as complaint:
                complaints += 1
                print('FAILED %s: %s' % (name, complaint))
    print('%d passed, %d failed, %d skipped' % (
        1 + len(JUDGES) - complaints - skipped, complaints, skipped))
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main(os.path.abspath(sys.argv[1])))
