"""What a model will take in memory, from the headers of its files alone: before it is loaded, or refused.

The headers of safetensors and of GGUF files name every tensor with its sizes, and config.json the layers and
heads, so the weights can be counted for each precision, and the keys and values of texts. What remains is
the process: Python, torch, and for models on the plain path transformers. Measured on the CPU, three texts of
400 tokens being read, resident memory with the estimate in brackets, in MB. The default model: float32 1018
(1049), bfloat16 724 (736), int8 564 (593), int4, which is "auto" there, 460 (497). Gemma 3 270M, on the plain
path: float32 1640 (1619), bfloat16 1099 (1047), int8, "auto" there, 1215 (1151), int4 1182 (1113).

A model is refused only where it clearly does not fit: where its weights and the process alone are more than
can be had now. What would fit only just is loaded; the window says so.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gpt_assistant.engine import inspection, safetensors_header
from gpt_assistant.engine.catalogue import Entry
from gpt_assistant.engine.devices import free_memory
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.memory import used_by_this_process
from gpt_assistant.text.told import told

if TYPE_CHECKING:
    from gpt_assistant.engine.model_cache import ModelFolder

PRECISIONS = ("auto", "float32", "bfloat16", "float16", "int8", "int4")
_FLOATS = {"float32": 4, "bfloat16": 2, "float16": 2}
_BLOCK = 20 / 32  # bytes of a weight in blocks of 4 bits: 16 bytes, a scale and an offset for 32 weights
_FOUR_BITS = 0.5 + 4 / 32
_TABLES = ("embed_tokens.weight", "wte.weight", "shared.weight", "token_embd.weight")
_HEADS = ("lm_head.weight", "output.weight")
_COVERED = frozenset({"llama", "mistral", "qwen2", "qwen3"})  # lean_weights.py, without importing torch
_KEPT = frozenset({2, 3, 8})  # Q4_0, Q4_1, Q8_0: native/packing.py, likewise
_LARGE_TABLE = 50_000_000  # weights: what model.py halves
_PROCESS = 300_000_000  # Python, torch and tokenizers
_TOKEN = 250  # bytes of a token of the vocabulary, in our table and in the tokenizer's
_TRANSFORMERS = 110_000_000  # and its model classes
_CONTEXTS = 3  # features that have a text read at the same time
_TOKENS = 640  # of each


class NotFitting(ModelUnavailable):
    """A model clearly does not fit the memory; the text is one line that says what would."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many weights a model has: in matrices, in the table of the vocabulary, in vectors.

    `tied` if the table serves as the projection onto the vocabulary; if not, `matrices` has that. `rows` are
    those of all matrices together. `blocks` are the bytes of a GGUF file whose blocks can be kept, or 0.
    """

    matrices: int
    table: int
    vectors: int = 0
    tied: bool = True
    rows: int = 0
    blocks: int = 0
    covered: bool = True
    token_bytes: int = 0  # of the keys and values of a token, in float32
    vocabulary: int = 0  # tokens; 0 where that is not known

    @property
    def parameters(self) -> int:
        """Return the number of weights."""
        return self.matrices + self.table + self.vectors


@dataclass(frozen=True, slots=True)
class Footprint:
    """Bytes of memory: of the weights, of the keys and values of texts, of the process around them."""

    weights: int
    texts: int
    process: int

    @property
    def total(self) -> int:
        """Return all of it."""
        return self.weights + self.texts + self.process


def of_entry(entry: Entry) -> Count:
    """Return the count of a model of the catalogue, from what the catalogue says."""
    blocks = entry.file_size if entry.file_name.endswith(".gguf") and entry.covered else 0
    return Count(
        entry.parameters - entry.table,
        entry.table,
        tied=entry.tied,
        blocks=blocks,
        covered=entry.covered,
        token_bytes=entry.token_bytes,
    )


def of_folder(folder: Path, gguf: Path | None = None) -> Count:
    """Return the count of the model in `folder`, with the blocks of the `gguf` file it was made from.

    Raises OSError or ValueError if its headers cannot be read.
    """
    config = inspection.settings(folder / "config.json")
    files = [path for path in sorted(folder.glob("*.safetensors")) if not path.name.startswith("packed-")]
    tensors = {name: about.shape for path in files for name, about in safetensors_header.read(path).items()}
    count = _counted(tensors)
    covered = config.get("model_type") in _COVERED and not config.get("mlp_bias")
    blocks = _block_bytes(gguf) if gguf and covered else 0
    return replace(count, blocks=blocks, covered=covered, token_bytes=_of_token(config))


def counted(found: ModelFolder) -> Count | None:
    """Return the count of a model; None if its files do not say, which loading will complain of."""
    try:
        return of_folder(found.path, found.gguf)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def of_gguf(path: Path) -> Count:
    """Return the count of a model in a GGUF file, from its header. Raises OSError or ValueError."""
    from gpt_assistant.engine import gguf_reader  # noqa: PLC0415 (numpy, for nobody else here)

    file = gguf_reader.read(path)
    count = _counted({tensor.name: tensor.shape for tensor in file.tensors})
    covered = file.architecture in _COVERED
    values = file.metadata
    blocks = _block_bytes(path) if covered else 0
    layers = int(values.get(f"{file.architecture}.block_count", 0))
    kv_heads = int(values.get(f"{file.architecture}.attention.head_count_kv", 0) or 0)
    heads = int(values.get(f"{file.architecture}.attention.head_count", 0) or 1)
    width = int(values.get(f"{file.architecture}.embedding_length", 0))
    token = layers * 2 * (kv_heads or heads) * (width // max(1, heads)) * 4
    return replace(count, blocks=blocks, covered=covered, token_bytes=token)


def _counted(tensors: Mapping[str, tuple[int, ...]]) -> Count:
    matrices = table = vectors = rows = vocabulary = 0
    for name, shape in tensors.items():
        if name.endswith(_TABLES):
            table, vocabulary = max(table, prod(shape)), max(vocabulary, shape[0])
        elif len(shape) < 2:
            vectors += prod(shape)
        else:
            matrices += prod(shape)
            rows += shape[0]
    tied = not any(name.endswith(_HEADS) for name in tensors)
    return Count(matrices, table, vectors, tied, rows, vocabulary=vocabulary)


def _block_bytes(gguf: Path) -> int:
    """Return the bytes of the file's tensors if the kernel keeps its blocks, as weights.py decides it."""
    from gpt_assistant.engine import gguf_reader  # noqa: PLC0415 (as above)

    if not suitable():
        return 0
    try:
        tensors = gguf_reader.read(gguf).tensors
    except (OSError, ValueError):
        return 0
    layers = [t for t in tensors if t.name.startswith("blk.") and len(t.shape) > 1]
    if not all(tensor.ggml_type in _KEPT for tensor in layers):
        return 0
    kept = sum(t.size for t in tensors if t.ggml_type in _KEPT or len(t.shape) < 2)
    return kept + sum(prod(t.shape) for t in tensors if t.ggml_type not in _KEPT and len(t.shape) > 1)


