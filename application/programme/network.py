"""Networks: founded, decided on and closed by admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from application.kernel.command import admin, command, dry_run, self_or_admin
from application.kernel.eligibility import is_to_decide
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, must_be_self_or_admin, organiser_of
from domain.kernel.ids import NetworkId, OrganisationId, PersonId, SeasonId
from domain.kernel.text import clean
from domain.people.admission import OPEN, Admission
from domain.people.organisation import Organisation
from domain.people.person import Person
from domain.programme.network import Network, NetworkKind, NothingToDecide, found
from domain.programme.season import Season


@dataclass(frozen=True)
class FoundNetwork:
    """A new standing group, with the rule for who may join."""

    name: str
    kind: NetworkKind = NetworkKind.NETWORK
    promise: str = ""
    admission: Admission = OPEN


@dataclass(frozen=True)
class AskAdmission:
    """Ask an admin to decide about somebody whom the rule of a season leaves open (S16)."""

    season_id: SeasonId
    person_id: PersonId


@dataclass(frozen=True)
class DecideAdmission:
    """An admin's decision about one person, with the reason (S16)."""

    network_id: NetworkId
    person_id: PersonId
    is_admitted: bool
    reason: str


@dataclass(frozen=True)
class JoinPartner:
    """An organisation that runs it together with the organiser."""

    network_id: NetworkId
    organisation_id: OrganisationId


@dataclass(frozen=True)
class LeavePartner:
    """An organisation that runs it with the organiser no longer."""

    network_id: NetworkId
    organisation_id: OrganisationId


@dataclass(frozen=True)
class CorrectNetwork:
    """What was misspelt or is to be another way; None stays as it is. `admission`: for seasons planned from now on."""

    network_id: NetworkId
    name: str | None = None
    kind: NetworkKind | None = None
    promise: str | None = None
    admission: Admission | None = None


@dataclass(frozen=True)
class CloseNetwork:
    """Its last local day."""

    network_id: NetworkId
    closed_on: date


@dataclass(frozen=True)
class ReopenNetwork:
    """It was closed by mistake, or goes on after all."""

    network_id: NetworkId


@dataclass(frozen=True)
class NetworkRef:
    """Which network it was about."""

    network_id: NetworkId


class Asking(StrEnum):
    """How it stands with somebody's admission, as far as an admin decides it."""

    NOTHING = "nothing"
    TO_ASK = "to_ask"
    ASKED = "asked"


class Networks(UseCases):
    """Found, correct, decide admission, join partners, close."""

    @command(by=admin)
    def found(self, work: UnitOfWork, command: FoundNetwork) -> NetworkRef:
        """A new network."""
        organiser = organiser_of(work.actor)
        made = found(work.new_id(), organiser, command.name, command.kind, command.promise, command.admission)
        work.add(made)
        return NetworkRef(made.network_id)

    @command(by=self_or_admin)
    def ask_admission(self, work: UnitOfWork, command: AskAdmission) -> NetworkRef:
        """Ask for oneself, or as an admin for somebody who has written. Raises NetworkClosed, NothingToDecide."""
        season = load_for(work, Season, command.season_id)
        season.must_be_there()
        if not is_to_decide(work, season, command.person_id):
            raise NothingToDecide
        network = load_for(work, Network, season.network_id)
        network.ask_admission(command.person_id, command.season_id, work.now)
        return NetworkRef(season.network_id)

    @dry_run
    def asking(self, work: UnitOfWork, season_id: SeasonId, person_id: PersonId) -> Asking:
        """Whether an admin has to decide about somebody, and whether that has been asked for. Raises NotFound."""
        must_be_self_or_admin(work.actor, person_id)
        season = load_for(work, Season, season_id)
        if not is_to_decide(work, season, person_id):
            return Asking.NOTHING
        asked = load_for(work, Network, season.network_id).asked
        return Asking.ASKED if person_id in asked else Asking.TO_ASK

    @command(by=admin)
    def decide_admission(self, work: UnitOfWork, command: DecideAdmission) -> NetworkRef:
        """Admit or turn away one person, whatever the rule says, with reason and name on record."""
        load_for(work, Person, command.person_id).must_exist()
        reason = work.encrypt(command.person_id, "reason", clean("reason", command.reason, 1000))
        load_for(work, Network, command.network_id).decide_admission(
            command.person_id, reason, work.actor.id, is_admitted=command.is_admitted
        )
        return NetworkRef(command.network_id)

    @command(by=admin)
    def correct(self, work: UnitOfWork, command: CorrectNetwork) -> NetworkRef:
        """Only what differs is recorded. Raises BadValue."""
        network = load_for(work, Network, command.network_id)
        if command.name is not None:
            network.rename(command.name)
        if command.kind is not None:
            network.correct_kind(command.kind)
        if command.promise is not None:
            network.reword_promise(command.promise)
        if command.admission is not None:
            network.agree_admission(command.admission)
        return NetworkRef(command.network_id)

    @command(by=admin)
    def leave_partner(self, work: UnitOfWork, command: LeavePartner) -> NetworkRef:
        """An organisation is a partner no longer."""
        load_for(work, Network, command.network_id).leave_partner(command.organisation_id)
        return NetworkRef(command.network_id)

    @command(by=admin)
    def join_partner(self, work: UnitOfWork, command: JoinPartner) -> NetworkRef:
        """Make an organisation a partner."""
        load_for(work, Organisation, command.organisation_id)
        load_for(work, Network, command.network_id).join_partner(command.organisation_id)
        return NetworkRef(command.network_id)

    @command(by=admin)
    def close(self, work: UnitOfWork, command: CloseNetwork) -> NetworkRef:
        """End it. Raises NetworkClosed when it has ended."""
        load_for(work, Network, command.network_id).close(command.closed_on)
        return NetworkRef(command.network_id)

    @command(by=admin)
    def reopen(self, work: UnitOfWork, command: ReopenNetwork) -> NetworkRef:
        """It goes on; one that is open stays so."""
        load_for(work, Network, command.network_id).reopen()
        return NetworkRef(command.network_id)
