"""Facts of letters: what a language writes in its own way is given as it is, to be written as the words say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from domain.kernel.documents import Line
from domain.kernel.money import Money
from domain.kernel.vat import VatRate
from domain.programme.meeting import Meeting


def money_fact(amount: Money) -> str:
    """An amount as a fact, to be written as `{…:money}`."""
    return f"{amount.amount} {amount.currency}"


def sum_fact(amount: Money, rate: VatRate) -> str:
    """What is paid, or comes back, at a rate as a fact, to be written as `{…:sum}`; empty for nothing."""
    return f"{money_fact(amount)} {rate.basis_points} {rate.kind.value}" if amount.amount else ""


def moment_fact(instant: datetime) -> str:
    """An instant as a fact, to be written as `{…:moment}`, in the organiser's zone."""
    return instant.isoformat()


def lines_fact(lines: Iterable[Line]) -> str:
    """What an invoice is for, as a fact, to be written as `{…:lines}`: each thing once."""
    return json.dumps(list(dict.fromkeys((each.kind.value, each.text) for each in lines)), ensure_ascii=False)


def people_fact(seats: Iterable[tuple[int, str]]) -> str:
    """Who sits in which seats, as a fact, to be written as `{…:people}`; a seat without a name is to be named."""
    return json.dumps(list(seats), ensure_ascii=False)


def meetings_fact(meetings: Iterable[Meeting]) -> str:
    """Meetings as a fact, to be written as `{…:meetings}`: a line for each, with no date made up."""
    rows = [
        {
            "title": each.title,
            "kind": each.time.kind.value,
            "start_at": each.time.start_at and each.time.start_at.isoformat(),
            "end_at": each.time.end_at and each.time.end_at.isoformat(),
            "was_at": each.time.was_at and each.time.was_at.isoformat(),
            "month": each.time.month,
            "venue": each.place.venue,
            "address": each.place.address,
            "town": each.place.town,
            "format": each.place.format.value,
        }
        for each in meetings
    ]
    return json.dumps(rows, ensure_ascii=False)
