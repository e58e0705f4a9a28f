"""A network: a standing group, series or theme that meets season after season, with a rule for who may join."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel.aggregate import Aggregate, Change, Rewording, event
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import NetworkId, OrganisationId, OrganiserId, PersonId, SeasonId
from domain.kernel.personal import Encrypted
from domain.kernel.text import clean, title_of
from domain.people.admission import Admission


class NetworkClosed(RuleBroken):
    """The network has been closed; nothing new is planned in it."""


class NothingToDecide(RuleBroken):
    """The rule of the network settles the case by itself, or an admin has decided already."""


class NetworkKind(StrEnum):
    """What members call it."""

    NETWORK = "network"
    CLUSTER = "cluster"
    CONFERENCE = "conference"
    SEMINAR = "seminar"
    WORKSHOP = "workshop"
    PROGRAMME = "programme"
    THEME = "theme"
    FESTIVAL = "festival"


class Network(Aggregate):
    """A standing group; its seasons refer to it by id."""

    class Founded(Aggregate.Created):
        organiser_id: OrganiserId
        name: str
        kind: NetworkKind
        promise: str
        admission: Admission

    class AdmissionAsked(Aggregate.Event):
        person_id: PersonId
        season_id: SeasonId
        asked_at: datetime

        def apply(self, network: Network) -> None:
            network.asked.add(self.person_id)

    class AdmissionDecided(Aggregate.Event):
        person_id: PersonId
        is_admitted: bool
        reason: Encrypted
        decided_by: str
        application_id: UUID | None = None

        def apply(self, network: Network) -> None:
            network.decided[self.person_id] = self.is_admitted
            network.asked.discard(self.person_id)

    class PartnerJoined(Aggregate.Event):
        organisation_id: OrganisationId

        def apply(self, network: Network) -> None:
            network.partners.add(self.organisation_id)

    class PartnerLeft(Aggregate.Event):
        organisation_id: OrganisationId

        def apply(self, network: Network) -> None:
            network.partners.discard(self.organisation_id)

    class Closed(Change):
        closed_on: date

    class Reopened(Aggregate.Event):
        closed_on: date

        def apply(self, network: Network) -> None:
            network.closed_on = None

    class Renamed(Rewording):
        name: str
        was: str

    class PromiseReworded(Rewording):
        promise: str
        was: str

    class KindCorrected(Rewording):
        kind: NetworkKind
        was: NetworkKind

    class AdmissionAgreed(Change):
        admission: Admission
        was: Admission

    @event(Founded)
    def __init__(
        self, id: UUID, organiser_id: OrganiserId, name: str, kind: NetworkKind, promise: str, admission: Admission
    ) -> None:
        self.organiser_id, self.name, self.kind, self.promise = organiser_id, name, kind, promise
        self.admission = admission
        self.closed_on: date | None = None
        self.decided: dict[PersonId, bool] = {}
        self.asked: set[PersonId] = set()
        self.partners: set[OrganisationId] = set()

    @property
    def network_id(self) -> NetworkId:
        """Its id, typed."""
        return NetworkId(self.id)

    def ask_admission(self, person_id: PersonId, season_id: SeasonId, asked_at: datetime) -> None:
        """Ask an admin to decide about somebody whom the rule leaves open (S16), once. Raises NetworkClosed."""
        self.must_be_open()
        if person_id not in self.asked:
            self.record(Network.AdmissionAsked(person_id=person_id, season_id=season_id, asked_at=asked_at))

    def decide_admission(
        self,
        person_id: PersonId,
        reason: Encrypted,
        decided_by: str,
        *,
        is_admitted: bool,
        application_id: UUID | None = None,
    ) -> None:
        """An admin's decision on a case the rule leaves open, or an exception from it, with reason and name (S16).

        `application_id`: the application it answers, if it does; whoever applied is told by that answer.
        """
        self.record(
            Network.AdmissionDecided(
                person_id=person_id,
                is_admitted=is_admitted,
                reason=reason,
                decided_by=decided_by,
                application_id=application_id,
            )
        )

    def join_partner(self, organisation_id: OrganisationId) -> None:
        """An organisation runs the network together with the organiser; twice is once."""
        self.must_be_open()
        if organisation_id not in self.partners:
            self.record(Network.PartnerJoined(organisation_id=organisation_id))

    def leave_partner(self, organisation_id: OrganisationId) -> None:
        """It does not run the network with the organiser any longer; what is no partner changes nothing."""
        if organisation_id in self.partners:
            self.record(Network.PartnerLeft(organisation_id=organisation_id))

    def close(self, closed_on: date) -> None:
        """End the network; its seasons and their record stay. Raises NetworkClosed."""
        self.must_be_open()
        self.record(Network.Closed(closed_on=closed_on))

    def reopen(self) -> None:
        """It was closed by mistake, or goes on after all; one that is open stays so."""
        if self.closed_on is not None:
            self.record(Network.Reopened(closed_on=self.closed_on))

    def rename(self, name: str) -> None:
        """Another name, or the same one spelt right; the same again changes nothing. Raises BadValue."""
        self.record_change(Network.Renamed(name=title_of("name", name), was=self.name))

    def reword_promise(self, promise: str) -> None:
        """What it gives, in other words. Raises BadValue."""
        worded = clean("promise", promise, 2000, may_be_empty=True)
        self.record_change(Network.PromiseReworded(promise=worded, was=self.promise))

    def correct_kind(self, kind: NetworkKind) -> None:
        """It was written down as something else."""
        self.record_change(Network.KindCorrected(kind=kind, was=self.kind))

    def agree_admission(self, admission: Admission) -> None:
        """Who may join, in seasons planned from now on; each season that is there has a rule of its own."""
        self.record_change(Network.AdmissionAgreed(admission=admission, was=self.admission))

    def must_be_open(self) -> None:
        """Raises NetworkClosed."""
        if self.closed_on is not None:
            raise NetworkClosed(name=self.name)


def found(
    id: UUID, organiser_id: OrganiserId, name: str, kind: NetworkKind, promise: str, admission: Admission
) -> Network:
    """A new network."""
    return Network(
        id=id,
        organiser_id=organiser_id,
        name=title_of("name", name),
        kind=kind,
        promise=clean("promise", promise, 2000, may_be_empty=True),
        admission=admission,
    )
