"""A language model ready for use: its network, its vocabulary and what to tell the person about both.

Llama-type models on the CPU take the compiled kernel (native/) or, where there is none, the lean path
(lean.py); on an NVIDIA GPU the recorded one (static.py).
Neither needs the model classes of transformers nor, for the speed of loading, their import; everything
else takes the plain path (network.py). The packed weights are kept beside the model, so that only its
first load makes them: 1.4 s of packing, and 3 s of importing transformers, against 0.1 s of mapping a file.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from gpt_assistant import paths
from gpt_assistant.engine import blocks, devices, dynamic, gpu_weights, inspection, lean, pretrained
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.lean_weights import SMOOTHED, SOURCES, Shape, check_packed, joined, pack
from gpt_assistant.engine.memory import give_back
from gpt_assistant.engine.model_cache import TOKENIZER_FILES, read_record
from gpt_assistant.engine.native import library
from gpt_assistant.engine.native.network import NativeNetwork
from gpt_assistant.engine.native.weights import Weights, from_gguf, from_packed
from gpt_assistant.engine.network import Network
from gpt_assistant.engine.session import DEFAULT_CHUNK, Session
from gpt_assistant.engine.static import StaticNetwork
from gpt_assistant.engine.tokenizer_bounds import bound
from gpt_assistant.engine.vocabulary import Vocabulary
from gpt_assistant.text.told import told

log = logging.getLogger(__name__)

PACKED_FILE, PACKED_INT4_FILE = "packed-v4.safetensors", "packed-int4-v1.safetensors"
_PACKED = ("auto", "int8", "int4")
_FIRST_PASS = 16  # tokens
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
        self.network.forward(self.vocabulary.start_ids * _FIRST_PASS, cache)
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

        `device` is "auto" or one of devices.py; `dtype` "auto", "float32", "bfloat16", "float16", "int8" or
        "int4". Raises ModelUnavailable with one line that says what to do.
        """
        started = time.perf_counter()
        set_threads(threads)
        chosen = devices.choose_device(device)
        devices.make_current(chosen)
        with inspection.refusing(folder):
            tensors = inspection.check(folder)
            config = inspection.settings(folder / "config.json")
            vocabulary = Vocabulary(_tokenizer(folder), int(config.get("vocab_size") or 0))
            if (shape := Shape.of(config)) is not None:
                inspection.check_llama(asdict(shape), SOURCES, tensors)
            network = _network(folder, config, chosen, dtype, vocabulary)
            _check_first_pass(network, vocabulary)
        bits = getattr(network, "bits", 16)
        form = f"int{bits}" if bits < 16 else str(network.dtype).removeprefix("torch.")
        description = _describe(folder.name, config, network, chosen, form)
        description = replace(description, seconds=time.perf_counter() - started)
        return cls(network, vocabulary, description, folder)


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
    if device == "cpu" and dtype in _PACKED and shape is not None and shape.width % 16 == 0:
        return _on_processor(folder, shape, vocabulary, dtype)
    if device.startswith("cuda") and shape is not None:
        weights = dict(joined(shape, _Tensors(inspection.weight_files(folder))))
        inspection.finite(weights["embedding"].sum(dtype=torch.float32))  # a first pass reads one row of it
        form = _DTYPES.get(dtype, torch.bfloat16)
        return StaticNetwork(shape, weights, torch.device(device), form, _BITS.get(dtype, 16))
    return plain_network(folder, device, dtype)


def _check_first_pass(network: Network, vocabulary: Vocabulary) -> None:
    """Raise ValueError unless the model has all the tokens it may be given, and says numbers.

    Nearly every weight has a part in it, so what is no number shows. With a single token, which sees nothing
    but itself, queries and keys would have none.
    """
    last = max((i for i, token in enumerate(vocabulary.tokens) if token), default=0)
    logits = network.forward(vocabulary.start_ids * _FIRST_PASS, network.empty_cache())
    if max(last, *vocabulary.start_ids) >= logits.shape[-1]:
        raise ValueError(told("its tokenizer has tokens that the model does not have"))
    try:
        inspection.finite(logits)
    except ValueError as error:
        if network.dtype != torch.float16:
            raise
        raise ModelUnavailable(
            told("This model does not work in float16: choose the number format bfloat16, or automatic.")
        ) from error


def _on_processor(folder: Path, shape: Shape, vocabulary: Vocabulary, dtype: str) -> Network:
    """Return a Llama-type model on the CPU, in the compiled kernel where there is one for this machine."""
    kernel = library.kernel()
    found = _kept_blocks(folder, shape) if kernel is not None and dtype != "int8" else None
    if found is not None and dtype == "int4" and found.layers[0].qkv.bits != 4:
        found = None
    if kernel is not None and found is not None:
        return NativeNetwork(shape, found, kernel)
    packed = _packed_weights(folder, shape, vocabulary, dtype)
    if kernel is None:
        return lean.LeanNetwork(shape, packed)
    return NativeNetwork(shape, from_packed(shape, packed), kernel)


