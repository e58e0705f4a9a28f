"""The words of the pages: complete in both languages, every one in use, and made from the rules they tell of."""

from __future__ import annotations

import re
import string
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from application.access.webhook import DeliveryState
from application.booking.booking_link import Why
from application.insight.explanation import MadeBy
from application.mail.letter_desk import LetterState
from application.payments.bank_outcome import Certainty, Outcome
from application.payments.other_money import OtherKind
from domain.access.webhook import Stop
from domain.access.webhook_kind import KINDS as TOLD_KINDS
from domain.accounting.dormant_vat import AdvanceVat
from domain.accounting.object_code import ObjectKind
from domain.accounting.vat_return import BOUGHT, SALES
from domain.attendance.clash import ClashKind
from domain.attendance.participation import Answer
from domain.billing.compensation import NotDue
from domain.booking.waiting_rules import Answering, Party, PriceRule
from domain.kernel.documents import LineKind
from domain.kernel.eligibility import Eligibility, Ground, Sector, StandingFact
from domain.kernel.holiday import Holiday
from domain.kernel.money import Money
from domain.kernel.terms import Terms, Tier, free_before, start_of
from domain.kernel.vat import VatExemption, VatKind
from domain.learning.contribution import Kind
from domain.learning.disclosure import Grade
from domain.learning.round import Column
from domain.mail.mailing import AudienceKind
from domain.mail.own_words import Occasion
from domain.people.admission import Admission, JobRole
from domain.programme.meeting import Format
from domain.programme.meeting_time import TO_COME, in_month, scheduled
from domain.programme.network import NetworkKind
from domain.programme.price import Per, Price, PriceList
from domain.programme.season_content import SecondSeat
from domain.programme.season_images import ImageUse
from domain.programme.season_opening import Visibility
from tests.web.stage import at
from web.pages.booking.desk_queue import KINDS
from web.pages.people.organiser import SWATCHES
from web.pages.programme.terms_trial import BOOKING, FIGURES, RECEIVED
from web.reports.catalogue import REPORTS
from web.words import formats
from web.words.language import LANGUAGES, Forms, NoSuchPhrase, Say, read_phrases
from web.words.price import price_list_texts, price_reasons, price_text, sizes_sentence
from web.words.terms import from_when_less, rule_sentence, terms_instants, terms_sentences
from web.words.wording import admission_sentence, line_text, when

