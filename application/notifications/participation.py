"""What is told of how somebody takes part in a meeting: to whoever sits there, whoever has answered for them."""

from __future__ import annotations

from application.kernel.ports import UnitOfWork
from application.mail.letter_facts import meetings_fact
from application.notifications.story import Stories, Story, recipients_of
from application.notifications.table import Whom
from domain.attendance.participation import Answer, Participation
from domain.booking.booking import Booking
from domain.programme.season import Season


def _answered(work: UnitOfWork, event: Participation.WayChosen | Participation.ComingDeclined) -> Story:
    booking = work.load(Booking, event.booking_id)
    season = work.load(Season, booking.season_id)
    meeting = season.meeting(event.meeting_id)
    way = event.way if isinstance(event, Participation.WayChosen) else Answer.NOT_COMING
    facts = {
        "path": f"/bookings/{booking.id}",
        "meeting": meeting.title,
        "on_site": "1" if way is Answer.ON_SITE else "",
        "online": "1" if way is Answer.ONLINE else "",
        "meeting_link": meeting.place.link if way is Answer.ONLINE else "",
    }
    return Story(
        booking.organiser_id,
        {Whom.PARTICIPANT: recipients_of([event.person_id])},
        {**facts, "now": meetings_fact([meeting])},
        season=season,
        meetings=(meeting,),
    )


STORIES: Stories = {Participation.WayChosen: _answered, Participation.ComingDeclined: _answered}
