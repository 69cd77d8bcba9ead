"""What goes into the self-contained bundle: rules, libraries, requirements, and the model file inside."""

from __future__ import annotations

import dataclasses
import importlib.util
import subprocess
import sys
from pathlib import Path, PurePosixPath
from types import ModuleType

import pytest
from engine import tiny_gguf

from gpt_assistant import paths
from gpt_assistant.engine import catalogue, sources

ROOT = Path(__file__).parent.parent
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the bundle is Linux's")


@pytest.fixture(scope="module")
def bundle() -> ModuleType:
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        spec = importlib.util.spec_from_file_location("bundle", ROOT / "packaging/bundle.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(ROOT / "packaging"))


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("torch/__init__.py", True),
        ("torch/include/ATen/ATen.h", False),
        ("torch/lib/libtorch_cpu.so", True),
        ("torch/bin/protoc", False),
        ("torch/bin/torch_shm_manager", True),
        ("torch/lib/libtorchbind_test.so", False),
        ("transformers/models/llama/modeling_llama.py", True),
        ("transformers/models/llama/modular_llama.py", False),
        ("transformers/models/llama/convert_llama_weights_to_hf.py", False),
        ("transformers/convert_slow_tokenizer.py", True),
        ("numpy/_core/tests/test_numeric.py", False),
        ("numpy/_core/tests/_natype.py", True),
        ("numpy/linalg/linalg.pyi", False),
        ("numpy/__pycache__/x.cpython-311.pyc", False),
        ("../../../bin/torchrun", False),
        ("docx/templates/default.docx", True),
    ],
)
def test_what_is_copied(bundle: ModuleType, path: str, wanted: bool) -> None:
    assert bundle._wanted(PurePosixPath(path)) is wanted


def test_every_requirement_is_in_it(bundle: ModuleType) -> None:
    names = {distribution.name.lower().replace("_", "-") for distribution in bundle.distributions()}
    assert {"torch", "transformers", "pyside6-essentials", "shiboken6", "symspellpy", "pip"} <= names
    assert not names & {"pytest", "ruff", "mypy", "rich", "typer", "networkx"}
    assert not [name for name in names if name.startswith("nvidia-")]


def test_nothing_that_the_program_imports_is_left_out(bundle: ModuleType) -> None:
    """Import the program with what is left out hidden."""
    hidden = {"annotated_doc", "click", "networkx", "pygments", "rich", "setuptools", "shellingham", "typer"}
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({sorted(hidden)!r}));"
        "import gpt_assistant.app, gpt_assistant.engine.model, gpt_assistant.engine.seq2seq;"
        "from transformers import AutoModelForCausalLM, AutoTokenizer, AutoModelForSeq2SeqLM"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)
    assert {name.replace("_", "-") for name in hidden} <= bundle.NOT_PACKAGES


@linux_only
def test_libraries_are_found_in_the_file_itself(bundle: ModuleType) -> None:
    import PySide6  # noqa: PLC0415

    folder = Path(PySide6.__file__).parent
    names = bundle.needed(folder / "QtWidgets.abi3.so")
    assert {"libQt6Widgets.so.6", "libQt6Gui.so.6", "libQt6Core.so.6"} <= set(names)
    assert not bundle.is_elf(Path(__file__))


@linux_only
def test_qt_is_the_modules_that_are_imported_and_their_libraries(bundle: ModuleType) -> None:
    from importlib import metadata  # noqa: PLC0415

    distribution = metadata.distribution("PySide6-Essentials")
    files = [PurePosixPath(str(file)) for file in distribution.files or ()]
    names = {file.name for file in bundle._qt_files(distribution, files)}
    assert {
        "QtWidgets.abi3.so",
        "libQt6Widgets.so.6",
        "libqxcb.so",
        "libQt6XcbQpa.so.6",
        "libicudata.so.73",
    } <= {"libicudata.so.73" if name.startswith("libicudata.so") else name for name in names}
    assert not {"QtQml.abi3.so", "libQt6Qml.so.6", "libQt6Designer.so.6", "libqeglfs.so"} & names


# The model file that is installed along


def test_the_model_inside_is_used_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gguf = tiny_gguf.write(tiny_gguf.build("llama"), "llama", tmp_path / "tiny.gguf")
    default = catalogue.find("default")
    assert default is not None
    size = gguf.stat().st_size
    entry = dataclasses.replace(default, file_name="tiny.gguf", file_size=size, file_sha256="0" * 64)
    inside = tmp_path / "inside" / entry.id
    inside.mkdir(parents=True)
    file = gguf.rename(inside / "tiny.gguf")
    monkeypatch.setattr(catalogue, "find", lambda source: entry if source in ("default", entry.id) else None)
    monkeypatch.setattr(paths, "bundled_models", lambda: tmp_path / "inside")
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))

    def resolve() -> sources.ModelFolder:
        return sources.resolve("default", offline=True, progress=lambda *_: None, cancelled=lambda: False)

    found = resolve()
    assert found.gguf == file, "not copied: the blocks are read from where it lies"
    assert found.path.parent == tmp_path / "models"
    assert not list(found.path.glob("*.gguf"))

    file.unlink()  # the package is gone, or has another model
    again = resolve()
    assert again.path == found.path
    assert again.gguf is None


def test_a_model_inside_of_another_size_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    default = catalogue.find("default")
    assert default is not None
    inside = tmp_path / default.id
    inside.mkdir()
    (inside / default.file_name).write_bytes(b"GGUF")
    monkeypatch.setattr(paths, "bundled_models", lambda: tmp_path)
    monkeypatch.setenv("GPT_ASSISTANT_MODELS", str(tmp_path / "models"))
    with pytest.raises(sources.ModelUnavailable, match="not on this machine"):
        sources.resolve("default", offline=True, progress=lambda *_: None, cancelled=lambda: False)
