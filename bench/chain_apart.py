"""What is done apart from the chain, each in a process of its own: letters written, documents printed, a rebuild."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID

from application.kernel.actor import SYSTEM
from bench.rebuild import rebuilt
from infrastructure.kernel.settings import Settings
from infrastructure.mail.sender import MailSender
from web.wiring import Installation, build

_WARM = 20
_PUT_OFF = "update letter set due_at = 'infinity' where state = 'waiting'"
_ANEW = """
update letter set state = 'waiting', due_at = now()
where state in ('waiting', 'sent') and content is not null and kind """
_DUE = {True: f"{_ANEW} in ('invoice', 'credit_note')", False: f"{_ANEW} not in ('invoice', 'credit_note')"}
"""Also those that have gone: how many wait when a load has ended is chance."""
_NEWEST = "select originator_id from event where topic = 'Invoice.Issued' order by position desc limit 2000"

Figures = dict[str, float]


def letters_written(settings: Settings, seconds: float, *, with_documents: bool = False) -> Figures:
    """Letters of a load, written and put where letters go: those that a printed document goes with, or all others."""
    house = build(settings.database_url or "", settings)
    try:
        house.store.execute(_PUT_OFF, [])
        house.store.execute(_DUE[with_documents], [])
        [sender] = [job for job in _jobs(house) if isinstance(job, MailSender)]
        return _measured(sender.turn, seconds)
    finally:
        house.close()


def documents_printed(settings: Settings, seconds: float) -> Figures:
    """Invoices as PDF/A with their e-invoices."""
    house = build(settings.database_url or "", settings)
    try:
        waiting = iter([UUID(str(each)) for (each,) in house.store.query(_NEWEST, [])])

        def turn() -> bool:
            document = next(waiting, None)
            return document is not None and bool(house.services.papers.pdf(SYSTEM, document).content)

        return _measured(turn, seconds)
    finally:
        house.close()


def read_models_made_again(settings: Settings) -> Figures:
    """All of them, beside only reading and decoding the same events."""
    house = build(settings.database_url or "", settings)
    try:
        return rebuilt(house.store)
    finally:
        house.close()


def _jobs(house: Installation) -> tuple[object, ...]:
    return tuple(house.worker.jobs.jobs)


def _measured(turn: Callable[[], bool], seconds: float) -> Figures:
    """How often a second, by the clock and by this process's own CPU; the first few, and no longer, are not counted."""
    warm = time.perf_counter() + seconds
    for _ in range(_WARM):
        if time.perf_counter() < warm:
            turn()
    began, used, done = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - began < seconds and turn():
        done += 1
    took, cpu = time.perf_counter() - began, time.process_time() - used
    return {"done": done, "per_second": round(done / took, 1), "per_cpu_second": round(done / cpu, 1)}
