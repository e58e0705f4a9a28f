"""The tables a season is planned in: rows as typed, and what each row says; what cannot be read is said at its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from application.programme.meeting import PlannedMeeting
from domain.kernel.eligibility import Ground
from domain.kernel.errors import BadValue, PlatsError
from domain.kernel.holiday import Holiday, holiday_on, is_weekend
from domain.kernel.money import WHOLE, Money
from domain.kernel.terms import Tier
from domain.kernel.vat import VatKind, VatRate
from domain.programme.meeting import Format, Place
from domain.programme.meeting_time import TO_COME, MeetingTime, in_month, scheduled
from domain.programme.price import Per, Price
from web.kernel.typed_days import day_of
from web.pages.kernel.forms import Form, Problems, Typed

MEETING = ("m_title", "m_on", "m_from", "m_to", "m_month", "m_format", "m_venue", "m_address", "m_town")
ROW = ("m_title", "m_on", "m_month", "m_venue", "m_address", "m_town")
"""What makes a row one that counts."""
LIKE = "m_like"
"""Which meeting of the season before a row was made after, so that its programme comes along."""
PRICE = ("p_amount", "p_for", "p_persons", "p_extra", "p_from", "p_until", "p_own")
TIER = ("t_until", "t_at", "t_kept")
MOST_ROWS = 100
T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One row of a table, counted from 1, as typed."""

    no: int
    cells: dict[str, str]

    def has(self, *names: str) -> bool:
        """Whether something stands in one of these cells."""
        return any(self.cells[name] for name in names)


def rows_of(typed: Typed, names: tuple[str, ...], least: int) -> list[Row]:
    """The rows that were typed, and empty ones up to `least`."""
    columns = [[each.strip() for each in typed.getlist(name)[:MOST_ROWS]] for name in names]
    filled = [dict(zip(names, cells, strict=True)) for cells in zip_longest(*columns, fillvalue="")]
    filled += [dict.fromkeys(names, "") for _ in range(min(least, MOST_ROWS) - len(filled))]
    return [Row(no, cells) for no, cells in enumerate(filled, start=1)]


