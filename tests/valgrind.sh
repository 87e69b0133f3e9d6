#!/bin/bash
# valgrind.sh PROGRAM — valgrind is silent on every case. Those with a command line of their own
# are run by it, one by one; most are a plain `check report.yaml`, and valgrind takes a second to
# start: their reports are checked in one run.
set -u
program=$(realpath "${1:?which program?}")
cd "$(dirname "$0")/cases" || exit 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
own=() failed=0
valgrind="valgrind -q --error-exitcode=97 --suppressions=$(realpath ..)/valgrind.supp"
for case in */*/; do
	if [ -f "$case/args" ]; then
		own+=("${case%/}")
	else
		echo "$PWD/${case}report.yaml" >>"$work/reports"
	fi
done

# Its words go to a file that is open already: the program is confined. Those between -- are
# about calls of the kernel that it doesn't know.
# shellcheck disable=SC2086
SOURCE_DATE_EPOCH=1767225600 $valgrind --log-fd=9 "$program" check --notes -j1 "@$work/reports" >"$work/out" 2>&1 9>"$work/log"
code=$?
if grep -v '^--[0-9]*-- ' "$work/log" || [ $code -ne 1 ] || grep -q '没有做成 [1-9]' "$work/out"; then
	echo "FAILED: $(wc -l <"$work/reports") reports in one run, exit $code"
	tail -n 3 "$work/out"
	failed=1
fi
../run-cases.py "$program" --wrapper "$valgrind" "${own[@]}" || failed=1
echo "$(wc -l <"$work/reports") reports in one run"
exit $failed
