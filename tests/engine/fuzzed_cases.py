"""The broken and malicious models, made from tiny ones: by hand, by what went wrong before, and at random."""

from __future__ import annotations

import json
import os
import random
import shutil
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fuzzed_gguf
import torch
from fuzzed_changes import (
    Change,
    config,
    entry,
    index,
    number,
    pickled,
    replaced,
    settings,
    sparse,
    tensors,
    together,
    tokenizer,
    void,
    weights,
    written,
    zipped,
)
from safetensors.torch import load_file, save_file

from gpt_assistant.engine.lean_weights import Shape, pack

REFUSED, EITHER = "refused", "either"
NATIVE, LEAN, PLAIN = "native", "lean", "plain"
"""How a Llama-type model runs: in the compiled kernel, in torch, through transformers."""

DEFAULT = "default.gguf"
"""The file of the default model; it is left out where it is not on this machine."""
FLIPS = 14
"""How many random changes of each kind are made to each file."""


@dataclass(frozen=True)
class Case:
    """One broken model: which tiny one it is made from, what is done to its files, how it must end."""

    name: str
    base: str
    change: Change
    expected: str = REFUSED
    path: str = NATIVE


def _weight_cases() -> Iterator[tuple[str, Change]]:
    yield "pickle as safetensors", pickled("model.safetensors")
    yield "zip as safetensors", zipped("model.safetensors")
    yield "text as safetensors", written("model.safetensors", b"<html>not found</html>")
    yield "empty safetensors", written("model.safetensors", b"")
    yield "seven bytes", written("model.safetensors", b"1234567")
    yield "huge header length", written("model.safetensors", struct.pack("<Q", 1 << 62) + b"{}")
    yield "header of 200 MB", sparse_header(200_000_000)
    yield "header past the end", written("model.safetensors", struct.pack("<Q", 999) + b"{}")
    yield "header of nothing", written("model.safetensors", struct.pack("<Q", 2) + b"{}")
    yield "header that is a list", weights(lambda _h, body: (b"[]", body))
    yield "header nested deep", weights(lambda _h, body: (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, body))
    yield "header of broken text", weights(lambda _h, body: (b'{"\xff\xfe": 1}', body))
    yield "a tensor twice", weights(twice)
    yield "offsets that overlap", weights(overlap)
    yield "offsets backwards", entry("q_proj", data_offsets=[4096, 0])
    yield "offsets past the end", entry("q_proj", data_offsets=[1 << 40, (1 << 40) + 16384])
    yield "offsets negative", entry("q_proj", data_offsets=[-16384, 0])
    yield "offsets that are text", entry("q_proj", data_offsets=["0", "16384"])
    yield "three offsets", entry("q_proj", data_offsets=[0, 1, 2])
    yield "no offsets", entry("q_proj", data_offsets=None)
    yield "a tensor too many, 300,000 times", weights(many_tensors)
    yield "a hole", weights(lambda header, body: (header, body + b"\0" * 64))
    yield "a shape too large", entry("q_proj", shape=[1 << 31, 1 << 31])
    yield "a shape of a million sides", entry("q_proj", shape=[1 << 62] * 1_000_000)
    yield "a negative shape", entry("q_proj", shape=[-64, -64])
    yield "a shape of fractions", entry("q_proj", shape=[64.0, 64.0])
    yield "a shape turned flat", entry("q_proj", shape=[4096])
    yield "a type unknown", entry("q_proj", dtype="X99")
    yield "a type of integers", entry("q_proj", dtype="I32")
    yield "a tensor missing", tensors(lambda found: found.pop("model.layers.1.mlp.down_proj.weight"))
    yield "the norm missing", tensors(lambda found: found.pop("model.norm.weight"))
    yield "the embedding missing", tensors(lambda found: found.pop("model.embed_tokens.weight"))
    yield "all of a layer missing", tensors(without_layer)
    yield "a matrix turned", tensors(turned)
    yield "a matrix cut", tensors(cut)
    yield "a norm too short", tensors(short_norm)
    yield "a norm of one", tensors(norm_of_one)
    yield "integers as weights", tensors(as_integers)
    for part in (
        "q_proj",
        "v_proj",
        "o_proj",
        "down_proj",
        "up_proj",
        "input_layernorm",
        "model.norm",
        "embed",
    ):
        yield f"a NaN in {part}", number(part, float("nan"))
    for part in ("k_proj", "gate_proj", "post_attention", "embed"):
        yield f"an infinity in {part}", number(part, float("inf"), 7)
    yield "all of a matrix NaN", number("gate_proj", float("nan"), None)
    yield "all of the embedding infinite", number("embed", float("-inf"), None)
    yield "a NaN in a token never seen", number("embed", float("nan"), -1)


