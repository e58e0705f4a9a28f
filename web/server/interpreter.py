"""How the interpreter of a process that lives long is set."""

from __future__ import annotations

import gc
import sys

_NOW_AND_THEN = 5_000
_TURN = 0.0005
"""Seconds after which a thread that reckons lets another go on, where ten times as many are usual: who has an answer
from the database waits so long at each of its statements while another thread decides."""


def settle(_: object = None) -> None:
    """What has been read stays: never look through it for garbage, never copy it for a child; and threads take turns.

    A request leaves little that is not freed at once, so looking for garbage now and then is enough; but often enough
    that what has gathered is cleared before a reader notices the pause.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NOW_AND_THEN)
    sys.setswitchinterval(_TURN)
