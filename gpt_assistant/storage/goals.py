"""How many words the writer wants to write: in a session, and in each document that has a goal of its own.

A session is what is written in a day: a restart goes on with it, the next morning it begins at 0 with the
same goal. A document's goal is its length and stays with its path.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from gpt_assistant.storage import vault

log = logging.getLogger(__name__)

MOST_WORDS = 1_000_000
_MOST_DOCUMENTS = 200


@dataclass(frozen=True, slots=True)
class SessionGoal:
    """`words` wanted, 0 for no goal; `written` so far, less what was deleted; `reached` once said."""

    words: int = 0
    written: int = 0
    reached: bool = False
    day: str = ""


@dataclass(frozen=True, slots=True)
class Goals:
    """What is stored; `documents` has the words wanted by path, the one changed last at the end."""

    session: SessionGoal = SessionGoal()
    documents: dict[str, int] = field(default_factory=dict)

    def with_document(self, path: str, words: int) -> Goals:
        """Return the same with a goal for one document; 0 forgets it."""
        others = {each: wanted for each, wanted in self.documents.items() if each != path}
        if words:
            others[path] = words
        return replace(self, documents=dict(list(others.items())[-_MOST_DOCUMENTS:]))


def load_goals(path: Path, today: date) -> Goals:
    """Return what is stored, with a new session if it was stored on another day; no goals if unreadable."""
    try:
        stored = vault.read_json(path)
        session = SessionGoal(**stored["session"])
        documents = {str(name): int(words) for name, words in stored["documents"].items()}
        whole = (type(session.words), type(session.written), type(session.reached)) == (int, int, bool)
    except FileNotFoundError:
        return Goals(SessionGoal(day=today.isoformat()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        log.warning("goals ignored: %s", error)
        return Goals(SessionGoal(day=today.isoformat()))
    if not whole or not 0 <= session.words <= MOST_WORDS:
        session = SessionGoal(day=today.isoformat())
    if session.day != today.isoformat():
        session = SessionGoal(session.words, day=today.isoformat())
    return Goals(session, documents)


def save_goals(path: Path, goals: Goals) -> None:
    """Store `goals`. Raises OSError, one line."""
    vault.write(path, json.dumps(asdict(goals), ensure_ascii=False, indent=1).encode())
