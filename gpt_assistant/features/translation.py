"""Translation: sentence by sentence, with what stands before, and the text's form kept.

Which model can translate is measured and not read off its name: before its first translation in a
direction a causal model translates four sentences of ours, by worked examples and, if it has a template,
as a chat, and the better way is kept with its chrF (ability.py). Below _LEAST the answer is that it cannot,
with the models of the catalogue that can. An encoder-decoder model was made for translating and is trusted
with the languages that it names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from gpt_assistant.engine import catalogue, chat, footprint, seq2seq
from gpt_assistant.engine.devices import choose_device
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.messages import Passage, Progress, Translate, Writing, Written
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.remote_errors import RemoteFailed
from gpt_assistant.engine.resolving import Step, on_a_thread, resolving
from gpt_assistant.engine.seq2seq import Seq2Seq
from gpt_assistant.features import ability, languages
from gpt_assistant.features.languages import NAMES
from gpt_assistant.features.remote_author import RemoteAuthor, author, instead
from gpt_assistant.features.translation_choice import Candidate, Wanted, choose, chrf
from gpt_assistant.features.translation_examples import Pair, probes, spoken
from gpt_assistant.features.translation_models import SAMPLES, ByServer, Direct, Prompted, Sentences
from gpt_assistant.text.placeholders import mask, numbers
from gpt_assistant.text.segments import segments, unwrapped, wrapped
from gpt_assistant.text.sentences import Span
from gpt_assistant.text.told import joined, said, told

T = TypeVar("T")
Steps = Generator[Step, None, T]
AnyModel = LanguageModel | Seq2Seq

_LEAST, _HOPELESS = 0.42, 0.25
_UNSPACED = frozenset({"zh", "ja", "th"})
_MOST_NOTES = 5
_CACHED_SENTENCES = 512


@dataclass(frozen=True, slots=True)
class _Own:
    """The model that requests with these values were answered with."""

    key: tuple[str, str, int]
    model: AnyModel


class Translator:
    """Answers Translate. Keeps the model that translates until another one is asked for.

    The server of `remote` translates while it writes texts; a model that the request names goes before it
    if `named_first`.
    """

    def __init__(self, remote: RemoteEngine | None = None, named_first: bool = True) -> None:
        self._own: _Own | None = None
        self._remote, self._named_first = remote, named_first

    def __call__(self, model: LanguageModel | None, request: Translate) -> Steps[Written]:
        """Answer `request`; yields before every pass, and what is written after every sentence.

        `model` is the one that is loaded; it may be None if the request names one.
        Raises ModelUnavailable, with one line that says what to do, if the model cannot do it.
        """
        target = languages.normal(request.target)
        if not target:
            text = told("There is no language {code!r}: give a code such as fr or de.", code=request.target)
            raise ModelUnavailable(text)
        source = languages.normal(request.source) or languages.detect(request.text)
        yield None
        if source == target:
            note = told("The text is in {language} already.", language=told(NAMES[target]))
            return Written(request.id, request.text, (), (note,), source)
        writer = None if request.model and self._named_first else author(self._remote)
        if writer is not None and self._remote is not None:
            way = _ServerFirst(writer, self._remote, request.id, source, target)
            way.here = lambda: self._way_here(model, request, source, target)
            written = yield from _Work(way, request, source, target).run()
            return replace(written, server=way.server, notes=(*way.notes, *written.notes))
        here = yield from self._way_here(model, request, source, target)
        return (yield from _Work(here, request, source, target).run())

    def _way_here(
        self, model: LanguageModel | None, request: Translate, source: str, target: str
    ) -> Steps[Sentences]:
        chosen = yield from self._model(model, request)
        return (yield from best_way(chosen, request.id, source, target))

    def _model(self, loaded: LanguageModel | None, request: Translate) -> Steps[AnyModel]:
        """Return the model that the request names, loaded on a thread of its own if it is another one."""
        if not request.model and loaded is not None:
            return loaded
        key = (request.model, request.device, request.threads)
        if self._own is not None and self._own.key == key:
            return self._own.model
        self._own = None  # its memory goes before the next one's is taken
        found = yield from resolving(request.id, request.model, offline=request.offline)
        if loaded is not None and found.path == loaded.folder:
            return loaded
        if not request.anyway and (count := footprint.counted(found)) is not None:
            footprint.check(found.name, count, choose_device(request.device), "auto", others=())
        yield Progress(request.id, -1.0, told("Loading {name}…", name=found.name))
        own = yield from on_a_thread(lambda: _load(found.path, request.device, request.threads), "load")
        self._own = _Own(key, own)
        return own


def capable(source: str, target: str) -> tuple[catalogue.Entry, ...]:
    """Return the models of the catalogue that can translate from `source` into `target` (ISO 639-1)."""
    return tuple(entry for entry in catalogue.entries() if entry.translates_between(source, target))


def _load(folder: Path, device: str, threads: int) -> AnyModel:
    if seq2seq.is_encoder_decoder(folder):
        return Seq2Seq.load(folder, device=device, threads=threads)
    return LanguageModel.load(folder, device=device, threads=threads)


class _ServerFirst:
    """Translates by a server and, once that has failed, by the model here; see Sentences."""

    def __init__(
        self, writer: RemoteAuthor, remote: RemoteEngine, identity: int, source: str, target: str
    ) -> None:
        self._by_server = ByServer(writer, source, target)
        self._remote, self._id = remote, identity
        self._way: Sentences | None = None
        self.here: Callable[[], Steps[Sentences]] | None = None
        self.server = writer.name
        self.notes: tuple[str, ...] = ()

    def candidates(self, text: str, before: Pair | None, count: int) -> Steps[list[Candidate]]:
        """Return translations of `text`. Raises RemoteFailed where the model here cannot translate."""
        if self._way is None:
            try:
                return (yield from self._by_server.candidates(text, before, 1))
            except RemoteFailed as error:
                self.server, self.notes = "", (instead(error),)
                yield self._remote.news(self._id)
                self._way = yield from self._way_here(error)
        return (yield from self._way.candidates(text, before, count))

    def _way_here(self, failure: RemoteFailed) -> Steps[Sentences]:
        assert self.here is not None
        try:
            return (yield from self.here())
        except ModelUnavailable as error:
            raise ModelUnavailable(joined((said(failure), said(error)))) from error


# Whether and how a model translates


def best_way(model: AnyModel, identity: int, source: str, target: str) -> Steps[Sentences]:
    """Return how `model` translates best. Raises ModelUnavailable if it cannot."""
    if isinstance(model, Seq2Seq):
        pair = model.pair()
        own = tuple(languages.normal(code) for code in pair) if pair else (source, target)
        if own != (source, target) and all(own):
            text = told(
                "{name} translates from {source} into {target} only.",
                name=model.folder.name,
                source=told(NAMES[own[0]]),
                target=told(NAMES[own[1]]),
            )
            raise ModelUnavailable(_with_others(text, source, target))
        if not (model.knows(source) and model.knows(target)):
            raise ModelUnavailable(_cannot(model.folder.name, source, target))
        return Direct(model, source, target)
    if not {source, target} <= spoken():
        raise ModelUnavailable(_cannot(model.description.name, source, target))
    yield None
    best, way = -1.0, None
    for templated in (False, True) if chat.chat(model).templated else (False,):
        this = Prompted(model, source, target, templated=templated)
        name = f"translation-{'chat' if templated else 'examples'}-{source}-{target}"
        figure = yield from ability.measured(model.folder, name, _measure(this, identity, source, target))
        if figure > best:
            best, way = figure, this
    if way is None or best < _LEAST:
        raise ModelUnavailable(_cannot(model.description.name, source, target))
    return way


def _measure(way: Sentences, identity: int, source: str, target: str) -> Steps[float]:
    """Return the mean chrF, 0…1, of the likeliest translations of our own sentences.

    A model that is hopeless at half of them is not asked for the others.
    """
    pairs, total = probes(source, target), 0.0
    for index, pair in enumerate(pairs):
        if 2 * index == len(pairs) and total / index < _HOPELESS:
            return total / index
        text = told(
            "Measuring whether this model can translate… {number}/{count}",
            number=index + 1,
            count=len(pairs),
        )
        yield Progress(identity, -1.0, text)
        found = yield from way.candidates(pair.source, None, 1)
        total += chrf(found[0].text, pair.target) if found else 0.0
    return total / len(pairs)


def _cannot(name: str, source: str, target: str) -> str:
    text = told(
        "{name} cannot translate from {source} into {target}.",
        name=name,
        source=told(NAMES[source]),
        target=told(NAMES[target]),
    )
    return _with_others(text, source, target)


def _with_others(text: str, source: str, target: str) -> str:
    """Return `text` with the models that can, their size and licence, on one line."""
    others = [f"{e.id} ({e.download / 1e6:,.0f} MB, {e.licence})" for e in capable(source, target)]
    if not others:
        return text
    listed = ", ".join(others)
    return told(
        "{problem} These can, chosen as the model that translates: {models}.", problem=text, models=listed
    )


# The text


@dataclass
class _Rate:
    """How far the work is, in characters."""

    total: int
    done: int = 0
    started: float = 0.0

    def progress(self, identity: int) -> Progress:
        share = self.done / max(1, self.total)
        passed = time.perf_counter() - self.started
        left = passed * (1 - share) / share if share else -1.0
        return Progress(identity, share, told("Translating…"), left)


class _Work:
    """The state of one request while it is worked on."""

    def __init__(self, way: Sentences, request: Translate, source: str, target: str) -> None:
        self._way, self._request = way, request
        self._source, self._target = source, target
        self._said: dict[str, str] = {}  # what comes again, a heading of every chapter say, is not done again
        self._notes: list[str] = []

    def run(self) -> Steps[Written]:
        """Return the translation of the whole text."""
        text, identity = self._request.text, self._request.id
        spans = segments(text)
        rate = _Rate(sum(span.end - span.start for span in spans), started=time.perf_counter())
        yield rate.progress(identity)
        written, at = "", 0
        passages: list[Passage] = []
        before: Pair | None = None
        for span in spans:
            written += self._between(text[at : span.start], bool(passages))
            sentence = text[span.start : span.end]
            translated = yield from self._sentence(sentence, before if _follows(text, at, span) else None)
            passages.append(Passage(len(written), len(written) + len(translated), span.start, span.end))
            written += translated
            at = span.end
            before = Pair(unwrapped(sentence)[0], unwrapped(translated)[0])
            rate.done += span.end - span.start
            yield Writing(identity, written, tuple(passages))
            yield rate.progress(identity)
        return Written(identity, written + text[at:], tuple(passages), tuple(self._notes), self._source)

    def _between(self, gap: str, inside: bool) -> str:
        """Return what stands between two sentences, with or without a space as the target has it."""
        if inside and gap == " " and self._target in _UNSPACED:
            return ""
        return " " if inside and not gap and self._target not in _UNSPACED else gap

    def _sentence(self, sentence: str, before: Pair | None) -> Steps[str]:
        line, breaks = unwrapped(sentence)
        if line not in self._said:
            translated = yield from self._line(line, before)
            if len(self._said) >= _CACHED_SENTENCES:
                self._said.clear()
            self._said[line] = translated
        return wrapped(self._said[line], breaks)

    def _line(self, line: str, before: Pair | None) -> Steps[str]:
        masked = mask(line)
        if not any(character.isalpha() for character in masked.text):
            return line
        best = yield from self._best(masked.text, before, masked.intact)
        if masked.kept and not masked.intact(best):
            return (yield from self._pieces(masked.pieces()))
        self._check_numbers(masked.text, best)
        return masked.restore(best)

    def _pieces(self, pieces: list[str]) -> Steps[str]:
        """Return a sentence whose parts between what is protected are translated alone."""
        result = ""
        for index, piece in enumerate(pieces):
            bare = piece.strip()
            if index % 2 or not any(character.isalpha() for character in bare):
                result += piece
                continue
            translated = yield from self._best(bare, None, lambda _: True)
            self._check_numbers(bare, translated)
            lead = len(piece) - len(piece.lstrip())
            result += piece[:lead] + translated + piece[lead + len(bare) :]
        return result

    def _best(self, text: str, before: Pair | None, intact: Callable[[str], bool]) -> Steps[str]:
        """Return the best translation of a text, or the text itself if the model says nothing."""
        found = yield from self._way.candidates(text, before, SAMPLES)
        best = choose(found, Wanted(text, self._source, self._target, intact))
        return best.text if best else text

    def _check_numbers(self, text: str, translated: str) -> None:
        missing = numbers(text) - numbers(translated)
        if missing and len(self._notes) < _MOST_NOTES:
            listed = ", ".join(missing)
            note = told("Check the numbers ({numbers}) in: {text}", numbers=listed, text=translated)
            self._notes.append(note)


def _follows(text: str, at: int, span: Span) -> bool:
    """Return whether the sentence at `span` goes on with the one that ends at `at`: no blank line between."""
    return text.count("\n", at, span.start) < 2
