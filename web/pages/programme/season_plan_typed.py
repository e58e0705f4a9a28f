"""A season as the fields of the form it is planned with take it: nothing yet, what is proposed, or its prices alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from werkzeug.datastructures import MultiDict

from application.programme.roll_over import Proposal
from domain.kernel.terms import Terms, Tier, zone_named
from domain.kernel.vat import VatKind, VatRate
from domain.programme.price import Per, Price, PriceList
from web.pages.kernel.forms import Typed
from web.pages.programme.season_plan_form import RATES
from web.pages.programme.season_plan_table import LIKE, MEETING, PRICE, TIER, own_of, place_cells

EVERYONE = "everyone"


def blank(network_id: str = "") -> Typed:
    """Nothing typed yet, but what is usual."""
    return MultiDict([("network", network_id), ("seats", "20"), ("vat", "25"), ("per", "person"), ("t_after", "100")])


def filled_from(proposed: Proposal) -> Typed:
    """The season that is proposed, as the form's fields take it."""
    draft = proposed.draft
    typed = blank(str(proposed.network_id))
    typed.setlist("seats", [str(proposed.seats)])
    typed.update({"title": draft.title, **draft.by_name})
    for each in draft.meetings:
        times = _times(each.time.start_at, each.time.end_at, draft.zone)
        cells = (each.title, *times, each.time.month or "", *place_cells(each.place), str(each.like))
        typed.update(dict(zip((*MEETING, LIKE), cells, strict=True)))
    _fill_prices(typed, draft.prices)
    _fill_terms(typed, draft.terms)
    return typed


def filled_with(prices: PriceList | None, terms: Terms | None) -> Typed:
    """Prices and terms as they stand, as the form's fields take them."""
    typed = blank()
    _fill_prices(typed, prices)
    _fill_terms(typed, terms)
    return typed


def _fill_prices(typed: Typed, prices: PriceList | None) -> None:
    if prices is None:
        return
    first = prices.prices[0]
    usual = replace(first, vat=RATES[_rate_named(first.vat)])
    for name, value in (("per", first.per.value), ("persons", str(first.persons)), ("vat", _rate_named(first.vat))):
        typed.setlist(name, [value])
    ticked = (
        ("pro_rata", prices.pro_rata),
        ("may_book_fewer", prices.may_book_fewer),
        ("includes_vat", first.includes_vat),
    )
    for name, is_so in ticked:
        typed.setlist(name, ["yes"] if is_so else [])
    for each in prices.prices:
        typed.update(dict(zip(PRICE, _price_cells(each, usual), strict=True)))


def _price_cells(price: Price, usual: Price) -> tuple[str, ...]:
    audience = price.audience.value if price.audience else EVERYONE
    is_usual = price.per is Per.PERSON or price.persons == usual.persons
    return (
        _decimal(price.amount.amount),
        audience,
        "" if is_usual else str(price.persons),
        "" if price.extra is None else _decimal(price.extra.amount),
        price.from_on.isoformat() if price.from_on else "",
        _day_before(price.before),
        own_of(price, usual),
    )


def _fill_terms(typed: Typed, terms: Terms | None) -> None:
    if terms is None:
        return
    for tier in terms.tiers[:-1]:
        typed.update(dict(zip(TIER, _tier_cells(tier), strict=True)))
    typed.setlist("t_after", [_decimal(terms.tiers[-1].kept)])
    typed.setlist("fee", ["outside" if terms.fee_outside_vat else "with_vat"])


def _tier_cells(tier: Tier) -> tuple[str, str, str]:
    """The last day, or the day and the time of day before which it holds."""
    if tier.at is None or tier.before is None:
        return _day_before(tier.before), "", _decimal(tier.kept)
    return tier.before.isoformat(), tier.at.isoformat("auto" if tier.at.second else "minutes"), _decimal(tier.kept)


def _rate_named(rate: VatRate) -> str:
    unnamed = "25" if rate.kind is VatKind.STANDARD else "exempt"
    return next((name for name, known in RATES.items() if known == rate), unnamed)


def _day_before(day: date | None) -> str:
    return date.fromordinal(day.toordinal() - 1).isoformat() if day else ""


def _decimal(hundredths: int) -> str:
    """Kronor of an amount in öre, per cent of basis points: decimals only where there are any."""
    return f"{hundredths // 100}" + (f",{hundredths % 100:02d}" if hundredths % 100 else "")


def _times(start: datetime | None, end: datetime | None, zone: str) -> tuple[str, str, str]:
    if start is None or end is None:
        return "", "", ""
    begins, ends = (each.astimezone(zone_named(zone)) for each in (start, end))
    return f"{begins:%Y-%m-%d}", f"{begins:%H:%M}", f"{ends:%H:%M}"
