"""The roster of a season and its waiting list."""

from __future__ import annotations

from uuid import UUID

from application.booking.queries.roster import RosterLine
from application.booking.waiting_list import JoinWaitingList, LeaveWaitingList, WaitingPlace
from domain.kernel.ids import SeasonId
from web.api.booking.booking_schema import JoinWaitingListBody
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.programme.season_schema import RosterQuery

waiting_lists = ApiBlueprint("roster and waiting list", "Who sits in a season, now or on any past day, and who waits.")
ONE = "/seasons/<uuid:season_id>"


@waiting_lists.read(f"{ONE}/roster", Who.ADMIN, tuple[RosterLine, ...], RosterQuery)
def read_roster(call: Call, season_id: UUID) -> tuple[RosterLine, ...]:
    """Who sits in a season: now or `at` an instant, as known now or as `known_at` an instant."""
    call.services.programme.season(call.actor, season_id)
    return call.services.rosters.of(call.actor, season_id, call.query["at"], call.query["known_at"])


@waiting_lists.write("POST", f"{ONE}/waiting-list", Who.SIGNED_IN, WaitingPlace, body=JoinWaitingListBody, status=201)
def join_waiting_list(call: Call, season_id: SeasonId) -> Written:
    """Wait for some seats together, for oneself or (an admin) for somebody."""
    command = JoinWaitingList(season_id, **call.body)
    return call.execute(call.services.waiting_lists.join, command, f"/seasons/{season_id}/waiting-list")


@waiting_lists.write("DELETE", f"{ONE}/waiting-list/<uuid:place_id>", Who.SIGNED_IN, WaitingPlace)
def leave_waiting_list(call: Call, season_id: SeasonId, place_id: UUID) -> Written:
    """Wait no longer."""
    return call.execute(call.services.waiting_lists.leave, LeaveWaitingList(season_id, place_id))
