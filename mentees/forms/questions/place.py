"""Where they live."""

from __future__ import annotations

from django import forms

from mentees.forms.questions.question import Question
from partners.models import Outcode
from users.fields import PlainText


class Where(Question):
    slug, title, asks_one = "place", "Where do you live?", True
    why = "We look for a mentor near you, or one you can meet online. We never ask for your address."
    place = PlainText(
        label="Where do you live?",
        help_text="The first half of your postcode, like M14. Or your town or borough.",
        max_length=60,
        widget=forms.TextInput({"class": "w-10", "autocomplete": "off"}),
        error_messages={"required": "Enter the first half of your postcode, like M14"},
    )

    def clean_place(self) -> str:
        outcode = Outcode.find(self.cleaned_data["place"])
        if not outcode:
            raise forms.ValidationError(
                "We do not know that place. Enter the first half of your postcode, like M14"
            )
        return outcode

    def said(self) -> list[tuple[str, str]]:
        return [("Where you live", self.cleaned_data["place"])]
