"""Spelling: the words of a text that are wrong, and what was meant.

Sentence by sentence, since sentences change one at a time: what was found in one is kept by its text, so
that only what was changed is read again. In each, first the words that no lexicon knows, then the known ones
that do not belong there, as far as the model speaks the language; else letters and frequency decide. The
language is detected by paragraph, so that several may stand in one text.
"""

from __future__ import annotations

import re
import time
from collections import Counter, OrderedDict
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from queue import SimpleQueue
from typing import NamedTuple, TypeVar, cast

from gpt_assistant.engine.messages import Issue, Progress, Spell, Spelt
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.resolving import Step
from gpt_assistant.features.languages import detect
from gpt_assistant.features.lexicons import Lexicon, lexicon
from gpt_assistant.features.spelling_reader import SESSION
from gpt_assistant.features.spelling_sentence import Checker
from gpt_assistant.storage.wordfile import folded, own_words
from gpt_assistant.text.sentences import Span, sentences
from gpt_assistant.text.spellable import Word, words

T = TypeVar("T")
Steps = Generator[Step, None, T]

_MOST_KEPT = 20_000  # sentences whose issues are kept
_LOOKED_AT = 2000  # characters of a paragraph that tell its language
_SAME = 0.75  # of its words
_LEAST_LETTERS = 25  # in a paragraph whose language is detected
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_FLUENT = 1.9  # tokens a word, at most, in a language that the model was made for
_FLUENCY_WORDS = 200
_SHOW_EVERY = 0.25  # seconds
_AT_A_TIME = 20  # sentences looked up between two yields
_OFTEN = 3  # a capitalised word that stands there so often is a name


class _Key(NamedTuple):
    """What the issues of a sentence depend on."""

    text: str
    language: str
    variety: str
    thorough: bool


class _Task(NamedTuple):
    """A sentence to be checked: its words, with offsets in it, and the lexicon of its language, if any."""

    key: _Key
    start: int
    words: tuple[Word, ...]
    known: Lexicon | None


