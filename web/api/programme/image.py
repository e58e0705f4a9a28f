"""Pictures of a season, of its places and of the way in."""

from __future__ import annotations

from application.programme.image import ChooseImage, RemoveImage
from application.programme.season import SeasonRef
from domain.kernel.ids import SeasonId
from web.api.kernel.call import Call, Written
from web.api.kernel.noun import ApiBlueprint
from web.api.kernel.who import Who
from web.api.programme.image_schema import ImageBody, NoImageBody

images = ApiBlueprint("images", "Pictures of a season, of its places and of the way in.")
ALL = "/seasons/<uuid:season_id>/images"


@images.write("PUT", ALL, Who.ADMIN, SeasonRef, body=ImageBody)
def choose_image(call: Call, season_id: SeasonId) -> Written:
    """Choose a picture and say what it shows; without content the one there is, in these words.

    Pages show it at /{slug}/images/{digest}-{width}.webp, in widths 640 and 1280 and none wider than it came.
    A plan that is a PDF has no width, and is at /{slug}/images/{digest}.pdf.
    """
    content = call.content() if call.body["content"] else b""
    command = ChooseImage(season_id, **{**call.body, "content": content})
    return call.execute(call.services.images.choose, command)


@images.write("POST", f"{ALL}/remove", Who.ADMIN, SeasonRef, body=NoImageBody)
def remove_image(call: Call, season_id: SeasonId) -> Written:
    """Show it no longer."""
    return call.execute(call.services.images.remove, RemoveImage(season_id, **call.body))