WEB = Path(__file__).parents[2] / "web"
PHRASES = read_phrases()
SV, EN = PHRASES.speaking("sv"), PHRASES.speaking("en")
STOCKHOLM = "Europe/Stockholm"
SOMEBODY = UUID(int=1)
CODE = [*(each for each in WEB.rglob("*.py") if "api" not in each.parts), *WEB.glob("templates/*.html")]
FAMILIES = {
    "bookkeeping.codes_of_": ObjectKind,
    "bookkeeping.name_of_": ObjectKind,
    "vat_return.box_": (*SALES, *BOUGHT),
    "vat_return.months_": ("1", "3", "12"),
    "vat_return.way_": AdvanceVat,
    "vat_return.chosen_": AdvanceVat,
    "done.": None,
    "refusal.": None,
    "value.": None,
    "problem.": None,
    "organiser.swatch_": SWATCHES,
    "mailing.kind_": AudienceKind,
    "own_words.on_": Occasion,
    "image.use_": ImageUse,
    "image.hint_": ImageUse,
    "registration.title_": ("held", "over", "confirmed"),
    "registration.rule_": [
        f"{name}{hint}"
        for name in ("hold_minutes", "seats_of_address", "seats_from_place", "share", "application_hours")
        for hint in ("", "_hint")
    ],
    "application.title_": ("held", "over", "confirmed"),
    "queue.rule_": ("answering", "party", "price"),
    "queue.of_": [*Answering, *Party, *PriceRule],
    "queue.effect_": ("offered", "gathered", "passed_over", "nothing"),
    "order.title_": ("held", "over", "confirmed"),
    "order.state_": ("held", "over", "confirmed"),
    "history.": None,
    "certificate.": ("day", "meeting", "time"),
    "door.": None,
    "season_plan.second_": ("seat", *SecondSeat),
    "learning.column_": Column,
    "learning.grade_": Grade,
    "learning.ask_": [*(each.value for each in Kind), "until"],
    "learning.kind_": Kind,
    "learning.state_": ("waiting", "shown", "held_back"),
    "participation.way_": Answer,
    "clash.": ClashKind,
    "participation.is_": ("coming", *Answer),
    "participation.": ("coming", "on_site", "online"),
    "season_filter.": None,
    "season_line.": None,
    "programme.none_": ("title", "closed", "past"),
    "introduction.shows_": ("email", "phone", "participants"),
    "introduction.stays_": ("in_room",),
    "publication.is_": Visibility,
    "publication.who_": Visibility,
    "publication.note_": ("draft", "hidden"),
    "material.moment_": ("before", "after"),
    "material.readers_": ("participants", "online", "everyone"),
    "season.for_": ("participants", "online"),
    "me.was_": ("claimed", "verified", "declined"),
    "error.http_": None,
    "error.title_": ("401", "403", "404", "409", "422"),
    "safeguard.guard_": ("none", "reauthentication", "second_person"),
    "webhook.kind_": sorted({kind.partition(".")[0] for kind in TOLD_KINDS}),
    "webhook.state_": ("", *DeliveryState),
    "webhook.stopped_": Stop,
    "trail.kind_": ("", "refused", "not_found", "bad_key", "failed_sign_in", "sign_in", "export"),
    "frame.role_": ("admin", "finance", "cancelling", "member", "system"),
    "wording.for_": [*Ground, "everyone"],
    "wording.is_": list(Ground),
    "wording.in_": list(Sector),
    "wording.line_": [LineKind.DIFFERENCE, LineKind.EXTRA, LineKind.FEE, LineKind.POSTAGE],
    "people.ground_": list(Ground),
    "people.role_": list(JobRole),
    "people.status_": ("claimed", "verified", "declined"),
    "organisations.sector_": list(Sector),
    "booking_form.beside_": ("goods", "postage"),
    "season_plan.fee_is_": ("with_vat", "outside"),
    "organisation.language_": ("sv", "en"),
    "booking.ended_": ("cancelled", "called_off"),
    "invoice.kind_": ("invoice", "credit_note"),
    "payment.outcome_": list(Outcome),
    "payment.looks_like_": list(OtherKind),
    "payment.place_": None,
    "payment.why_": [each for each in Certainty if each],
    "payment.passed_": ("pending", "balance", "other"),
    "compensation.none_": list(NotDue),
    "payment.cell_": ("amount", "day", "way", "currency"),
    "payment.refund_": ("asked", "failed"),
    "payment.dispute_": ("open", "won", "lost"),
    "payment.difference_": ("missing_here", "missing_there", "amount"),
    "invoice.story_issued_": ("invoice", "credit_note"),
    "invoice.named_": ("invoice", "credit_note"),
    "invoice.status_": (
        *("open", "partly_paid", "overdue", "paid", "credited", "written_off", "disputed", "issued", "reminded"),
    ),
    "invoice.reason_": ("cancellation", "waived", "called_off", "reinstated", "transferred"),
    "why.vat_": [each for each in VatKind if each is not VatKind.STANDARD],
    "why.by_": MadeBy,
    "why.line_": ("reminder_fee", "compensation", "cancellation_fee", "interest"),
    "why.paid_": ("bank", "card", "offset", "back", "back_card"),
    "why.dispute_": ("won", "lost"),
    "letters.state_": list(LetterState),
    "sessions.method_": ("link", "first_admin", "passkey", "provider"),
    "invoice.column_": None,
    "report.title_": REPORTS,
    "report.about_": REPORTS,
    "finance.waits_": (
        "unallotted",
        "refunds",
        "together",
        "late",
        "late_about",
        "disputed",
        "to_hand_over",
        "to_hand_over_about",
        "late_vouchers",
        "late_vouchers_about",
    ),
    "finance.match_": (
        *("seats", "open", "allotted", "what", "one", "other", "difference", "state", "right", "wrong"),
    ),
    "report.picture_": ("ageing", "deferred", "earned"),
    "report.empty_": ("matches",),
    "report.column_": None,
    "report.account_": None,
    "report.check_": None,
    "report.rate_": [each for each in VatKind if each is not VatKind.STANDARD],
    "report.voucher_": (
        *("payment", "refund", "reallotment", "dispute", "write_off", "card_fee", "other_money", "closing", "reversal"),
        *("vat_rest", "vat_back"),
    ),
    "report.ground_": [*Ground, "everyone"],
    "roster.column_": None,
    "terms_trial.column_": [each.name for each in (RECEIVED, BOOKING, *FIGURES)],
    "terms_trial.sum_": ("credited_net", "credited", "kept_net", "kept"),
    "desk.status_": (
        "requested",
        "proposed",
        "granted",
        "waived",
        "declined",
        "withdrawn",
        "undone",
        "overtaken",
        "accepted",
    ),
    "desk.only_": ("all", *KINDS),
    "case.cancellation_": (
        "requested",
        "granted",
        "granted_nothing",
        "waived",
        "declined",
        "withdrawn",
        "undone",
        "overtaken",
    ),
    "invoice.delivery_": ("queued", "delivered", "failed"),
    "invoice.lacks_": ("reference", "vat_number", "bankgiro", "bic", "contact", "address", "carrier"),
    "paper.why_": list(VatKind),
    "invoice.account_": ("bankgiro", "plusgiro", "iban", "bic"),
    "paper.note_": ("reverse", "abroad", "export", "eu_goods"),
    "paper.exemption_": [each for each in VatExemption if each],
    "organiser.vat_exemption_": list(VatExemption),
    "first_refusal.state_": ("offered", "used", "freed", "declined", "lapsed"),
    "case.transfer_": ("proposed", "accepted", "declined", "overtaken"),
    "season_desk.format_": list(Format),
    "start.next_": ("2", "3", "4"),
    "start.step_": ("1", "2", "3", "4"),
    "people.only_": ("all", "claimed", "unconfirmed", "shared", "asked", "erased"),
    "people.order_": ("name", "latest"),
    "roster.only_": ("all", "unnamed", "needs"),
    "meeting_change.title_": ("schedule", "postpone", "call_off"),
    "meeting_change.button_": ("schedule", "postpone", "call_off"),
    "season_plan.day_": ["weekend", *Holiday],
    "season_plan.for_": [*Ground, "everyone"],
    "season_plan.per_": list(Per),
    "season_plan.vat_": ("25", "12", "6", "exempt", "outside"),
    "network.kind_": list(NetworkKind),
    "links.over_": list(Why),
    "links.without_": ("cancelled", "handed_over", "left"),
    "links.part_": ("cancelled", "handed_over", "left"),
    "transfer.paid_by_": ("new_organisation", "payer"),
}
"""Phrases whose last word comes from a value: all values there can be, or None where any will do."""


