"""A planted fault: one place in the product said otherwise, and the test that must notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """`was` stands once in `file`; with `becomes` in its place the test `caught_by` (as pytest names it) must fail."""

    rule: str
    file: str
    was: str
    becomes: str
    caught_by: str
