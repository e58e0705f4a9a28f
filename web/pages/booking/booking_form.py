"""The booking form: first me, then colleagues by name or to be named later, who pays, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from flask import request

from application.booking.agreement import GoodsBeside, SeatsWanted
from application.people.address import AddressUnderAnotherName
from application.people.participant import Participant
from application.programme.queries.season_view import SeasonView
from domain.kernel.errors import BadValue, NotFound, PlatsError
from domain.kernel.ids import OrganisationId, PersonId, SeasonId
from domain.kernel.text import email_of
from domain.people.admission import JobRole, NotAdmitted
from domain.programme.price import Per
from web.pages.booking.typed_buyer import OTHER, check_email, typed_buyer
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Visit

MOST_ROWS = 99
FIRST_ROW = 2
SEATS = "wanted"
"""The field with the number of seats."""
FIELDS = {
    "reference": "reference",
    "ReferenceRequired": "reference",
    "payer": "payer",
    "name": "name",
    "email": "email",
    "org_number": "org_number",
    "address": "address",
    "employer": "employer",
    "order_number": "order_number",
    "quantity": "copies",
    "GoodsWithdrawn": "goods",
    "stated": "stated",
    "stated_for": "stated_for",
}
"""From what a rule calls a value to the field it was typed in."""


@dataclass(frozen=True)
class Booker:
    """Who books: the reader (nobody we know: no `person_id`), or somebody whom an admin books for (`is_other`)."""

    person_id: PersonId | None
    is_other: bool = False

    @property
    def booked_for(self) -> PersonId | None:
        """The person, where it is an admin who books for them."""
        return self.person_id if self.is_other else None


def booker_of(visit: Visit) -> Booker:
    """The reader, or whom the address or the form of an admin names (`for`). Raises NotFound for what is nobody."""
    chosen = request.values.get("for", "") if visit.is_admin else ""
    try:
        return Booker(PersonId(UUID(chosen)), is_other=True) if chosen else Booker(visit.actor.person_id)
    except ValueError:
        raise NotFound(what="person") from None


@dataclass(frozen=True)
class Colleague:
    """One row of the form, as typed. `no` is its seat; nothing typed: to be named later.

    `role`: whoever books vouches that they work, as that, at the organisation that pays.
    """

    no: int
    name: str = ""
    email: str = ""
    shares_address: bool = False
    role: JobRole | None = None

    @property
    def is_later(self) -> bool:
        """Whether it is somebody to be named later."""
        return not self.name and not self.email

    @property
    def participant(self) -> Participant:
        """Who sits in the seat."""
        role = None if self.is_later else self.role
        return Participant(None, self.name or self.email, self.email, self.shares_address, role)


@dataclass(frozen=True)
class Rows:
    """Who takes part: the one who fills in the form (or not), those chosen by name, and those in the rows."""

    with_me: bool
    colleagues: tuple[Colleague, ...]
    chosen: tuple[PersonId, ...] = ()

    @property
    def seats(self) -> int:
        """How many seats it is."""
        return self.with_me + len(self.chosen) + len(self.colleagues)


def first_rows(view: SeasonView, *, is_seated: bool) -> Rows:
    """What the form begins with: me, unless I have a seat, and as many colleagues as the price includes."""
    price = view.prices.prices[0] if view.prices else None
    together = price.persons if price and price.per is Per.ORGANISATION else 1
    last = together + is_seated
    return Rows(with_me=not is_seated, colleagues=tuple(Colleague(no) for no in range(2, last + 1)))


def read_rows(form: Form, *, always_me: bool = False) -> Rows:
    """The rows as they came in, as many as make up the number of seats, one more or one fewer by its button.

    Whoever is named stays when somebody is ticked; only a lower number takes a name away, the last first.
    """
    with_me, chosen = always_me or form.text("me") == "yes", () if always_me else _chosen(form)
    has_role = not always_me and chosen_payer(form) is not None
    found = [_row(form, no, has_role=has_role) for no in sorted(filter(None, map(_row_no, form.typed)))]
    beside, named = with_me + len(chosen), sum(not each.is_later for each in found)
    wanted = _seats_asked(form, beside + len(found))
    if wanted >= (read_count(form.text("had")) or 0):
        wanted = max(wanted, beside + named)
    return Rows(with_me, _fitted(found, wanted - beside), chosen)


def _row(form: Form, no: int, *, has_role: bool) -> Colleague:
    """`has_role`: an organisation of the booker's pays, so that it can be vouched for."""
    who = form.text(f"name_{no}"), form.text(f"email_{no}"), bool(form.text(f"shares_email_{no}"))
    return Colleague(no, *who, form.one_of(f"role_{no}", JobRole, None) if has_role else None)


