#!/bin/bash
# run.sh [SECONDS [TARGET…]] — MemorySanitizer: what is read before it was written. It needs every
# library built for it, so Debian's sources of those that `check` uses are fetched and built, then
# the program; the cases, the damaged files and, for SECONDS (30) each, the fuzzers are run. What
# needs the parts loaded on demand (Pango, Cairo, qpdf) is left out. A few minutes, and the network
# once; all of it stays in build-msan/. For developers: CI has valgrind.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${MSAN_BUILD:-$top/build-msan}
sources=$build/sources libraries=$build/libraries
flags='-g -fsanitize=memory -fsanitize-memory-track-origins -fno-omit-frame-pointer'
export CC=clang-14 MSAN_OPTIONS=exitcode=97 PKG_CONFIG_PATH=$libraries:$build/glib/meson-uninstalled

skip() {
	echo "SKIPPED: MEMORYSANITIZER: $1"
	exit 77
}

quietly() { # a command; what it says is shown only if it fails
	"$@" >"$build/log" 2>&1 </dev/null && return
	tail -n 30 "$build/log"
	echo "FAILED: $*"
	exit 1
}

# Signed by Debian's key, whatever the machine's own apt is told to use.
fetch() {
	local apt=$build/apt key='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]'
	mkdir -p "$apt"/{lists,cache/archives}/partial "$sources"
	echo "deb-src $key http://deb.debian.org/debian bookworm main" >"$apt/sources.list"
	cat >"$apt/apt.conf" <<-END
		Dir::Etc::sourcelist "$apt/sources.list";
		Dir::Etc::sourceparts "-";
		Dir::State::lists "$apt/lists";
		Dir::Cache "$apt/cache";
		APT::Sandbox::User "";
		Acquire::Retries "3";
	END
	export APT_CONFIG=$apt/apt.conf
	apt-get -q update && cd "$sources" && apt-get -q source glib2.0 libyaml pcre2 jansson && cd "$top" &&
		touch "$sources/fetched"
}

archive() { # name for pkg-config, archive, version, folder, compiler's words…
	local made=$libraries/$1
	[ -f "$libraries/$1.pc" ] && return
	mkdir -p "$made"
	# shellcheck disable=SC2086
	(cd "$made" && quietly "$CC" -O1 -fPIC -w $flags -c "${@:5}" && quietly ar rcs "$libraries/$2" ./*.o) || exit 1
	printf 'Name: %s\nDescription: with MemorySanitizer\nVersion: %s\nLibs: %s\nCflags: -I%s\n' \
		"$1" "$3" "$libraries/$2" "$4" >"$libraries/$1.pc"
}

folder_of() { # a library: where its sources were unpacked
	set -- "$sources/$1"-*/
	echo "${1%/}"
}

build_yaml() {
	local folder numbers
	folder=$(folder_of libyaml)
	IFS=. read -ra numbers <<<"${folder##*-}"
	archive yaml-0.1 libyaml.a "${folder##*-}" "$folder/include" "-I$folder/include" \
		"-DYAML_VERSION_MAJOR=${numbers[0]}" "-DYAML_VERSION_MINOR=${numbers[1]}" \
		"-DYAML_VERSION_PATCH=${numbers[2]}" "-DYAML_VERSION_STRING=\"${folder##*-}\"" "$folder"/src/*.c
}

build_jansson() {
	local folder made=$libraries/jansson
	folder=$(folder_of jansson)
	mkdir -p "$made"
	printf '#define %s 1\n' HAVE_STDINT_H HAVE_SYS_TYPES_H HAVE_UNISTD_H >"$made/jansson_private_config.h"
	echo '#define INITIAL_HASHTABLE_ORDER 3' >>"$made/jansson_private_config.h"
	cp /usr/include/jansson_config.h "$made/"
	archive jansson libjansson.a "${folder##*-}" "$folder/src -I$made" -DHAVE_CONFIG_H -DHAVE_STDINT_H \
		"-I$made" "-I$folder/src" "$folder"/src/*.c
}

# By its NON-AUTOTOOLS-BUILD.
build_pcre2() {
	local folder made=$libraries/libpcre2-8 files
	folder=$(folder_of pcre2)
	mkdir -p "$made"
	cp "$folder/src/config.h.generic" "$made/config.h"
	cp "$folder/src/pcre2.h.generic" "$made/pcre2.h"
	cp "$folder/src/pcre2_chartables.c.dist" "$made/pcre2_chartables.c"
	readarray -t files < <(sed -n 's/^       \(pcre2_.*\.c\)$/\1/p' "$folder/NON-AUTOTOOLS-BUILD" |
		grep -vxE 'pcre2_(chartables|ucptables|posix)\.c' | sort -u | sed "s|^|$folder/src/|")
	archive libpcre2-8 libpcre2-8.a "${folder##*-}" "$made" -DHAVE_CONFIG_H -DSUPPORT_UNICODE -DSUPPORT_PCRE2_8 \
		-DPCRE2_CODE_UNIT_WIDTH=8 "-I$made" "-I$folder/src" "$made/pcre2_chartables.c" "${files[@]}"
}

build_glib() {
	[ -f "$build/glib/build.ninja" ] || CFLAGS="-w $flags" quietly meson setup "$build/glib" "$(folder_of glib2.0)" \
		--default-library=static -Db_sanitize=memory -Db_lundef=false -Dtests=false -Dnls=disabled \
		-Dselinux=disabled -Dxattr=false -Dlibmount=disabled -Dlibelf=disabled
	quietly ninja -C "$build/glib" glib/libglib-2.0.a
}

build_program() {
	quietly "$CC" -O1 -g -fPIC -D_GNU_SOURCE -c "$top/tests/msan/known.c" -o "$libraries/known.o"
	[ -f "$build/program/build.ninja" ] ||
		CFLAGS=$flags LDFLAGS="-fsanitize=memory $libraries/known.o" quietly meson setup "$build/program" "$top" \
			-Dfuzz=true -Db_sanitize=memory -Db_lundef=false
	quietly ninja -C "$build/program" nianbao
}

# A text that nobody wrote, read by GLib: what finds nothing there finds nothing anywhere.
must_find() {
	local words
	read -ra words < <(pkg-config --cflags --libs glib-2.0)
	printf '#include <glib.h>\nint main(void) { return g_utf8_validate(g_malloc(8), 8, NULL); }\n' >"$build/planted.c"
	quietly "$CC" -g -fsanitize=memory "$build/planted.c" "${words[@]}" -o "$build/planted"
	"$build/planted" >"$build/log" 2>&1
	[ $? -eq 97 ] || { echo 'FAILED: a planted read of unwritten memory was not found'; exit 1; }
}

command -v "$CC" apt-get dpkg-source meson >/dev/null || skip "it needs $CC, apt-get, dpkg-dev and meson"
mkdir -p "$build"
[ -f "$sources/fetched" ] || fetch >"$build/log" 2>&1 || { tail -n 5 "$build/log"; skip "Debian's sources cannot be fetched"; }
build_pcre2
build_yaml
build_jansson
build_glib
build_program
must_find
seconds=${1:-30} failed=0
shift
"$top/tests/run-cases.py" "$build/program/nianbao" --lacks 'nianbao-[a-z]+\.so: not found' \
	--wrapper "env MSAN_OPTIONS=$MSAN_OPTIONS G_SLICE=always-malloc" || failed=1
"$top/tests/malformed.py" "$build/program/nianbao" || failed=1
FUZZ_BUILD=$build/program "$top/tests/fuzz/run.sh" "$seconds" \
	"${@:-yaml equation edition report check prose figure pattern gather template}" || failed=1
exit $failed
