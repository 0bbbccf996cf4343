"""What the two of a pair may type."""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Any

from django import forms
from django.utils import timezone

from mentoring import rules
from mentoring.models import Meeting, MeetingLog
from users.fields import BoxedDateField, InOurWords, PlainText, PlainTextarea
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
_CLOCK = re.compile(r"^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$")


class ClockField(forms.CharField):
    """A time of day as people write it: 6pm, 6:30pm, 18:00."""

    wrong = "Enter a time, like 6pm or 18:30"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Like 6pm or 18:30. We use the time in the UK.")
        kwargs.setdefault("widget", forms.TextInput({"class": "w-4"}))
        kwargs.setdefault("error_messages", {"required": self.wrong})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, datetime.time) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().lower()
        if not text:
            return ""
        if text in {"midday", "noon"}:
            return datetime.time(12)
        found = _CLOCK.match(text)
        if not found:
            raise forms.ValidationError(self.wrong)
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
        if half and not 1 <= hour <= 12:
            raise forms.ValidationError(self.wrong)
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour > 23 or minute > 59:
            raise forms.ValidationError(self.wrong)
        return datetime.time(hour, minute)


class WithLondonTime(InOurWords, forms.Form):
    """A form with a day and a clock time that make one moment in London."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on") and data.get("clock"):
            try:
                data["starts_at"] = rules.in_london(data["on"], data["clock"])
            except ValueError as wrong:
                self.add_error("clock", str(wrong))
        return data


class Plan(WithLondonTime):
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


class Log(WithLondonTime):
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


class Write(InOurWords, forms.Form):
    """A message. The key makes two clicks one message."""

    words = PlainTextarea(
        rows=3,
        max_length=2000,
        error_messages={
            "required": "Write something first",
            "max_length": "A message can have 2,000 characters. Yours has %(show_value)s",
        },
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, other_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = f"Write to {other_name}"
        self.initial.setdefault("form_key", uuid.uuid4())

    def clean_form_key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()


class GoalWords(InOurWords, forms.Form):
    """One goal, in their own words."""

    words = PlainText(
        label="What is the goal?",
        help_text="In your own words, like “Feel OK talking in an interview”.",
        max_length=200,
        error_messages={"required": "Write the goal in a few words"},
    )


class StepWords(InOurWords, forms.Form):
    """One step towards a goal."""

    words = PlainText(
        label="What is the next small step?",
        help_text="Something that could be done before you next meet.",
        max_length=200,
        error_messages={"required": "Write the step in a few words"},
    )


class Question(InOurWords, forms.Form):
    """Something to know before saying yes or no."""

    words = PlainTextarea(
        label="What would you like to know?",
        help_text="Our team answers, and you get an e-mail when they have.",
        rows=3,
        max_length=500,
        error_messages={"required": "Write your question"},
    )


class SayNo(InOurWords, forms.Form):
    """Why not, in one tap."""

    why = forms.ChoiceField(
        label="Why not?",
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose a reason"},
    )
    words = PlainText(
        label="Anything else?", help_text="Only our team sees this.", max_length=200, required=False
    )

    MENTOR = [
        ("times", "The times don’t work for me"),
        ("far", "It’s too far to travel"),
        ("busy", "I’m too busy at the moment"),
        ("fit", "I don’t think I’m the right person"),
        ("known", "I may know them already"),
        ("other", "Something else"),
    ]
    MENTEE = [
        ("fit", "Not what I’m looking for"),
        ("times", "The times don’t work for me"),
        ("far", "It’s too far"),
        ("known", "I may know them already"),
        ("changed", "I’ve changed my mind about a mentor"),
        ("other", "I’d rather not say"),
    ]

    def __init__(self, *args: Any, is_mentor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].choices = self.MENTOR if is_mentor else self.MENTEE  # type: ignore[attr-defined]

    def sentence(self) -> str:
        """What they said, for staff."""
        label = dict(self.MENTOR + self.MENTEE)[self.cleaned_data["why"]]
        return f"{label}. {self.cleaned_data['words']}".strip()


# --- Staff's desk ----------------------------------------------------------------------------------


class NotSentOn(InOurWords, forms.Form):
    """What staff tell the author of a message they do not send on."""

    words = PlainText(
        label="A word to whoever wrote it",
        help_text="They see this on their page, like “We leave phone numbers out”.",
        max_length=300,
        error_messages={"required": "Write a word to whoever wrote it"},
    )


class Settle(InOurWords, forms.Form):
    """What staff found out about a meeting."""

    status = forms.ChoiceField(
        label="What happened?",
        choices=[
            ("held", "They met"),
            ("cancelled", "It was called off"),
            ("missed", "Somebody didn’t come"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
    )
    minutes = forms.IntegerField(
        label="How many minutes, if they met?",
        min_value=5,
        max_value=240,
        required=False,
        widget=forms.TextInput({"class": "w-4", "inputmode": "numeric"}),
    )
