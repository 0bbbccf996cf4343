"""What staff may type of a session, and a word when it is called off."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from training import workshop_rules as rules
from training.models import Workshop, WorkshopSession
from users.fields import BoxedDateField, ClockField, InLondon, InOurWords, PlainText
from users.widgets import Detailed

FACTS = ("starts_at", "ends_at", "places", "way", "area", "address", "join_url", "good_to_know")


class SessionForm(InLondon):
    """One session. `taken`: how many people have a place already."""

    MOMENTS: ClassVar = {"starts": "starts_at", "ends": "ends_at"}

    workshop = forms.ModelChoiceField(
        Workshop.objects.none(),
        label="Which workshop?",
        empty_label="Choose one",
        error_messages={"required": "Choose a workshop"},
    )
    on = BoxedDateField(label="Which day?", says="The day", example="24 11 2026")
    starts = ClockField(
        label="What time does it start?",
        error_messages={"required": "Enter when it starts, like 6pm or 18:30"},
    )
    ends = ClockField(
        label="What time does it end?",
        error_messages={"required": "Enter when it ends, like 8pm or 20:30"},
    )
    way = forms.ChoiceField(
        label="How is it held?",
        choices=[
            ("online", Detailed("Online", "A video call")),
            ("room", Detailed("In a room", "Face to face")),
        ],
        widget=forms.RadioSelect({"class": "choices choices--row"}),
    )
    join_url = PlainText(
        label="Link to the call",
        help_text="If it is online. Only people with a place see it.",
        max_length=300,
        required=False,
    )
    area = PlainText(
        label="Part of town",
        help_text="If it is in a room. Everybody who may book sees this, like “City centre”.",
        max_length=60,
        required=False,
    )
    address = PlainText(
        label="Room and address",
        help_text="If it is in a room. Only people with a place see it.",
        max_length=200,
        required=False,
    )
    good_to_know = PlainText(
        label="Good to know",
        help_text="Only people with a place see it: which bell to ring, step-free way in.",
        max_length=300,
        required=False,
    )
    places = forms.IntegerField(
        label="How many places?", widget=forms.TextInput({"class": "w-4", "inputmode": "numeric"})
    )

    def __init__(self, *args: Any, user: Any, session: WorkshopSession | None = None, **kwargs: Any) -> None:
        self.taken = 0
        if session is not None:
            start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
            same = {name: getattr(session, name) for name in FACTS[2:]}
            kwargs["initial"] = {"on": start.date(), "starts": start.time(), "ends": end.time(), **same}
            self.taken = session.taken  # type: ignore[attr-defined]
        super().__init__(*args, **kwargs)
        if session is not None:
            del self.fields["workshop"]
        else:
            self.fields["workshop"].queryset = Workshop.objects.run_by(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "starts_at" in data and "ends_at" in data:
            field, wrong_time = rules.why_not_these_times(data["starts_at"], data["ends_at"], timezone.now())
            if field:
                self.add_error(field, wrong_time)
        if data.get("places") is not None and (many := rules.why_not_so_many(data["places"], self.taken)):
            self.add_error("places", many)
        if data.get("way") == "online" and (no_link := rules.why_not_this_link(data.get("join_url", ""))):
            self.add_error("join_url", no_link)
        if data.get("way") == "room" and "address" in data and not data["address"]:
            self.add_error("address", "Enter the room and its address")
        return data

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class CallOffForm(InOurWords, forms.Form):
    why = PlainText(
        label="A word to everybody who booked",
        help_text="They read this in a letter, like “The trainer is ill.”",
        max_length=300,
        required=False,
    )
