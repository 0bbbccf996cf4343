"""What an organisation may type when it applies, and staff when they set up a programme."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.db import transaction
from phonenumber_field.formfields import PhoneNumberField

from audit.transitions import NotAllowed
from partners.models import Organisation, Outcode, Programme
from partners.signals import capacity_falls
from training.models import Course
from users.fields import InOurWords, PlainEmail, PlainText, PlainTextarea
from users.widgets import Detailed

NO_OUTCODE = "Enter the first half of your postcode, like M14"
PHONE = {"invalid": "Enter a UK phone number, like 0161 496 0000"}


class Apply(InOurWords, forms.Form):
    name = PlainText(
        label="Name of your organisation",
        max_length=120,
        error_messages={"required": "Enter the name of your organisation"},
    )
    kind = forms.ChoiceField(
        label="What are you?",
        choices=Organisation.Kind,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose what you are"},
    )
    contact_name = PlainText(label="Your name", max_length=120)
    contact_email = PlainEmail(label="Your e-mail address at work")
    contact_phone = PhoneNumberField(label="Your phone number", required=False, error_messages=PHONE)
    safeguarding_lead = PlainText(
        label="Your safeguarding lead",
        help_text="Their name. We call them before you refer the first young person.",
        max_length=120,
        error_messages={"required": "Enter the name of your safeguarding lead"},
    )
    safeguarding_phone = PhoneNumberField(label="Their phone number", error_messages=PHONE)
    safeguarding_email = PlainEmail(label="Their e-mail address")
    term_dates = PlainTextarea(
        label="When can young people be met at your place?", max_length=300, required=False, rows=2
    )
    meeting_sites = PlainTextarea(
        label="Rooms you can offer for meetings", max_length=300, required=False, rows=2
    )
    agrees = forms.BooleanField(
        label="I may sign for my organisation. We will refer only young people who want it, "
        "tell you about any worry the same day, and keep what we learn to ourselves",
        error_messages={"required": "Tick the box if your organisation agrees"},
    )


class InterestForm(InOurWords, forms.Form):
    outcode = PlainText(
        label="Where would you like to mentor?",
        help_text="The first half of your postcode, like LS1. We keep no more than that.",
        max_length=12,
        widget=forms.TextInput({"class": "w-4", "autocomplete": "off"}),
        error_messages={"required": NO_OUTCODE},
    )
    email = PlainEmail(
        label="E-mail address",
        help_text="We write once to check that it is yours, and once when we come near you.",
        widget=forms.EmailInput({"class": "w-20", "autocomplete": "email"}),
        error_messages={"required": "Enter your e-mail address"},
    )

    def clean_outcode(self) -> str:
        outcode = Outcode.of(unicodedata.normalize("NFKC", self.cleaned_data["outcode"]))
        if not outcode:
            raise forms.ValidationError(NO_OUTCODE)
        return outcode


class Decline(InOurWords, forms.Form):
    reason = PlainTextarea(
        label="Why? They read this in a letter",
        max_length=500,
        error_messages={"required": "Write why, in a sentence they can read"},
    )


class TakeOff(InOurWords, forms.Form):
    why = forms.ChoiceField(
        label="Take them off the list",
        help_text="Their address is deleted at once. Nobody can bring it back.",
        choices=[
            ("told", Detailed("We have told them", "By letter or by phone, so ours need not go out")),
            ("asked", Detailed("They asked us to", "They want to hear nothing more")),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose why they leave the list"},
    )


class Invite(InOurWords, forms.Form):
    first_name = PlainText(max_length=80)
    last_name = PlainText(max_length=80)
    email = PlainEmail(label="E-mail address at work")


class ProgrammeForm(forms.ModelForm):
    class Meta:
        model = Programme
        exclude: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"course", "optional_courses"} & set(self.fields):
            field: Any = self.fields[name]
            field.queryset = Course.objects.filter(draft_of=None)  # the draft of a next version is no course

    def clean_max_capacity(self) -> int:
        """Fewer than somebody has already are refused; the row is held, so that nobody approves meanwhile."""
        most: int = self.cleaned_data["max_capacity"]
        with transaction.atomic():
            now = Programme.objects.select_for_update(no_key=True).filter(pk=self.instance.pk).first()
            if now is not None and 1 <= most < now.max_capacity:
                try:
                    capacity_falls.send(sender=Programme, programme=now, most=most)
                except NotAllowed as no:
                    raise forms.ValidationError(str(no)) from no
        return most

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}

        def both(one: str, other: str) -> bool:
            return data.get(one) is not None and data.get(other) is not None

        if both("min_age", "max_age"):
            least, most = data["min_age"], data["max_age"]
            if least < 11:
                self.add_error("min_age", "The youngest age must be 11 or over.")
            if most > 30:
                self.add_error("max_age", "The oldest age must be 30 or under.")
            if least > most:
                self.add_error("max_age", "The oldest age must not be below the youngest.")
        if both("starts_on", "ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "The programme must end after it starts.")
        if data.get("max_capacity") is not None and not 1 <= data["max_capacity"] <= 3:
            self.add_error("max_capacity", "A mentor can have 1, 2 or 3 young people.")
        for name in (
            "offer_working_days",
            "permission_days",
            "triage_working_days",
            "months",
            "meeting_minutes",
        ):
            if data.get(name) == 0:
                self.add_error(name, "This must be 1 or more.")
        if both("offer_reminder_day", "offer_working_days") and (
            data["offer_reminder_day"] >= data["offer_working_days"]
        ):
            self.add_error("offer_reminder_day", "The reminder must come before the offer ends.")
        weights = data.get("weights")
        if weights and not (
            isinstance(weights, dict)
            and all(
                isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= 100 for v in weights.values()
            )
        ):
            self.add_error("weights", 'Write names and whole numbers from 0 to 100, like {"topic": 10}.')
        return data
