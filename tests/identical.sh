#!/bin/sh
# identical.sh PROGRAM — same input, same bytes: each output of an example made again from another
# folder, on another day, in another time zone, under another locale, umask and HOME.
set -u
program=$(realpath "$1")
top=$(cd "$(dirname "$0")/.." && pwd)
report=$top/examples/linzi-2021/report.yaml
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
later=
command -v faketime >/dev/null && later='faketime 2031-05-17'
passed=0 failed=0

elsewhere() { # words…: the program, as somebody else would run it
	(
		umask 077
		mkdir -p "$folder/an other place"
		cd "$folder/an other place" || exit 3
		# shellcheck disable=SC2086
		env -i PATH=/usr/bin:/bin HOME=/nonexistent LC_ALL=en_US.UTF-8 LANG=de_DE TZ=Asia/Shanghai \
			COLUMNS=33 NO_COLOR=1 $later "$program" --lang zh "$@"
	)
}

compare() { # suffix
	(cd "$top" && env -i PATH=/usr/bin:/bin TZ=UTC LC_ALL=C.UTF-8 "$program" render \
		examples/linzi-2021/report.yaml -o "$folder/one.$1" --to "$1" >/dev/null 2>&1) &&
		elsewhere render "$report" -o "$folder/two.$1" --to "$1" >/dev/null 2>&1
	made=$?
	for one in "$folder"/one*."$1"; do
		two=$folder/two${one#"$folder/one"}
		if [ $made -eq 0 ] && [ -s "$one" ] && cmp "$one" "$two"; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			echo "FAILED: ${one##*/} isn't made, or not the same again"
		fi
	done
}

# Libraries choose their code by the processor: one without AVX must come to the same.
compare_processors() {
	command -v qemu-x86_64 >/dev/null && [ "$(uname -m)" = x86_64 ] || return 0
	(cd "$top" && qemu-x86_64 -cpu core2duo "$program" render examples/linzi-2021/report.yaml \
		-o "$folder/old.pdf" >/dev/null 2>&1)
	if cmp "$folder/one.pdf" "$folder/old.pdf"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: an older processor makes another PDF"
	fi
}

for suffix in trace pdf png; do
	compare $suffix
done
compare_processors
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
