"""What waits for somebody in finance: each in a sentence, with how much it is about and where it is seen to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from web.pages.kernel.asked_day import month_of
from web.pages.kernel.visit import Visit, say, services
from web.words.formats import money, month


@dataclass(frozen=True)
class Waits:
    """One thing to see to: what it is, its reason or its size, and where."""

    words: str
    about: str
    href: str


def waits(visit: Visit, unallotted: int, on: date) -> Iterator[Waits]:
    """Money without an invoice, money owed back, what is late or disputed, a month to hand over."""
    if unallotted:
        yield Waits(_said("unallotted", sum=_kr(visit, unallotted)), say()("finance.about_unallotted"), _payments())
    yield from _of_payments(visit, on)
    yield from _of_books(visit, on)


def _of_payments(visit: Visit, on: date) -> Iterator[Waits]:
    questions = services().payment_questions
    if refunds := questions.refunds_due(visit.actor):
        owed = _kr(visit, sum(each.due for each in refunds))
        yield Waits(_said("refunds", n=len(refunds)), _said("together", sum=owed), _payments("refunds"))
    late = [each for each in questions.late(visit.actor, on) if not each.is_disputed and not each.handed_over_on]
    if late:
        owed = _kr(visit, sum(each.balance for each in late))
        oldest = max(each.days_late for each in late)
        yield Waits(_said("late", n=len(late)), _said("late_about", sum=owed, n=oldest), _payments("late"))
    if disputes := [each for each in questions.disputes(visit.actor) if each.is_open]:
        about = _kr(visit, sum(each.amount for each in disputes))
        yield Waits(_said("disputed", n=len(disputes)), _said("together", sum=about), _payments("disputes"))


def _of_books(visit: Visit, on: date) -> Iterator[Waits]:
    books, here = services().bookkeeping_questions, url_for("bookkeeping.page")
    exports, (first, last) = books.exports(visit.actor), month_of(on.replace(day=1) - timedelta(days=1))
    if not any(each.from_on <= first and last <= each.until_on for each in exports):
        named = month(f"{first:%Y-%m}", say().language)
        yield Waits(_said("to_hand_over", month=named), _said("to_hand_over_about"), here)
    if late := books.late(visit.actor):
        yield Waits(_said("late_vouchers", n=len(late)), _said("late_vouchers_about"), here)


def _said(phrase: str, **names: object) -> str:
    return say()(f"finance.waits_{phrase}", **names)


def _kr(visit: Visit, amount: int) -> str:
    return money(amount, visit.organiser.currency, say().language)


def _payments(anchor: str = "") -> str:
    return url_for("payment.index", _anchor=anchor or None)
