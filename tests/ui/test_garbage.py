"""Widgets that lie in a cycle are destroyed on the window's thread."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from gpt_assistant.ui.garbage import GarbageCollection


@pytest.fixture
def collection(qapp: object) -> Iterator[GarbageCollection]:
    parent = QObject()
    found = GarbageCollection(parent)
    yield found
    found.stop()
    assert gc.isenabled()


class Cycle:
    """Garbage that tells on which thread it was found."""

    def __init__(self, where: list[int]) -> None:
        self.myself = self
        weakref.finalize(self, lambda: where.append(threading.get_ident()))


def allocate() -> None:
    """Enough to make Python collect, were it not switched off."""
    kept = [[] for _ in range(20_000)]
    assert len(kept) == 20_000


def test_another_thread_collects_nothing_and_this_one_does(collection: GarbageCollection) -> None:
    where: list[int] = []
    Cycle(where)
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert where == []
    kept = [[] for _ in range(20_000)]
    collection.collect()
    assert where == [threading.get_ident()]
    assert kept


def test_nothing_is_done_while_nothing_is_due(collection: GarbageCollection) -> None:
    gc.collect()
    assert collection.collect() == 0
