"""What answers about explanations in a window: the real features with the real model, on Qt's own loop."""

from __future__ import annotations

from collections.abc import Generator
from itertools import count
from typing import Any

from pytestqt.qtbot import QtBot
from stepwise import Stepwise
from windows import editor_of, open_window, type_text

from gpt_assistant.engine.messages import Complete, Explain, Predict, Reply, Request
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.features.completion import Completer
from gpt_assistant.features.explanation import Explainer
from gpt_assistant.features.predictability import Predictor
from gpt_assistant.text.context import Context
from gpt_assistant.text.suggestion import Suggestion
from gpt_assistant.ui.assistant import Silence
from gpt_assistant.ui.window import MainWindow


class Answerer(Stepwise):
    """Runs what the window asks a step at a time, so that it can be cancelled; `held` keeps it waiting."""

    def __init__(self, window: MainWindow, model: LanguageModel) -> None:
        super().__init__(window)
        self.model = model
        self.requests: list[Explain | Predict] = []
        self.held = False
        self._completer = Completer()
        self._explainer, self._predictor = Explainer(self._completer), Predictor()
        self._ids = count(1)
        for part in (window.why, window.predictability):
            part.connect_model(self.submit, self.cancelled.append, lambda: next(self._ids))
        window.predictability.set_loaded(True)

    def submit(self, request: Request) -> None:
        assert isinstance(request, Explain | Predict)
        self.requests.append(request)
        if not self.held:
            self.answer(request)

    def answer(self, request: Explain | Predict) -> None:
        """Begin to answer `request`."""
        steps: Generator[Any, None, Reply]
        steps = (self._explainer if isinstance(request, Explain) else self._predictor)(self.model, request)  # type: ignore[arg-type]
        self.go_on(request.id, steps)

    def reply(self, reply: Reply) -> None:
        self.window.why.on_reply(reply)
        self.window.predictability.on_reply(reply)

    def suggest(self, eagerness: int = 50) -> Suggestion:
        """Return what completion says at the caret; show it, or let the window know why not."""
        editor = editor_of(self.window)
        steps = self._completer(self.model, Complete(0, editor.snapshot(), eagerness=eagerness))
        while True:
            try:
                next(steps)
            except StopIteration as stop:
                found: Suggestion = stop.value.suggestion
                break
        if found.text:
            editor.set_suggestion(found)
        self.window.why.silence = lambda: Silence(found)
        return found


def explained_window(qtbot: QtBot, model: LanguageModel, text: str, **changes: object) -> Answerer:
    """Return what answers in a window that has `text`, the caret at its end."""
    window = open_window(qtbot, spelling=False, **changes)
    answerer = Answerer(window, model)
    type_text(window, text)
    editor_of(window).document().clearUndoRedoStacks()
    return answerer


def context_of(request: Explain | Predict) -> Context:
    assert isinstance(request, Explain)
    return request.context
