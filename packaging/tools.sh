#!/bin/sh
# Installs the programs of the system that `make package` runs, or says which are missing; `tools.sh
# package-test` adds those that test the package.
set -eu

TOOLS='dpkg-shlibdeps dpkg-dev
strip binutils
patchelf patchelf
xz xz-utils'
[ "${1:-}" != package-test ] || TOOLS="$TOOLS
debootstrap debootstrap
lintian lintian
appstreamcli appstream
desktop-file-validate desktop-file-utils
Xvfb xvfb"

missing=$(printf '%s\n' "$TOOLS" | while read -r tool package; do
    command -v "$tool" >/dev/null || [ -x "/usr/sbin/$tool" ] || printf '%s ' "$package"
done)
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    printf 'Installing %s\n' "$missing" >&2
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # one word a package
    apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || {
        apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null
    }
else
    printf 'These programs are missing: sudo apt-get install --no-install-recommends %s\n' "$missing" >&2
    exit 1
fi
