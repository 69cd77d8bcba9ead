"""A model through transformers, from a folder that may hold anything: see inspection.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from gpt_assistant.engine import inspection


def load(kind: Any, folder: Path, dtype: torch.dtype) -> Any:
    """Return the model in `folder` by `kind`, one of transformers' automatic classes.

    It is made without memory first, by the sizes that config.json states: 0.1 s, where one of made-up sizes
    would take all memory before the first weight is read. Raises ValueError if the files do not hold all of
    it, and whatever transformers raises.
    """
    from transformers import AutoConfig  # noqa: PLC0415 (takes seconds)
    from transformers.utils import logging as transformers_logging  # noqa: PLC0415

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    tensors = inspection.check(folder)
    own: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    config = AutoConfig.from_pretrained(folder, **own)
    with torch.device("meta"):
        inspection.check_memory(kind.from_config(config, trust_remote_code=False), tensors)
    model, report = kind.from_pretrained(
        folder, dtype=dtype, use_safetensors=True, output_loading_info=True, **own
    )
    inspection.check_loaded(report)
    # A first pass does not see a word that it does not read.
    inspection.finite(model.get_input_embeddings().weight.detach().sum(dtype=torch.float32))
    return model
