"""How waiting lists move: the rules of an organiser, or a season's own; what they would do to a list as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.kernel.actor import Role
from application.kernel.command import admin, command, dry_run
from application.kernel.ports import UnitOfWork
from application.kernel.use_case import UseCases, load_for, organiser_of
from domain.booking.price_promise import PricePromise
from domain.booking.seating import Seating
from domain.booking.turn import Move, moves
from domain.booking.waiting_rules import Answering, Party, PriceRule, WaitingRules
from domain.kernel.ids import OrganiserId, SeasonId, price_promise_of, seating_of, waiting_rules_of
from domain.programme.price import PriceList
from domain.programme.season import Season

MOST_TRIED = 3
"""For how many free seats it is shown what each rule would do."""


@dataclass(frozen=True)
class AgreeWaitingRules:
    """The rules of an organiser's waiting lists, or of one season's (`season_id`)."""

    answering: Answering = Answering.HOURS
    answer_within: int = 48
    party: Party = Party.TOGETHER
    hold_days: int = 7
    price: PriceRule = PriceRule.JOINED
    season_id: SeasonId | None = None


@dataclass(frozen=True)
class WaitingRulesOf:
    """Whose rules they are."""

    organiser_id: OrganiserId
    season_id: SeasonId | None


@dataclass(frozen=True)
class Effect:
    """What a rule about parties would do to a list as it stands, were so many seats free next."""

    party: Party
    free: int
    moves: tuple[Move, ...]


class WaitingRulesDesk(UseCases):
    """Agree, read, and look what each would do."""

    @command(by=admin)
    def agree(self, work: UnitOfWork, command: AgreeWaitingRules) -> WaitingRulesOf:
        """Other rules from now on; what was offered and promised stays as it is. Raises BadValue, NotFound."""
        organiser = organiser_of(work.actor)
        scope: UUID = organiser if command.season_id is None else load_for(work, Season, command.season_id).id
        rules = work.find(WaitingRules, waiting_rules_of(scope))
        if rules is None:
            rules = WaitingRules(organiser_id=organiser, scope_id=scope)
            work.add(rules)
        rules.change(command.answering, command.answer_within, command.party, command.hold_days, command.price)
        return WaitingRulesOf(organiser, command.season_id)

    @dry_run
    def rules(self, work: UnitOfWork, season_id: SeasonId | None = None) -> AgreeWaitingRules:
        """As they stand, for the organiser or a season. Raises NotAllowed unless admin, NotFound."""
        organiser = organiser_of(work.actor)
        work.actor.must_be(organiser, Role.ADMIN)
        season = load_for(work, Season, season_id) if season_id is not None else None
        rules = rules_for(work, season) if season is not None else rules_of_organiser(work, organiser)
        return AgreeWaitingRules(
            rules.answering, rules.answer_within, rules.party, rules.hold_days, rules.price, season_id
        )

    @dry_run
    def effects(self, work: UnitOfWork, season_id: SeasonId) -> tuple[Effect, ...]:
        """What each rule about parties would do with the next seats that become free (S21). Raises NotAllowed."""
        work.actor.must_be(organiser_of(work.actor), Role.ADMIN)
        seating = load_for(work, Seating, seating_of(season_id))
        seating.lapse(work.now)
        left = max(seating.left_at(work.now), 0)
        return tuple(
            Effect(party, left + more, moves(seating.in_line, left + more, party))
            for party in Party
            for more in range(1, MOST_TRIED + 1)
        )


def rules_of_organiser(work: UnitOfWork, organiser: OrganiserId) -> WaitingRules:
    """The organiser's rules, or the usual ones."""
    found = work.find(WaitingRules, waiting_rules_of(organiser))
    return found or WaitingRules(organiser_id=organiser, scope_id=organiser)


def rules_for(work: UnitOfWork, season: Season) -> WaitingRules:
    """The season's own rules, or else the organiser's."""
    return work.find(WaitingRules, waiting_rules_of(season.id)) or rules_of_organiser(work, season.organiser_id)


def promise_price(
    work: UnitOfWork,
    season: Season,
    place_id: UUID,
    rule: PriceRule,
    asked: tuple[PriceList, datetime] | None = None,
) -> None:
    """Which list of prices counts for a place is written down: at joining, or once more at each offer (S23).

    `asked`: which list counts instead, as of which instant; None: the season's, as of now.
    """
    if season.prices is None:
        return
    prices, at = asked or (season.prices, work.now)
    promise = work.find(PricePromise, price_promise_of(place_id))
    if promise is not None:
        promise.renew(season.prices, work.now)
        return
    about = (season.organiser_id, season.season_id, place_id)
    work.add(
        PricePromise(
            organiser_id=about[0],
            season_id=about[1],
            place_id=about[2],
            rule=rule,
            prices=prices,
            at=at,
        )
    )
