"""The events that nobody is told of by mail, each with the reason; all others stand in the table."""

from __future__ import annotations

from collections.abc import Mapping

from domain.access.token import Token
from domain.access.webhook import Webhook
from domain.accounting.bookkeeping import Bookkeeping
from domain.attendance.attendance import Attendance
from domain.attendance.door import Door
from domain.attendance.participation import Participation
from domain.billing.collective_account import CollectiveAccount
from domain.billing.delivery import Delivery
from domain.billing.invoice import Invoice
from domain.billing.number_series import NumberSeries
from domain.booking.application import Application
from domain.booking.booking import Booking
from domain.booking.cancellation import Cancellation
from domain.booking.first_refusal import FirstRefusal
from domain.booking.opening_list import OpeningList
from domain.booking.opening_request import OpeningRequest
from domain.booking.order import Order
from domain.booking.price_promise import PricePromise
from domain.booking.purchase import Purchase
from domain.booking.queue_request import QueueRequest
from domain.booking.registration import Registration
from domain.booking.registration_rules import RegistrationRules
from domain.booking.seating import Seating
from domain.booking.transfer import Transfer
from domain.booking.waiting_rules import WaitingRules
from domain.kernel.aggregate import Rewording, kinds_of
from domain.learning.answer import Answer
from domain.learning.contribution import Contribution
from domain.learning.learning import Learning
from domain.learning.round import Round
from domain.learning.topic import Topic
from domain.mail.letter_rules import LetterRules
from domain.mail.mailing import Mailing
from domain.payments.bank_file import BankFile
from domain.payments.checkout import Checkout
from domain.payments.other_money import OtherMoney
from domain.payments.payment import Payment
from domain.payments.payment_rules import PaymentRules
from domain.people.membership import Membership
from domain.people.organisation import Organisation
from domain.people.organiser import Organiser
from domain.people.person import Person
from domain.people.safeguard import Safeguard
from domain.programme.goods import Goods
from domain.programme.network import Network
from domain.programme.season import Season

_STAFF = "staff did it and see it; nobody's seat, time, place or money changes"
_OWN = "whoever did it for themselves has just seen it"
_BESIDE = "recorded with an event that is told"
_WORDS = "a word is put right; the pages and the next letter have it"
_OWN_WORDS = "whoever wrote it has just pressed the button; nobody else learns who did"
_GUIDE = "whoever guides the season does it, for those who read its page"
_THERE = "whoever it is about stands at the door and is told there"
_LATER = "counts for what is bought later"
_ONE = "who they are is as it was; what becomes of a seat, a place or money is told as ever"
_PAGES = "finance sees it in its lists; the payer is told when money moves on an invoice"

