"""The rule for who may join, as it is ticked in a form."""

from __future__ import annotations

from collections.abc import Iterator

from domain.kernel.eligibility import Ground, Sector
from domain.people.admission import Admission
from domain.programme.network import NetworkKind
from web.pages.kernel.forms import Form

GROUNDS = [each.value for each in Ground]
SECTORS = [each.value for each in Sector]
KINDS = [each.value for each in NetworkKind]


def admission_of(form: Form) -> Admission:
    """The rule that is ticked; nothing ticked is open to anyone."""
    ticked = form.typed.getlist
    sectors, decided = (
        tuple(each for each in Sector if each.value in ticked(name)) for name in ("sector", "decided_sector")
    )
    return Admission(
        grounds=tuple(each for each in Ground if each.value in ticked("ground")),
        sectors=sectors,
        decided_sectors=decided,
        managers_only=bool((sectors or decided) and form.text("managers_only")),
    )


def ticks_of(admission: Admission) -> Iterator[tuple[str, str]]:
    """The fields of a form that shows the rule."""
    yield from (("ground", each.value) for each in admission.grounds)
    yield from (("sector", each.value) for each in admission.sectors)
    yield from (("decided_sector", each.value) for each in admission.decided_sectors)
    yield "managers_only", "yes" if admission.managers_only else ""
