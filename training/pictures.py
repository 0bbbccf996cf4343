"""Uploaded pictures are drawn anew: what we keep holds pixels and nothing else."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
WIDEST = 1600
"""Pixels on the longer side: sharp on a phone and a desk, and light enough for both."""
FORMATS = ("PNG", "JPEG")
SAYS = "The picture must be a JPG or PNG smaller than 10 MB."


class BadPicture(Exception):
    """Bytes that we do not draw; its text is a sentence for whoever sent them."""


@dataclass(frozen=True)
class Drawn:
    """One picture as we keep it."""

    data: bytes
    kind: str
    width: int
    height: int


def redraw(raw: bytes) -> Drawn:
    """Decode, turn upright, shrink if need be, and encode again: no EXIF, no comment, no second file inside.

    Raises BadPicture for anything but a whole PNG or JPEG of at most 10 MB and 40 megapixels.
    """
    if len(raw) > MOST_BYTES:
        raise BadPicture(SAYS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=FORMATS) as source:
                if source.width * source.height > MOST_PIXELS:
                    raise BadPicture("The picture is too large. Make it smaller than 40 megapixels.")
                kind = "jpeg" if source.format == "JPEG" else "png"
                upright = ImageOps.exif_transpose(source)
                mode = "RGB" if kind == "jpeg" or "A" not in upright.getbands() else "RGBA"
                if upright.mode == "P" and "transparency" in upright.info and kind == "png":
                    mode = "RGBA"
                picture = upright.convert(mode)
    except BadPicture:
        raise
    except Exception as error:  # a broken file makes its decoder fail in many ways, and all mean the same
        raise BadPicture(SAYS) from error
    picture.thumbnail((WIDEST, WIDEST))
    # A fresh canvas: whatever a file carried beside its pixels ends here.
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    made = io.BytesIO()
    if kind == "jpeg":
        clean.save(made, "JPEG", quality=85, optimize=True)
    else:
        clean.save(made, "PNG", optimize=True)
    return Drawn(made.getvalue(), kind, *clean.size)
