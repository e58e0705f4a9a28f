"""The door of a meeting: who is expected, readings in batches, walk-ins, what holds there, and helpers' links."""

from __future__ import annotations

from application.attendance.door import AgreeDoor, DoorRef, DoorRules, MakeDoorLink, StopDoorLink
from application.attendance.queries.door import DoorList, ScanTold
from application.attendance.walk_in import AddWalkIn, WalkedIn
from domain.attendance.door import HandingOver, WalkIns
from domain.kernel.ids import MeetingId, SeasonId
from web.api.attendance.door_schema import AgreeDoorBody, ScansBody, WalkInBody
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who

doors = ApiBlueprint("doors and check-in", "Checking people in at a meeting, also afterwards and without a connection.")
SEASON = "/seasons/<uuid:season_id>"
DOOR = f"{SEASON}/meetings/<uuid:meeting_id>/door"


@doors.read(DOOR, Who.SIGNED_IN, DoorList)
def read_door(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> DoorList:
    """Who is expected and who has come, with digests (SHA-256) of codes: to be kept by a device. For leaders too."""
    return call.services.door_questions.at(call.actor, season_id, meeting_id)


@doors.write("POST", f"{DOOR}/scans", Who.SIGNED_IN, tuple[ScanTold, ...], body=ScansBody)
def take_scans(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """What came of each reading. The same reading again says the same; none is refused for its clock."""
    taken = call.services.check_ins.take(call.actor, season_id, meeting_id, call.body["scans"])
    return Written(call.services.door_questions.told(taken.answer), taken.position, is_repeated=False)


@doors.write("POST", f"{DOOR}/walk-ins", Who.SIGNED_IN, WalkedIn, body=WalkInBody, status=201)
def add_walk_in(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """Somebody who comes without a seat: noted, or booked, as has been agreed for the season."""
    return call.execute(call.services.walk_ins.add, AddWalkIn(season_id, meeting_id, **call.body))


@doors.read(f"{SEASON}/door", Who.ADMIN, DoorRules)
def read_door_rules(call: Call, season_id: SeasonId) -> DoorRules:
    """What holds at the season's doors, and what stands in the helpers' links that there are."""
    return call.services.doors.rules(call.actor, season_id)


@doors.write("PUT", f"{SEASON}/door", Who.ADMIN, DoorRef, body=AgreeDoorBody)
def agree_door(call: Call, season_id: SeasonId) -> Written:
    """What becomes of people without a seat, and of seats whose holder has been at a meeting."""
    walk_ins, handing_over = WalkIns(call.body["walk_ins"]), HandingOver(call.body["handing_over"])
    return call.execute(call.services.doors.agree, AgreeDoor(season_id, walk_ins, handing_over))


@doors.write("POST", f"{DOOR}/link", Who.ADMIN, DoorRef)
def make_door_link(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """A link for helpers without an account, to that meeting on its day; the one before opens nothing any longer."""
    return call.execute(call.services.doors.make_link, MakeDoorLink(season_id, meeting_id))


@doors.write("DELETE", f"{DOOR}/link", Who.ADMIN, DoorRef)
def stop_door_link(call: Call, season_id: SeasonId, meeting_id: MeetingId) -> Written:
    """It opens nothing any longer, at once."""
    return call.execute(call.services.doors.stop_link, StopDoorLink(season_id, meeting_id))