def places(forms: Forms) -> set[str]:
    return {name for written in forms.values() for _, name, _, _ in string.Formatter().parse(written) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_there_in_both_languages_with_the_same_facts_in_it(language: str) -> None:
    here, other = PHRASES.by_language[language], PHRASES.by_language["en" if language == "sv" else "sv"]
    assert sorted(here) == sorted(other)
    for key, forms in here.items():
        assert all(written.strip() for written in forms.values()), key
        assert places(forms) - {"n"} == places(other[key]) - {"n"}, key
        assert forms.keys() == other[key].keys(), key


def test_every_phrase_is_used_and_every_phrase_that_is_used_is_there() -> None:
    written = "\n".join(path.read_text() for path in CODE)
    named = set(re.findall(r"""["']([a-z_]+\.[a-z_0-9]+)["']""", written))
    known = set(PHRASES.by_language["sv"])
    pages = {key.partition(".")[0] for key in known}
    asked = set(re.findall(r"""\bt\(['"]([a-z_]+\.[a-z_0-9]+)['"](?! ~)""", written))
    asked |= set(re.findall(r"""(?:say|say\(\))\(['"]([a-z_]+\.[a-z_0-9]+)['"]""", written))
    assert {key for key in asked if key not in known} == set()
    assert {key for key in named if key.partition(".")[0] in pages} >= asked
    family = tuple(FAMILIES)
    assert {key for key in known if key not in named and not key.startswith(family)} == set()


def test_every_value_that_a_page_may_name_has_its_phrase() -> None:
    known = set(PHRASES.by_language["sv"])
    wanted = {f"{family}{value}" for family, values in FAMILIES.items() for value in values or ()}
    assert wanted - known == set()
    open_ended = [family for family, values in FAMILIES.items() if values is None]
    closed = {key for key in known if key.startswith(tuple(set(FAMILIES) - set(open_ended)))}
    assert {key for key in closed - wanted if key.rpartition("_")[0] + "_" in FAMILIES} == set()


def test_what_a_page_says_was_done_is_said_after_something_was_done() -> None:
    written = "\n".join(path.read_text() for path in WEB.glob("pages/**/*.py"))
    said = {key.partition(".")[2] for key in PHRASES.by_language["sv"] if key.startswith("done.")}
    acts = set(re.findall(r'name="do" value="([a-z_]+)"', (WEB / "templates/desk_cases.html").read_text()))
    kinds = ("case", "claim", "admission", "application", "vouch")
    given = set(re.findall(r'"([a-z_]+)"', written)) | {f"{what}_{act}" for act in acts for what in kinds}
    assert said - given == set()


def test_a_phrase_that_nobody_wrote_is_an_error_and_not_a_gap_on_the_page() -> None:
    with pytest.raises(NoSuchPhrase):
        SV("season.unheard_of")


def test_no_exclamation_no_regret_and_no_jargon() -> None:
    for language in LANGUAGES:
        for key, forms in PHRASES.by_language[language].items():
            for written in forms.values():
                assert not re.search(
                    r"!|tyvärr|unfortunately|sorry|event\b|aggregat|projektion|projection", written, re.I
                ), key


BANNED = {
    "sv": r"\bbrev(et|en)?\b|passernyck|framflytta|kommer för sig|känd under|priset för alla|\butfall|svarar på frågor"
    r"|kom överens|inget har hänt|ingen kostnad att|som installationen|väntelist",
    "en": r"\bletters?\b|the price for everyone|the outcome|answers questions|\bqueue\b|\bin line\b",
}
"""What was said before it was said better: one word for one thing."""
OF_THE_ALPHABET = ("value.", "start.slug_hint", "organisation.country_hint")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_says_what_we_say_otherwise(language: str) -> None:
    for key, forms in PHRASES.by_language[language].items():
        for written in forms.values():
            is_alphabet = language == "en" and key.startswith(OF_THE_ALPHABET)
            assert is_alphabet or not re.search(BANNED[language], written, re.I), (key, written)


def test_terms_tell_the_last_free_day_and_the_instant_at_which_it_ends() -> None:
    terms = free_before(date(2027, 1, 3))
    assert plain(terms_sentences(terms, SV)) == [
        "Avboka gratis till och med 2 januari 2027.",
        "Därefter fullt pris.",
    ]
    assert plain(terms_sentences(terms, EN)) == [
        "Cancel free of charge up to and including 2 January 2027.",
        "After that full price.",
    ]
    assert plain(terms_instants(terms, SV)) == [
        "Avbokning som kommer in före söndag 3 januari 2027 kl. 00.00: ingen kostnad."
    ]
    assert terms_instants(None, SV) == []


@pytest.mark.parametrize(
    ("today", "said"),
    [(date(2026, 11, 28), "2 januari"), (date(2027, 1, 1), "2 januari"), (date(2026, 6, 1), "2 januari 2027")],
)
def test_a_day_has_its_year_only_where_it_may_be_in_doubt(today: date, said: str) -> None:
    assert terms_sentences(free_before(date(2027, 1, 3)), SV, today)[0] == f"Avboka gratis till och med {said}."


def test_terms_in_tiers_and_terms_without_days() -> None:
    tiers = (Tier(date(2026, 12, 1), 0), Tier(date(2027, 1, 3), 5_000), Tier(None, 10_000))
    assert plain(terms_sentences(Terms(1, tiers), SV, date(2026, 11, 1))) == [
        "Avboka gratis till och med 30 november.",
        "Till och med 2 januari kostar det 50 % av priset att avboka.",
        "Därefter fullt pris.",
        "Avgiften har samma moms som priset.",
    ]
    at_noon = Terms(1, (Tier(date(2027, 1, 3), 2_500, time(12)), Tier(None, 10_000)))
    assert plain(terms_sentences(at_noon, SV, date(2026, 11, 1)))[0] == (
        "Före söndag 3 januari kl. 12.00 kostar det 25 % av priset att avboka."
    )
    assert terms_sentences(Terms(1, (Tier(None, 10_000),)), SV) == [
        "Den som avbokar betalar fullt pris, när det än sker."
    ]
    assert terms_sentences(Terms(1, (Tier(None, 0),)), SV) == ["Det kostar ingenting att avboka."]
    assert terms_sentences(None, SV) == ["Det kostar ingenting att avboka."]


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 1, 3), date(2027, 3, 28), date(2028, 2, 29)])
def test_the_deadline_that_is_said_is_the_deadline_that_counts(day: date) -> None:
    terms = free_before(day)
    deadline = start_of(day, STOCKHOLM)
    before = terms.assess(deadline - timedelta(microseconds=1))
    since = terms.assess(deadline)
    assert (before.kept, since.kept) == (0, 10_000)
    assert formats.moment(deadline, STOCKHOLM, "sv") in terms_instants(terms, SV)[0]
    assert plain([from_when_less(before, STOCKHOLM, SV)])[0].endswith("gäller i stället fullt pris.")
    assert plain([from_when_less(since, STOCKHOLM, SV)])[0].startswith("Sedan ")
    assert "fullt pris" in rule_sentence(since, STOCKHOLM, SV)


