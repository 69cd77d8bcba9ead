"""What the program keeps on this machine: what for, where, how much, and how it is deleted.

The table is by the names of files, and whatever lies in the program's folders belongs to one of its items,
the last of which is "other": nothing is forgotten because somebody forgot to list it. A test drives the real
window and asserts that nothing of ours is "other". Documents lie where their writer saved them, and are never
touched; should one lie in these folders it is "other", which is listed and not deleted here.

Deleting works while the program runs, here or elsewhere: databases are emptied, not unlinked under those who
have them open, and give their room back; unsaved work of a program that runs is its own, and stays.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from gpt_assistant import paths
from gpt_assistant.storage import secrets, vault
from gpt_assistant.storage.errors import FileError, explain
from gpt_assistant.storage.history import History
from gpt_assistant.storage.locks import FileLock
from gpt_assistant.storage.origins import OriginStore
from gpt_assistant.storage.recovery import LostWork
from gpt_assistant.text.told import mark, told

DATA, CONFIG, CACHE, MODELS, TORCH = "data", "config", "cache", "models", "torch"


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of thing that is kept. `patterns` are "root/name", with * for anything, folders included.

    `loses` is what deleting it means; "" for what is not deleted here, and `instead` then says where it is.
    """

    name: str
    title: str
    purpose: str
    patterns: tuple[str, ...]
    loses: str = ""
    instead: str = ""
    empty: Callable[[], None] | None = None  # how it is deleted, where deleting its files is not it


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of an item is there."""

    item: Item
    files: tuple[Path, ...]
    bytes: int

    @property
    def folder(self) -> Path:
        """Return the folder in which it lies."""
        roots = folders()
        if not self.files:
            return roots[self.item.patterns[0].split("/", 1)[0]] if self.item.patterns else roots[DATA]
        return Path(os.path.commonpath([file.parent for file in self.files]))


# -- deleting ----------------------------------------------------------------------------------------


def _empty_history() -> None:
    History(paths.data_folder() / "history.db", 0).clear()
    _remove_files("history-damaged-*", "history.db.sealed-*", folder=paths.data_folder())


def _empty_origins() -> None:
    OriginStore(paths.data_folder() / "origins.db").clear()
    _remove_files("origins*.damaged", "origins.db.sealed-*", folder=paths.data_folder())


def _remove_files(*patterns: str, folder: Path) -> None:
    for pattern in patterns:
        for path in folder.glob(pattern):
            _remove(path)


def _empty_journals() -> None:
    """Delete what programs that have ended left; a running one has a lock on its own."""
    root = paths.data_folder() / "journal"
    work = LostWork(root)
    try:
        for folder in work.folders:
            for path in folder.iterdir():
                _remove(path)
    finally:
        work.release()


def _empty_secrets() -> None:
    kept = vault.of(paths.data_folder()).state.public
    for name in secrets.names():
        if not (kept and name.startswith("data-key-")):  # that one opens what is encrypted
            secrets.forget(name)


def _empty_models() -> None:
    for folder in sorted(paths.models_folder().iterdir()):
        if not folder.is_dir():
            continue
        name = folder.name.removeprefix(".").removesuffix(".partial").removesuffix(".old")
        lock = FileLock(folder.with_name(f".{name}.lock"))
        if not lock.acquire():
            raise FileError(told("{name} is being prepared. Try again when it is done.", name=name))
        try:
            _remove(folder)
        finally:
            lock.release()


ITEMS = (
    Item(
        "models",
        mark("Models"),
        mark("Language models that were fetched, and what was made of them to run fast."),
        ("models/*",),
        loses=mark("They are fetched again when they are needed, which takes a network connection."),
        empty=_empty_models,
    ),
    Item(
        "torch",
        mark("Added PyTorch"),
        mark("A build of PyTorch for a graphics card."),
        ("torch/*",),
        loses=mark("The model runs with the PyTorch that came along, from the next start on."),
    ),
    Item(
        "versions",
        mark("Earlier versions"),
        mark("What your documents were before, for the history."),
        ("data/history.db*", "data/history-damaged-*"),
        loses=mark("No earlier version of any document can be brought back. The documents stay as they are."),
        empty=_empty_history,
    ),
    Item(
        "unsaved",
        mark("Unsaved work"),
        mark("What was not saved when the program ended, and what is not saved now."),
        ("data/journal/*",),
        loses=mark("Work that was never saved and not yet restored is gone for good."),
        empty=_empty_journals,
    ),
    Item(
        "origins",
        mark("Who wrote what"),
        mark("Which part of a document was typed, completed, rewritten or pasted."),
        ("data/origins.*", "data/origins-*"),
        loses=mark("Where a text comes from can no longer be shown. The texts stay as they are."),
        empty=_empty_origins,
    ),
    Item(
        "phrases",
        mark("Learnt phrases"),
        mark("Suggestions that you took, to make their words likelier."),
        ("data/phrases.jsonl*",),
        loses=mark("Suggestions no longer know your phrases."),
    ),
    Item(
        "words",
        mark("Own words"),
        mark("Words that you added to the dictionary."),
        ("data/words.txt*",),
        loses=mark("They are underlined again."),
    ),
    Item(
        "ignored",
        mark("Ignored words"),
        mark("Words that you let stand in one document."),
        ("data/ignored_words.json*",),
        loses=mark("They are underlined again."),
    ),
    Item(
        "masking",
        mark("Words to hide"),
        mark("Words that you always or never want hidden before a text is sent."),
        ("data/masking.json*",),
        loses=mark("They are hidden or not as they are found."),
    ),
    Item(
        "instructions",
        mark("Own instructions"),
        mark("Instructions for rewriting that you saved by name."),
        ("data/instructions.json*",),
        loses=mark("They are no longer in the menu."),
    ),
    Item(
        "goals",
        mark("Goals"),
        mark("How many words you want to write, and have written today."),
        ("data/goals.json*",),
        loses=mark("There is no goal any more."),
    ),
    Item(
        "session",
        mark("Session and recent files"),
        mark("Which documents are open, the window's place, files and commands used last."),
        ("data/session.json*", "data/recent.json*", "data/commands.json*"),
        loses=mark("The next start opens nothing by itself. The documents stay where they are."),
    ),
    Item(
        "settings",
        mark("Settings"),
        mark("What you changed in the settings."),
        ("config/*",),
        loses=mark("All settings are the defaults again, keys too."),
    ),
    Item(
        "licences",
        mark("Accepted licences"),
        mark("Terms of models that you accepted."),
        ("data/accepted-licences.json",),
        loses=mark("Their terms are shown again before they are fetched."),
    ),
    Item(
        "secrets",
        mark("Secrets in the keyring"),
        mark("Keys for servers. They lie in the system's keyring; here are their names."),
        ("data/secrets.json",),
        loses=mark("The keys have to be entered again."),
        empty=_empty_secrets,
    ),
    Item(
        "lists",
        mark("Word lists"),
        mark("Word frequencies and dictionaries, in a form that is quick to read."),
        ("cache/words/*",),
        loses=mark("They are made again at the next start, in a second or two."),
    ),
    Item(
        "kernel",
        mark("Compiled kernel"),
        mark("A part of the engine, compiled for this processor."),
        ("cache/kernel-*", "cache/.kernel-*"),
        loses=mark("It is compiled again at the next start, where there is a compiler."),
    ),
    Item(
        "encryption",
        mark("State of the encryption"),
        mark("Whether what is kept is encrypted, and the public key. It holds no secret."),
        (f"data/{vault.NAME}",),
        instead=mark("Turn the encryption off in the settings, and it goes."),
    ),
    Item(
        "desktop",
        mark("Entries in the desktop's menu"),
        mark("Which files were added to the desktop, to take them away again."),
        ("data/desktop-files.json",),
        instead=mark("gpt-assistant --uninstall-desktop takes them away."),
    ),
    Item(
        "locks",
        mark("Locks"),
        mark("Empty files that keep two programs from writing to the same thing."),
        ("data/*.lock", "cache/*.lock", "models/.*.lock"),
        instead=mark("They take no room, and deleting one that is held would do harm."),
    ),
    Item(
        "leftovers",
        mark("Left behind"),
        mark("Files that were half written when the computer went off."),
        ("data/.*.tmp", "cache/.*.tmp", "cache/words/.*.tmp"),
        loses=mark("Nothing is lost."),
    ),
    Item(
        "other",
        mark("Other files"),
        mark("Files in the program's folders that it does not know. They may be yours."),
        (),
        instead=mark("Open the folder, and look what they are."),
    ),
)


def find(name: str) -> Item:
    """Return the item of this name. Raises KeyError."""
    return {item.name: item for item in ITEMS}[name]


def holdings() -> Iterator[Holding]:
    """Yield what there is of each item, in the order of the table; for a large folder it takes a while."""
    sorted_files = _files_by_item()
    for item in ITEMS:
        files = sorted_files[item.name]
        yield Holding(item, tuple(files), sum(map(_size, files)))


def delete(name: str) -> None:
    """Delete all of one item. Raises OSError, one line that says what to do; KeyError for an unknown name.

    Raises ValueError, one line, for what is not deleted here.
    """
    item = find(name)
    if not item.loses:
        raise ValueError(item.instead)
    try:
        if item.empty is not None:
            item.empty()
        for file in _files_by_item()[name] if item.empty is None else ():
            _remove(file)
    except FileError:
        raise
    except OSError as error:
        raise explain(error, Path(error.filename or name), "write") from error
    _remove_empty_folders()


def _files_by_item() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {item.name: [] for item in ITEMS}
    for file, names in _files():
        found[_item_of(names)].append(file)
    return found


def _item_of(names: list[str]) -> str:
    """Return the item that a file belongs to; it has a name below each root that it is in."""
    for item in (*_FIRST, *ITEMS):
        if any(fnmatchcase(name, pattern) for name in names for pattern in item.patterns):
            return item.name
    return "other"


_FIRST = tuple(find(name) for name in ("leftovers", "locks"))  # else an item by its folder would have them


def _files() -> Iterator[tuple[Path, list[str]]]:
    """Yield each file below the program's folders once, with its name below each of them."""
    roots = {name: root for name, root in folders().items() if root.is_dir()}
    seen: dict[Path, list[str]] = {}
    for name, root in roots.items():
        for folder, _, files in os.walk(root):
            for file in files:
                path = Path(folder, file)
                seen.setdefault(path, []).append(f"{name}/{path.relative_to(root).as_posix()}")
    inside = [root for name, root in roots.items() if name in (MODELS, TORCH)]
    for path, names in seen.items():
        below = any(path.is_relative_to(root) for root in inside)
        # Models may have any name within: what lies in their folder is a model's, and nobody else's.
        yield path, [each for each in names if not below or each.split("/", 1)[0] in (MODELS, TORCH)]


def folders() -> dict[str, Path]:
    """Return the folders in which it lies, by the names that patterns begin with; some are within others."""
    torch = os.environ.get("GPT_ASSISTANT_TORCH")
    return {
        DATA: paths.data_folder(),
        CONFIG: paths.config_folder(),
        CACHE: paths.cache_folder(),
        MODELS: paths.models_folder(),
        TORCH: Path(torch).expanduser() if torch else paths.data_folder() / "torch",
    }


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.lstat().st_size
    return 0


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _remove_empty_folders() -> None:
    for name in (CACHE, TORCH):
        root = folders()[name]
        for folder, _, _ in os.walk(root, topdown=False):
            with contextlib.suppress(OSError):
                Path(folder).rmdir()  # which refuses where there is something in it
