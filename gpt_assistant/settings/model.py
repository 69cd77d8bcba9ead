"""The model and the device it runs on."""

from __future__ import annotations

from dataclasses import dataclass

from gpt_assistant.settings.option import option


@dataclass(frozen=True)
class ModelSettings:
    """The model and the device it runs on."""

    model: str = option(
        "default",
        label="Model",
        help="The bundled model, a folder, a GGUF file or a hub id such as org/name.",
        group="Model",
        kind="model",
    )
    device: str = option(
        "auto",
        label="Device",
        help="Where the model runs; automatic takes the GPU when there is one.",
        group="Model",
        choices=("auto", "cuda", "mps", "cpu"),
        names={"auto": "automatic", "cuda": "CUDA (NVIDIA GPU)", "mps": "MPS (Apple GPU)", "cpu": "CPU"},
    )
    dtype: str = option(
        "auto",
        label="Number format",
        help="Automatic takes bfloat16, with packed integer weights on the CPU.",
        group="Model",
        choices=("auto", "float32", "bfloat16", "float16"),
        names={"auto": "automatic"},
    )
    threads: int = option(
        0,
        label="CPU threads",
        help="Threads the model computes with; 0 chooses for this machine.",
        group="Model",
        minimum=0,
        maximum=64,
    )
    offline: bool = option(
        False,
        label="Stay offline",
        help="Never open a network connection, not even to fetch a model.",
        group="Model",
    )