@pytest.mark.parametrize(
    ("day", "said_sv", "said_en"),
    [
        (date(2026, 10, 25), "söndag 25 oktober 2026 kl. 02.30 (UTC+1)", "Sunday 25 October 2026 at 02:30 (UTC+1)"),
        (date(2027, 3, 28), "söndag 28 mars 2027 kl. 03.00 (UTC+2)", "Sunday 28 March 2027 at 03:00 (UTC+2)"),
        (date(2027, 7, 1), "torsdag 1 juli 2027 kl. 02.30 (UTC+2)", "Thursday 1 July 2027 at 02:30 (UTC+2)"),
    ],
)
def test_a_deadline_at_a_time_of_day_is_said_with_its_offset(day: date, said_sv: str, said_en: str) -> None:
    """3.7, S31: wherever it is told."""
    terms = Terms(1, (Tier(day, 0, time(2, 30)), Tier(None, 10_000)))
    before = terms.assess(datetime(2026, 1, 1, tzinfo=UTC))
    since = terms.assess(datetime(2028, 1, 1, tzinfo=UTC))
    assert plain(terms_instants(terms, SV)) == [f"Avbokning som kommer in före {said_sv}: ingen kostnad."]
    assert plain(terms_instants(terms, EN)) == [f"A cancellation that arrives before {said_en}: no charge."]
    told = plain(
        [
            from_when_less(before, STOCKHOLM, SV),
            from_when_less(since, STOCKHOLM, SV),
            rule_sentence(before, STOCKHOLM, SV),
            rule_sentence(since, STOCKHOLM, SV),
        ]
    )
    assert told[0] == f"Så är det före {said_sv}. Därefter gäller i stället fullt pris."
    assert [said_sv in each for each in told] == [True] * 4