TELLS_NOBODY: Mapping[type[object], str] = {
    **{kind: _WORDS for who in (Network, Person, Season) for kind in kinds_of(who, Rewording)},
    Attendance.CheckedIn: _THERE,
    Answer.Given: _OWN_WORDS,
    Answer.Changed: _OWN_WORDS,
    Contribution.Written: _OWN_WORDS,
    Contribution.Rewritten: _OWN_WORDS,
    Contribution.Withdrawn: _OWN_WORDS,
    Contribution.Shown: "a letter would tell whoever stands beside its reader who wrote it; the page tells them",
    Contribution.HeldBack: "as it is with what is shown",
    Contribution.Themed: _GUIDE,
    Learning.Begun: _GUIDE,
    Learning.RulesAgreed: _GUIDE,
    Learning.HopesClosed: _GUIDE,
    Learning.ThemeNamed: _GUIDE,
    Learning.ThemeRemoved: _GUIDE,
    Learning.HopesTakenDown: _GUIDE,
    Learning.InsightWritten: _GUIDE,
    Learning.InsightsTakenDown: _GUIDE,
    Round.LinkMade: _GUIDE,
    Round.Closed: _GUIDE,
    Round.Fixed: "the room sees it, and the page has it",
    Topic.Proposed: _OWN_WORDS,
    Topic.TakenBack: _OWN_WORDS,
    Topic.Chosen: "the list on everybody's phone has it, an hour before",
    Topic.PutBack: "the list on everybody's phone has it",
    Attendance.SeenAgain: _THERE,
    Attendance.Undone: _THERE,
    Application.Lapsed: "until when it could be confirmed stood in the letter with the link",
    Application.Forgotten: "nothing is kept of whoever it was",
    Application.Withdrawn: _OWN,
    Booking.Ended: _BESIDE,
    Booking.SeatPriced: _BESIDE,
    Organiser.FinancialYearTold: _STAFF,
    Bookkeeping.Begun: _STAFF,
    Bookkeeping.AccountsChosen: _STAFF,
    Bookkeeping.PeriodExported: _STAFF,
    Bookkeeping.CodesGiven: _STAFF,
    Bookkeeping.VatPeriodChosen: _STAFF,
    Bookkeeping.VatDeclared: _STAFF,
    Bookkeeping.AdvanceVatChosen: _STAFF,
    Bookkeeping.VatRested: _STAFF,
    Bookkeeping.VatWoken: _STAFF,
    Bookkeeping.RevenueDeferred: _STAFF,
    Bookkeeping.DeferralReversed: _STAFF,
    Bookkeeping.FileFetched: _STAFF,
    Bookkeeping.ExportTakenBack: _STAFF,
    Cancellation.Requested: "what comes of it is told; a plea is shown at the desk, and as waiting to whoever asked",
    Cancellation.Assessed: _BESIDE,
    Cancellation.Withdrawn: "the seat stays, and nothing else had been said",
    Cancellation.Undone: _BESIDE,
    Checkout.Opened: _OWN,
    Checkout.Started: _OWN,
    Checkout.Paid: "the booking or the payment of the invoice that follows is told",
    Checkout.FeeTold: _PAGES,
    Checkout.Booked: _BESIDE,
    Checkout.Expired: "no money has moved, and the page says so",
    Checkout.RefundAsked: "told when the money has gone back",
    Checkout.RefundFailed: "finance pays it in another way, which is told",
    Checkout.RefundCameBack: "finance pays it in another way, which is told",
    Delivery.Queued: _STAFF,
    Delivery.Delivered: _STAFF,
    Delivery.Failed: "finance sees it in its lists and sends it again",
    Delivery.Retried: _STAFF,
    Door.Agreed: _STAFF,
    Door.Changed: _STAFF,
    Door.HelperLinkMade: _STAFF,
    Door.HelperLinkStopped: _STAFF,
    Door.TurnedAway: _THERE,
    Participation.Begun: _BESIDE,
    Season.MeetingSeatsAgreed: _STAFF,
    PricePromise.Given: _BESIDE,
    PricePromise.Renewed: _BESIDE,
    OpeningList.Begun: _BESIDE,
    OpeningList.Joined: "whoever asked has just pressed the button, and is told when booking opens",
    OpeningList.Left: "whoever says no wants no letter",
    OpeningRequest.Confirmed: _BESIDE,
    OpeningRequest.Lapsed: "it was not used in time, as its letter said it must be",
    OpeningRequest.Forgotten: "nobody is known any longer",
    QueueRequest.Confirmed: _BESIDE,
    QueueRequest.Lapsed: "it was not used in time, as its letter said it must be",
    QueueRequest.Forgotten: "nobody is known any longer",
    Seating.OfferProlonged: "whoever is paying by card sees until when",
    Seating.OfferAccepted: _BESIDE,
    Seating.OfferDeclined: _OWN,
    Seating.OfferWithdrawn: "they have a seat already, or staff took the place off the list and say so themselves",
    Seating.SeatsGathered: "the party is told when there are enough; staff see it on the list",
    Seating.GatheringEnded: "the party keeps its place; staff see it on the list",
    Seating.PartyPassedOver: "the party keeps its place; staff see it on the list",
    Seating.QueueReordered: "the link in their letter shows which place they have",
    WaitingRules.Agreed: _STAFF,
    WaitingRules.Changed: _STAFF,
    Season.ContentAgreed: _STAFF,
    FirstRefusal.Used: _BESIDE,
    FirstRefusal.Freed: _BESIDE,
    FirstRefusal.Declined: _OWN,
    FirstRefusal.Lapsed: "its day stood in the letter that offered it",
    Goods.Offered: _LATER,
    Goods.Withdrawn: _LATER,
    Goods.OfferedAgain: _LATER,
    Goods.Retitled: _LATER,
    Goods.Repriced: _LATER,
    Invoice.Credited: "the credit note is told",
    Invoice.RefundCameBack: "finance pays it in another way, which is told",
    Invoice.DisputeWon: "all is as before, and finance has answered the card company itself",
    Invoice.DisputeLost: "the payer's own bank has told them; finance sees the loss",
    Invoice.CompensationClaimed: "the invoice that claims it is told",
    Invoice.InterestClaimed: "the invoice that claims it is told",
    Invoice.HandedOver: "the debt collector writes; the reminder before it was told",
    Invoice.WrittenOff: "finance gives up; nothing is asked of the payer any longer",
    Invoice.LossUndone: _BESIDE,
    LetterRules.Begun: _STAFF,
    LetterRules.RemindersChosen: _STAFF,
    LetterRules.WordsWritten: _STAFF,
    Mailing.Written: _STAFF,
    Mailing.Reworked: _STAFF,
    Membership.Granted: _LATER,
    Membership.Renewed: _LATER,
    Membership.Ended: _LATER,
    Membership.PersonCovered: _BESIDE,
    Membership.CoverEnded: _BESIDE,
    Membership.PriceAboveAgreed: "what was booked keeps its price, and whoever books is told theirs",
    Membership.PeriodCorrected: "what was booked keeps its price",
    Membership.PeriodWithdrawn: "what was booked keeps its price",
    Network.Founded: _STAFF,
    Network.AdmissionAsked: _OWN,
    Network.PartnerJoined: _STAFF,
    Network.PartnerLeft: _STAFF,
    Network.Reopened: _STAFF,
    Network.AdmissionAgreed: _LATER,
    Network.Closed: "its seasons go on",
    NumberSeries.Begun: _BESIDE,
    NumberSeries.Drawn: _BESIDE,
    Organisation.Registered: _STAFF,
    Organisation.BillingDetailsGiven: "counts for later documents, and stands on them",
    Organisation.DomainVerified: _STAFF,
    Organisation.DomainWithdrawn: _STAFF,
    Organisation.NameCorrected: "counts for later documents, and stands on them",
    Organisation.Renamed: "counts for later documents, and stands on them",
    Organisation.NumberCorrected: "counts for later documents, and stands on them",
    Organisation.CountryCorrected: "counts for later documents, and stands on them",
    Organisation.SectorCorrected: _LATER,
    Organisation.ContactAppointed: _STAFF,
    Organisation.ContactDismissed: _STAFF,
    Organiser.Founded: _STAFF,
    Organiser.NameCorrected: "counts for later documents, and stands on them",
    Organiser.NumberCorrected: "counts for later documents, and stands on them",
    Organiser.SitesAllowed: _STAFF,
    Organiser.InvoicingArranged: "counts for later documents, and stands on them",
    Organiser.LogoChosen: _STAFF,
    Season.ImageChosen: _PAGES,
    Season.ImageRemoved: _PAGES,
    Person.Presented: _OWN,
    Person.PresentationTakenBack: _OWN,
    Person.Introduced: _OWN,
    Person.IntroductionTakenBack: _OWN,
    Person.FaceShown: _PAGES,
    Person.FaceHidden: _PAGES,
    Organiser.AccentChosen: _STAFF,
    BankFile.TakenIn: _PAGES,
    OtherMoney.Placed: _PAGES,
    OtherMoney.PlacedAgain: _PAGES,
    OtherMoney.Undone: _PAGES,
    Payment.Arrived: _PAGES,
    Payment.Allotted: "the payment of the invoice is told",
    Payment.AllotmentUndone: _PAGES,
    Payment.BookedElsewhere: _PAGES,
    Payment.ElsewhereUndone: _PAGES,
    Invoice.AllotmentUndone: "finance explains its own mistake; the other invoice's payment is told",
    Payment.Returned: _PAGES,
    Payment.CameBack: _PAGES,
    Order.Confirmed: _BESIDE,
    Order.Lapsed: "until when it could be confirmed stood in the letter with the link",
    Order.Forgotten: "nothing is kept of whoever it was",
    Registration.Confirmed: _BESIDE,
    Registration.Lapsed: "until when it could be confirmed stood in the letter with the link",
    Registration.Forgotten: "nothing is kept of whoever it was",
    RegistrationRules.Agreed: _LATER,
    RegistrationRules.Changed: _LATER,
    PaymentRules.Agreed: _LATER,
    PaymentRules.TransfersPriced: _LATER,
    PaymentRules.CompensationChosen: _LATER,
    PaymentRules.InterestAgreed: _LATER,
    PaymentRules.Changed: _LATER,
    Person.Registered: "told with what they were registered for",
    Person.EmailConfirmed: _OWN,
    Person.EmployerClaimed: _OWN,
    Person.Employed: _STAFF,
    Person.EmploymentCorrected: _STAFF,
    Person.EmploymentWithdrawn: _STAFF,
    Person.EmploymentVouched: _BESIDE,
    Person.EmploymentEnded: "seats stay; whom they booked for has contacts of its own",
    Person.AffiliationClaimed: _OWN,
    Person.AffiliationVerified: _LATER,
    Person.AffiliationWithdrawn: _LATER,
    Person.AffiliationDeclined: _LATER,
    Person.AffiliationClaimWithdrawn: _OWN,
    Person.ErasureRequested: _OWN,
    Person.ErasureRequestWithdrawn: _OWN,
    Person.NeedsForgotten: "the page where needs are told says until when they are kept",
    Person.NeedsTold: _OWN,
    Person.MergedInto: _ONE,
    Person.Absorbed: _ONE,
    Person.LanguageChosen: _OWN,
    Person.InvitationsChosen: _OWN,
    Person.MailReturned: "nothing reaches them there; staff see it at the person",
    Person.MailReached: _OWN,
    Person.Erased: "nobody can be written to any longer",
    Purchase.Made: "its invoice is told",
    Purchase.AddressCorrected: _STAFF,
    Purchase.Dispatched: "what was bought arrives",
    Safeguard.Begun: _BESIDE,
    Safeguard.ChangeApproved: _BESIDE,
    Season.Planned: "not open yet",
    Season.NetworkCorrected: "not open yet",
    Season.ZoneCorrected: "not open yet; its meetings are scheduled anew beside it",
    Season.AdmissionAgreed: _LATER,
    Season.MeetingRetitled: _WORDS,
    Season.MeetingRemoved: "not open yet",
    Season.MeetingHeld: "whoever came was there",
    Season.MeetingHoldingUndone: "a mistake of staff that nobody had been told",
    Season.PricesAgreed: _LATER,
    Season.TermsAgreed: _LATER,
    Season.VisibilityChosen: "who may read the page is seen on it; nobody sits in a season that was never shown",
    Season.GoodsChosen: _STAFF,
    Season.OpennessAgreed: "nobody is shown who has not chosen it",
    Season.PublicationPlanned: _STAFF,
    Season.OpeningPlanned: _STAFF,
    Season.MaterialPublished: "waits on the page, where the letters lead",
    Season.MaterialReplaced: "waits on the page, where the letters lead",
    Season.MaterialReadersChosen: "waits on the page, where the letters lead",
    Season.MaterialRemoved: "no longer on the page, where the letters lead",
    Season.BookingClosed: "seats that are taken stay",
    Seating.Opened: _BESIDE,
    Seating.SeatsAdded: "whoever waits is told when a seat is theirs",
    Seating.SeatsTaken: _BESIDE,
    Seating.SeatsReleased: _BESIDE,
    Seating.Closed: _BESIDE,
    Seating.QueueJoinedFirst: "told with the card payment that goes back",
    Seating.SeatsHeld: _OWN,
    Seating.HoldEnded: _BESIDE,
    Seating.PlacePassedOn: "the place in the line is as it was",
    Seating.PartyLessened: "one of them got a seat, which is told",
    Seating.QueueLeft: "they left it themselves, got a seat, which is told, or may not join any longer",
    CollectiveAccount.Opened: _BESIDE,
    CollectiveAccount.Added: "its collective invoice is told",
    CollectiveAccount.Lowered: "the cancellation is told",
    CollectiveAccount.Invoiced: "its collective invoice is told",
    Token.Made: _OWN,
    **dict.fromkeys((Webhook.Made, Webhook.Changed, Webhook.SecretRotated, Webhook.Resumed, Webhook.Removed), _STAFF),
    Token.FirstUsed: _STAFF,
    Token.Revoked: "its page says so, and the program that used it notices",
    Transfer.Proposed: "nothing has changed hands; whoever is to answer finds it on their pages",
    Transfer.Overtaken: "what overtook it is told; whoever was to answer finds that it is closed",
    Transfer.Accepted: "the seat that changes hands is told",
}
