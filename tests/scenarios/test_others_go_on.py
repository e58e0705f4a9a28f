"""One thing that is broken is said where it stands, and holds up nobody else's."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.actor import Actor
from application.booking import MakeBooking
from application.collective import CollectiveInvoicing
from application.delivery import Courier
from application.invoice import Invoices
from application.issuing import InvoiceRef
from application.ports import Recorded
from domain.errors import RuleBroken
from domain.ids import OrganisationId, OrganiserId
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
    courier = Courier(institute.services.deliveries, house.models.delivery, house.models.invoice, Ubl(), carrier)

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
    ) -> Recorded[InvoiceRef]:
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
    models, days = house.models, KeptDays(house.store)
    errand = CollectiveInvoicing(models.programme, models.tabs, invoices, days, house.store.clock)

    for refused in (institute.acme, institute.bolt):
        invoices.refused = refused
        assert errand.run(institute.organiser, date(2026, 10, 1)) == 1
        institute.catch_up()

    assert len(documents(institute, "invoice")) == 2
