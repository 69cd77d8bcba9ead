"""What the writer took before: kept on this machine, likelier next time, forgotten when told to."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from gpt_assistant.engine.messages import (
    Forget,
    Forgotten,
    Remember,
    Remembered,
    Unlock,
    Unlocked,
)
from gpt_assistant.engine.model import LanguageModel
from gpt_assistant.storage import vault
from gpt_assistant.storage.phrasefile import PhraseFile
from gpt_assistant.text.phrases import Phrases

_SHORTEST = 2


class Personal:
    """The writer's phrases, counted from their file."""

    def __init__(self, file: PhraseFile) -> None:
        self._file = file
        self.phrases = Phrases()
        for phrase in file.phrases():
            self.phrases.add(phrase)

    def unlock(self, _model: object, request: Unlock) -> Generator[None, None, Unlocked]:
        """Take the keys of what is encrypted, and read the phrases again where some were out of reach."""
        yield
        vault.of(Path(request.folder)).take(request.keys)
        if self._file.unread:
            self._file.read_again()
            self.phrases.clear()
            for phrase in self._file.phrases():
                self.phrases.add(phrase)
        return Unlocked(request.id)

    def remember(self, _model: LanguageModel, request: Remember) -> Generator[None, None, Remembered]:
        """Count and keep the words of `request`."""
        yield
        if len(request.text.strip()) >= _SHORTEST:
            self._file.add(request.text)
            self.phrases.add(request.text)
        return Remembered(request.id, len(self._file))

    def forget(self, _model: LanguageModel, request: Forget) -> Generator[None, None, Forgotten]:
        """Delete the file and the counts."""
        yield
        self._file.clear()
        self.phrases.clear()
        return Forgotten(request.id)
