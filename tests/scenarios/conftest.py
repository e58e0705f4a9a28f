"""A furnished institute on a fresh database, for each story."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import samples
from tests.samples import Institute


@pytest.fixture
def institute(database_url: str) -> Iterator[Institute]:
    with samples.institute(database_url) as institute:
        yield institute
