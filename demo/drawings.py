"""Pictures for the demo, drawn from shapes: rooms, doors, ways in and faces that belong to nobody."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from domain.people.accent import Shades, accent

Draw = Callable[[ImageDraw.ImageDraw, Shades], None]
LARGE, SQUARE = (1280, 720), (480, 480)
ROOM = "Ett ljust rum med stolar i en ring och tre höga fönster."
ENTRANCE = "Entrén är en hög port mellan två runda träd, tre trappsteg upp från gatan."
WAY_IN = "Från stationen rakt fram till torget, vänster vid fontänen, sedan porten på höger hand."


def room(hue: int) -> bytes:
    """Three windows and a ring of chairs."""
    return _drawn(LARGE, hue, _room)


def entrance(hue: int) -> bytes:
    """A door between two trees."""
    return _drawn(LARGE, hue, _entrance)


def way_in(hue: int) -> bytes:
    """Streets, and a way through them."""
    return _drawn(LARGE, hue, _way_in)


def face(hue: int, hair: int) -> bytes:
    """A head and two shoulders."""

    def draw(on: ImageDraw.ImageDraw, colours: Shades) -> None:
        on.ellipse((70, 330, 410, 700), fill=colours.accent)
        on.rectangle((205, 260, 275, 360), fill="#d9b99b")
        on.ellipse((150, 90, 330, 310), fill="#e6c9ae")
        on.pieslice((140, 70, 340, 290), 180, 360, fill=accent(hair).dark.soft)

    return _drawn(SQUARE, hue, draw)


def _drawn(size: tuple[int, int], hue: int, draw: Draw) -> bytes:
    colours = accent(hue).light
    picture = Image.new("RGB", size, colours.tint)
    draw(ImageDraw.Draw(picture), colours)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def _room(on: ImageDraw.ImageDraw, colours: Shades) -> None:
    on.rectangle((0, 520, 1280, 720), fill="#d8d2c6")
    for left in (170, 530, 890):
        on.rectangle((left, 70, left + 220, 430), fill="#ffffff")
        on.ellipse((left + 60, 300, left + 260, 500), fill=colours.soft)
        on.rectangle((left, 430, left + 270, 520), fill=colours.tint)
        on.line((left + 110, 70, left + 110, 430), fill=colours.soft, width=8)
    for x, y in ((330, 600), (450, 560), (640, 545), (830, 560), (950, 600), (830, 660), (640, 680), (450, 660)):
        on.pieslice((x - 46, y - 50, x + 46, y + 42), 180, 360, fill=colours.accent)
        on.rectangle((x - 46, y - 4, x + 46, y + 10), fill=colours.accent)


def _entrance(on: ImageDraw.ImageDraw, colours: Shades) -> None:
    on.rectangle((220, 60, 1060, 620), fill=colours.soft)
    for left in (290, 460, 760, 930):
        on.rectangle((left, 130, left + 70, 260), fill="#ffffff")
    on.pieslice((540, 240, 740, 440), 180, 360, fill=colours.accent)
    on.rectangle((540, 340, 740, 580), fill=colours.accent)
    for step in range(3):
        on.rectangle((520 - 20 * step, 580 + 14 * step, 760 + 20 * step, 594 + 14 * step), fill="#857f74")
    for x in (330, 950):
        on.rectangle((x - 8, 470, x + 8, 620), fill="#6b5b48")
        on.ellipse((x - 80, 360, x + 80, 520), fill="#5f7a57")
    on.rectangle((0, 620, 1280, 720), fill="#bdb6a8")


def _way_in(on: ImageDraw.ImageDraw, colours: Shades) -> None:
    on.rectangle((0, 0, 1280, 720), fill="#e9e4da")
    for y in (150, 390, 620):
        on.line((0, y, 1280, y - 40), fill="#ffffff", width=44)
    for x in (160, 480, 800, 1120):
        on.line((x, 0, x + 40, 720), fill="#ffffff", width=36)
    on.rectangle((530, 190, 770, 330), fill=colours.tint)
    on.ellipse((630, 240, 670, 280), fill=colours.soft)
    on.line(((180, 600), (495, 590), (485, 372), (815, 355), (805, 130)), fill=colours.accent, width=12, joint="curve")
    on.ellipse((155, 575, 205, 625), fill="#5d5a53")
    on.ellipse((775, 95, 835, 155), fill=colours.accent)
    on.ellipse((795, 115, 815, 135), fill="#ffffff")
