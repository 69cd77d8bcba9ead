from __future__ import annotations

import re
import struct
from pathlib import Path

import numpy as np
import pytest
import tiny_gguf
import torch
from safetensors.torch import load_file
from tokenizers import pre_tokenizers
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM
from transformers.modeling_gguf_pytorch_utils import load_gguf_checkpoint

from gpt_assistant.engine import convert, gguf_reader
from gpt_assistant.engine.job import Job, ResolveCancelled

TEXTS = (
    "Hello, world! It's a test; isn't it?",
    "  two spaces, a\ttab\nand a line\n\nand a paragraph  ",
    "naïve café — “quoted” … ☕ 😀 👩‍🚀",
    "日本語のテキスト、 العربية עברית हिन्दी Ελληνικά",
    "x=12345; y = 3.14159 in 2024 (v1.0.2)",
    "<|im_start|>user\nWrite.<|im_end|>\n",
    "def f(x):\n    return x ** 2\n",
    "",
)


def job(progress=lambda text, fraction: None, cancelled=lambda: False) -> Job:
    return Job(progress, cancelled)


def converted(gguf: Path, folder: Path) -> Path:
    folder.mkdir()
    convert.convert(gguf, folder, job())
    return folder


@pytest.mark.parametrize("name", tiny_gguf.ARCHITECTURES)
def test_logits_are_those_of_the_model_that_was_written(name: str, tmp_path: Path) -> None:
    model = tiny_gguf.build(name)
    gguf = tiny_gguf.write(model, name, tmp_path / "tiny.gguf")
    assert convert.tensor_names(gguf_reader.read(gguf)) is not None
    loaded = AutoModelForCausalLM.from_pretrained(converted(gguf, tmp_path / "out"), dtype=torch.float32)
    ids = torch.arange(40)[None] % 260
    with torch.no_grad():
        expected, got = model(ids).logits, loaded(ids).logits
    # Only norms of gemma3 differ: 1 + w is rounded to float32 before 1 is taken off again.
    torch.testing.assert_close(got, expected, rtol=1e-4, atol=1e-4)
    assert expected.std() > 0.1


def test_weights_are_those_of_transformers_own_reading(tmp_path: Path) -> None:
    model = tiny_gguf.build("llama")
    gguf = tiny_gguf.write(model, "llama", tmp_path / "tiny.gguf", quantized=True)
    assert any(tensor.ggml_type == 8 for tensor in gguf_reader.read(gguf).tensors)
    weights = load_file(converted(gguf, tmp_path / "out") / convert.WEIGHTS)
    expected = load_gguf_checkpoint(gguf, return_tensors=True, model_to_load=model)["tensors"]
    assert weights.keys() == expected.keys()
    for name, tensor in weights.items():
        assert tensor.dtype == torch.bfloat16
        assert torch.equal(tensor, expected[name].bfloat16()), name


def test_numbers_are_split_off_as_the_file_says(tmp_path: Path) -> None:
    gguf = tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "tiny.gguf", pre="smollm")
    tokenizer = AutoTokenizer.from_pretrained(converted(gguf, tmp_path / "out"))
    assert tokenizer.tokenize("the\n\n12") == ["the", "ĊĊ", "1", "2"]
    assert tokenizer.tokenize(" the") == ["Ġt", "h", "e"]
    assert tokenizer.decode(tokenizer("é\n\n1 <|end|>").input_ids) == "é\n\n1 <|end|>"
    assert (tokenizer.bos_token, tokenizer.eos_token, tokenizer.pad_token) == (
        "<|start|>",
        "<|end|>",
        "<|end|>",
    )
    assert tokenizer("a<|end|>").input_ids[-1] == 1
    assert tokenizer.apply_chat_template([{"role": "user", "content": "x"}], tokenize=False) == "x"


def test_other_tokenizers_are_left_to_transformers(tmp_path: Path) -> None:
    gguf = tiny_gguf.write(tiny_gguf.build("qwen2"), "qwen2", tmp_path / "tiny.gguf", pre="qwen2")
    tokenizer = AutoTokenizer.from_pretrained(converted(gguf, tmp_path / "out"))
    assert tokenizer.decode(tokenizer("the thé 12").input_ids) == "the thé 12"


