"""Looks a model over before anything of it is loaded, so that a broken or malicious one costs one line.

A model's files come from anywhere. Each of these was tried on the libraries that read them and did worse
than fail: a config.json of huge sizes takes all memory before a weight is read, an index names files
elsewhere (and pickled ones, which run code), a pipe named config.json waits for ever, a tokenizer whose
tokens the model does not have reads beyond the embedding, a missing matrix is made up at random, and a NaN
gives suggestions that are none. So sizes are checked against what the files hold, by their headers alone:
3 ms for the default model. That all weights are numbers is seen where they are read anyway: when they are
converted or packed, and in the first pass (`finite`), which nearly every weight has a part in.

All ways to a model go through here: `check` before, `refusing` around what loads it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gpt_assistant.engine import safetensors_header
from gpt_assistant.engine.job import ModelUnavailable, ResolveCancelled
from gpt_assistant.engine.safetensors_header import FLOATS, Stored, regular
from gpt_assistant.text.told import Told, said, told

_MEGABYTE = 1 << 20
# The largest in use: config.json 0.1 MB, Gemma's tokenizer.json 33 MB, an index of 500 files 1 MB.
_MOST_BYTES = {"tokenizer.json": 256 * _MEGABYTE, "vocab.json": 64 * _MEGABYTE, "merges.txt": 64 * _MEGABYTE}
_MOST_OTHER = 16 * _MEGABYTE
_READ = (".json", ".jinja", ".txt", ".model", ".spm", ".safetensors")
_COUNTS = re.compile(r"(num_|n_)?(hidden_|encoder_|decoder_)?(layers?|local_experts|routed_experts|experts)")
_PLACES = re.compile(r"n_positions|n_ctx|max_(position_embeddings|sequence_length|source_positions)")
_MOST_PLACES = 1 << 24
_MOST_NUMBER = 1 << 40
_MOST_TENSORS = 250_000  # DeepSeek V3 has 91,000
_CODE = ("attn_implementation", "_attn_implementation", "experts_implementation", "_experts_implementation")
_INDEX = "model.safetensors.index.json"
# Beyond what the files hold: tables of positions, which are computed, and what a version adds.
_SPARE_BYTES, _SPARE_SHARE = 256 * _MEGABYTE, 1.25

Header = dict[str, Stored]


def check(folder: Path) -> Header:
    """Return the tensors of the model in `folder` by name, none of them read.

    Raises ValueError with one line for what must not be loaded, OSError.
    """
    for path in folder.iterdir():
        if path.suffix in _READ and (path.exists() or path.is_symlink()):
            any_size = path.suffix == ".safetensors"
            regular(path, 0 if any_size else _MOST_BYTES.get(path.name, _MOST_OTHER))
    config = settings(folder / "config.json")
    tensors = _tensors(folder)
    _check_numbers(config, tensors)
    _check_table(config, tensors)
    return tensors


def settings(path: Path) -> dict[str, Any]:
    """Return the JSON object in `path`. Raises ValueError with one line if it is none, OSError."""
    regular(path, _MOST_OTHER)
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ValueError(told("{file} is damaged", file=path.name)) from error
    if not isinstance(found, dict):
        raise ValueError(told("{file} holds no settings", file=path.name))
    return found


def weight_files(folder: Path) -> list[Path]:
    """Return the model's own files of weights: all, or those that its index lists.

    Raises ValueError if there are none, or if the index leads out of the folder.
    """
    own = {path.name: path for path in sorted(folder.glob("*.safetensors")) if _is_own(path.name)}
    if not own:
        raise ValueError(told("it has no *.safetensors file"))
    index = folder / _INDEX
    if not index.exists():
        return list(own.values())
    listed = settings(index).get("weight_map")
    if not isinstance(listed, dict) or not all(isinstance(name, str) for name in listed.values()):
        raise ValueError(told("{file} is damaged", file=_INDEX))
    for name in listed.values():
        if name not in own:
            raise ValueError(
                told("{file} lists {name}, which is no file of the model", file=_INDEX, name=name)
            )
    return [own[name] for name in sorted(set(listed.values()))]


def _is_own(name: str) -> bool:
    return not name.startswith(("packed-", "mood-"))


def _tensors(folder: Path) -> Header:
    found: Header = {}
    for path in weight_files(folder):
        header = safetensors_header.read(path)
        if both := found.keys() & header.keys():
            raise ValueError(told("{file} has {tensor} once more", file=path.name, tensor=min(both)))
        found |= header
        if len(found) > _MOST_TENSORS:
            raise ValueError(told("{file} has far too many tensors", file=path.name))
    return found


def _check_numbers(config: Mapping[str, Any], tensors: Header) -> None:
    """Raise ValueError for numbers that no model of these tensors has, and for code from elsewhere."""
    for name, value in _entries(config):
        if name in _CODE and isinstance(value, str) and ("/" in value or ":" in value):
            raise ValueError(told("config.json wants code from elsewhere ({name})", name=value))
        number = type(value) is int or type(value) is float
        if number and not (math.isfinite(value) and abs(value) <= _MOST_NUMBER):
            raise ValueError(_impossible(name, value))
        if _PLACES.fullmatch(name) and value is not None:
            _within(name, value, _MOST_PLACES)
        if _COUNTS.fullmatch(name) and value is not None:
            _within(name, value, len(tensors))
    for name in ("vocab_size", "hidden_size", "num_attention_heads", "num_hidden_layers"):
        if (value := config.get(name)) is not None:
            _within(name, value, _MOST_NUMBER)


def _within(name: str, value: Any, most: int) -> None:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(_impossible(name, value))


def _impossible(name: str, value: object) -> str:
    shown = str(value)[:40]
    return told(
        "config.json states {name} = {value}, which its weights do not bear out", name=name, value=shown
    )


def _entries(config: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield all names with their values, of what is nested too."""
    if depth > 16:
        raise ValueError(told("{file} is damaged", file="config.json"))
    for name, value in config.items():
        yield name, value
        if isinstance(value, dict):
            yield from _entries(value, depth + 1)


