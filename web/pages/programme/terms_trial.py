"""Cancellation terms tried on what has happened (S73).

The address holds the whole question, so that a trial is kept by its address; the position of the log in it makes its
answer the same for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, request

from application.booking.terms_trial import TermsTrial, TryTerms
from application.programme.queries.season_view import SeasonView
from domain.booking.terms_trial import TriedCancellation
from domain.kernel.errors import NotFound
from domain.kernel.ids import SeasonId
from web.pages.kernel.forms import Form
from web.pages.kernel.visit import Answer, Visit, say, services, visit_signed_in
from web.pages.programme.season_plan_form import FIELDS, SeasonPlanForm
from web.pages.programme.season_plan_typed import filled_with
from web.reports.spreadsheet import Kronor, Plain, list_file
from web.words.formats import figures, share

pages = Blueprint("terms_trial", __name__)

KINDS = ("csv", "xlsx")
MOST_SHOWN = 50
"""How many cancellations stand on the page; the files have them all."""
MOST_DIGITS = 19
ASKED = "t_after"
"""The field by which an address asks for a trial."""


@dataclass(frozen=True)
class Column:
    """A column of the page and of its files: what is in it of a cancellation, which its sums have too or not.

    Shares of the price are basis points.
    """

    name: str
    value: Callable[[TriedCancellation], str | int | None]
    is_share: bool = False

    @property
    def word(self) -> str:
        """The key of its title."""
        return f"terms_trial.column_{self.name}"

    def in_file(self, row: TriedCancellation, language: str) -> Plain:
        """What stands in it in a file."""
        value = self.value(row)
        if not isinstance(value, int):
            return value or ""
        return self.text(value, language) if self.is_share else Kronor(value)

    def text(self, value: int | None, language: str) -> str:
        """A figure of it in words; nothing where there is none."""
        if value is None:
            return ""
        return share(value, language) if self.is_share else figures(value, language)


RECEIVED = Column("received", lambda row: row.received_at.isoformat())
BOOKING = Column("booking", lambda row: str(row.booking_id))
FIGURES = (
    Column("price", lambda row: row.price),
    Column("kept_then", lambda row: row.kept_then, is_share=True),
    Column("credited", lambda row: row.credited),
    Column("kept", lambda row: row.kept, is_share=True),
    Column("credit", lambda row: row.credit),
    Column("more_kept", lambda row: row.more_kept),
)


@pages.get("/<slug>/seasons/<uuid:season_id>/terms-trial")
def page(season_id: UUID) -> Answer:
    """The terms as they stand in a form; and what those that were typed would have given back."""
    visit, view = _visited(season_id)
    typed = _typed(visit, view)
    trial = _trial(visit, view, typed) if ASKED in request.args and not request.args.get("do") else None
    address = {**request.args.to_dict(flat=False), "position": [str(trial.position)]} if trial else {}
    return typed.form.page(
        "terms_trial.html",
        row=view.row,
        typed=typed,
        trial=trial,
        address=address,
        kinds=KINDS,
        received=RECEIVED,
        figures_of=FIGURES,
        most=MOST_SHOWN,
        is_kept="position" in request.args,
        may_adopt=visit.is_admin and not view.row.called_off_for,
    )


@pages.get("/<slug>/seasons/<uuid:season_id>/terms-trial.<any(csv, xlsx):saved_as>")
def file(season_id: UUID, saved_as: str) -> Answer:
    """The same trial as a file, line by line."""
    visit, view = _visited(season_id)
    trial = _trial(visit, view, _typed(visit, view))
    if trial is None:
        raise NotFound(what="trial")
    header = [say()(column.word) for column in (RECEIVED, BOOKING, *FIGURES)]
    return list_file(saved_as, say()("terms_trial.file_name"), header, _lines(trial))


def _visited(season_id: UUID) -> tuple[Visit, SeasonView]:
    """Who asks, and the season. Raises NotAllowed unless admin or finance."""
    visit = visit_signed_in()
    view = services().programme.season(visit.actor, season_id)
    services().terms_trials.must_be_allowed(visit.actor, view.row.organiser_id)
    return visit, view


def _typed(visit: Visit, view: SeasonView) -> SeasonPlanForm:
    """What the address asks, or the terms as they stand."""
    typed = request.args if ASKED in request.args else filled_with(None, view.terms)
    grow = "tier" if request.args.get("do") == "more_tiers" else ""
    return SeasonPlanForm(Form(typed, fields=FIELDS), view.row.zone, visit.organiser.currency, grow)


def _trial(visit: Visit, view: SeasonView, typed: SeasonPlanForm) -> TermsTrial | None:
    """None where something could not be read, which the form then says."""
    terms, position = typed.terms(), _position(typed.form)
    if terms is None or typed.form.problems:
        return None
    asked = TryTerms(SeasonId(view.row.season_id), terms.tiers, terms.fee_outside_vat, position)
    return services().terms_trials.of(visit.actor, asked)


def _position(form: Form) -> int | None:
    """How far the log had come for the trial that is asked for again; None for one as of now."""
    written = form.text("position")
    if not written:
        return None
    if written.isascii() and written.isdigit() and len(written) < MOST_DIGITS:
        return int(written)
    form.problems.note("position", "form.number")
    return None


def _lines(trial: TermsTrial) -> Iterator[list[Plain]]:
    language = say().language
    for each in trial.cancellations:
        yield [column.in_file(each, language) for column in (RECEIVED, BOOKING, *FIGURES)]
