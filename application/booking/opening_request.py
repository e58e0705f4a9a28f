"""Somebody who has not signed in is told when booking opens, once they confirm by a mailed link."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from application.booking.opening_list import OpeningOf, list_wanted, stand_on_list
from application.booking.registration_rules import registration_rules
from application.booking.unconfirmed import ConfirmedByMail, MailedLink, address_digest, linked, state_shown
from application.kernel.actor import Actor
from application.kernel.command import dry_run
from application.kernel.ports import Busy, Committed, UnitOfWork
from application.kernel.rate_limit import Asking
from application.kernel.use_case import find_person, organiser_of
from application.people.address import known_or_new
from application.people.person import digest_of
from domain.booking.opening_list import OpeningList
from domain.booking.opening_request import OpeningRequest
from domain.kernel.ids import NetworkId, SeasonId
from domain.kernel.text import email_of, name_of
from domain.people.particulars import come_in_by_letter, read_in
from domain.programme.network import Network
from domain.programme.season import Season

ASKED_KEPT = timedelta(days=3)
"""How long the link to be told waits."""


@dataclass(frozen=True)
class AskToBeTold:
    """A stranger's wish for one letter when booking opens. `language`: "sv" or "en", of the letters."""

    name: str
    email: str
    network_id: NetworkId | None = None
    season_id: SeasonId | None = None
    language: str = ""

    @property
    def about(self) -> OpeningOf:
        """Of what."""
        return OpeningOf(self.network_id, self.season_id)


@dataclass(frozen=True)
class OpeningAsked:
    """The same for a known and an unknown address: what comes next is to confirm by the mailed link, in time."""

    next_step: str
    until: datetime


@dataclass(frozen=True)
class OpeningRequestView:
    """A wish to be told as whoever holds its link sees it. `state`: held, over (not in time), or confirmed.

    `is_waiting`: whether they will be told; no longer once they have been, or have taken it back.
    """

    request_id: UUID
    network_id: NetworkId
    network: str
    season_id: SeasonId | None
    season: str
    state: str
    is_waiting: bool


class OpeningRequests(ConfirmedByMail):
    """Ask, look, confirm, take back."""

    def ask(
        self, actor: Actor, command: AskToBeTold, key: str | None = None, place: str = ""
    ) -> Committed[OpeningAsked]:
        """Ask for one letter. Nothing is looked up about the address; it counts once the mailed link is confirmed.

        `place`: from which network address; "" is a program of the house. Raises TooManyAttempts, BadValue, NotFound,
        NetworkClosed, SeasonCalledOff, BookingIsOpen.
        """
        code = self._new_code()
        self._must_be_seldom(actor, command, key, place, lambda work: _asking(work, command))
        recorded = self._record(actor, command, OpeningAsked, lambda work: _ask(work, command, code), key)
        return Committed(recorded.answer, 0, recorded.repeated)  # a position would tell what others do meanwhile

    @dry_run
    def view(self, work: UnitOfWork, link: MailedLink) -> OpeningRequestView:
        """What was asked for, for whoever holds the link; nothing is used up. Raises NotFound for any other code."""
        return _view(work, linked(work, OpeningRequest, link))

    def confirm(self, actor: Actor, link: MailedLink, key: str | None = None) -> Committed[OpeningRequestView]:
        """Be told; confirmed already: the same answer, and nothing more.

        Raises NotFound, OpeningRequestOver, NetworkClosed, SeasonCalledOff, BookingIsOpen.
        """

        def decide(work: UnitOfWork) -> OpeningRequestView:
            request = linked(work, OpeningRequest, link)
            if request.person_id is None:
                _stand(work, request)
            return _view(work, request)

        return self._record(actor, link, OpeningRequestView, decide, key)

    def withdraw(self, actor: Actor, link: MailedLink, key: str | None = None) -> Committed[OpeningRequestView]:
        """Not be told after all, by the link alone; what is not confirmed changes nothing. Raises NotFound."""

        def decide(work: UnitOfWork) -> OpeningRequestView:
            request = linked(work, OpeningRequest, link)
            person = find_person(work, request.person_id)
            if person is not None and request.list_id is not None:
                work.load(OpeningList, request.list_id).leave(person.ids)
            return _view(work, request)

        return self._record(actor, ("withdraw", link), OpeningRequestView, decide, key)


def _asking(work: UnitOfWork, command: AskToBeTold) -> Asking:
    list_wanted(work, command.about)
    rules = registration_rules(work)
    digest = address_digest(work, email_of(command.email))
    return Asking(digest, (), 1, rules.seats_of_address, rules.seats_from_place)


def _ask(work: UnitOfWork, command: AskToBeTold, code: str) -> OpeningAsked:
    network_id, season_id = list_wanted(work, command.about)
    name, email = name_of("name", command.name), email_of(command.email)
    typed = {"name": name, "email": email, "language": command.language}
    request_id, until = work.new_id(), work.now + ASKED_KEPT
    work.add(
        OpeningRequest(
            id=request_id,
            organiser_id=organiser_of(work.actor),
            network_id=network_id,
            season_id=season_id,
            typed=work.encrypt(request_id, "opening", json.dumps(typed)),
            email=work.encrypt(request_id, "email", email),
            code=work.encrypt(request_id, "code", code),
            digest=digest_of(code),
            asked_at=work.now,
            until=until,
        )
    )
    return OpeningAsked("confirm_opening", until)


def _stand(work: UnitOfWork, request: OpeningRequest) -> None:
    """Whoever confirms has shown that the address is theirs."""
    request.must_wait(work.now)
    told = work.decrypt(request.typed)
    if told is None:
        raise Busy("what was typed cannot be read")
    typed = json.loads(told)
    where = list_wanted(work, OpeningOf(request.network_id, request.season_id))
    person = known_or_new(work, request.organiser_id, typed["name"], typed["email"], shares=True)
    come_in_by_letter(person)
    read_in(person, typed["language"])
    stand_on_list(work, where, person)
    request.confirm(OpeningList.create_id(*where), person.person_id, work.now)
    work.destroy_key(request.id)


def _view(work: UnitOfWork, request: OpeningRequest) -> OpeningRequestView:
    person = find_person(work, request.person_id)
    found = work.find(OpeningList, request.list_id) if request.list_id is not None else None
    season = work.load(Season, request.season_id) if request.season_id is not None else None
    return OpeningRequestView(
        request.id,
        request.network_id,
        work.load(Network, request.network_id).name,
        request.season_id,
        season.title if season is not None else "",
        state_shown(work, request),
        person is not None and found is not None and found.holds(person.ids),
    )
