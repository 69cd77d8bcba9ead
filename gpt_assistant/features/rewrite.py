"""Rewriting a text in another style, part by part, with its structure kept.

Headings, code, tables and quotations stay, as do line breaks, list marks, numbers, names and addresses. A
part is a sentence; for an instruction of the writer's own, which may be about more, a paragraph. What the
model cannot do is left as it was, and said so.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from gpt_assistant.engine.chat import chat
from gpt_assistant.engine.messages import Passage, Progress, Rewrite, Writing, Written
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.engine.resolving import Step
from gpt_assistant.features import lexicon, masking_choice, spelling_correcting
from gpt_assistant.features.remote_author import RemoteAuthor, author, instead
from gpt_assistant.features.rewrite_generate import Answer, Answers, ServerAnswers, can_answer
from gpt_assistant.features.rewrite_reader import Reader
from gpt_assistant.features.rewrite_split import points
from gpt_assistant.features.rewrite_ways import Grammar, Wording
from gpt_assistant.features.spelling import Speller
from gpt_assistant.text.markup import Block, prose
from gpt_assistant.text.sentences import Span, sentences
from gpt_assistant.text.told import joined, mark, told

T = TypeVar("T")
Steps = Generator[Step, None, T]
Way = Callable[[str, str], Generator[Any, None, Answer | str]]

STYLES = ("shorter", "longer", "simpler", "formal", "friendly", "grammar", "bullets")
_BETWEEN = 0.25  # seconds between two replies that show what is written so far
_NO_MISTAKE = told("No mistake was found.")
_NOTHING = told(
    "Nothing was found to change. A larger instruct model rewrites more freely; choose one in the settings."
)
_LETTER = re.compile(r"[^\W\d_]")
_SALUTATION = re.compile(r"(?:[^\W\d_]+[ .]*){1,6},\Z")


class Rewriter:
    """Answers Rewrite, by the server of `remote` while that writes texts; a `speller` is for "spelling"."""

    def __init__(self, speller: Speller | None = None, remote: RemoteEngine | None = None) -> None:
        self._speller, self._remote = speller or Speller(), remote

    def __call__(self, model: LanguageModel, request: Rewrite) -> Steps[Written]:
        """Return the text rewritten; yields before every pass, and what is written so far.

        Raises ValueError for a style that there is not.
        """
        if request.style == spelling_correcting.STYLE:
            return (yield from spelling_correcting.correct(self._speller, model, request))
        if request.style == masking_choice.STYLE:
            return (yield from masking_choice.rewrite(request))
        if request.style not in STYLES and (request.style or not request.instruction):
            raise ValueError(f'there is no style "{request.style}"; choose one of {", ".join(STYLES)}')
        return (yield from _Rewriting(model, request, self._remote).run())


class _Rewriting:
    """The state of one request while it is worked on."""

    def __init__(self, model: LanguageModel, request: Rewrite, remote: RemoteEngine | None) -> None:
        self._model, self._request, self._remote = model, request, remote
        self._server = self._lost = ""
        self._text = request.text
        self._reader = Reader(model)
        self._written: list[str] = []
        self._length = 0
        self._passages: list[Passage] = []
        self._parts = self._changed = 0
        self._left: Counter[str] = Counter()
        self._started = self._shown = time.perf_counter()

    def run(self) -> Steps[Written]:
        """Return the whole, rewritten."""
        if not self._request.instruction and not lexicon.english().speaks(self._text):
            return self._end((told("This text does not look English. Styles are for English texts only."),))
        way = yield from self._way()
        at = 0
        for block in prose(self._text):
            self._add(self._text[at : block.span.start])
            yield from self._block(block, way)
            at = block.span.end
        self._add(self._text[at:])
        return self._end(tuple(self._notes()))

    # How

    def _way(self) -> Steps[Way | None]:
        """Return how a part is rewritten; None for a list, which is made of whole paragraphs."""
        if self._request.style == "bullets" and not self._request.instruction:
            return None
        if self._remote is not None and (writer := author(self._remote)) is not None:
            return self._by_server(writer, self._remote)
        return (yield from self._way_here())

    def _by_server(self, writer: RemoteAuthor, remote: RemoteEngine) -> Way:
        """Return the way by a server, which becomes that of the model here when the server fails."""
        answers = ServerAnswers(writer, self._request.style, self._request.instruction)
        here: list[Way] = []
        self._server = writer.name

        def rewrite(before: str, part: str) -> Steps[Answer | str]:
            if not here:
                try:
                    return (yield from answers(before, part))
                except RemoteFailed as error:
                    self._server, self._lost = "", instead(error)
                    yield remote.news(self._request.id)
                here.append((yield from self._way_here()))
            return (yield from here[0](before, part))

        return rewrite

    def _way_here(self) -> Steps[Way]:
        style, instruction = self._request.style, self._request.instruction
        if instruction:
            if not chat(self._model).templated:
                raise ValueError(
                    told("This model does not take instructions. Choose an instruct model in the settings.")
                )
            return Answers(self._model, self._reader, style, instruction)
        yield Progress(self._request.id, 0.0, told("Rewriting"))
        if (yield from can_answer(self._model, self._reader, style)):
            return Answers(self._model, self._reader, style)
        return Grammar(self._reader) if style == "grammar" else Wording(self._reader, style)

    # Parts

    def _block(self, block: Block, way: Way | None) -> Steps[None]:
        start, end = block.span
        text = self._text[start:end]
        whole = bool(self._request.instruction)
        spans = [Span(0, len(text))] if whole else sentences(text)
        if way is None:
            self._list(block, text, spans)
            yield from self._show(end)
            return
        at, before = 0, ""
        for span in spans:
            gap, part = text[at : span.start], text[span.start : span.end]
            self._add(gap)
            new = (yield from self._part(before + gap, part, way)) if _LETTER.search(part) else part
            self._pass(new, start + span.start, start + span.end)
            before += gap + new
            at = span.end
            yield from self._show(start + at)
        self._add(text[at:])

    def _part(self, before: str, part: str, way: Way) -> Steps[str]:
        self._parts += 1
        answer = yield from way(before, part)
        if isinstance(answer, Answer):
            if answer.wrong:
                self._left[answer.wrong] += 1
            answer = answer.text or part
        self._changed += answer != part
        return answer

    def _list(self, block: Block, text: str, spans: list[Span]) -> None:
        """Write a paragraph as points; what is an item already, or opens or closes a letter, stays."""
        start = block.span.start
        self._parts += len(spans)
        if block.item or text.endswith(":") or _SALUTATION.match(text):
            self._pass(text, *block.span)
            return
        self._changed += len(spans)
        for i, (span, lines) in enumerate(points(text, spans)):
            self._add("\n" if i else "")
            self._pass(lines, start + span.start, start + span.end)

    # What is said

    def _add(self, text: str) -> None:
        self._written.append(text)
        self._length += len(text)

    def _pass(self, text: str, start: int, end: int) -> None:
        self._passages.append(Passage(self._length, self._length + len(text), start, end))
        self._add(text)

    def _show(self, done: int) -> Steps[None]:
        """Say what is written so far, at once and then as often as one can read it."""
        now = time.perf_counter()
        first = self._shown == self._started
        # A long text is sent more rarely, for each time all of it is.
        if not first and now - self._shown < _BETWEEN * (1 + self._length / 50_000):
            return
        self._shown = now
        fraction = done / max(1, len(self._text))
        left = (now - self._started) * (1 - fraction) / fraction if fraction else -1.0
        yield Progress(self._request.id, fraction, told("Rewriting"), left)
        yield Writing(self._request.id, "".join(self._written), tuple(self._passages))

    def _notes(self) -> list[str]:
        return [*([self._lost] if self._lost else []), *self._notes_on_parts()]

    def _notes_on_parts(self) -> list[str]:
        if not self._parts:
            return [told("There is no prose to rewrite here.")]
        if not self._changed and not self._left:
            found = (
                told("No mistake was found.")
                if self._request.style == "grammar"
                else told("Nothing was found to change.")
            )
            return [found]
        if not self._left:
            return []
        return [self._left_alone()]

    def _left_alone(self) -> str:
        left = sum(self._left.values())
        why = joined(reason for reason, _ in self._left.most_common(3))
        if self._request.instruction:
            if self._parts == 1:
                return told("The paragraph was left as it was: {why}.", why=why)
            paragraphs = mark("{left} of {count} paragraphs were left as they were: {why}.")
            return told(paragraphs, left=left, count=self._parts, why=why)
        if self._parts == 1:
            return told("The sentence was left as it was: {why}.", why=why)
        sentences = mark("{left} of {count} sentences were left as they were: {why}.")
        return told(sentences, left=left, count=self._parts, why=why)

    def _end(self, notes: tuple[str, ...]) -> Written:
        text = "".join(self._written) if self._written else self._text
        return Written(self._request.id, text, tuple(self._passages), notes, server=self._server)
