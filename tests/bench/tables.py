"""Results as tables, put into the documents between their marks:

  <!-- bench: NAME --> … <!-- bench end -->

Knows the documents' words; refuses to know how anything was measured.
"""
import os
import platform
import re

import plot

MARK = '<!-- bench: %s -->\n'
END = '<!-- bench end -->'


def machine():
    def first(path, pattern):
        with open(path, encoding='utf-8') as file:
            found = re.search(pattern, file.read(), re.M)
        return found.group(1) if found else '?'
    memory = int(first('/proc/meminfo', r'^MemTotal:\s+(\d+)')) / 1048576
    return '%s，%d 核，内存 %.0f GiB，%s，Linux %s' % (
        first('/proc/cpuinfo', r'^model name\s*:\s*(.+)$'), os.cpu_count(), memory,
        first('/etc/os-release', r'^PRETTY_NAME="([^"]+)"'), platform.release())


def grid(heads, rows):
    lines = ['| ' + ' | '.join(heads) + ' |', '|---' + '|---:' * (len(heads) - 1) + '|']
    return '\n'.join(lines + ['| ' + ' | '.join(row) + ' |' for row in rows]) + '\n'


def time(seconds):
    return '%.1f ms' % (seconds * 1000) if seconds < 0.1 else '%.0f ms' % (seconds * 1000) \
        if seconds < 1 else '%.2f s' % seconds


def span(figures):
    return '%s（%s–%s）' % (time(figures['wall']), time(figures['least']), time(figures['most']))


def ratio(value):
    return '%.1f' % value if value < 100 else '%.0f' % value


def size(count):
    return '%.0f KB' % (count / 1000) if count else '—'


def text_of(figures):
    if 'missing' not in figures:
        return '—'
    missing, more = figures['missing'], figures['more']
    return '相同' if missing + more == 0 else '缺 %d 字，多 %d 字' % (missing, more)


def kind_of(figures, wanted):
    """What the file is; and, where the fonts were given, whether it has other ones."""
    other = wanted and set(figures.get('faces', ())) - set(wanted)
    return '；'.join([figures.get('kind', '—')] + [figures['note']] * bool(figures['note']) +
                    ['换用了别的字体'] * bool(other))


def render_table(found, same_fonts):
    own = found[0]
    wanted = own.get('faces') if same_fonts else None
    rows = [[one['name'], span(one), ratio(one['wall'] / own['wall']), time(one['cpu']),
             ratio(one['cpu'] / own['cpu']), '%.0f' % one['peak'], size(one['bytes']),
             str(one.get('pages', '—')), text_of(one), kind_of(one, wanted),
             str(one['runs'])] for one in found]
    return grid(['', '用时：中位（最短–最长）', '倍数', 'CPU', '倍数', '内存峰值 MiB', '文件', '页数', '文字', '是什么文件', '次数'],
                rows)


def check_table(found):
    own = found[0]
    rows = [[one['name'], span(one), ratio(one['wall'] / own['wall']), time(one['cpu']),
             ratio(one['cpu'] / own['cpu']), '%.0f' % one['peak'], one['note'], str(one['runs'])]
            for one in found]
    return grid(['', '用时：中位（最短–最长）', '倍数', 'CPU', '倍数', '内存峰值 MiB', '做了什么', '次数'], rows)


def bulk_check_table(bulk):
    events, count = bulk['check'][1], bulk['documents']
    rows = [['%s，%d 份' % (one['name'], count), span(one), '%.0f' % (count / one['wall']),
             time(one['cpu'] / count), '%.0f%%' % (100 * events['cpu'] / one['cpu']),
             '%.0f' % one['peak']] for one in bulk['check']]
    return grid(['', '用时：中位（最短–最长）', '份/秒', '每份 CPU', '速率为 libyaml 的', '内存峰值 MiB'], rows)


def typst_of(found):
    return next((one for one in found if 'Typst' in one['name']), None)


def bulk_render_table(bulk):
    found = bulk['render']['rounds']
    own = found[0]
    rows = [['%s，%d 份' % (one['name'], one['documents']), span(one), '%.1f' % one['rate'],
             '%.1f' % (one['rate'] / one['cores']), time(one['cpu_each']),
             ratio(one['cpu_each'] / own['cpu_each']), size(one['bytes']),
             '相同' if one['lost'] == 0 else '差 %d 字' % one['lost']] for one in found]
    return grid(['', '用时：中位（最短–最长）', '份/秒', '每核 份/秒', '每份 CPU', '倍数', '每份文件', '抽查文字'], rows)


