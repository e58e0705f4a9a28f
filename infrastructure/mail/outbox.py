"""The letters in the database: posted once for each key, read again only by whoever has the key of the person."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from psycopg.rows import class_row

from application.kernel.actor import SYSTEM
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import find_person
from application.mail.greeting import greeted
from application.mail.letter_desk import LetterFilter, LetterRow, LetterState
from application.mail.letters import LOGO, OPTIONAL_KINDS, REFUSABLE_KINDS, Envelope, Letter, LetterWords, Written
from domain.kernel.ids import OrganiserId, PersonId
from domain.people.organiser import Organiser
from infrastructure.event_store.store import Store
from infrastructure.keys.keyring import name_of
from infrastructure.keys.signed_links import InvitationLinks
from infrastructure.mail.addressee import known_among, whom_of
from infrastructure.mail.answering import reply_to_of
from infrastructure.mail.letter_content import Opened, opened_content
from infrastructure.mail.masthead import masthead_of
from infrastructure.mail.posting import posting, row_of

_OF_PEOPLE = """(select * from letter where person_id = any(array(
    with asked as (select unnest(%s::uuid[]) as person_id)
    select person_id from asked union select same_id from people.known_as join asked using (person_id))) offset 0) l"""
_COLUMNS = "id, organiser_id, kind, person_id, language, state, posted_at, sent_at, attempts, error, season_id, content"
_CHOICES: Mapping[str, str] = {
    "state": "state = %s",
    "kind": "kind = %s",
    "season_id": "season_id = %s",
    "since": "posted_at >= %s",
    "until": "posted_at < %s",
}
_LINKS: Mapping[str, str] = {"path": "link", "other_path": "other_link"}
"""Facts that name a page under the organiser's, and what its whole address is called."""
_FIND = f"select {_COLUMNS} from letter where id = %s"  # noqa: S608 # no input
_AGAIN = """
update letter set state = 'waiting', attempts = 0, due_at = least(%s, now()), error = ''
where id = %s and content is not null"""


@dataclass(frozen=True)
class Sender:
    """The address that letters come from, and the installation's name beside each organiser's."""

    name: str = ""
    address: str = ""

    def name_for(self, organiser: str) -> str:
        """Whose letter it is, as its reader sees it."""
        return f"{organiser} via {self.name}" if self.name else organiser


@dataclass(frozen=True)
class _Kept:
    """A letter as it is kept."""

    id: UUID
    organiser_id: OrganiserId
    kind: str
    person_id: PersonId | None
    language: str
    state: str
    posted_at: datetime
    sent_at: datetime | None
    attempts: int
    error: str
    season_id: UUID | None
    content: bytes | None


