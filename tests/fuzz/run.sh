#!/bin/bash
# run.sh SECONDS [TARGET…] — builds the libFuzzer targets with clang and runs each for so long, from
# the examples and cases as seeds. What it finds is left in build-fuzz/found/; each becomes a case.
# FUZZ_SEED=N repeats the same walk (CI's: a landing fails by its own change, not by luck).
# FUZZ_JOBS=N runs so many targets at a time (1). FUZZ_RUNS=0 only repeats seeds and corpora, and
# FUZZ_CORPORA says where these are (coverage.sh).
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:?seconds for each target}
shift
build=${FUZZ_BUILD:-$top/build-fuzz}
jobs=${FUZZ_JOBS:-1} runs=${FUZZ_RUNS:--1} corpora=${FUZZ_CORPORA:-$build/corpus}
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export LSAN_OPTIONS=suppressions=$top/tests/lsan.supp:print_suppressions=0
export NIANBAO_FUZZ_DATA=$build/small
if ! command -v "${CC:=clang-14}" >/dev/null; then
	echo "SKIPPED: THE FUZZERS NEED $CC"
	exit 77
fi
[ -d "$build" ] || CC=$CC meson setup "$build" "$top" -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false \
	>/dev/null || exit 1
targets=${*:-$(cd "$top/tests/fuzz" && ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')}
fonts=$([[ " ${targets//$'\n'/ } " = *' render '* ]] && echo tests/fuzz/small_fonts)
# shellcheck disable=SC2086
ninja -C "$build" $fonts $(for target in $targets; do echo "tests/fuzz/fuzz_$target"; done) \
	>"$build/fuzz.log" 2>&1 || { tail -30 "$build/fuzz.log"; exit 1; }
seeds=$build/seeds
mkdir -p "$seeds"/{reports,pages,pairs,templates,pictures,pdf} "$build/found" "$build/small"/{fonts/free,templates}

add_seed() { # a folder: standard input, named by what it holds
	cat >"$seeds/seed" && mv "$seeds/seed" "$seeds/$1/$(sha256sum <"$seeds/seed" | cut -c1-16)"
}

# The faces of fonts/roles.yaml with the characters that examples and the marks of the programme need.
make_small_fonts() {
	local text=$build/small/text
	{
		cat "$top/examples/linzi-2021/report.yaml" "$top"/templates/2*.yaml "$top/fonts/roles.yaml"
		printf '䶮𠀀龘国㐀𪜀𫝀𰀀—…“”‘’·～'
		awk 'BEGIN { for (i = 32; i < 127; i++) printf "%c", i }'
	} >"$text"
	sed -n 's/.*{file: \([^,}]*\), *index: \([0-9]*\).*/\1 \2/p; t; s/.*{file: \([^,}]*\).*/\1 0/p' \
		"$top/fonts/roles.yaml" | while read -r file index; do
		"$build/tests/fuzz/small_fonts" "$top/fonts/free/$file" "$index" "$build/small/fonts/free/$file" <"$text" ||
			echo "no small $file"
	done
	sed 's/, *index: [0-9]*//' "$top/fonts/roles.yaml" >"$build/small/fonts/roles.yaml"
}

# The forms, and one of a few cells, whose reports are set ten times as fast.
make_templates() {
	cp "$top"/templates/*.yaml "$top"/tests/cases/edition/third/templates/*.yaml "$build/small/templates/"
}

make_seeds() {
	local last=$top/examples/linzi-2021/report.yaml
	find "$top/examples" "$top/tests/cases" "$top/tests/pages" -type f -name '*.yaml' -size -64k | sort | while read -r file; do
		add_seed reports <"$file"
		case $file in
		*/examples/* | */render/* | */doc/* | */pages/* | */third/*) add_seed pages <"$file" ;;
		esac
		case $file in
		*/examples/* | */sum/* | */diff/*)
			{ cat "$last"; echo; echo %%; cat "$file"; } | add_seed pairs
			last=$file
			;;
		esac
	done
	for file in "$top"/templates/*.yaml; do
		add_seed templates <"$file"
	done
	find "$top/examples" "$top/tests" -type f -size -32k \( -name "*.png" -o -name "*.jpg" -o -name "*.svg" \) |
		while read -r file; do
			add_seed pictures <"$file"
		done
	[ -x "$top/build/tests/test_pdf" ] && NIANBAO_KEEP=$seeds/pdf "$top/build/tests/test_pdf" >/dev/null 2>&1
}

seeds_of() {
	case $1 in
	template) echo "$seeds/templates" ;;
	render) echo "$seeds/pages" ;;
	gather) echo "$seeds/pairs" ;;
	picture) echo "$seeds/pictures" ;;
	extract) echo "$seeds/pdf" ;;
	pages | figure | pattern) ;;
	*) echo "$seeds/reports" ;;
	esac
}

run_one() {
	local target=$1 code
	mkdir -p "$corpora/$target"
	# Weighing what is rare takes longer than setting a page, of which every one has much.
	# shellcheck disable=SC2046
	"$build/tests/fuzz/fuzz_$target" $([ "$target" = render ] && echo -entropic=0) -seed="${FUZZ_SEED:-0}" -max_total_time="$seconds" -runs="$runs" -timeout=20 -rss_limit_mb=2048 \
		-max_len=65536 -dict="$top/tests/fuzz/yaml.dict" -artifact_prefix="$build/found/$target-" -print_final_stats=1 \
		"$corpora/$target" $(seeds_of "$target") >"$build/$target.log" 2>&1
	code=$?
	awk -v target="$target" '/stat::number_of_executed_units/ { runs = $2 } / cov: / { sub(/.* cov: /, ""); cov = $1 }
		END { printf "%s: %s executions, %s edges\n", target, runs, cov }' "$build/$target.log"
	[ $code -eq 0 ] && return
	grep -m1 -A12 -E 'ERROR|MemorySanitizer:|runtime error|deadly signal|SUMMARY|assertion' "$build/$target.log"
	# what was found, in the log too: a CI machine is gone by the time it is read
	find "$build/found" -name "$target-*" -size -4k -printf '%f in base64: ' -exec base64 -w 0 {} \; -printf '\n'
	echo "FAILED: $target (see $build/found)"
	return 1
}

[ "$fonts" ] && make_small_fonts
make_templates
make_seeds
failed=0 running=0
for target in $targets; do
	if [ "$running" -ge "$jobs" ]; then
		wait -n || failed=1
		running=$((running - 1))
	fi
	run_one "$target" &
	running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
	wait -n || failed=1
	running=$((running - 1))
done
exit $failed
