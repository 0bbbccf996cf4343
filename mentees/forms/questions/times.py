"""When and how they could meet."""

from __future__ import annotations

from typing import Any

from django import forms

from mentees.forms.questions.question import Question, listed
from mentees.models import Mentee
from partners.models import Slot
from users.fields import WeekField
from users.widgets import Detailed


class Times(Question):
    slug, title = "times", "When and how could you meet?"
    why = "You and your mentor need one time in common. The more you tick, the quicker it goes."
    free_slots = WeekField(
        label="When are you usually free?", help_text="Morning to 12, afternoon to 5, evening after 5."
    )
    way = forms.ChoiceField(
        label="How would you like to meet?",
        choices=[
            (Mentee.Way.ONLINE, Detailed("Online", "A video call, from wherever you are.")),
            (
                Mentee.Way.IN_PERSON,
                Detailed("In person", "In a public place, such as a library or their office."),
            ),
            (Mentee.Way.EITHER, "Either is fine"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
    )
    travel_minutes = forms.TypedChoiceField(
        label="How far could you travel?",
        help_text="Only if you meet in person.",
        choices=[(15, "15 minutes"), (30, "Half an hour"), (45, "45 minutes"), (60, "An hour")],
        coerce=int,
        empty_value=30,  # type: ignore[arg-type]
        required=False,
        initial=30,
    )
    marks_optional = False

    def __init__(self, *args: Any, is_near: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        online = self.programme is None or self.programme.meets_online
        in_person = is_near and (self.programme is None or self.programme.meets_in_person)
        ways = self.fields["way"].choices  # type: ignore[attr-defined]
        if not in_person:
            del self.fields["travel_minutes"]
            self.fields["way"].choices = [ways[0]]  # type: ignore[attr-defined]
            self.fields["way"].initial = Mentee.Way.ONLINE
            if not is_near:
                self.fields["way"].help_text = "We have no mentors near you yet, so you would meet online."
        elif not online:
            self.fields["way"].choices = [ways[1]]  # type: ignore[attr-defined]
            self.fields["way"].initial = Mentee.Way.IN_PERSON

    def said(self) -> list[tuple[str, str]]:
        slots = Slot.in_mask(self.cleaned_data["free_slots"])
        way = Mentee.Way(self.cleaned_data["way"]).label
        return [("Free", listed(slots)), ("How to meet", way)]
