"""What somebody who has not signed in has just sent, told back to them on the next page and to nobody else.

It travels in a cookie that only that page is sent and that lapses with the seats; nothing of it stands in an address.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from flask import request, url_for
from werkzeug.wrappers import Response

from application.booking.registration import Registered
from domain.kernel.ids import SeasonId
from web.pages.booking.booking_form import Rows
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import services, set_cookie

COOKIE = "plats_sent"
MOST_NAMES, MOST_BYTES = 10, 3000
MOST_GROSS = 10**12
"""More than anybody owes; what says more has not been written here."""


@dataclass(frozen=True)
class Receipt:
    """Who is to sit there ("" where nobody is named), where the mail goes, what it comes to, until when it is held."""

    names: tuple[str, ...]
    email: str
    seats: int
    gross: int
    currency: str
    until: datetime


def send_receipt(answer: Response, season_id: SeasonId, form: Form, rows: Rows, sent: Registered) -> Response:
    """The answer, with what was sent for the page that it leads to."""
    receipt = receipt_of(form, rows, sent)
    told = json.dumps(asdict(receipt), default=datetime.isoformat)
    lasts = int((receipt.until - services().clock.now()).total_seconds())
    path = url_for("season.registered", season_id=season_id)
    if len(told) <= MOST_BYTES and lasts > 0:
        set_cookie(answer, COOKIE, told, lasts, path=path)
    return answer


def receipt_of(form: Form, rows: Rows, sent: Registered) -> Receipt:
    """What was sent, as it was typed. Of staff's own registration nothing is held."""
    names = (form.text("name"), *(each.name for each in rows.colleagues))[:MOST_NAMES]
    until = sent.held_until or services().clock.now()
    return Receipt(names, form.text("email"), sent.seats, sent.gross, sent.currency, until)


def read_receipt() -> Receipt | None:
    """What the reader's browser has just sent; None where there is nothing that can be read, or it has lapsed."""
    try:
        told = json.loads(request.cookies.get(COOKIE, ""))
        names = tuple(str(each)[:300] for each in told["names"][:MOST_NAMES])
        until = datetime.fromisoformat(told["until"]).astimezone(UTC)
        sums = int(told["seats"]), int(told["gross"]), str(told["currency"])[:3]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    is_over = until <= services().clock.now() or not 0 <= sums[1] < MOST_GROSS
    return None if is_over else Receipt(names, str(told.get("email", ""))[:254], *sums, until)
