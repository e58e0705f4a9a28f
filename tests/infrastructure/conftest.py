"""An event store on a fresh database, for the tests of storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infrastructure.event_store.store import Store
from tests import samples
from tests.infrastructure.log_of_tests import opened_store
from tests.samples import Institute


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with opened_store(database_url, tmp_path / "keys") as store:
        yield store


@pytest.fixture
def institute(database_url: str) -> Iterator[Institute]:
    """A furnished institute, for the tests of what is read."""
    with samples.institute(database_url) as institute:
        yield institute