def _of_token(config: Mapping[str, Any]) -> int:
    """Return the bytes of the keys and values of one token in float32."""
    text = config.get("text_config") or config
    layers = text.get("num_hidden_layers") or text.get("n_layer") or text.get("decoder_layers") or 0
    heads = text.get("num_attention_heads") or text.get("n_head") or text.get("decoder_attention_heads") or 1
    width = text.get("hidden_size") or text.get("n_embd") or text.get("d_model") or 0
    kv_heads = text.get("num_key_value_heads") or heads
    head_width = text.get("head_dim") or width // max(1, heads)
    return int(layers * 2 * kv_heads * head_width * 4)


def estimate(count: Count, device: str = "cpu", precision: str = "auto") -> Footprint:
    """Return what a model of `count` takes on `device` ("cpu", "cuda:0", …) at a precision of PRECISIONS.

    On a GPU that is its own memory; the process is in the machine's there.
    """
    on_cpu = device.partition(":")[0] == "cpu"
    lean = count.covered and precision not in _FLOATS
    weights = _on_cpu(count, precision) if on_cpu else _on_gpu(count, precision)
    if on_cpu and lean and not suitable():
        weights *= 2  # torch's own packed form beside the mapped file
    size = 4 if on_cpu and (lean or precision in ("auto", "float32", "int8", "int4")) else 2
    texts = count.token_bytes * size // 4 * _CONTEXTS * _TOKENS
    if not on_cpu:
        return Footprint(weights, texts, 0)
    process = _PROCESS + _TOKEN * count.vocabulary
    return Footprint(weights, texts, process + (0 if lean else _TRANSFORMERS))


