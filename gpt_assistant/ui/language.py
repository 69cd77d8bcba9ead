"""Which language the interface speaks: a translation of ours, Qt's own, and the direction of writing.

A translation is a .ts file of resources/translations, as Qt Linguist and lrelease read it. It is read as it
is: 800 strings take 22 ms on a slow core, and there is no compiled file that a package, a wheel or a
checkout could be without, or have from before the last change. English has a file too, for its plurals.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from gpt_assistant import paths
from gpt_assistant.ui.tr import CONTEXT

log = logging.getLogger(__name__)

ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh_CN")

# Which plural form a number takes; Chinese has one. From Unicode's CLDR, as lrelease has them.
_FORMS: dict[str, Callable[[int], int]] = {ENGLISH: lambda n: int(n != 1)}


def _one_form(_n: int) -> int:
    return 0


class Catalogue(QTranslator):
    """The strings of one language; `messages` holds the forms of each, most have one."""

    def __init__(self, language: str, messages: dict[str, tuple[str, ...]]) -> None:
        super().__init__(QCoreApplication.instance())
        self.messages = messages
        self._form = _FORMS.get(language, _one_form)

    def isEmpty(self) -> bool:
        """Return that there is something in it: Qt asks before it tells the widgets."""
        return False

    def translate(  # None is Qt's null string: another translator is asked then
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the translation of `source`, None if there is none."""
        forms = self.messages.get(source) if context == CONTEXT else None
        if not forms:
            return None
        return forms[min(self._form(n), len(forms) - 1)] if n >= 0 else forms[-1]


def read_messages(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the forms of each finished message of a .ts file. Raises OSError or ElementTree.ParseError."""
    found = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        if translation is None or translation.get("type"):  # unfinished, vanished, obsolete
            continue
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        if all(forms):
            found[message.findtext("source") or ""] = tuple(forms)
    return found


def chosen_language(setting: str) -> str:
    """Return the language for the setting: itself, or for "system" the first of the system's that we have."""
    if setting in LANGUAGES:
        return setting
    for name in QLocale.system().uiLanguages():
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return ENGLISH
        if locale.language() == QLocale.Language.Chinese:
            # Who reads traditional characters is not given simplified ones.
            simplified = locale.script() == QLocale.Script.SimplifiedHanScript
            return "zh_CN" if simplified else ENGLISH
    return ENGLISH


class Translations:
    """What is installed in the application for one choice of the setting; see `install`."""

    def __init__(self, application: QApplication, setting: str) -> None:
        self.setting, self.language = setting, chosen_language(setting)
        self._application = application
        self._installed: list[QTranslator] = []
        self._before = QLocale()
        for translator in (_of_qt(self.language), _ours(self.language)):
            if translator is not None:
                application.installTranslator(translator)
                self._installed.append(translator)
        if setting in LANGUAGES:  # else numbers and dates are as the system has them
            QLocale.setDefault(QLocale(self.language))
        application.setLayoutDirection(direction(self.language))

    def remove(self) -> None:
        """Take it all out again."""
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed = []
        QLocale.setDefault(self._before)


_present: Translations | None = None


def install(setting: str) -> str:
    """Speak the language of `setting`: "system" or one of LANGUAGES; return the one it comes to.

    What is on screen stays as it is, so this is for the start, before a window is made.
    """
    global _present  # noqa: PLW0603 (there is one application in a process, and it has one language)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    if _present is None or _present.setting != setting:
        if _present is not None:
            _present.remove()
        _present = Translations(application, setting)
    return _present.language


def direction(language: str) -> Qt.LayoutDirection:
    """Return in which direction `language` is written."""
    return QLocale(language).textDirection()


def _ours(language: str) -> Catalogue | None:
    path = paths.resource(f"translations/gpt_assistant_{language}.ts")
    try:
        return Catalogue(language, read_messages(path))
    except (OSError, ElementTree.ParseError) as error:
        log.warning("no translation into %s: %s", language, error)
        return None


def _of_qt(language: str) -> QTranslator | None:
    """Return Qt's own strings, of its dialogs and standard buttons, in `language`."""
    translator = QTranslator(QCoreApplication.instance())
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator if translator.load(f"qtbase_{language}", folder) else None
