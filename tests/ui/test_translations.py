"""Every string has its translation, the real window speaks Chinese, and sentences from below do too."""

from __future__ import annotations

import ast
import importlib.util
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from every_widget import everything, texts_of_actions
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFontComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from windows import open_window

import gpt_assistant
from gpt_assistant import paths
from gpt_assistant.engine.messages import Failed
from gpt_assistant.features.rewrite_checks import problem
from gpt_assistant.storage.errors import explain
from gpt_assistant.text.suggestion import Reason
from gpt_assistant.text.told import joined, said, told
from gpt_assistant.ui import language
from gpt_assistant.ui.asking import language_name
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.window import MainWindow

ROOT = Path(gpt_assistant.__file__).parents[1]


def _script() -> ModuleType:
    found = importlib.util.spec_from_file_location("translations", ROOT / "packaging/translations.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["translations"] = module  # its dataclasses look for it there
    found.loader.exec_module(module)
    return module


SCRIPT = _script()


@pytest.fixture(autouse=True)
def _language_again(qapp: QApplication) -> Iterator[None]:
    yield
    language.install("system")


@pytest.fixture
def chinese(qtbot: QtBot) -> None:
    language.install("zh_CN")


# -- the files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_every_string_is_translated(code: str) -> None:
    assert not SCRIPT.problems(code), "run packaging/translations.py update, then translate what it names"


def test_the_extractor_finds_strings_and_refuses_what_cannot_be_looked_up(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    code = 'tr("One" if x else "Two"); told("{n} words", n=3); Spec("a", "&File/&More", "&Go", "Goes")'
    (package / "a.py").write_text(code, encoding="utf-8")
    found = SCRIPT.strings(package)
    assert list(found) == ["One", "Two", "{n} words", "&File", "&More", "&Go", "Goes"]
    assert [name for name, message in found.items() if message.numerus] == ["{n} words"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.py").write_text('tr(f"Hello {name}")', encoding="utf-8")
    with pytest.raises(SCRIPT.BadStringError, match=r"b\.py:1"):
        SCRIPT.strings(other)


def test_other_values_in_a_translation_are_noticed() -> None:
    assert SCRIPT.same_values("{a} of {b}", "{b}/{a}")
    assert not SCRIPT.same_values("{a} of {b}", "{b}/{c}")
    assert not SCRIPT.same_values("{a} of {b}", "{b}")


def test_accelerators_are_kept() -> None:
    for source, forms in SCRIPT.read("zh_CN").items():
        if re.search(r"&\w", source):
            assert re.search(r"&\w", forms[0]), source


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_each_letter_opens_one_thing_in_a_menu(qtbot: QtBot, code: str) -> None:
    window = open_window(qtbot, language=code)
    menus = [window.menuBar(), *window.actions_table.menus.values()]
    for menu in menus:
        letters = re.findall(r"&(\w)", " ".join(action.text() for action in menu.actions()).upper())
        assert len(letters) == len(set(letters)), [action.text() for action in menu.actions()]


@pytest.mark.parametrize("code", language.LANGUAGES)
def test_the_files_are_those_of_qt(code: str, tmp_path: Path) -> None:
    import PySide6  # noqa: PLC0415

    folder = Path(PySide6.__file__).parent
    tool = next((each for each in (folder / "lrelease", folder / "lrelease.exe") if each.exists()), None)
    if tool is None:
        pytest.skip("this PySide6 comes without lrelease")
    compiled = tmp_path / "compiled.qm"
    done = subprocess.run(
        [tool, SCRIPT.path_of(code), "-qm", compiled], capture_output=True, text=True, check=True
    )
    assert "0 unfinished" in done.stdout
    reference = QTranslator()
    assert reference.load(str(compiled))
    ours = language.read_messages(SCRIPT.path_of(code))
    catalogue = language.Catalogue(code, ours)
    for source, message in SCRIPT.wanted(code).items():
        for n in (0, 1, 2, 7) if message.numerus else (-1,):
            expected = reference.translate("gpt_assistant", source, "", n)
            assert catalogue.translate("gpt_assistant", source, "", n) == expected, (source, n)


# -- the code --------------------------------------------------------------------------------------

LOOKED_UP = {*SCRIPT.CALLS, "log"}
UNSEEN = {
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "setObjectName",
    "setProperty",
    "createMethodCall",
}
NAMES = {
    "GPT Assistant",
    "Transformers",
    "Apache-2.0",
    "Aa",
    "Letter",
    "handed over",
    "Del",
    "Ins",
    "Shift+",
    "[*] — GPT Assistant",
    "Qt for Python, and Qt",
}
# Style sheets; a report that others are to read; names in the data of packages.
ENGLISH_FILES = {"theme.py", "diagnostics.py", "licences.py"}
STYLE = re.compile(r"\{[^}]*;\s*\}")
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+[^A-Za-z_]*$")


def _literals(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the strings of some code that a person could see, but for those that are looked up."""
    name = node.func if isinstance(node, ast.Call) else None
    called = getattr(name, "id", "") or getattr(name, "attr", "")
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if called in LOOKED_UP | UNSEEN or is_text or isinstance(node, ast.Assert | ast.Raise):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _literals(child)


def test_no_sentence_of_the_window_is_left_out() -> None:
    files = [*sorted((ROOT / "gpt_assistant/ui").glob("*.py")), ROOT / "gpt_assistant/app.py"]
    left = [
        f"{path.name}:{each.lineno}: {each.value!r}"
        for path in files
        if path.name not in ENGLISH_FILES
        for each in _literals(ast.parse(path.read_text(encoding="utf-8")))
        if SENTENCE.search(str(each.value)) and each.value not in NAMES and not STYLE.search(str(each.value))
    ]
    assert not left


# -- the window ------------------------------------------------------------------------------------

# Names, keys and formats: what is the same in every language.
SAME = re.compile(
    r"GPT Assistant|Markdown|UTF-(?:8|16)(?: LE| BE)?|BOM|Windows(?:-\d+)?|CP932|GB18030|CRLF|CR|LF"
    r"|/[\w./-]+|hub|int[48]|PEM|OpenAI|save_as|glow|Linux|macOS|Mac|CUDA|NVIDIA|GPU|MPS|Apple|CPU|GGUF|ID|org/name|bfloat16|float(?:16|32)|default|Apache-2\.0|Xyz|PDF|HTML|JSON"
    r"|DOCX|ODT|MB|Word|OpenDocument|LibreOffice|Legal|English|fr|Qt|PyTorch|SmolLM2[-\w]*|https?://\S+|\.md|letter|tmp|px|pt|mm|Letter"
    r"|(?:(?:Ctrl|Shift|Alt|Meta)\+)+(?:\w+|[^\s\w])|Ctrl|Shift|Alt|Tab|Esc|Enter|Delete|Space|Backspace|Return"
    r"|“Teh [^”]*”|Teh|The(?=\t)"  # the writer's own text
    r"|Del|Ins|F\d+|PgUp|PgDown|Home|End|Left|Right|Up|Down|Aa|A\d|DejaVu Sans"
)
WORD = re.compile(r"[A-Za-z]{2,}")


def _said_by(widget: QWidget) -> Iterator[str]:
    """Yield what a widget and those inside it say, to the eye or to a screen reader."""
    for each in (widget, *widget.findChildren(QWidget)):
        yield from (each.toolTip(), each.accessibleName(), each.accessibleDescription(), each.windowTitle())
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text()
        elif isinstance(each, QLineEdit):
            yield each.placeholderText()
        elif isinstance(each, QComboBox) and not isinstance(each, QFontComboBox) and each.count() < 100:
            yield from (each.itemText(index) for index in range(min(each.count(), 60)))
        yield from (action.text() for action in each.actions() if isinstance(action, QAction))
    if isinstance(widget, QMessageBox):
        yield widget.informativeText()


def test_the_whole_window_is_in_chinese(qtbot: QtBot) -> None:
    families = set(QFontDatabase.families())
    english, seen, count = [], set(), 0
    for name, widget in everything(qtbot, language="zh_CN"):
        seen.add(name)
        texts = [*_said_by(widget)]
        if isinstance(widget, MainWindow):
            texts += texts_of_actions(widget)
            texts += [menu.title() for menu in widget.actions_table.menus.values()]
        for text in filter(None, texts):
            count += 1
            plain = re.sub(r"<[^>]+>", "", text)
            if plain not in families and WORD.search(SAME.sub("", plain)):
                english.append(f"{name}: {text}")
    assert not english
    assert {"settings", "about", "find", "palette", "recovery", "close", "summary_short", "a problem"} <= seen
    assert count > 500


def test_standard_buttons_are_in_chinese(qtbot: QtBot, chinese: None) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert sorted(button.text() for button in box.buttons()) == ["关闭", "取消"]


# -- single strings --------------------------------------------------------------------------------


def test_plurals(qtbot: QtBot) -> None:
    language.install("en")
    assert [tr("{n:,} words", n=n) for n in (0, 1, 2, 1000)] == [
        "0 words",
        "1 word",
        "2 words",
        "1,000 words",
    ]
    language.install("zh_CN")
    assert [tr("{n:,} words", n=n) for n in (1, 1000)] == ["1 字", "1,000 字"]


def test_what_comes_from_below_is_localised(qtbot: QtBot, chinese: None, tmp_path: Path) -> None:
    crossed = pickle.loads(pickle.dumps(Failed(1, told("Loading {name}…", name="x"))))
    assert crossed.text == "Loading x…"
    assert localised(crossed.text) == "正在加载 x…"
    error = explain(FileNotFoundError(2, "No such file"), tmp_path / "a.txt", "open")
    assert str(error).startswith("Cannot open a.txt: ")
    assert localised(error).startswith("无法打开 a.txt：")
    why = joined([problem("A short text.", "", "shorter"), told("it refuses")])
    assert localised(told("The sentence was left as it was: {why}.", why=why)) == (
        "该句保持原样：没有写出内容；它拒绝了。"
    )
    assert tr(Reason.NOT_SURE) == "没有足够可能的续写"
    assert localised("as it is") == "as it is"
    assert said(ValueError("plain")) == "plain"


def test_a_translation_with_wrong_names_falls_back_to_english(
    qtbot: QtBot, chinese: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    catalogue = language._present._installed[-1]  # type: ignore[union-attr]
    assert isinstance(catalogue, language.Catalogue)
    monkeypatch.setitem(catalogue.messages, "Saved as {name}.", ("已保存 {nome}",))
    assert tr("Saved as {name}.", name="x") == "Saved as x."
    assert "does not fit" in caplog.text


def test_names_of_languages(qtbot: QtBot, chinese: None) -> None:
    assert (language_name("fr"), language_name("nb"), language_name("xx")) == ("法语", "挪威语", "xx")


# -- which language --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh_TW.UTF-8", "en"),
        ("de_DE.UTF-8", "en"),
        ("en_GB.UTF-8", "en"),
        ("C", "en"),
    ],
)
def test_the_system_chooses(system: str, expected: str) -> None:
    code = "from gpt_assistant.ui.language import chosen_language; print(chosen_language('system'))"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    environment["LANG"] = system
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == expected


def test_the_setting_is_stronger_than_the_system(qtbot: QtBot) -> None:
    assert open_window(qtbot, language="zh_CN").menuBar().actions()[0].text() == "文件(&F)"


def test_the_english_file_is_small_and_there() -> None:
    assert paths.resource("translations/gpt_assistant_en.ts").exists()
    assert all(len(forms) == 2 for forms in SCRIPT.read("en").values())
