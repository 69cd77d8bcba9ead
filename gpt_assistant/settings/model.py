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
        group="Model and device",
        kind="model",
    )
    device: str = option(
        "auto",
        label="Device",
        help="Where the model runs; automatic takes the GPU when there is one.",
        group="Model and device",
        kind="device",
        names={"auto": "automatic"},
    )
    dtype: str = option(
        "auto",
        label="Number format",
        help="Fewer bits take less memory; automatic takes bfloat16, on the CPU integers.",
        group="Model and device",
        choices=("auto", "float32", "bfloat16", "float16", "int8", "int4"),
        names={"auto": "automatic"},
        kind="precision",
    )
    check_memory: bool = option(
        True,
        label="Check the memory first",
        help="Do not load a model that needs more memory than is free.",
        group="Model and device",
    )
    unload_after: int = option(
        15,
        label="Give the memory back after (minutes)",
        help="Unload the model when nothing was typed for so long; the next key loads it. 0 keeps it.",
        group="Model and device",
        minimum=0,
        maximum=1440,
    )
    on_battery: str = option(
        "wait",
        label="On battery",
        help="What suggestions do on battery, or when the machine is too hot.",
        group="Model and device",
        choices=("usual", "wait", "sleep"),
        names={"usual": "As usual", "wait": "Wait for a pause", "sleep": "Only when asked for"},
    )
    threads: int = option(
        0,
        label="CPU threads",
        help="Threads the model computes with; 0 chooses for this machine.",
        group="Model and device",
        minimum=0,
        maximum=64,
    )
