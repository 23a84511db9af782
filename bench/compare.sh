#!/bin/sh
# Compares Synfire with Brian2's C++ standalone mode and prints a table in Markdown:
#
#   bench/compare.sh [--threads N] [--repeat N] [--scale X] [WORKLOAD...]
#
# PYTHON names a Python 3 that has brian2. See compare.py for what is measured.
set -e
folder=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
(cd "$folder/.." && go build -o "$work/synfire" ./cmd/synfire)
"${PYTHON:-/usr/bin/python3}" "$folder/compare.py" --synfire "$work/synfire" --folder "$work" "$@"
