"""The kernel computes what torch computes, whatever the shape; and a library that is not ours is not opened.

test_network.py takes it through every way of using it, test_model.py through the default model.
"""

from __future__ import annotations

import hashlib
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import gguf
import native_kernel
import numpy as np
import pytest
import tiny_gguf
import tiny_models
import torch
import transformers
from tiny_models import divergence, log_probabilities

from gpt_assistant import paths
from gpt_assistant.engine.convert import convert
from gpt_assistant.engine.job import Job
from gpt_assistant.engine.lean_weights import Shape, turns
from gpt_assistant.engine.native import build, library, selftest
from gpt_assistant.engine.native.library import ANY, VNNI, Kernel
from gpt_assistant.engine.native.network import NativeNetwork
from gpt_assistant.engine.native.packing import Q4_0, Q8_0, from_ggml, from_rows
from gpt_assistant.engine.native.weights import from_gguf
from gpt_assistant.engine.network import Branching
from gpt_assistant.storage.locks import FileLock

TEXT = [(13 * i * i + 5 * i) % tiny_models.SIZE for i in range(30)]


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    library.kernel.cache_clear()
    yield
    library.kernel.cache_clear()


@pytest.fixture(params=["any", "best"])
def kernel(request: pytest.FixtureRequest) -> Kernel:
    """Return a kernel of its own that runs the code for any processor, or the best for this one."""
    native_kernel.get()
    path = native_kernel.path()
    assert path is not None
    opened = Kernel(path)
    opened.kind = ANY if request.param == "any" else opened.best
    return opened


def apart(got: torch.Tensor, wanted: torch.Tensor) -> float:
    return float((got - wanted).norm() / wanted.norm())


# Products


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 5, 8, 17])
@pytest.mark.parametrize("bits", [4, 8])
def test_products_of_any_shape(kernel: Kernel, bits: int, rows: int) -> None:
    draw = selftest.Draw(rows)
    for outputs, width in ((1, 32), (7, 64), (8, 96), (13, 576), (64, 320)):
        columns = width if bits == 4 else width - outputs % 7 - 1  # these may have any width
        matrix, weights = draw.matrix4(outputs, columns) if bits == 4 else draw.matrix8(outputs, columns)
        x = draw.numbers(rows, columns)
        x[:, 3] *= 50
        got = kernel.multiply(x, matrix)
        assert got.shape == (rows, outputs)
        assert apart(got, selftest.product(x, weights)) < 1e-3
        assert apart(got, x @ weights.T) < 0.06


def test_the_largest_numbers_do_not_overflow(kernel: Kernel) -> None:
    """Sums of a whole block in 16 bits: 15·127·32 fits, if barely; and −128 is never used."""
    raw = np.zeros((8, 20), np.uint8)
    raw[:, :2] = np.array([1.0], np.float16).view(np.uint8)
    raw[:, 4:] = 0xFF
    x = torch.full((3, 32), -7.0)
    assert kernel.multiply(x, from_ggml(raw, 3)).unique().tolist() == pytest.approx([-7.0 * 15 * 32])
    rows = torch.full((9, 64), -127, dtype=torch.int8)
    got = kernel.multiply(torch.full((2, 64), 3.0), from_rows(rows, torch.ones(9)))
    assert got.unique().tolist() == pytest.approx([-3.0 * 127 * 64])


@pytest.mark.parametrize("kind", [Q4_0, Q8_0])
def test_other_blocks_of_ggml(kernel: Kernel, kind: int) -> None:
    """Against the `gguf` package's own reading of them."""
    generator = np.random.default_rng(3)
    values = generator.standard_normal((11, 64)).astype(np.float32)
    ggml = gguf.GGMLQuantizationType(kind)
    raw = gguf.quantize(values, ggml)
    weights = torch.from_numpy(gguf.dequantize(raw, ggml))
    x = torch.from_numpy(generator.standard_normal((5, 64)).astype(np.float32))
    assert apart(kernel.multiply(x, from_ggml(raw, kind)), selftest.product(x, weights)) < 1e-3


def test_very_small_scales_survive(kernel: Kernel) -> None:
    """Half floats do not go below 6e-8: scales are kept as shares of the largest."""
    packed = torch.randint(-127, 128, (16, 64), generator=torch.Generator().manual_seed(1)).to(torch.int8)
    x = selftest.Draw(2).numbers(2, 64)
    for scale in (torch.full((16,), 1e-12), torch.full((16,), 1e4)):
        wanted = selftest.product(x, packed * scale[:, None])
        assert apart(kernel.multiply(x, from_rows(packed, scale)), wanted) < 2e-3


