"""Loading models from folders, and the default model against transformers.

Tolerances for the default model: KL to what transformers computes from the same 8-bit weights below
0.02 nats in the mean and 0.2 at any place, for its activations are rounded too (a token read wrongly, or
at the wrong place, costs several nats); mean KL to its float32 weights below 0.05, and the same likeliest
token at nine places of ten.
"""

from __future__ import annotations

import copy
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import native_kernel
import pytest
import tiny_models
import torch
import transformers
from safetensors.torch import load_file
from tiny_models import divergence, drive, log_probabilities

from gpt_assistant.engine import decode, quantize
from gpt_assistant.engine import model as engine_model
from gpt_assistant.engine.blocks import BlockMatrix
from gpt_assistant.engine.devices import choose_device
from gpt_assistant.engine.job import ModelUnavailable
from gpt_assistant.engine.lean import LeanNetwork
from gpt_assistant.engine.model import PACKED_FILE, LanguageModel
from gpt_assistant.engine.native import library
from gpt_assistant.engine.native.network import NativeNetwork
from gpt_assistant.engine.network import TransformersNetwork
from gpt_assistant.engine.session import Session

PROSE = (
    "The river was wide here, and the bridge that had crossed it for a hundred years was gone. Nobody in the"
    " village remembered when it had been built, but everyone had a story about the night on which it fell."
    " My grandmother used to say that the water had simply grown tired of it.\n\nWhen I was nine years old, I"
    " asked her whether she had seen it happen. She looked out of the window for a long time."
)

NATS = 0.2
MEAN_NATS = 0.02
APART = 1.0  # of a log-probability, in the tail


@pytest.fixture(autouse=True)
def _threads_as_before() -> Iterator[None]:
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(1)


@pytest.fixture(scope="module", params=["native", "torch"])
def model(request: pytest.FixtureRequest, default_model: Path) -> LanguageModel:
    """Return the default model in the compiled kernel, and where torch has to compute."""
    kernel = native_kernel.get() if request.param == "native" else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "kernel", lambda: kernel)
        return LanguageModel.load(default_model, device="cpu", threads=1)


@pytest.fixture(scope="module")
def plain(default_model: Path) -> Any:
    """Return the default model as transformers loads it, in float32."""
    return transformers.AutoModelForCausalLM.from_pretrained(
        default_model, dtype=torch.float32, use_safetensors=True
    ).eval()


@pytest.fixture(scope="module")
def rounded(plain: Any) -> Any:
    return tiny_models.rounded(plain, embedding=True)


@pytest.fixture(scope="module")
def ids(model: LanguageModel) -> list[int]:
    return model.vocabulary.start_ids + model.vocabulary.encode(PROSE)


@pytest.fixture(scope="module")
def reference(rounded: Any, ids: list[int]) -> torch.Tensor:
    return log_probabilities(rounded, ids)


# The default model


def test_the_default_model_takes_a_short_path(model: LanguageModel) -> None:
    about = model.description
    native = isinstance(model.network, NativeNetwork)
    assert native or isinstance(model.network, LeanNetwork)
    assert (about.architecture, about.device) == ("LlamaForCausalLM", "cpu")
    assert about.dtype == ("int4" if native else "int8")
    assert about.parameters == 134_515_008
    assert about.memory < (100e6 if native else 220e6)
    assert about.name == "smollm2-135m-instruct"


def test_the_blocks_of_its_file_are_kept(model: LanguageModel) -> None:
    if isinstance(model.network, NativeNetwork):
        layers = model.network._weights.layers
        assert {m.bits for layer in layers for m in (layer.qkv, layer.output, layer.gate_up, layer.down)} == {
            4
        }
        return
    assert isinstance(model.network, LeanNetwork)
    packed = model.network._layers
    assert all(isinstance(m, BlockMatrix) for layer in packed for m in (layer.down, layer.output))
    x = torch.randn(3, 1536, generator=torch.Generator().manual_seed(4))
    few, many = packed[4].down.product(x), packed[4].down.many.product(x)
    assert float((few - many).norm() / many.norm()) < 0.02, "the same weights, rounded anew"


