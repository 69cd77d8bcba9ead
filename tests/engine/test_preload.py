"""Torch's library is opened beforehand where that helps, and torch is imported all the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gpt_assistant.engine import preload


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux needs it")
def test_the_library_is_open_before_the_import_and_torch_still_works() -> None:
    code = (
        "import sys; from gpt_assistant.engine import preload\n"
        "assert preload.torch_library() and 'torch' not in sys.modules\n"
        "assert 'libtorch_cpu' in open('/proc/self/maps').read()\n"
        "import torch; print(float((torch.eye(2) @ torch.ones(2)).sum()), preload.torch_library())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2.0", "False"]


def test_without_torch_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert preload.torch_library() is False
