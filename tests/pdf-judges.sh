#!/bin/bash
# Judges from outside look at the PDF of every example: qpdf, poppler, MuPDF, Ghostscript, PDFBox
# Preflight (PDF/A-1b) and veraPDF (PDF/A-3a, PDF/UA-1). Usage: pdf-judges.sh NIANBAO [JARS]
# JARS is where veraPDF's jars are kept; they are brought from Maven Central if they aren't there.
# Says loudly what it had to skip. Exit 1 if a judge objects.
set -u
cd "$(dirname "$0")/.." || exit 2
nianbao=$(realpath "$1")
jars=$(realpath -m "${2:-build/verapdf}")
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

pass() { passed=$((passed + 1)); }
fail() { # what, the judge's words on standard input
	failed=$((failed + 1))
	echo "FAILED: $1"
	sed 's/^/    /' | head -40
}
expect() { # name, command…: it must succeed
	local name=$1
	shift
	if "$@" >"$work/words" 2>&1; then pass; else fail "$name" <"$work/words"; fi
}

bring_verapdf() {
	[ -e "$jars/complete" ] && return 0
	command -v mvn >/dev/null || return 1
	mkdir -p "$jars" || return 1
	cat >"$jars/pom.xml" <<-'END'
		<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
		<groupId>nianbao</groupId><artifactId>judges</artifactId><version>1</version><dependencies><dependency>
		<groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId><version>1.28.2</version>
		</dependency></dependencies></project>
	END
	(cd "$jars" && timeout 400 mvn -q -B dependency:copy-dependencies -DoutputDirectory="$jars") >"$jars/log" 2>&1 &&
		touch "$jars/complete"
}

# Every judge of one kind sees all files in one run: a Java machine takes a second to start.
verapdf() { # flavour, files…
	local flavour=$1
	shift
	java -cp "$jars/*" org.verapdf.apps.GreenfieldCliWrapper -f "$flavour" --format text -v "$@" \
		>"$work/vera" 2>/dev/null
	[ "$(grep -c '^PASS ' "$work/vera")" -eq $# ] || { cat "$work/vera"; return 1; }
}

preflight() {
	local java=/usr/share/java path=
	for jar in preflight xmpbox pdfbox2 fontbox2 commons-logging commons-io javax.activation jaxb-api; do
		path=$path:$java/$jar.jar
	done
	java -cp "${path#:}" org.apache.pdfbox.preflight.Validator_A1b "$1" 2>/dev/null >"$work/preflight"
	grep -q 'is a valid PDF/A-1b file' "$work/preflight" || { cat "$work/preflight"; return 1; }
}

fonts_embedded() { # every font embedded, subset, with ToUnicode
	pdffonts "$1" | tail -n +3 >"$work/fonts"
	[ -s "$work/fonts" ] && ! grep -vE ' yes +yes +yes +[0-9]+ +[0-9]+ *$' "$work/fonts"
}

no_words() { # a command that must succeed without a word on either output
	"$@" >"$work/said" 2>&1 && [ ! -s "$work/said" ] || { cat "$work/said"; return 1; }
}

draw() { # all three draw each page, without a warning, and much the same
	local file=$1
	rm -f "$work"/page-*
	no_words pdftoppm -r 50 -gray "$file" "$work/page-poppler" || return 1
	mutool draw -q -r 50 -c gray -o "$work/page-mupdf-%d.pgm" "$file" 2>&1 || return 1
	no_words gs -q -dNOPAUSE -dBATCH -sDEVICE=pgmraw -dGraphicsAlphaBits=4 -dTextAlphaBits=4 -r50 \
		-sOutputFile="$work/page-gs-%d.pgm" "$file" || return 1
	/usr/bin/python3 tests/same-pages.py --tolerant "$work"
}

examples=$(ls -d examples/*/report.yaml)
files=() archives=()
for report in $examples; do
	name=$(basename "$(dirname "$report")")
	draft=
	"$nianbao" check "$report" >/dev/null 2>&1 || draft=--draft
	expect "render $report" "$nianbao" render $draft "$report" -o "$work/$name.pdf"
	expect "render $report --profile a1b" "$nianbao" render $draft "$report" --profile a1b -o "$work/$name-a1b.pdf"
	[ -s "$work/$name.pdf" ] && files+=("$work/$name.pdf")
	[ -s "$work/$name-a1b.pdf" ] && archives+=("$work/$name-a1b.pdf")
	"$nianbao" render $draft "$report" --dump doc >"$work/$name.doc" 2>/dev/null
	expect "text and structure of $name" /usr/bin/python3 tests/pdf-text.py "$work/$name.pdf" "$work/$name.doc"
done

for file in "${files[@]}" "${archives[@]}"; do
	name=$(basename "$file")
	expect "qpdf --check $name" qpdf --check "$file"
	expect "pdffonts $name" fonts_embedded "$file"
	expect "poppler, mutool, Ghostscript draw $name" draw "$file"
done
if [ -e /usr/share/java/preflight.jar ]; then
	for file in "${archives[@]}"; do
		expect "Preflight $(basename "$file")" preflight "$file"
	done
else
	skipped=$((skipped + 1))
	echo "SKIPPED: NO PREFLIGHT HERE (package libpdfbox2-java): PDF/A-1b IS NOT CHECKED"
fi
if bring_verapdf; then
	expect "veraPDF 3a" verapdf 3a "${files[@]}"
	expect "veraPDF ua1" verapdf ua1 "${files[@]}"
	expect "veraPDF 1b" verapdf 1b "${archives[@]}"
else
	skipped=$((skipped + 1))
	echo "SKIPPED: veraPDF COULD NOT BE BROUGHT: PDF/A-3a AND PDF/UA-1 ARE NOT CHECKED"
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
