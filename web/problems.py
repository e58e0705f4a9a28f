"""How a process of ours tells of its troubles: a line each on standard error, and nothing about what goes well."""

from __future__ import annotations

import logging


def report_problems() -> None:
    """From now on every problem is a line with its time."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
