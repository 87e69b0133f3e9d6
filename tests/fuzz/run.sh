#!/bin/bash
# run.sh SECONDS [TARGET…] — builds the libFuzzer targets with clang and runs each for so long, from
# the examples and cases as seeds. What it finds is left in build-fuzz/found/; each becomes a case.
# FUZZ_SEED=N repeats the same walk (CI's: a landing fails by its own change, not by luck).
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:?seconds for each target}
shift
build=${FUZZ_BUILD:-$top/build-fuzz}
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0 UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$top/tests/lsan.supp:print_suppressions=0
if ! command -v "${CC:=clang-14}" >/dev/null; then
	echo "SKIPPED: THE FUZZERS NEED $CC"
	exit 77
fi
[ -d "$build" ] || CC=$CC meson setup "$build" "$top" -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false \
	>/dev/null || exit 1
targets=${*:-$(cd "$top/tests/fuzz" && ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')}
ninja -C "$build" $(for target in $targets; do echo "tests/fuzz/fuzz_$target"; done) >"$build/fuzz.log" 2>&1 ||
	{ tail -30 "$build/fuzz.log"; exit 1; }
mkdir -p "$build/seeds/reports" "$build/seeds/templates" "$build/found"
find "$top/examples" "$top/tests/cases" -name '*.yaml' -size -64k | while read -r file; do
	cp "$file" "$build/seeds/reports/$(sha256sum <"$file" | cut -c1-16)"
done
cp "$top"/templates/*.yaml "$build/seeds/templates"
mkdir -p "$build/seeds/pdf"
[ -x "$top/build/tests/test_pdf" ] && NIANBAO_KEEP=$build/seeds/pdf "$top/build/tests/test_pdf" >/dev/null 2>&1
failed=0
for target in $targets; do
	corpus=$build/corpus/$target
	seeds=$build/seeds/reports
	[ "$target" = template ] && seeds=$build/seeds/templates
	[ "$target" = pages ] && seeds=
	[ "$target" = extract ] && seeds=$build/seeds/pdf
	mkdir -p "$corpus"
	"$build/tests/fuzz/fuzz_$target" -seed="${FUZZ_SEED:-0}" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 \
		-dict="$top/tests/fuzz/yaml.dict" -artifact_prefix="$build/found/$target-" -print_final_stats=1 \
		"$corpus" ${seeds:+"$seeds"} >"$build/$target.log" 2>&1
	code=$?
	awk -v target="$target" '/stat::number_of_executed_units/ { runs = $2 } / cov: / { sub(/.* cov: /, ""); cov = $1 }
		END { printf "%s: %s executions, %s edges\n", target, runs, cov }' "$build/$target.log"
	if [ $code -ne 0 ]; then
		failed=1
		grep -m1 -A12 -E 'ERROR|runtime error|deadly signal|SUMMARY|assertion' "$build/$target.log"
		echo "FAILED: $target (see $build/found)"
	fi
done
exit $failed