class Speller:
    """Answers Spell.

    It checks `workers` sentences at a time, on threads of their own. That pays where nobody types meanwhile:
    a page of 1,000 words took 3.3 s with two workers instead of 3.8 s, on two cores that share the work
    inside each pass as well, since what is not the model's part is a third of it and can go on beside.
    """

    def __init__(self, workers: int = 1) -> None:
        self._kept: OrderedDict[_Key, tuple[Issue, ...]] = OrderedDict()
        self._model: LanguageModel | None = None
        self._checkers: SimpleQueue[Checker] = SimpleQueue()
        self._workers = workers
        self._fluent: dict[str, bool] = {}
        self._own = own_words()  # one, for it reads its file only when that has changed

    def __call__(self, model: LanguageModel, request: Spell) -> Steps[Spelt]:
        """Return the issues of the text; yields before every pass, and how far it is."""
        self._use(model)
        text = request.text
        found = words(text)
        own = self._own.all() | {folded(each) for each in request.own}
        names = _names(found) | own
        tasks = yield from self._tasks(text, found, request)
        issues: list[Issue] = []
        shown = time.perf_counter()
        with self._ahead(tasks) as ahead:
            for task in tasks:
                each = yield from self._sentence(task, ahead)
                issues += [issue for issue in each if folded(issue.word) not in names]
                if time.perf_counter() - shown > _SHOW_EVERY:
                    shown = time.perf_counter()
                    yield Progress(request.id, task.start / len(text), "Checking the spelling")
        languages = Counter(task.key.language for task in tasks for _ in task.words)
        main = languages.most_common(1)[0][0] if languages else request.language or "en"
        return Spelt(request.id, tuple(issues), main)

    def _use(self, model: LanguageModel) -> None:
        if model is not self._model:
            self._model = model
            self._checkers = SimpleQueue()
            for number in range(self._workers):
                self._checkers.put(Checker(model, f"{SESSION}-{number}"))
            self._kept.clear()
            self._fluent.clear()

    def _tasks(self, text: str, found: Sequence[Word], request: Spell) -> Steps[list[_Task]]:
        """Return the sentences of `text` that have words, with their languages."""
        tasks = []
        language, ends, at = request.language or "en", 0, 0
        for span in sentences(text):
            if span.start >= ends and not request.language:
                start, ends = _paragraph(text, span.start)
                language = yield from _language(text[start:ends], language)
            here, at = _within(found, at, span)
            if here:
                known = yield from lexicon(language)
                key = _Key(text[span.start : span.end], language, request.variety, request.thorough)
                moved = (Word(w.start - span.start, w.end - span.start, w.text) for w in here)
                tasks.append(_Task(key, span.start, tuple(moved), known))
                if len(tasks) % _AT_A_TIME == 0:
                    yield None
        return tasks

    def _sentence(self, task: _Task, ahead: dict[_Key, Future[tuple[Issue, ...]]]) -> Steps[list[Issue]]:
        """Return the issues of one sentence, with offsets in the whole text."""
        key = task.key
        if key not in self._kept:
            if key in ahead:
                self._kept[key] = ahead[key].result()
            else:
                self._kept[key] = (yield from self._check(task)) if task.known else ()
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return [replace(i, start=i.start + task.start, end=i.end + task.start) for i in self._kept[key]]

    @contextmanager
    def _ahead(self, tasks: Sequence[_Task]) -> Iterator[dict[_Key, Future[tuple[Issue, ...]]]]:
        """Give what is being checked on threads, by sentence; nothing where one worker does as well."""
        new = {task.key: task for task in tasks if task.known and task.key not in self._kept}
        if self._workers == 1 or len(new) <= self._workers:
            yield {}
            return
        for language in {task.key.language for task in new.values()}:
            self._speaks(
                language, next(t.known for t in new.values() if t.known and t.key.language == language)
            )
        pool = ThreadPoolExecutor(self._workers, thread_name_prefix="spelling")
        try:
            yield {key: pool.submit(_driven, self._check(task)) for key, task in new.items()}
        finally:
            pool.shutdown(cancel_futures=True)

    def _check(self, task: _Task) -> Steps[tuple[Issue, ...]]:
        assert task.known is not None
        key = task.key
        checker = self._checkers.get()
        try:
            return (
                yield from checker.check(
                    key.text,
                    task.words,
                    task.known,
                    variety=key.variety,
                    fluent=self._speaks(key.language, task.known),
                    thorough=key.thorough,
                )
            )
        finally:
            self._checkers.put(checker)

    def _speaks(self, language: str, known: Lexicon) -> bool:
        """Return whether the model was made for the language: its frequent words are then few tokens each.

        SmolLM2, which was made for English, needs 1.2 tokens for a frequent English word of more than four
        letters and 2.3 to 2.9 for a French, German or Spanish one; Gemma 3 1.1 to 1.6 for all of them.
        """
        assert self._model is not None
        if language not in self._fluent:
            frequent = known.frequent(_FLUENCY_WORDS)
            tokens = sum(len(self._model.vocabulary.encode(" " + word)) for word in frequent)
            self._fluent[language] = tokens <= _FLUENT * max(1, len(frequent))
        return self._fluent[language]


def _driven(steps: Steps[T]) -> T:
    """Return what `steps` return, without a pause."""
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            return cast(T, ended.value)


def corrected(text: str, issues: Sequence[Issue]) -> str:
    """Return `text` with the first suggestion of every sure issue put in."""
    parts, at = [], 0
    for issue in issues:
        if issue.sure and issue.suggestions:
            parts += [text[at : issue.start], issue.suggestions[0].text]
            at = issue.end
    return "".join([*parts, text[at:]])


def _within(found: Sequence[Word], at: int, span: Span) -> tuple[list[Word], int]:
    """Return the words in `span`, looking from the word `at` on, and where the next ones are."""
    while at < len(found) and found[at].start < span.start:
        at += 1
    first = at
    while at < len(found) and found[at].end <= span.end:
        at += 1
    return list(found[first:at]), at


def _paragraph(text: str, at: int) -> tuple[int, int]:
    """Return start and end of the paragraph that `at` lies in."""
    match = _PARAGRAPH.search(text, at)
    return at, match.start() if match else len(text)


def _language(paragraph: str, before: str) -> Steps[str]:
    """Return the language of a paragraph: that of the one before if most words are of it, or there are few.

    The letters of a short paragraph full of names look like any language's.
    """
    found = words(paragraph[:_LOOKED_AT])
    if sum(len(word.text) for word in found) < _LEAST_LETTERS:
        return before
    known = yield from lexicon(before)
    if (
        known is not None
        and known.checked
        and sum(known.knows(word.text) for word in found) >= _SAME * len(found)
    ):
        return before
    return detect(paragraph[:_LOOKED_AT], before)


def _names(found: Sequence[Word]) -> set[str]:
    """Return the words that stand there again and again, always with a capital: names, used consistently."""
    forms = Counter(word.text.replace("’", "'") for word in found)
    return {
        form.lower()
        for form, count in forms.items()
        if count >= _OFTEN and form[:1].isupper() and not forms[form.lower()]
    }
