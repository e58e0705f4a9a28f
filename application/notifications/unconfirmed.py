"""What strangers are told who have registered or ordered: the link to confirm by, and nothing that they typed."""

from __future__ import annotations

import json

from application.kernel.ports import UnitOfWork
from application.mail.letter_facts import moment_fact, sum_fact
from application.notifications.story import Recipient, Stories, Story
from application.notifications.table import Whom
from domain.booking.order import Order
from domain.booking.registration import Registration
from domain.kernel.documents import rate_of, sums
from domain.kernel.personal import Encrypted
from domain.programme.goods import Goods
from domain.programme.season import Season


def _held(work: UnitOfWork, event: Registration.Held) -> Story | None:
    code = work.decrypt(event.code)
    if code is None:
        return None
    season, gross = work.load(Season, event.season_id), event.quote.sums.gross
    facts = {
        "path": f"/registrations/{event.originator_id}/{code}",
        "seats": str(event.seats),
        "price": sum_fact(gross, rate_of(event.quote.lines)),
        "until": moment_fact(event.until),
    }
    people = {Whom.PERSON: (Recipient(None, event.email, _language(work, event.typed)),)}
    return Story(event.organiser_id, people, facts, season=season)


def _placed(work: UnitOfWork, event: Order.Placed) -> Story | None:
    code = work.decrypt(event.code)
    if code is None:
        return None
    goods = work.load(Goods, event.goods_id)
    facts = {
        "path": f"/orders/{event.originator_id}/{code}",
        "goods": goods.title,
        "copies": str(event.quantity),
        "price": sum_fact(sums(event.lines, goods.price.currency).gross, rate_of(event.lines)),
        "until": moment_fact(event.until),
    }
    people = {Whom.PERSON: (Recipient(None, event.email, _language(work, event.typed)),)}
    return Story(event.organiser_id, people, facts)


def _language(work: UnitOfWork, typed: Encrypted) -> str:
    """The language they read the page in."""
    told = work.decrypt(typed)
    return str(json.loads(told).get("language") or "") if told is not None else ""


STORIES: Stories = {Registration.Held: _held, Order.Placed: _placed}
