"""What they are hoping for."""

from __future__ import annotations

from typing import Any

from django import forms

from mentees.forms.questions.question import Question, listed, vocabulary
from partners.models import Sector
from users.fields import PlainTextarea

MOST_SECTORS = 3


class Goals(Question):
    slug, title = "goals", "What are you hoping for?"
    why = "Your own words help us most. Spelling does not matter."
    goals = PlainTextarea(
        label="Say it in your own words",
        help_text="For example: I want to find out how people become a nurse.",
        max_length=1000,
        required=False,
        rows=5,
    )
    sectors = vocabulary(
        Sector,
        label="Which kinds of work do you dream of?",
        help_text="Pick up to three.",
        required=False,
    )

    def clean_sectors(self) -> Any:
        if len(self.cleaned_data["sectors"]) > MOST_SECTORS:
            raise forms.ValidationError("Pick three at most")
        return self.cleaned_data["sectors"]

    def said(self) -> list[tuple[str, str]]:
        return [("In your words", self.cleaned_data["goals"]), ("Work", listed(self.cleaned_data["sectors"]))]
