"""Corrects a word by itself once the writer has ended it, where there is no doubt; off by default.

When a space or a mark ends a word, the sentence so far is asked about. If the answer is sure about just that
word, and the writer has only typed on since, the word is replaced, as a step of undo of its own: Ctrl+Z takes
that back and nothing else, the caret stays where the writer types, and the word is let stand from then on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from gpt_assistant.engine.messages import Issue, Reply, Spelt
from gpt_assistant.settings import Settings
from gpt_assistant.storage.wordfile import folded
from gpt_assistant.text.origins import Origin
from gpt_assistant.text.sentences import sentences
from gpt_assistant.text.words import utf16_length
from gpt_assistant.ui.anchor import replace_apart
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.passages import text_between
from gpt_assistant.ui.spelling import Spelling
from gpt_assistant.ui.tr import tr

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_BEFORE = 400  # UTF-16 units before the caret in which the sentence begins
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\Z")
_GOES_ON = ("typing", "ime", "accept")
_MOST_DONE = 50


@dataclass(slots=True)
class _Ended:
    """A word that was ended, and asked about; `start` is its place in the text that was sent."""

    id: int
    editor: Editor
    cursor: QTextCursor
    word: str
    start: int


@dataclass(slots=True)
class _Done:
    """A correction, and where it stands."""

    cursor: QTextCursor
    old: str
    new: str


class Autocorrect(QObject):
    """Corrects in the editors of one window."""

    def __init__(self, window: MainWindow, spelling: Spelling) -> None:
        super().__init__(window)
        self._window = window
        self._spelling = spelling
        self._on = window.store.current.autocorrect
        self._ended: list[_Ended] = []
        self._done: list[_Done] = []
        self._left: set[str] = set()  # words that the writer wants as they are
        self._caret = 0
        self._replacing = False
        window.editor_added.connect(self._follow)
        window.editor_removed.connect(self._forget)

    def apply_settings(self, settings: Settings) -> None:
        """Correct, or do not."""
        self._on = settings.autocorrect
        if not self._on:
            self._ended = []

    def _follow(self, editor: Editor) -> None:
        editor.edited.connect(
            lambda position, removed, added, cause: self._on_edited(editor, position, removed, added, cause)
        )
        editor.caret_moved.connect(lambda: self._on_caret(editor))

    def _forget(self, editor: Editor) -> None:
        self._ended = [each for each in self._ended if each.editor is not editor]
        self._done = [each for each in self._done if not each.cursor.isNull()]

    # -- a word is ended ---------------------------------------------------------------------------

    def _on_edited(self, editor: Editor, position: int, removed: int, added: int, cause: str) -> None:
        if self._replacing:
            return
        if cause in ("undo", "program") and self._done:
            self._look_for_undone(editor)
        self._caret = editor.textCursor().position()
        if cause not in _GOES_ON or removed:
            self._ended = []
        elif (
            self._on
            and self._spelling.on
            and cause != "accept"
            and added == 1
            and self._caret == position + 1
        ):
            self._ask(editor, position)

    def _on_caret(self, editor: Editor) -> None:
        self._ended = []
        self._caret = editor.textCursor().position()

    def _ask(self, editor: Editor, position: int) -> None:
        """Ask about the word that ends at `position`, if what was typed there ends it."""
        document = editor.document()
        block = document.findBlock(position)
        sheet = self._spelling.current()
        # Return ends a word too: the block of the character before it is then the one.
        begin = max(block.position(), position - _BEFORE)
        text = text_between(document, begin, position)
        match = _WORD.search(text)
        typed = document.characterAt(position)
        if (
            match is None
            or typed.isalnum()
            or typed in "'’_-@/\\"
            or sheet is None
            or sheet.editor is not editor
        ):
            return
        word = match[0]
        if folded(word) in self._left | sheet.own | sheet.ignored or sheet.left_out(block):
            return
        spans = sentences(text)
        sentence = text[spans[-1].start :] if spans else text
        if (identity := self._spelling.ask(sentence, thorough=False, language="")) == 0:
            return
        cursor = QTextCursor(document)
        cursor.setPosition(position - utf16_length(word))
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        cursor.setKeepPositionOnInsert(True)
        self._ended.append(_Ended(identity, editor, cursor, word, len(sentence) - len(word)))

    # -- the answer --------------------------------------------------------------------------------

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model; those to requests of others are ignored."""
        asked = next((each for each in self._ended if each.id == reply.id), None)
        if asked is None or not reply.final:
            return
        self._ended.remove(asked)
        if isinstance(reply, Spelt):
            for issue in reply.issues:
                if issue.sure and issue.suggestions and _is_about(issue, asked):
                    self._correct(asked, issue.suggestions[0].text)

    def _correct(self, asked: _Ended, new: str) -> None:
        editor, cursor = asked.editor, asked.cursor
        if cursor.isNull() or cursor.selectedText() != asked.word or editor.isReadOnly():
            return
        if not editor.can_correct():
            return
        start = cursor.selectionStart()
        self._replacing = True
        try:
            replace_apart(editor, start, cursor.selectionEnd(), new, Origin.CORRECTED)
        finally:
            self._replacing = False
        self._caret = editor.textCursor().position()
        place = QTextCursor(editor.document())
        place.setPosition(start)
        place.setPosition(start + utf16_length(new), QTextCursor.MoveMode.KeepAnchor)
        place.setKeepPositionOnInsert(True)
        self._done = [*self._done[-_MOST_DONE + 1 :], _Done(place, asked.word, new)]
        said = tr("“{old}” was corrected to “{new}”.", old=asked.word, new=new)
        key = self._window.actions_table.key_name("undo")
        self._window.status.show_hint(tr("{what} {key} takes it back.", what=said, key=key) if key else said)

    def _look_for_undone(self, editor: Editor) -> None:
        """Let a word stand from now on whose correction was taken back, and the caret where it was."""
        for done in self._done[::-1]:
            if done.cursor.isNull() or done.cursor.document() is not editor.document():
                continue
            start = min(done.cursor.selectionStart(), done.cursor.selectionEnd())
            end = start + utf16_length(done.old)
            if end >= editor.document().characterCount():
                continue
            if text_between(editor.document(), start, end) != done.old:
                continue
            self._done.remove(done)
            self._left.add(folded(done.old))
            caret = self._caret + utf16_length(done.old) - utf16_length(done.new)
            if caret > end:
                cursor = editor.textCursor()
                cursor.setPosition(min(caret, editor.document().characterCount() - 1))
                editor.setTextCursor(cursor)
            said = tr("“{word}” stays as it is.", word=done.old)
            key = self._window.actions_table.key_name("spell_suggest")
            more = tr("{what} {key} on it offers to add it to your words.", what=said, key=key)
            self._window.status.show_hint(more if key else said)
            return


def _is_about(issue: Issue, asked: _Ended) -> bool:
    return issue.word == asked.word and (issue.start, issue.end) == (
        asked.start,
        asked.start + len(asked.word),
    )