@pytest.mark.parametrize(
    ("persons", "extra", "fewer", "said"),
    [
        ((2,), None, False, "Platserna köps tillsammans, 2 stycken; andra antal säljs inte."),
        ((3, 2), None, False, "Platserna köps tillsammans, 2 eller 3; andra antal säljs inte."),
        ((2, 3, 5), None, False, "Platserna köps tillsammans, 2, 3 eller 5; andra antal säljs inte."),
        ((2, 3), None, True, "En organisation köper högst 3 platser."),
        ((2,), Money(1_000_00), False, "Platserna köps tillsammans, minst 2."),
        ((2,), Money(1_000_00), True, ""),
        ((1,), Money(1_000_00), False, ""),
    ],
)
def test_a_price_list_says_which_sizes_it_cannot_sell(
    persons: tuple[int, ...], extra: Money | None, fewer: bool, said: str
) -> None:
    """3.5."""
    rows = tuple(Price(Money(9_000_00), per=Per.ORGANISATION, persons=each, extra=extra) for each in persons)
    assert sizes_sentence(PriceList(1, rows, may_book_fewer=fewer), date(2026, 9, 1), SV) == said
    assert sizes_sentence(PriceList(1, (Price(Money(9_000_00)),)), date(2026, 9, 1), SV) == ""


def test_a_price_for_each_person_more_is_told_and_explained() -> None:
    price = Price(Money(32_000_00), per=Per.ORGANISATION, persons=2, extra=Money(9_000_00))
    prices = PriceList(1, (price,))
    quote = prices.quote("x", 4, Eligibility(), datetime(2026, 9, 1, tzinfo=UTC))
    assert plain([audience for audience, _ in price_list_texts(prices, date(2026, 9, 1), SV)]) == [
        "alla, per organisation med 2 personer; varje person till 9 000 kr exkl. moms (11 250 kr inkl.)"
    ]
    assert plain(price_reasons(quote, "", EN))[1:] == [
        "The price is for the organisation and includes 2 persons.",
        "On top of those included come 2 more persons, for SEK 9,000 excl. VAT (SEK 11,250 incl.) each.",
    ]
    assert [line_text(each, SV) for each in quote.lines] == ["x", "Ytterligare deltagare, x"]


def test_prices_are_told_with_and_without_vat() -> None:
    assert plain([price_text(Price(Money(12_000_00)), SV)]) == ["12 000 kr exkl. moms (15 000 kr inkl.)"]
    assert plain([price_text(Price(Money(12_000_00)), EN)]) == ["SEK 12,000 excl. VAT (SEK 15,000 incl.)"]
    assert price_text(Price(Money(0)), SV) == "kostnadsfritt"


