"""The pages: a file for each noun, each page a template, a form and a use case."""

from __future__ import annotations

from flask import Flask

from web.pages.access.passkey import pages as passkey
from web.pages.access.sessions import pages as sessions
from web.pages.access.sign_in import pages as sign_in
from web.pages.access.staff_sign_in import pages as staff_sign_in
from web.pages.access.start import pages as start
from web.pages.access.token import pages as token
from web.pages.access.trail import pages as trail
from web.pages.access.webhook import pages as webhook
from web.pages.accounting.bookkeeping import pages as bookkeeping
from web.pages.accounting.closing import pages as closing
from web.pages.accounting.finance import pages as finance
from web.pages.accounting.financial_year import pages as financial_year
from web.pages.accounting.report import pages as report
from web.pages.accounting.vat_return import pages as vat_return
from web.pages.attendance.attendance import pages as attendance
from web.pages.attendance.certificate import pages as certificate
from web.pages.attendance.door import pages as door
from web.pages.attendance.door_desk import pages as door_desk
from web.pages.attendance.participation import pages as participation
from web.pages.attendance.session import pages as session
from web.pages.attendance.ticket import pages as ticket
from web.pages.billing.crediting import pages as crediting
from web.pages.billing.dispatch import pages as dispatch
from web.pages.billing.invoice import pages as invoice
from web.pages.billing.paper import pages as paper
from web.pages.booking.application import pages as application
from web.pages.booking.booking import pages as booking
from web.pages.booking.booking_link import pages as booking_link
from web.pages.booking.cancellation import pages as cancellation
from web.pages.booking.desk import pages as desk
from web.pages.booking.embed import pages as embed
from web.pages.booking.first_refusal import pages as first_refusal
from web.pages.booking.hold import pages as hold
from web.pages.booking.introduction import pages as introduction
from web.pages.booking.links_again import pages as links_again
from web.pages.booking.move import pages as move
from web.pages.booking.opening import pages as opening
from web.pages.booking.order import pages as order
from web.pages.booking.queue import pages as queue
from web.pages.booking.queue_desk import pages as queue_desk
from web.pages.booking.registration import pages as registration
from web.pages.booking.roster import pages as roster
from web.pages.booking.season import pages as season
from web.pages.booking.season_desk import pages as season_desk
from web.pages.booking.transfer import pages as transfer
from web.pages.booking.waiting_list import pages as waiting_list
from web.pages.insight.history import pages as history
from web.pages.kernel.as_shown import show_anew
from web.pages.kernel.frame import answer_errors, frame
from web.pages.learning.answer import pages as answer
from web.pages.learning.guide import pages as guide
from web.pages.learning.insights import pages as insights
from web.pages.learning.learning import pages as learning
from web.pages.mail.letter_rules import pages as letter_rules
from web.pages.mail.letters import pages as letters
from web.pages.mail.mailing import pages as mailing
from web.pages.mail.own_words import pages as own_words
from web.pages.payments.bank_file import pages as bank_file
from web.pages.payments.compensation import pages as compensation
from web.pages.payments.interest import pages as interest
from web.pages.payments.other_money import pages as other_money
from web.pages.payments.payment import pages as payment
from web.pages.payments.payment_card import pages as payment_card
from web.pages.payments.payment_rules import pages as payment_rules
from web.pages.people.face import pages as face
from web.pages.people.invitations import pages as invitations
from web.pages.people.me import pages as me
from web.pages.people.membership import pages as membership
from web.pages.people.merging import pages as merging
from web.pages.people.needs import pages as needs
from web.pages.people.organisation import pages as organisation
from web.pages.people.organiser import pages as organiser
from web.pages.people.people import pages as people
from web.pages.people.person import pages as person
from web.pages.people.person_details import pages as person_details
from web.pages.people.presentation import pages as presentation
from web.pages.people.safeguard import pages as safeguard
from web.pages.programme.calendar import pages as calendar
from web.pages.programme.call_off import pages as call_off
from web.pages.programme.feeds import pages as feeds
from web.pages.programme.goods import pages as goods
from web.pages.programme.goods_change import pages as goods_change
from web.pages.programme.image import pages as image
from web.pages.programme.material import pages as material
from web.pages.programme.material_file import pages as material_file
from web.pages.programme.meeting import pages as meeting
from web.pages.programme.network import pages as network
from web.pages.programme.network_change import pages as network_change
from web.pages.programme.network_home import pages as network_home
from web.pages.programme.poster import pages as poster
from web.pages.programme.programme import pages as programme
from web.pages.programme.publication import pages as publication
from web.pages.programme.season_change import pages as season_change
from web.pages.programme.season_goods import pages as season_goods
from web.pages.programme.season_meetings import pages as season_meetings
from web.pages.programme.season_plan import pages as season_plan
from web.pages.programme.season_prices import pages as season_prices
from web.pages.programme.terms_trial import pages as terms_trial

PAGES = (
    image,
    face,
    sign_in,
    passkey,
    staff_sign_in,
    sessions,
    token,
    trail,
    letter_rules,
    own_words,
    webhook,
    letters,
    mailing,
    start,
    programme,
    season,
    calendar,
    feeds,
    network_home,
    poster,
    embed,
    registration,
    application,
    opening,
    order,
    waiting_list,
    queue,
    queue_desk,
    first_refusal,
    goods,
    goods_change,
    dispatch,
    paper,
    booking,
    booking_link,
    participation,
    session,
    links_again,
    transfer,
    move,
    cancellation,
    invoice,
    bank_file,
    payment,
    payment_card,
    other_money,
    payment_rules,
    hold,
    crediting,
    interest,
    compensation,
    finance,
    report,
    bookkeeping,
    closing,
    financial_year,
    vat_return,
    roster,
    door,
    door_desk,
    certificate,
    ticket,
    attendance,
    season_desk,
    season_change,
    publication,
    season_goods,
    introduction,
    presentation,
    material_file,
    meeting,
    season_meetings,
    season_plan,
    season_prices,
    network,
    network_change,
    merging,
    invitations,
    needs,
    person_details,
    call_off,
    desk,
    person,
    organisation,
    membership,
    organiser,
    safeguard,
    people,
    me,
    material,
    learning,
    answer,
    guide,
    insights,
    history,
    terms_trial,
)


def register_pages(app: Flask) -> None:
    """Give an application its pages, in their frame."""
    frame(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    show_anew(app)
    answer_errors(app)
