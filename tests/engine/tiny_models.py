"""Tiny random models and tokenizers, and what the tests compare the engine with: transformers itself."""

from __future__ import annotations

import copy
import functools
import json
import shutil
import tempfile
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from torch import Tensor

from gpt_assistant.engine.lean import LeanNetwork
from gpt_assistant.engine.lean_weights import Shape, joined, pack
from gpt_assistant.engine.native.library import Kernel
from gpt_assistant.engine.native.network import NativeNetwork
from gpt_assistant.engine.native.weights import from_packed
from gpt_assistant.engine.network import Network
from gpt_assistant.engine.quantize import quantize_rows
from gpt_assistant.engine.static import StaticNetwork

Result = TypeVar("Result")

SIZE = 320
"""How many tokens the tiny models and tokenizers have."""

WINDOW = 8
"""How far the layers with a sliding window see, in tokens."""

_TEXT = (
    "Thank you very much for your letter. I was glad to hear that the weather in the mountains is fine.",
    "The river was wide, and nobody in the village remembered when the bridge had been built.",
    "She couldn't say why; 1984 was the year in which they moved, wasn't it?\nThe end.",
)
_LLAMA_LIKE = {
    "vocab_size": SIZE,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "max_position_embeddings": 160,
    "bos_token_id": 0,
    "eos_token_id": 0,
    "pad_token_id": 0,
}
_GPT2 = {
    "vocab_size": SIZE,
    "n_embd": 64,
    "n_layer": 2,
    "n_head": 4,
    "n_positions": 160,
    "bos_token_id": 0,
    "eos_token_id": 0,
}
_FAMILIES: dict[str, tuple[str, dict[str, Any]]] = {
    "gpt2": ("GPT2", _GPT2),
    "llama": ("Llama", {"tie_word_embeddings": True}),
    "llama-untied": ("Llama", {"tie_word_embeddings": False, "attention_bias": True}),
    "mistral": ("Mistral", {"sliding_window": None}),
    "mistral-window": ("Mistral", {"sliding_window": WINDOW}),
    "qwen2": ("Qwen2", {"tie_word_embeddings": True}),
    "qwen2-untied": ("Qwen2", {"tie_word_embeddings": False}),
    "qwen3": ("Qwen3", {"tie_word_embeddings": True}),
    "qwen3-untied": ("Qwen3", {"tie_word_embeddings": False}),
    "gemma2": ("Gemma2", {"sliding_window": WINDOW, "query_pre_attn_scalar": 16}),
    "gemma3": (
        "Gemma3",
        {
            "sliding_window": WINDOW,
            "layer_types": ["sliding_attention", "full_attention"],
            "query_pre_attn_scalar": 16,
        },
    ),
}
PLAIN = tuple(_FAMILIES)
LEAN = ("llama", "llama-untied", "mistral", "qwen2", "qwen2-untied", "qwen3", "qwen3-untied")


def build(name: str, seed: int = 3, **sizes: Any) -> Any:
    """Return a random model in float32 whose logits depend on every token that a layer sees."""
    family, extra = _FAMILIES[name]
    own = {**({} if name == "gpt2" else _LLAMA_LIKE), **extra, **sizes}
    config_type = getattr(transformers, f"{family}{'Text' if family == 'Gemma3' else ''}Config")
    torch.manual_seed(seed)
    kind = "GPT2LMHeadModel" if name == "gpt2" else f"{family}ForCausalLM"
    model = getattr(transformers, kind)(config_type(**own)).eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if "norm" in key or "ln_" in key:
                centre = 0.0 if family.startswith("Gemma") else 1.0
                parameter.copy_(centre + 0.2 * torch.randn_like(parameter))
            else:
                parameter.copy_(0.15 * torch.randn_like(parameter))
    return model


@functools.cache
def cached_model(name: str) -> Any:
    """Return `build(name)`, the same one at every call; not to be changed."""
    return build(name)


def log_probabilities(model: Any, ids: Iterable[int]) -> Tensor:
    """Return log p (n, vocabulary) after each of `ids` from one plain forward pass, without any cache."""
    with torch.inference_mode():
        logits = model(torch.tensor([list(ids)], device=model.device), use_cache=False).logits[0]
    return logits.float().log_softmax(-1).cpu()


def rounded(model: Any, *, embedding: bool) -> Any:
    """Return a copy of a model whose linear weights are what 8 bits hold of them.

    With `embedding` that is in bfloat16, as the lean path keeps it. A tied head has weights of its own then.
    """
    result = copy.deepcopy(model)
    head = result.get_output_embeddings()
    head.weight = torch.nn.Parameter(head.weight.detach().clone())
    for layer in result.modules():
        if type(layer).__name__ == "Linear":
            layer.weight.data = _rounded_rows(layer.weight.data)
        elif type(layer).__name__ == "Conv1D":
            layer.weight.data = _rounded_rows(layer.weight.data.T).T
    if embedding:
        table = result.get_input_embeddings().weight
        table.data = table.data.bfloat16().float()
    return result


@functools.cache
def cached_rounded(name: str, embedding: bool) -> Any:
    """Return `rounded(build(name))`, the same one at every call; not to be changed."""
    return rounded(cached_model(name), embedding=embedding)


