"""A language model ready for use: its network, its vocabulary and what to tell the person about both.

Llama-type models on the CPU take the compiled kernel (native/) or, where there is none, the lean path
(lean.py); on an NVIDIA GPU the recorded one (static.py).
Neither needs the model classes of transformers nor, for the speed of loading, their import; everything
else takes the plain path (network.py). The packed weights are kept beside the model, so that only its
first load makes them: 1.4 s of packing, and 3 s of importing transformers, against 0.1 s of mapping a file.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from gpt_assistant import paths
from gpt_assistant.engine import blocks, dynamic, lean
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.lean_weights import SMOOTHED, Shape, joined, pack
from gpt_assistant.engine.model_cache import TOKENIZER_FILES, read_record
from gpt_assistant.engine.native import library
from gpt_assistant.engine.native.network import NativeNetwork
from gpt_assistant.engine.native.weights import Weights, from_gguf, from_packed
from gpt_assistant.engine.network import Network
from gpt_assistant.engine.session import DEFAULT_CHUNK, Session
from gpt_assistant.engine.static import StaticNetwork
from gpt_assistant.engine.vocabulary import Vocabulary
from gpt_assistant.text.told import told

log = logging.getLogger(__name__)

PACKED_FILE = "packed-v4.safetensors"
_LARGE_VOCABULARY = 100_000
_BITS = {"int8": 8, "int4": 4}
_DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}


@dataclass(frozen=True, slots=True)
class Description:
    """What the window and the command line say of a loaded model. `memory` is bytes of weights."""

    name: str
    architecture: str
    device: str
    dtype: str
    parameters: int
    memory: int
    seconds: float = 0.0


class LanguageModel:
    """A causal language model with its vocabulary. Features read through sessions of their own."""

    def __init__(
        self, network: Network, vocabulary: Vocabulary, description: Description, folder: Path
    ) -> None:
        self.network = network
        self.folder = folder
        self.vocabulary = vocabulary
        self.description = description
        self._sessions: dict[str, Session] = {}

    def session(self, name: str, chunk: int = DEFAULT_CHUNK) -> Session:
        """Return the session that the feature `name` keeps, made on first use."""
        if name not in self._sessions:
            self._sessions[name] = Session(self.network, chunk)
        return self._sessions[name]

    def forget(self) -> None:
        """Drop all keys and values, so that nothing read before can be told from what comes next."""
        self._sessions.clear()

    def warm_up(self) -> None:
        """Run one small pass, so that the first request does not pay for reading the weights from disk."""
        cache = self.network.empty_cache()
        self.network.forward(self.vocabulary.start_ids * 16, cache)
        self.network.forward(self.vocabulary.start_ids, cache)

    def moved_to_cpu(self) -> LanguageModel:
        """Return the same model on the CPU, having given the GPU's memory back first."""
        self._sessions.clear()
        del self.network
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return LanguageModel.load(self.folder, device="cpu")

    @classmethod
    def load(
        cls, folder: Path, *, device: str = "auto", dtype: str = "auto", threads: int = 0
    ) -> LanguageModel:
        """Load the model in `folder` (config.json, tokenizer, *.safetensors).

        `device` is "auto" (cuda, else mps, else cpu) or one of them; `dtype` "auto", "float32", "bfloat16"
        or "float16". Raises ModelUnavailable with one line that says what to do.
        """
        started = time.perf_counter()
        set_threads(threads)
        chosen = choose_device(device)
        try:
            config = json.loads((folder / "config.json").read_bytes())
            if not isinstance(config, dict):
                raise ValueError("config.json holds no settings")
            vocabulary = Vocabulary(_tokenizer(folder), int(config.get("vocab_size") or 0))
            network = _network(folder, config, chosen, dtype, vocabulary)
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            if isinstance(error, torch.OutOfMemoryError):
                raise
            line = str(error).strip().split("\n")[0]
            raise ModelUnavailable(
                told(
                    "The model in {folder} could not be read ({why}). Remove it and fetch it again.",
                    folder=str(folder),
                    why=line,
                )
            ) from error
        packed = chosen == "cpu" and dtype == "auto"
        form = f"int{getattr(network, 'bits', 8)}" if packed else str(network.dtype).removeprefix("torch.")
        description = _describe(folder.name, config, network, chosen, form)
        description = replace(description, seconds=time.perf_counter() - started)
        return cls(network, vocabulary, description, folder)


