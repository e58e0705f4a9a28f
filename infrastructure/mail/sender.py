"""The mail sender: any number of processes send what has been posted, until it has arrived or is refused.

A letter is taken for a while (its next attempt lies behind that), so that nothing is locked while a server is spoken
to; killed in the middle, it is delivered once more, under the same Message-ID. Told to end, a process gives back what
it has not handed over.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import LiteralString
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application.automation.foreseen import Foreseen
from application.mail.letter_desk import LetterState
from application.mail.letters import ENTRY, SECRET_KINDS, TICKET_KINDS, URGENT_KINDS, Enclosures, NoEnclosures
from domain.kernel.ids import PersonId
from domain.people.organiser import Organiser
from domain.people.person import Person
from infrastructure.event_store.store import Store
from infrastructure.mail.letter_content import Opened, opened_content
from infrastructure.mail.message import Posted, message_of, picture_of
from infrastructure.mail.outbox import PostgresLetterBox, Sender
from infrastructure.mail.transports import Mail, MailDelayed, MailRefused, Sealed

MOST_ATTEMPTS = 12
LEASE = timedelta(minutes=2)
AHEAD = 8
"""How many letters are taken and written at once, before the first of them is handed over."""
_WRITTEN_LONG_AGO = 20.0
"""Seconds after which letters that are written and not handed over are left to whoever takes them next."""
_FIRST, _LONGEST = timedelta(seconds=30), timedelta(hours=6)


def _take(chosen: LiteralString) -> LiteralString:
    return f"""
update letter set attempts = attempts + 1, due_at = %s
where id = any(array(select id from letter where state = 'waiting' and due_at <= %s {chosen} order by due_at, no
    limit {AHEAD} for update skip locked))
returning id, no, key, organiser_id, kind, person_id, language, content, attempts, posted_at, season_id"""  # noqa: S608 # no input


_TAKE_URGENT, _TAKE = _take("and kind = any(%s)"), _take("")
_LEFT = "update letter set attempts = attempts - 1, due_at = %s where id = any(%s) and state = 'waiting'"
_DONE = """
update letter set state = %s, sent_at = coalesce(sent_at, %s), due_at = %s, error = %s
from (select set_config('synchronous_commit', 'off', true)) as quick where id = %s and state = 'waiting'"""
"""What has become of a letter. Nobody waits for the disk: if the database's machine dies with the note, the letter is
delivered once more, as if the process had died."""

PathFor = Callable[[str, "PersonId | None", str], str]
"""The path that a mail leads to, for its reader at an address."""

EntryFor = Callable[[str, "PersonId | None"], str]
"""The code for the door that goes with a path to a booking, for its reader; "" where they do not sit there."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Taken:
    """A letter that was taken to be delivered."""

    id: UUID
    no: int
    key: str
    organiser_id: UUID
    kind: str
    person_id: PersonId | None
    language: str
    content: bytes
    attempts: int
    posted_at: datetime
    season_id: UUID | None


@dataclass(frozen=True)
class _Ready:
    """A letter that has been written, or what was wrong with it."""

    taken: _Taken
    letter: Sealed | None
    state: LetterState
    error: Exception | None = None


