"""Codes as pictures that stand in a page: QR with its white margin, so that it is read in any light."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache

from application.kernel.qr import png_of

KEPT = 1024


@lru_cache(maxsize=KEPT)
def picture_of(code: str, scale: int = 8) -> str:
    """A code as an address that is the picture itself; `scale`: pixels to a module."""
    return f"data:image/png;base64,{b64encode(png_of(code, scale)).decode('ascii')}"