def choose_device(wanted: str) -> str:
    """Return "cuda", "mps" or "cpu". Raises ModelUnavailable if `wanted` is not on this machine."""
    available = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if wanted == "auto":
        return next(name for name in ("cuda", "mps", "cpu") if available[name])
    if not available.get(wanted):
        text = told('This machine has no device "{device}". Set the device to auto or cpu.', device=wanted)
        raise ModelUnavailable(text)
    return wanted


def set_threads(wanted: int) -> None:
    """Compute with `wanted` threads; 0 leaves a core to the window and takes up to 8.

    Two threads on two cores are a third faster while nothing else runs and ten times slower as soon as
    something does: they wait for each other at every product (measured: 250 against 3200 ms).
    """
    torch.set_num_threads(wanted or min(8, max(1, (os.cpu_count() or 1) - 1)))


def _network(
    folder: Path, config: Mapping[str, Any], device: str, dtype: str, vocabulary: Vocabulary
) -> Network:
    shape = Shape.of(config)
    if device == "cpu" and dtype == "auto" and shape is not None and shape.width % 16 == 0:
        return _on_processor(folder, shape, vocabulary)
    if device == "cuda" and shape is not None:
        weights = dict(joined(shape, _Tensors(_weight_files(folder))))
        form = _DTYPES.get(dtype, torch.bfloat16)
        return StaticNetwork(shape, weights, torch.device(device), form, _BITS.get(dtype, 16))
    return plain_network(folder, device, dtype)


def _on_processor(folder: Path, shape: Shape, vocabulary: Vocabulary) -> Network:
    """Return a Llama-type model on the CPU, in the compiled kernel where there is one for this machine."""
    if (kernel := library.kernel()) is None:
        return lean.LeanNetwork(shape, _packed_weights(folder, shape, vocabulary))
    found = _kept_blocks(folder, shape)
    return NativeNetwork(
        shape, found or from_packed(shape, _packed_weights(folder, shape, vocabulary)), kernel
    )


def plain_network(folder: Path, device: str, dtype: str = "auto") -> Network:
    """Return the model in `folder` through transformers; packed to 8 bits on the CPU if `dtype` is auto."""
    from transformers import AutoModelForCausalLM  # noqa: PLC0415 (seconds that the lean path saves)
    from transformers.utils import logging as transformers_logging  # noqa: PLC0415

    from gpt_assistant.engine.network import TransformersNetwork  # noqa: PLC0415
    from gpt_assistant.engine.quantize import pack_linear_layers  # noqa: PLC0415

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    automatic = torch.float32 if device == "cpu" else torch.bfloat16
    model: Any = AutoModelForCausalLM.from_pretrained(
        folder, dtype=_DTYPES.get(dtype, automatic), use_safetensors=True, local_files_only=True
    )
    parameters = int(model.num_parameters())
    if device == "cpu" and dtype == "auto":
        pack_linear_layers(model)
        _pack_head(model)
    return TransformersNetwork(model.to(device), parameters)


def _pack_head(model: Any) -> None:
    """Multiply the projection onto a large vocabulary by rounded activations, where there are kernels."""
    head: Any = getattr(model, "lm_head", None)
    packed = getattr(head, "packed", None)
    if packed is None or head.bias is not None or len(packed) < _LARGE_VOCABULARY or not dynamic.available():
        return
    model.lm_head = dynamic.DynamicHead(packed, head.scale)


def _packed_weights(folder: Path, shape: Shape, vocabulary: Vocabulary) -> dict[str, Tensor]:
    """Return the packed weights, from the file beside the model if it is newer than the model."""
    cached = folder / PACKED_FILE
    sources = _weight_files(folder)
    if cached.exists() and cached.stat().st_mtime >= max(p.stat().st_mtime for p in sources):
        try:
            return load_file(cached)
        except Exception as error:
            log.warning("packed weights made again, %s: %s", cached, error)
    packed = _pack(shape, _Tensors(sources), vocabulary)
    packed |= _blocks(folder, shape)
    _store(cached, packed)
    return packed


