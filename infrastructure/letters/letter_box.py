"""The letters in the database: posted once for each key, read again only by whoever has the key of the person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from application.actor import SYSTEM
from application.letters import Letter, LetterRow, LetterState, LetterWords, Written
from application.ports import Work
from domain.organiser import Organiser
from domain.person import Person
from domain.personal import Sealed
from infrastructure.clock import new_id
from infrastructure.keys.keyring import name_of
from infrastructure.letters.letter_content import Opened, opened_content, sealed_content
from infrastructure.store import Store

_POST = """
insert into letter (id, key, organiser_id, kind, person_id, language, content, state, posted_at, due_at)
values (%b, %b, %b, %b, %b, coalesce(nullif(%b, ''),
    (select language from session where person_id = %b order by seen_at desc limit 1), 'sv'), %b, 'waiting', %b, %b)
on conflict (key) do nothing"""
_COLUMNS = "id, organiser_id, kind, person_id, language, state, posted_at, sent_at, attempts, error, content"
_LIST = f"""
select {_COLUMNS} from letter where organiser_id = %s and (%s = '' or state = %s)
order by posted_at desc, id limit %s"""  # noqa: S608 # no input
_LIST_OF = f"""
select * from (select {_COLUMNS} from letter where person_id = %s offset 0) l
where organiser_id = %s and (%s = '' or state = %s) order by posted_at desc, id limit %s"""  # noqa: S608 # no input
_FIND = f"select {_COLUMNS} from letter where id = %s"  # noqa: S608 # no input
_NAME = re.compile(r"(?=.{1,60}$)[^\W\d_]+(?:(?:[ '’-]|\. ?)[^\W\d_]+){0,5}\.?")
"""What greets somebody whose address is not confirmed: up to six words of letters, so no address or number."""
_AGAIN = """
update letter set state = 'waiting', attempts = 0, due_at = %s, error = '' where id = %s and content is not null"""


class PostgresLetterBox:
    """`application.letters.LetterBox`. `address` is where the installation is reached: links begin with it."""

    def __init__(self, store: Store, words: LetterWords, address: str) -> None:
        self._store, self._words, self._address = store, words, address.rstrip("/")

    def post(self, letter: Letter) -> None:
        """Keep a letter until it has been delivered; twice is once, and nobody erased is written to."""
        address = letter.address or self._address_of(letter.person_id)
        if address is None:
            return
        name = name_of(address)
        key = self._store.keyring.find([name]).get(name)
        if key is None:
            return
        now, content = self._store.clock.now(), sealed_content(letter, address, key)
        what = [new_id(), letter.key, letter.organiser_id, letter.kind, letter.person_id, letter.language]
        self._write(_POST, [*what, letter.person_id, content, now, now])

    def list(self, organiser_id: UUID, state: str, person_id: UUID | None, limit: int) -> tuple[LetterRow, ...]:
        """An organiser's letters, latest first."""
        asked = [organiser_id, state, state, limit]
        query = self._store.recorder.query
        rows = query(_LIST, asked) if person_id is None else query(_LIST_OF, [person_id, *asked])
        return tuple(self._row(row) for row in rows)

    def find(self, letter_id: UUID) -> LetterRow | None:
        """One letter."""
        rows = self._store.recorder.query(_FIND, [letter_id])
        return self._row(rows[0]) if rows else None

    def words(self, letter_id: UUID) -> tuple[str, str] | None:
        """Its subject and text as they read now; None when they cannot be read any longer."""
        rows = self._store.recorder.query(_FIND, [letter_id])
        if not rows:
            return None
        _, organiser_id, kind, person_id, language, *_, content = rows[0]
        opened = self._opened(content)
        if opened is None:
            return None
        written = self.written(kind, language, organiser_id, person_id, opened)
        return written.subject, written.text

    def send_again(self, letter_id: UUID) -> None:
        """Deliver it once more; what stood in it must be known still."""
        self._write(_AGAIN, [self._store.clock.now(), letter_id])

    def written(self, kind: str, language: str, organiser_id: UUID, person_id: UUID | None, told: Opened) -> Written:
        """A letter in words: what was told, whose it is and to whom. Raises KeyError for what has no words."""

        def look(work: Work) -> tuple[str, str, str, str]:
            organiser = work.load(Organiser, organiser_id)
            person = work.find(Person, person_id) if person_id else None
            return organiser.name, organiser.slug, organiser.zone, _greeted(work, person) if person else ""

        organiser, slug, zone, name = self._store.decisions.look(SYSTEM, look)
        facts = {"organiser": organiser, "name": name, **told.facts}
        if "path" in facts:
            facts["link"] = f"{self._address}/{slug}{facts['path']}"
        return replace(self._words.write(kind, language, facts, zone), sender=organiser)

    def _address_of(self, person_id: UUID | None) -> Sealed | None:
        if person_id is None:
            return None
        wanted = person_id

        def look(work: Work) -> Sealed | None:
            person = work.find(Person, wanted)
            return None if person is None or person.is_erased else person.email

        return self._store.decisions.look(SYSTEM, look)

    def _row(self, row: tuple[Any, ...]) -> LetterRow:
        letter_id, organiser_id, kind, person_id, language, state, posted_at, sent_at, attempts, error, content = row
        opened, is_old = self._opened(content), content is None
        to = opened.address if opened else None
        known = LetterState(state) if opened or is_old or state == LetterState.SENT else LetterState.UNREADABLE
        told = (to, language, known, posted_at, sent_at, attempts, error, is_old)
        return LetterRow(letter_id, organiser_id, kind, person_id, *told)

    def _opened(self, content: bytes | None) -> Opened | None:
        return None if content is None else opened_content(bytes(content), self._store.keyring)

    def _write(self, statement: str, arguments: Sequence[Any]) -> None:
        with self._store.connections.borrow() as connection:
            connection.execute(statement.encode(), arguments)


def _greeted(work: Work, person: Person) -> str:
    """The name a letter begins with; none, as long as a stranger may have typed something else for it."""
    name = work.reveal(person.name) or ""
    return name if person.is_email_confirmed or _NAME.fullmatch(name) else ""
