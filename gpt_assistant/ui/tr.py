"""The interface's language: `tr` for the window's own strings, `localised` for what comes from below.

Strings are written in English in the code and looked up in the translation that the application has
installed (language.py); the templates use names in braces, which a translation may put in another order.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication

from gpt_assistant.text.told import Told, said

log = logging.getLogger(__name__)

CONTEXT = "gpt_assistant"


def tr(template: str, /, **values: object) -> str:
    """Return `template` in the interface's language, with `values` filled in for their names in braces.

    Without values the template is taken as it is, braces included. A value `n` chooses the plural form.
    """
    number = values.get("n", -1)
    found = QCoreApplication.translate(CONTEXT, template, "", number if isinstance(number, int) else -1)
    if not values:
        return found
    filled = {name: _inner(value) for name, value in values.items()}
    try:
        return found.format(**filled)
    except (IndexError, KeyError, ValueError):  # a translation with a wrong name must not stop anything
        log.warning("the translation of %r does not fit it", template)
        return template.format(**filled)


def localised(text: str | BaseException) -> str:
    """Return what a lower layer says, in the interface's language where it kept its parts (`Told`)."""
    if isinstance(text, BaseException):
        text = said(text)
    return tr(text.template, **text.values) if isinstance(text, Told) else text


def _inner(value: object) -> object:
    return localised(value) if isinstance(value, Told) else value
