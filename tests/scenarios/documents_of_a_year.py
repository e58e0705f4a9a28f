"""What happens to documents in the year of whole_year: e-invoices, a tab, and a cancellation made by mistake."""

from __future__ import annotations

from datetime import timedelta

from application.billing.delivery import DeliverAgain
from application.billing.queries.invoice import DocumentFilter
from application.booking.booking import MakeBooking
from application.booking.reinstatement import UndoCancellation
from application.kernel.actor import SYSTEM
from application.people.logo import ChooseLogo
from application.people.organiser import ArrangeInvoicing, ChooseAccent
from tests.pictures import png
from tests.samples import Institute
from tests.scenarios.paper_trail import collective, kommunen
from tests.scenarios.story import book, cancel, seated


def everything_about_documents(institute: Institute) -> None:
    """Each event of deliveries, tabs and reinstatements once."""
    services, finance = institute.services, institute.finance
    services.organisers.arrange_invoicing(
        finance, ArrangeInvoicing(institute.organiser, is_f_tax=True, is_rounded=True, vat_number="SE556036079301")
    )
    services.logos.choose(finance, ChooseLogo(institute.organiser, png()))
    services.organisers.choose_accent(finance, ChooseAccent(institute.organiser, 255))
    season = institute.conference(seats=10)
    public = MakeBooking(season, seated(None), kommunen(institute), "Ref 4711")
    services.bookings.make(institute.admin, public)
    institute.catch_up()
    [document] = [row for row in services.invoice_questions.list(finance, DocumentFilter()).items if row.reference]
    services.deliveries.settle(SYSTEM, document.document_id, "", "carrier")
    services.deliveries.again(finance, DeliverAgain(document.document_id))
    services.deliveries.settle(SYSTEM, document.document_id, "invoice.xml")
    mistaken = book(institute, season, institute.bolt, None)
    cancelled = cancel(institute, institute.admin, mistaken.booking_id)
    services.reinstatements.undo(institute.admin, UndoCancellation(cancelled.cancellation_id))
    collective(institute, institute.delta)
    kept = book(institute, season, institute.delta, None, None)
    institute.catch_up()
    cancel(institute, institute.admin, kept.booking_id, 1)
    institute.catch_up()
    institute.clock.instant += timedelta(days=62)
    today = institute.clock.instant.date()
    services.invoices.issue_collective(SYSTEM, institute.organiser, institute.delta, today)
