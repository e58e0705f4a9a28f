"""Services about networks, seasons, meetings, goods and pictures: what each is made of."""

from __future__ import annotations

from application.booking.calling_off import told_of, would_call_off
from application.people.organiser import Organisers
from application.people.person import People
from application.programme.first_run import FirstRun
from application.programme.image import Images
from application.programme.material_file import MaterialFiles
from application.programme.meeting import Meetings
from application.programme.season import Seasons
from infrastructure.documents.file_shelf import KeptFiles
from infrastructure.documents.image_maker import PillowMaker
from infrastructure.documents.poster import TypstPosters
from web.wiring.parts import Made, Parts


def programme(parts: Parts) -> Made:
    """Those that need more than the record of decisions."""
    store, models, decisions = parts.store, parts.models, parts.decisions
    seats, bookings = models.roster, models.booking
    return {
        "seasons": Seasons(decisions, lambda work, season_id: would_call_off(work, bookings, season_id)),
        "meetings": Meetings(decisions, lambda work, *which: told_of(work, seats, *which)),
        "images": Images(decisions, PillowMaker(), parts.shelf, models.programme),
        "material_files": MaterialFiles(decisions, KeptFiles(store), models.programme),
        "first_run": FirstRun(Organisers(decisions), People(decisions), models.programme),
        "posters": TypstPosters(),
        "programme": models.programme,
        "pictures": models.picture,
        "goods_questions": models.goods,
    }
