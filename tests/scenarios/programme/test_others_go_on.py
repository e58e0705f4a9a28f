"""One thing that is broken is said where it stands, and holds up nobody else's."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from application.automation.collective import COLLECTIVE, CollectiveInvoicing
from application.automation.daily_jobs import DailyJob
from application.billing.delivery import EInvoiceSender
from application.billing.invoice import Invoices
from application.billing.invoicing import InvoiceRef
from application.booking.booking import MakeBooking
from application.kernel.actor import SYSTEM, Actor
from application.kernel.ports import Committed
from domain.kernel.errors import RuleBroken
from domain.kernel.ids import OrganisationId, OrganiserId
from infrastructure.documents.ubl import Ubl
from infrastructure.stripe.differences import KeptDays
from tests.samples import Institute
from tests.scenarios.paper_trail import billed, collective
from tests.scenarios.story import book, documents, seated

HEARD = "0007:5569991002"
BROKEN = "0007:5560360793"


class Carrying:
    """A carrier that breaks down over one receiver in a way that nobody has thought of."""

    def __init__(self) -> None:
        self.carried: list[str] = []

    def carry(self, receiver: str, name: str, content: bytes) -> None:
        """Hand it over."""
        if receiver == BROKEN:
            raise KeyError(name)
        assert content
        self.carried.append(receiver)


def test_a_document_that_cannot_be_sent_holds_no_other_up(institute: Institute) -> None:
    """It is oldest in the queue; it stands as not arrived, to be sent again, and the next one is carried."""
    billed(institute, institute.bolt, BROKEN)
    billed(institute, institute.acme, HEARD)
    conference = institute.conference()
    for payer in (institute.bolt, institute.acme):
        institute.services.bookings.make(institute.admin, MakeBooking(conference, seated(None), payer, "Ref 4711"))
        institute.catch_up()
    house, carrier = institute.house, Carrying()
    courier = EInvoiceSender(institute.services.deliveries, house.models.delivery, house.models.invoice, Ubl(), carrier)

    while courier.turn():
        institute.catch_up()

    assert carrier.carried == [HEARD]
    failed = institute.services.delivery_questions.failed(institute.finance)
    assert [(row.receiver, row.why) for row in failed] == [(BROKEN, "carrier")]


class Refusing(Invoices):
    """Invoices of which one organisation's cannot be issued."""

    refused: UUID

    def issue_collective(
        self, actor: Actor, organiser: OrganiserId, organisation: OrganisationId, today: date
    ) -> Committed[InvoiceRef]:
        """Not for that one."""
        if organisation == self.refused:
            raise RuleBroken
        return super().issue_collective(actor, organiser, organisation, today)


def test_a_collective_invoice_that_cannot_be_issued_waits_alone(institute: Institute) -> None:
    for payer in (institute.acme, institute.bolt):
        collective(institute, payer)
    conference = institute.conference()
    for payer in (institute.acme, institute.bolt):
        book(institute, conference, payer, None)
    institute.catch_up()
    institute.at(2026, 10, 1)
    house = institute.house
    invoices = Refusing(house.store.decisions)
    job = CollectiveInvoicing(house.models.tabs, invoices)

    for refused in (institute.acme, institute.bolt):
        invoices.refused = refused
        assert job.run(institute.organiser, date(2026, 10, 1)) == 1
        institute.catch_up()

    assert len(documents(institute, "invoice")) == 2


def test_an_organiser_whose_day_goes_wrong_is_put_aside(institute: Institute) -> None:
    """8.7: the day's work of the next organiser is done meanwhile, and theirs is tried again later."""
    from application.people.organiser import FoundOrganiser

    found = FoundOrganiser("Staden", "staden", "212000-9903")
    other = institute.services.organisers.found(SYSTEM, found).answer.organiser_id
    institute.catch_up()
    models, days = institute.house.models, KeptDays(institute.house.store)
    tabs = Failing(institute.organiser)
    invoicing = CollectiveInvoicing(tabs, Invoices(institute.house.store.decisions))
    job = DailyJob(COLLECTIVE, invoicing.run, models.programme.organisers, days, institute.clock)
    for _ in range(4):
        job.turn()
    assert (tabs.asked.count(institute.organiser), tabs.asked.count(other)) == (1, 1)

    institute.clock.instant += timedelta(minutes=10)
    job.turn()
    assert tabs.asked.count(institute.organiser) == 2


class Failing:
    """Tabs of which one organiser's cannot be read."""

    def __init__(self, organiser: UUID) -> None:
        self.organiser, self.asked = organiser, list[UUID]()

    def due(self, organiser_id: UUID, before: date) -> tuple[UUID, ...]:
        """Nothing, or a failure."""
        self.asked.append(organiser_id)
        if organiser_id == self.organiser:
            raise KeyError(before)
        return ()
