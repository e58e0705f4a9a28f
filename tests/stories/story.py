"""A random story: whatever happens, what is shown is what is done, and all that was invoiced is credited or kept."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

from application.automation.policies import Policies, documents
from application.billing.credit_note import CreditNotes
from application.billing.crediting import Crediting, CreditInvoice, PartOfLine
from application.billing.invoice import Invoices, RecordPayment
from application.booking.booking import Bookings, MakeBooking, NameParticipant
from application.booking.calling_off import CalledOffBookings, CallingOff
from application.booking.cancellation import Cancellations, RequestCancellation, WithdrawCancellation
from application.booking.reinstatement import Reinstatements, UndoCancellation
from application.booking.settlement import DeclineCancellation, GrantCancellation, Settlements, WaiveCancellation
from application.booking.transfer import AcceptTransfer, DeclineTransfer, Transfers
from application.booking.transfer_proposal import DifferencePaidBy, ProposeTransfer
from application.booking.waiting_list import JoinWaitingList, WaitingLists
from application.kernel.actor import SYSTEM
from application.people.participant import Participant
from application.programme.season import CallOffSeason, Seasons
from domain.billing.credit_note import CreditNote
from domain.billing.crediting import reinstatement_of
from domain.billing.invoice import Invoice
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.kernel.errors import PlatsError
from domain.kernel.ids import CancellationId, seating_of
from tests.stories.checks import Checks
from tests.stories.stage import stage

ACTS = (
    "book", "book", "name", "hand_over", "hand_over", "answer_transfer", "plead", "settle_plea", "cancel", "cancel",
    "cancel", "waive", "undo", "undo", "credit", "credit", "credit_a_part", "pay", "month_ends", "hold", "queue",
    "time_passes", "catch_up", "catch_up",
)  # fmt: skip


class Story(Checks):
    """One season of one organiser. `happened` counts what the rules let happen."""

    def __init__(self, seed: int) -> None:
        super().__init__(*stage(seed))
        self.happened: Counter[str] = Counter()
        self.told: list[str] = []
        self.followed = 0
        calls = CalledOffBookings(self.memory)
        self.policies = Policies(documents(Invoices(self.memory), CreditNotes(self.memory), calls, self.memory))

    def tell(self, acts: int) -> Story:
        """Things happen, and in the end everything is given back."""
        self.act("book")
        for _ in range(acts):
            self.act(self.chance.choice(ACTS))
        self.act("call_off" if self.chance.random() < 0.5 else "cancel_all")
        self.catch_up()
        self.check()
        for one in self.all_of(Cancellation):
            with suppress(PlatsError):
                self.waived(one)
        if not self.happened["call_off"]:
            self.act("call_off")
        self.month_ends()
        self.catch_up()
        self.check()
        self.all_came_back()
        return self

    def act(self, what: str) -> None:
        """One thing happens; what the rules refuse does not happen."""
        self.told.append(what)
        try:
            getattr(self, what)()
        except PlatsError as refused:
            self.told[-1] += f" ({type(refused).__name__})"
            return
        self.happened[what] += 1

    def book(self) -> None:
        people = [self.somebody() for _ in range(self.chance.choice([1, 1, 2, 3, 5]))]
        organisation = self.chance.choice([*self.there.organisations, None])
        booked_for = self.chance.choice(self.there.people) if organisation is None else None
        command = MakeBooking(self.season, tuple(people), organisation, booked_for=booked_for)
        Bookings(self.memory).make(self.admin, command)

    def somebody(self) -> Participant:
        return Participant(self.chance.choice(self.there.people)) if self.chance.random() < 0.5 else Participant()

    def name(self) -> None:
        booking, no = self.seat()
        command = NameParticipant(booking.booking_id, no, Participant(self.chance.choice(self.there.people)))
        Bookings(self.memory).name_participant(self.admin, command)

    def hand_over(self) -> None:
        booking, no = self.seat()
        to = Participant(self.chance.choice(self.there.people))
        paid_by = self.chance.choice([*DifferencePaidBy])
        command = ProposeTransfer(booking.booking_id, no, to, "Ny på posten", paid_by)
        shown = Transfers(self.memory).preview(self.admin, command)
        done = Transfers(self.memory).propose(self.admin, command).answer
        assert (shown.status, shown.difference) == (done.status, done.difference)

    def answer_transfer(self) -> None:
        transfer = self.one_of(Transfer)
        if self.chance.random() < 0.8:
            Transfers(self.memory).accept(self.admin, AcceptTransfer(transfer.transfer_id))
        else:
            Transfers(self.memory).decline(self.admin, DeclineTransfer(transfer.transfer_id, "Nej"))

    def plead(self) -> None:
        booking, no = self.seat()
        Cancellations(self.memory).request(self.admin, RequestCancellation(booking.booking_id, (no,), plea="Sjuk"))

    def settle_plea(self) -> None:
        plea = self.one_of(Cancellation).cancellation_id
        desk = Settlements(self.memory)
        match self.chance.randrange(4):
            case 0:
                self.expected[plea] = desk.grant(self.admin, GrantCancellation(plea)).answer.credit
            case 1:
                self.expected[plea] = desk.waive(self.admin, WaiveCancellation(plea, "Sjuk")).answer.credit
            case 2:
                desk.decline(self.admin, DeclineCancellation(plea, "Nej"))
            case _:
                Cancellations(self.memory).withdraw(self.admin, WithdrawCancellation(plea))

    def cancel(self) -> None:
        booking, no = self.seat()
        others = [each.no for each in booking.held if each.no != no and self.chance.random() < 0.3]
        self.cancelled(booking, (no, *others))

    def cancel_all(self) -> None:
        for booking in self.all_of(Booking):
            if booking.held:
                self.cancelled(booking, tuple(seat.no for seat in booking.held))

    def cancelled(self, booking: Booking, seats: tuple[int, ...]) -> None:
        command = RequestCancellation(booking.booking_id, seats)
        shown = Cancellations(self.memory).preview(self.admin, command)
        done = Cancellations(self.memory).request(self.admin, command).answer
        assert shown.credit == done.credit
        self.expected[done.cancellation_id] = done.credit

    def waive(self) -> None:
        self.waived(self.one_of(Cancellation))

    def waived(self, cancellation: Cancellation) -> None:
        one = cancellation.cancellation_id
        shown = Settlements(self.memory).preview_waiver(self.admin, one)
        done = Settlements(self.memory).waive(self.admin, WaiveCancellation(one, "Sjuk", shown.credit)).answer
        assert shown.credit == done.credit
        self.expected[one] = done.credit

    def undo(self) -> None:
        cancellation = self.one_of(Cancellation).cancellation_id
        command = UndoCancellation(cancellation)
        shown = Reinstatements(self.memory).preview(self.admin, command)
        done = Reinstatements(self.memory).undo(self.admin, command).answer
        assert shown == done
        if self.chance.random() < 0.5:
            self.catch_up()
            anew = [each for each in self.all_of(Invoice) if self.is_anew(each, cancellation)]
            if anew:
                assert (anew[0].payable.amount, anew[0].balance.amount) == (done.invoiced, done.to_pay)

    def is_anew(self, invoice: Invoice, cancellation: UUID) -> bool:
        return invoice.source_id == reinstatement_of(CancellationId(cancellation))

    def credit(self) -> None:
        self.credited(CreditInvoice(self.one_of(Invoice).invoice_id, "Avdrag"))

    def credit_a_part(self) -> None:
        invoice = self.one_of(Invoice).invoice_id
        left = [each for each in Crediting(self.memory).left(self.finance, invoice) if each.net > 0]
        parts = [PartOfLine(each.no, self.chance.randint(1, each.net)) for each in left if self.chance.random() < 0.7]
        self.credited(CreditInvoice(invoice, "Avdrag", tuple(parts)))

    def credited(self, command: CreditInvoice) -> None:
        shown = Crediting(self.memory).preview(self.finance, command)
        done = Crediting(self.memory).credit(self.finance, command).answer
        note = self.memory.dry_run(self.finance, lambda work: work.load(CreditNote, done.credit_note_id))
        assert -note.payable.amount == shown.gross

    def pay(self) -> None:
        invoice = self.one_of(Invoice)
        amount = self.chance.choice([invoice.payable.amount, invoice.balance.amount, self.chance.randint(1, 10**6)])
        on, reference = self.memory.clock.instant.date(), f"BG {len(self.memory.log)}"
        Invoices(self.memory).record_payment(self.finance, RecordPayment(invoice.invoice_id, amount, reference, on))

    def month_ends(self) -> None:
        """It is the first of the next month; the accounts are invoiced, before or after the worker has caught up."""
        if self.chance.random() < 0.7:
            self.catch_up()
        now = self.memory.clock.instant
        first = date(now.year + now.month // 12, now.month % 12 + 1, 1)
        self.memory.clock.instant = now.replace(year=first.year, month=first.month, day=1)
        for each in self.there.organisations:
            Invoices(self.memory).issue_collective(SYSTEM, self.there.organiser, each, first)

    def hold(self) -> None:
        """Seats are held for somebody who pays by card, and come back by themselves."""
        seating, until = seating_of(self.season), self.memory.clock.instant + timedelta(minutes=30)
        held = self.memory.dry_run(self.admin, lambda work: work.load(Seating, seating))
        held.hold(UUID(int=self.chance.getrandbits(128)), self.chance.randint(1, 3), until)
        held.collect_events()
        self.memory.things[seating] = held

    def queue(self) -> None:
        WaitingLists(self.memory).join(
            self.admin, JoinWaitingList(self.season, 1, self.chance.choice(self.there.people))
        )

    def time_passes(self) -> None:
        self.memory.clock.instant += timedelta(days=self.chance.choice([1, 10, 40]))

    def call_off(self) -> None:
        """Everything decided so far has been followed up when somebody looks, or not."""
        if self.chance.random() < 0.5:
            self.catch_up()
        looks = CallingOff(self.memory, self.memory, self.memory)  # type: ignore[arg-type]  # nobody asks who is told
        shown = looks.preview(self.admin, self.season)
        Seasons(self.memory).call_off(self.admin, CallOffSeason(self.season, "Sjukdom"))
        self.catch_up()
        assert shown.credit == sum(self.given_back(each.id, "called-off") for each in self.all_of(Booking))

    def catch_up(self) -> None:
        """The worker does all there is to do."""
        while self.followed < len(self.memory.log):
            said = self.memory.log[self.followed]
            self.followed += 1
            self.policies.react(said.event)
