"""What follows when somebody leaves: is dismissed, erased, or merged into another entry of theirs."""

from __future__ import annotations

from application.access.passkey import Passkeys
from application.access.session import Sessions
from application.access.token import Tokens
from application.automation.policies import Table, when
from application.booking.application_answer import ApplicationAnswers
from application.booking.booking_link import BookingLinks
from application.booking.first_refusal import FirstRefusals
from application.booking.queries.application import ApplicationsDue
from application.booking.queries.first_refusal import FirstRefusalsKept
from application.booking.waiting_list import LeaveWaitingList, WaitingLists, WaitingPlaces
from application.kernel.actor import SYSTEM, Role
from application.people.face import Faces
from domain.kernel.ids import PersonId
from domain.people.organiser import Organiser
from domain.people.person import Person


def leaving(tokens: Tokens, waiting_lists: WaitingLists, waiting: WaitingPlaces) -> Table:
    """The keys of whoever was dismissed or erased open nothing; whoever was erased waits for nothing."""

    def leave_waiting_lists(event: Person.Erased) -> None:
        for season_id, place_id in waiting.waiting_of(PersonId(event.originator_id)):
            waiting_lists.leave_erased(SYSTEM, LeaveWaitingList(season_id, place_id), f"erased/{place_id}")

    return (
        when(Organiser.StaffDismissed, lambda event: tokens.revoke_of(event.person_id, Role(event.role))),
        when(Person.Erased, lambda event: tokens.revoke_of(PersonId(event.originator_id))),
        when(Person.Erased, leave_waiting_lists),
    )


def signed_out(sessions: Sessions, passkeys: Passkeys, links: BookingLinks) -> Table:
    """Whoever was dismissed, erased or merged, or whose address was a wrong one, is signed out everywhere."""

    def address_was_wrong(event: Person.EmailCorrected) -> None:
        if not event.is_confirmed:
            sessions.end_all_of(PersonId(event.originator_id))

    return (
        when(Organiser.StaffDismissed, lambda event: sessions.end_all_of(event.person_id)),
        when(Person.EmailCorrected, address_was_wrong),
        when(Person.MergedInto, lambda event: sessions.end_all_of(PersonId(event.originator_id))),
        when(Person.Erased, lambda event: sessions.end_all_of(PersonId(event.originator_id))),
        when(Person.Erased, lambda event: passkeys.remove_all_of(PersonId(event.originator_id))),
        when(Person.MergedInto, lambda event: passkeys.remove_all_of(PersonId(event.originator_id))),
        when(Person.Erased, lambda event: links.forget_of(PersonId(event.originator_id))),
    )


def forgotten_faces(faces: Faces) -> Table:
    """The picture of whoever was erased or merged, which nobody can read any longer, is thrown away too."""
    return (
        when(Person.Erased, lambda event: faces.forget(PersonId(event.originator_id))),
        when(Person.MergedInto, lambda event: faces.forget(PersonId(event.originator_id))),
    )


def kept_seats(refusals: FirstRefusals, model: FirstRefusalsKept) -> Table:
    """No seat is kept by first refusal for somebody erased."""

    def release(event: Person.Erased) -> None:
        person_id = PersonId(event.originator_id)
        for season_id in model.seasons_kept_for(person_id):
            refusals.decline_erased(season_id, person_id)

    return (when(Person.Erased, release),)


def withdrawn_applications(answers: ApplicationAnswers, model: ApplicationsDue) -> Table:
    """Nothing is asked any longer for somebody erased, and no seat is held for them."""

    def withdraw(event: Person.Erased) -> None:
        for application_id in model.open_of(PersonId(event.originator_id)):
            answers.withdraw_erased(application_id)

    return (when(Person.Erased, withdraw),)
