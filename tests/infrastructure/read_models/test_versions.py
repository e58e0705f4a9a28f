"""A read model whose tables change has another version, so that an upgrade makes them again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from infrastructure.read_models.catalogue import PROJECTIONS
from infrastructure.read_models.kernel.projection import Projection

KNOWN = Path(__file__).with_name("tables_by_version.json")
"""Each read model by name and version, with a digest of its tables. Another digest wants a higher version there."""


def digest_of(projection: Projection) -> str:
    tables = [(str(each), list(each.columns.items()), each.key, each.indexes) for each in projection.tables]
    return hashlib.sha256(repr(tables).encode()).hexdigest()[:16]


def test_tables_are_those_of_their_version() -> None:
    known = json.loads(KNOWN.read_text())
    assert {each.tracked: digest_of(each) for each in PROJECTIONS} == known
