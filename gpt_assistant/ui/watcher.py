"""Notices when another program writes a file that is open here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject


class FileWatcher(QObject):
    """Calls `changed(path)`; a file that was replaced by a rename is watched on under its name."""

    def __init__(self, changed: Callable[[Path], None], parent: QObject) -> None:
        super().__init__(parent)
        self._changed = changed
        self._wanted: set[str] = set()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_file)
        self._watcher.directoryChanged.connect(self._on_folder)

    def watch(self, paths: Iterable[Path]) -> None:
        """Watch exactly `paths`."""
        self._wanted = {str(path) for path in paths if path.exists()}
        # The folders too: a file that is replaced by a rename is a new file, and the old watch is void.
        wanted = self._wanted | {str(Path(name).parent) for name in self._wanted}
        present = {*self._watcher.files(), *self._watcher.directories()}
        if gone := present - wanted:
            self._watcher.removePaths(sorted(gone))
        if new := wanted - present:
            self._watcher.addPaths(sorted(new))

    def _on_file(self, name: str) -> None:
        self._changed(Path(name))

    def _on_folder(self, folder: str) -> None:
        lost = self._wanted - set(self._watcher.files())
        for name in lost:
            if Path(name).parent == Path(folder) and Path(name).exists():
                self._watcher.addPath(name)
                self._changed(Path(name))
