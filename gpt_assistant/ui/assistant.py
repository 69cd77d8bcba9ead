"""Asks for completions while the writer types and shows what comes back, if it still fits.

Every edit gets a revision. A reply counts only for the revision and the editor it was asked for; the
worker drops what a newer request has replaced. Computing starts at once with every key; only showing
waits, longer when the model is slow, so that nothing flickers behind fast typing. On battery, or on a
machine that is too hot, computing waits for a pause instead, and nothing is computed ahead.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from gpt_assistant.engine.messages import Complete, Failed, Remember, Reply, Request, Suggested, Suggesting
from gpt_assistant.settings import Settings
from gpt_assistant.text.context import Context
from gpt_assistant.text.phrases import taken_phrase
from gpt_assistant.text.suggestion import Reason, Suggestion
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.tr import tr

_ASK_AFTER = frozenset({"typing", "ime", "accept"})
_REMEMBERED = 64
_MOST_EAGER = 100
_PAUSE_MS = 600  # after which a writer who spares her battery is taken to think
_WAITING = (Reason.BATTERY_WAITS, Reason.HEAT_WAITS)
_KEY_BEFORE, _KEY_AFTER = 600, 120


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request was made for. An ahead-of-time one has no editor to show its answer in.

    What was asked for `on_demand` may be less likely than what is offered unasked, so it is not kept.
    """

    editor: Editor | None
    revision: int
    context: Context
    at: float
    on_demand: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Why nothing is shown: the suggestion that says so, and the `problem` where there was one."""

    suggestion: Suggestion
    problem: str = ""


class Assistant(QObject):
    """Completion for the editors of a window.

    `submit` sends a request and `next_id` names it: the two sides of link.Link that this file needs.
    Signals: `shown(ms)` with the time from the edit to the answer; `reason(text)`, why nothing is shown.
    """

    shown = Signal(float)
    reason = Signal(str)

    def __init__(
        self,
        submit: Callable[[Request], object],
        next_id: Callable[[], int],
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._submit, self._next_id = submit, next_id
        self._settings = settings
        self._revision = 0
        self._asked: dict[int, _Asked] = {}
        self._known: OrderedDict[tuple[str, str], Suggestion] = OrderedDict()
        self._latency = 0.0
        self._held: tuple[_Asked, Suggestion, bool] | None = None
        self.silence = Silence(Suggestion("", Reason.NOT_ASKED))
        self._delay = QTimer(self, singleShot=True)
        self._delay.timeout.connect(self._show_held)
        self._spared, self._in_pause = Reason.NONE, None  # type: tuple[Reason, Editor | None]
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask_in_pause)

    def apply_settings(self, settings: Settings) -> None:
        """Take what concerns completion from `settings`; suggestions made under others are forgotten."""
        self._settings = settings
        self.forget()

    def forget(self) -> None:
        """Forget what was computed, for the model or the settings are others now."""
        self._known.clear()
        self._asked.clear()  # nor is what is on its way to be remembered
        self._drop()

    def spare(self, reason: Reason) -> None:
        """Wait for pauses, or ask for nothing unasked, for `reason`; Reason.NONE: as usual."""
        self._spared = reason
        self._drop()

    def attach(self, editor: Editor) -> None:
        """Complete in `editor`."""
        editor.edited.connect(lambda _at, _gone, _new, cause: self._on_edited(editor, cause))
        editor.requested.connect(lambda: self.ask(editor, eagerness=_MOST_EAGER))
        editor.accepted.connect(lambda text, _whole: self._learn(editor, text))
        editor.caret_moved.connect(self._let_go)
        editor.dismissed.connect(self._let_go)
        editor.destroyed.connect(self._drop)

    def ask(self, editor: Editor, eagerness: int | None = None) -> None:
        """Ask for a completion at the caret of `editor`."""
        self._drop()
        if not editor.can_suggest() and editor.textCursor().hasSelection():
            return
        context = editor.snapshot()
        asked = _Asked(editor, self._revision, context, time.perf_counter(), eagerness is not None)
        if not asked.on_demand and (known := self._known.get(_key(context))) is not None:
            self._arrived(asked, known)
            return
        self._send(asked, self._settings.eagerness if eagerness is None else eagerness)

    def on_reply(self, reply: Reply) -> None:
        """Take a reply of the model; those to requests of others are ignored."""
        asked = self._asked.pop(reply.id, None) if reply.final else self._asked.get(reply.id)
        if asked is None:
            return
        if isinstance(reply, Suggesting):
            self._arrived(asked, reply.suggestion, final=False)
        elif isinstance(reply, Failed):
            self._say_why(Suggestion("", Reason.FAILED), reply.text)
        elif isinstance(reply, Suggested):
            if not asked.on_demand and reply.suggestion.reason is not Reason.NO_MODEL:
                self._remember(asked.context, reply.suggestion)
            self._latency = reply.ms_total
            self._arrived(asked, reply.suggestion)

    def _on_edited(self, editor: Editor, cause: str) -> None:
        if editor.has_ghost:  # it still fits; what is being added to it may still come
            return
        self._drop()
        if not self._settings.completion:
            self._say_why(Suggestion("", Reason.SWITCHED_OFF))
        elif cause in _ASK_AFTER:
            self._ask_or_spare(editor)
        else:
            self._say_why(Suggestion("", Reason.NOT_ASKED))

    def _ask_or_spare(self, editor: Editor) -> None:
        """Ask now, or when no key has come for a while, or not at all: what is asked for costs power."""
        if not self._spared:
            self.ask(editor)
            return
        self._say_why(Suggestion("", self._spared))
        if self._spared in _WAITING:
            self._in_pause = editor
            self._pause.start()

    def _ask_in_pause(self) -> None:
        editor, self._in_pause = self._in_pause, None
        if editor is not None:
            self.ask(editor)

    def _let_go(self) -> None:
        """After Esc, or when the caret was moved: nothing is shown until the writer types."""
        self._drop()
        reason = Reason.NOT_ASKED if self._settings.completion else Reason.SWITCHED_OFF
        self._say_why(Suggestion("", reason))

    def _say_why(self, suggestion: Suggestion, problem: str = "") -> None:
        """Keep why nothing is shown, for who asks, and say it in a few words."""
        self.silence = Silence(suggestion, problem)
        reason = tr(suggestion.reason)
        self.reason.emit(tr("{reason}: {why}", reason=reason, why=problem) if problem else reason)

    def _drop(self) -> None:
        """Let nothing that was asked for so far be shown."""
        self._revision += 1
        self._held = self._in_pause = None
        self._delay.stop()
        self._pause.stop()

    def _send(self, asked: _Asked, eagerness: int) -> None:
        identity = self._next_id()
        self._asked = {identity: asked}  # the model answers the newest only
        settings = self._settings
        self._submit(Complete(identity, asked.context, settings.max_words, 0, eagerness, settings.learn))

    def _learn(self, editor: Editor, taken: str) -> None:
        """Have what the writer took remembered, if she lets us."""
        if self._settings.learn:
            before = editor.snapshot().before
            self._submit(Remember(self._next_id(), taken_phrase(before, len(taken))))

    def _arrived(self, asked: _Asked, suggestion: Suggestion, final: bool = True) -> None:
        if asked.editor is None or asked.revision != self._revision:
            return
        if not suggestion.text:
            self._say_why(suggestion)
            return
        self._held = (asked, suggestion, final)
        elapsed = (time.perf_counter() - asked.at) * 1000
        self._delay.start(max(0, round(self._patience() - elapsed)))

    def _patience(self) -> float:
        """Return how many milliseconds after a key a suggestion may appear."""
        slow = self._latency
        return self._settings.show_delay + (15 if slow <= 70 else 25 if slow <= 140 else 55)

    def _show_held(self) -> None:
        if self._held is None:
            return
        asked, suggestion, final = self._held
        self._held = None
        if asked.editor is None:
            return
        if asked.editor.has_ghost:
            self._lengthen(asked.editor, asked.context, suggestion)
        elif not asked.editor.set_suggestion(suggestion):
            return
        else:
            self.shown.emit((time.perf_counter() - asked.at) * 1000)
        if final:
            self._look_ahead(asked.context, suggestion)

    def _lengthen(self, editor: Editor, context: Context, suggestion: Suggestion) -> None:
        """Add to the ghost what came later, less what was typed or taken of it since."""
        text = editor.snapshot().before
        if not text.startswith(context.before):
            return
        typed = text[len(context.before) :]
        rest = suggestion.after_typing(typed) if typed else suggestion
        shown = editor.ghost_text()
        # While the keyboard is in a menu or an explanation of it, what is shown stays as it is.
        if rest.text.startswith(shown) and len(rest.text) > len(shown) and editor.can_suggest():
            editor.set_suggestion(rest)

    def _look_ahead(self, context: Context, suggestion: Suggestion) -> None:
        """Compute what would come after the suggestion, so that it is there when this one is taken."""
        if self._spared:
            return
        ahead = Context(context.before + suggestion.text, context.after, context.offset)
        if _key(ahead) not in self._known:
            asked = _Asked(None, self._revision, ahead, time.perf_counter())
            self._send(asked, self._settings.eagerness)

    def _remember(self, context: Context, suggestion: Suggestion) -> None:
        self._known[_key(context)] = suggestion
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


def _key(context: Context) -> tuple[str, str]:
    """Return what a suggestion depends on, nearly: the text close to the caret."""
    return context.before[-_KEY_BEFORE:], context.after[:_KEY_AFTER]
