#!/bin/sh
# Makes a clean Debian 12 ready: packages, fonts, build. May be run again at any time.
#   ./setup.sh           what building and rendering need, then builds build/nianbao
#   ./setup.sh --tests   also what the tests need
set -u
cd "$(dirname "$0")" || exit 3

build_packages='gcc libc6-dev pkg-config meson ninja-build python3-minimal
libglib2.0-dev libpcre2-dev libyaml-dev libjansson-dev libpango1.0-dev libcairo2-dev libharfbuzz-dev
libhpdf-dev libqpdf-dev libseccomp-dev libdeflate-dev libpng-dev libjpeg62-turbo-dev librsvg2-dev icc-profiles-free'
font_packages='fonts-noto-cjk fonts-lxgw-wenkai fonts-hanazono fonts-babelstone-han'
test_packages='clang-14 clang-format-14 clang-tidy-14 cppcheck libclang-rt-14-dev llvm-14 valgrind libcmocka-dev git devscripts locales
python3 python3-yaml python3-jsonschema python3-fonttools python3-munkres python3-pil
strace qemu-user poppler-utils qpdf mupdf-tools ghostscript
parallel munge slurmctld slurmd slurm-client
chromium faketime default-jre-headless maven libpdfbox2-java libactivation-java libjaxb-api-java libcommons-io-java'
free=fonts/free
fang=$free/FandolFang-Regular.ttf

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
en*) english=yes ;;
*) english= ;;
esac

say() { # Chinese, English
	if [ "$english" ]; then
		echo "$2"
	else
		echo "$1"
	fi
}

fail() { # Chinese, English
	say "失败：$1" "failed: $2" >&2
	exit 1
}

log=$(mktemp)
temporary=$(mktemp -d)
trap 'rm -rf "$log" "$temporary"' EXIT
trap 'exit 130' INT TERM

quietly() { # a command; what it says is shown only if it fails
	"$@" >"$log" 2>&1 </dev/null && return
	tail -n 30 "$log" >&2
	return 1
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

apt() {
	quietly as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

missing_of() {
	for package; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
	done
}

demand_debian() {
	command -v apt-get >/dev/null ||
		fail "本脚本用于 Debian 12，这里没有 apt-get。" "this script is for Debian 12; there is no apt-get here."
	case $(cat /etc/debian_version 2>/dev/null) in
	12*) ;;
	*) say "提示：这里不是 Debian 12，软件包名称可能不同。" \
		"note: this is not Debian 12; packages may have other names." ;;
	esac
}

demand_root() {
	[ "$(id -u)" -eq 0 ] && return
	command -v sudo >/dev/null && { sudo -n true 2>/dev/null || sudo -v; } && return
	fail "安装软件包需要管理员权限：请用 root 身份运行本脚本，或先安装 sudo。缺少：$1" \
		"installing packages needs root: run this script as root, or install sudo first. Missing: $1"
}

install_packages() {
	missing=$(missing_of "$@" | tr '\n' ' ')
	if [ -z "$missing" ]; then
		say "  已齐备。" "  all there."
		return
	fi
	demand_root "$missing"
	say "  更新软件包目录……" "  updating the package lists …"
	apt update || fail "更新不了软件包目录，请检查网络和 /etc/apt。" "cannot update the package lists; check the network and /etc/apt."
	say "  安装：$missing" "  installing: $missing"
	# shellcheck disable=SC2086
	apt install --no-install-recommends $missing ||
		fail "软件包没有装上，原因见上。" "packages could not be installed; see above."
}

# A package's files without installing it: TeX is 49 MB around one font.
unpack() { # package, folder
	(
		cd "$temporary" || exit 1
		quietly apt-get -q download "$1" || {
			demand_root "$1"
			apt update && quietly apt-get -q download "$1"
		} && dpkg-deb -x "$1"_*.deb "$2"
	) || fail "下载不了软件包 $1。" "cannot download the package $1."
}

make_fang() {
	[ -s "$fang" ] && return
	say "  下载 FandolFang（49 MB，只取其中的仿宋）……" "  downloading FandolFang (49 MB, only its 仿宋 is kept) …"
	unpack texlive-lang-chinese tex
	unpack python3-fonttools tools
	say "  转换仿宋轮廓（约半分钟，只做一次）……" "  converting its outlines (half a minute, once) …"
	quietly env PYTHONPATH="$temporary/tools/usr/lib/python3/dist-packages" /usr/bin/python3 fonts/prepare.py \
		"$temporary/tex/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf" "$fang" ||
		fail "转换不了 FandolFang。" "cannot convert FandolFang."
	gzip -dc "$temporary/tex/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz" >"$free/FandolFang-COPYING"
	{
		echo "FandolFang-Regular.ttf is modified: its outlines were converted to TrueType (fonts/prepare.py)."
		echo "What follows is the README of the original."
		cat "$temporary/tex/usr/share/doc/texlive-doc/fonts/fandol/README"
	} >"$free/FandolFang-README"
}

bring_fonts() {
	mkdir -p "$free" || fail "建不了文件夹 $free。" "cannot make the folder $free."
	for package in $font_packages; do
		for file in $(dpkg -L "$package" | grep -E '\.(ttf|ttc|otf)$'); do
			grep -q "  ${file##*/}\$" fonts/free.sha256 && ln -sf "$file" "$free/"
		done
	done
	make_fang
	(cd $free && sha256sum --quiet -c ../free.sha256 >"$log" 2>&1) || {
		cat "$log"
		say "  提示：以上字体与本版本所用的不同，能用，但 PDF 的字节会与别处不同。" \
			"  note: these fonts aren't the ones of this version; they serve, but the PDF's bytes will differ from elsewhere."
	}
}

build() {
	if [ -f build/build.ninja ]; then
		quietly meson setup --reconfigure build || return 1
	else
		quietly meson setup build || return 1
	fi
	quietly ninja -C build
}

case ${1:-} in
'') more= ;;
--tests)
	more=$test_packages
	command -v npm >/dev/null || more="$more npm" # a node from elsewhere brings its own
	;;
*) fail "不认识的选项 $1（只有 --tests）。" "unknown option $1 (there is only --tests)." ;;
esac
demand_debian
say "[1/3] 软件包" "[1/3] packages"
# shellcheck disable=SC2086
install_packages $build_packages $font_packages $more
say "[2/3] 字体" "[2/3] fonts"
bring_fonts
say "[3/3] 编译" "[3/3] building"
build || fail "编译不成功，原因见上。" "the build failed; see above."
say "完成：build/nianbao" "done: build/nianbao"
