"""Tiny random models, written as GGUF with the `gguf` package's own tables and llama.cpp's layout."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import torch
import transformers
from transformers.convert_slow_tokenizer import bytes_to_unicode

_SIZES = {
    "vocab_size": 262,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "max_position_embeddings": 128,
    "bos_token_id": 0,
    "eos_token_id": 1,
    "pad_token_id": 1,
    "rms_norm_eps": 1e-5,
}
_ARCHITECTURES = {
    "llama": (gguf.MODEL_ARCH.LLAMA, "Llama", {"tie_word_embeddings": True}),
    "llama-untied": (gguf.MODEL_ARCH.LLAMA, "Llama", {"tie_word_embeddings": False}),
    "qwen2": (gguf.MODEL_ARCH.QWEN2, "Qwen2", {"tie_word_embeddings": True}),
    "qwen3": (gguf.MODEL_ARCH.QWEN3, "Qwen3", {"tie_word_embeddings": False}),
    "gemma3": (gguf.MODEL_ARCH.GEMMA3, "Gemma3", {"sliding_window": 32}),
}
ARCHITECTURES = tuple(_ARCHITECTURES)


def build(name: str) -> torch.nn.Module:
    """Return a random model whose weights are exact in bfloat16, norms and biases included."""
    torch.manual_seed(7)
    _, family, extra = _ARCHITECTURES[name]
    suffix = "Text" if family == "Gemma3" else ""
    config = getattr(transformers, f"{family}{suffix}Config")(**_SIZES, **extra)
    model = getattr(transformers, f"{family}ForCausalLM")(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_((torch.randn_like(parameter) * 0.2).bfloat16().float())
    return model


def write(
    model: torch.nn.Module, name: str, path: Path, *, pre: str = "smollm", quantized: bool = False
) -> Path:
    """Write `model` to a GGUF file at `path`: in float32, or its matrices in Q8_0."""
    architecture, _, _ = _ARCHITECTURES[name]
    writer = gguf.GGUFWriter(path, gguf.MODEL_ARCH_NAMES[architecture])
    _write_sizes(writer, model.config, name)
    _write_vocabulary(writer, pre)
    names = gguf.get_tensor_name_map(architecture, model.config.num_hidden_layers)
    for key, tensor in model.state_dict().items():
        if key == "lm_head.weight" and model.config.tie_word_embeddings:
            continue
        stem, suffix = key.rsplit(".", 1)
        values = _as_llama_cpp(key, tensor.float().numpy(), model.config, name)
        kind = gguf.GGMLQuantizationType.F32
        if quantized and values.ndim == 2 and values.shape[1] % 32 == 0:
            kind = gguf.GGMLQuantizationType.Q8_0
            values = gguf.quantize(values, kind)
        writer.add_tensor(f"{names.get_name(stem)}.{suffix}", values, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _as_llama_cpp(key: str, values: np.ndarray, config, name: str) -> np.ndarray:
    if name == "gemma3" and key.endswith("norm.weight"):
        return values + 1
    if not name.startswith("llama") or not any(part in key for part in ("q_proj", "k_proj")):
        return values
    heads = config.num_attention_heads if "q_proj" in key else config.num_key_value_heads
    # LlamaModel.permute of llama.cpp's convert_hf_to_gguf.py
    halves = values.reshape(heads, 2, values.shape[0] // heads // 2, *values.shape[1:])
    return np.ascontiguousarray(halves.swapaxes(1, 2).reshape(values.shape))


def _write_sizes(writer: gguf.GGUFWriter, config, name: str) -> None:
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(config.head_dim if name != "qwen2" else 16)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    theta = config.rope_parameters.get("rope_theta") or config.rope_parameters["full_attention"]["rope_theta"]
    writer.add_rope_freq_base(theta)
    if name == "gemma3":
        writer.add_value_length(config.head_dim)
        writer.add_sliding_window(config.sliding_window)


def _write_vocabulary(writer: gguf.GGUFWriter, pre: str) -> None:
    letters = list(bytes_to_unicode().values())
    newline, space = bytes_to_unicode()[10], bytes_to_unicode()[32]
    tokens = ["<|start|>", "<|end|>", *letters, newline + newline, space + "t", "th", "the"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens)
    writer.add_token_types([3, 3] + [1] * (len(tokens) - 2))
    writer.add_token_merges([f"{newline} {newline}", f"{space} t", "t h", "th e"])
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(1)
    writer.add_pad_token_id(1)
    writer.add_add_bos_token(False)
    writer.add_chat_template("{{ messages[0]['content'] }}")
