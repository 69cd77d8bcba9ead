"""Completion by a server, with the model here as its understudy.

The server is asked at once. If it has not said a word when it usually has, the model here begins as well,
in the pauses of waiting. Whichever has a suggestion that may be shown first and in time is taken; when the
server takes longer than it is given, fails, breaks off, or says what may not be shown, the suggestion is the
local one. After a failure the server is left alone for a while and nothing waits for it (breaker.py).

A pass of the model here holds up what the server sends meanwhile. Begun after 1.5 times the server's usual
first token it added 173 ms to the server's first word at the median, on two busy cores; begun later, and not
while the server is speaking, 3 ms (90th percentile 7; with names hidden 5 and 11), measured with a server of
40 ms a token by `gpt-assistant remote bench`.

Where words begin, how likely they must be and what may not be shown is as for the model here (completion.py).
In the middle of a line a server, which sees nothing of what follows, must be as sure as that one, by
probabilities of its own; one that gives none suggests two words at most, and none there.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import replace
from typing import TypeVar

from gpt_assistant.engine.messages import Complete, Suggested, Suggesting
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.engine.remote import RemoteEngine
from gpt_assistant.engine.remote_asking import POLL, pieces_of
from gpt_assistant.engine.remote_errors import slow
from gpt_assistant.engine.remote_stream import Piece
from gpt_assistant.engine.remote_thread import Exchange
from gpt_assistant.engine.resolving import Step, Waiting
from gpt_assistant.features.candidates import MARKS
from gpt_assistant.features.completion import (
    Completer,
    Completion,
    cut_overlap,
    ends_sentence,
    further_threshold,
    impossible,
    repeats,
    silent,
)
from gpt_assistant.features.remote_hiding import Hidden, hide, unfinished
from gpt_assistant.features.remote_words import Answer, Answered, Cut, cut, without_preface
from gpt_assistant.text.suggestion import Candidate, Reason, Suggestion

T = TypeVar("T")
Steps = Generator[Step, None, T]

_WAYS = 3  # the server's own beginning of a word, and others that fit what is typed
_MARK_THRESHOLD = 0.7
_MOST_WORDS_UNTOLD = 2
_LEAST_GAIN = 2
_TOKENS_OF_HALF = 6
# Seconds until the model here begins too, and until what it suggests is shown: more where the server is slow.
_BEGIN_LEAST, _BEGIN_MOST = 0.12, 0.25
_SHOW_LEAST = 0.2
_SYSTEM = (
    "You continue the writer's text. Answer with the next few words only: no comment, no quotation marks, "
    "nothing that is there already."
)
_ORDER = "Continue this text where it stops.\n\n{text}"
_ORDER_HALF = 'Continue this text where it stops. The next word begins with "{half}".\n\n{text}'


class RemoteCompleter:
    """Answers Complete: by the server while it does well, else by `local`."""

    def __init__(self, local: Completer, remote: RemoteEngine) -> None:
        self._local, self._remote = local, remote

    def __call__(self, model: LanguageModel, request: Complete) -> Steps[Suggested]:
        """Answer `request`; a generator that yields before every pass, and while the server is waited for."""
        if not self._remote.completes():
            return (yield from self._local(model, request))
        rules = self._local.work(model, request)
        window = cut(request.context.window())
        empty = not window.prompt.strip()  # servers refuse an empty text
        if empty or impossible(request.context) or rules.misspelt() or self._must_stay(window):
            return (yield from self._local(model, request))
        return (yield from _Race(self._local(model, request), self._remote, request, rules).run())

    def _must_stay(self, window: Cut) -> bool:
        """Return whether a number or an address is being typed that cannot be told from half of it."""
        remote = self._remote.remote
        hidden = remote is not None and remote.mask is not None
        return hidden and unfinished(window.prompt + window.lead)


class _Race:
    """One request that the server and the model here work on."""

    def __init__(
        self,
        local: Generator[Suggesting | None, None, Suggested],
        remote: RemoteEngine,
        request: Complete,
        rules: Completion,
    ) -> None:
        self._local, self._remote, self._request = local, remote, request
        self._server, self._changes = _Served(remote, request, rules), remote.changes
        self._steps: Generator[Suggesting | Waiting, None, Suggestion] | None = self._server.run()
        self._started = time.perf_counter()
        self._shown_at = 0.0  # when the server's first words were shown, and when something came last
        self._heard_at = 0.0
        self._served: Suggestion | None = None
        self._own: Suggested | None = None
        self._held: Suggesting | None = None

    def run(self) -> Steps[Suggested]:
        """Return the suggestion of one of the two."""
        try:
            while True:
                if (shown := self._hear()) is not None:
                    yield shown
                done = self._own is not None and (self._steps is None or self._late)
                if done:
                    self._leave_server()
                if (news := self._remote.news(self._request.id)) is not None:
                    yield news
                if self._served is not None:
                    return self._of_server(self._served)
                if self._own is not None and done:
                    return self._of_here(self._own)
                yield from self._go_on_here()
        finally:
            self._leave_server()
            self._local.close()

    # -- the server --------------------------------------------------------------------------------

    def _hear(self) -> Suggesting | None:
        """Look at what the server has said; return its first words when they are there."""
        if self._changed:
            self._leave_server()
        if self._steps is None:
            return None
        try:
            step = next(self._steps)
        except StopIteration as stop:
            self._steps = None
            self._remote.succeeded()
            self._served = stop.value if stop.value.text else None
            return None
        except Exception as error:  # whatever a server has brought about, there is the model here
            self._steps = None
            self._remote.failed(error)
            return None
        if isinstance(step, Suggesting):
            self._shown_at = self._heard_at = time.perf_counter()
            return step
        if self._elapsed > self._given:
            self._too_late()
        return None

    def _too_late(self) -> None:
        """Give the server up: it has had its time."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None
            if not self._changed:
                self._remote.was_slow(slow(self._remote.place))

    def _leave_server(self) -> None:
        """End what is asked of the server, for another key has come or there is a suggestion."""
        if self._late:
            self._too_late()
        elif self._steps is not None:
            self._steps.close()
            self._steps = None

    @property
    def _changed(self) -> bool:
        """Return whether another server was taken since: it has not failed, and is not to get this text."""
        return self._remote.changes != self._changes

    @property
    def _elapsed(self) -> float:
        """Return the seconds that have been waited for the server to say more."""
        return time.perf_counter() - (self._heard_at or self._started)

    @property
    def _given(self) -> float:
        """Return the seconds that the server has."""
        remote = self._remote.remote
        return remote.wait if remote is not None else 0.0

    @property
    def _late(self) -> bool:
        """Return whether the server takes longer than it usually does, and nothing of it is shown yet."""
        usual = self._remote.first_seconds
        patience = min(self._given, max(_SHOW_LEAST, 3 * usual)) if usual else self._given
        return not self._shown_at and time.perf_counter() - self._started > patience

    # -- the model here ----------------------------------------------------------------------------

    def _go_on_here(self) -> Steps[None]:
        """Advance the model here by a pass if its time has come; wait a moment else."""
        if self._own is not None or not self._due:
            yield POLL
            return
        try:
            step = next(self._local)
        except StopIteration as stop:
            self._own = stop.value
            return
        self._held = step or self._held
        if self._steps is None and self._held is not None and not self._shown_at:
            yield self._held
            self._held = None
        yield None

    @property
    def _due(self) -> bool:
        if self._steps is None:
            return True
        if self._shown_at:
            return False
        if self._remote.breaker.failing:
            return True
        # A pass here holds up what the server sends meanwhile, so none begins while it is speaking.
        begin = min(_BEGIN_MOST, max(_BEGIN_LEAST, 2.5 * self._remote.first_seconds))
        return time.perf_counter() - (self._server.heard_at or self._started) > begin

    # -- what comes of it --------------------------------------------------------------------------

    def _of_server(self, suggestion: Suggestion) -> Suggested:
        total = time.perf_counter() - self._started
        first = self._shown_at - self._started if self._shown_at else total
        return Suggested(self._request.id, suggestion, first * 1000, total * 1000, self._remote.name)

    def _of_here(self, own: Suggested) -> Suggested:
        before = max(0.0, (time.perf_counter() - self._started) * 1000 - own.ms_total)
        return replace(own, ms_first=own.ms_first + before, ms_total=own.ms_total + before)


