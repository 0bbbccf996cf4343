"""The certificate as a PDF: tagged for screen readers, with its letters inside, drawn without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import typst
from django.contrib.humanize.templatetags.humanize import apnumber

from training.models import Certificate

HERE = Path(__file__).parent
LONG_NAME = 24  # letters that fit on one line at full size
Standards = list[Literal["ua-1"]]
STANDARD: Standards = ["ua-1"]
"""PDF/UA: whoever listens to the page hears what others read."""


def certificate(row: Certificate, *, modules: int, check_at: str) -> bytes:
    """The paper that stands for this certificate; `check_at` is where its number can be checked."""
    told = {
        "title": f"Certificate {row.number}: {row.course.title}",
        "name": row.name,
        "course": row.course.title,
        "quizzes": "its module" if modules == 1 else f"all {apnumber(modules)} modules",
        "modules": modules,
        "on": f"{row.issued_on.day} {row.issued_on:%B %Y}",
        "number": row.number,
        "check_at": check_at,
        "size": 54 if len(row.name) <= LONG_NAME else max(20, 54 * LONG_NAME // len(row.name)),
    }
    try:
        return _drawn(told, STANDARD)
    except typst.TypstError:
        # PDF/UA forbids a letter that no font has. A name in such letters is still printed, and tagged.
        return _drawn(told, [])


def _drawn(told: dict[str, object], standards: Standards) -> bytes:
    return typst.compile(
        str(HERE / "certificate.typ"),
        root=str(HERE),
        font_paths=[str(HERE)],
        ignore_system_fonts=False,
        format="pdf",
        sys_inputs={"told": json.dumps(told)},
        pdf_standards=list(standards),
    )