def plain_network(folder: Path, device: str, dtype: str = "auto") -> Network:
    """Return the model in `folder` through transformers, packed for "int8" and "int4".

    "auto" is 8 bits on the CPU and bfloat16 elsewhere.
    """
    from transformers import AutoModelForCausalLM  # noqa: PLC0415 (seconds that the lean path saves)

    from gpt_assistant.engine.network import TransformersNetwork  # noqa: PLC0415
    from gpt_assistant.engine.quantize import pack_linear_layers  # noqa: PLC0415

    automatic = torch.float32 if device == "cpu" else torch.bfloat16
    bits = _BITS.get("int8" if dtype == "auto" and device == "cpu" else dtype, 16)
    model = pretrained.load(AutoModelForCausalLM, folder, _DTYPES.get(dtype, automatic))
    parameters = int(model.num_parameters())
    if bits < 16 and device != "cpu":
        at = torch.device(device)
        pack_linear_layers(model, bits, partial(gpu_weights.packed_linear, device=at, dtype=automatic))
    elif bits < 16:
        pack_linear_layers(model, bits)
        _pack_head(model)
        _halve_table(model)
    network = TransformersNetwork(model.to(device), parameters)
    network.bits = bits
    give_back()
    return network


def _pack_head(model: Any) -> None:
    """Multiply the projection onto a large vocabulary by rounded activations, where there are kernels."""
    head: Any = getattr(model, "lm_head", None)
    packed = getattr(head, "packed", None)
    if packed is None or head.bias is not None or len(packed) < _LARGE_VOCABULARY or not dynamic.available():
        return
    model.lm_head = dynamic.DynamicHead(packed, head.scale)


def _halve_table(model: Any) -> None:
    """Keep a large table of the vocabulary in bfloat16; what is read from it is float32 as before.

    With Gemma 3 270M it is two thirds of the weights: 335 MB less.
    """
    table: Any = model.get_input_embeddings()
    if len(table.weight) < _LARGE_VOCABULARY or table.weight.dtype != torch.float32:
        return
    table.weight.data = table.weight.data.to(torch.bfloat16)
    table.register_forward_hook(lambda _table, _ids, rows: rows.float())


def _packed_weights(folder: Path, shape: Shape, vocabulary: Vocabulary, dtype: str) -> dict[str, Tensor]:
    """Return the packed weights, from the file beside the model if it is newer than the model."""
    cached = folder / (PACKED_INT4_FILE if dtype == "int4" else PACKED_FILE)
    packed = _kept_or_packed(folder, shape, vocabulary, cached)
    if dtype == "int8":
        return {name: tensor for name, tensor in packed.items() if ".block" not in name}
    return packed


def _kept_or_packed(folder: Path, shape: Shape, vocabulary: Vocabulary, cached: Path) -> dict[str, Tensor]:
    sources = inspection.weight_files(folder)
    if cached.exists() and cached.stat().st_mtime >= max(p.stat().st_mtime for p in sources):
        try:
            found = load_file(cached)
            check_packed(shape, found)
            return found
        except Exception as error:
            log.warning("packed weights made again, %s: %s", cached, error)
    if cached.name == PACKED_INT4_FILE:
        packed = pack(shape, _Tensors(sources), bits=4)
    else:
        packed = _pack(shape, _Tensors(sources), vocabulary) | _blocks(folder, shape)
    _store(cached, packed)
    return packed


def _pack(shape: Shape, weights: Mapping[str, Tensor], vocabulary: Vocabulary) -> dict[str, Tensor]:
    """Return the packed weights, smoothed on a text of ours where the kernels for that are to be had."""
    if not dynamic.available():
        return pack(shape, weights)
    text = paths.resource("calibration.txt").read_text(encoding="utf-8")
    ids = vocabulary.start_ids + vocabulary.encode(text)[: shape.max_positions - 1]
    packed = pack(shape, lean.smooth(shape, weights, ids))
    packed[SMOOTHED] = torch.ones(1, dtype=torch.float32)
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
            if other.name not in (PACKED_FILE, PACKED_INT4_FILE):
                other.unlink()
    except Exception as error:
        log.warning("packed weights not kept, %s: %s", path, error)
        part.unlink(missing_ok=True)


def _tokenizer(folder: Path) -> Tokenizer:
    file = folder / "tokenizer.json"
    if file.exists():
        try:
            found = Tokenizer.from_file(str(file))
        except Exception as error:
            raise ValueError(f"tokenizer.json: {error}") from error
        bound(found)
        return found
    if not any((folder / name).exists() for name in TOKENIZER_FILES):
        raise ValueError("it has no tokenizer")
    from transformers import AutoTokenizer  # noqa: PLC0415 (only for folders without tokenizer.json)

    slow = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    tokenizer: Tokenizer = slow.backend_tokenizer
    bound(tokenizer)
    return tokenizer


def _describe(name: str, config: Mapping[str, Any], network: Network, device: str, form: str) -> Description:
    architectures = config.get("architectures") or [config.get("model_type", "")]
    return Description(
        name=name,
        architecture=str(architectures[0]),
        device=devices.device_name(device),
        dtype=form,
        parameters=network.parameters(),
        memory=network.memory(),
    )
