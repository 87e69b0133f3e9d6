#!/bin/sh
# Includes are the architecture: a folder of src/ includes only folders before it in this list,
# and a foreign library is met only behind its door. Says every breach; exit 1 if there is one.
set -uf
cd "$(dirname "$0")/.." || exit 2
order='base confine diag yaml edition report check doc layout paint gather cli'

# header (a pattern) and the files that may include it (patterns, divided by |); the first fitting row decides
doors='
yaml.h              src/yaml/parse.c|src/yaml/write.c
hpdf*.h             src/paint/pdf/object.c
pcre2.h             src/edition/pattern.c
jansson.h           src/diag/json_internal.h|src/edition/offer/schema.c
libdeflate.h        src/paint/pdf/deflate.c|src/paint/extract.c
qpdf/*              src/paint/extract.c
pango/*             src/layout/lines/spots.c
hb*.h               src/layout/faces*|src/paint/cairo.c|src/paint/pdf/font.c|src/paint/pdf/subset.*
cairo*.h            src/paint/cairo.c|src/paint/raster.c
png.h               src/paint/png.c
jpeglib.h           src/paint/raster.c
jerror.h            src/paint/raster.c
librsvg/*           src/paint/raster.c
seccomp.h           src/confine/make_filter.c
linux/*             src/confine/*
sched.h             src/confine/make_filter.c
sys/ioctl.h         src/confine/make_filter.c
sys/prctl.h         src/confine/*
sys/syscall.h       src/confine/*
dlfcn.h             src/base/module.c
elf.h               src/base/module.c
sanitizer/*         src/base/arena.c
time.h              src/cli/judge.c
glib.h              src/*
'
standard='assert.h ctype.h errno.h fcntl.h float.h inttypes.h limits.h math.h setjmp.h signal.h stdarg.h stdbool.h
stddef.h stdint.h stdio.h stdlib.h string.h strings.h sys/mman.h sys/resource.h sys/stat.h sys/time.h sys/types.h
sys/wait.h sys/socket.h unistd.h poll.h dirent.h'

breaches=0
breach() {
	echo "$1"
	breaches=$((breaches + 1))
}

place_of() {
	n=0
	for folder in $order; do
		n=$((n + 1))
		[ "$folder" = "$1" ] && echo $n && return
	done
	echo 0
}

check_own() { # file, its folder, the header it includes
	other=${3%%/*}
	case $3 in
	*_internal.h) [ "$other" = "$2" ] || breach "$1: \"$3\" is private to src/$other/" ;;
	esac
	[ "$2" = src ] && return
	there=$(place_of "$other")
	[ "$there" -gt 0 ] || { breach "$1: \"$3\" is in no folder of the list"; return; }
	[ "$there" -le "$(place_of "$2")" ] || breach "$1: \"$3\" is above it (order: $order)"
	case $2/$other in
	doc/check | gather/layout | gather/paint) breach "$1: src/$2/ doesn't know src/$other/" ;;
	esac
}

behind_door() { # file, header, rows of doors: 0 yes, 1 no, 2 no row
	echo "$doors" | while read -r header door; do
		[ -n "$header" ] || continue
		# shellcheck disable=SC2254
		case $2 in
		$header) ;;
		*) continue ;;
		esac
		old=$IFS
		IFS='|'
		for pattern in $door; do
			# shellcheck disable=SC2254
			case $1 in
			$pattern) exit 10 ;;
			esac
		done
		IFS=$old
		exit 11
	done
}

check_foreign() { # file, header
	for header in $standard; do
		[ "$header" = "$2" ] && return
	done
	set -f
	behind_door "$1" "$2"
	answer=$?
	set +f
	case $answer in
	10) ;;
	11) breach "$1: <$2> outside its door" ;;
	*) breach "$1: <$2> has no door in tests/layers.sh" ;;
	esac
}

includes=$(mktemp)
trap 'rm -f "$includes"' EXIT
grep -rnoE --include='*.[ch]' '^[[:space:]]*#[[:space:]]*include[[:space:]]*["<][^">]+[">]' src |
	sed -E 's/^([^:]+):[0-9]+:.*(["<])([^">]+)[">]$/\1 \2 \3/' >"$includes"
while read -r file kind header; do
	rest=${file#src/}
	folder=${rest%%/*}
	[ "$folder" = "$rest" ] && folder=src
	case $kind in
	'"') check_own "$file" "$folder" "$header" ;;
	*) check_foreign "$file" "$header" ;;
	esac
done <"$includes"

echo "$(wc -l <"$includes") includes, $breaches breaches"
[ "$breaches" -eq 0 ]