def test_its_prefill(model: LanguageModel, reference: torch.Tensor, ids: list[int]) -> None:
    logits = model.network.forward(ids, model.network.empty_cache(), keep=len(ids))
    found = divergence(reference, logits.log_softmax(-1))
    assert float(found.mean()) < MEAN_NATS
    assert float(found.max()) < NATS


def test_its_8_bits_against_float32(model: LanguageModel, plain: Any, ids: list[int]) -> None:
    exact = log_probabilities(plain, ids)
    logits = model.network.forward(ids, model.network.empty_cache(), keep=len(ids))
    assert float(divergence(exact, logits.log_softmax(-1)).mean()) < 0.05
    same = logits.argmax(-1) == exact.argmax(-1)
    assert float(same.float().mean()) >= 0.9


def test_it_reads_token_by_token(model: LanguageModel, reference: torch.Tensor, ids: list[int]) -> None:
    cache = model.network.empty_cache()
    model.network.forward(ids[:60], cache)
    rows = torch.cat([model.network.forward([token], cache) for token in ids[60:]]).log_softmax(-1)
    found = divergence(reference[60:], rows)
    assert float(found.mean()) < MEAN_NATS
    assert float(found.max()) < NATS


@pytest.mark.parametrize("chunk", [7, 64])
def test_it_reads_in_chunks(
    model: LanguageModel, reference: torch.Tensor, ids: list[int], chunk: int
) -> None:
    session = Session(model.network, chunk)
    drive(session.read(ids[:-3]))
    assert float(divergence(reference[-4], session.log_probabilities())) < NATS
    drive(session.read([*ids[:40], 28, 30]))
    drive(session.read(ids))
    assert float(divergence(reference[-1], session.log_probabilities())) < NATS


def test_its_tree(model: LanguageModel, rounded: Any, ids: list[int]) -> None:
    """Branches, further ones below them, one token alone below a branch, and a branch that becomes text."""
    prompt = ids[:50]
    session = Session(model.network)
    drive(session.read(prompt))
    a, b, c = ids[50:52], ids[60:63], ids[70:71]
    drive(session.expand([tuple(a), tuple(b), tuple(c)]))
    drive(session.expand([(*a, 28), (*b, 30, 284)]))
    drive(session.expand([(*c, 253)]))
    paths = [tuple(a), tuple(b), tuple(c), (*a, 28), (*b, 30), (*b, 30, 284), (*c, 253)]
    for path in paths:
        wanted = log_probabilities(rounded, [*prompt, *path])
        assert float(divergence(wanted[-1], session.log_probabilities(path))) < NATS
        scores = [float(wanted[len(prompt) - 1 + i, token]) for i, token in enumerate(path)]
        assert session.score(path) == pytest.approx(scores, abs=APART)
    drive(session.read([*prompt, *b, 30]))
    drive(session.expand([(281,), (282,)]))
    for path in ((), (281,), (282,)):
        wanted = log_probabilities(rounded, [*prompt, *b, 30, *path])[-1]
        assert float(divergence(wanted, session.log_probabilities(path))) < NATS


def test_its_healed_continuations(model: LanguageModel, rounded: Any) -> None:
    healed = decode.heal(model.vocabulary, "Thank you very mu")
    session = Session(model.network)
    drive(session.read(healed.ids))
    branches = drive(decode.spell(model.vocabulary, session, healed.remainder, 4))
    assert branches[0].text == b"ch"
    wanted = log_probabilities(rounded, healed.ids)[-1]
    allowed = torch.from_numpy(model.vocabulary.spelling(healed.remainder))
    whole = [i for i in allowed.tolist() if model.vocabulary.tokens[i].startswith(healed.remainder)]
    mass = float(wanted[whole].exp().sum())
    p = float(wanted[branches[0].path[0]].exp()) / mass
    assert branches[0].log_p == pytest.approx(torch.tensor(p).log().item(), abs=0.1)


