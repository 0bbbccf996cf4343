"""Planning a meeting, calling it off, and saying how it went."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from mentoring.models import Meeting, MeetingLog
from users.fields import BoxedDateField, ClockField, InLondon, InOurWords, PlainText, PlainTextarea
from users.widgets import Detailed

LENGTHS = [
    ("30", "30 min"),
    ("45", "45 min"),
    ("60", "1 hour"),
    ("90", "1½ hours"),
    ("120", "2 hours"),
    ("180", "3 hours"),
    ("240", "4 hours"),
]
CHIPS = {"class": "choices chips"}


class Plan(InLondon):
    """A meeting to be."""

    on = BoxedDateField(label="Which day?", says="The day", example="24 11 2026")
    clock = ClockField(label="What time does it start?")
    minutes = forms.TypedChoiceField(
        label="How long for?", choices=LENGTHS[:5], coerce=int, widget=forms.RadioSelect(CHIPS)
    )
    way = forms.ChoiceField(
        label="How will you meet?", widget=forms.RadioSelect({"class": "choices choices--row"})
    )
    place = PlainText(
        label="Where, if you meet in person?",
        help_text="Somewhere public, like a library, a café or your college. Never a home.",
        max_length=200,
        required=False,
    )
    topic = PlainText(
        label="What would you like to talk about?",
        help_text="You both see this. It can change.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, programme: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = []
        if programme.meets_online:
            ways.append(("online", Detailed("Online", "A video call")))
        if programme.meets_in_person:
            ways.append(("in_person", Detailed("In person", "Somewhere public")))
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        if not self.is_bound and len(ways) == 1:
            self.initial.setdefault("way", ways[0][0])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("way") == Meeting.Way.IN_PERSON and not data.get("place"):
            self.add_error("place", "Say where you’ll meet: somewhere public, like a library or a café")
        return data


class CallOff(InOurWords, forms.Form):
    """A word with a cancellation."""

    why = PlainText(
        label="A word to them",
        help_text="They see this. “Something came up” is fine.",
        max_length=300,
        required=False,
    )


class Log(InLondon):
    """How a meeting went."""

    on = BoxedDateField(label="When did you meet?", says="The day", example="24 11 2026")
    clock = ClockField(label="What time did it start?")
    outcome = forms.ChoiceField(
        label="Did you meet?",
        choices=MeetingLog.Outcome.choices,
        initial="held",
        widget=forms.RadioSelect({"class": "choices"}),
    )
    minutes = forms.TypedChoiceField(
        label="How long for?",
        choices=LENGTHS,
        coerce=int,
        widget=forms.RadioSelect(CHIPS),
        error_messages={"required": "Say how long you met"},
    )
    shared_words = PlainTextarea(label="What did you do?", rows=3, max_length=2000, required=False)
    next_step = PlainText(
        label="What is the next step?", help_text="You both see this.", max_length=300, required=False
    )
    mood = forms.TypedChoiceField(
        label="How did it feel?",
        help_text="Only our team sees this.",
        choices=[(5, "Great"), (4, "Good"), (3, "OK"), (2, "Not great"), (1, "Bad")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(CHIPS),
    )
    staff_words = PlainTextarea(
        label="Anything our team should know?",
        help_text="Only staff see this.",
        rows=2,
        max_length=2000,
        required=False,
    )
    tell_staff = forms.BooleanField(
        label="Ask our team to get in touch with me",
        required=False,
        widget=forms.CheckboxInput(),
    )

    def __init__(self, *args: Any, other_name: str, is_mentor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared_words"].help_text = f"{other_name} will see this."
        you, they = "I didn’t come", f"{other_name} didn’t come"
        words = {
            "held": "Yes, we met",
            "cancelled": "No, we called it off",
            "mentor_missed": you if is_mentor else they,
            "mentee_missed": they if is_mentor else you,
        }
        self.fields["outcome"].choices = list(words.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("starts_at") and data["starts_at"] > timezone.now():
            self.add_error("on", "This time is still to come. Log a meeting when you have met")
        return data