def test_progress_rises_to_one_and_cancel_stops_between_tensors(tmp_path: Path) -> None:
    gguf = tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "tiny.gguf")
    seen: list[float] = []
    (tmp_path / "out").mkdir()
    convert.convert(gguf, tmp_path / "out", job(lambda text, fraction: seen.append(fraction)))
    assert seen == sorted(seen)
    assert seen[-1] == 1
    assert len(set(seen)) > 10

    seen.clear()
    with pytest.raises(ResolveCancelled):
        convert.convert(
            gguf, tmp_path / "out", job(lambda text, fraction: seen.append(fraction), lambda: len(seen) >= 5)
        )
    assert len(seen) == 5


@pytest.mark.parametrize("keep", [0, 3, 100, 2000, -1])
def test_a_cut_file_is_refused_in_one_line(tmp_path: Path, keep: int) -> None:
    whole = tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "tiny.gguf").read_bytes()
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(whole[:keep])
    with pytest.raises(ValueError, match=r"^cut\.gguf (is|does)[^\n]*$"):
        gguf_reader.read(cut)


@pytest.mark.parametrize("at", range(24, 1500, 61))
def test_a_damaged_header_is_refused_or_read_but_never_breaks(tmp_path: Path, at: int) -> None:
    data = bytearray(tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "t.gguf").read_bytes())
    data[at : at + 8] = struct.pack("<Q", 2**63 + 5)
    (tmp_path / "t.gguf").write_bytes(data)
    problem = "t.gguf can be read"
    try:
        gguf_reader.read(tmp_path / "t.gguf")
    except ValueError as error:
        problem = str(error)
    assert re.fullmatch(r"t\.gguf [^\n]+", problem)


def test_an_architecture_without_tables_needs_accelerate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gguf = tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "tiny.gguf")
    monkeypatch.setattr(convert, "tensor_names", lambda file: None)
    monkeypatch.setattr("transformers.modeling_utils.is_accelerate_available", lambda: False)
    (tmp_path / "out").mkdir()
    with pytest.raises(ImportError, match=r"^accelerate$"):
        convert.convert(gguf, tmp_path / "out", job())


def test_rope_scaling_is_not_dropped_silently(tmp_path: Path) -> None:
    file = gguf_reader.read(tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "tiny.gguf"))
    assert convert.tensor_names(file)
    file.metadata["llama.rope.scaling.type"] = "yarn"
    assert convert.tensor_names(file) is None


# The real default model


def test_default_model_equals_transformers_own_reading(default_model: Path) -> None:
    (gguf,) = default_model.glob("*.gguf")
    weights = load_file(default_model / convert.WEIGHTS)
    with torch.device("meta"):
        model = LlamaForCausalLM(LlamaConfig.from_pretrained(default_model))
    expected = load_gguf_checkpoint(gguf, return_tensors=True, model_to_load=model)
    assert weights.keys() == expected["tensors"].keys()
    for name, tensor in weights.items():
        assert torch.equal(tensor, expected["tensors"][name].bfloat16()), name
    config = AutoConfig.from_pretrained(default_model)
    for name, value in expected["config"].items():
        if name not in ("_model_name_or_path", "rope_theta", "unk_token_id"):
            assert getattr(config, name) == value, name
    assert config.rope_parameters["rope_theta"] == expected["config"]["rope_theta"]


def test_default_tokenizer_equals_transformers_but_for_the_digits(
    default_model: Path, tmp_path: Path
) -> None:
    (kept,) = default_model.glob("*.gguf")
    gguf = tmp_path / kept.name  # alone, or transformers reads the tokenizer.json beside it instead
    gguf.symlink_to(kept)
    mine = AutoTokenizer.from_pretrained(default_model)
    theirs = AutoTokenizer.from_pretrained(tmp_path, gguf_file=gguf.name)
    for text in TEXTS:
        assert mine(text).input_ids == theirs(text).input_ids, text
        assert mine.decode(mine(text).input_ids) == text
    assert mine.special_tokens_map == theirs.special_tokens_map
    assert mine.chat_template == theirs.chat_template
    numbered = "Plan\n\n1. Begin\n\n2. End  12 x²³"
    assert mine(numbered).input_ids != theirs(numbered).input_ids
    theirs.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    assert mine(numbered).input_ids == theirs(numbered).input_ids


def test_row_order_is_a_permutation_within_each_head(default_model: Path) -> None:
    file = gguf_reader.read(next(default_model.glob("*.gguf")))
    query = next(tensor for tensor in file.tensors if tensor.name == "blk.0.attn_q.weight")
    order = convert.row_order(file, query)
    assert order is not None
    for head in range(9):
        assert np.array_equal(
            np.sort(order[64 * head : 64 * head + 64]), np.arange(64 * head, 64 * head + 64)
        )
