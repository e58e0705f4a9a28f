"""The booking form: first me, then colleagues by name or to be named later, who pays, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import request

from application.booking.agreement import GoodsBeside, SeatsWanted
from application.booking.registration import Register
from application.kernel.payer import TypedBuyer
from application.people.address import AddressUnderAnotherName
from application.people.participant import Participant
from application.programme.queries.programme import SeasonView
from domain.kernel.errors import BadValue, NotFound, PlatsError
from domain.kernel.ids import OrganisationId, PersonId, SeasonId
from domain.kernel.text import email_of, org_number_of
from domain.programme.price import Per
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Visit

MOST_ROWS = 99
OTHER = "other"
"""The payer that is typed instead of chosen."""
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
    """One row of the form, as typed. `no` is its seat; nothing typed: to be named later."""

    no: int
    name: str = ""
    email: str = ""
    shares_address: bool = False

    @property
    def participant(self) -> Participant:
        """Who sits in the seat."""
        return Participant(name=self.name or self.email, email=self.email, shares_address=self.shares_address)


@dataclass(frozen=True)
class Rows:
    """Who takes part: the one who fills in the form (or not), and colleagues."""

    with_me: bool
    colleagues: tuple[Colleague, ...]

    @property
    def seats(self) -> int:
        """How many seats it is."""
        return self.with_me + len(self.colleagues)


def first_rows(view: SeasonView, *, is_seated: bool) -> Rows:
    """What the form begins with: me, unless I have a seat, and as many colleagues as the price includes."""
    price = view.prices.prices[0] if view.prices else None
    together = price.persons if price and price.per is Per.ORGANISATION else 1
    last = together + is_seated
    return Rows(with_me=not is_seated, colleagues=tuple(Colleague(no) for no in range(2, last + 1)))


def read_rows(form: Form, *, always_me: bool = False) -> Rows:
    """The rows as they came in, one more or one fewer where that button was pressed."""
    asked = form.text("rows")
    count = min(int(asked), MOST_ROWS) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    count += {"add": 1, "remove": -1}.get(form.text("do"), 0)
    numbers = range(2, min(max(count, 0), MOST_ROWS) + 2)
    rows = [
        Colleague(no, form.text(f"name_{no}"), form.text(f"email_{no}"), bool(form.text(f"shares_email_{no}")))
        for no in numbers
    ]
    return Rows(always_me or form.text("me") == "yes", tuple(rows))


def fields_for(error: PlatsError, rows: Rows) -> Mapping[str, str]:
    """Where a refusal is said: an address that stands under another name in the row that it was typed in."""
    if not isinstance(error, AddressUnderAnotherName):
        return FIELDS
    typed = error.facts["email"]
    row = next((row.no for row in rows.colleagues if _address(row.email) == typed and not row.shares_address), None)
    return {**FIELDS, "AddressUnderAnotherName": f"email_{row}" if row else "email"}


def _address(typed: str) -> str:
    try:
        return email_of(typed)
    except BadValue:
        return ""


def check_rows(form: Form, rows: Rows) -> None:
    """Note what cannot be a name with an address, at its field."""
    for row in rows.colleagues:
        if row.name and not row.email:
            form.problems.note(f"email_{row.no}", "booking_form.needs_email")
        if row.email and not row.name:
            form.problems.note(f"name_{row.no}", "booking_form.needs_name")
        if row.email:
            _check(form, f"email_{row.no}", "booking_form.not_email", row.email)
    if not rows.seats:
        form.problems.note("me", "booking_form.nobody")


def seats_wanted(form: Form, rows: Rows, booker: Booker, season_id: UUID) -> SeatsWanted:
    """What somebody we know wants, for themselves or (an admin) for somebody."""
    return SeatsWanted(
        SeasonId(season_id),
        participants(rows, booker),
        organisation_id=chosen_payer(form),
        reference=form.text("reference"),
        shown=form.shown(),
        place_id=form.choice("place"),
        order_number=form.text("order_number"),
        goods=goods_beside(form, form.required("goods_address")) if form.text("goods") else None,
        billing=typed_buyer(form) if form.text("payer") == OTHER else None,
    )


def participants(rows: Rows, booker: Booker) -> tuple[Participant, ...]:
    """Who takes part: the one who books, where they do, and those in the rows."""
    me = (Participant(person_id=booker.person_id),) if rows.with_me else ()
    return (*me, *(row.participant for row in rows.colleagues))


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


def typed_buyer(form: Form) -> TypedBuyer:
    """An organisation that we do not know the reader to speak for, by its number, name and address."""
    number = form.required("org_number")
    if number:
        _check_number(form)
    return TypedBuyer(form.required("employer"), number, form.required("address"))


def stranger_order(form: Form, rows: Rows, season_id: SeasonId, language: str, *, is_free: bool) -> Register:
    """What somebody we do not know orders; the address is asked for where there is something to pay."""
    name = form.required("name")
    if form.required("email"):
        _check(form, "email", "booking_form.not_email", form.text("email"))
    if form.text("org_number"):
        _check_number(form)
    return Register(
        season_id,
        name,
        form.text("email"),
        tuple(row.participant for row in rows.colleagues),
        employer=form.text("employer"),
        org_number=form.text("org_number"),
        address=form.text("address") if is_free else form.required("address"),
        reference=form.text("reference"),
        shown=form.shown(),
        order_number=form.text("order_number"),
        language=language,
        shares_address=bool(form.text("shares_email")),
    )


def _check_number(form: Form) -> None:
    try:
        org_number_of(form.text("org_number"))
    except BadValue:
        form.problems.note("org_number", "booking_form.not_org_number")


def _check(form: Form, name: str, phrase: str, email: str) -> None:
    try:
        email_of(email)
    except BadValue as error:
        if error.facts["why"] != "is not an e-mail address":
            form.problems.refused(error, {"email": name})
        form.problems.note(name, phrase)
