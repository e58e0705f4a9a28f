"""By which rules an organiser gets its money: reminders, their fee, holds, disputes, what a transfer costs."""

from __future__ import annotations

from flask import Blueprint

from application.payments.payment_rules import AgreePaymentRules
from domain.billing.crediting.difference import DifferenceBy, LowerPrice
from web.pages.kernel.forms import Form, Typed
from web.pages.kernel.visit import Answer, after, services, visit_signed_in

pages = Blueprint("payment_rules", __name__)

FIELDS = {"reminder_days": "days", "reminder_fee": "fee", "hold_minutes": "minutes"}


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
    }
    return _show(Form(Typed({**fields, "suspends": "yes"} if rules.suspends_disputed else fields)))


@pages.post("/<slug>/payments/rules")
def agree() -> Answer:
    """Other rules from now on."""
    visit = visit_signed_in()
    form = Form.sent(_show, FIELDS)
    days = tuple(int(each) for each in form.text("days").replace(",", " ").split() if each.isdigit() and len(each) < 5)
    fee, minutes = form.sum("fee"), form.whole("minutes")
    command = AgreePaymentRules(
        days,
        form.needed(fee),
        form.needed(minutes),
        bool(form.text("suspends")),
        form.one_of("lower_price", LowerPrice, LowerPrice.NOTHING),
        form.one_of("difference_by", DifferenceBy, DifferenceBy.WHOLE),
    )
    agreed = form.submit(services().payment_rules.agree, visit.actor, command)
    return after(agreed, "payment.index", done="payment_rules")


def _show(form: Form) -> Answer:
    return form.page("payment_rules.html")
