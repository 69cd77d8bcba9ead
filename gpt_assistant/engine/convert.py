"""Turns a GGUF file into a folder that transformers loads at once: bfloat16 safetensors, config, tokenizer.

transformers reads GGUF itself, in 22 to 32 s for the default model on two cores, most of it in making
an array of every token. Here the header is read once (0.1 s) and one tensor after the other goes
through the dequantisation of the `gguf` package into the file: 4 s, in the memory of one tensor, and
it can be stopped between tensors. What is not in the tables below is left to transformers.

One difference is on purpose. The default model's file says `tokenizer.ggml.pre = smollm`: digits are
split off before anything else. transformers does not know that name and falls back to GPT-2's rule,
which cuts the white space before a number in a way that the model never saw in training: "\\n\\n1"
becomes three tokens instead of two. Here it is cut as in the model's own tokenizer. Measured on a page
with numbered lists and years, the model finds the same text likelier so, by 343 nats against 367.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gpt_assistant.engine.gguf_reader import GgufFile, TensorInfo, read
from gpt_assistant.engine.job import Job
from gpt_assistant.text.told import told

if TYPE_CHECKING:
    import numpy as np


WEIGHTS = "model.safetensors"

_NAMES = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_GEMMA_NAMES = _NAMES | {
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
}
_OUTER_NAMES = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
_LAYER_NAMES = {"llama": _NAMES, "qwen2": _NAMES, "qwen3": _NAMES, "gemma3": _GEMMA_NAMES}
_MODEL_CLASSES = {
    "llama": "LlamaForCausalLM",
    "qwen2": "Qwen2ForCausalLM",
    "qwen3": "Qwen3ForCausalLM",
}
_BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
_DIGITS = {"type": "Digits", "individual_digits": True}
_SPLITS = {
    "smollm": {"type": "Sequence", "pretokenizers": [_DIGITS, _BYTE_LEVEL]},
    "gpt-2": _BYTE_LEVEL,
}
_LARGE_VOCABULARY = 100_000
_MOST_POSITIONS = 1 << 24
_CONTROL, _USER_DEFINED = 3, 4


def convert(gguf: Path, folder: Path, job: Job) -> None:
    """Write config, tokenizer and weights of the model in `gguf` into the existing `folder`.

    Raises ValueError with one line for a file that cannot be read, ResolveCancelled, OSError, and
    ImportError naming a package that transformers needs for a rare architecture.
    """
    file = read(gguf)
    check_sizes(file)
    large = len(file.metadata["tokenizer.ggml.tokens"]) > _LARGE_VOCABULARY
    job.report(told("Reading the vocabulary (about a minute)" if large else "Reading the vocabulary"), 0.0)
    write_tokenizer(file, folder)
    job.check()
    names = tensor_names(file)
    if names is None:
        _convert_with_transformers(gguf, folder, job)
        return
    write_config(file, folder)
    write_weights(file, names, folder / WEIGHTS, job)
    job.report(told("Model converted"), 1.0)


def check_sizes(file: GgufFile) -> None:
    """Raise ValueError unless the sizes in the header are those of the tensors: memory is asked for by it."""
    data, sides = file.metadata, {side for tensor in file.tensors for side in tensor.shape}
    tokens = data.get("tokenizer.ggml.tokens")
    if not isinstance(tokens, list) or not all(isinstance(token, str) for token in tokens):
        raise ValueError("it has no vocabulary")
    layers = {tensor.name.split(".")[1] for tensor in file.tensors if tensor.name.startswith("blk.")}
    stated: dict[str, Container[int]] = {
        "block_count": {len(layers)},
        "embedding_length": sides,
        "feed_forward_length": sides,
        "context_length": range(1, _MOST_POSITIONS),
        "attention.head_count": range(1, max(sides, default=0) + 1),
    }
    for name, possible in stated.items():
        value = data.get(f"{file.architecture}.{name}")
        for each in value if isinstance(value, list) else [value]:
            if type(each) is not int or each not in possible:
                raise ValueError(f"it states {name} = {str(each)[:40]}, which its weights do not bear out")


def tensor_names(file: GgufFile) -> dict[str, str] | None:
    """Return the name in transformers of each tensor in `file`; None if one has none here."""
    layer_names = _LAYER_NAMES.get(file.architecture)
    scaling = file.metadata.get(f"{file.architecture}.rope.scaling.type", "none")
    if layer_names is None or scaling != "none":
        return None
    found = {}
    for tensor in file.tensors:
        name = _OUTER_NAMES.get(tensor.name) or _layer_name(tensor.name, layer_names)
        if name is None:
            return None
        found[tensor.name] = name
    return found


def _layer_name(name: str, table: dict[str, str]) -> str | None:
    match = re.fullmatch(r"blk\.(\d+)\.(\w+)\.(weight|bias)", name)
    if match is None or match[2] not in table:
        return None
    return f"model.layers.{match[1]}.{table[match[2]]}.{match[3]}"


def row_order(file: GgufFile, tensor: TensorInfo) -> np.ndarray[Any, Any] | None:
    """Return which stored row each row in transformers comes from; None where they are the same.

    llama.cpp interleaves the two halves of each head's query and key rows (for its rotary embedding),
    for the Llama architecture alone.
    """
    import numpy as np  # noqa: PLC0415

    if file.architecture != "llama" or not re.search(r"\.attn_[qk]\.", tensor.name):
        return None
    heads = int(file.metadata["llama.attention.head_count"])
    if ".attn_k." in tensor.name:
        heads = int(file.metadata.get("llama.attention.head_count_kv", heads))
    rows = np.arange(tensor.shape[0])
    order: np.ndarray[Any, Any] = rows.reshape(heads, -1, 2).swapaxes(1, 2).reshape(-1)
    return order


def write_weights(file: GgufFile, names: dict[str, str], path: Path, job: Job) -> None:
    """Write all tensors as bfloat16 to a safetensors file at `path`, one at a time.

    The format (https://github.com/huggingface/safetensors#format) is the size of a JSON header in
    eight bytes, the header, and the tensors; writing it here keeps one tensor in memory, not all.
    """
    total = sum(tensor.size for tensor in file.tensors)
    done = 0
    with path.open("wb") as out:
        out.write(_safetensors_header(file, names))
        for tensor in file.tensors:
            job.report(told("Preparing the model (only this once)"), done / total)
            out.write(_as_bfloat16(file, tensor))
            done += tensor.size
        out.flush()
        os.fsync(out.fileno())


def _safetensors_header(file: GgufFile, names: dict[str, str]) -> bytes:
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    position = 0
    for tensor in file.tensors:
        size = 2
        for length in tensor.shape:
            size *= length
        header[names[tensor.name]] = {
            "dtype": "BF16",
            "shape": list(tensor.shape),
            "data_offsets": [position, position + size],
        }
        position += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text


def _as_bfloat16(file: GgufFile, tensor: TensorInfo) -> bytes:
    import numpy as np  # noqa: PLC0415
    import torch  # noqa: PLC0415

    values = file.values(tensor)
    if not np.isfinite(values).all():
        raise ValueError(f"{tensor.name} has what is no number")
    order = row_order(file, tensor)
    if order is not None:
        values = values[order]
    if file.architecture == "gemma3" and tensor.name.endswith("norm.weight"):
        values = values - 1  # stored as 1 + w
    rounded = torch.from_numpy(values).to(torch.bfloat16)
    return rounded.view(torch.int16).numpy().tobytes()


def write_config(file: GgufFile, folder: Path) -> None:
    """Write config.json and generation_config.json."""
    from transformers import AutoConfig, GenerationConfig  # noqa: PLC0415

    if file.architecture in _MODEL_CLASSES:
        config = AutoConfig.for_model(file.architecture, **_config_values(file))
    else:
        config = AutoConfig.from_pretrained(str(file.path.parent), gguf_file=file.path.name)
        config.dtype = "bfloat16"
    config.save_pretrained(folder)
    GenerationConfig.from_model_config(config).save_pretrained(folder)


def _config_values(file: GgufFile) -> dict[str, Any]:
    data = file.metadata

    def value(key: str, default: Any = None) -> Any:
        return data.get(f"{file.architecture}.{key}", default)

    heads = value("attention.head_count")
    names = {tensor.name for tensor in file.tensors}
    head_size = value("attention.key_length") or value("rope.dimension_count")
    values = {
        "architectures": [_MODEL_CLASSES[file.architecture]],
        "attention_bias": "blk.0.attn_q.bias" in names,
        "bos_token_id": data.get("tokenizer.ggml.bos_token_id"),
        "dtype": "bfloat16",
        "eos_token_id": data.get("tokenizer.ggml.eos_token_id"),
        "head_dim": head_size or value("embedding_length") // heads,
        "hidden_size": value("embedding_length"),
        "intermediate_size": value("feed_forward_length"),
        "max_position_embeddings": value("context_length"),
        "num_attention_heads": heads,
        "num_hidden_layers": value("block_count"),
        "num_key_value_heads": value("attention.head_count_kv", heads),
        "pad_token_id": data.get("tokenizer.ggml.padding_token_id"),
        "rms_norm_eps": value("attention.layer_norm_rms_epsilon"),
        "rope_parameters": {"rope_type": "default", "rope_theta": value("rope.freq_base", 10000.0)},
        "tie_word_embeddings": "output.weight" not in names,
        "vocab_size": len(data["tokenizer.ggml.tokens"]),
    }
    if file.architecture != "llama":
        del values["attention_bias"]  # Qwen's classes settle that themselves
    return values


def write_tokenizer(file: GgufFile, folder: Path) -> None:
    """Write the tokenizer's files. Raises ValueError if the file holds no tokenizer that can be rebuilt."""
    data = file.metadata
    own = data.get("tokenizer.ggml.model") == "gpt2" and data.get("tokenizer.ggml.pre") in _SPLITS
    if not own or data.get("tokenizer.ggml.add_bos_token"):
        _tokenizer_from_transformers(file.path, folder)
        return
    tokens = data["tokenizer.ggml.tokens"]
    _write_json(folder / "tokenizer.json", _byte_level_tokenizer(data, tokens))
    settings = {
        "add_prefix_space": False,
        "clean_up_tokenization_spaces": False,
        "model_max_length": data[f"{file.architecture}.context_length"],
        "tokenizer_class": "PreTrainedTokenizerFast",
    }
    for name, key in (("bos", "bos"), ("eos", "eos"), ("unk", "unknown"), ("pad", "padding")):
        if (index := data.get(f"tokenizer.ggml.{key}_token_id")) is not None:
            settings[f"{name}_token"] = tokens[index]
    _write_json(folder / "tokenizer_config.json", settings)
    if template := data.get("tokenizer.chat_template"):
        (folder / "chat_template.jinja").write_text(template, encoding="utf-8", newline="\n")


def _byte_level_tokenizer(data: dict[str, Any], tokens: list[str]) -> dict[str, Any]:
    """Return tokenizer.json for a byte-level BPE vocabulary."""
    kinds = data.get("tokenizer.ggml.token_type") or [1] * len(tokens)
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    added = [
        {"id": index, "content": token, **flags, "special": kind == _CONTROL}
        for index, (token, kind) in enumerate(zip(tokens, kinds, strict=True))
        if kind in (_CONTROL, _USER_DEFINED)
    ]
    model = {
        "type": "BPE",
        "dropout": None,
        "unk_token": None,
        "continuing_subword_prefix": "",
        "end_of_word_suffix": "",
        "fuse_unk": False,
        "byte_fallback": False,
        "ignore_merges": False,
        "vocab": {token: index for index, token in enumerate(tokens)},
        "merges": [merge.split(" ") for merge in data["tokenizer.ggml.merges"]],
    }
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": _SPLITS[data["tokenizer.ggml.pre"]],
        "post_processor": None,
        "decoder": _BYTE_LEVEL,
        "model": model,
    }


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")


def _tokenizer_from_transformers(gguf: Path, folder: Path) -> None:
    from transformers import AutoTokenizer  # noqa: PLC0415

    with _quiet():
        tokenizer = AutoTokenizer.from_pretrained(
            str(gguf.parent), gguf_file=gguf.name, trust_remote_code=False
        )
    tokenizer.save_pretrained(folder)


def _convert_with_transformers(gguf: Path, folder: Path, job: Job) -> None:
    import torch  # noqa: PLC0415
    from transformers import AutoModelForCausalLM  # noqa: PLC0415

    job.report(told("Preparing the model (only this once, some minutes)"), -1.0)
    with _quiet():
        try:
            model = AutoModelForCausalLM.from_pretrained(
                str(gguf.parent), gguf_file=gguf.name, dtype=torch.bfloat16, trust_remote_code=False
            )
        except ValueError as error:
            if "accelerate" in str(error):
                raise ImportError("accelerate") from error
            raise
        for name, weights in model.named_parameters():
            if not bool(weights.isfinite().all()):
                raise ValueError(f"{name} has what is no number")
        model.save_pretrained(folder)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers' progress bars off standard error meanwhile."""
    from transformers.utils import logging  # noqa: PLC0415

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