def test_numbers_that_are_none_stay_where_they_are(kernel: Kernel) -> None:
    draw = selftest.Draw(6)
    for matrix, weights in (draw.matrix4(12, 64), draw.matrix8(12, 64)):
        x = draw.numbers(6, 64)
        x[1, 5], x[2, 40], x[4, 0] = torch.nan, torch.inf, -torch.inf
        got = kernel.multiply(x, matrix)
        assert not got[[1, 2, 4]].isfinite().any(), "and not something that looks like a result"
        whole = [0, 3, 5]
        assert apart(got[whole], selftest.product(x[whole], weights)) < 1e-3
        assert (kernel.multiply(torch.zeros(2, 64), matrix) == 0).all()
        assert kernel.multiply(torch.full((1, 64), 1e38), matrix).shape == (1, 12)


# Passes


def test_the_kinds_of_code_agree() -> None:
    best = native_kernel.get()
    model = tiny_models.cached_model("qwen3")
    network = tiny_models.native_network(model, best)
    answers = []
    for kind in range(ANY, best.best + 1):
        other = Kernel(native_kernel.path() or Path())
        other.kind = kind
        network._kernel = other
        answers.append(network.forward(TEXT, network.empty_cache(), keep=len(TEXT)).log_softmax(-1))
    for answer in answers[1:]:
        assert float(divergence(answers[0], answer).max()) < 1e-3


@pytest.mark.skipif(shutil.which("cc") is None, reason="no compiler")
def test_the_code_for_vnni_on_any_processor(tmp_path: Path) -> None:
    """With its one instruction, the sum of four products, spelt out in those of AVX2."""
    native_kernel.get()
    low = "_mm256_and_si256(a,_mm256_set1_epi16(255)),_mm256_srai_epi16(_mm256_slli_epi16(b,8),8)"
    high = "_mm256_srli_epi16(a,8),_mm256_srai_epi16(b,8)"
    even, odd = f"_mm256_madd_epi16({low})", f"_mm256_madd_epi16({high})"
    dot = f"-DDOT(sum,a,b)=_mm256_add_epi32(sum,_mm256_add_epi32({even},{odd}))"
    flags = [*build.FLAGS, "-O1", dot, '-DDOT_TARGET="avx2,fma,f16c"', "-o", str(tmp_path / "kernel.so")]
    subprocess.run(["cc", *flags, str(Path(build.__file__).parent / "kernel.c"), "-lm"], check=True)
    kernel = Kernel(tmp_path / "kernel.so")
    kernel.kind = VNNI
    assert selftest.problem(kernel) == ""


@pytest.mark.parametrize("name", tiny_models.LEAN)
def test_it_is_the_model_of_transformers(kernel: Kernel, name: str) -> None:
    network = tiny_models.native_network(tiny_models.cached_model(name), kernel)
    wanted = log_probabilities(tiny_models.cached_rounded(name, True), TEXT)
    cache = network.empty_cache()
    single = torch.cat([network.forward([token], cache) for token in TEXT])
    many = network.forward(TEXT, network.empty_cache(), keep=len(TEXT))
    if kernel.kind != ANY:
        assert torch.equal(single, many), "sums have the same order whatever is computed at once"
    assert float(divergence(wanted, single.log_softmax(-1)).max()) < 0.005
    assert float(divergence(wanted, many.log_softmax(-1)).max()) < 0.005
    assert network.parameters() == tiny_models.cached_model(name).num_parameters()


@pytest.mark.parametrize(
    "sizes", [{"intermediate_size": 30, "head_dim": 10}, {"hidden_size": 48, "head_dim": 6}]
)
def test_sizes_that_fill_no_block(kernel: Kernel, sizes: dict[str, int]) -> None:
    model = tiny_models.build("llama", **sizes)
    network = tiny_models.native_network(model, kernel)
    wanted = log_probabilities(tiny_models.rounded(model, embedding=True), TEXT)
    got = network.forward(TEXT, network.empty_cache(), keep=len(TEXT)).log_softmax(-1)
    assert float(divergence(wanted, got).max()) < 0.005


@pytest.mark.parametrize("keep", [1, 3, 64, 65, 130, 150])
def test_long_passes_keep_the_last_logits(keep: int) -> None:
    network = tiny_models.native_network(tiny_models.cached_model("llama"), native_kernel.get())
    ids = [(3 * i) % tiny_models.SIZE for i in range(150)]
    every = network.forward(ids, network.empty_cache(), keep=len(ids))
    assert torch.equal(network.forward(ids, network.empty_cache(), keep=keep), every[-keep:])


