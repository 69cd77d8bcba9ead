"""Ways to break a model's files: what the cases of fuzzed_cases.py are put together from."""

from __future__ import annotations

import json
import os
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save_file

Change = Callable[[Path], None]


class Trap:
    """Writes a file when it is unpickled."""

    def __init__(self, marker: str) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (Path(self.marker),))


def trap() -> bytes:
    return pickle.dumps(Trap(os.environ["FUZZ_MARKER"]))


# Small changes


def header_of(path: Path) -> tuple[dict[str, Any], bytes]:
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + size]), data[8 + size :]


def with_header(path: Path, header: dict[str, Any] | bytes, body: bytes) -> None:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def weights(change: Callable[[dict[str, Any], bytes], tuple[dict[str, Any] | bytes, bytes]]) -> Change:
    def apply(folder: Path) -> None:
        path = folder / "model.safetensors"
        with_header(path, *change(*header_of(path)))

    return apply


def entry(part: str, **values: Any) -> Change:
    """Change the entry of the first tensor whose name holds `part`."""

    def change(header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        name = next(name for name in header if part in name)
        return {**header, name: {**header[name], **values}}, body

    return weights(change)


def tensors(change: Callable[[dict[str, Any]], object]) -> Change:
    """Change the tensors themselves."""

    def apply(folder: Path) -> None:
        path = folder / "model.safetensors"
        found = {name: tensor.clone() for name, tensor in load_file(path).items()}
        change(found)
        save_file(found, path, metadata={"format": "pt"})

    return apply


def number(part: str, value: float, place: int | None = 0) -> Change:
    """Set one value, or all for None, of the first tensor whose name holds `part`."""

    def change(found: dict[str, Any]) -> None:
        tensor = next(tensor for name, tensor in found.items() if part in name).view(-1)
        if place is None:
            tensor.fill_(value)
        else:
            tensor[place] = value

    return tensors(change)


def config(**values: Any) -> Change:
    return settings("config.json", **values)


def settings(name: str, **values: Any) -> Change:
    def apply(folder: Path) -> None:
        path = folder / name
        found = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps(found | values))

    return apply


def written(name: str, data: bytes) -> Change:
    return lambda folder: void((folder / name).write_bytes(data))


def void(_: object) -> None:
    return None


def tokenizer(change: Callable[[dict[str, Any]], object]) -> Change:
    def apply(folder: Path) -> None:
        path = folder / "tokenizer.json"
        found = json.loads(path.read_text())
        change(found)
        path.write_text(json.dumps(found))

    return apply


def replaced(name: str, make: Callable[[Path], object]) -> Change:
    def apply(folder: Path) -> None:
        (folder / name).unlink()
        make(folder / name)

    return apply


def pickled(name: str) -> Change:
    return lambda folder: void((folder / name).write_bytes(trap()))


def zipped(name: str) -> Change:
    """What torch.save writes: a zip archive with a pickle in it."""

    def apply(folder: Path) -> None:
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr("archive/data.pkl", trap())
            archive.writestr("archive/version", "3")

    return apply


def sparse(name: str, size: int) -> Change:
    def apply(folder: Path) -> None:
        with (folder / name).open("wb") as file:
            file.write(b'{"a": "')
            file.truncate(size)

    return apply


def index(weight_map: dict[str, Any]) -> Change:
    def apply(folder: Path) -> None:
        (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": weight_map}))

    return apply


def together(*changes: Change) -> Change:
    def apply(folder: Path) -> None:
        for change in changes:
            change(folder)

    return apply
