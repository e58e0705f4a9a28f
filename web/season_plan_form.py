"""The form a season is planned with, empty or filled in from the season before; read as one command."""

from __future__ import annotations

from datetime import date, datetime

from werkzeug.datastructures import MultiDict

from application.roll_over import Proposal
from application.season import PlanSeason
from domain.errors import PlatsError
from domain.ids import NetworkId
from domain.money import WHOLE
from domain.price import Per, PriceList
from domain.terms import Terms, zone_named
from domain.vat import EXEMPT, NO_VAT, VAT_6, VAT_12, VAT_25, VatKind, VatRate
from web.forms import Form, Typed
from web.season_plan_table import MEETING, PRICE, TIER, Cells, Row, rows_of

RATES = {"25": VAT_25, "12": VAT_12, "6": VAT_6, "exempt": EXEMPT, "outside": NO_VAT}
EVERYONE = "everyone"
LEAST = {"meeting": 3, "price": 2, "tier": 1}
FIELDS = {
    "title": "title",
    "promise": "promise",
    "seats": "seats",
    "tiers": "t_until-1",
    "prices": "p_amount-1",
    "persons": "persons",
}
"""From what a rule calls a value to the field it was typed in."""


class SeasonPlanForm:
    """The form whole. Rows that are empty do not count; `grow` names the table that gets an empty row more."""

    def __init__(self, form: Form, zone: str, currency: str, grow: str = "") -> None:
        self.form, self.zone, self.currency = form, zone, currency
        self._cells = Cells(form.problems, zone)
        self.meetings, self.prices, self.tiers = (
            self._rows(names, what, grow) for names, what in ((MEETING, "meeting"), (PRICE, "price"), (TIER, "tier"))
        )

    def plan(self) -> PlanSeason | None:
        """The season that was asked for; None where something could not be read."""
        network, title = self.form.choice("network"), self.form.required("title")
        if network is None:
            self.form.problems.note("network", "form.choose")
        seats = self.form.whole("seats")
        if seats is not None and not 1 <= seats <= 1_000_000:
            self.form.problems.note("seats", "form.number")
        meetings, prices = self._cells.meetings(self.meetings), self._price_list()
        terms = self._terms(prices)
        if self.form.problems or network is None or seats is None:
            return None
        return PlanSeason(
            NetworkId(network),
            title,
            seats,
            promise=self.form.text("promise"),
            meetings=tuple(meetings),
            prices=prices,
            terms=terms,
            zone=self.zone,
        )

    def money(self) -> tuple[PriceList | None, Terms | None]:
        """The prices and terms alone; what could not be read is among the form's problems."""
        prices = self._price_list()
        if prices is None:
            self.form.problems.note("p_amount-1", "form.sum")
        return prices, self._terms(prices)

    def _rows(self, names: tuple[str, ...], what: str, grow: str) -> list[Row]:
        least = max(LEAST[what], len(self.form.typed.getlist(names[0])) + (grow == what))
        return rows_of(self.form.typed, names, least)

    def _price_list(self) -> PriceList | None:
        per = Per.ORGANISATION if self.form.text("per") == Per.ORGANISATION else Per.PERSON
        persons = self.form.whole("persons") if per is Per.ORGANISATION else 1
        rate = RATES.get(self.form.text("vat"), VAT_25)
        try:
            prices = self._cells.prices(self.prices, rate, per, persons or 1, self.currency)
            asked = self.form.text("pro_rata"), self.form.text("may_book_fewer")
            return PriceList(0, tuple(prices), bool(asked[0]), bool(asked[1]), self.zone) if prices else None
        except PlatsError as error:
            self.form.problems.refused(error, FIELDS)
            return None

    def _terms(self, prices: PriceList | None) -> Terms | None:
        if prices is None or prices.is_free:
            return None
        after = self._cells.per_cent(self.form.text("t_after") or "100", "t_after")
        try:
            tiers = self._cells.tiers(self.tiers, after)
            return Terms(0, tiers, self.zone, fee_outside_vat=self.form.text("fee") == "outside")
        except PlatsError as error:
            self.form.problems.refused(error, FIELDS)
            return None


def blank(network_id: str = "") -> Typed:
    """Nothing typed yet, but what is usual."""
    return MultiDict([("network", network_id), ("seats", "20"), ("vat", "25"), ("per", "person"), ("t_after", "100")])


def filled_from(proposed: Proposal) -> Typed:
    """The season that is proposed, as the form's fields take it."""
    draft = proposed.draft
    typed = blank(str(proposed.network_id))
    typed.setlist("seats", [str(proposed.seats)])
    typed.update({"title": draft.title, "promise": draft.promise})
    for each in draft.meetings:
        times = _times(each.time.start_at, each.time.end_at, draft.zone)
        cells = (each.title, *times, each.time.month or "", each.place.format.value, each.place.venue)
        typed.update(dict(zip(MEETING, cells, strict=True)))
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
    for name, value in (("per", first.per.value), ("persons", str(first.persons)), ("vat", _rate_named(first.vat))):
        typed.setlist(name, [value])
    for name, is_so in (("pro_rata", prices.pro_rata), ("may_book_fewer", prices.may_book_fewer)):
        typed.setlist(name, ["yes"] if is_so else [])
    for each in prices.prices:
        audience = each.audience.value if each.audience else EVERYONE
        typed.update(dict(zip(PRICE, (_kronor(each.net.amount), audience, _day_before(each.before)), strict=True)))


def _fill_terms(typed: Typed, terms: Terms | None) -> None:
    if terms is None:
        return
    for tier in terms.tiers[:-1]:
        typed.update(dict(zip(TIER, (_day_before(tier.before), _per_cent(tier.kept)), strict=True)))
    typed.setlist("t_after", [_per_cent(terms.tiers[-1].kept)])
    typed.setlist("fee", ["outside" if terms.fee_outside_vat else "with_vat"])


def _rate_named(rate: VatRate) -> str:
    unnamed = "25" if rate.kind is VatKind.STANDARD else "exempt"
    return next((name for name, known in RATES.items() if known == rate), unnamed)


def _per_cent(basis_points: int) -> str:
    return str(basis_points * 100 // WHOLE)


def _day_before(day: date | None) -> str:
    return date.fromordinal(day.toordinal() - 1).isoformat() if day else ""


def _kronor(amount: int) -> str:
    return f"{amount // 100}" + (f",{amount % 100:02d}" if amount % 100 else "")


def _times(start: datetime | None, end: datetime | None, zone: str) -> tuple[str, str, str]:
    if start is None or end is None:
        return "", "", ""
    begins, ends = (each.astimezone(zone_named(zone)) for each in (start, end))
    return f"{begins:%Y-%m-%d}", f"{begins:%H:%M}", f"{ends:%H:%M}"
