"""Why this suggestion, and why none: asked by a key, the palette, or the mouse that rests on a word.

What is explained is the grey text, a word that was taken earlier, or whatever is selected. Nothing is asked
of the model before the writer asks; what she asked for is given up as soon as she goes on with something
else. The keys that she presses while the mouse's window is open go to the text as ever.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QHelpEvent, QKeyEvent

from gpt_assistant.engine.messages import Explain, Explained, Failed, Influence, Odds, Reply
from gpt_assistant.text.origins import Origin
from gpt_assistant.text.phrases import half_word
from gpt_assistant.text.suggestion import Candidate, Reason, Suggestion
from gpt_assistant.ui.anchor import replace_apart
from gpt_assistant.ui.asker import Asker
from gpt_assistant.ui.assistant import Silence
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.keys import KeyMap
from gpt_assistant.ui.led_to import LedTo
from gpt_assistant.ui.taken import Taken
from gpt_assistant.ui.theme import Colours
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.why_popup import Shown, WhyPopup
from gpt_assistant.ui.why_subject import (
    Subject,
    at_caret,
    ghost_number,
    ghost_word,
    placed,
    rectangle,
    words_of,
    written,
)
from gpt_assistant.ui.why_words import percent, place, whole, why_nothing

if TYPE_CHECKING:
    from gpt_assistant.ui.window import MainWindow

_AWAY_MS = 250  # how often it is looked whether the mouse is still there
_SLACK = 12  # pixels around a word and the window within which it is
_PHRASE = 0.3  # of a word's probability that makes the writer's own phrases worth a line


class Why(Asker):
    """Explains in one window. `silence` tells why nothing is suggested at the moment."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.silence: Callable[[], Silence] = lambda: Silence(Suggestion("", Reason.NO_MODEL))
        self.popup = WhyPopup(window)
        self.led_to = LedTo(self)
        self.taken: dict[Editor, Taken] = {}
        self._asked = 0
        self._weighing = False
        self._subject: Subject | None = None
        self._choices: tuple[Candidate, ...] = ()
        self._watched: Editor | None = None
        self._away = QTimer(self, interval=_AWAY_MS)
        self._away.timeout.connect(self._look_for_mouse)
        self.popup.chosen.connect(self._take)
        self.popup.weigh.connect(self.weigh)
        self.popup.moved.connect(self._step)
        self.popup.closed.connect(lambda: self.close(keep_shades=True))
        window.editor_added.connect(self._add)
        window.editor_removed.connect(self._remove)
        window.current_editor_changed.connect(lambda _editor: self.close())
        window.closing.connect(self._stop)
        window.installEventFilter(self)

    def actions(self) -> dict[str, Callable[..., object]]:
        """Return what each of the actions does, by its name."""
        return {"why": self.explain, "why_nothing": self.explain_nothing, "led_to": self.explain_weights}

    def set_colours(self, colours: Colours) -> None:
        """Use the colours of a theme."""
        self.led_to.set_colours(colours)

    # -- editors -----------------------------------------------------------------------------------

    def _add(self, editor: Editor) -> None:
        self.taken[editor] = Taken(editor)
        editor.helpers.append(lambda event: self._hover(editor, event))
        editor.edited.connect(lambda _at, _gone, _new, _cause: self._disturbed(editor))
        editor.caret_moved.connect(lambda: self._disturbed(editor))
        editor.dismissed.connect(lambda: self._disturbed(editor))
        editor.verticalScrollBar().valueChanged.connect(lambda _value: self._disturbed(editor))

    def _remove(self, editor: Editor) -> None:
        self.taken.pop(editor, None)
        self._disturbed(editor)

    def _disturbed(self, editor: Editor) -> None:
        """The writer went on: what was asked about is no longer what she looks at."""
        if self._subject is not None and self._subject.editor is editor:
            self.close(keep_shades=True)

    def _stop(self) -> None:
        self.close()
        self._submit = None

    # -- asking ------------------------------------------------------------------------------------

    def explain(self) -> None:
        """Explain the suggestion, the selection or the taken word at the caret, else why there is none."""
        editor = self._window.current_editor()
        if editor is None:
            return
        subject = at_caret(editor, self.taken[editor])
        if subject is None:
            self.explain_nothing()
        else:
            self._open(subject, rectangle(subject, self._window), by_key=True)

    def explain_weights(self) -> None:
        """Shade what led to it, without more ado."""
        editor = self._window.current_editor()
        subject = at_caret(editor, self.taken[editor]) if editor is not None else None
        if subject is None:
            self._window.status.show_hint(
                tr("There is no suggestion, no taken word and no selection to explain here.")
            )
            return
        self.close()
        self._subject = subject
        self.weigh()

    def _hover(self, editor: Editor, event: QHelpEvent) -> bool:
        """Explain the word on which the mouse rests, if it was suggested."""
        if not self._window.isActiveWindow() or self._submit is None or self.popup.isVisible():
            return False
        point = QPointF(event.pos())
        if editor.ghost.covers(point):
            subject = ghost_word(editor, ghost_number(editor, point))
        else:
            word = self.taken[editor].word_at(editor.ghost.position_at(point))
            subject = None if word is None else written(editor, *word)
            if subject is not None and not rectangle(subject, self._window).contains(
                editor.viewport().mapTo(self._window, event.pos())
            ):
                return False
        if subject is None:
            return False
        self._open(subject, rectangle(subject, self._window), by_key=False)
        return True

    def _open(self, subject: Subject, beside: QRect, *, by_key: bool) -> None:
        self.close()
        self._subject, self._choices = subject, ()
        title = whole(subject.half, subject.text)
        several = len(words_of(subject.ghost)) > 1
        if self._submit is None or not self._send(subject, weigh=False):
            self.popup.by_key = by_key
            self.popup.fill(Shown(title, tr("No model is loaded yet. The status bar says how far it is.")))
        else:
            self.popup.by_key = by_key
            keys = self._keys(subject)
            self.popup.fill(Shown(title, tr("Finding out…"), can_weigh=True, several=several, keys=keys))
        self._show(subject.editor, beside, by_key)

    def _show(self, editor: Editor, beside: QRect, by_key: bool) -> None:
        self.popup.show_beside(beside, by_key)
        self._watch(editor)
        if not by_key:
            self._away.start()

    def explain_nothing(self) -> None:
        """Say why nothing is suggested, and what the best guesses were."""
        editor = self._window.current_editor()
        if editor is None:
            return
        self.close()
        cursor, context = editor.textCursor(), editor.snapshot()
        at = cursor.position()
        silence = self.silence()
        if editor.has_ghost:
            silence = Silence(Suggestion())
        elif cursor.hasSelection():
            silence = Silence(Suggestion("", Reason.NOT_ASKED))
        half = half_word(context.before)
        self._subject = Subject(editor, editor.document().revision(), context, "", at, at)
        self._choices = () if editor.has_ghost or cursor.hasSelection() else silence.suggestion.candidates
        self.popup.by_key = True
        text = why_nothing(silence, half, self._window.store.current)
        self.popup.fill(Shown(tr("Why no suggestion?"), text, self._choices, half))
        self._show(editor, rectangle(self._subject, self._window), by_key=True)
        editor.announcer.announce(text)

    def weigh(self) -> None:
        """Ask what led to what is explained."""
        if self._subject is None or not self._subject.text:
            return
        if not self._send(self._subject, weigh=True):
            self._window.status.show_hint(tr("No model is loaded yet. The status bar says how far it is."))
            return
        self.popup.set_busy(True)
        self._watch(self._subject.editor)
        if not self.popup.isVisible():
            self._window.status.show_hint(tr("Finding what led to it…"))

    def _send(self, subject: Subject, *, weigh: bool) -> bool:
        if self._submit is None:
            return False
        if self._asked:
            self._cancel(self._asked)
        identity = self._asked = self._next_id()
        self._weighing = weigh
        personal = self._window.store.current.learn
        self._submit(Explain(identity, subject.context, subject.text, personal, not weigh, weigh))
        return True

    # -- answers -----------------------------------------------------------------------------------

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model; those to requests of others are ignored."""
        if not self._asked or reply.id != self._asked or not reply.final:
            return
        self._asked = 0
        subject = self._subject
        if subject is None or subject.revision != subject.editor.document().revision():
            return
        if isinstance(reply, Explained) and self._weighing:
            self._shade(subject, reply.influences)
        elif isinstance(reply, Explained) and reply.words:
            self._tell(subject, reply.words)
        else:
            why = localised(reply.text) if isinstance(reply, Failed) else tr("There is nothing to explain.")
            self.popup.fill(Shown(whole(subject.half, subject.text), why))
            if not self.popup.isVisible():
                self._window.status.show_hint(why)

    def _tell(self, subject: Subject, words: tuple[Odds, ...]) -> None:
        """Show how likely it was, and what might stand there instead."""
        odds = words[0]
        one = len(words) == 1
        self._choices = odds.alternatives if one else ()
        mine = next((i for i, c in enumerate(self._choices) if c.text.strip() == subject.text.strip()), -1)
        if one:
            text = tr("{p}, {place}", p=percent(odds.p), place=place(odds.rank))
        else:
            text = "\n".join(
                tr(
                    "{word}: {p}, {place}",
                    word=subject.text[each.start : each.end],
                    p=percent(each.p),
                    place=place(each.rank),
                )
                for each in words
            )
        own = odds.phrase >= _PHRASE and one
        note = tr("You have written this here before, and that counts.") if own else ""
        several = len(words_of(subject.ghost)) > 1
        title = whole(subject.half, subject.text)
        keys = self._keys(subject)
        self.popup.fill(Shown(title, text, self._choices, subject.half, mine, note, True, several, keys))
        subject.editor.announcer.announce(tr("{suggestion}. {how}", suggestion=title, how=text))

    def _keys(self, subject: Subject) -> str:
        """Return which keys take a grey text, for the mouse that rests on it."""
        if not subject.ghost or self.popup.by_key:
            return ""
        return KeyMap(self._window.store.current).how_to_take()

    def _shade(self, subject: Subject, influences: tuple[Influence, ...]) -> None:
        """Shade the writer's own words by what each did."""
        self.popup.set_busy(False)
        if self.led_to.show(subject.editor, placed(subject, influences)):
            hint = tr(
                "The darker a word, the more it led to “{word}”. Esc ends it.", word=subject.text.strip()
            )
            self._window.status.show_hint(hint)
            self._watch(subject.editor)
        else:
            self._window.status.show_hint(tr("No earlier word led to it."))

    # -- taking another ----------------------------------------------------------------------------

    def _take(self, index: int) -> None:
        """Put a candidate in the place of what is explained, as one step of undo."""
        subject, choices = self._subject, self._choices
        self.close()
        if subject is None or not 0 <= index < len(choices):
            return
        editor, new = subject.editor, choices[index].text
        if subject.revision != editor.document().revision() or editor.isReadOnly():
            self._window.status.show_hint(tr("The text has changed there meanwhile."))
        elif subject.start != subject.end:
            if new.strip() != subject.text:
                replace_apart(editor, subject.start, subject.end, new.strip(), Origin.COMPLETED)
        elif editor.set_suggestion(Suggestion(subject.lead + new)):
            editor.accept_suggestion()

    def _step(self, step: int) -> None:
        """Explain the next word of the grey text, or the one before."""
        subject = self._subject
        if subject is None or not subject.ghost:
            return
        ends = [end for _, end in words_of(subject.ghost)]
        number = ends.index(len(subject.lead) + len(subject.text)) + step
        if 0 <= number < len(ends) and (new := ghost_word(subject.editor, number)) is not None:
            self._subject, self._choices = replace(new), ()
            if self._send(new, weigh=False):
                self.popup.fill(Shown(whole(new.half, new.text), tr("Finding out…"), several=True))

    # -- closing -----------------------------------------------------------------------------------

    def close(self, *, keep_shades: bool = False) -> None:
        """Close the window, give up what was asked, and take the shades away unless they are to stay."""
        self._away.stop()
        if self._asked:
            self._cancel(self._asked)
            self._asked = 0
            if self._weighing:
                self._window.status.show_hint("")
        subject, self._subject = self._subject, None
        if self.popup.isVisible():
            holds = self.popup.isAncestorOf(self._window.focusWidget() or self._window)
            had = holds or self.popup.hasFocus()
            self.popup.hide()
            if had and subject is not None:
                subject.editor.setFocus(Qt.FocusReason.PopupFocusReason)
        if not keep_shades:
            self.led_to.clear()
        if not self.led_to.shown:
            self._watch(None)

    def _watch(self, editor: Editor | None) -> None:
        """Hear the keys that go to `editor`, and to no other."""
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = editor
        if editor is not None:
            editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes what is open and else takes the shades away; the window's size moves the popup."""
        kind = event.type()
        if watched is self._watched and kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape:
                if kind == QEvent.Type.ShortcutOverride:
                    event.accept()
                else:
                    self.close(keep_shades=self.popup.isVisible())
                return True
        elif watched is self._window and kind == QEvent.Type.Resize and self.popup.isVisible():
            self.close(keep_shades=True)
        return super().eventFilter(watched, event)

    def _look_for_mouse(self) -> None:
        """Close what the mouse opened once it has gone elsewhere."""
        subject = self._subject
        if subject is None or not self.popup.isVisible():
            self._away.stop()
            return
        point = self._window.mapFromGlobal(QCursor.pos())
        slack = _SLACK
        areas = (self.popup.geometry(), rectangle(subject, self._window))
        if not any(area.adjusted(-slack, -slack, slack, slack).contains(point) for area in areas):
            self.close(keep_shades=True)
