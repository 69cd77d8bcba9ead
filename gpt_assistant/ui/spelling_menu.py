"""What one may do about a word that is probably wrong, as entries of a menu."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QMenu

from gpt_assistant.engine.messages import Correction, Issue, Mistake
from gpt_assistant.text.told import mark
from gpt_assistant.ui.tr import tr

_MOST_LIKELY = 1000
_LEAST_LIKELY = 1.05
_REASONS = {
    Mistake.REALWORD: mark("Another word fits better here"),
    Mistake.REPEATED: mark("It stands here twice"),
    Mistake.VARIETY: mark("Another kind of English"),
}


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the entries do."""

    take: Callable[[str], object]
    ignore_here: Callable[[], object]
    ignore_in_document: Callable[[], object]
    add_word: Callable[[], object]


def reason(issue: Issue) -> str:
    """Return in a few words what is wrong with it."""
    return tr(_REASONS[issue.kind]) if issue.kind in _REASONS else tr("There is no such word")


def likelihood(correction: Correction) -> str:
    """Return how much likelier the sentence is with it, "" where the model has nothing to say."""
    if correction.score <= 0:
        return ""
    factor = math.exp(min(correction.score, 50.0))
    if factor > _MOST_LIKELY:
        return tr("> ×{factor:,} likelier", factor=_MOST_LIKELY)
    if factor < _LEAST_LIKELY:
        return ""
    shown = round(factor, 1) if factor < 10 else round(factor)
    return tr("×{factor:,} likelier", factor=shown)


def entries(menu: QMenu, issue: Issue, deeds: Deeds) -> list[QAction]:
    """Return the entries for `issue`, in order, made for `menu` but not put into it yet."""
    made = [_suggestion(menu, each, deeds, number == 0) for number, each in enumerate(issue.suggestions)]
    if not made:
        made.append(_line(menu, tr("No suggestion")))
    if issue.kind in _REASONS:
        made.append(_line(menu, reason(issue)))
    made += [
        _separator(menu),
        _action(menu, tr("&Ignore here"), deeds.ignore_here),
        _action(menu, tr("Ignore in this &document"), deeds.ignore_in_document),
    ]
    if issue.kind is Mistake.NONWORD:
        made.append(_action(menu, tr("&Add to my words"), deeds.add_word))
    return made


def put_first(menu: QMenu, made: list[QAction]) -> None:
    """Put `made` before what is in the menu, with a line behind it."""
    first = menu.actions()[0] if menu.actions() else None
    for action in (*made, _separator(menu)):
        if first is None:
            menu.addAction(action)
        else:
            menu.insertAction(first, action)


def _suggestion(menu: QMenu, correction: Correction, deeds: Deeds, best: bool) -> QAction:
    shown = correction.text.replace("&", "&&") or tr("(nothing)")
    likelier = likelihood(correction)
    action = _action(menu, f"{shown}\t{likelier}" if likelier else shown, lambda: deeds.take(correction.text))
    font = QFont(menu.font())
    font.setBold(best)
    action.setFont(font)
    return action


def _action(menu: QMenu, text: str, run: Callable[[], object]) -> QAction:
    action = QAction(text, menu)
    action.triggered.connect(lambda _checked=False: run())
    return action


def _line(menu: QMenu, text: str) -> QAction:
    action = QAction(text, menu)
    action.setEnabled(False)
    return action


def _separator(menu: QMenu) -> QAction:
    action = QAction(menu)
    action.setSeparator(True)
    return action
