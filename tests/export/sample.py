"""A document with everything that Markdown has, and a picture beside it."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

SAMPLE = """# A *fine* title

Plain, **bold**, *slanted*, ***both***, ~~gone~~ and `a  b`; see https://example.org/x. and [here](https://a.b).
A second line
and after a break\\
a third.[^1]

- one
  - nested

    more of it
- [x] done

3. three
4. four

> said
> > deeper

| name | number |
|:-----|-------:|
| one  | *1*    |
| two  | 2      |

```python
if x < 1:
    y = "&"
```

![A blue square](blue%20square.png)

---

1. anew

[^1]: What is **noted**.
"""


def write_picture(folder: Path) -> Path:
    """Write a PNG of 60 × 30 blue points; nothing but the standard library makes it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60, 30, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x20\x60\xc0" * 60) * 30)
    path = folder / "blue square.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path