class _Served:
    """What the server suggests."""

    def __init__(self, remote: RemoteEngine, request: Complete, rules: Completion) -> None:
        self._remote, self._request, self._rules = remote, request, rules
        self._context = request.context
        self._begun = time.perf_counter()
        self.heard_at = 0.0  # when the last piece came, 0 for none

    def run(self) -> Generator[Suggesting | Waiting, None, Suggestion]:
        """Return what to show, silent if nothing; yields the first words. Raises RemoteFailed."""
        remote = self._remote.remote
        assert remote is not None
        window = cut(self._context.window())
        hidden = hide((window.prompt,), remote.mask)
        given, p = "", 1.0
        for _ in range(_WAYS):
            answer = Answer(window.lead, given, p)
            suggestion = yield from self._read(hidden, answer)
            if answer.fits:
                return suggestion
            other = answer.other_way()
            if other is None or other[1] < self._rules.least() or self._half_is_personal(window):
                break
            given, p = other
        return silent(Reason.NOT_SURE)

    def _read(self, hidden: Hidden, answer: Answer) -> Generator[Suggesting | Waiting, None, Suggestion]:
        putting, shown = hidden.restorer(), False
        steps = pieces_of(self._ask(hidden, answer))
        pieces = steps if self._remote.has_completions else self._talk(steps, answer.lead)
        try:
            for piece in pieces:
                if isinstance(piece, Waiting):
                    yield piece
                    continue
                self._hear()
                for part in putting.pieces(piece):
                    answer.add(part)
                if not answer.fits:
                    return silent(Reason.NOT_SURE)
                suggestion, more = self._chosen(answer)
                if suggestion.text and not shown:
                    shown = True
                    yield Suggesting(self._request.id, suggestion)
                if not more:
                    return suggestion
        finally:
            pieces.close()
            steps.close()
        answer.add(Piece(putting.end(), finished=True))
        return self._chosen(answer)[0]

    def _half_is_personal(self, window: Cut) -> bool:
        """Return whether what is typed of a word belongs to what the server must not read."""
        remote = self._remote.remote
        if remote is None or remote.mask is None or not window.half:
            return False
        return not hide((window.prompt + window.lead,), remote.mask).texts[0].endswith(window.lead)

    def _ask(self, hidden: Hidden, answer: Answer) -> Exchange[None]:
        tokens = self._request.max_tokens or 3 * self._request.max_words
        if self._remote.has_completions:
            prompt = hidden.texts[0] + answer.text
            return self._remote.complete(prompt, tokens + (_TOKENS_OF_HALF if answer.lead.strip() else 1))
        half = "" if self._half_is_personal(cut(self._context.window())) else answer.lead.strip()
        order = (_ORDER_HALF if half else _ORDER).format(text=hidden.texts[0], half=half)
        messages = [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": order}]
        return self._remote.chat(messages, tokens + _TOKENS_OF_HALF, stop=["\n"], quick=True)

    def _talk(
        self, steps: Generator[Piece | Waiting, None, None], lead: str
    ) -> Generator[Piece | Waiting, None, None]:
        """Yield an answer in a talk as one that goes on with the text, when all of it is there."""
        pieces = []
        for step in steps:
            if isinstance(step, Waiting):
                yield step
            else:
                self._hear()
                pieces.append(step)
        yield from without_preface(pieces, lead)

    def _hear(self) -> None:
        """Note when something came, and how long the server took to its first token."""
        if not self.heard_at:
            self._remote.began(time.perf_counter() - self._begun)
        self.heard_at = time.perf_counter()

    # -- what may be shown -------------------------------------------------------------------------

    def _chosen(self, answer: Answer) -> tuple[Suggestion, bool]:
        """Return what may be shown of the answer so far, and whether more of it may be."""
        words = answer.words()
        if not words or not words[0].ended:
            return silent(Reason.EMPTY), not answer.finished
        first, least = words[0], self._rules.least()
        if reason := self._unfit(first, answer, least):
            return silent(reason), False
        text, estimate, more = self._longer(words, answer)
        candidates = (Candidate(text, estimate),)
        return self._fitting(Suggestion(text, Reason.NONE, candidates, least)), more

    def _unfit(self, first: Answered, answer: Answer, least: float) -> Reason:
        if first.text.strip()[:1].isdigit():
            return Reason.DIGITS
        if len(first.text) < _LEAST_GAIN or first.p < least:
            return Reason.NOT_SURE
        if not answer.told and self._rules.in_middle():
            return Reason.MIDDLE_OF_LINE
        return Reason.NONE if self._rules.is_real(first.text) else Reason.NOT_A_WORD

    def _longer(self, words: list[Answered], answer: Answer) -> tuple[str, float, bool]:
        """Return as many of `words` as stay likely enough, their probability, and whether more may follow."""
        text, estimate = words[0].text, words[0].p
        enough = max(self._rules.middle_threshold(), further_threshold(self._request.eagerness))
        most = self._request.max_words if answer.told else min(_MOST_WORDS_UNTOLD, self._request.max_words)
        for word in words[1:most]:
            mark = word.text[-1] in MARKS
            if not word.ended:
                return text, estimate, True
            if ends_sentence(text) or estimate * word.p < enough or (mark and word.p < _MARK_THRESHOLD):
                return text, estimate, False
            text, estimate = word.text, estimate * word.p
        return text, estimate, len(words) < most and not ends_sentence(text)

    def _fitting(self, suggestion: Suggestion) -> Suggestion:
        """Return `suggestion` without what follows the caret already; silent if it would repeat itself."""
        after = self._context.after
        text = cut_overlap(suggestion.text, after)
        if not text.strip() or text.split()[:1] == after.split()[:1]:
            return silent(Reason.REPEATS_AFTER)
        if repeats(self._context.before, text):
            return silent(Reason.REPETITION)
        return replace(suggestion, text=text, candidates=(Candidate(text, suggestion.candidates[0].p),))