@dataclass(frozen=True)
class Cells:
    """Reads rows; `problems` are named by the cell: "m_on-2"."""

    problems: Problems
    zone: str

    def meetings(self, rows: list[Row]) -> list[PlannedMeeting]:
        """The meetings. A row without hours takes those of the row above; one without a title is numbered."""
        meetings: list[PlannedMeeting] = []
        hours = ("", "")
        for row in rows:
            if not row.has(*ROW):
                continue
            hours = (row.cells["m_from"] or hours[0], row.cells["m_to"] or hours[1])
            time = self._time(row, hours)
            title = row.cells["m_title"] or self.problems.say("season_plan.meeting_no", no=row.no)
            place = self._place(row)
            if time is not None and place is not None:
                meetings.append(PlannedMeeting(title, time, place))
        return meetings

    def prices(self, rows: list[Row], usual: Price) -> list[Price]:
        """The prices: kronor, for whom and for how many, each person more, and from which through which day.

        `usual`: what holds for every row that says nothing else: VAT, per what, for how many, in which currency.
        """
        prices: list[Price] = []
        for row in rows:
            if not row.has("p_amount"):
                continue
            amount = self._read(row, "p_amount", lambda form: form.sum("p_amount"))
            if amount is None:
                continue
            price = replace(_owned(row.cells["p_own"], usual), amount=Money(amount, usual.amount.currency))
            whom = Ground(row.cells["p_for"]) if row.cells["p_for"] in list(Ground) else None
            days = self._days(row)
            prices.append(replace(price, audience=whom, from_on=days[0], before=days[1], **self._sizes(row, usual)))
        return prices

    def _days(self, row: Row) -> tuple[date | None, date | None]:
        """From which local day, and the first day no longer."""
        begins = self._read(row, "p_from", lambda form: form.day("p_from"))
        until = self._read(row, "p_until", lambda form: form.day("p_until"))
        if begins and until and until < begins:
            self.problems.note(f"p_until-{row.no}", "season_plan.until_before_from")
            return begins, None
        return begins, until + timedelta(days=1) if until else None

    def _sizes(self, row: Row, usual: Price) -> dict[str, Any]:
        """How many a price is for, and what each person more costs."""
        if usual.per is Per.PERSON:
            return {}
        sizes: dict[str, Any] = {}
        if row.has("p_persons"):
            persons = self._read(row, "p_persons", lambda form: form.whole("p_persons"))
            if persons is not None and not 1 <= persons <= 100:
                self.problems.note(f"p_persons-{row.no}", "form.number")
            elif persons is not None:
                sizes["persons"] = persons
        if row.has("p_extra"):
            extra = self._read(row, "p_extra", lambda form: form.sum("p_extra"))
            sizes["extra"] = None if extra is None else Money(extra, usual.amount.currency)
        return sizes

    def tiers(self, rows: list[Row], kept_after: int) -> tuple[Tier, ...]:
        """Until and including a day (before a time of that day) so many per cent are kept; then `kept_after`."""
        tiers: list[Tier] = []
        for row in rows:
            if not row.has("t_until"):
                continue
            until = self._read(row, "t_until", lambda form: form.day("t_until"))
            kept = self.per_cent(row.cells["t_kept"] or "0", f"t_kept-{row.no}")
            at = self._clock(row) if row.has("t_at") else None
            if until is not None:
                tiers.append(Tier(until + timedelta(days=1) if at is None else until, kept, at))
        return (*tiers, Tier(None, kept_after))

    def _clock(self, row: Row) -> time | None:
        read = _clock_of(row.cells["t_at"])
        if read is None:
            self.problems.note(f"t_at-{row.no}", "season_plan.hour")
        return read

    def per_cent(self, typed: str, name: str) -> int:
        """Per cent, with two decimals at most, in basis points."""
        share = Form(MultiDict({name: typed}), Problems(self.problems.say)).sum(name)
        if share is not None and share <= WHOLE:
            return share
        self.problems.note(name, "form.number")
        return 0

    def _time(self, row: Row, hours: tuple[str, str]) -> MeetingTime | None:
        if not row.has("m_on"):
            month = row.cells["m_month"]
            return self._made(row, "m_month", lambda: in_month(month)) if month else TO_COME
        day = self._read(row, "m_on", lambda form: form.day("m_on"))
        if day is None:
            return None
        start, end = (_at(day, each) for each in hours)
        if start is None or end is None:
            self.problems.note(f"{'m_from' if start is None else 'm_to'}-{row.no}", "season_plan.hour")
            return None
        return self._made(row, "m_to", lambda: scheduled(start, end, self.zone))

    def _place(self, row: Row) -> Place | None:
        chosen = row.cells["m_format"]
        known = Format(chosen) if chosen in list(Format) else Format.ON_SITE
        place = Place(known, row.cells["m_venue"], address=row.cells["m_address"], town=row.cells["m_town"])
        try:
            return place.checked()
        except BadValue as error:
            own = Problems(self.problems.say)
            own.refused(error, {})
            self._said(row, f"m_{error.facts['field']}", own)
            return None

    def _read(self, row: Row, name: str, read: Callable[[Form], T]) -> T:
        own = Problems(self.problems.say)
        value = read(Form(MultiDict({name: row.cells[name]}), own))
        self._said(row, name, own)
        return value

    def _made(self, row: Row, name: str, make: Callable[[], T]) -> T | None:
        own = Problems(self.problems.say)
        try:
            return make()
        except PlatsError as error:
            own.refused(error, {})
            self._said(row, name, own)
            return None

    def _said(self, row: Row, name: str, own: Problems) -> None:
        for words in own.by_field.values():
            self.problems.by_field.setdefault(f"{name}-{row.no}", words)


def remark_on(typed: str) -> str:
    """Why a day that was typed is better avoided: "weekend", which holiday, or nothing."""
    try:
        day = day_of(typed)
    except ValueError:
        return ""
    holiday: Holiday | None = holiday_on(day)
    return holiday.value if holiday else "weekend" if is_weekend(day) else ""


def _at(day: date, hour: str) -> datetime | None:
    read = _clock_of(hour)
    return None if read is None else datetime.combine(day, read)


def _clock_of(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed.replace(".", ":")).replace(tzinfo=None)
    except ValueError:
        return None


def own_of(price: Price, usual: Price) -> str:
    """What a price says of VAT that the list as a whole does not; empty where it is as usual."""
    if (price.vat, price.includes_vat) == (usual.vat, usual.includes_vat):
        return ""
    return f"{price.vat.kind.value}/{price.vat.basis_points}/{int(price.includes_vat)}"


def _owned(own: str, usual: Price) -> Price:
    kind, _, rest = own.partition("/")
    rate, _, included = rest.partition("/")
    if kind in list(VatKind) and rate.isascii() and rate.isdigit() and len(rate) <= 5:
        return replace(usual, vat=VatRate(int(rate), VatKind(kind)), includes_vat=included == "1")
    return usual


def place_cells(place: Place) -> tuple[str, ...]:
    """A place as the last cells of a meeting's row take it."""
    return place.format.value, place.venue, place.address, place.town