class MailSender:
    """Delivers letters, those that somebody waits for first: a few are written together, and handed over one by one.

    `sender` reads "Name <address>"; without a name it is the organiser's. `path_for`: a reader's own way in;
    `entry_for`: their code for the door; `returns_to`: where a letter comes back to that is not delivered.
    """

    anywhere = True

    def __init__(
        self,
        store: Store,
        box: PostgresLetterBox,
        mail: Mail,
        sender: str,
        enclosures: Enclosures = NoEnclosures(),
        path_for: PathFor = lambda path, *_: path,
        entry_for: EntryFor = lambda *_: "",
        returns_to: Callable[[UUID], str] = lambda _: "",
    ) -> None:
        self._returns_to = returns_to
        self._store, self._box, self._mail, self._enclosures = store, box, mail, enclosures
        self._path_for, self._entry_for = path_for, entry_for
        self._sender = Sender(*parseaddr(sender))
        self._ready: deque[_Ready] = deque()
        self._written = 0.0

    def turn(self) -> bool:
        """Deliver one letter that is due; False when there is none."""
        now = self._store.clock.now()
        if self._ready and time.monotonic() - self._written > _WRITTEN_LONG_AGO:
            self._give_back(now)
        if not self._ready:
            self._ready.extend(self._write(self._take(now)))
            self._written = time.monotonic()
        if not self._ready:
            self._mail.rest()
            return False
        self._hand_over(self._ready.popleft(), now)
        return True

    def leave(self) -> None:
        """What is written and not handed over is left to whoever takes it next, at once."""
        if self._ready:
            self._give_back(self._store.clock.now())
        self._mail.rest()

    def _give_back(self, now: datetime) -> None:
        self._store.execute(_LEFT, [now, [each.taken.id for each in self._ready]])
        self._ready.clear()

    def _take(self, now: datetime) -> list[_Taken]:
        with self._store.connections.borrow() as connection, connection.cursor(row_factory=class_row(_Taken)) as cursor:
            rows = cursor.execute(_TAKE_URGENT.encode(), [now + LEASE, now, list(URGENT_KINDS)]).fetchall()
            rows = rows or cursor.execute(_TAKE.encode(), [now + LEASE, now]).fetchall()
        return sorted(rows, key=lambda row: row.no)

    def _write(self, taken: Sequence[_Taken]) -> list[_Ready]:
        """Written together, so that what they say is read once; one by one where that cannot be."""
        whose = {(Organiser, each.organiser_id) for each in taken}
        people = {(Person, each.person_id) for each in taken if each.person_id is not None}
        try:
            with self._reading(Foreseen(wanted=(*whose, *people)), len(taken)):
                return [self._written_one(each) for each in taken]
        except Exception:  # noqa: BLE001  # whosever it is, it comes back when each is written by itself
            return [self._written_one(each) for each in taken]

    def _reading(self, foreseen: Foreseen, letters: int) -> AbstractContextManager[None]:
        return self._store.together.together(foreseen) if letters > 1 else nullcontext()

    def _written_one(self, taken: _Taken) -> _Ready:
        opened = opened_content(bytes(taken.content), self._store.keyring)
        if opened is None or self._box.is_unwanted(taken.kind, taken.person_id):
            return _Ready(taken, None, LetterState.UNREADABLE if opened is None else LetterState.UNWANTED)
        try:
            led, kind = self._led(opened, taken.kind, taken.person_id), taken.kind
            whose = taken.organiser_id, taken.person_id
            written = self._box.written(kind, taken.language, *whose, led, self._sender, taken.season_id)
            files = (*opened.attachments, *self._enclosures.of(opened.facts))
            written = replace(written, qr=picture_of(led.facts.get(ENTRY, "")))
            posted = Posted(taken.key, taken.posted_at)
            sealed = message_of(posted, self._sender.address, written, opened.address, files)
        except Exception as error:  # noqa: BLE001 # whatever is wrong with one letter, it is said there
            return _Ready(taken, None, LetterState.FAILED, error)
        return _Ready(taken, replace(sealed, returns_to=self._returns_to(taken.id)), LetterState.WAITING)

    def _hand_over(self, ready: _Ready, now: datetime) -> None:
        taken = ready.taken
        if ready.letter is None and ready.error is None:
            self._note(taken.id, ready.state, now)
            return
        try:
            if ready.error is not None:
                raise ready.error
            if ready.letter is not None:
                self._mail.send(ready.letter)
        except MailDelayed as error:
            self._delayed(taken.id, taken.attempts, now, str(error))
        except (MailRefused, KeyError, ValueError) as error:
            _log.error("the letter %s (%s) cannot be delivered: %s", taken.id, taken.kind, type(error).__name__)
            why = str(error) if isinstance(error, MailRefused) else f"{type(error).__name__} {error}"
            self._note(taken.id, LetterState.FAILED, now, why)
        except Exception as error:  # noqa: BLE001 # whatever is wrong with one letter, it is said there and tried again
            _log.exception("the letter %s (%s) could not be delivered", taken.id, taken.kind)
            self._delayed(taken.id, taken.attempts, now, type(error).__name__)
        else:
            self._note(taken.id, LetterState.SENT, now)

    def _led(self, told: Opened, kind: str, person_id: PersonId | None) -> Opened:
        """What is told, with the paths that this reader goes in by."""
        if kind in SECRET_KINDS:
            return told
        paths = {name: told.facts[name] for name in ("path", "other_path") if name in told.facts}
        led = {name: self._path_for(path, person_id, told.address) for name, path in paths.items()}
        if kind in TICKET_KINDS and "path" in paths:
            led[ENTRY] = self._entry_for(paths["path"], person_id)
        return msgspec.structs.replace(told, facts={**told.facts, **led})

    def _delayed(self, letter_id: UUID, attempts: int, now: datetime, why: str) -> None:
        if attempts >= MOST_ATTEMPTS:
            self._note(letter_id, LetterState.FAILED, now, why)
        else:
            pause = min(_LONGEST, _FIRST * 2 ** (attempts - 1))
            self._note(letter_id, LetterState.WAITING, now, why, now + pause)

    def _note(
        self, letter_id: UUID, state: LetterState, now: datetime, error: str = "", due: datetime | None = None
    ) -> None:
        sent = now if state is LetterState.SENT else None
        self._store.execute(_DONE, [state.value, sent, due or now, error[:200], letter_id])
