"""Who is asking, and whether this is for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Max, Min
from django.utils import timezone

from mentees import rules
from mentees.forms.questions.question import Question
from partners.models import Programme
from users.fields import BirthDateField, PlainText


class AboutYou(Question):
    slug, title = "about-you", "First, who are you?"
    why = "We use your birth date to see whether this is for you, and whether an adult has to say yes."
    first_name = PlainText(
        label="First name",
        help_text="What your mentor will call you. You can use a nickname.",
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name", "class": "w-20"}),
        error_messages={"required": "Enter your first name"},
    )
    born_on = BirthDateField()

    def clean_born_on(self) -> Any:
        born_on = self.cleaned_data["born_on"]
        ages = Programme.objects.open_to_sign_ups(timezone.localdate()).aggregate(
            least=Min("min_age"), most=Max("max_age")
        )
        if ages["least"] is not None:
            _within(born_on, ages["least"], ages["most"])
        return born_on

    @property
    def turn_away(self) -> str:
        """Why we cannot help, "young" or "old", so that the page can say where else to turn."""
        data = self.errors.as_data().get("born_on", []) if self.is_bound else []
        return next((error.code for error in data if error.code in {"young", "old"}), "")

    def said(self) -> list[tuple[str, str]]:
        born = self.cleaned_data["born_on"]
        return [
            ("First name", self.cleaned_data["first_name"]),
            ("Date of birth", f"{born.day} {born:%B %Y}"),
        ]


def _within(born_on: Any, least: int, most: int) -> None:
    on = timezone.localdate()
    age = rules.age(born_on, on)
    sentence = f"This programme is for ages {least} to {most}"
    if age < least:
        day = rules.birthday(born_on, least)
        raise forms.ValidationError(f"{sentence}. You can ask from {day.day} {day:%B %Y}", code="young")
    if age > most:
        raise forms.ValidationError(sentence, code="old")
