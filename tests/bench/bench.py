#!/usr/bin/python3
"""bench.py WORK PROGRAM — times nianbao beside its rivals and writes the tables of the documents.

Called by run.sh, which builds and installs what this needs; the settings are in the environment
and are told there. Results stay in WORK/results.json; a part that isn't run keeps its last table.
"""
import json
import os
import sys
import time

import bulk
import contenders
import growth
import measure
import tables
import texts
import where

PARTS = ('cold', 'fonts', 'check', 'bulk', 'thousands', 'growth', 'where')


def tell(line):
    print(line, file=sys.stderr, flush=True)


def setting(name, default):
    return int(os.environ.get(name) or default)


def judge_output(figures, job, blocks):
    """What came out: pages, kind, and how many characters it lacks or has too many."""
    if job.output and os.path.isfile(job.output):
        figures['kind'], figures['pages'] = texts.kind(job.output)
        figures['faces'] = sorted(texts.faces(job.output))
        figures['missing'], figures['more'] = texts.compare(
            job.output, *contenders.blocks.text_of(blocks))


def render_cold(place, fonts, folder, environment):
    found = contenders.inputs(place, contenders.REPORT, fonts, folder)
    jobs = contenders.rendering(place, folder, environment)
    figures = measure.in_turn(place.launch, jobs, setting('RUNS', 7), tell)
    named = {job.name: job for job in jobs}
    for figure in figures:
        judge_output(figure, named[figure['name']], found)
    return figures


def cold(place):
    return render_cold(place, contenders.blocks.FREE, 'same', place.same_fonts())


def fonts(place):
    return render_cold(place, contenders.blocks.SYSTEM, 'system', {})


def check(place):
    jobs = contenders.checking(place, [contenders.REPORT])
    return measure.in_turn(place.launch, jobs, 3 * setting('RUNS', 7), tell)


def run_part(part, place):
    runs = {'cold': cold, 'fonts': fonts, 'check': check, 'growth': growth.measure_all,
            'where': lambda place: where.measure_all(place, tell),
            'bulk': lambda place: bulk.measure_all(place, setting('DOCS', 1000), tell),
            'thousands': lambda place: bulk.thousands(place, setting('MANY', 5000), tell)}
    tell('== %s' % part)
    start = time.monotonic()
    found = runs[part](place)
    tell('   %s took %.0f s' % (part, time.monotonic() - start))
    return found


def main(work, program):
    place = contenders.Place(work, program, tell)
    kept = place.path('results.json')
    results = json.load(open(kept, encoding='utf-8')) if os.path.exists(kept) else {}
    for part in (os.environ.get('PARTS') or ' '.join(PARTS)).split():
        results[part] = run_part(part, place)
        results['versions'], results['machine'] = place.versions(), tables.machine()
        with open(kept, 'w', encoding='utf-8') as file:
            json.dump(results, file, ensure_ascii=False, indent=1)
    if os.environ.get('KEEP_DOCUMENTS'):
        print(''.join('%s\n\n%s\n' % region for region in tables.regions(results).items()))
    else:
        tables.write_all(results, contenders.ROOT)
    return 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
