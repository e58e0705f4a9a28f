"""The event catalogue in domain/README.md says what the code remembers, no more and no less."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from eventsourcing.domain import CanMutateAggregate

from infrastructure.serialization.aggregates import AGGREGATES
from infrastructure.serialization.event_mapper import topic_of

CATALOGUE = Path(__file__).parents[2] / "domain" / "README.md"
ENVELOPE = {"self", "originator_id", "originator_version", "timestamp", "originator_topic"}


def test_every_event_stands_in_the_catalogue_with_its_facts() -> None:
    assert _written() == _coded()


def _written() -> dict[str, list[str]]:
    rows = re.findall(r"^\| `([\w.]+)` \|[^|]*\| ([^|]*) \|", CATALOGUE.read_text(), re.MULTILINE)
    return {
        name: [fact.removesuffix(" (encrypted)") for fact in facts.split(", ") if fact != "–"] for name, facts in rows
    }


def _coded() -> dict[str, list[str]]:
    return {
        topic_of(event): [fact for fact in inspect.signature(event).parameters if fact not in ENVELOPE]
        for kind in AGGREGATES
        for name, event in vars(kind).items()
        if isinstance(event, type) and issubclass(event, CanMutateAggregate) and name not in ("Event", "Created")
    }
