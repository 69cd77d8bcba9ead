"""Bytes as a writer reads them."""

from __future__ import annotations

from gpt_assistant.ui.tr import tr


def said_size(count: int) -> str:
    """Return so many bytes in the unit that fits: "12 kB", "98 MB", "1.3 GB"; a part of a kB is one."""
    if count >= 1_000_000_000:
        return tr("{size:.1f} GB", size=count / 1e9)
    if count >= 1_000_000:
        return tr("{size:.0f} MB", size=count / 1e6)
    return tr("{size:,.0f} kB", size=-(-count // 1000))
