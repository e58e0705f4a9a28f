"""Reactions begin when read models are current, or after a moment of patience."""

from __future__ import annotations

import threading

import pytest

from infrastructure.jobs import reacting
from infrastructure.jobs.reacting import Reacting


class Notes:
    """What was done, in order."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.has_reacted = threading.Event()

    def react(self) -> int:
        self.done.append("reaction")
        self.has_reacted.set()
        return 0


def test_read_models_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reacting, "PATIENCE", 3600.0)
    notes = Notes()
    with Reacting(notes.react) as reactions:
        reactions.hold()
        notes.done.append("read models")
        reactions.wake()
        assert notes.has_reacted.wait(60)
    assert notes.done[:2] == ["read models", "reaction"]


def test_a_reaction_begins_after_a_moment_although_read_models_always_have_something_to_take_in() -> None:
    notes = Notes()
    with Reacting(notes.react) as reactions:
        reactions.hold()
        assert notes.has_reacted.wait(60)


def test_what_stops_a_reaction_is_raised_where_read_models_are_kept() -> None:
    has_failed = threading.Event()

    def react() -> int:
        has_failed.set()
        raise ValueError("this one")

    with pytest.raises(ValueError, match="this one"), Reacting(react) as reactions:
        reactions.wake()
        assert has_failed.wait(60)
