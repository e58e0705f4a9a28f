"""An event store on a fresh database, for the tests of storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infrastructure.store import Store
from tests.infrastructure.event_store import opened_store


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with opened_store(database_url, tmp_path / "keys") as store:
        yield store
