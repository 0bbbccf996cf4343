"""Who a mentor is and where they are based."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from mentors import rules
from mentors.forms.section import Section
from mentors.models import Check, Mentor
from partners.models import Gender, Outcode
from users.fields import BirthDateField, PlainText

OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
REST = re.compile(r"[0-9]([A-Z]{2})?")
NO_OUTCODE = "Enter the first half of your postcode, like M14"


class About(Section):
    title = "About you"
    lead = "Young people see your first name and pronouns, never your birth date or postcode."

    pronouns = PlainText(
        label="Pronouns",
        required=False,
        max_length=30,
        help_text="Like she/her, if you want to say.",
        widget=forms.TextInput({"class": "w-10"}),
    )
    gender = forms.ChoiceField(
        label="You are",
        required=False,
        help_text="A few young people ask for a mentor who is a woman, or a man.",
        choices=[(value, label) for value, label in Gender.choices if value],
        widget=forms.RadioSelect({"class": "choices choices--row"}),
    )
    born_on = BirthDateField(help_text="Mentors are 18 or over. For example, 14 5 1988")
    outcode = PlainText(
        label="Where are you based?",
        max_length=12,
        help_text="The first half of your home or work postcode, like M14.",
        widget=forms.TextInput({"class": "w-4", "autocomplete": "off"}),
        error_messages={"required": NO_OUTCODE},
    )

    class Meta:
        model = Mentor
        fields = ("pronouns", "gender", "born_on", "outcode")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = [*Gender.choices[:-1], ("", "I’d rather not say")]  # type: ignore[attr-defined]
        seen = self.instance.checks.filter(kind=Check.Kind.IDENTITY, is_clear=True).exists()
        if seen and self.instance.born_on:
            del self.fields["born_on"]  # what we have checked is not changed by hand
        elif self.instance.applied_at:
            self.fields["born_on"].help_text = "As on your identity document. For example, 14 5 1988"

    def clean_born_on(self) -> Any:
        born_on = self.cleaned_data["born_on"]
        today = timezone.localdate(self.at)
        if born_on > rules.adult_if_born_by(today):
            raise forms.ValidationError("You have to be 18 or over to be a mentor")
        if rules.years_between(born_on, today) > 110:
            raise forms.ValidationError("Date of birth must be a real date, like 29 2 1988")
        return born_on

    def clean_outcode(self) -> str:
        words = unicodedata.normalize("NFKC", self.cleaned_data["outcode"]).upper()
        for code in _first_halves(words):
            if _known(code) or not Outcode.objects.exists():
                return code
        if next(_first_halves(words), None):
            raise forms.ValidationError(f"We do not know this postcode. {NO_OUTCODE}")
        raise forms.ValidationError(NO_OUTCODE)


def _first_halves(words: str) -> Iterator[str]:
    """What could be the first half: "M14", "M14 5RQ", "M145RQ" and "M14 5" are all of M14."""
    head, _, rest = words.partition(" ")
    if OUTCODE.fullmatch(head) and (not rest or REST.fullmatch(rest)):
        yield head
    joined = words.replace(" ", "")
    for cut in (len(joined), len(joined) - 3, len(joined) - 1):
        if OUTCODE.fullmatch(joined[:cut]) and (cut == len(joined) or REST.fullmatch(joined[cut:])):
            yield joined[:cut]


def _known(code: str) -> bool:
    return Outcode.objects.filter(pk=code).exists()
