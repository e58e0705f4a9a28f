"""The heap of a process that lives long: what it has read when it begins stays, and is not looked through again."""

from __future__ import annotations

import gc

_NOW_AND_THEN = 5_000


def settle(_: object = None) -> None:
    """What has been read stays: never look through it for garbage, never copy it for a child.

    A request leaves little that is not freed at once, so looking for garbage now and then is enough; but often enough
    that what has gathered is cleared before a reader notices the pause.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NOW_AND_THEN)
