"""Summaries of texts of any length, each sentence with its place in the source.

What to do is read from the structure of the text (text/structure.py). Of a transcript the summary says
what it was about and who said what; of a document or an article it shows the sentences that say most, in
the order of the text. The first version is chosen without the model and is on screen at once; the model
then judges how far each sentence can be cut (summary_condense.py). A model that is measured to be good at
summaries writes them itself (summary_generate.py). Every sentence is held against its source at the end,
whichever way it came about.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TypeVar

from gpt_assistant.engine.generate import silently
from gpt_assistant.engine.messages import Length, Progress, Summarise, Writing, Written
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.relaying import relayed
from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.engine.resolving import Step
from gpt_assistant.features import summary_generate as generation
from gpt_assistant.features.lexicon import english
from gpt_assistant.features.remote_author import author, instead
from gpt_assistant.features.summary_condense import Condenser, count, without_adverbs
from gpt_assistant.features.summary_faithful import Source, faithful
from gpt_assistant.features.summary_layout import Line, laid_out
from gpt_assistant.features.summary_likelihood import Reader
from gpt_assistant.features.summary_reading import Reading, read
from gpt_assistant.features.summary_topics import Topic, topics
from gpt_assistant.features.summary_units import Unit
from gpt_assistant.text.structure import Genre
from gpt_assistant.text.told import told

T = TypeVar("T")
Steps = Generator[Step, None, T]

SESSION = "summary"
CHUNK = 16  # tokens a pass
_LINE_WORDS = 25
_SENTENCE_WORDS = 32  # above it the hard rules of condensing are tried
_TOPICS = {Length.LINE: 7, Length.SHORT: 9, Length.LONG: 12, Length.BULLETS: 9}
_TOPIC_SHARE = 0.18  # of the words of a meeting's summary that the line on its topics takes
_READ = 0.3  # of the time, until a model is asked


class Summariser:
    """Answers Summarise, by the server of `remote` while that writes texts."""

    def __init__(self, remote: RemoteEngine | None = None) -> None:
        self._remote = remote

    def __call__(self, model: LanguageModel, request: Summarise) -> Steps[Written]:
        """Summarise `request`; a generator that yields before every pass over the weights.

        Writing replies begin as soon as the text is read, and each replaces the one before.
        """
        return (yield from _Summary(model, request, self._remote).run())


class _Summary:
    """One request being answered."""

    def __init__(self, model: LanguageModel, request: Summarise, remote: RemoteEngine | None) -> None:
        self._model, self._request, self._remote = model, request, remote
        self._notes: tuple[str, ...] = ()
        self._session = model.session(SESSION, CHUNK)
        self._started = time.monotonic()
        self._english = True

    def run(self) -> Steps[Written]:
        request = self._request
        reading = yield from self._read()
        if not reading.units:
            return Written(request.id, notes=(told("There is nothing here that could be summarised."),))
        self._english = english().speaks(request.text[:4000])
        lines = yield from self._first(reading)
        yield self._writing(lines)
        if (written := (yield from self._by_server(reading))) is not None:
            return written
        capable = yield from silently(generation.capable(self._model, self._session))
        if capable:
            return (yield from self._generated(reading, generation.LocalAuthor(self._model, self._session)))
        lines = yield from self._condensed(lines, reading)
        if request.length is Length.LINE:
            lines = self._fitting(lines, reading)
        text, passages = laid_out(self._checked(lines), request.length)
        return Written(request.id, text, passages, self._notes)

    def _by_server(self, reading: Reading) -> Steps[Written | None]:
        """Return the summary that a server writes, None if there is none or it fails."""
        if self._remote is None or (writer := author(self._remote)) is None:
            return None
        try:
            written = yield from self._generated(reading, generation.ServerAuthor(writer))
            return replace(written, server=writer.name)
        except RemoteFailed as error:
            self._notes = (instead(error),)
            yield self._remote.news(self._request.id)
            return None

    def _read(self) -> Steps[Reading]:
        def told_on(said: str | None) -> Progress | None:
            return None if said is None else Progress(self._request.id, -1.0, said)

        return (yield from relayed(read(self._request.text), told_on))

    def _first(self, reading: Reading) -> Steps[list[Line]]:
        """Return the summary as it is before the model has seen it."""
        length = self._request.length
        found = yield from self._topic_line(reading)
        if length is Length.LINE:
            return found or self._one_line(reading)
        words = reading.budget(length) * (1 - _TOPIC_SHARE if found else 1.0)
        chosen = sorted(reading.chosen(round(words)), key=lambda unit: unit.start)
        return found + [self._line(unit) for unit in chosen]

    def _one_line(self, reading: Reading) -> list[Line]:
        """Return the sentence that says most."""
        return [self._line(max(reading.units, key=lambda unit: _value(unit, reading)))]

    def _other_line(self, reading: Reading) -> list[Line]:
        """Return the sentence that says most of those that fit a line as they are."""
        short = [unit for unit in reading.units if len(unit.words) <= _LINE_WORDS]
        return [self._line(max(short, key=lambda unit: _value(unit, reading)))] if short else []

    def _topic_line(self, reading: Reading) -> Steps[list[Line]]:
        """Return what a meeting was about, in the words of its speakers; nothing for other texts."""
        if reading.genre is not Genre.MEETING or not self._english:
            return []
        found = yield from topics(reading.spoken, reading.speakers, _TOPICS[self._request.length])
        if len(found) < 2:
            return []
        names = [topic.text for topic in found]
        while count(_about(names)) > _LINE_WORDS + 8 * (self._request.length is not Length.LINE):
            names.pop()
        start, end = _where(found, reading.spoken)
        return [Line(_about(names), start, end)]

    def _line(self, unit: Unit, text: str = "") -> Line:
        speaker = unit.speaker if self._request.length is not Length.LINE else ""
        return Line(text or unit.text, unit.start, unit.end, unit.section, speaker)

    def _condensed(self, lines: list[Line], reading: Reading) -> Steps[list[Line]]:
        """Return `lines`, each as short as it can be; yields what is there after each."""
        condenser = Condenser(self._model, Reader(self._model, self._session))
        limit = _LINE_WORDS if self._request.length is Length.LINE else _SENTENCE_WORDS
        spoken = reading.genre is Genre.MEETING
        done: list[Line] = []
        for number, line in enumerate(lines):
            yield self._progress(number, len(lines))
            text = without_adverbs(line.text) if spoken else line.text
            if self._english and not (spoken and number == 0 and not line.speaker):
                follows = bool(done) and 0 <= line.start - done[-1].end <= 2
                text = yield from condenser.condensed(text, words=limit, before=follows)
            done.append(replace(line, text=text))
            yield self._writing([*done, *lines[number + 1 :]])
        return done

    def _fitting(self, lines: list[Line], reading: Reading) -> list[Line]:
        """Return a line of the length of a line: the one given, else another, else what fits of it."""
        if all(count(line.text) <= _LINE_WORDS for line in lines):
            return lines
        if other := self._other_line(reading):
            return other
        return [replace(line, text=_cut(line.text, _LINE_WORDS)) for line in lines]

    def _generated(self, reading: Reading, by: generation.Author) -> Steps[Written]:
        """Return a summary in a model's own words."""
        pieces = [(unit.start, unit.end, unit.text) for unit in reading.units]
        writer = generation.Writer(by, pieces, self._request.length)
        steps = writer.write()
        while True:
            try:
                said = next(steps)
            except StopIteration as stop:
                lines: list[Line] = stop.value
                break
            if isinstance(said, list):
                yield self._writing(said)
            elif isinstance(said, str):
                yield Progress(self._request.id, -1.0, said)
            else:
                yield said
        if not lines:
            lines = yield from self._condensed((yield from self._first(reading)), reading)
        text, passages = laid_out(lines, self._request.length)
        return Written(self._request.id, text, passages, (*self._notes, *_notes(writer.dropped)))

    def _checked(self, lines: Sequence[Line]) -> list[Line]:
        """Return those of `lines` that are faithful to their place in the source, or to the whole of it."""
        kept = []
        for line in lines:
            place = Source(self._request.text[line.start : line.end])
            if faithful(line.text, place) and faithful(line.text, Source(self._request.text)):
                continue
            kept.append(line)
        return kept

    def _writing(self, lines: Sequence[Line]) -> Writing:
        return Writing(self._request.id, *laid_out(lines, self._request.length))

    def _progress(self, number: int, of: int) -> Progress:
        fraction = _READ + (1 - _READ) * number / of
        elapsed = time.monotonic() - self._started
        left = elapsed / fraction * (1 - fraction) if number else -1.0
        text = told("Condensing sentence {number} of {count}", number=number + 1, count=of)
        return Progress(self._request.id, fraction, text, left)


