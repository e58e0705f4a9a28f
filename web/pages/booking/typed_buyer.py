"""What somebody types of who books and who pays, where we do not know it: themselves, an organisation, addresses."""

from __future__ import annotations

from application.booking.registration import Register
from application.kernel.payer import TypedBuyer
from application.people.participant import Participant
from domain.kernel.errors import BadValue
from domain.kernel.ids import SeasonId
from domain.kernel.numbers import org_number_of
from domain.kernel.text import email_of
from web.pages.kernel.forms import Form

OTHER = "other"
"""The payer that is typed instead of chosen."""


def typed_buyer(form: Form) -> TypedBuyer:
    """An organisation that we do not know the reader to speak for, by its number, name and address."""
    number = form.required("org_number", "booking_form.fill_org_number")
    if number:
        _check_number(form)
    employer = form.required("employer", "booking_form.fill_employer")
    return TypedBuyer(employer, number, form.required("address", "booking_form.fill_address"))


def stranger_order(
    form: Form, colleagues: tuple[Participant, ...], season_id: SeasonId, language: str, *, is_free: bool
) -> Register:
    """What somebody we do not know orders; who pays and where to is asked for where there is something to pay."""
    name = form.required("name", "booking_form.fill_name")
    if form.required("email", "booking_form.fill_email"):
        check_email(form, "email", form.text("email"))
    employer, number = _employer(form, must_be_named=not is_free)
    return Register(
        season_id,
        name,
        form.text("email"),
        colleagues,
        employer=employer,
        org_number=number,
        address=form.text("address") if is_free else form.required("address", "booking_form.fill_address"),
        reference=form.text("reference"),
        shown=form.shown(),
        order_number=form.text("order_number"),
        language=language,
        shares_address=bool(form.text("shares_email")),
    )


def _employer(form: Form, *, must_be_named: bool) -> tuple[str, str]:
    """The organisation that pays and its number, if it has been written; neither where a person pays themselves."""
    if form.text("payer") == "me":
        return "", ""
    if form.text("org_number"):
        _check_number(form)
    if must_be_named and form.text("payer") == OTHER:
        form.required("employer", "booking_form.fill_employer")
    return form.text("employer"), form.text("org_number")


def _check_number(form: Form) -> None:
    try:
        org_number_of(form.text("org_number"))
    except BadValue:
        form.problems.note("org_number", "booking_form.not_org_number")


def check_email(form: Form, name: str, email: str) -> None:
    """Note what is no e-mail address, at its field."""
    try:
        email_of(email)
    except BadValue as error:
        if error.facts["why"] != "is not an e-mail address":
            form.problems.refused(error, {"email": name})
        form.problems.note(name, "booking_form.not_email", email=email)
