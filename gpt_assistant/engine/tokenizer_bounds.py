"""Keeps a tokenizer that came with a model from making a huge text, or endless tokens, of a short one.

tokenizer.json is a small program: replacements may each make ten letters of one, twelve of them 10^12; text
may be filled up to a billion tokens, or begin with as many. The library carries all that out, and ends the
whole process when memory runs out. So filling up and cutting off are switched off, which nothing here asks
for, and what grows is looked at before the first text. No tokenizer in use comes near: Gemma's makes one sign
of one, CLIP's two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tokenizers import Tokenizer

from gpt_assistant.text.told import told

_MOST_GROWTH = 256
_MOST_STARTS = 64


def bound(tokenizer: Tokenizer) -> None:
    """Have `tokenizer` neither fill up nor cut off.

    Raises ValueError with one line for one that makes far too much of a short text.
    """
    tokenizer.no_padding()
    tokenizer.no_truncation()
    growth = 1
    for part in (tokenizer.normalizer, tokenizer.pre_tokenizer):
        growth *= _growth(_described(part))
    if growth > _MOST_GROWTH or tokenizer.num_special_tokens_to_add(False) > _MOST_STARTS:
        raise ValueError(told("its tokenizer makes far too much of a short text"))


def _described(part: Any) -> Mapping[str, Any]:
    """Return a part of a tokenizer as tokenizer.json has it; of one that is made in Python nothing."""
    try:
        found = json.loads(part.__getstate__())
    except Exception:
        return {}
    return found if isinstance(found, dict) else {}


def _growth(part: Mapping[str, Any]) -> int:
    """Return by how much a text may grow at most."""
    if part.get("type") == "Replace":
        # A regular expression, and a text of nothing, may stand between any two letters.
        between = 0 if (part.get("pattern") or {}).get("String") else 1
        return max(1, len(part["content"]) + between)
    if part.get("type") == "Prepend":
        return max(1, len(part["prepend"]))
    if part.get("type") == "ByteLevel":
        return 2  # a byte becomes a letter of two
    growth = 1
    for inner in (*part.get("normalizers", ()), *part.get("pretokenizers", ())):
        growth = min(growth * _growth(inner), _MOST_GROWTH + 1)
    return growth
