"""Imports point downwards only, and what is heavy is not imported early.

text < paths, settings, storage, export < engine < features < link < ui < commands, app, cli, __main__
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import gpt_assistant

ROOT = Path(gpt_assistant.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
PACKAGE = "gpt_assistant"

RANKS = {
    "text": 0,
    "paths": 1,
    "connections": 1,
    "logs": 1,
    "power": 1,
    "seal": 1,
    "settings": 1,
    "storage": 1,
    "export": 1,
    "engine": 2,
    "features": 3,
    "link": 4,
    "ui": 5,
    "offers": 6,
    "commands": 6,
    "desktop": 6,
    "app": 6,
    "cli": 6,
    "__main__": 6,
}
QT = {"PySide6", "shiboken6", "qasync"}
# Only inside a function: a bare server may lack gguf, and huggingface_hub takes long to import.
LAZY_MODEL_PACKAGES = {"gguf", "huggingface_hub", "jinja2", "httpx2"}
MODEL_PACKAGES = {"torch", "transformers", "tokenizers", "safetensors", "numpy"}
CONNECTING = {"huggingface_hub", "httpx2", "httpx", "requests", "urllib3", "aiohttp", "ftplib", "smtplib"}
HEAVY = MODEL_PACKAGES | LAZY_MODEL_PACKAGES
THIRD_PARTY = {
    "text": set(),
    "paths": {"platformdirs"},
    "connections": set(),
    "logs": set(),
    "power": set(),
    "seal": set(),
    "settings": {"tomlkit"},
    "storage": {"charset_normalizer", "cryptography", "keyring"},
    "export": {"docx", "markdown_it", "mdit_py_plugins", "odfdo"},
    "engine": MODEL_PACKAGES | LAZY_MODEL_PACKAGES,
    "features": MODEL_PACKAGES | {"py3langid", "symspellpy", "hunspell", "stdnum", "wordfreq"},
    "link": QT,
    "ui": QT,
    "offers": set(),
    "commands": set(),
    "desktop": set(),
    "app": QT,
    "cli": set(),
    "__main__": set(),
}
# `demo` drives the real window; the others run without Qt. `bench` measures the model's numbers.
WITH_QT = {"commands/demo.py", "commands/driving.py", "commands/bench_large.py", "commands/bench_window.py"}
WITH_MODELS = {
    "commands/bench.py",
    "commands/calibrate.py",
    "commands/measure/engine.py",
    "commands/measure/peers.py",
    "commands/measure/random_models.py",
    "commands/measure/remote.py",
}
ALSO = dict.fromkeys(WITH_QT, QT) | dict.fromkeys(WITH_MODELS, MODEL_PACKAGES | {"httpx2", "llama_cpp"})
ALSO |= {"desktop/icons.py": QT}  # when the program is added to a desktop


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def layer_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> Iterator[tuple[str, bool, bool]]:
    """Yield (module, at the top of the module, for the type checker only) for each import in a file."""
    tree = ast.parse(path.read_bytes())
    top = {id(node) for node in _outside_functions(tree)}
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}:{node.lineno}: relative import"
            # "from gpt_assistant import paths" imports the module paths
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            yield name, id(node) in top, id(node) in typing_only


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from _outside_functions(node)


def own(module: str) -> str:
    """Return the layer of a module of ours, "" for another's or for the package itself."""
    parts = module.split(".")
    return parts[1] if parts[0] == PACKAGE and len(parts) > 1 and parts[1] in RANKS else ""


def checked(files: list[Path], *layers: str) -> list[Path]:
    return [path for path in files if layer_of(path) in layers]


def params(*layers: str) -> pytest.MarkDecorator:
    files = checked(FILES, *layers) if layers else FILES
    return pytest.mark.parametrize("path", files, ids=named)


def test_every_file_belongs_to_a_layer() -> None:
    assert {layer_of(path) for path in FILES} <= RANKS.keys() | {"__init__"}
    assert len(FILES) > 15


@params()
def test_imports_point_downwards(path: Path) -> None:
    if layer_of(path) == "__init__":
        assert not list(imports(path))
        return
    rank = RANKS[layer_of(path)]
    for module, _, _ in imports(path):
        if layer := own(module):
            assert RANKS[layer] <= rank, f"{named(path)} imports {module}, which is above it"
            same = RANKS[layer] == rank and layer != layer_of(path)
            assert not same or rank in (1, 6), f"{named(path)} imports its neighbour {module}"


