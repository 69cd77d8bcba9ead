"""Where the application keeps its files on this platform.

`GPT_ASSISTANT_HOME` puts everything under one folder, for portable installs and for tests.
`GPT_ASSISTANT_MODELS` moves the models alone, so that several homes can share one copy of them.
"""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

_NAME = "gpt-assistant"


def _folder(kind: str) -> Path:
    home = os.environ.get("GPT_ASSISTANT_HOME")
    folder = Path(home).expanduser() / kind if home else _platform_folder(kind)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _platform_folder(kind: str) -> Path:
    # Imported here: the engine also runs on bare servers that have torch and transformers alone.
    from platformdirs import PlatformDirs  # noqa: PLC0415

    folders = PlatformDirs(_NAME, appauthor=False)
    return Path(getattr(folders, f"user_{kind}_dir"))


def config_folder() -> Path:
    """Return the folder of settings.toml, created if missing."""
    return _folder("config")


def data_folder() -> Path:
    """Return the folder of what cannot be made again: journal, session, the writer's own words."""
    return _folder("data")


def cache_folder() -> Path:
    """Return the folder of what can be fetched or computed again: models above all."""
    return _folder("cache")


def models_folder() -> Path:
    """Return the folder that holds one subfolder for each fetched or converted model."""
    elsewhere = os.environ.get("GPT_ASSISTANT_MODELS")
    folder = Path(elsewhere).expanduser() if elsewhere else cache_folder() / "models"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def bundled_models() -> Path:
    """Return the folder of the model files that are installed with the program; it may be missing.

    It holds one subfolder for each model of the catalogue, by its name, with the file as it is fetched.
    """
    return resource("models")


def resource(name: str) -> Path:
    """Return the path of a file under resources/, from the source tree or from the installed wheel."""
    packaged = Path(str(resources.files("gpt_assistant"))) / "resources" / name
    return packaged if packaged.exists() else Path(__file__).parent.parent / "resources" / name
