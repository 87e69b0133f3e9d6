#!/bin/bash
# coverage.sh [CORPORA] — what the fuzzers reach: runs every target once over its seeds and, from
# CORPORA/TARGET or build-fuzz/corpus/TARGET, what earlier runs kept. Lines and regions a folder of
# src/; the pages in build-coverage/html show each line.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=$top/build-coverage
corpora=${1:-$top/build-fuzz/corpus}
export FUZZ_BUILD=$build NIANBAO_FUZZ_DATA=$build/small
if [ ! -d "$build" ]; then
	CC=clang-14 meson setup "$build" "$top" -Dfuzz=true -Db_lundef=false -Db_sanitize=address,undefined \
		-Dc_args='-fprofile-instr-generate -fcoverage-mapping' \
		-Dc_link_args='-fprofile-instr-generate' >/dev/null || exit 1
fi
export LLVM_PROFILE_FILE=$build/profiles/%p.profraw
rm -rf "$build/profiles"
FUZZ_RUNS=0 FUZZ_CORPORA=$corpora "$top/tests/fuzz/run.sh" 0 || exit 1
llvm-profdata-14 merge -sparse "$build"/profiles/*.profraw -o "$build/all.profdata" || exit 1
# The first program by its place, the others by their word; of their sources, only ours.
programs=(-ignore-filename-regex='^/usr/|/tests/|\.p/' -instr-profile="$build/all.profdata")
word=
for program in "$build"/tests/fuzz/fuzz_*; do
	# shellcheck disable=SC2206
	[ -f "$program" ] && programs+=($word "$program") && word=-object
done
llvm-cov-14 export -summary-only "${programs[@]}" |
	/usr/bin/python3 -c '
import collections, json, sys
folders = collections.defaultdict(lambda: [0, 0, 0, 0])
for file in json.load(sys.stdin)["data"][0]["files"]:
    path = file["filename"].split("/src/", 1)[1]
    for name in (path.rsplit("/", 1)[0], "total"):
        row = folders[name]
        for i, kind in enumerate(("lines", "regions")):
            row[2 * i] += file["summary"][kind]["covered"]
            row[2 * i + 1] += file["summary"][kind]["count"]
for name in sorted(folders, key=lambda name: (name == "total", name)):
    lines, of_lines, regions, of_regions = folders[name]
    print("%-16s %6d of %6d lines %5.1f %%  %6d of %6d regions %5.1f %%" % (
        name, lines, of_lines, 100 * lines / max(of_lines, 1), regions, of_regions, 100 * regions / max(of_regions, 1)))
' || exit 1
llvm-cov-14 show -format=html -output-dir="$build/html" "${programs[@]}" >/dev/null || exit 1
echo "each line: $build/html/index.html"
