"""About the program, and the licences of what it is made of."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from gpt_assistant import __version__
from gpt_assistant.ui.widgets import label

# The licence in a package's own description is often a whole text, or missing: these were looked up.
PARTS = (
    ("PySide6-Essentials", "Qt for Python, and Qt", "LGPL-3.0"),
    ("torch", "PyTorch", "BSD-3-Clause"),
    ("transformers", "Transformers", "Apache-2.0"),
    ("safetensors", "safetensors", "Apache-2.0"),
    ("gguf", "gguf", "MIT"),
    ("numpy", "NumPy", "BSD-3-Clause"),
    ("charset-normalizer", "charset-normalizer", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
    ("symspellpy", "symspellpy", "MIT"),
    ("qasync", "qasync", "BSD-2-Clause"),
)
MODEL = "SmolLM2-135M-Instruct, the default model: Apache-2.0, © Hugging Face"


def licences() -> str:
    """Return one line for each part: name, version, licence. Reads package data, imports nothing."""
    lines = [MODEL, ""]
    for package, name, licence in PARTS:
        try:
            version = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
        lines.append(f"{name} {version}: {licence}")
    return "\n".join(lines)


class AboutDialog(QDialog):
    """Name, version, promise and licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About GPT Assistant")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(8)
        column.addWidget(label("GPT Assistant", self, "title"))
        column.addWidget(label(f"Version {__version__} · Apache-2.0", self, "muted"))
        promise = (
            "An editor that writes along with you. The model runs on this machine; your text stays here."
        )
        column.addWidget(label(promise, self, wrap=True))
        self.text = QPlainTextEdit(licences(), self)
        self.text.document().setDocumentMargin(9)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Licences")
        self.text.setTabChangesFocus(True)
        column.addWidget(label("Made with", self, "group"))
        column.addWidget(self.text, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(460, 430)