def sparse_header(size: int) -> Change:
    def apply(folder: Path) -> None:
        with (folder / "model.safetensors").open("wb") as file:
            file.write(struct.pack("<Q", size) + b'{"a": "')
            file.truncate(size + 8)

    return apply


def twice(header: dict[str, Any], body: bytes) -> tuple[bytes, bytes]:
    name = next(name for name in header if "q_proj" in name)
    text = json.dumps(header).encode()
    return text[:-1] + b"," + json.dumps({name: header[name]}).encode()[1:], body


def overlap(header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    first, second = [name for name in header if "q_proj" in name][:2]
    header[second]["data_offsets"] = header[first]["data_offsets"]
    return header, body


def without_layer(found: dict[str, Any]) -> None:
    for name in [name for name in found if ".layers.1." in name]:
        del found[name]


def turned(found: dict[str, Any]) -> None:
    name = "model.layers.0.mlp.down_proj.weight"
    found[name] = found[name].T.contiguous()


def cut(found: dict[str, Any]) -> None:
    found["model.layers.0.self_attn.k_proj.weight"] = found["model.layers.0.self_attn.k_proj.weight"][
        :16
    ].clone()


def short_norm(found: dict[str, Any]) -> None:
    found["model.norm.weight"] = found["model.norm.weight"][:32].clone()


def norm_of_one(found: dict[str, Any]) -> None:
    found["model.layers.0.input_layernorm.weight"] = found["model.layers.0.input_layernorm.weight"][
        :1
    ].clone()


def as_integers(found: dict[str, Any]) -> None:
    name = "model.layers.0.self_attn.q_proj.weight"
    found[name] = found[name].to(torch.int8)


def _config_cases() -> Iterator[tuple[str, Change]]:
    huge = 10**11
    for name in (
        "vocab_size",
        "hidden_size",
        "num_hidden_layers",
        "num_attention_heads",
        "num_key_value_heads",
        "max_position_embeddings",
        "head_dim",
    ):
        yield f"{name} huge", config(**{name: huge})
        yield f"{name} negative", config(**{name: -1})
        yield f"{name} a text", config(**{name: "many"})
    yield "no layers", config(num_hidden_layers=0)
    yield "a layer more", config(num_hidden_layers=3)
    yield "heads that do not divide", config(num_attention_heads=3)
    yield "an odd head", config(head_dim=15)
    yield "a rope of text", config(rope_parameters="long")
    yield "a rope without end", config(rope_parameters={"rope_type": "default", "rope_theta": 1e400})
    yield "an epsilon negative", config(rms_norm_eps=-1.0)
    yield "a type that is a list", config(model_type=["llama"])
    yield "a type of no model", config(model_type="../../evil", auto_map={"AutoModelForCausalLM": "evil.M"})
    yield "kernels from the hub", config(attn_implementation="someone/kernel")
    yield "kernels from the hub, nested", config(text_config={"_attn_implementation": "someone/kernel:run"})
    yield "config of nothing", written("config.json", b"")
    yield "config that is a list", written("config.json", b"[1]")
    yield "config cut short", written("config.json", b'{"model_type": "llama", ')
    yield "config of bytes", written("config.json", bytes(range(256)))
    yield "config pickled", pickled("config.json")
    yield "config nested deep", written("config.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000)
    yield "config nested, lists", written("config.json", b"[" * 100_000)
    yield "config of a gigabyte", sparse("config.json", 1 << 30)
    yield (
        "config with a number of a million digits",
        written("config.json", b'{"vocab_size": 1' + b"0" * 10**6 + b"}"),
    )
    yield "config that is a pipe", replaced("config.json", os.mkfifo)
    yield "config that is a folder", replaced("config.json", Path.mkdir)
    yield "config that never ends", replaced("config.json", lambda path: path.symlink_to("/dev/zero"))
    yield "weights that are a pipe", replaced("model.safetensors", os.mkfifo)
    yield "weights that never end", replaced("model.safetensors", lambda path: path.symlink_to("/dev/zero"))


def _tokenizer_cases() -> Iterator[tuple[str, Change]]:
    yield "tokenizer pickled", pickled("tokenizer.json")
    yield "tokenizer of nothing", written("tokenizer.json", b"")
    yield "tokenizer nested deep", written("tokenizer.json", b'{"a":' * 100_000)
    yield "tokenizer of a gigabyte", sparse("tokenizer.json", 1 << 30)
    yield "tokenizer that is a pipe", replaced("tokenizer.json", os.mkfifo)
    yield "a regular expression of none", tokenizer(lambda found: found.update(pre_tokenizer=split("(((")))
    yield "tokens that the model lacks", tokenizer(more_words)
    yield (
        "a token with a number far out",
        tokenizer(lambda found: found["model"]["vocab"].update(far=4_000_000_000)),
    )
    yield "numbers of tokens negative", tokenizer(lambda found: found["model"]["vocab"].update(far=-5))
    yield "a merge of nothing", tokenizer(lambda found: found["model"]["merges"].append(["zz", "qqq"]))
    yield "a text that grows", tokenizer(lambda found: found.update(normalizer=growing(12)))
    yield (
        "a text with much before it",
        tokenizer(lambda found: found.update(normalizer={"type": "Prepend", "prepend": "a" * 10**7})),
    )
    yield "bytes of bytes of bytes", tokenizer(lambda found: found.update(pre_tokenizer=bytes_of_bytes(40)))
    yield "a million tokens to begin with", tokenizer(begins_with_many)
    yield "no vocabulary", tokenizer(lambda found: found["model"].pop("vocab"))
    yield "another tokenizer's type", tokenizer(lambda found: found["model"].update(type="Evil"))


def split(pattern: str) -> dict[str, Any]:
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}


def growing(times: int) -> dict[str, Any]:
    """Return what makes ten letters of each, `times` over."""
    each = {"type": "Replace", "pattern": {"String": "a"}, "content": "a" * 10}
    return {"type": "Sequence", "normalizers": [each] * times}


def bytes_of_bytes(times: int) -> dict[str, Any]:
    each = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
    return {"type": "Sequence", "pretokenizers": [each] * times}


def begins_with_many(found: dict[str, Any]) -> None:
    many = {"id": "<s>", "ids": [0] * 1000, "tokens": ["<s>"] * 1000}
    single = [{"SpecialToken": {"id": "<s>", "type_id": 0}}] * 1000
    single += [{"Sequence": {"id": "A", "type_id": 0}}]
    found.update(
        post_processor={
            "type": "TemplateProcessing",
            "single": single,
            "pair": [],
            "special_tokens": {"<s>": many},
        }
    )


def filled_up(found: dict[str, Any]) -> None:
    found.update(
        padding={
            "strategy": {"Fixed": 10**9},
            "direction": "Right",
            "pad_to_multiple_of": None,
            "pad_id": 0,
            "pad_type_id": 0,
            "pad_token": "<s>",
        }
    )


def many_tensors(header: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    nothing = {"dtype": "F32", "shape": [0], "data_offsets": [len(body), len(body)]}
    return header | {f"t{i}": nothing for i in range(300_000)}, body


def more_words(found: dict[str, Any]) -> None:
    vocabulary = found["model"]["vocab"]
    vocabulary |= {f"word{i}": len(vocabulary) + i for i in range(500)}


def _neighbour(folder: Path) -> None:
    """Put weights beside the folder, where an index may lead."""
    shutil.copy(folder / "model.safetensors", folder.parent / "elsewhere.safetensors")


def _index_cases() -> Iterator[tuple[str, Change]]:
    names = ("../elsewhere.safetensors", "/etc/passwd", "model.bin", "", ".", "a\0b", "sub/model.safetensors")
    for name in names:
        yield f"an index that leads to {name!r}", together(_neighbour, index({"model.norm.weight": name}))
    yield "an index that is a list", written("model.safetensors.index.json", b"[]")
    yield "an index of numbers", index({"model.norm.weight": 5})
    yield "an index of lists", index({"model.norm.weight": ["model.safetensors"]})
    yield "an index of nothing", index({})
    yield "an index cut short", written("model.safetensors.index.json", b'{"weight_map": {')
    yield "an index of a gigabyte", sparse("model.safetensors.index.json", 1 << 30)
    yield (
        "the same tensor in two files",
        lambda folder: void(shutil.copy(folder / "model.safetensors", folder / "again.safetensors")),
    )


def _harmless_cases() -> Iterator[tuple[str, Change]]:
    yield (
        "pickles beside the weights",
        together(*map(pickled, ("pytorch_model.bin", "a.pt", "b.ckpt", "c.pkl"))),
    )
    yield (
        "code beside the weights",
        together(
            lambda folder: void((folder / "evil.py").write_text(f"open({os.environ['FUZZ_MARKER']!r}, 'w')")),
            config(
                auto_map={"AutoConfig": "evil.C", "AutoModelForCausalLM": "evil.M", "AutoTokenizer": "evil.T"}
            ),
            settings("tokenizer_config.json", auto_map={"AutoTokenizer": ["evil.T", None]}),
        ),
    )
    yield "a tensor more", tensors(lambda found: found.update(extra=found["model.norm.weight"].clone()))
    yield "a pickle as kept packed weights", together(*map(pickled, PACKED))
    for name, change in _packed_changes():
        yield f"kept packed weights: {name}", packed(change)
    yield "texts that are filled up", tokenizer(filled_up)
    yield "settings of the tokenizer that are a list", written("tokenizer_config.json", b"[[[[")
    yield (
        "generation settings of nonsense",
        written("generation_config.json", b'{"eos_token_id": {"a": [1e999]}}'),
    )
    for name, source in TEMPLATES.items():
        yield f"a template: {name}", written("chat_template.jinja", source.encode())
    yield (
        "a template of a regular expression that never ends",
        tokenizer(
            lambda found: found.update(
                pre_tokenizer={"type": "Sequence", "pretokenizers": [split("(a+)+$"), found["pre_tokenizer"]]}
            )
        ),
    )


PACKED = ("packed-v4.safetensors", "packed-int4-v1.safetensors")
GROWING = "{%% set n = namespace(x='aaaa') %%}{%% for i in range(99) %%}{%% set n.x = %s %%}{%% endfor %%}"
NESTING = (
    "{%% set n = namespace(x=1, y=1) %%}{%% for i in range(60) %%}"
    "{%% set n.x = %s %%}{%% set n.y = %s %%}{%% endfor %%}{{ n.x == n.y }}"
)
TEMPLATES = {
    "reads Python's inner parts": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "starts a program": "{{ cycler.__init__.__globals__.os.system('touch ' ~ marker) }}",
    "imports": "{% import 'os' as os %}{% include '/etc/passwd' %}",
    "multiplies": "{{ 'a' * 10**10 }}",
    "raises to a power": "{{ 9**9**9**9 }}",
    "formats wide": "{{ '%9999999999d' % 1 }}",
    "loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "doubles": GROWING % "n.x ~ n.x",
    "calls itself": "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}",
    "replaces": GROWING % "n.x.replace('a', n.x)",
    "compares lists in lists in lists": NESTING % ("[n.x, n.x]", "[n.y, n.y]"),
    "compares them by name": NESTING % ("dict(a=n.x, b=n.x)", "dict(a=n.y, b=n.y)"),
    "compares pairs of pairs": NESTING % ("(n.x, n.x)", "(n.y, n.y)"),
    "is none": "{% for %}",
    "is nested deep": "{{ " + "(" * 4000 + "1" + ")" * 4000 + " }}",
    "is huge": "{# " + "a" * 1_000_000 + " #}",
}


def _packed_changes() -> Iterator[tuple[str, Callable[[dict[str, Any]], object]]]:
    yield "one missing", lambda found: found.pop("0.qkv")
    yield "a scale missing", lambda found: found.pop("0.down.scale")
    yield "a scale too short", lambda found: found.update({"0.qkv.scale": found["0.qkv.scale"][:1].clone()})
    yield "a scale that is NaN", lambda found: found["1.output.scale"].fill_(float("nan"))
    yield "of another type", lambda found: found.update({"0.qkv": found["0.qkv"].float()})
    yield "of another size", lambda found: found.update({"0.qkv": found["0.qkv"][:8].clone()})
    yield "an embedding of another type", lambda found: found.update(embedding=found["embedding"].double())


def packed(change: Callable[[dict[str, Any]], object]) -> Change:
    def apply(folder: Path) -> None:
        found = pack(
            Shape.of(json.loads((folder / "config.json").read_text())),
            load_file(folder / "model.safetensors"),
        )
        change(found)
        save_file(found, folder / PACKED[0])

    return apply


# Encoder-decoder models


def _translator_cases() -> Iterator[tuple[str, Change]]:
    yield "weights that are pickled", pickled("model.safetensors")
    yield "a matrix missing", tensors(lambda found: found.pop("model.encoder.layers.0.fc1.weight"))
    yield "a NaN", number("encoder.layers.0.fc1.weight", float("nan"))
    yield "an infinity", number("decoder.layers.0.fc2.weight", float("inf"))
    yield "a vocabulary huge", config(vocab_size=10**11)
    yield "layers huge", config(encoder_layers=10**11)
    yield "a width huge", config(d_model=10**11)
    yield "an inner width huge", config(encoder_ffn_dim=10**11)
    yield "positions huge", config(max_position_embeddings=10**11)
    yield "config nested deep", written("config.json", b'{"a":' * 100_000)
    yield "pieces that are none", written("source.spm", b"\x08\xff\xff" * 100)
    yield "pieces that are a pickle", pickled("source.spm")
    yield "words that are a list", written("vocab.json", b"[1, 2]")
    yield "words of a gigabyte", sparse("vocab.json", 1 << 30)
    yield "code of its own", config(model_type="evil", auto_map={"AutoModelForSeq2SeqLM": "evil.M"})


# At random


def _random(seed: int, data: bytes, reach: int) -> bytes:
    """Return `data` with a change somewhere in its first `reach` bytes."""
    chance = random.Random(seed)
    changed, place = bytearray(data), chance.randrange(min(reach, len(data)))
    kind = seed % 5
    if kind == 0:
        changed[place] ^= 1 << chance.randrange(8)
    elif kind == 1:
        changed[place : place + 8] = chance.randbytes(8)
    elif kind == 2:
        del changed[place : place + chance.randrange(1, 64)]
    elif kind == 3:
        changed[place:place] = chance.randbytes(chance.randrange(1, 64))
    else:
        changed[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(changed)


def _at_random(name: str, seed: int, reach: int) -> Change:
    def apply(path: Path) -> None:
        file = path / name if name else path
        file.write_bytes(_random(seed, file.read_bytes(), reach))

    return apply


def cases() -> Iterator[Case]:
    """Yield all cases, always the same and in the same order."""
    made = (
        ("llama", _weight_cases(), REFUSED),
        ("llama", _config_cases(), REFUSED),
        ("llama", _tokenizer_cases(), REFUSED),
        ("llama", _index_cases(), REFUSED),
        ("llama", _harmless_cases(), EITHER),
        ("llama.gguf", fuzzed_gguf.cases(), REFUSED),
        ("marian", _translator_cases(), REFUSED),
    )
    for base, changes, expected in made:
        for name, change in changes:
            yield Case(f"{base}: {name}", base, change, expected)
    for path in (LEAN, PLAIN):
        for name, change in _weight_cases():
            yield Case(f"llama, {path}: {name}", "llama", change, REFUSED, path)
    for path in (NATIVE, LEAN, PLAIN):
        change = number("embed_tokens", float("nan"), -1)
        yield Case(f"untied, {path}: a NaN in a token never seen", "llama-untied", change, REFUSED, path)
    # The plain path, through transformers.
    for name, change in (
        ("a NaN", number("c_attn.weight", float("nan"))),
        ("an infinity", number("mlp.c_fc.weight", float("inf"))),
        ("a NaN in a norm", number("ln_f.weight", float("nan"))),
        (
            "a matrix missing",
            tensors(lambda found: found.pop(next(n for n in found if "c_proj.weight" in n))),
        ),
        ("layers huge", config(n_layer=10**11)),
        ("a layer more", config(n_layer=3)),
        ("a width huge", config(n_embd=10**11)),
        ("an inner width huge", config(n_inner=10**11)),
        ("an inner width of gigabytes", config(n_inner=10**9)),
        ("positions huge", config(n_positions=10**11)),
        ("positions of gigabytes", config(n_positions=10**6)),
        ("a vocabulary huge", config(vocab_size=10**11)),
        ("a pickle", pickled("model.safetensors")),
        ("quantised by what is not here", config(quantization_config={"quant_method": "gptq", "bits": 4})),
        ("kernels from the hub", config(attn_implementation="someone/kernel")),
    ):
        yield Case(f"gpt2: {name}", "gpt2", change)
    for name, change in fuzzed_gguf.large():
        yield Case(f"default: {name}", DEFAULT, change)
    for file, reach in (("config.json", 900), ("tokenizer.json", 6000), ("model.safetensors", 2500)):
        for seed in range(FLIPS):
            yield Case(f"llama: {file} at random {seed}", "llama", _at_random(file, seed, reach), EITHER)
    for file, reach in (("config.json", 900), ("model.safetensors", 2500)):
        for seed in range(FLIPS // 2):
            yield Case(f"gpt2: {file} at random {seed}", "gpt2", _at_random(file, seed, reach), EITHER)
    for seed in range(2 * FLIPS):
        yield Case(f"gguf: at random {seed}", "llama.gguf", _at_random("", seed, 9000), EITHER)
