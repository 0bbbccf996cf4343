"""Pictures to upload, good and bad, made here so that no test depends on a file."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo


def png(width: int = 8, height: int = 6, **info: str) -> bytes:
    made, kept = io.BytesIO(), PngInfo()
    for key, value in info.items():
        kept.add_text(key, value)
    Image.new("RGB", (width, height), "#ff8fb3").save(made, "PNG", pnginfo=kept)
    return made.getvalue()


def jpeg_with_a_place() -> bytes:
    """A photograph, on its side, that says where it was taken."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # turn me
    exif[0x010E] = "QzWhereILive"
    exif.get_ifd(0x8825)[2] = (53.0, 28.0, 0.0)
    Image.new("RGB", (40, 20), "#ffc145").save(made, "JPEG", exif=exif)
    return made.getvalue()


def bomb() -> bytes:
    """A few bytes that say they are 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def gif() -> bytes:
    made = io.BytesIO()
    Image.new("P", (4, 4)).save(made, "GIF")
    return made.getvalue()
