"""The form a season is planned with, read as one command."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from application.programme.meeting import PlannedMeeting
from application.programme.roll_over import Proposal
from application.programme.season import PlanSeason
from domain.kernel.errors import PlatsError
from domain.kernel.ids import NetworkId
from domain.kernel.money import Money
from domain.kernel.terms import Terms, zone_named
from domain.kernel.vat import EXEMPT, NO_VAT, VAT_6, VAT_12, VAT_25
from domain.programme.price import Per, Price, PriceList
from domain.programme.roll_over import MeetingDraft, follow
from domain.programme.season import NOTHING_SAID
from domain.programme.season_opening import Visibility
from web.pages.kernel.forms import Form
from web.pages.programme.season_plan_table import (
    LIKE,
    MEETING,
    PRICE,
    ROW,
    TIER,
    Cells,
    Row,
    rows_of,
)

RATES = {"25": VAT_25, "12": VAT_12, "6": VAT_6, "exempt": EXEMPT, "outside": NO_VAT}
LEAST = {"meeting": 3, "price": 2, "tier": 1}
FIELDS = {
    "title": "title",
    **{name: name for name in NOTHING_SAID.by_name},
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
        tables = ((*MEETING, LIKE), "meeting"), (PRICE, "price"), (TIER, "tier")
        self.meetings, self.prices, self.tiers = (self._rows(names, what, grow) for names, what in tables)

    def plan(self, proposed: Proposal | None = None) -> PlanSeason | None:
        """The season that was asked for; None where something could not be read.

        `proposed`: the season it was made after, from which comes what the form does not show.
        """
        network, title = self.form.choice("network"), self.form.required("title")
        if network is None:
            self.form.problems.note("network", "form.choose")
        seats = self.form.whole("seats")
        if seats is not None and not 1 <= seats <= 1_000_000:
            self.form.problems.note("seats", "form.number")
        meetings, prices = self._cells.meetings(self.meetings), self._price_list()
        terms = self._terms_of(prices)
        if self.form.problems or network is None or seats is None:
            return None
        planned = PlanSeason(
            NetworkId(network),
            title,
            seats,
            meetings=tuple(meetings),
            prices=prices,
            terms=terms,
            visibility=self.form.one_of("visibility", Visibility, Visibility.DRAFT),
            **replace(NOTHING_SAID, **{**said_in(self.form), "zone": self.zone}).by_name,
        )
        return self._made_after(planned, proposed) if proposed else planned

    def _made_after(self, planned: PlanSeason, proposed: Proposal) -> PlanSeason:
        """Who may join, who leads, whom to ask, the language and the programmes are those of the season before."""
        draft = proposed.draft
        like = {str(each.like): each for each in draft.meetings}
        rows = [row for row in self.meetings if row.has(*ROW)]
        meetings = tuple(
            _after(meeting, like.get(row.cells[LIKE]), draft.zone)
            for meeting, row in zip(planned.meetings, rows, strict=True)
        )
        return replace(
            planned,
            meetings=meetings,
            admission=draft.admission if planned.network_id == proposed.network_id else None,
            leaders=draft.leaders,
            contacts=draft.contacts,
            images=draft.images,
            goods=draft.goods,
            shows_participants=draft.shows_participants,
            stays_in_room=draft.stays_in_room,
            like=proposed.like,
            language=draft.language,
        )

    def money(self) -> tuple[PriceList | None, Terms | None]:
        """The prices and terms alone; what could not be read is among the form's problems."""
        prices = self._price_list()
        if prices is None:
            self.form.problems.note("p_amount-1", "form.sum")
        return prices, self._terms_of(prices)

    def _rows(self, names: tuple[str, ...], what: str, grow: str) -> list[Row]:
        least = max(LEAST[what], len(self.form.typed.getlist(names[0])) + (grow == what))
        return rows_of(self.form.typed, names, least)

    def _price_list(self) -> PriceList | None:
        per = Per.ORGANISATION if self.form.text("per") == Per.ORGANISATION else Per.PERSON
        persons = self.form.whole("persons") if per is Per.ORGANISATION else 1
        rate, included = RATES.get(self.form.text("vat"), VAT_25), bool(self.form.text("includes_vat"))
        try:
            usual = Price(Money(0, self.currency), None, per, persons or 1, rate, included)
            prices = self._cells.prices(self.prices, usual)
            asked = self.form.text("pro_rata"), self.form.text("may_book_fewer")
            return PriceList(0, tuple(prices), bool(asked[0]), bool(asked[1]), self.zone) if prices else None
        except PlatsError as error:
            self.form.problems.refused(error, FIELDS)
            return None

    def _terms_of(self, prices: PriceList | None) -> Terms | None:
        return None if prices is None or prices.is_free else self.terms()

    def terms(self) -> Terms | None:
        """The cancellation terms alone; what could not be read is among the form's problems."""
        after = self._cells.per_cent(self.form.text("t_after") or "100", "t_after")
        try:
            tiers = self._cells.tiers(self.tiers, after)
            return Terms(0, tiers, self.zone, fee_outside_vat=self.form.text("fee") != "with_vat")
        except PlatsError as error:
            self.form.problems.refused(error, FIELDS)
            return None


def said_in(form: Form) -> dict[str, str]:
    """The particulars of a season that a form has fields for."""
    return {name: form.text(name) for name in NOTHING_SAID.by_name if name in form.typed}


def _after(meeting: PlannedMeeting, like: MeetingDraft | None, zone: str) -> PlannedMeeting:
    """A meeting with the seats of the one it was made after, and its programme, moved as the meeting was."""
    if like is None:
        return meeting
    if not like.programme:
        return replace(meeting, seats=like.seats)
    starts = [_wall(each.start_at, zone) for each in (meeting.time, like.time) if each.start_at]
    by = starts[0] - starts[1] if len(starts) == 2 else timedelta()
    return replace(meeting, seats=like.seats, programme=follow(like.programme, by, zone))


def _wall(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(zone_named(zone)).replace(tzinfo=None)
