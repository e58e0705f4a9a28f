"""Links to one's bookings, mailed again: all who ask are answered alike, and the worker looks whose the address is."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from application.access.sign_in import Asked, AskedStore
from application.booking.queries.booking import BookingQuestions, BookingRow
from application.kernel.actor import SYSTEM, Actor, Role
from application.kernel.command import dry_run
from application.kernel.one_time_token import Limits, count_attempt, place_on_net
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.season_name import called
from application.kernel.use_case import UseCases, find_person
from application.mail.letter_facts import meetings_fact
from application.mail.letters import Letter, Letters
from application.notifications.season_facts import next_fact
from domain.kernel.ids import OrganiserId, PersonId
from domain.kernel.text import email_of
from domain.people.particulars import may_sign_in
from domain.programme.meeting import Meeting
from domain.programme.meeting_time import TimeKind
from domain.programme.season import Season

PURPOSE, KIND = "bookings", "booking_link"
WINDOW, DAY = timedelta(minutes=15), timedelta(days=1)
MOST_FOR_ADDRESS, MOST_FROM_PLACE, MOST_IN_A_DAY = 3, 30, 6
"""How often an address may be written in, and a place may ask; each time a letter goes out for every booking."""
MOST_BOOKINGS = 20


class LinksAgain(UseCases):
    """Ask, and write."""

    def __init__(
        self,
        decisions: Decisions,
        asked: AskedStore,
        limits: Limits,
        letters: Letters,
        bookings: BookingQuestions,
        clock: Clock,
    ) -> None:
        super().__init__(decisions)
        self._asked, self._limits, self._letters = asked, limits, letters
        self._bookings, self._clock = bookings, clock

    def ask(self, organisers: tuple[OrganiserId, ...], address: str, place: str, language: str) -> None:
        """Ask for the links to an address's coming bookings at these organisers. `place`: from which network address.

        Raises BadValue for what is no address, TooManyAttempts; whether somebody has it is told to nobody.
        """
        of_address, *digests = self._blind_indexes(SYSTEM, ("links", *organisers), email_of(address))
        count_attempt(self._limits, f"links/{of_address}", MOST_FOR_ADDRESS, WINDOW)
        count_attempt(self._limits, f"links/from/{place_on_net(place)}", MOST_FROM_PLACE, WINDOW)
        count_attempt(self._limits, f"links in a day/{of_address}", MOST_IN_A_DAY, DAY)
        self._asked.put(Asked(organisers, tuple(digests), "", language, PURPOSE))

    def turn(self) -> bool:
        """For the worker: write the letters that were asked for first; False for none."""
        return self._asked.next(self._write, PURPOSE)

    def _write(self, asked_id: UUID, asked: Asked) -> None:
        for organiser_id, digest in zip(asked.organisers, asked.digests, strict=True):
            person_id = self._known(SYSTEM, digest)
            if person_id is not None:
                self._letters.post_all(tuple(self._of(organiser_id, person_id, f"{KIND}/{asked_id}", asked.language)))

    def _of(self, organiser_id: OrganiserId, person_id: PersonId, key: str, language: str) -> list[Letter]:
        reader = Actor("links", organiser_id, frozenset({Role.MEMBER}), person_id)
        found = []
        for row in self._bookings.mine(reader, limit=MOST_BOOKINGS).items:
            title, coming = self._coming(SYSTEM, row)
            if coming:
                told = {"meetings": meetings_fact(coming), "next": next_fact(coming, self._clock.now())}
                facts = {"season": title, "path": f"/bookings/{row.booking_id}", **told}
                whose = (organiser_id, KIND, person_id)
                found.append(Letter(f"{key}/{row.booking_id}", *whose, language=language, facts=facts))
        return found

    @dry_run
    def _blind_indexes(self, work: UnitOfWork, scopes: tuple[str | OrganiserId, ...], email: str) -> list[str]:
        return [work.blind_index(f"{scope}/{email}") for scope in scopes]

    @dry_run
    def _known(self, work: UnitOfWork, digest: str) -> PersonId | None:
        person = find_person(work, work.unique_key_owner("email", digest))
        return None if person is None or not may_sign_in(person) else person.person_id

    @dry_run
    def _coming(self, work: UnitOfWork, row: BookingRow) -> tuple[str, list[Meeting]]:
        """What is still to come of a booking that holds seats; a meeting without a day is to come."""
        season = work.load(Season, row.season_id)
        is_on = not row.ended_for and any(not seat.is_cancelled for seat in row.seats)
        meetings = [each for each in season.meetings.values() if _is_coming(each, work.now)]
        return called(work, season), meetings if is_on else []


def _is_coming(meeting: Meeting, now: datetime) -> bool:
    time = meeting.time
    return time.kind is not TimeKind.CALLED_OFF and (time.end_at is None or time.end_at > now)
