"""By which rules an organiser gets its money: reminders, their fee, holds, disputes, what a transfer costs."""

from __future__ import annotations

import re

from flask import Blueprint

from application.payments.payment_rules import AgreePaymentRules
from domain.billing.crediting.difference import DifferenceBy, LowerPrice
from domain.kernel.errors import BadValue
from domain.payments.payment_rules import ReferenceRate
from web.kernel.typed_days import day_of
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, after, services, visit_signed_in

pages = Blueprint("payment_rules", __name__)

FIELDS = {
    "reminder_days": "days",
    "reminder_fee": "fee",
    "hold_minutes": "minutes",
    "interest": "interest",
    "reference_rates": "reference_rates",
}
_RATE = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(-?\d{1,2})(?:[.,](\d{1,2}))?\s*%?")


@pages.get("/<slug>/payments/rules")
def page() -> Answer:
    """When payers are reminded and for what fee, how long seats are held, what a dispute does."""
    rules = services().payment_rules.current(visit_signed_in().actor)
    fields = {
        "days": ", ".join(map(str, rules.reminder_days)),
        "fee": f"{rules.reminder_fee // 100},{rules.reminder_fee % 100:02}",
        "minutes": str(rules.hold_minutes),
        "lower_price": rules.lower_price.value,
        "difference_by": rules.difference_by.value,
        "interest": "" if rules.interest is None else percent(rules.interest),
        "reference_rates": "\n".join(f"{each.from_on} {percent(each.rate)}" for each in rules.reference_rates),
    }
    ticks = {"suspends": rules.suspends_disputed, "compensation": rules.claims_compensation}
    return _show(Form(Typed({**fields, **{name: "yes" for name, is_so in ticks.items() if is_so}})))


@pages.post("/<slug>/payments/rules")
def agree() -> Answer:
    """Other rules from now on."""
    visit = visit_signed_in()
    form = Form.sent(_show, FIELDS)
    days, fee, minutes = _days(form), form.sum("fee"), form.whole("minutes")
    interest = form.sum("interest") if form.text("interest") else None
    with form.attempt():
        rates = tuple(_told(each) for each in form.text("reference_rates").splitlines() if each.strip())
    command = AgreePaymentRules(
        days,
        form.needed(fee),
        form.needed(minutes),
        bool(form.text("suspends")),
        form.one_of("lower_price", LowerPrice, LowerPrice.NOTHING),
        form.one_of("difference_by", DifferenceBy, DifferenceBy.WHOLE),
        interest,
        rates,
        bool(form.text("compensation")),
    )
    agreed = form.submit(services().payment_rules.agree, visit.actor, command)
    return after(agreed, "payment.index", done="payment_rules")


def percent(basis_points: int) -> str:
    """A rate as it is typed: 200 is 2,00."""
    whole, part = divmod(abs(basis_points), 100)
    return f"{'-' if basis_points < 0 else ''}{whole},{part:02}"


def _days(form: Form) -> tuple[int, ...]:
    """After how many days each reminder is sent; none is left out because it could not be read."""
    typed = [each for each in re.split(r"[,;\s]+", form.text("days")) if each]
    if any(not re.fullmatch("[0-9]{1,4}", each) for each in typed):
        form.problems.note("days", "form.number")
        return ()
    return tuple(map(int, typed))


def _told(line: str) -> ReferenceRate:
    """A day and a rate in per cent. Raises BadValue."""
    found = _RATE.fullmatch(line.strip())
    if found is None:
        raise BadValue(field="reference_rates", why="is a day and a rate in per cent on each line")
    try:
        day = day_of(found[1])
    except ValueError:
        raise BadValue(field="reference_rates", why="is a day and a rate in per cent on each line") from None
    rate = abs(int(found[2])) * 100 + int((found[3] or "0").ljust(2, "0"))
    return ReferenceRate(day, -rate if found[2].startswith("-") else rate)


def _show(form: Form) -> Answer:
    return form.page("payment_rules.html")
