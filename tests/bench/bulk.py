"""Many different reports (reports.py) in one run: ours in one process and in pools of workers, Typst
in one node process, and `check` beside libyaml's own event loop over the same files.
"""
import concurrent.futures
import csv
import os
import shutil

import contenders
import measure
import reports
import texts
from measure import Job

ROUNDS = 3
FEW = 100  # memory is compared between a run of these and a run of all
TURN = 200  # documents that Typst makes in each turn, as it takes long


def typst_data(place, paths, folder):
    """The data of each report for Typst; not timed."""
    def make(path):
        found = contenders.blocks.read(place.program, path)
        name = os.path.join(folder, os.path.basename(path).replace('.yaml', '.json'))
        place.write(name, contenders.blocks.as_json(found, contenders.blocks.FREE))
        return place.path(name)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(make, paths))


def list_of(place, name, paths):
    return '@' + place.write(name, ''.join(path + '\n' for path in paths))


def emptied(place, name):
    folder = place.path(name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def nianbao_job(place, paths, workers):
    folder = emptied(place, 'bulk/nianbao-%d-%d' % (len(paths), workers))
    listed = list_of(place, 'bulk/%d.list' % len(paths), paths)
    job = Job('nianbao -j%d' % workers, [place.program, 'render', listed, '--out-dir', folder,
                                         '-j%d' % workers], folder)
    job.documents, job.cores = len(paths), workers
    return job


def typst_job(place, data, environment):
    folder = emptied(place, 'bulk/typst-%d' % len(data))
    listed = list_of(place, 'bulk/typst-%d.list' % len(data), data)
    job = Job('Typst 0.14（一个 node 进程）', ['node', place.path('rivals/typst.mjs'), listed, folder],
              folder, environment=environment)
    job.documents, job.cores = len(data), 1
    return job


def rates(launch, job):
    figures = job.figures()
    sizes = [entry.stat().st_size for entry in os.scandir(job.output)]
    figures.update(documents=job.documents, cores=job.cores,
                   rate=job.documents / figures['wall'], cpu_each=figures['cpu'] / job.documents,
                   bytes=sum(sizes) / max(len(sizes), 1), tree=measure.watch(launch, job))
    return figures


def judge_texts(place, paths, job):
    """Of a few of its documents: how many characters they lack or have too many."""
    lost = 0
    for path in paths[:FEW:FEW // 4]:
        pdf = os.path.join(job.output, os.path.basename(path).replace('.yaml', '.pdf'))
        if os.path.exists(pdf):
            lost += sum(texts.compare(pdf, *contenders.blocks.text_of(
                contenders.blocks.read(place.program, path))))
    return lost


def rendering(place, paths, tell):
    """Rounds in turn; then ours and Typst's memory with few and with all."""
    environment = place.same_fonts()
    jobs = [nianbao_job(place, paths, 1), nianbao_job(place, paths, 2)]
    few = [nianbao_job(place, paths[:FEW], 1), nianbao_job(place, paths[:FEW], 2)]
    more = []
    if place.typst:
        data = typst_data(place, paths, 'bulk/data')
        jobs.append(typst_job(place, data[:TURN], environment))
        few.append(typst_job(place, data[:FEW], environment))
        if len(data) > TURN:
            more.append(typst_job(place, data, environment))
    measure.in_turn(place.launch, jobs, ROUNDS, tell, warm=False)
    tell('  memory with few and with all')
    measure.in_turn(place.launch, few + more, 1, tell, warm=False)
    found = {'rounds': [rates(place.launch, job) for job in jobs if job.walls],
             'few': [rates(place.launch, job) for job in few if job.walls],
             'more': [job.figures() | {'documents': job.documents} for job in more if job.walls]}
    for figures, job in zip(found['rounds'], [job for job in jobs if job.walls]):
        figures['lost'] = judge_texts(place, paths, job)
    return found


def measure_all(place, count, tell):
    paths, _ = reports.make_reports(count, place.path('reports'))
    listed = list_of(place, 'bulk/all.list', paths)
    checks = contenders.checking(place, [listed])
    return {'documents': count, 'check': measure.in_turn(place.launch, checks, 5, tell),
            'render': rendering(place, paths, tell)}


def named_rightly(summary, paths, ways, strict):
    """How many reports have another result than they deserve."""
    with open(summary, encoding='utf-8', newline='') as file:
        results = {row['file']: row['result'] for row in csv.DictReader(file)}
    wrong = sum(results.get(path) != (ways[path].result(strict) if path in ways else 'passed')
                for path in paths)
    return {'wrong': wrong, **{word: list(results.values()).count(word)
                               for word in ('passed', 'rejected', 'failed')}}


def thousands(place, count, tell):
    """One run of two workers over so many reports, one in twelve of them broken."""
    paths, ways = reports.make_reports(count, place.path('thousands'), count * 2 // 25, seed=3)
    folder, found = place.path('bulk/thousands'), []
    for name, words, strict in (('check', ['--strict'], True),
                                ('render', ['--out-dir', folder], False)):
        summary = place.path('bulk/%s.csv' % name)
        job = Job(name, [place.program, name, '@' + place.path('thousands/list'), '-j2',
                         '--summary', summary, *words], allowed=(1, 3))
        tree = measure.watch(place.launch, job)
        found.append(job.figures() | named_rightly(summary, paths, ways, strict) |
                     {'tree': tree, 'documents': count})
        tell('  %s of %d' % (name, count))
    shutil.rmtree(folder, ignore_errors=True)
    return found