def _rounded_rows(weight: Tensor) -> Tensor:
    packed, scale = quantize_rows(weight)
    return packed.float() * scale.float()[:, None]


def lean_network(model: Any, wide: torch.dtype | None = None) -> LeanNetwork:
    """Return the lean form of a model of transformers, prefilling in the type `wide`."""
    shape = Shape.of(model.config.to_dict())
    assert shape is not None
    return LeanNetwork(shape, lean_weights(model, shape), wide)


def native_network(model: Any, kernel: Kernel) -> NativeNetwork:
    """Return the form of a model of transformers that the kernel computes."""
    shape = Shape.of(model.config.to_dict())
    assert shape is not None
    return NativeNetwork(shape, from_packed(shape, lean_weights(model, shape)), kernel)


@functools.cache
def cached_lean_network(name: str, wide: torch.dtype) -> LeanNetwork:
    """Return the lean form of `build(name)`, prefilling in the type `wide`; the same at every call."""
    return lean_network(cached_model(name), wide)


def static_network(model: Any) -> StaticNetwork:
    """Return a model of transformers in passes of fixed shape, unrecorded, in float32."""
    shape = Shape.of(model.config.to_dict())
    assert shape is not None
    weights = own_weights(model)
    return StaticNetwork(shape, dict(joined(shape, weights)), torch.device("cpu"), torch.float32)


def lean_weights(model: Any, shape: Shape) -> dict[str, Tensor]:
    """Return the packed weights of a model of transformers."""
    return pack(shape, own_weights(model))


def own_weights(model: Any) -> dict[str, Tensor]:
    """Return the weights of a model of transformers as its safetensors files have them."""
    weights = dict(model.state_dict())
    if model.config.tie_word_embeddings:
        del weights["lm_head.weight"]
    return weights


def divergence(reference: Tensor, got: Tensor) -> Tensor:
    """Return KL(reference ‖ got) in nats for rows of log-probabilities."""
    return (reference.exp() * (reference - got)).sum(-1)


@functools.cache
def byte_level_tokenizer(size: int = SIZE) -> Tokenizer:
    """Return a byte-level BPE tokenizer as GPT-2 has it."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=["<|endoftext|>", "<|im_start|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_TEXT, trainer)
    assert tokenizer.get_vocab_size() == size
    return tokenizer


def sentence_piece_tokenizer(size: int = 400) -> Tokenizer:
    """Return a tokenizer in the style of SentencePiece, as Gemma has it: "▁" for a space, bytes as <0xNN>."""
    trained = Tokenizer(models.BPE(unk_token="<unk>"))
    trained.normalizer = normalizers.Replace(" ", "▁")
    trained.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    controls = ["<pad>", "<eos>", "<bos>", "<unk>"]
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[*controls, *(f"<0x{byte:02X}>" for byte in range(256))],
        show_progress=False,
    )
    trained.train_from_iterator(_TEXT, trainer)
    merges = _merges(trained)
    tokenizer = Tokenizer(
        models.BPE(
            vocab=trained.get_vocab(), merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True
        )
    )
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]
    )
    tokenizer.add_special_tokens(controls)
    return tokenizer


def _merges(tokenizer: Tokenizer) -> list[tuple[str, str]]:
    return [tuple(pair) for pair in json.loads(tokenizer.to_str())["model"]["merges"]]


def save(model: Any, folder: Path, tokenizer: Tokenizer | None = None) -> Path:
    """Write a model to `folder` as the hub has it, with a byte-level tokenizer unless another is given."""
    model.save_pretrained(folder, safe_serialization=True)
    (tokenizer or byte_level_tokenizer()).save(str(folder / "tokenizer.json"))
    return folder


@functools.cache
def _saved(name: str) -> tuple[Any, Path]:
    kept = tempfile.TemporaryDirectory(prefix=f"gpt-assistant-{name}-")
    return kept, save(cached_model(name), Path(kept.name))


def saved(name: str, folder: Path) -> Path:
    """Return `folder` with the tiny model `name` in it."""
    shutil.copytree(_saved(name)[1], folder, dirs_exist_ok=True)
    return folder


def drive(steps: Generator[Any, None, Result]) -> Result:
    """Run a generator to its end; return what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            result: Result = stop.value
            return result


@dataclass(frozen=True)
class Subject:
    """A network and the model of transformers that it must agree with.

    `apart` is how far any log-probability may be off; or, if 0, KL may be up to `nats` at each place.
    """

    name: str
    network: Network
    reference: Any
    apart: float = 0.0
    nats: float = 0.0

    def check(self, ids: Sequence[int], got: Tensor) -> None:
        """Assert that `got` is log p of the token after `ids`."""
        self.compare(log_probabilities(self.reference, ids)[-1:], got[None])

    def compare(self, wanted: Tensor, got: Tensor) -> None:
        """Assert that the rows of `got` are those of `wanted`."""
        assert got.shape == wanted.shape
        assert got.dtype == torch.float32
        if self.apart:
            torch.testing.assert_close(got, wanted, atol=self.apart, rtol=0)
        else:
            assert float(divergence(wanted, got).max()) < self.nats