# Loading


@pytest.mark.parametrize("name", ["gpt2", "gemma3", "llama", "qwen2-untied", "qwen3"])
@pytest.mark.parametrize("dtype", ["auto", "float32", "bfloat16"])
def test_loading_computes_what_was_saved(name: str, dtype: str, tmp_path: Path) -> None:
    loaded = LanguageModel.load(tiny_models.saved(name, tmp_path), device="cpu", dtype=dtype)
    text = [3, 1, 4, 15, 92, 65, 35, 89, 79, 32]
    logits = loaded.network.forward(text, loaded.network.empty_cache(), keep=10)
    wanted = log_probabilities(tiny_models.cached_model(name), text)
    if dtype == "float32":
        torch.testing.assert_close(logits.log_softmax(-1), wanted, atol=1e-4, rtol=0)
    else:
        assert float(divergence(wanted, logits.log_softmax(-1)).max()) < 0.02
    lean = dtype == "auto" and name in tiny_models.LEAN
    short = LeanNetwork if library.kernel() is None else NativeNetwork
    assert isinstance(loaded.network, short if lean else TransformersNetwork)
    about = loaded.description
    assert about.parameters == tiny_models.cached_model(name).num_parameters()
    assert about.architecture == tiny_models.cached_model(name).config.architectures[0]
    assert about.dtype == ("int8" if dtype == "auto" else dtype)
    assert loaded.vocabulary.size == tiny_models.SIZE


def test_the_packed_weights_are_kept_and_used(tmp_path: Path) -> None:
    folder = tiny_models.saved("llama", tmp_path)
    first = LanguageModel.load(folder, device="cpu")
    kept = folder / PACKED_FILE
    assert kept.exists()
    assert [p.name for p in folder.iterdir() if p.suffix == ".part"] == []
    stamp = kept.stat().st_mtime_ns
    second = LanguageModel.load(folder, device="cpu")
    assert kept.stat().st_mtime_ns == stamp
    answers = [m.network.forward([1, 2, 3], m.network.empty_cache()) for m in (first, second)]
    assert torch.equal(*answers)


def test_packed_weights_older_than_the_model_are_made_again(tmp_path: Path) -> None:
    folder = tiny_models.saved("llama", tmp_path)
    LanguageModel.load(folder, device="cpu")
    tiny_models.save(tiny_models.build("llama", seed=8), folder)
    os.utime(folder / PACKED_FILE, (1, 1))
    loaded = LanguageModel.load(folder, device="cpu")
    logits = loaded.network.forward([1, 2, 3], loaded.network.empty_cache(), keep=3)
    wanted = log_probabilities(tiny_models.build("llama", seed=8), [1, 2, 3])
    assert float(divergence(wanted, logits.log_softmax(-1)).max()) < 0.02


def test_broken_packed_weights_are_made_again(tmp_path: Path) -> None:
    folder = tiny_models.saved("llama", tmp_path)
    LanguageModel.load(folder, device="cpu")
    (folder / PACKED_FILE).write_bytes(b"no safetensors at all")
    LanguageModel.load(folder, device="cpu")
    assert load_file(folder / PACKED_FILE)


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="root writes into any folder")
def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    folder = tiny_models.saved("llama", tmp_path / "model")
    folder.chmod(0o500)
    try:
        LanguageModel.load(folder, device="cpu")
    finally:
        folder.chmod(0o700)
    assert not (folder / PACKED_FILE).exists()


