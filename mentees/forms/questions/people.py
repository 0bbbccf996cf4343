"""Who would suit them."""

from __future__ import annotations

from typing import Any

from django import forms

from mentees.forms.questions.question import Question, listed, vocabulary
from mentees.models import Mentee
from partners.models import Experience, Gender, Language
from users.fields import PlainTextarea


class People(Question):
    slug, title = "people", "Who would suit you?"
    why = "Nothing here is a must. Each answer only helps us to find somebody you get on with."
    languages = vocabulary(
        Language,
        label="Which languages could you meet in?",
        error_messages={"required": "Choose at least one"},
    )
    mentor_gender = forms.ChoiceField(
        label="Would you rather meet a woman or a man?",
        choices=Mentee.Wish,
        required=False,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        help_text="If you choose one, we only suggest mentors who fit.",
    )
    experiences = vocabulary(
        Experience,
        label="Has any of this been part of your life?",
        help_text="Only if you like. We look for mentors who have been there too.",
        required=False,
    )
    gender = forms.ChoiceField(
        label="You are",
        choices=Gender,
        required=False,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        help_text="We use this only to check that we treat everybody fairly.",
    )
    good_to_know = PlainTextarea(
        label="Is there anything your mentor should know?",
        help_text="For example: I use a wheelchair, or I need time to answer.",
        max_length=500,
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["languages"].initial = Language.objects.filter(name="English")

    def said(self) -> list[tuple[str, str]]:
        data = self.cleaned_data
        return [
            ("Languages", listed(data["languages"])),
            ("A woman or a man", Mentee.Wish(data["mentor_gender"]).label),
            ("Part of your life", listed(data["experiences"])),
            ("You are", Gender(data["gender"]).label),
            ("Good to know", data["good_to_know"]),
        ]
