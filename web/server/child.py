"""A process of the supervisor's: a command of Plats's (`-m web.server.child worker`) that ends when its parent does."""

from __future__ import annotations

import os
import signal
import sys
import threading

from web.cli import main


def end_with_parent() -> None:
    """End gracefully when the parent is gone: it holds the other end of our standard input and never writes to it."""
    threading.Thread(target=_wait_for_the_end, name="lifeline", daemon=True).start()


def _wait_for_the_end() -> None:
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    end_with_parent()
    main()
