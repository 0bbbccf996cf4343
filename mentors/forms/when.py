"""When and how a mentor can meet, whom, and how many."""

from __future__ import annotations

from typing import Any

from django import forms

from mentors.forms.section import Section, chips
from mentors.models import Mentor
from partners.models import AgeBand
from users.fields import WeekField
from users.widgets import Detailed

TRAVEL = [(15, "15 minutes"), (30, "30 minutes"), (45, "45 minutes"), (60, "An hour")]


class When(Section):
    title = "When and how"
    lead = "One hour a month. Tick every time you are usually free: more ticks, quicker match."

    free_slots = WeekField(label="When are you usually free?")
    way = forms.ChoiceField(
        label="How would you like to meet?",
        choices=[
            ("online", Detailed("Online", "A video call")),
            ("in_person", Detailed("In person", "Somewhere public, like a library")),
            ("either", Detailed("Either is fine", "This makes matching quicker")),
        ],
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose how you would like to meet"},
    )
    travel_minutes = forms.TypedChoiceField(
        label="How long would you travel to meet?",
        help_text="Only if you meet in person.",
        required=False,
        choices=TRAVEL,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
    )
    ages = forms.TypedMultipleChoiceField(
        label="Which ages are you happy to meet?",
        choices=AgeBand.choices,
        coerce=int,
        widget=chips(),
        error_messages={"required": "Choose at least one age group"},
    )
    capacity = forms.TypedChoiceField(
        label="How many young people could you mentor at once?",
        help_text="Most mentors start with one.",
        coerce=int,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose how many young people you could mentor"},
    )

    class Meta:
        model = Mentor
        fields = ("free_slots", "way", "travel_minutes", "capacity")

    field_order = ("free_slots", "way", "travel_minutes", "ages", "capacity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = list(self.instance.programmes.all())
        most = max((p.max_capacity for p in programmes), default=1)
        places: Any = self.fields["capacity"]
        places.choices = [(n, ("One", "Two", "Three")[n - 1]) for n in range(1, most + 1)]
        bands: Any = self.fields["ages"]
        low = min((p.min_age for p in programmes), default=0)
        high = max((p.max_age for p in programmes), default=99)
        bands.choices = [c for c in AgeBand.choices if low <= _oldest(c[0]) and _youngest(c[0]) <= high]
        self.initial["ages"] = [b for b, _ in AgeBand.choices if self.instance.accepted_ages & b]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        meets = data.get("way") in ("in_person", "either")
        if meets and not data.get("travel_minutes") and "travel_minutes" not in self.errors:
            self.add_error("travel_minutes", "Choose how long you would travel to meet")
        if data.get("way") == "online":
            data["travel_minutes"] = None
        return data

    def save(self, commit: bool = True) -> Any:
        self.instance.accepted_ages = sum(self.cleaned_data["ages"])
        return super().save(commit)

    def _columns(self) -> list[str]:
        return [*super()._columns(), "accepted_ages"]


def _youngest(band: int) -> int:
    return {1: 14, 2: 16, 4: 18, 8: 22}[band]


def _oldest(band: int) -> int:
    return {1: 15, 2: 17, 4: 21, 8: 25}[band]
