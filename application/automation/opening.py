"""Booking opens, and whoever asked to be told is; whoever was erased, or wants no such letters, is told of nothing."""

from __future__ import annotations

from application.automation.policies import Table, when
from application.booking.opening_list import OpeningLists, OpeningsModel
from application.notifications.story import Past
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import PersonId, SeasonId
from domain.people.person import Person
from domain.programme.season import Season
from domain.programme.season_opening import Visibility


def told_openings(lists: OpeningLists, model: OpeningsModel, past: Past) -> Table:
    """Also of a season that was open, and is shown from now on."""

    def opened(event: Season.BookingOpened) -> None:
        before = past.before(Season, event.originator_id, event.originator_version)
        lists.tell(SeasonId(event.originator_id), is_new=before is None or not _took_bookings(before, event))

    def shown(event: Season.VisibilityChosen) -> None:
        if event.visibility is not Visibility.DRAFT:
            lists.tell(SeasonId(event.originator_id), is_new=event.visibility is Visibility.PUBLIC)

    def leave(event: Person.Erased | Person.InvitationsChosen) -> None:
        """What they ask for later stays."""
        person_id = PersonId(event.originator_id)
        waiting = [each.list_id for each in model.openings_of(person_id) if each.joined_at <= event.timestamp]
        if waiting:
            lists.leave_all(person_id, waiting)

    def said_no(event: Person.InvitationsChosen) -> None:
        if not event.wants_invitations:
            leave(event)

    return (
        when(Season.BookingOpened, opened),
        when(Season.VisibilityChosen, shown),
        when(Person.Erased, leave),
        when(Person.InvitationsChosen, said_no),
    )


def _took_bookings(season: Season, event: Season.BookingOpened) -> bool:
    """Whether it was open until then, and another last day was all that changed."""
    try:
        season.must_take_bookings(event.timestamp)
    except RuleBroken:
        return False
    return True
