"""VAT that goes to rest with a period: on which days it is posted, and how many vouchers come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.accounting.dormant_vat import Rest
from domain.accounting.object_code import ObjectKind
from domain.kernel.ids import OrganiserId
from infrastructure.read_models.accounting.dormant_queries import DormantVat
from infrastructure.read_models.accounting.vat_period_queries import VatPeriods
from infrastructure.read_models.kernel.query import Reader

_DAY = date.resolution
_NETWORKS = """
select season_id, network_id from season.season where season_id = any(%s) order by sorts_on, position"""


def rests_of(reader: Reader, organiser_id: OrganiserId, first: date, last: date) -> tuple[Rest, ...]:
    """What rests at the end of a period, of every period of VAT that ends in it, and of the day before it."""
    dormant = DormantVat(reader, organiser_id)
    if not dormant.spans:
        return ()
    days, periods, day = {first - _DAY, last}, VatPeriods(reader, organiser_id), first
    while day <= last:
        end = periods.of(day).last
        days |= {end} if end <= last else set()
        day = end + _DAY
    return tuple(Rest(on, dormant.at(on)) for on in sorted(days))


@dataclass(frozen=True)
class Resting:
    """Vouchers of VAT that rests, in a period: how many, the accounts that they need, and what they are about."""

    vouchers: int
    keys: frozenset[str]
    objects: tuple[tuple[ObjectKind, UUID], ...]


def vouchers_to_come(
    reader: Reader, organiser_id: OrganiserId, first: date, last: date, rests: tuple[Rest, ...]
) -> Resting:
    """What a period has of them once `rests` have been posted: a voucher a day to rest, and one the day after back."""
    dormant = DormantVat(reader, organiser_id)
    known = {on: dormant.posted(on) for on in dormant.posted_on(first - _DAY, last)}
    known |= {each.on: each.parts for each in rests}
    days = [day for on, parts in known.items() if any(part.vat for part in parts) for day in (on, on + _DAY)]
    parts = [part for on in known if first <= on + _DAY and on <= last for part in known[on]]
    rates, seasons = {part.basis_points for part in parts}, list(dict.fromkeys(part.season_id for part in parts))
    found = reader.query(_NETWORKS, [seasons]) if seasons else []
    return Resting(
        sum(first <= day <= last for day in days),
        frozenset(f"{account}_{rate}" for account in ("vat", "vat_dormant") for rate in rates),
        tuple(
            each for season, network in found for each in ((ObjectKind.NETWORK, network), (ObjectKind.SEASON, season))
        ),
    )