def fact(until: date | None) -> StandingFact:
    return StandingFact(Ground.MEMBER, SOMEBODY, SOMEBODY, date(2026, 1, 1), until)


def test_the_reason_for_a_price_names_the_fact_behind_it() -> None:
    prices = PriceList(1, (Price(Money(12_000_00)), Price(Money(6_000_00), Ground.MEMBER)))
    day = datetime(2027, 2, 1, 12, tzinfo=UTC)
    held = prices.quote("x", 1, Eligibility((fact(date(2027, 12, 31)),)), day)
    lapsed = prices.quote("x", 1, Eligibility((fact(date(2026, 12, 31)),)), day)
    assert price_reasons(held, "Acme AB", SV) == ["Acme AB är medlem till och med 31 december 2027."]
    assert price_reasons(held, "", EN) == ["You are a member until 31 December 2027."]
    assert price_reasons(lapsed, "Delta AB", SV) == [
        "Ordinarie pris.",
        "Delta AB var medlem till och med 31 december 2026, därför gäller inte det lägre priset.",
    ]


def test_early_prices_shares_of_a_season_and_prices_for_an_organisation_are_explained() -> None:
    early = Price(Money(9_000_00), per=Per.ORGANISATION, persons=2, before=date(2026, 10, 1))
    prices = PriceList(1, (early,), pro_rata=True)
    quote = prices.quote("x", 2, Eligibility(), datetime(2026, 9, 1, tzinfo=UTC), (3, 5))
    assert price_reasons(quote, "", SV) == [
        "Det är det tidiga priset, som gäller till och med 30 september 2026.",
        "Priset är för organisationen och omfattar 2 personer.",
        "3 av 5 träffar återstår, så du betalar 3/5 av priset.",
    ]
    assert price_list_texts(prices, date(2026, 9, 1), SV)[0][0] == (
        "alla, per organisation med 2 personer, till och med 30 september 2026"
    )
    assert price_list_texts(prices, date(2026, 10, 1), SV) == []


def test_no_meeting_gets_a_date_that_nobody_has_decided() -> None:
    time = scheduled(at("2026-11-26T09:30"), at("2026-11-26T12:30"))
    texts = [when(each, STOCKHOLM, SV) for each in (time, time.postponed("sjuk"), in_month("2027-06"), TO_COME)]
    assert plain([*texts, when(time.called_off("få"), STOCKHOLM, SV)]) == [
        "torsdag 26 november 2026, 09.30–12.30",
        "uppskjuten tills vidare (var torsdag 26 november 2026 kl. 09.30)",
        "juni 2027, dag kommer",
        "datum kommer",
        "inställd (var torsdag 26 november 2026 kl. 09.30)",
    ]


def test_admission_is_said_as_the_rule_is() -> None:
    rule = Admission(grounds=(Ground.MEMBER, Ground.ALUMNUS))
    assert admission_sentence(rule, SV) == "För medlemmar och alumner."
    public = Admission(
        sectors=(Sector.STATE, Sector.REGION), decided_sectors=(Sector.MUNICIPAL_COMPANY,), managers_only=True
    )
    assert admission_sentence(public, SV) == (
        "För chefer i staten och i regioner. Den som är anställd i kommunala bolag får svar efter beslut."
    )


def test_the_hour_that_comes_twice_is_told_with_its_offset() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert plain([formats.moment(second, STOCKHOLM, "sv")]) == ["söndag 25 oktober 2026 kl. 02.30 (UTC+1)"]


def test_amounts_are_written_as_each_language_writes_them() -> None:
    assert plain([formats.money(-1_234_50, "SEK", each) for each in ("sv", "en")]) == [
        "\N{MINUS SIGN}1 234,50 kr",
        "SEK \N{MINUS SIGN}1,234.50",
    ]
    assert plain([formats.share(1_250, each) for each in ("sv", "en")]) == ["12,5 %", "12.5%"]
    assert plain([formats.money(100, "EUR", "sv")]) == ["1 EUR"]


def plain(texts: list[str]) -> list[str]:
    """With spaces that break."""
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def test_one_is_not_many() -> None:
    assert Say("sv", {"x.y": {"one": "en", "other": "{n}"}})("x.y", n=1) == "en"
    assert SV("wording.seats_left", n=3) == "3 platser kvar"
