"""What all of an organiser's staff are told: where money goes, who may, what is asked before either changes."""

from __future__ import annotations

from collections.abc import Mapping

from application.kernel.actor import Role
from application.kernel.ports import UnitOfWork
from application.notifications.story import Recipient, Stories, Story, is_reached, recipients_of
from application.notifications.table import Whom
from domain.access.webhook import Stop, Webhook
from domain.kernel.ids import OrganiserId, PersonId
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.people.safeguard import Safeguard
from domain.people.selling import Accounts

PAGE, WEBHOOKS = "/safeguard", "/webhooks"


def _changed(
    work: UnitOfWork, event: Organiser.PaymentDetailsGiven | Organiser.StaffAppointed | Organiser.StaffDismissed
) -> Story:
    organiser_id = OrganiserId(event.originator_id)
    if isinstance(event, Organiser.PaymentDetailsGiven):
        accounts = Accounts(event.bankgiro, event.plusgiro, event.iban, event.bic)
        paid = {"bankgiro": event.bankgiro, "account": accounts.instead}
        given = {"address": event.address, **paid, "by": _name(work, event.given_by)}
        return _story(work, organiser_id, given)
    is_new = isinstance(event, Organiser.StaffAppointed)
    by = event.appointed_by if isinstance(event, Organiser.StaffAppointed) else event.dismissed_by
    told = {
        "appointed": "1" if is_new else "",
        "dismissed": "" if is_new else "1",
        "who": _name(work, event.person_id, ""),
        "by": _name(work, by),
        "role": event.role,
    }
    return _story(work, organiser_id, told, event.person_id)


def _guarded(work: UnitOfWork, event: Safeguard.GuardChosen | Safeguard.ChangeProposed) -> Story:
    by = event.chosen_by if isinstance(event, Safeguard.GuardChosen) else event.proposed_by
    organiser_id = work.load(Safeguard, event.originator_id).organiser_id
    return _story(work, organiser_id, {"by": _name(work, by)})


def _closed(work: UnitOfWork, event: Safeguard.ChangeDeclined | Safeguard.ChangeWithdrawn) -> Story:
    return _story(work, work.load(Safeguard, event.originator_id).organiser_id, {})


def _stopped(work: UnitOfWork, event: Webhook.Stopped) -> Story:
    """The admins; what one of them did by hand is told to nobody."""
    webhook = work.load(Webhook, event.originator_id)
    staff = work.load(Organiser, webhook.organiser_id).staff
    admins = {person_id for person_id, role in staff if role == Role.ADMIN and is_reached(work, person_id)}
    told = recipients_of(admins) if event.why is not Stop.BY_HAND else ()
    facts = {"address": webhook.address, event.why.value: "1", "path": WEBHOOKS}
    return Story(webhook.organiser_id, {Whom.ORGANISER: told}, facts)


def _story(
    work: UnitOfWork, organiser_id: OrganiserId, facts: Mapping[str, str], about: PersonId | None = None
) -> Story:
    """Everybody of the staff, and whom it is about."""
    staff = {person_id for person_id, _ in work.load(Organiser, organiser_id).staff}
    told = {each for each in staff | ({about} if about is not None else set()) if is_reached(work, each)}
    people: tuple[Recipient, ...] = recipients_of(told)
    return Story(organiser_id, {Whom.STAFF: people}, {**facts, "path": PAGE})


def _name(work: UnitOfWork, person_id: PersonId | None, unknown: str = "Plats") -> str:
    """What somebody is called; no person is a program, or whoever runs the installation."""
    person = work.find(Person, person_id) if person_id is not None else None
    return (work.decrypt(person.name) if person is not None else None) or unknown


STORIES: Stories = {
    Organiser.PaymentDetailsGiven: _changed,
    Organiser.StaffAppointed: _changed,
    Organiser.StaffDismissed: _changed,
    Safeguard.GuardChosen: _guarded,
    Safeguard.ChangeProposed: _guarded,
    Safeguard.ChangeDeclined: _closed,
    Safeguard.ChangeWithdrawn: _closed,
    Webhook.Stopped: _stopped,
}
