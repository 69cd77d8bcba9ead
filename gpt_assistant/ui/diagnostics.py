"""What helps with a problem, for a report: seen before it is copied, and nothing of the writer's.

No text, no names of documents, folders or persons: settings that are free text are only said to be changed,
a model that is not in the catalogue has no name, and of the log see recent_log.py.
"""

from __future__ import annotations

import json
import locale
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import Field
from importlib import metadata
from typing import Any

import PySide6
from PySide6.QtCore import QLibraryInfo, QLocale, QSysInfo, Qt, QTimer, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImageReader
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from gpt_assistant import __version__, paths
from gpt_assistant.settings import Settings, fields
from gpt_assistant.ui.ghost import prefers_high_contrast
from gpt_assistant.ui.motion import reduced_motion
from gpt_assistant.ui.tr import tr
from gpt_assistant.ui.widgets import give_size, label

_PACKAGES = (
    "torch",
    "transformers",
    "tokenizers",
    "safetensors",
    "gguf",
    "numpy",
    "PySide6-Essentials",
    "symspellpy",
    "python-docx",
    "odfdo",
    "markdown-it-py",
)
# Of the environment, what decides how Qt shows a window, and what torch computes with.
_VARIABLES = (
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
    "QT_QPA_PLATFORM",
    "QT_SCALE_FACTOR",
    "QT_IM_MODULE",
    "OMP_NUM_THREADS",
    "CUDA_VISIBLE_DEVICES",
)
_GIB = 1 << 30


def diagnostics(settings: Settings, device: str = "", log: list[str] | None = None) -> str:
    """Return the report, in English whatever the interface speaks: others are to read it.

    `device` is where the model runs and with which numbers, such as "cpu · int8".
    """
    sections = (
        ("Program", _program(device)),
        ("System", _system()),
        ("Qt", _qt()),
        ("Packages", _packages()),
        ("Settings that are not the default", _changed_settings(settings)),
        ("Log", iter(log or [])),
    )
    return "\n".join(f"{name}\n" + "".join(f"  {line}\n" for line in lines) for name, lines in sections)


def _program(device: str) -> Iterator[str]:
    yield f"GPT Assistant {__version__}, {'bundled' if getattr(sys, 'frozen', False) else 'not bundled'}"
    yield f"Python {platform.python_version()} ({platform.python_implementation()})"
    yield f"model: {device or 'not loaded'}"


def _system() -> Iterator[str]:
    yield f"{QSysInfo.prettyProductName()}, kernel {platform.system()} {platform.release()}"
    memory = _memory()
    yield f"{platform.machine()}, {os.cpu_count()} processors" + (f", {memory:.1f} GiB" if memory else "")
    yield f"language {QLocale.system().name()}, text encoding {locale.getpreferredencoding(False)}"
    for name in _VARIABLES:
        if value := os.environ.get(name):
            yield f"{name}={value}"


def _memory() -> float:
    """Return the memory of the machine in GiB, 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB
    except (AttributeError, OSError, ValueError):
        return 0.0


def _qt() -> Iterator[str]:
    yield f"Qt {qVersion()}, PySide6 {PySide6.__version__}, built for {QSysInfo.buildAbi()}"
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    yield f"platform {QGuiApplication.platformName()}, style {QApplication.style().metaObject().className()}"
    yield f"system is {'dark' if dark else 'light'}, high contrast {prefers_high_contrast()}"
    yield f"reduced motion {reduced_motion()}, right to left {QGuiApplication.isRightToLeft()}"
    for screen in QGuiApplication.screens():
        size, ratio = screen.size(), screen.devicePixelRatio()
        dots = screen.logicalDotsPerInch()
        yield f"screen {size.width()} × {size.height()}, scale {ratio:g}, {dots:.0f} dpi"
    yield f"{len(QFontDatabase.families())} font families, text {QApplication.font().pointSizeF():g} pt"
    formats = sorted(bytes(each.data()).decode() for each in QImageReader.supportedImageFormats())
    yield f"images: {' '.join(formats)}"
    plugins = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    yield f"plugins: {' '.join(_plugins(plugins))}"


def _plugins(folder: str) -> list[str]:
    """Return the names of the plugins for platforms and input methods."""
    found = []
    for kind in ("platforms", "platforminputcontexts"):
        try:
            names = os.listdir(os.path.join(folder, kind))  # noqa: PTH118, PTH208 (Qt's path, as it is)
        except OSError:
            continue
        found += [name.partition(".")[0].removeprefix("lib") for name in names]
    return sorted(found)


def _packages() -> Iterator[str]:
    for name in _PACKAGES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"{name} is missing"


def _changed_settings(settings: Settings) -> Iterator[str]:
    for field in fields():
        value = getattr(settings, field.name)
        if value != field.default:
            yield f"{field.name} = {value}" if _is_harmless(field, value) else f"{field.name} is changed"


def _is_harmless(field: Field[Any], value: object) -> bool:
    """Return whether the value says nothing of the writer: free text may be a path or a name."""
    kind = field.metadata["kind"]
    if kind == "model":
        return value in known_models()
    return not isinstance(value, str) or bool(field.metadata["choices"]) or kind == "key"


def known_models() -> set[str]:
    """Return the ids and names of the models in the catalogue."""
    rows = json.loads(paths.resource("models.json").read_bytes())["models"]
    return {"default"} | {row[part] for row in rows for part in ("id", "name", "hub")}


class DiagnosticsDialog(QDialog):
    """Shows the report as it will be copied."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Diagnostics"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = tr(
            "For a report about a problem. It holds nothing you have written, and no names of documents "
            "or folders. This is all that is copied; nothing is sent anywhere."
        )
        self.text = QPlainTextEdit(report, self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Diagnostics"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.document().setDocumentMargin(9)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy = buttons.addButton(tr("&Copy diagnostics"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setDefault(True)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(label(told, self, wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        give_size(self, 620, 560)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(tr("Copied"))
        QTimer.singleShot(2000, self.copy, lambda: self.copy.setText(tr("&Copy diagnostics")))
