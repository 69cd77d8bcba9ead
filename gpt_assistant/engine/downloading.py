"""One file over HTTP, gone on with where an earlier try ended, whatever ended it.

What has come is kept under the name of the file with ".part" behind it. The next try asks for the rest
(Range, RFC 9110 section 14); a server that does not know the header sends everything again, which is taken
from the start. Whether the whole is what it should be says its SHA-256, which the caller looks at. A
connection that breaks is tried again a few times by itself, for a download of gigabytes seldom comes in one
piece.

A read that waits for a server cannot be told to stop, so a second thread looks whether the job was cancelled
and shuts the socket down: a cancelled download ends within a tenth of a second.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gpt_assistant import connections
from gpt_assistant.connections import NotPermitted
from gpt_assistant.engine.job import Job
from gpt_assistant.text.told import told

PART = ".part"
_CHUNK = 1 << 16
_TIMEOUT_SECONDS = 20.0
_TRIES = 4  # without a byte that is new
_PAUSE_SECONDS = 0.5  # doubled at each try
_WATCH_SECONDS = 0.1
_MEGABYTE = 1_000_000
_PACE_SECONDS = 5.0
_BAD_RANGE, _PARTIAL = 416, 206


class BrokenOff(Exception):  # noqa: N818 - named for what happened
    """A download did not come to its end; what has come is kept. The text is the reason in a few words."""


class Pace:
    """How fast a download is, over the last seconds, and what is to be said of it."""

    def __init__(self, name: str, total: int) -> None:
        self.name, self.total = name, total
        self._seen: deque[tuple[float, int]] = deque()

    def line(self, done: int) -> tuple[str, float]:
        """Return the line to show when `done` bytes are here, and the fraction, -1 if it is not known."""
        if not self.total:
            return told("Fetching {name}", name=self.name), -1.0
        done = min(done, self.total)
        values = {"name": self.name, "done": done / _MEGABYTE, "total": self.total / _MEGABYTE}
        speed = self._speed(done)
        left = (self.total - done) / speed if speed else 0.0
        if not speed:
            text = told("Fetching {name}: {done:.0f} of {total:.0f} MB", **values)
        elif left < 100:
            text = told(
                "Fetching {name}: {done:.0f} of {total:.0f} MB, {speed:.1f} MB/s, {left:.0f} s left",
                **values,
                speed=speed / _MEGABYTE,
                left=left,
            )
        else:
            text = told(
                "Fetching {name}: {done:.0f} of {total:.0f} MB, {speed:.1f} MB/s, {left:.0f} min left",
                **values,
                speed=speed / _MEGABYTE,
                left=left / 60,
            )
        return text, done / self.total

    def _speed(self, done: int) -> float:
        """Return bytes a second; 0 in the first moment, and while nothing comes."""
        now = time.monotonic()
        self._seen.append((now, done))
        while len(self._seen) > 1 and now - self._seen[0][0] > _PACE_SECONDS:
            self._seen.popleft()
        began, before = self._seen[0]
        return (done - before) / (now - began) if now - began > 0.5 and done > before else 0.0


@dataclass(frozen=True, slots=True)
class Fetching:
    """What files are fetched for: whom to report to, and how.

    `before` bytes of what `pace` reports are there already, from other files. `certificates` is a file of
    authorities to trust besides the system's.
    """

    job: Job
    pace: Pace
    before: int = 0
    certificates: str = ""


def download(url: str, target: Path, fetching: Fetching) -> None:
    """Fetch `url` into `target`, going on with what an earlier try has left.

    Raises BrokenOff, ResolveCancelled, OSError of the disk.
    """
    part = target.with_name(target.name + PART)
    tries, reached = 0, -1
    while True:
        had = part.stat().st_size if part.exists() else 0
        tries = 0 if had > reached else tries + 1
        reached = max(reached, had)
        if tries >= _TRIES:
            raise BrokenOff(told("the connection broke off, what has come is kept"))
        _pause(fetching.job, tries)
        try:
            if _fetch_rest(url, part, fetching):
                part.replace(target)
                return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == _BAD_RANGE:
                part.unlink(missing_ok=True)
            elif error.code < 500 and error.code != 429:
                raise BrokenOff(told("the server answers {code}", code=error.code)) from error
        except NotPermitted as error:
            raise BrokenOff(error.args[0] if error.args else str(error)) from error
        except ssl.SSLCertVerificationError as error:
            raise BrokenOff(told("its certificate cannot be trusted")) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, NotPermitted | ssl.SSLCertVerificationError):
                raise BrokenOff(str(error.reason)) from error
        except (http.client.HTTPException, ConnectionError, TimeoutError, ssl.SSLError):
            pass  # tried again


def _pause(job: Job, tries: int) -> None:
    end = time.monotonic() + (_PAUSE_SECONDS * 2 ** (tries - 1) if tries else 0)
    job.check()
    while time.monotonic() < end:
        job.check()
        time.sleep(_WATCH_SECONDS)


def _fetch_rest(url: str, part: Path, fetching: Fetching) -> bool:
    """Append what is missing; return whether that is all. Raises what urllib and sockets raise."""
    start = part.stat().st_size if part.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    job = fetching.job
    with _opened(url, headers, fetching.certificates) as answer, _watched(answer, job):
        if start and answer.status != _PARTIAL:
            start = 0
        length = answer.headers.get("Content-Length", "")
        expected = start + int(length) if length.isdigit() else -1
        with part.open("r+b" if start else "wb") as out:
            out.seek(start)
            while block := _read(answer, job):
                out.write(block)
                job.report(*fetching.pace.line(fetching.before + out.tell()))
            out.flush()
            os.fsync(out.fileno())
            done = out.tell()
    return expected < 0 or done >= expected


def _read(answer: Any, job: Job) -> bytes:
    try:
        block: bytes = answer.read1(_CHUNK)
    except (OSError, ValueError):
        job.check()  # it was we who shut the socket down
        raise
    job.check()
    return block


@contextmanager
def _opened(url: str, headers: dict[str, str], certificates: str) -> Iterator[Any]:
    context = ssl.create_default_context()
    if certificates:
        with contextlib.suppress(OSError, ssl.SSLError):
            context.load_verify_locations(certificates)
    request = urllib.request.Request(url, headers={"User-Agent": "gpt-assistant", **headers})
    with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS, context=context) as answer:
        yield answer


@contextmanager
def _watched(answer: Any, job: Job) -> Iterator[None]:
    """Shut the answer's socket down as soon as the job is cancelled, or nothing may be fetched any more."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_WATCH_SECONDS):
            if job.cancelled() or connections.is_offline():
                with contextlib.suppress(OSError, AttributeError):
                    answer.fp.raw._sock.shutdown(socket.SHUT_RDWR)
                return

    watcher = threading.Thread(target=watch, name="watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def text_of(url: str, headers: dict[str, str], most: int, certificates: str = "") -> tuple[str, str]:
    """Return a page, up to `most` bytes of it, and its address in the end. Raises what urllib raises."""
    with _opened(url, headers, certificates) as answer:
        return answer.read(most).decode("utf-8", errors="replace"), answer.url