def memory_table(bulk):
    few = bulk['render']['few']
    more = {one['name']: one for one in bulk['render']['rounds']} | {
        one['name']: one for one in bulk['render']['more']}
    rows = [[one['name'], '%.0f（%d 份）' % (one['peak'], one['documents']),
             '%.0f（%d 份）' % (more[one['name']]['peak'], more[one['name']]['documents']),
             '%.0f' % one['tree'], '%.0f' % more[one['name']].get('tree', 0)
             if more[one['name']].get('tree') else '—'] for one in few]
    return grid(['', '最大的进程 MiB，少', '最大的进程 MiB，多', '各进程合计 MiB，少', '各进程合计 MiB，多'], rows)


def growth_table(found, unit):
    base = found[0]
    rows = [['%d %s' % (one['size'], unit), '%.0f KB' % (one['input'] / 1000), str(one['pages']),
             time(one['least_cpu']), '%.3f ms' % (1000 * (one['least_cpu'] - base['least_cpu']) /
                                                 (one['size'] - base['size']))
             if one is not base else '—', time(one['check_cpu']), '%.0f' % one['peak']]
            for one in found]
    return grid(['', '输入', '页数', 'render 的 CPU', '每多一%s' % unit, 'check 的 CPU', '内存峰值 MiB'], rows)


def where_table(found):
    """Millions of instructions; parts of less than a hundredth of every run together."""
    totals = [sum(one['parts'].values()) for one in found]
    parts = [part for part in sorted(set().union(*(one['parts'] for one in found)),
                                     key=lambda part: -found[-1]['parts'].get(part, 0))
             if any(one['parts'].get(part, 0) * 100 >= total
                    for one, total in zip(found, totals))]

    def cell(value, total):
        return '%.2f（%.0f%%）' % (value / 1e6, 100 * value / total) if value * 200 >= total else '·'
    rows = [['合计'] + ['%.2f' % (total / 1e6) for total in totals]]
    for part in parts:
        rows.append([part] + [cell(one['parts'].get(part, 0), total)
                              for one, total in zip(found, totals)])
    rest = [total - sum(one['parts'].get(part, 0) for part in parts)
            for one, total in zip(found, totals)]
    rows.append(['其余'] + [cell(value, total) for value, total in zip(rest, totals)])
    return grid(['百万条指令，每份'] + [one['name'] for one in found], rows)


def facts(results):
    """The few ratios that README names; what wasn't measured is left out."""
    found = {}
    if results.get('cold') and typst_of(results['cold']):
        own, other = results['cold'][0], typst_of(results['cold'])
        found['cold'] = other['wall'] / own['wall']
        found['cold_ms'], found['cold_peak'] = own['wall'] * 1000, own['peak']
    if results.get('check'):
        found['check_ms'] = results['check'][0]['wall'] * 1000
    bulk = results.get('bulk')
    if bulk:
        own = bulk['render']['rounds']
        found['rate'], found['two'] = own[0]['rate'], own[1]['rate'] / own[0]['rate']
        found['check_rate'] = bulk['documents'] / bulk['check'][0]['wall']
        found['events'] = 100 * bulk['check'][1]['cpu'] / bulk['check'][0]['cpu']
        if typst_of(own):
            found['bulk'] = typst_of(own)['cpu_each'] / own[0]['cpu_each']
    return found


SENTENCES = (
    ({'cold', 'cold_ms', 'cold_peak'}, '- 排一份 PDF（从启动到写完）{cold_ms:.0f} 毫秒、内存 {cold_peak:.0f} MiB；同样的文字和字体，Typst 0.14 用时是它的 {cold:.1f} 倍。',
     '- One PDF, from start to finish: {cold_ms:.0f} ms and {cold_peak:.0f} MiB; with the same text and fonts Typst 0.14 takes {cold:.1f} times as long.'),
    ({'rate', 'bulk', 'two'}, '- 一次排许多份：一个核每秒 {rate:.0f} 份，两个核是一个核的 {two:.2f} 倍；一份的 CPU 时间，Typst 0.14 是它的 {bulk:.1f} 倍。',
     '- Many in one run: {rate:.0f} a second on one core, two cores do {two:.2f} times that; of CPU time a report, Typst 0.14 takes {bulk:.1f} times as much.'),
    ({'check_ms', 'check_rate', 'events'}, '- 查一份 {check_ms:.1f} 毫秒；一次查许多份，每秒 {check_rate:.0f} 份，为 libyaml 单读 YAML 速度的 {events:.0f}%。',
     '- Checking one: {check_ms:.1f} ms; many in one run, {check_rate:.0f} a second, {events:.0f} % of the rate at which libyaml merely reads them.'),
)