@params()
def test_only_the_packages_of_its_layer_are_imported(path: Path) -> None:
    allowed = THIRD_PARTY.get(layer_of(path), set()) | ALSO.get(named(path), set())
    for module, _, _ in imports(path):
        top = module.split(".")[0]
        assert top in sys.stdlib_module_names | {PACKAGE} | allowed, f"{named(path)} imports {module}"


@params("text", "paths", "settings", "storage", "engine", "features")
def test_what_a_bare_gpu_server_may_lack_is_imported_late(path: Path) -> None:
    for module, at_top, typing_only in imports(path):
        if module.split(".")[0] in LAZY_MODEL_PACKAGES | {
            *("hunspell", "platformdirs", "py3langid", "symspellpy", "wordfreq", "cryptography", "keyring")
        }:
            assert not at_top or typing_only, f"{named(path)} imports {module} at its top"


@params("ui")
def test_the_window_knows_the_engine_by_its_messages_alone(path: Path) -> None:
    for module, _, typing_only in imports(path):
        if own(module) == "engine" and not typing_only:
            assert module.startswith(f"{PACKAGE}.engine.messages."), f"{named(path)} imports {module}"
        assert own(module) != "features", f"{named(path)} imports {module}"


@params()
def test_only_link_knows_both_qt_and_the_worker(path: Path) -> None:
    modules = {module for module, _, _ in imports(path)}
    qt = any(module.split(".")[0] in QT for module in modules)
    worker = any((module + ".").startswith(f"{PACKAGE}.engine.worker.") for module in modules)
    if qt and worker:
        assert named(path) == "link.py"


@params()
def test_only_the_engine_knows_what_connects(path: Path) -> None:
    """connections.py hears of Python's sockets; of Qt's there is the local one, between two starts."""
    modules = {module for module, _, _ in imports(path)}
    if layer_of(path) != "engine":
        assert not {module.split(".")[0] for module in modules} & CONNECTING, named(path)
        assert not {module for module in modules if module.startswith(("urllib.request", "http."))}
    of_qt = {module for module in modules if module.startswith(("PySide6.QtNetwork", "PySide6.QtWeb"))}
    assert of_qt <= {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}


@params("commands", "cli", "__main__")
def test_the_command_line_imports_nothing_heavy_at_its_top(path: Path) -> None:
    for module, at_top, typing_only in imports(path):
        if at_top and not typing_only and named(path) not in WITH_MODELS:
            assert module.split(".")[0] not in HEAVY, f"{named(path)} imports {module} at its top"


def loaded_by(*modules: str) -> set[str]:
    """Return the packages that a fresh interpreter has loaded after importing `modules`."""
    code = f"import sys, {', '.join(modules)}; print(*{{name.split('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def modules_of(*layers: str) -> list[str]:
    names = (path.relative_to(ROOT.parent).with_suffix("") for path in checked(FILES, *layers))
    return [".".join(name.parts).removesuffix(".__init__") for name in names if name.name != "__main__"]


def test_the_window_is_imported_without_torch() -> None:
    loaded = loaded_by(*modules_of("ui", "link", "app"))
    assert "PySide6" in loaded
    assert not loaded & (HEAVY - {"numpy"})
    assert not loaded & {"docx", "lxml", "markdown_it", "odfdo"}, "only an export needs them"


def test_the_command_line_starts_without_qt_and_without_torch() -> None:
    """Each command is imported when it is chosen; `models` needs neither."""
    assert not loaded_by(*modules_of("cli"), f"{PACKAGE}.commands.models") & (HEAVY | QT)


def test_the_commands_are_imported_without_qt() -> None:
    qt = {f"{PACKAGE}.{name.removesuffix('.py').replace('/', '.')}" for name in WITH_QT}
    modules = [name for name in modules_of("commands") if name not in qt]
    assert modules
    assert not loaded_by(*modules) & QT


def test_the_engine_is_imported_without_qt() -> None:
    assert not loaded_by(*modules_of("engine", "features")) & QT
