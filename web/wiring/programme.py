"""Services about networks, seasons, meetings, goods and pictures: what each is made of."""

from __future__ import annotations

from application.people.organiser import Organisers
from application.people.person import People
from application.programme.first_run import FirstRun
from application.programme.image import Images
from application.programme.material_file import MaterialFiles
from infrastructure.documents.file_shelf import KeptFiles
from infrastructure.documents.image_maker import PillowMaker
from infrastructure.documents.poster import TypstPosters
from web.wiring.parts import Made, Parts


def programme(parts: Parts) -> Made:
    """Those that need more than the record of decisions."""
    store, models, decisions = parts.store, parts.models, parts.decisions
    return {
        "images": Images(decisions, PillowMaker(), parts.shelf, models.programme),
        "material_files": MaterialFiles(decisions, KeptFiles(store), models.programme),
        "first_run": FirstRun(Organisers(decisions), People(decisions), models.programme),
        "posters": TypstPosters(),
        "programme": models.programme,
        "pictures": models.picture,
        "goods_questions": models.goods,
    }
