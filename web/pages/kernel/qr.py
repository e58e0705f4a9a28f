"""Codes as pictures that stand in a page: QR with its white margin, so that it is read in any light."""

from __future__ import annotations

from functools import lru_cache

import segno

KEPT = 1024


@lru_cache(maxsize=KEPT)
def picture_of(code: str, scale: int = 8) -> str:
    """A code as an address that is the picture itself; `scale`: pixels to a module."""
    return str(segno.make(code, error="m", micro=False).png_data_uri(scale=scale, border=4))