def _on_cpu(count: Count, precision: str) -> int:
    """Return the bytes of the weights as model.py holds them on the CPU."""
    if precision in _FLOATS:
        return count.parameters * _FLOATS[precision]
    if precision == "auto" and count.blocks:
        return count.blocks
    if count.covered and precision == "int4" and count.blocks and count.blocks < count.parameters:
        return count.blocks
    four = precision == "int4"
    matrices = round(count.matrices * ((_BLOCK if count.covered else _FOUR_BITS) if four else 1))
    head = count.table if count.tied else 0  # a packed copy of the table, at 8 bits
    table = count.table * (2 if count.covered or count.table > _LARGE_TABLE else 4)
    return matrices + head + table + 4 * count.vectors + 4 * count.rows


def _on_gpu(count: Count, precision: str) -> int:
    if precision in _FLOATS or precision == "auto":
        return count.parameters * _FLOATS.get(precision, 2)
    matrices = count.matrices * (1.0 if precision == "int8" else _FOUR_BITS)
    return round(matrices) + 2 * (count.table + count.vectors) + 2 * count.rows


def suitable() -> bool:
    """Return whether models run in the compiled kernel here, as native/library.py decides it."""
    on = os.environ.get("GPT_ASSISTANT_KERNEL", "auto") != "off"
    return on and sys.platform != "win32" and platform.machine().lower() in ("x86_64", "amd64")


def check(
    name: str,
    count: Count,
    device: str,
    precision: str,
    *,
    freed: int = 0,
    others: Sequence[str] = PRECISIONS[1:],
) -> None:
    """Raise NotFitting if a model clearly does not fit `device` ("cpu", "cuda:0", …).

    `freed` bytes of what is in use now will be free by then. `others` are the precisions to be advised.
    """
    if not (available := free_memory(device)):
        return
    available += freed
    if (needed := _needed(count, device, precision)) <= available:
        return
    fitting = [each for each in others if _needed(count, device, each) <= available]
    values = {"name": name, "needed": needed / 1e9, "free": available / 1e9}
    if fitting:
        raise NotFitting(
            told(
                "{name} needs about {needed:.1f} GB of memory and {free:.1f} GB can be had:"
                " choose the number format {precision}, or a smaller model.",
                **values,
                precision=max(fitting, key=lambda each: _needed(count, device, each)),
            )
        )
    raise NotFitting(
        told(
            "{name} needs about {needed:.1f} GB of memory and {free:.1f} GB can be had:"
            " choose a smaller model, or close other programs.",
            **values,
        )
    )


def _needed(count: Count, device: str, precision: str) -> int:
    """Return the bytes that loading a model will take from now on: the process may have a part already."""
    found = estimate(count, device, precision)
    return found.weights + found.texts // _CONTEXTS + max(0, found.process - used_by_this_process())


def memory_table(count: Count, device: str = "cpu") -> tuple[tuple[str, int], ...]:
    """Return the estimated total for each precision, in the order of the setting."""
    return tuple((name, estimate(count, device, name).total) for name in PRECISIONS)