def summary(results, language):
    found = facts(results)
    return ''.join(words[1 + language].format(**found) + '\n' for words in SENTENCES
                   if words[0] <= set(found))


def versions_table(results):
    rows = [[name, version] for name, version in results['versions'].items()]
    return results['machine'] + '\n\n' + grid(['工具', '版本'], rows).replace('---:', '---')


def thousands_table(found):
    rows = [['%s -j2，%d 份' % (one['name'], one['documents']), time(one['wall']), time(one['cpu']),
             '%.0f' % one['peak'], '%.0f' % one['tree'], str(one['passed']), str(one['rejected']),
             str(one['failed']), '无误' if one['wrong'] == 0 else '错 %d 份' % one['wrong']]
            for one in found]
    return grid(['', '用时', 'CPU', '最大的进程 MiB', '各进程合计 MiB', '通过', '退回', '没有做成', '点名'], rows)


def scale_table(bulk):
    """CPU hours, disk and memory of a department, a province and the country, by what was measured;
    on some cores, by the rate of each of two, waiting for the disk included."""
    (own, two), checked = bulk['render']['rounds'][:2], bulk['check'][0]
    check_each = checked['cpu'] / bulk['documents']

    def hours(seconds):
        return '%.1f 小时' % (seconds / 3600) if seconds >= 3600 else '%.1f 分钟' % (seconds / 60) \
            if seconds >= 60 else '%.1f 秒' % max(seconds, .1)
    rows = []
    for name, count in (('一个部门', 300), ('一个省', 5000), ('全国', 300000)):
        rows.append(['%s，%d 份' % (name, count), hours(check_each * count),
                     hours(own['cpu_each'] * count), hours(count / two['rate']),
                     hours(count / two['rate'] / 32), '%.1f GB' % (own['bytes'] * count / 1e9),
                     '%.0f MiB' % own['peak']])
    return grid(['', '查核的 CPU', '排版的 CPU', '两核上', '64 核上', 'PDF 共', '每个进程的内存'], rows)


def regions(results):
    made = {'machine': versions_table(results), 'summary': summary(results, 0)}
    for part, name in (('cold', 'render-same'), ('fonts', 'render-system')):
        if results.get(part):
            made[name] = render_table(results[part], part == 'cold')
    if results.get('check'):
        made['check'] = check_table(results['check'])
    if results.get('bulk'):
        made['bulk-check'] = bulk_check_table(results['bulk'])
        made['bulk-render'] = bulk_render_table(results['bulk'])
        made['bulk-memory'] = memory_table(results['bulk'])
        made['scale'] = scale_table(results['bulk'])
    if results.get('thousands'):
        made['thousands'] = thousands_table(results['thousands'])
    if results.get('growth'):
        made['growth-paragraphs'] = growth_table(results['growth']['paragraphs'], '段')
        made['growth-rows'] = growth_table(results['growth']['rows'], '行')
    if results.get('where'):
        made['where'] = where_table(results['where'])
    return made


def put(path, made):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    for name, region in made.items():
        mark = MARK % name
        if mark in text:
            start = text.index(mark) + len(mark)
            text = text[:start] + region + text[text.index(END, start):]
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def write_all(results, root):
    for name in 'docs/performance.md', 'docs/scale.md':
        put(os.path.join(root, name), regions(results))
    put(os.path.join(root, 'README.md'), {'summary': summary(results, 0)})
    put(os.path.join(root, 'README.en.md'), {'summary': summary(results, 1)})
    if results.get('growth'):
        with open(os.path.join(root, 'docs/images/growth.svg'), 'w', encoding='utf-8') as file:
            file.write(plot.svg(results['growth']))