def test_a_tree_larger_than_a_pass() -> None:
    """Every branch of 80 sees the text and itself."""
    network = tiny_models.native_network(tiny_models.cached_model("llama"), native_kernel.get())
    cache = network.empty_cache()
    network.forward(TEXT, cache)
    tokens = list(range(80))
    visible = torch.cat([torch.ones(80, len(TEXT), dtype=torch.bool), torch.eye(80, dtype=torch.bool)], dim=1)
    positions = torch.cat([torch.arange(len(TEXT)), torch.full((80,), len(TEXT))])
    got = network.forward(tokens, cache, keep=80, branching=Branching(positions, visible))
    for token in (0, 1, 63, 64, 79):
        alone = network.forward([*TEXT, token], network.empty_cache())
        torch.testing.assert_close(got[token : token + 1], alone, atol=1e-4, rtol=1e-4)


def test_what_the_model_does_not_have_is_refused() -> None:
    network = tiny_models.native_network(tiny_models.cached_model("llama"), native_kernel.get())
    cache = network.empty_cache()
    for token in (-1, tiny_models.SIZE):
        with pytest.raises(IndexError, match="tokens"):
            network.forward([1, token], cache)
    with pytest.raises(IndexError, match="positions"):
        network.forward([1] * (network.max_positions + 1), cache)
    assert cache.length == 0


def test_several_threads_compute_the_same(kernel: Kernel) -> None:
    one = tiny_models.native_network(tiny_models.cached_model("llama"), kernel)
    torch.set_num_threads(5)
    five = tiny_models.native_network(tiny_models.cached_model("llama"), kernel)
    wanted = one.forward(TEXT, one.empty_cache(), keep=len(TEXT))
    cache = five.empty_cache()
    for _ in range(200):
        cache.keep(0)
        assert torch.equal(five.forward(TEXT, cache, keep=len(TEXT)), wanted)
        time.sleep(0.0002)  # now and then long enough for the threads to fall asleep


def test_networks_in_several_threads_at_once() -> None:
    torch.set_num_threads(3)
    network = tiny_models.native_network(tiny_models.cached_model("llama"), native_kernel.get())
    wanted = network.forward(TEXT, network.empty_cache())
    wrong: list[int] = []

    def use(number: int) -> None:
        cache = network.empty_cache()
        for _ in range(50):
            cache.keep(0)
            if not torch.equal(network.forward(TEXT, cache), wanted):
                wrong.append(number)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# Weights


@pytest.mark.parametrize("name", ["llama", "llama-untied", "qwen2", "qwen3"])
def test_the_blocks_of_a_gguf_file(name: str, tmp_path: Path) -> None:
    gguf = tiny_gguf.write(tiny_gguf.build(name), name, tmp_path / "m.gguf", quantized=True)
    folder = tmp_path / "model"
    folder.mkdir()
    convert(gguf, folder, Job(lambda text, fraction: None, lambda: False))
    reference = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    shape = Shape.of(reference.config.to_dict())
    assert shape is not None
    weights = from_gguf(gguf, shape)
    assert weights is not None
    network = NativeNetwork(shape, weights, native_kernel.get())
    ids = [i * i % 262 for i in range(20)]
    got = network.forward(ids, network.empty_cache(), keep=20).log_softmax(-1)
    assert float(divergence(log_probabilities(reference, ids), got).max()) < 0.01
    assert network.parameters() == reference.num_parameters()
    assert (weights.head is weights.embedding) == ("untied" not in name and name != "qwen3")


def test_a_file_without_blocks_is_left_to_others(tmp_path: Path) -> None:
    model = tiny_gguf.build("llama")
    shape = Shape.of(model.config.to_dict())
    assert shape is not None
    assert from_gguf(tiny_gguf.write(model, "llama", tmp_path / "m.gguf"), shape) is None


def test_a_file_of_other_sizes_is_refused(tmp_path: Path) -> None:
    model = tiny_gguf.build("llama")
    gguf = tiny_gguf.write(model, "llama", tmp_path / "m.gguf", quantized=True)
    shape = Shape.of({**model.config.to_dict(), "num_key_value_heads": 4})
    assert shape is not None
    weights = from_gguf(gguf, shape)
    assert weights is not None
    with pytest.raises(ValueError, match="other sizes"):
        NativeNetwork(shape, weights, native_kernel.get())


# The library


