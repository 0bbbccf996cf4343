"""Why somebody wants to mentor."""

from __future__ import annotations

from mentors.forms.section import Section
from mentors.models import Mentor
from users.fields import PlainTextarea


class Motivation(Section):
    title = "Why you want to mentor"
    lead = ""

    motivation = PlainTextarea(
        label="Why do you want to mentor?",
        help_text="Two or three honest sentences. Your mentee will read this.",
        max_length=1000,
        rows=6,
        error_messages={"required": "Write two or three sentences about why you want to mentor"},
    )

    class Meta:
        model = Mentor
        fields = ("motivation",)
