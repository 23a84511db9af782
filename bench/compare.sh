#!/bin/sh
# Compares Synfire with Brian2's C++ standalone mode and prints a table in Markdown:
#
#   bench/compare.sh [--threads N] [--repeat N] [--scale X] [WORKLOAD...]
#
# PYTHON names a Python 3 that has brian2. See compare.py for what is measured.
set -e
folder=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-/usr/bin/python3}
if ! "$python" -W ignore -c 'import brian2' >/dev/null 2>&1; then
	echo "compare.sh: $python has no brian2; PYTHON=... names a Python 3 that has it (apt-get install python3-brian)" >&2
	exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
(cd "$folder/.." && go build -o "$work/synfire" ./cmd/synfire)
"$python" "$folder/compare.py" --synfire "$work/synfire" --folder "$work" "$@"
