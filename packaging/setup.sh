#!/bin/sh
# Makes .venv with everything that GPT Assistant needs, and the libraries of the system where they are
# missing. Run by `make run` and `make test`, from the top of the tree; `setup.sh test` adds what the
# tests need. When nothing has changed since the last time it returns at once.
set -eu

cd "$(dirname "$0")/.."
MODE=${1:-run}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

say() { printf '%s\n' "$*" >&2; }

state() { # what the environment is made from
    cat packaging/constraints.txt packaging/setup.sh pyproject.toml gpt_assistant/engine/native/*.[ch] | cksum
    pwd
}

if [ -x .venv/bin/gpt-assistant ] && [ "$(cat ".venv/.set-up-for-$MODE" 2>/dev/null)" = "$(state)" ]; then
    exit 0
fi

# ---- Python

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

# ---- Libraries of the system: what Qt's xcb, Wayland and offscreen platforms load (Debian's names)

LIBRARIES='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libglib-2.0.so.0 libglib2.0-0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libX11-xcb.so.1 libx11-xcb1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render.so.0 libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0'

missing_packages() { # $1: a Python, or nothing
    if [ -z "$1" ]; then
        echo python3 python3-venv
    elif ! "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    fi
    [ "$(uname -s)" = Linux ] || return 0
    if [ -n "$1" ]; then
        printf '%s\n' "$LIBRARIES" | "$1" -c '
import ctypes, sys
for line in filter(str.strip, sys.stdin):
    library, package = line.split()
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)'
    else
        printf '%s\n' "$LIBRARIES" | cut -s -d ' ' -f 2
    fi
    find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.local/share/fonts" \
        \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) 2>/dev/null | grep -q . || echo fonts-dejavu-core
    [ "$MODE" != test ] || command -v Xvfb >/dev/null || echo xvfb
}

apt_get() { # $@: a prefix such as sudo, then packages
    "$@" || { $PREFIX apt-get update -qq && "$@"; }
}

install_packages() { # $@: packages
    if ! command -v apt-get >/dev/null; then
        say "These libraries are missing; Debian calls them: $*"
        say "Install them with this system's package manager. On Fedora:"
        say "  sudo dnf install python3 mesa-libEGL mesa-libGL libxkbcommon-x11 xcb-util-cursor xcb-util-wm" \
            "xcb-util-image xcb-util-keysyms xcb-util-renderutil libwayland-cursor dejavu-sans-fonts"
        say "Then run this again; GPT_ASSISTANT_SKIP_SYSTEM=1 goes on without them."
        exit 1
    fi
    if [ "$(id -u)" = 0 ]; then
        PREFIX=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        PREFIX='sudo -n'
    elif command -v sudo >/dev/null && [ -t 0 ]; then
        say "Some libraries of the system are missing; sudo may ask for your password to install them."
        PREFIX=sudo
    else
        say "Some libraries of the system are missing. Install them with this command, then run this again:"
        say "  sudo apt-get install -y --no-install-recommends $*"
        exit 1
    fi
    say "Installing $*"
    # shellcheck disable=SC2086 # PREFIX is words
    apt_get $PREFIX env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 \
        --no-install-recommends "$@" >&2
}

python=$(find_python)
if [ -z "${GPT_ASSISTANT_SKIP_SYSTEM:-}" ]; then
    packages=$(missing_packages "$python")
    # shellcheck disable=SC2086 # one word a package
    [ -z "$packages" ] || install_packages $packages
    python=$(find_python)
fi
if [ -z "$python" ]; then
    say "GPT Assistant needs Python 3.11 or newer, with venv. Install it, or name it: make run PYTHON=/path/to/python3"
    exit 1
fi

# ---- The environment

if ! .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Making .venv with $python"
    rm -rf .venv
    "$python" -m venv .venv
fi
rm -f .venv/.set-up-for-*
pip() { .venv/bin/python -m pip install -q -c packaging/constraints.txt "$@"; }
say "Installing Python packages into .venv (some minutes the first time)"
pip torch==2.13.0
pip hatchling editables
pip --no-build-isolation -e '.[dev]'

# The kernel makes the model twice as fast. Where there is no C compiler torch does its work.
.venv/bin/python -m gpt_assistant.engine.native.build >&2 || say "Going on without the kernel."

# Without a network, or where the model cannot be had, the editor opens all the same and says so itself.
.venv/bin/gpt-assistant models pull default >&2 || say "Going on without the model; the editor offers to try again."

state > .venv/.set-up-for-run
[ "$MODE" = run ] || state > .venv/.set-up-for-test
