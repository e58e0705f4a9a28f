"""All that can happen to a waiting list: asked for, moved, offered, answered, lapsed, gathered for and passed over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from application.booking.queue_request import AskToQueue
from application.booking.seat_offer import AcceptOffer, DeclineOffer
from application.booking.unconfirmed import MailedLink
from application.booking.waiting_list import JoinWaitingList, LeaveWaitingList, MoveInQueue
from application.booking.waiting_rules import AgreeWaitingRules, WaitingRulesOf
from application.kernel.actor import SYSTEM, Actor, stranger
from application.kernel.ports import CommandContext, UnitOfWork
from domain.booking.seating import Seating
from domain.booking.waiting_rules import Party, PriceRule
from domain.kernel.ids import BookingId, SeasonId, seating_of
from tests.samples import Institute
from tests.scenarios.story import book, cancel
from tests.strangers import links_of, tidy


def a_line_moves(institute: Institute) -> None:
    """A season that is full: seats become free one by one."""
    services = institute.services
    season = institute.conference(seats=3)
    full = book(institute, season, institute.bolt, None, None, None)
    services.waiting_rules.agree(institute.admin, AgreeWaitingRules(price=PriceRule.OFFERED, season_id=season))
    _strangers_ask(institute, season)
    people = [institute.member(name) for name in ("Signe", "Sixten", "Svea", "Sylvia")]
    places = [_join(institute, who, season, seats) for who, seats in zip(people, (2, 1, 1, 1), strict=True)]
    services.waiting_lists.move(institute.admin, MoveInQueue(season, places[2], 2, "Lovades platsen"))
    cancel(institute, institute.admin, full.booking_id, 1)
    institute.catch_up()
    services.seat_offers.decline(people[2], DeclineOffer(season, places[2]))
    institute.catch_up()
    _prolonged(institute, season, places[1])
    institute.clock.pass_by(timedelta(days=4))
    _work(institute)
    services.seat_offers.accept(people[3], AcceptOffer(season, places[3]))
    _waited_for(institute, season, full.booking_id, places[0])


def _waited_for(institute: Institute, season: SeasonId, full: BookingId, party: UUID) -> None:
    """Seats are held for a party of two for a day, then offered to it, and given back."""
    services = institute.services
    rules = AgreeWaitingRules(party=Party.HOLD, hold_days=1, price=PriceRule.OFFERED, season_id=season)
    services.waiting_rules.agree(institute.admin, rules)
    cancel(institute, institute.admin, full, 2)
    institute.catch_up()
    institute.clock.pass_by(timedelta(days=1))
    _work(institute)
    cancel(institute, institute.admin, full, 3)
    institute.catch_up()
    services.waiting_lists.leave(institute.admin, LeaveWaitingList(season, party))
    institute.catch_up()


def _strangers_ask(institute: Institute, season: SeasonId) -> None:
    """One confirms and leaves again; another does not, and is forgotten."""
    services, nobody = institute.services, stranger(institute.organiser)
    for name in ("Sture", "Stina"):
        services.queue_requests.ask(nobody, AskToQueue(season, name, f"{name.lower()}@example.org"))
    link = MailedLink(*links_of(institute, "sture@example.org")[0])
    place = services.queue_requests.confirm(nobody, link).answer.place_id
    services.waiting_lists.leave(institute.admin, LeaveWaitingList(season, place))
    for days in (3, 8):
        institute.clock.pass_by(timedelta(days=days))
        tidy(institute)


def _prolonged(institute: Institute, season: SeasonId, place_id: UUID) -> None:
    """As when somebody begins to pay by card just before the time to answer ends."""

    def decide(work: UnitOfWork) -> WaitingRulesOf:
        seating = work.load(Seating, seating_of(season))
        seating.prolong_offer(place_id, seating.holds[place_id][1] + timedelta(minutes=30))
        return WaitingRulesOf(institute.organiser, season)

    institute.house.store.decisions.execute(CommandContext(SYSTEM), WaitingRulesOf, decide)


def _work(institute: Institute) -> None:
    institute.catch_up()
    institute.house.worker.jobs.finish()
    institute.catch_up()


def _join(institute: Institute, who: Actor, season: SeasonId, seats: int) -> UUID:
    return institute.services.waiting_lists.join(who, JoinWaitingList(season, seats)).answer.place_id
