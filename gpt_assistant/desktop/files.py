"""The files that put the program on a desktop, by their places below a `share` folder.

The same for all of a machine (packaging/deb.py, in /usr/share) and for one writer (per_user.py, in
XDG_DATA_HOME): menu entry, icons, manual page, shell completion.
"""

from __future__ import annotations

import shlex

from gpt_assistant import cli, paths
from gpt_assistant.desktop import completion, icons
from gpt_assistant.desktop.interface import commands
from gpt_assistant.desktop.manual import manual

NAME = "gpt-assistant"
ENTRY = f"applications/{NAME}.desktop"
ZSH = f"zsh/vendor-completions/_{NAME}"
MANUAL = f"man/man1/{NAME}.1"


def shared(command: str, date: str = "") -> dict[str, bytes]:
    """Return the files by their paths. `command` is the program as the menu starts it, a name or a path.

    `date`, such as 2026-11-25, is that of the manual page.
    """
    described = commands(cli.parsers())
    texts = {
        ENTRY: entry(command),
        MANUAL: manual(described, date),
        f"bash-completion/completions/{NAME}": completion.bash(described),
        f"fish/vendor_completions.d/{NAME}.fish": completion.fish(described),
        ZSH: completion.zsh(described),
    }
    pictures = {f"icons/hicolor/{size}x{size}/apps/{NAME}.png": png for size, png in icons.pngs().items()}
    for folder, name in (("scalable", NAME), ("symbolic", f"{NAME}-symbolic")):
        picture = paths.resource(f"icons/{name}.svg").read_bytes()
        pictures[f"icons/hicolor/{folder}/apps/{name}.svg"] = picture
    return {path: text.encode() for path, text in texts.items()} | pictures


def entry(command: str) -> str:
    """Return the menu entry, whose Exec lines start `command`."""
    text = paths.resource(f"desktop/{NAME}.desktop").read_text(encoding="utf-8")
    return text.replace(f"Exec={NAME}", f"Exec={_argument(command)}")


def _argument(text: str) -> str:
    """Return `text` as one argument of an Exec line (Desktop Entry Specification 1.5, "The Exec key")."""
    text = text.replace("%", "%%")
    if shlex.quote(text) == text or text.replace("%", "").replace("/", "").isalnum():
        return text
    quoted = "".join("\\" + c if c in '"`$\\' else c for c in text)
    return '"' + quoted.replace("\\", "\\\\") + '"'  # a string of the entry, in which \\ stands for one