def read_count(text: str) -> int | None:
    """A number of seats as somebody writes it; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _seats_asked(form: Form, otherwise: int) -> int:
    asked = read_count(form.text(SEATS))
    if SEATS in form.typed and not 1 <= (asked or 0) <= MOST_ROWS and form.text("do") != "add":
        form.problems.note(SEATS, "booking_form.not_seats")
    more = {"add": 1, "remove": -1}.get(form.text("do"), 0)
    return min(max((otherwise if asked is None else asked) + more, 0), MOST_ROWS)


def _row_no(name: str) -> int | None:
    no = read_count(name.removeprefix("name_")) if name.startswith("name_") else None
    return no if no and no >= FIRST_ROW else None


def _chosen(form: Form) -> tuple[PersonId, ...]:
    return tuple(PersonId(each) for each in dict.fromkeys(form.choices("colleague")[:MOST_ROWS]))


def _fitted(found: list[Colleague], count: int) -> tuple[Colleague, ...]:
    """So many rows: those without a name go first, and new ones take the numbers that are free."""
    going = sorted(found, key=lambda each: (each.is_later, each.no), reverse=True)[: max(len(found) - count, 0)]
    rows = [each for each in found if each not in going]
    taken = {each.no for each in rows}
    free = (Colleague(no) for no in range(FIRST_ROW, FIRST_ROW + MOST_ROWS) if no not in taken)
    return tuple(sorted([*rows, *islice(free, max(count - len(rows), 0))], key=lambda each: each.no))


def fields_for(error: PlatsError, form: Form, rows: Rows) -> Mapping[str, str]:
    """Where a refusal is said: an address that stands under another name in the row that it was typed in, and who is
    not let in as they are known where it can be said what they are.
    """
    if isinstance(error, NotAdmitted):
        return {**FIELDS, "NotAdmitted": _role_field(error, form, rows)}
    if not isinstance(error, AddressUnderAnotherName):
        return FIELDS
    typed = error.facts["email"]
    row = next((row.no for row in rows.colleagues if _address(row.email) == typed and not row.shares_address), None)
    return {**FIELDS, "AddressUnderAnotherName": f"email_{row}" if row else "email"}


def _role_field(error: NotAdmitted, form: Form, rows: Rows) -> str:
    """Of the row in which the seat's colleague is typed; none where no organisation pays that they could work at."""
    before = rows.seats - len(rows.colleagues)
    seat = int(str(error.facts.get("seat", 0)))
    if seat <= before or chosen_payer(form) is None or rows.colleagues[seat - before - 1].is_later:
        return ""
    return f"role_{rows.colleagues[seat - before - 1].no}"


def _address(typed: str) -> str:
    try:
        return email_of(typed)
    except BadValue:
        return ""


def check_rows(form: Form, rows: Rows) -> None:
    """Note what cannot be a name with an address, at its field."""
    for row in rows.colleagues:
        if row.name and not row.email:
            form.problems.note(f"email_{row.no}", "booking_form.needs_email", who=row.name)
        if row.email and not row.name:
            form.problems.note(f"name_{row.no}", "booking_form.needs_name", email=row.email)
        if row.email:
            check_email(form, f"email_{row.no}", row.email)
    if not rows.seats:
        form.problems.note(SEATS, "booking_form.not_seats")


def seats_wanted(form: Form, rows: Rows, booker: Booker, season_id: UUID) -> SeatsWanted:
    """What somebody we know wants, for themselves or (an admin) for somebody."""
    goods = goods_beside(form, form.required("goods_address")) if form.text("goods") else None
    billing = typed_buyer(form) if form.text("payer") == OTHER else None
    season, people, payer = SeasonId(season_id), participants(rows, booker), chosen_payer(form)
    reference, order, place = form.text("reference"), form.text("order_number"), form.choice("place")
    again, why = bool(form.text("again")), form.text("stated_for") if booker.is_other and form.text("stated") else ""
    return SeatsWanted(season, people, payer, reference, form.shown(), place, order, goods, billing, again, why)


def participants(rows: Rows, booker: Booker) -> tuple[Participant, ...]:
    """Who takes part: the one who books, where they do, and those in the rows."""
    me = (booker.person_id,) if rows.with_me else ()
    known = (Participant(person_id=each) for each in (*me, *rows.chosen))
    return (*known, *(row.participant for row in rows.colleagues))


def stated_price(form: Form, booker: Booker) -> int | None:
    """What an admin who books for somebody says that each person costs whom a membership does not cover, in öre."""
    return form.sum("stated") if booker.is_other and form.text("stated") else None


def goods_beside(form: Form, address: str) -> GoodsBeside | None:
    """What is bought with the seats."""
    goods, copies = form.choice("goods"), form.whole("copies")
    return GoodsBeside(goods, copies, address) if goods is not None and copies is not None else None


def chosen_payer(form: Form) -> OrganisationId | None:
    """The organisation that was chosen to pay; none for oneself and for one that is typed."""
    chosen = form.choice("payer") if form.text("payer") not in ("me", OTHER) else None
    return OrganisationId(chosen) if chosen is not None else None
