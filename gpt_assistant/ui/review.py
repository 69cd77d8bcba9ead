"""The review lane beside the text: an answer while it is written, and what to do with it.

Nothing changes in the document before the writer says so here. Esc cancels what runs, and closes the
lane when nothing does. The lane knows the tasks and the anchor of a passage; the window around it shows
what it points to (`jump_wanted`) and stores what it saves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gpt_assistant.settings import Settings
from gpt_assistant.text.told import mark
from gpt_assistant.ui.announcer import Announcer
from gpt_assistant.ui.asking import LENGTHS, STYLES, Ask, Kind, language_name, languages
from gpt_assistant.ui.editor import Editor
from gpt_assistant.ui.review_parts import Choice, Offer, Problem, ProgressRow
from gpt_assistant.ui.review_result import ResultPane
from gpt_assistant.ui.review_rewriting import ChangesPane
from gpt_assistant.ui.statusbar import ElidedLabel
from gpt_assistant.ui.tasks import Task, Tasks
from gpt_assistant.ui.theme import Colours
from gpt_assistant.ui.tr import localised, tr
from gpt_assistant.ui.widgets import label, tool_button

_SMALLER = 0.85
_CHOICE_MS = 350  # arrow keys pass through several choices: ask only for the one they stop at
_CLOSED = mark("The document was closed. Copy still works.")


class ReviewLane(QFrame):
    """The panel. `offers(source, target)` returns the models that can translate, for when this one cannot.

    Signals: `jump_wanted(editor, start, end, caret)`, in UTF-16 units; `save_wanted(title, text)`;
    `asked(ask)`, the writer chose another length, style or language here; `model_wanted(offer)`;
    `left`, the keyboard goes back to the text.
    """

    jump_wanted = Signal(object, int, int, bool)
    save_wanted = Signal(str, str)
    asked = Signal(object)
    model_wanted = Signal(object)
    left = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewLane")
        self.setAccessibleName(tr("Review"))
        self.setMinimumSize(220, 120)
        self.offers: Callable[[str, str], Sequence[Offer]] = lambda _source, _target: ()
        self.own_asks: Callable[[], Sequence[Ask]] = lambda: ()
        self.say_ready: Callable[[str], str] = lambda answer: tr("{answer} is ready.", answer=answer)
        self._tasks = tasks
        self._task: Task | None = None
        self._chosen: Ask | None = None
        self._choosing = QTimer(self, singleShot=True, interval=_CHOICE_MS)
        self._choosing.timeout.connect(self._choose)
        self._announcer = Announcer(self)
        self._announcer.enabled = True
        self._build()
        self._lay_out()
        tasks.started.connect(self._started)
        tasks.changed.connect(self._changed)
        tasks.ended.connect(self._ended)
        tasks.back_changed.connect(self._back_changed)
        self.hide()

    def _build(self) -> None:
        self.title = ElidedLabel(self, "laneTitle")
        self.close_button = tool_button("✕", tr("Close the review (Esc)"), self.close_lane, self)
        self.choice = Choice(tr("What to ask for"), self)
        self.choice.chosen.connect(self._choice_made)
        self.language = label("", self, "muted")
        self.language.setAccessibleName(tr("Language of the passage"))
        self.progress = ProgressRow(self._tasks.cancel, self)
        self.problem = Problem(self)
        self.result = ResultPane(self)
        self.rewriting = ChangesPane(self)
        self._rest = QWidget(self)  # takes the room of an answer that there is not
        self.notes = label("", self, "muted", wrap=True)
        self.notes.setAccessibleName(tr("Notes"))
        self.hint = label("", self, "muted", wrap=True)
        self.panes = QStackedWidget(self)
        self.panes.addWidget(self.result)
        self.panes.addWidget(self.rewriting)
        self.panes.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.result.hint.connect(self._say)
        self.rewriting.hint.connect(self._say)
        self.result.jump.connect(self._jump_to_source)
        self.rewriting.jump.connect(lambda start, end: self._jump(start, end, False))
        self.result.back_wanted.connect(self._tasks.ask_back)
        self.result.save.connect(self._save)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        options = QHBoxLayout()
        options.setSpacing(8)
        options.addWidget(self.choice, 1)
        options.addWidget(self.language)
        body = QWidget(self)
        rows = QVBoxLayout(body)
        rows.setContentsMargins(12, 8, 10, 10)
        rows.setSpacing(8)
        rows.addLayout(head)
        rows.addLayout(options)
        rows.addWidget(self.progress)
        rows.addWidget(self.problem)
        rows.addWidget(self.panes, 1)
        rows.addWidget(self._rest, 1)
        rows.addWidget(self.notes)
        rows.addWidget(self.hint)
        area = QScrollArea(self, widgetResizable=True)  # for a lane lower than what is in it
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def sizeHint(self) -> QSize:
        """Return the size to begin with."""
        return QSize(340, 300)

    def set_colours(self, colours: Colours) -> None:
        """Use `colours`."""
        self.result.set_colours(colours)
        self.rewriting.set_colours(colours)

    def apply_settings(self, settings: Settings) -> None:
        """Take the font of texts from `settings`, a little smaller than in the editor."""
        font = QApplication.font()
        if settings.font_family:
            font.setFamily(settings.font_family)
        font.setPointSizeF(settings.font_size * _SMALLER)
        self.result.set_font(font)
        self.rewriting.set_font(font)

    # -- the task ----------------------------------------------------------------------------------

    def _started(self, task: Task) -> None:
        with self._keeping_keyboard():
            self._show_started(task)

    def _show_started(self, task: Task) -> None:
        self._task = task
        self._choosing.stop()
        asked = task.ask.title if task.whole else tr("{answer} of the selection", answer=task.ask.title)
        self.title.show_text(f"{asked} · {task.title}")
        self._show_choices(task.ask)
        self._show_language("")
        self.problem.clear()
        self.progress.show_progress(None)
        self._say("")
        self._show_notes(())
        self.panes.setCurrentWidget(self._pane(task))
        self._pane(task).show_task(task)
        self._show_running(True)
        self.show()

    def _changed(self, task: Task) -> None:
        self.progress.show_progress(task.progress)
        shown = self.result.text if self._pane(task) is self.result else self.rewriting.view.shown
        if shown != task.result.text:
            self._pane(task).show_task(task)

    def _ended(self, task: Task) -> None:
        with self._keeping_keyboard():
            self._show_ended(task)

    def _show_ended(self, task: Task) -> None:
        result = task.result
        self._show_running(False)
        self._pane(task).show_task(task)
        self._show_notes(result.notes)
        if task.ask.kind is Kind.TRANSLATION:
            self._show_language(result.language)
        if task.problem:
            self._show_problem(task)
        elif result.finished:
            self._announcer.announce(self.say_ready(task.ask.title))
        else:
            self.problem.show_problem(tr("Cancelled."), {tr("Start again"): self._tasks.again})

    def _show_language(self, code: str) -> None:
        self.language.setText(tr("from {language}", language=language_name(code)) if code else "")
        self.language.setVisible(bool(code))

    def _show_problem(self, task: Task) -> None:
        problem = localised(task.problem)
        self.problem.show_problem(problem, {tr("Try again"): self._tasks.again})
        self._announcer.announce(problem)
        if task.ask.kind is Kind.TRANSLATION:
            offers = self.offers(task.result.language, task.ask.option)
            # The language of the passage is known to the model alone, which names those that fit.
            named = [offer for offer in offers if offer.id in task.problem]
            self.problem.add_offers(named or offers, self._use)

    def _use(self, offer: Offer) -> None:
        self.model_wanted.emit(offer)
        self._tasks.again()

    def ask_first(self, text: str, choices: dict[str, Callable[[], object]]) -> None:
        """Put a question above the answer, a button for each choice."""
        self.problem.show_problem(text, choices)
        self.show()

    def _pane(self, task: Task) -> ResultPane | ChangesPane:
        return self.rewriting if task.ask.kind is Kind.REWRITING else self.result

    def _show_running(self, running: bool) -> None:
        self.progress.setVisible(running)
        nothing = self._task is not None and bool(self._task.problem) and not self._task.result.text
        self.panes.setVisible(not nothing)
        self._rest.setVisible(nothing)

    def _show_notes(self, notes: Sequence[str]) -> None:
        self.notes.setText("\n".join(map(localised, notes)))
        self.notes.setVisible(bool(notes))

    def _back_changed(self, task: Task) -> None:
        self.result.show_back(task.back, task.result.language, self._tasks.running)

    def document_closed(self, editor: Editor) -> None:
        """Say so if the passage was in this document, and leave only what needs no document."""
        task = self._task
        if task is None or task.anchor.editor is not editor:
            return
        self._tasks.cancel()
        self.rewriting.document_closed(editor)
        for button in (self.result.below, self.result.replace):
            button.setEnabled(False)
        self.choice.setEnabled(False)
        self.problem.show_problem(tr(_CLOSED))

    # -- what the writer does ----------------------------------------------------------------------

    def _show_choices(self, ask: Ask) -> None:
        asks = {Kind.SUMMARY: LENGTHS, Kind.REWRITING: STYLES, Kind.TRANSLATION: languages()}[ask.kind]
        if ask.kind is Kind.REWRITING:
            asks = (*asks, *self.own_asks())
        if ask not in asks:
            asks = (*asks, ask)
        names = {
            Kind.SUMMARY: tr("Length"),
            Kind.REWRITING: tr("Style"),
            Kind.TRANSLATION: tr("Translate into"),
        }
        self.choice.setAccessibleName(names[ask.kind])
        self.choice.setToolTip(names[ask.kind])
        self.choice.setEnabled(True)
        self.choice.fill([(each.name, each) for each in asks], ask)

    def _choice_made(self, ask: Ask) -> None:
        self._chosen = ask
        self._choosing.start()

    def _choose(self) -> None:
        if self._chosen is not None and self._task is not None and self._chosen != self._task.ask:
            self.asked.emit(self._chosen)
            self._tasks.again(self._chosen)

    def _jump_to_source(self, index: int) -> None:
        task = self._task
        if task is None or not task.anchor.alive or index >= len(task.result.passages):
            return
        passage = task.result.passages[index]
        self._jump(*task.anchor.nearest(passage.source_start, passage.source_end), True)

    def _jump(self, start: int, end: int, caret: bool) -> None:
        if self._task is not None and self._task.anchor.alive:
            self.jump_wanted.emit(self._task.anchor.editor, start, end, caret)

    def _save(self, text: str) -> None:
        if self._task is not None:
            self.save_wanted.emit(f"{self._task.title} – {self._task.ask.title}", text)

    def _say(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        if text:
            self._announcer.announce(text)

    # -- the keyboard ------------------------------------------------------------------------------

    def focus_answer(self) -> None:
        """Give the keyboard to the answer, or to what can be done where there is none."""
        pane, buttons = self.panes.currentWidget(), self.problem.buttons()
        assert isinstance(pane, ResultPane | ChangesPane)
        wanted = pane.view if not self.panes.isHidden() else next(iter(buttons.values()), self.choice)
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @contextmanager
    def _keeping_keyboard(self) -> Iterator[None]:
        """Keep the keyboard in the lane when the widget that has it goes."""
        had = self.has_keyboard()
        yield
        if had and not self.has_keyboard():
            self.focus_answer()

    def has_keyboard(self) -> bool:
        """Return whether the keyboard goes to the lane."""
        holder = self.window().focusWidget()
        return holder is not None and holder.isVisible() and self.isAncestorOf(holder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels what runs; when nothing does, it closes the lane."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self._tasks.cancel():
            self.close_lane()

    def close_lane(self) -> None:
        """Stop what runs, hide the lane, and give the keyboard back to the text."""
        self._tasks.cancel()
        self._choosing.stop()
        self.hide()
        self.left.emit()