def test_weights_in_several_files(tmp_path: Path) -> None:
    model = tiny_models.cached_model("llama")
    model.save_pretrained(tmp_path, max_shard_size="60KB")
    tiny_models.byte_level_tokenizer().save(str(tmp_path / "tokenizer.json"))
    assert len(list(tmp_path.glob("*.safetensors"))) > 2
    loaded = LanguageModel.load(tmp_path, device="cpu")
    logits = loaded.network.forward([1, 2, 3], loaded.network.empty_cache(), keep=3)
    assert float(divergence(log_probabilities(model, [1, 2, 3]), logits.log_softmax(-1)).max()) < 0.02


def spoil(folder: Path, how: str) -> None:
    weights = folder / "model.safetensors"
    config = folder / "config.json"
    if how == "truncated weights":
        weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
    elif how == "weights that are none":
        weights.write_bytes(b"<html>404</html>")
    elif how == "empty weights":
        weights.write_bytes(b"")
    elif how == "no weights":
        weights.unlink()
    elif how == "no config":
        config.unlink()
    elif how == "broken config":
        config.write_text("{")
    elif how == "config that is a list":
        config.write_text("[]")
    elif how == "config without sizes":
        config.write_text('{"model_type": "llama"}')
    elif how == "config of nothing known":
        config.write_text('{"model_type": "nothing known"}')
    elif how == "sizes of another model":
        config.write_text(json.dumps({**json.loads(config.read_text()), "hidden_size": 128}))
    elif how == "broken tokenizer":
        (folder / "tokenizer.json").write_text("{}")
    elif how == "no tokenizer":
        (folder / "tokenizer.json").unlink()
    elif how == "pickled weights":
        torch.save(load_file(weights), folder / "pytorch_model.bin")
        weights.unlink()


@pytest.mark.parametrize("name", ["llama", "gpt2"])
@pytest.mark.parametrize(
    "how",
    [
        "truncated weights",
        "weights that are none",
        "empty weights",
        "no weights",
        "no config",
        "broken config",
        "config that is a list",
        "config without sizes",
        "config of nothing known",
        "sizes of another model",
        "broken tokenizer",
        "no tokenizer",
        "pickled weights",
    ],
)
def test_a_folder_that_cannot_be_loaded_gets_one_line_that_says_what_to_do(
    name: str, how: str, tmp_path: Path
) -> None:
    if (how, name) == ("config without sizes", "gpt2"):
        pytest.skip("all sizes of a model of transformers have defaults")
    folder = tiny_models.saved(name, tmp_path)
    spoil(folder, how)
    with pytest.raises(ModelUnavailable) as raised:
        LanguageModel.load(folder, device="cpu")
    line = str(raised.value)
    assert "\n" not in line
    assert len(line) < 500
    assert str(folder) in line
    assert "fetch it again" in line


def test_pickled_weights_are_never_opened(tmp_path: Path) -> None:
    """Even where they lie beside a whole model."""

    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (tmp_path / "run",))

    folder = tiny_models.saved("gpt2", tmp_path / "model")
    torch.save(Trap(), folder / "pytorch_model.bin")
    LanguageModel.load(folder, device="cpu")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelUnavailable):
        LanguageModel.load(folder, device="cpu")
    assert not (tmp_path / "run").exists()


def test_code_in_a_models_folder_is_never_run(tmp_path: Path) -> None:
    folder = tiny_models.saved("gpt2", tmp_path / "model")
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "evil", "auto_map": {"AutoConfig": "evil.C", "AutoModelForCausalLM": "evil.M"}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')\n")
    with pytest.raises(ModelUnavailable):
        LanguageModel.load(folder, device="cpu")
    assert not (tmp_path / "run").exists()


def test_a_device_that_is_not_there(tmp_path: Path) -> None:
    for device in ("cuda", "mps", "tpu"):
        if device == "cuda" and torch.cuda.is_available():
            continue
        with pytest.raises(ModelUnavailable, match="Set the device to auto or cpu"):
            LanguageModel.load(tiny_models.saved("llama", tmp_path), device=device)
    assert choose_device("cpu") == "cpu"
    assert choose_device("auto") in ("cuda", "mps", "cpu")


