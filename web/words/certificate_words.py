"""What a certificate of attendance says on paper, in its reader's language: facts alone."""

from __future__ import annotations

from application.attendance.certificate import Attended, Certificate
from domain.kernel.season_name import season_name
from domain.kernel.terms import day_in
from web.words.formats import clock, day, org_number, short_day
from web.words.language import LANGUAGES, Phrases, Say
from web.words.paper_words import plain

_COLUMNS = ("day", "meeting", "time")


class CertificateTexts:
    """`infrastructure.documents.certificate.CertificateWords` with the phrases of the pages."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def facts(self, certificate: Certificate) -> dict[str, object]:
        """All that is printed."""
        language = certificate.language if certificate.language in LANGUAGES else LANGUAGES[0]
        say, organiser = self._phrases.speaking(language), certificate.organiser
        on = day_in(certificate.on, certificate.zone)
        return {
            "language": language,
            "title": say("certificate.title"),
            "on": [on.year, on.month, on.day],
            "organiser": plain(organiser.name),
            "name": plain(certificate.name),
            "took_part": say("certificate.took_part"),
            "season": plain(season_name(certificate.network, certificate.season)),
            "columns": [say(f"certificate.{name}") for name in _COLUMNS],
            "meetings": [_row(each, certificate.zone, say) for each in certificate.meetings],
            "sum": say(
                "certificate.sum", n=len(certificate.meetings), of=certificate.of, hours=_spent(certificate, say)
            ),
            "issued": say("certificate.issued", day=day(on, language)),
            "foot": plain(f"{organiser.name} · {org_number(organiser.org_number)} · {organiser.address}"),
        }


def _spent(certificate: Certificate, say: Say) -> str:
    """How many hours the meetings were together, to a tenth."""
    written = f"{certificate.spent.total_seconds() / 3600:.1f}".removesuffix(".0")
    return written.replace(".", ",") if say.language == "sv" else written


def _row(met: Attended, zone: str, say: Say) -> list[str]:
    """Its day, what it was and where, and from when to when."""
    on = short_day(day_in(met.start_at, zone), say.language)
    what = f"{met.title}, {met.place}" if met.place else met.title
    return [on, plain(what), _hours(met, zone, say)]


def _hours(met: Attended, zone: str, say: Say) -> str:
    return f"{clock(met.start_at, zone, say.language)}–{clock(met.end_at, zone, say.language)}"
