#!/bin/sh
# hardening.sh COMPILE_COMMANDS PROGRAM MODULE… — position-independent, stacks and indirect calls
# guarded, library functions that check lengths, relocations that can't be written, and no stack
# that can be run: in the files by devscripts' hardening-check and binutils, and what leaves no
# trace in every file (a guard of large stack frames where there are none) in the commands.
set -u
commands=$1 program=$2
shift
passed=0 failed=0

judge() { # what, a file, command…
	what=$1 name=${2##*/}
	shift 2
	if said=$("$@" 2>&1); then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $name: $what"
		echo "$said"
	fi
}

# Debian's own startup files don't claim control flow integrity, so no program linked with them may:
# we look for the landing marks of our functions instead.
by_devscripts() { # file; a module may have no call that could check a length
	if [ "$1" = "$program" ]; then
		hardening-check --nocfprotection "$1"
	else
		hardening-check --nocfprotection --nofortify "$1"
	fi
}

marks_landings() {
	[ "$(uname -m)" != x86_64 ] || [ "$(objdump -d "$1" | grep -c endbr64)" -gt 0 ]
}

has_plain_stack() {
	readelf -W --program-headers "$1" | grep -q 'GNU_STACK .* RW '
}

is_independent() {
	readelf -h "$1" | grep -q 'Type: *DYN'
}

every_command_has() { # flag
	! grep '"command"' "$commands" | grep -E '[-]c [^ ]*src/' | grep -v make_filter | grep -vF -e "$1"
}

for file; do
	judge 'hardening-check' "$file" by_devscripts "$file"
	judge 'indirect calls' "$file" marks_landings "$file"
	judge 'a stack that can be run' "$file" has_plain_stack "$file"
	judge 'position-dependent' "$file" is_independent "$file"
done
for flag in -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=3 -Wformat=2; do
	judge "compiled without $flag" "$commands" every_command_has "$flag"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
