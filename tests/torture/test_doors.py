"""Three hundred phones check three hundred people in within a minute, half of them twice, against one server."""

from __future__ import annotations

import hashlib
import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from application.booking.booking import MakeBooking
from application.kernel.actor import Role
from application.people.participant import Participant
from domain.kernel.ids import SeasonId
from infrastructure.kernel.clock import SystemClock
from tests.infrastructure.followers import until
from tests.torture.town import ServedTown, seeded, served_town, settings_on

PHONES, AT_ONCE = 300, 100
A_MINUTE, SPREAD = 60.0, 20.0
"""Seconds: the most that all of it may take, and within how many the phones begin."""


@dataclass
class Line:
    """What the phones were told: the status of each call, how long it took (seconds), and what came of each reading."""

    statuses: Counter[int] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock)


def test_three_hundred_phones_check_three_hundred_people_in(database_url: str, tmp_path: Path) -> None:
    chance = seeded()
    with served_town(settings_on(database_url, tmp_path), seasons=0, people=PHONES) as served:
        season, path, key = _at_the_door(served)
        codes, line, began = _codes(served, season), Line(), time.monotonic()
        phones = [
            threading.Thread(target=_phone, args=(served, path, key, code, line, Random(chance.random()), no % 2 == 0))
            for no, code in enumerate(codes)
        ]
        for each in phones:
            each.start()
        for each in phones:
            each.join()
        lasted = time.monotonic() - began
        took = sorted(line.took)
        print(  # noqa: T201 # the figures are what it is about
            f"{PHONES} phones, {len(took)} calls in {lasted:.1f} s: median {took[len(took) // 2] * 1000:.0f} ms, "
            f"95 % {took[int(len(took) * 0.95)] * 1000:.0f} ms, longest {took[-1] * 1000:.0f} ms; "
            f"{dict(line.statuses)}, {dict(line.answers)}"
        )
        assert set(line.statuses) == {200}
        assert line.answers == Counter({"ok": PHONES + PHONES // 2, "already": PHONES // 2})
        until(lambda: len(_present(served, season)) == PHONES, 30)
        again = sum(bool(each) for each in _present(served, season).values())
        assert (again, lasted < A_MINUTE) == (PHONES // 2, True)


def _at_the_door(served: ServedTown) -> tuple[SeasonId, str, str]:
    """A season whose every member sits, the address of its door, and a key to it."""
    town, services = served.town, served.house.services
    season = SeasonId(served.season("Stora salen", seats=PHONES))
    for first in range(0, PHONES, AT_ONCE):
        people = tuple(Participant(each.person_id) for each in town.members[first : first + AT_ONCE])
        services.bookings.make(town.admin, MakeBooking(season, people, town.organisation_id))
    until(lambda: len(services.rosters.of(town.admin, season)) == PHONES, 60)
    meeting = services.programme.season(town.admin, season).meetings[0].meeting_id
    key = services.tokens.make("doors", town.admin.organiser_id, frozenset({Role.ADMIN}))
    return season, f"/api/v1/seasons/{season}/meetings/{meeting}/door/scans", key


def _codes(served: ServedTown, season: UUID) -> list[str]:
    lines = served.house.services.rosters.of(served.town.admin, season)
    code_for = served.house.services.tickets.code_for
    codes = [code_for(each.booking_id, each.seat, each.person_id) for each in lines if each.person_id is not None]
    assert len({hashlib.sha256(each.encode()).digest() for each in codes}) == PHONES
    return codes


def _present(served: ServedTown, season: UUID) -> dict[UUID, tuple[datetime, ...]]:
    rows = served.house.services.attendance.of_season(served.town.admin, season)
    return {each.person_id: each.again for each in rows}


def _phone(served: ServedTown, path: str, key: str, code: str, line: Line, chance: Random, is_read_twice: bool) -> None:
    """Reads a code; half of them send it once more as the network failed, and another phone reads it as well."""
    time.sleep(chance.uniform(0, SPREAD))
    connection = http.client.HTTPConnection(served.running.host, served.running.port, timeout=60)
    first = _reading(code)
    scans = [first, first, _reading(code)] if is_read_twice else [first]
    for each in scans:
        began = time.monotonic()
        sent = json.dumps({"scans": [{**each, "sent_at": _now()}]})
        headers = {
            "Authorization": f"Bearer {key}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        connection.request("POST", path, sent, headers)
        answer = connection.getresponse()
        told = answer.read()
        with line.turn:
            line.took.append(time.monotonic() - began)
            line.statuses[answer.status] += 1
            if answer.status == 200:
                line.answers[json.loads(told)[0]["answer"]] += 1
    connection.close()


def _reading(code: str) -> dict[str, object]:
    return {"scan_id": str(uuid4()), "device": str(uuid4()), "at": _now(), "code": code}


def _now() -> str:
    return SystemClock().now().astimezone(UTC).isoformat()