class PostgresLetterBox:
    """`application.mail.letter_desk.MailOutbox`. `address` is where the installation is reached: links begin with it.

    `picture`: the logo of that name.
    """

    def __init__(
        self, store: Store, words: LetterWords, address: str, picture: Callable[[str], bytes | None] = lambda _: None
    ) -> None:
        self._store, self._words, self._address = store, words, address.rstrip("/")
        self._picture = lru_cache(maxsize=64)(picture)
        self._links = InvitationLinks(store.keyring)

    def post(self, letter: Letter) -> None:
        """Keep a letter until it has been delivered; twice is once, and nobody erased is written to."""
        self.post_all((letter,))

    def post_all(self, letters: Sequence[Letter]) -> None:
        """Keep several, all or none, in one round trip."""
        people = {each.person_id for each in letters if each.person_id is not None}
        known = self._store.decisions.dry_run(SYSTEM, lambda work: known_among(work, people))
        told = [(each, whom) for each in letters if (whom := whom_of(each, known)) is not None]
        keys = self._store.keyring.find({name_of(whom.address) for _, whom in told})
        now = self._store.clock.now()
        rows = [
            row_of(each, whom, key, now) for each, whom in told if (key := keys.get(name_of(whom.address))) is not None
        ]
        if (group := self._store.together.group) is not None:
            group.write(posting, rows)
        elif rows:
            for statement, arguments in posting(rows):
                self._store.execute(statement, arguments)

    def list(self, organiser_id: UUID, which: LetterFilter, limit: int | None) -> tuple[LetterRow, ...]:
        """An organiser's letters, latest first; of those people, where some are named."""
        told = [(condition, getattr(which, name)) for name, condition in _CHOICES.items() if getattr(which, name)]
        source, given = "letter", []
        if which.people is not None:  # by key first: somebody's letters are few
            source, given = _OF_PEOPLE, [[*which.people]]
        where = " and ".join(["organiser_id = %s", *(condition for condition, _ in told)])
        statement = f"select {_COLUMNS} from {source} where {where} order by posted_at desc, no desc limit %s::bigint"  # noqa: S608 # no input
        arguments = [*given, organiser_id, *(value for _, value in told), limit]
        return self._rows(organiser_id, self._store.query(statement, arguments, class_row(_Kept)))

    def find(self, letter_id: UUID) -> LetterRow | None:
        """One letter."""
        rows = self._store.query(_FIND, [letter_id], class_row(_Kept))
        return self._rows(rows[0].organiser_id, rows)[0] if rows else None

    def words(self, letter_id: UUID) -> tuple[str, str] | None:
        """Its subject and text; None when they cannot be read any longer."""
        written = self._read_again(letter_id)
        return (written.subject, written.text) if written is not None else None

    def page(self, letter_id: UUID) -> str | None:
        """Its HTML with the picture in it; None when it cannot be read any longer."""
        written = self._read_again(letter_id)
        if written is None or written.logo is None:
            return written.html if written is not None else None
        return written.html.replace(f"cid:{LOGO}", f"data:image/png;base64,{b64encode(written.logo).decode()}")

    def send_again(self, letter_id: UUID) -> None:
        """Deliver it once more; what stood in it must be known still."""
        self._store.execute(_AGAIN, [self._store.clock.now(), letter_id])

    def written(
        self,
        kind: str,
        language: str,
        organiser_id: UUID,
        person_id: UUID | None,
        told: Opened,
        sender: Sender,
        season_id: UUID | None = None,
    ) -> Written:
        """A letter in words: what was told, whose it is and to whom. Raises KeyError for what has no words.

        `season_id`: of a season, whose contact gets the answer where the letter says so.
        """
        asked = season_id if told.facts.get("ask") else None
        organiser, name, reply_to = self._between(organiser_id, person_id, asked)
        base, zone = f"{self._address}/{organiser.slug}", organiser.zone
        links = {fact: f"{base}{told.facts[path]}" for path, fact in _LINKS.items() if path in told.facts}
        facts = {"organiser": organiser.name, "name": name, **told.facts, **links, "agreed": told.agreed or ""}
        logo = self._picture(organiser.logo) if organiser.logo else None
        unsubscribe = self._answer_to(kind, base, person_id)
        whose = replace(masthead_of(organiser, logo), reply_to=reply_to, unsubscribe=unsubscribe)
        written = self._words.write(kind, language, facts, zone, whose)
        envelope = Envelope(sender.name_for(organiser.name), sender.address, name, told.address)
        invitation = told.invitation
        if invitation is not None:
            calendar = self._words.invite(invitation, language, zone, f"{base}{invitation.path}", envelope)
            written = replace(written, calendar=calendar)
        written = replace(written, logo=logo, unsubscribe=whose.unsubscribe)
        return replace(written, sender=envelope.sender, reply_to=reply_to)

    def _between(
        self, organiser_id: UUID, person_id: UUID | None, season_id: UUID | None
    ) -> tuple[Organiser, str, str]:
        """Whose the letter is, by which name its reader is greeted, and who gets the answer."""

        def look(work: UnitOfWork) -> tuple[Organiser, str, str]:
            person, organiser = find_person(work, person_id), work.load(Organiser, organiser_id)
            reply_to = reply_to_of(work, organiser, season_id, person_id)
            return organiser, greeted(work, person) if person else "", reply_to

        return self._store.decisions.dry_run(SYSTEM, look)

    def sample(self, letter: Letter) -> Written | None:
        """A letter as its reader would get it, kept nowhere; None for nobody who can be written to."""
        people = {letter.person_id} if letter.person_id is not None else set()
        known = self._store.decisions.dry_run(SYSTEM, lambda work: known_among(work, people))
        whom = whom_of(letter, known)
        [address] = self._store.keyring.decrypt_many([whom.address]) if whom is not None else [None]
        if whom is None or address is None:
            return None
        language = whom.language or letter.otherwise or "sv"
        told = Opened(address, letter.facts, ())
        whose = letter.organiser_id, letter.person_id
        return self.written(letter.kind, language, *whose, told, Sender(), letter.season_id)

    def is_unwanted(self, kind: str, person_id: PersonId | None) -> bool:
        """Whether somebody has said no to letters such as this, or they only come back."""
        if kind not in OPTIONAL_KINDS:
            return False
        person = self._store.decisions.dry_run(SYSTEM, lambda work: find_person(work, person_id))
        return person is not None and (not person.wants_invitations or person.returned.is_unreachable)

    def _answer_to(self, kind: str, base: str, person_id: UUID | None) -> str:
        """Where the reader of a letter that is not about a seat of theirs says no to more of them."""
        if kind not in REFUSABLE_KINDS or person_id is None:
            return ""
        return f"{base}/invitations/{self._links.token_for(PersonId(person_id))}"

    def _read_again(self, letter_id: UUID) -> Written | None:
        for kept in self._store.query(_FIND, [letter_id], class_row(_Kept)):
            opened = self._opened(kept.content)
            if opened is not None:
                whose = kept.organiser_id, kept.person_id
                return self.written(kept.kind, kept.language, *whose, opened, Sender(), kept.season_id)
        return None

    def _rows(self, organiser_id: UUID, letters: Sequence[_Kept]) -> tuple[LetterRow, ...]:
        """As staff see them, each with the subject that it has to its reader."""
        organiser = self._store.decisions.dry_run(SYSTEM, lambda work: work.find(Organiser, organiser_id))
        return tuple(self._row(organiser, letter) for letter in letters)

    def _row(self, organiser: Organiser | None, letter: _Kept) -> LetterRow:
        facts = asdict(letter)
        opened, is_old = self._opened(facts.pop("content")), letter.content is None
        is_known = opened or is_old or letter.state == LetterState.SENT
        facts["state"] = LetterState(letter.state) if is_known else LetterState.UNREADABLE
        facts["letter_id"] = facts.pop("id")
        subject = self._subject(organiser, letter.kind, letter.language, opened) if opened and organiser else None
        return LetterRow(**facts, to=opened.address if opened else None, is_old=is_old, subject=subject)

    def _subject(self, organiser: Organiser, kind: str, language: str, told: Opened) -> str | None:
        facts = {"organiser": organiser.name, "name": "", **told.facts, "agreed": told.agreed or ""}
        with suppress(KeyError, ValueError):  # an earlier version told other facts
            return self._words.subject(kind, language, facts, organiser.zone)
        return None

    def _opened(self, content: bytes | None) -> Opened | None:
        return None if content is None else opened_content(content, self._store.keyring)