def _check_table(config: Mapping[str, Any], tensors: Header) -> None:
    """Raise ValueError unless some table has as many rows as config.json states words, or columns."""
    inner = config.get("text_config")
    stated = [source.get("vocab_size") for source in (config, inner) if isinstance(source, dict)]
    rows = {side for stored in tensors.values() for side in stored.shape}
    for size in stated:
        if size is not None and size not in rows:
            raise ValueError(_impossible("vocab_size", size))


def check_llama(sizes: Mapping[str, Any], names: Mapping[str, tuple[str, ...]], tensors: Header) -> None:
    """Raise ValueError unless `tensors` are those of a Llama-type model of these sizes.

    `sizes` are the fields of lean_weights.Shape; `names` are those of the parts of a layer: what reads the
    same (SOURCES there).
    """
    _check_shape(sizes)
    width, head = sizes["width"], sizes["head_width"]
    inner, few = sizes["heads"] * head, sizes["kv_heads"] * head
    query, key, value = names["qkv"]
    gate, up = names["gate_up"]
    for i in range(sizes["layers"]):
        at = f"model.layers.{i}."
        feed = _stored(tensors, f"{at}{gate}.weight").shape[0]
        rows = {query: inner, key: few, value: few, gate: feed, up: feed}
        matrices = {name: (count, width) for name, count in rows.items()}
        matrices |= {"self_attn.o_proj": (width, inner), "mlp.down_proj": (width, feed)}
        for name, shape in matrices.items():
            _expect(tensors, f"{at}{name}.weight", shape)
            _expect(tensors, f"{at}{name}.bias", shape[:1], optional=True)
        for name in ("input_layernorm", "post_attention_layernorm"):
            _expect(tensors, f"{at}{name}.weight", (width,))
        for name in ("q_norm", "k_norm"):
            _expect(tensors, f"{at}self_attn.{name}.weight", (head,), optional=True)
    table = _stored(tensors, "model.embed_tokens.weight").shape
    _expect(tensors, "model.embed_tokens.weight", (table[0], width))
    _expect(tensors, "lm_head.weight", (table[0], width), optional=True)
    _expect(tensors, "model.norm.weight", (width,))