def test_out_of_memory_is_not_taken_for_a_broken_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is what the worker answers by moving to the CPU."""

    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(engine_model, "_network", full)
    with pytest.raises(torch.OutOfMemoryError):
        LanguageModel.load(tiny_models.saved("llama", tmp_path), device="cpu")


def test_threads(tmp_path: Path) -> None:
    folder = tiny_models.saved("llama", tmp_path)
    LanguageModel.load(folder, device="cpu", threads=2)
    assert torch.get_num_threads() == 2
    LanguageModel.load(folder, device="cpu")
    assert torch.get_num_threads() == min(8, max(1, (os.cpu_count() or 1) - 1))


def test_a_tokenizer_in_another_form(tmp_path: Path) -> None:
    """GPT-2's own repository once had only vocab.json and merges.txt."""
    folder = tiny_models.saved("gpt2", tmp_path)
    content = json.loads((folder / "tokenizer.json").read_text())
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.json").write_text(json.dumps(content["model"]["vocab"]))
    merges = "\n".join(" ".join(pair) for pair in content["model"]["merges"])
    (folder / "merges.txt").write_text(f"#version: 0.2\n{merges}\n")
    loaded = LanguageModel.load(folder, device="cpu")
    text = "Thank you very much"
    assert loaded.vocabulary.encode(text) == tiny_models.byte_level_tokenizer().encode(text).ids
    assert loaded.vocabulary.decode(loaded.vocabulary.encode(text)) == text.encode()


# Sessions


def test_features_keep_sessions_of_their_own(tmp_path: Path) -> None:
    loaded = LanguageModel.load(tiny_models.saved("llama", tmp_path), device="cpu")
    one, other = loaded.session("completion"), loaded.session("spelling", chunk=8)
    assert one is loaded.session("completion")
    assert one is not other
    assert other.chunk == 8
    drive(one.read([1, 2, 3]))
    assert other.prefix == []
    loaded.forget()
    assert loaded.session("completion").prefix == []


def test_warming_up_leaves_nothing_behind(tmp_path: Path) -> None:
    loaded = LanguageModel.load(tiny_models.saved("gpt2", tmp_path), device="cpu")
    loaded.warm_up()
    assert loaded.session("completion").prefix == []


def test_moving_to_the_cpu_loads_the_model_again(tmp_path: Path) -> None:
    loaded = LanguageModel.load(tiny_models.saved("llama", tmp_path), device="cpu", dtype="float32")
    drive(loaded.session("completion").read([1, 2, 3]))
    wanted = loaded.session("completion").log_probabilities()
    moved = loaded.moved_to_cpu()
    assert moved is not loaded
    assert not hasattr(loaded, "network"), "its memory is given back first"
    assert moved.description.device == "cpu"
    drive(moved.session("completion").read([1, 2, 3]))
    got = moved.session("completion").log_probabilities()
    assert float(divergence(wanted, got)) < 0.02


def test_the_files_of_a_loaded_model_may_go(tmp_path: Path) -> None:
    """On Linux and macOS at least: the weights are mapped, and stay."""
    folder = tiny_models.saved("llama", tmp_path / "model")
    LanguageModel.load(folder, device="cpu")
    loaded = LanguageModel.load(folder, device="cpu")
    wanted = loaded.network.forward([1, 2, 3], loaded.network.empty_cache())
    shutil.rmtree(folder)
    assert torch.equal(loaded.network.forward([1, 2, 3], loaded.network.empty_cache()), wanted)


def test_packing_leaves_the_model_as_it_was() -> None:
    """Nothing that is packed shares memory with what was read."""
    model = tiny_models.build("llama")
    before = copy.deepcopy(model.state_dict())
    network = tiny_models.lean_network(model)
    network.forward([1, 2, 3], network.empty_cache())
    quantize.quantize_rows(model.lm_head.weight)
    for name, tensor in model.state_dict().items():
        assert torch.equal(tensor, before[name])
