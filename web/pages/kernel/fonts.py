"""The text face, Hanken Grotesk (OFL), cut to Latin from the installed package: no font file in the repository."""

from __future__ import annotations

import io
import os
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import font_hanken_grotesk
from flask import Flask, Response, abort, request
from platformdirs import user_cache_dir
from werkzeug.wrappers import Response as AnyResponse

FILES = Path(str(font_hanken_grotesk.__file__)).parent / "files"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
LETTERS = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2027), (0x2030, 0x2039, 0x203A, 0x20AC, 0x2212))
"""Latin with its diacritics, dashes, quotation marks and the signs that sums are written with."""

A_DAY = 24 * 3600
CUT = Path(user_cache_dir("plats")) / "fonts"
_MARK = sha256(repr(LETTERS).encode()).hexdigest()[:8]


def register_fonts(app: Flask) -> None:
    """Serve the face and its licence from a path of its own."""
    app.add_url_rule("/fonts/hanken-grotesk-<int:weight>.woff2", "fonts.face", _face)
    app.add_url_rule("/fonts/OFL.txt", "fonts.licence", lambda: Response(_licence(), mimetype="text/plain"))


def _face(weight: int) -> AnyResponse:
    if weight not in WEIGHTS:
        abort(404)
    answer = Response(cut(weight), mimetype="font/woff2")
    answer.set_etag(f"hanken-{version('font-hanken-grotesk')}-{weight}")
    answer.cache_control.public, answer.cache_control.max_age = True, 30 * A_DAY
    return answer.make_conditional(request)


@cache
def cut(weight: int) -> bytes:
    """A weight with the letters that our languages need, compressed for browsers (WOFF2): some 20 kB.

    Cutting takes a second or two, so it is done once for each user of the machine and kept where caches are.
    """
    kept = CUT / f"{version('font-hanken-grotesk')}-{weight}-{_MARK}.woff2"
    with suppress(OSError):
        return kept.read_bytes()
    made = _cut(weight)
    with suppress(OSError):  # a machine that nothing may be written on cuts anew
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_name(f".{os.getpid()}-{kept.name}")
        draft.write_bytes(made)
        draft.replace(kept)
    return made


def cut_all() -> None:
    """Before anybody asks: whoever comes first is not to wait."""
    for weight in WEIGHTS:
        cut(weight)


def _cut(weight: int) -> bytes:
    from fontTools import subset  # 15 MB that every web process would hold for what is cut once for each machine

    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "calt", "mark", "locl"])
    font = subset.load_font(str(FILES / f"HankenGrotesk-{WEIGHTS[weight]}.otf"), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[sign for signs in LETTERS for sign in signs])
    cutter.subset(font)
    made = io.BytesIO()
    subset.save_font(font, made, options)
    font.close()
    return made.getvalue()


def _licence() -> bytes:
    return (FILES / "OFL.txt").read_bytes()