def _weight_files(folder: Path) -> list[Path]:
    """Return the model's own files of weights. Raises ValueError if there are none."""
    files = sorted(p for p in folder.glob("*.safetensors") if not p.name.startswith("packed-"))
    if not files:
        raise ValueError("it has no *.safetensors file")
    return files


def _pack(shape: Shape, weights: Mapping[str, Tensor], vocabulary: Vocabulary) -> dict[str, Tensor]:
    """Return the packed weights, smoothed on a text of ours where the kernels for that are to be had."""
    if not dynamic.available():
        return pack(shape, weights)
    text = paths.resource("calibration.txt").read_text(encoding="utf-8")
    ids = vocabulary.start_ids + vocabulary.encode(text)[: shape.max_positions - 1]
    packed = pack(shape, lean.smooth(shape, weights, ids))
    packed[SMOOTHED] = torch.ones(1)
    return packed


def _gguf(folder: Path) -> Path | None:
    """Return the GGUF file that the model was made from, if it is still there."""
    record = read_record(folder)
    return gguf if record and record.gguf and (gguf := folder / record.gguf).is_file() else None


def _kept_blocks(folder: Path, shape: Shape) -> Weights | None:
    """Return the weights as the GGUF file has them; None if there is none, or none that the kernel takes."""
    if (gguf := _gguf(folder)) is None:
        return None
    try:
        return from_gguf(gguf, shape)
    except (OSError, ValueError, KeyError) as error:
        log.warning("blocks not used, %s: %s", gguf, error)
        return None


def _blocks(folder: Path, shape: Shape) -> dict[str, Tensor]:
    """Return the 4-bit blocks of the GGUF file for lean.py, as far as there are any."""
    if (gguf := _gguf(folder)) is None:
        return {}
    try:
        return dict(blocks.read(gguf, shape.layers))
    except (OSError, ValueError) as error:
        log.warning("blocks not used, %s: %s", gguf, error)
        return {}


class _Tensors(Mapping[str, Tensor]):
    """The tensors of several safetensors files, read when they are asked for."""

    def __init__(self, files: list[Path]) -> None:
        opened: list[Any] = [safe_open(file, framework="pt") for file in files]
        self._file_of = {name: file for file in opened for name in file.keys()}  # noqa: SIM118

    def __getitem__(self, name: str) -> Tensor:
        tensor: Tensor = self._file_of[name].get_tensor(name)
        return tensor

    def __iter__(self) -> Iterator[str]:
        return iter(self._file_of)

    def __len__(self) -> int:
        return len(self._file_of)


def _store(path: Path, packed: dict[str, Tensor]) -> None:
    """Write the packed weights whole or not at all; a full disk or a read-only folder only costs time."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        save_file({name: tensor.contiguous() for name, tensor in packed.items()}, part)
        part.replace(path)
        for other in path.parent.glob("packed-*.safetensors"):  # of earlier versions
            if other != path:
                other.unlink()
    except Exception as error:
        log.warning("packed weights not kept, %s: %s", path, error)
        part.unlink(missing_ok=True)


def _tokenizer(folder: Path) -> Tokenizer:
    file = folder / "tokenizer.json"
    if file.exists():
        try:
            return Tokenizer.from_file(str(file))
        except Exception as error:
            raise ValueError(f"tokenizer.json: {error}") from error
    if not any((folder / name).exists() for name in TOKENIZER_FILES):
        raise ValueError("it has no tokenizer")
    from transformers import AutoTokenizer  # noqa: PLC0415 (only for folders without tokenizer.json)

    slow = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    tokenizer: Tokenizer = slow.backend_tokenizer
    return tokenizer


def _describe(name: str, config: Mapping[str, Any], network: Network, device: str, form: str) -> Description:
    architectures = config.get("architectures") or [config.get("model_type", "")]
    return Description(
        name=name,
        architecture=str(architectures[0]),
        device=torch.cuda.get_device_name() if device == "cuda" else device,
        dtype=form,
        parameters=network.parameters(),
        memory=network.memory(),
    )
