"""The planted faults, one for each rule that something else rests on."""

from __future__ import annotations

from tests.mutants.guards import GUARDS
from tests.mutants.reactions import REACTIONS
from tests.mutants.sums import SUMS

MUTANTS = (*GUARDS, *REACTIONS, *SUMS)
