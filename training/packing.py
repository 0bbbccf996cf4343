"""A course in one zip, read with suspicion: everything is counted before anything is believed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from training.content import ReadCourse
from training.reader import BadCourse, Files, read_files

MOST_BYTES = 20 * 1024 * 1024
"""Of the file, and of all that it unpacks to: a course of words and drawn-anew pictures is far smaller."""
MOST_FILES = 600
SAYS = "The file must be a zip of a course folder, as “Export” makes it."
PATH = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")
# What computers add to a zip by themselves.
LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$)|^__MACOSX/")


def unpack(raw: bytes) -> ReadCourse:
    """The course in a zip. Raises BadCourse, with one sentence, for whatever is not exactly that.

    Nothing is written to a disk, so no name can lead anywhere; names that try are refused all the same.
    """
    if len(raw) > MOST_BYTES:
        raise BadCourse("The file is larger than 20 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as box:
            return read_files(*_files(box))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise BadCourse(SAYS) from error
    except RuntimeError as error:  # zipfile's word for a file that is locked with a password
        raise BadCourse("The zip is locked with a password. Make one without.") from error


def _files(box: zipfile.ZipFile) -> tuple[str, Files]:
    entries = [entry for entry in box.infolist() if not entry.is_dir() and not LITTER.search(entry.filename)]
    if not entries:
        raise BadCourse(SAYS)
    if len(entries) > MOST_FILES:
        raise BadCourse(f"The zip holds more than {MOST_FILES} files.")
    folders, files, left = set(), Files(), MOST_BYTES
    for entry in entries:
        name = entry.filename
        if not PATH.fullmatch(name) or ".." in name.split("/") or "/" not in name:
            raise BadCourse(
                f"The zip holds “{name[:80]!s}”. Every file must lie inside the folder of the course, "
                "with plain letters in its name."
            )
        folder, _, inside = name.partition("/")
        folders.add(folder)
        if len(folders) > 1:
            raise BadCourse("The zip holds more than one folder. Put one course into one file.")
        if inside in files:
            raise BadCourse(f"The zip holds “{inside}” twice.")
        # What the entry says of its own size may be a lie, so we count what comes out.
        with box.open(entry) as stream:
            data = stream.read(left + 1)
        left -= len(data)
        if left < 0:
            raise BadCourse("The zip unpacks to more than 20 MB.")
        files[inside] = data
    return folders.pop(), files