def _check_shape(sizes: Mapping[str, Any]) -> None:
    for name in ("layers", "width", "heads", "kv_heads", "head_width", "max_positions"):
        if type(sizes[name]) is not int or sizes[name] < 1:
            raise ValueError(_impossible(name, sizes[name]))
    for name in ("epsilon", "rope_theta"):
        value = sizes[name]
        if type(value) not in (int, float) or not (0 < value < math.inf):
            raise ValueError(_impossible(name, value))
    if sizes["heads"] % sizes["kv_heads"] or sizes["head_width"] % 2:
        raise ValueError(_impossible("heads", sizes["heads"]))


def _stored(tensors: Header, name: str) -> Stored:
    if name not in tensors or not tensors[name].shape:
        raise ValueError(told("it lacks {tensor}", tensor=name))
    return tensors[name]


def _expect(tensors: Header, name: str, shape: tuple[int, ...], *, optional: bool = False) -> None:
    if optional and name not in tensors:
        return
    stored = _stored(tensors, name)
    if stored.dtype not in FLOATS:
        raise ValueError(
            told("{tensor} has numbers of the unknown type {dtype}", tensor=name, dtype=stored.dtype)
        )
    if stored.shape != shape or 0 in shape:
        found, wanted = ("×".join(map(str, each)) for each in (stored.shape, shape))
        text = told("{tensor} has the size {found}, not {wanted}", tensor=name, found=found, wanted=wanted)
        raise ValueError(text)


def check_memory(model: Any, tensors: Header) -> None:
    """Raise ValueError if `model`, made without memory, would take far more than its files hold.

    `model` is one of transformers on the device "meta": sizes that config.json states, and no numbers.
    """
    weights = sum(each.numel() for each in model.parameters())
    tables = sum(each.numel() * each.element_size() for each in model.buffers())
    held = sum(stored.count for stored in tensors.values())
    if weights > held * _SPARE_SHARE + _SPARE_BYTES // 4 or tables > _SPARE_BYTES + 4 * held:
        raise ValueError(told("config.json states sizes which its weights do not bear out"))


def check_loaded(report: Mapping[str, Any]) -> None:
    """Raise ValueError if transformers, by its `report`, had to make weights up."""
    for name in ("missing_keys", "mismatched_keys"):
        if found := sorted(map(str, report.get(name) or ())):
            raise ValueError(told("it lacks {tensor}", tensor=found[0]))


@contextmanager
def refusing(folder: Path) -> Iterator[None]:
    """Turn whatever reading the model in `folder` raises into ModelUnavailable with one line.

    The panics of the tokenizers' library among it, which are no Exception. Memory that a GPU lacks passes:
    the caller knows what to do.
    """
    try:
        yield
    except BaseException as error:
        if not says_unreadable(error):
            raise
        raise ModelUnavailable(
            told(
                "The model in {folder} could not be read ({why}). Remove it and fetch it again.",
                folder=str(folder),
                why=reason(error),
            )
        ) from error


def says_unreadable(error: BaseException) -> bool:
    """Return whether `error`, raised while a model is read, is about its files."""
    name = type(error).__name__
    if isinstance(error, ModelUnavailable | ResolveCancelled) or name == "OutOfMemoryError":
        return False
    return isinstance(error, Exception) or name == "PanicException"


def reason(error: BaseException) -> str:
    """Return in a few words, on one line, why something could not be read."""
    text = said(error)
    if isinstance(text, Told):
        return text
    if isinstance(error, KeyError):
        return told("it lacks {tensor}", tensor=str(error.args[0])[:200])
    if isinstance(error, MemoryError):
        return told("there is not enough memory")
    line = next(iter(text.strip().splitlines()), "")[:200]
    return line or type(error).__name__


def finite(logits: Any) -> None:
    """Raise ValueError unless all `logits` of a first pass are numbers."""
    if not bool(logits.isfinite().all()):
        raise ValueError(told("its weights are not all numbers"))
