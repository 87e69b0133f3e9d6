#!/bin/sh
# run.sh — times `check` and `render` beside their rivals, in turn, and writes the tables of
# docs/performance.md, the plot in docs/images/ and the ratios in README. Everything it needs from
# npm it fetches itself; a rival that isn't there is left out loudly. Nothing is asserted.
#   RUNS=7           runs of each cold command, after one that doesn't count
#   DOCS=1000        different reports in the bulk runs
#   MANY=5000        reports in one run, some broken
#   PARTS="cold fonts check bulk thousands growth where"   what to measure
#   SKIP_INSTALL=1   don't call npm (rivals of an earlier run with the same BENCH_WORK are used)
#   KEEP_DOCUMENTS=1 print the tables and leave the documents alone
#   BENCH_WORK=DIR   where everything is made (default: build/bench)
#   PROGRAM=FILE     what to time (default: build/nianbao)
# A short one: RUNS=3 DOCS=100 MANY=500 tests/bench/run.sh. WeasyPrint, LibreOffice, Chromium and XeLaTeX are
# timed where they are installed:
#   apt-get install weasyprint libreoffice-writer-nogui chromium texlive-xetex texlive-lang-chinese \
#     texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
work=${BENCH_WORK:-$top/build/bench}
program=${PROGRAM:-$top/build/nianbao}

[ -x "$program" ] || { echo "run.sh: there is no $program; build first (./setup.sh)" >&2; exit 3; }
mkdir -p "$work/rivals"
cp "$here"/rivals/*.mjs "$here"/rivals/*.typ "$here"/rivals/package.json "$work/rivals/"
cc -O2 -o "$work/launch" "$here/launch.c"
cc -O2 -o "$work/events" "$here/rivals/events.c" -lyaml
if [ "${SKIP_INSTALL:-0}" != 1 ]; then
	if command -v npm >/dev/null; then
		(cd "$work/rivals" && npm install --no-audit --no-fund --silent) ||
			echo 'SKIPPED: npm could not install the rivals; is there a network?' >&2
	else
		echo 'SKIPPED: there is no npm, so neither Typst nor js-yaml + ajv' >&2
	fi
fi
exec /usr/bin/python3 -B "$here/bench.py" "$work" "$program"
