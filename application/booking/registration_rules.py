"""What strangers may hold before they confirm: an organiser's rules, and how much they hold of a season now."""

from __future__ import annotations

from dataclasses import dataclass, fields
from uuid import UUID

from application.booking.queries.unconfirmed import UnconfirmedModel
from application.kernel.actor import Actor, Role
from application.kernel.command import admin, command, dry_run
from application.kernel.ports import Clock, Decisions, UnitOfWork
from application.kernel.use_case import UseCases, admin_of, organiser_of
from domain.booking.registration_rules import RegistrationRules
from domain.kernel.ids import OrganiserId


@dataclass(frozen=True)
class AgreeRegistrationRules:
    """How long seats are held; for how many an address and a place on the net may register in an hour.

    `share`: how many per cent of the unsold seats strangers may hold together. `application_hours`: how long a seat is
    held while an application waits.
    """

    hold_minutes: int = RegistrationRules.HOLD_MINUTES
    seats_of_address: int = RegistrationRules.SEATS_OF_ADDRESS
    seats_from_place: int = RegistrationRules.SEATS_FROM_PLACE
    share: int = RegistrationRules.SHARE
    application_hours: int = RegistrationRules.APPLICATION_HOURS


@dataclass(frozen=True)
class RulesOf:
    """Whose rules they are."""

    organiser_id: OrganiserId


class RegistrationRulesDesk(UseCases):
    """Agree, read, and see what is held."""

    def __init__(self, decisions: Decisions, model: UnconfirmedModel, clock: Clock) -> None:
        super().__init__(decisions)
        self._model, self._clock = model, clock

    @command(by=admin)
    def agree(self, work: UnitOfWork, command: AgreeRegistrationRules) -> RulesOf:
        """Other rules from now on. Raises BadValue, NotAllowed."""
        organiser = organiser_of(work.actor)
        rules = work.find(RegistrationRules, RegistrationRules.create_id(organiser))
        if rules is None:
            rules = RegistrationRules(organiser_id=organiser)
            work.add(rules)
        rules.change(**vars(command))
        return RulesOf(organiser)

    @dry_run
    def rules(self, work: UnitOfWork) -> AgreeRegistrationRules:
        """As they stand. Raises NotAllowed unless admin or finance."""
        work.actor.must_be(organiser_of(work.actor), Role.ADMIN, Role.FINANCE)
        rules = registration_rules(work)
        names = (each.name for each in fields(AgreeRegistrationRules))
        return AgreeRegistrationRules(**{name: getattr(rules, name) for name in names})

    def seats_held(self, actor: Actor, season_id: UUID) -> int:
        """How many seats of a season are held for registrations that are not confirmed. Raises NotAllowed."""
        admin_of(actor)
        return self._model.seats_held(season_id, self._clock.now())


def registration_rules(work: UnitOfWork) -> RegistrationRules:
    """The organiser's rules, or the usual ones."""
    organiser = organiser_of(work.actor)
    found = work.find(RegistrationRules, RegistrationRules.create_id(organiser))
    return found or RegistrationRules(organiser_id=organiser)