@pytest.fixture
def nothing_built(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the package have no library; return the folder of caches, which is empty."""
    monkeypatch.setattr(library, "__file__", str(paths.cache_folder() / "elsewhere" / "library.py"))
    return paths.cache_folder()


def copied(folder: Path) -> Path:
    native_kernel.get()
    path = native_kernel.path()
    assert path is not None
    return Path(shutil.copy(path, folder))


def test_a_library_in_the_folder_of_caches_is_used(nothing_built: Path) -> None:
    assert library.kernel() is None
    library.kernel.cache_clear()
    copied(nothing_built)
    found = library.kernel()
    assert found is not None
    assert found.kind == found.best
    assert library.kernel() is found


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    native_kernel.get()
    monkeypatch.setenv("GPT_ASSISTANT_KERNEL", "off")
    assert library.kernel() is None


def test_a_damaged_library_is_never_opened(nothing_built: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = copied(nothing_built)
    whole = path.read_bytes()
    for content in (whole[:5000], whole[:-1] + b"x", b""):
        path.write_bytes(content)
        assert list(library.found()) == []
        assert library.kernel() is None
        library.kernel.cache_clear()
    assert "damaged" in caplog.text


def test_a_library_of_other_sources_is_not_looked_at(nothing_built: Path) -> None:
    path = copied(nothing_built)
    path.rename(path.with_name(path.name.replace(build.key(), "0" * 16)))
    assert list(library.found()) == []


def test_what_is_no_kernel_is_not_used(nothing_built: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Whole by its name, and yet something else: torch computes."""
    content = b"\x7fELF and nothing more"
    (nothing_built / build.name(hashlib.sha256(content).hexdigest())).write_bytes(content)
    assert len(list(library.found())) == 1
    assert library.kernel() is None
    assert "not used" in caplog.text


def test_a_kernel_that_computes_wrongly_is_not_used(
    nothing_built: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    copied(nothing_built)
    multiply = Kernel.multiply
    monkeypatch.setattr(Kernel, "multiply", lambda self, x, matrix: multiply(self, x, matrix) * 1.05)
    assert library.kernel() is None
    assert "is wrong" in caplog.text


def test_passes_are_tested_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """To a reference that counts positions backwards, a kernel that does not is wrong."""
    kernel = native_kernel.get()
    assert selftest.problem(kernel) == ""
    monkeypatch.setattr(selftest, "turns", lambda shape: turns(shape).flip(0))
    assert "a pass" in selftest.problem(kernel)


def test_without_a_compiler_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(build.BuildFailed, match="no C compiler"):
        build.build(tmp_path)
    build.in_background(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_compiler_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compiler = tmp_path / "bin" / "cc"
    compiler.parent.mkdir()
    compiler.write_text("#!/bin/sh\necho 'kernel.h:1: error: stdint.h: no such file' >&2\nexit 1\n")
    compiler.chmod(compiler.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{compiler.parent}:/bin:/usr/bin")
    folder = tmp_path / "built"
    folder.mkdir()
    assert build.main([str(folder)]) == 1
    assert "stdint.h: no such file" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_a_library_that_fails_its_test_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiler that makes something which cannot even be opened."""
    compiler = tmp_path / "bin" / "cc"
    compiler.parent.mkdir()
    compiler.write_text('#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\necho nonsense > "$2"\n')
    compiler.chmod(compiler.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{compiler.parent}:/bin:/usr/bin")
    folder = tmp_path / "built"
    folder.mkdir()
    with pytest.raises(build.BuildFailed):
        build.build(folder)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(shutil.which("cc") is None, reason="no compiler")
def test_it_is_built_in_the_background_for_the_next_start(
    nothing_built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    native_kernel.get()
    old = nothing_built / "kernel-0-0.so"
    old.write_bytes(b"of an earlier version")
    monkeypatch.setenv("GPT_ASSISTANT_KERNEL", "auto")
    assert library.kernel() is None
    deadline = time.monotonic() + 120
    while not list(library.found()) and time.monotonic() < deadline:
        time.sleep(0.1)
    library.kernel.cache_clear()
    assert library.kernel() is not None
    while old.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not old.exists()
    assert not list(nothing_built.glob(".kernel-*"))


def test_what_is_being_built_is_not_built_twice(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / ".kernel.lock")
    assert lock.acquire()
    done = subprocess.run(
        [sys.executable, "-m", "gpt_assistant.engine.native.build", "--quiet", str(tmp_path)], check=True
    )
    assert done.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == [".kernel.lock"]
    lock.release()


def test_without_its_sources_torch_computes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "_FOLDER", tmp_path)
    build.key.cache_clear()
    assert library.kernel() is None
    build.key.cache_clear()


def test_other_systems_have_no_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not library.suitable()
    assert library.kernel() is None
