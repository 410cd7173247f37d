#!/bin/sh
# Find the Pythons that the kit runs on. Plain sh: there is no environment yet when make asks.
#
#   pythons.sh                  print each that is here, the newest first
#   pythons.sh --usable PYTHON  say what to do if this one cannot make an environment
set -u
suits='import sys; assert (3, 11) <= sys.version_info[:2] <= (3, 14)'
equipped='import ensurepip, venv'

can() { "$1" -c "$2" >/dev/null 2>&1; }

if [ "${1:-}" = --usable ]; then
    python=${2:-}
    if [ -z "$python" ]; then
        echo "Academy Kit needs Python 3.11, 3.12, 3.13 or 3.14, and none of them is here. Install one (on Debian and Ubuntu: sudo apt install python3 python3-venv), or name it: make serve PYTHON=/path/to/python3." >&2
        exit 1
    fi
    if ! can "$python" "$suits"; then
        echo "$python is not a Python from 3.11 to 3.14. Name another one, PYTHON=/path/to/python3, or leave PYTHON out: make takes the newest that is here." >&2
        exit 1
    fi
    if ! can "$python" "$equipped"; then
        echo "$python cannot make an environment: its venv module is not whole. On Debian and Ubuntu: sudo apt install python3-venv. Then run make again." >&2
        exit 1
    fi
    exit 0
fi

# One that can make an environment comes before one that can't, which is named if there is nothing else.
for wanted in "$suits; $equipped" "$suits"; do
    found=
    for version in 3.14 3.13 3.12 3.11; do
        python=$(command -v "python$version") && can "$python" "$wanted" && found="${found:+$found }$python"
    done
    if [ -z "$found" ]; then
        python=$(command -v python3) && can "$python" "$wanted" && found=$python
    fi
    if [ -n "$found" ]; then
        echo "$found"
        exit 0
    fi
done