def _value(unit: Unit, reading: Reading) -> float:
    return unit.score * sum(reading.weight.get(term, 0.0) for term in unit.terms)


def _about(names: Sequence[str]) -> str:
    return f"The meeting was about {', '.join(names[:-1])} and {names[-1]}."


def _where(found: Sequence[Topic], units: Sequence[Unit]) -> tuple[int, int]:
    """Return the place of the turn that speaks of most of the topics."""
    blocks = {number for topic in found for number in topic.blocks}
    best = max(sorted(blocks), key=lambda number: sum(number in topic.blocks for topic in found))
    inside = [unit for unit in units if unit.block == best]
    return inside[0].start, inside[-1].end


def _cut(text: str, words: int) -> str:
    """Return `text` with at most `words` words: as it is, or up to a comma, or broken off with "…"."""
    given = text.split()
    if len(given) <= words:
        return text
    commas = [i for i in range(words // 2, words) if given[i].endswith((",", ";", ":"))]
    if commas:
        return " ".join(given[: commas[-1] + 1]).rstrip(",;:") + "."
    return " ".join(given[:words]).rstrip(",;:") + "…"


def _notes(dropped: Sequence[str]) -> tuple[str, ...]:
    if not dropped:
        return ()
    if len(dropped) == 1:
        return (told("One sentence was left out: it named what the text does not have."),)
    count = len(dropped)
    return (told("{count} sentences were left out: they named what the text does not have.", count=count),)
