"""What the API takes about pictures."""

from __future__ import annotations

from marshmallow import fields

from domain.kernel.image import LARGEST, MOST_ALT
from domain.programme.season_images import ImageUse
from web.api.kernel.common_schema import Body
from web.api.kernel.fields import Flag, Text

MOST_OF_A_FILE = LARGEST * 4 // 3 + 4
"""Characters of base64."""


class NoImageBody(Body):
    """Which picture: of the season, or of one of its places by the venue's name."""

    use = fields.Enum(ImageUse, by_value=True, required=True)
    about = Text(300, load_default="", about="The venue, as the meetings name it; nothing for the season itself.")


class ImageBody(NoImageBody):
    """A picture: a JPEG, PNG or WebP of at most 8 MB and 40 million pixels, in base64; a plan may be a PDF."""

    content = Text(MOST_OF_A_FILE, load_default="", about="Base64. Where and when it was taken is not kept.")
    alt = Text(MOST_ALT, load_default="", about="What it shows, in words; needed for all but decoration.")
    is_decoration = Flag(load_default=False)
