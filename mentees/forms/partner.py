"""What a coordinator may type: a short referral, and what was seen on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from mentees import rules
from mentees.models import Request
from mentees.rules import Guardian
from partners.models import Coordinator, HelpTopic, Outcode, Programme
from users.fields import (
    BirthDateField,
    BoxedDateField,
    InOurWords,
    PlainEmail,
    PlainText,
    PlainTextarea,
    Several,
)
from users.widgets import Detailed

OWN_ADDRESS = "Use a parent or carer’s e-mail, not the young person’s"


class Refer(InOurWords, forms.Form):
    LINK, PAPER, NONE = "link", "paper", "none"
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    first_name = PlainText(max_length=80, error_messages={"required": "Enter their first name"})
    last_name = PlainText(max_length=80, error_messages={"required": "Enter their last name"})
    born_on = BirthDateField()
    email = PlainEmail(
        label="Their own e-mail address",
        help_text="We write to them, and they confirm.",
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )
    place = PlainText(
        label="Where they live",
        help_text="The first half of their postcode, like M14. Or their town or borough.",
        max_length=60,
        widget=forms.TextInput({"class": "w-10"}),
        error_messages={"required": "Enter the first half of their postcode, like M14"},
    )
    topics = Several(
        HelpTopic.objects.filter(is_offered=True),
        label="What would they like help with?",
        help_text="Up to three, if you know. They can change it.",
        widget=forms.CheckboxSelectMultiple({"class": "choices chips"}),
        required=False,
    )
    note = PlainTextarea(
        label="Why would a mentor help?",
        help_text="Our team reads this, and nobody else. Leave out anything about their health or family.",
        max_length=1000,
        required=False,
        rows=3,
    )
    permission = forms.ChoiceField(
        label="If they are under 18: how do we get an adult’s permission?",
        choices=[
            (LINK, Detailed("Send a link to a parent or carer", "After the young person has confirmed.")),
            (PAPER, Detailed("I have seen permission on paper", "Keep it: we may ask to see it.")),
            (NONE, Detailed("They are 18 or over, or will tell you themselves")),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose how we get permission"},
    )
    guardian_name = PlainText(label="First name of the parent or carer", max_length=80, required=False)
    guardian_email = PlainEmail(
        label="E-mail address of the parent or carer",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )
    paper_seen_on = BoxedDateField(
        label="When did you see it?", says="The day you saw it", example="3 5 2026", required=False
    )
    is_somebody_else = forms.BooleanField(
        label="This is somebody else with the same name and birth date", required=False
    )

    def __init__(
        self, *args: Any, coordinator: Coordinator, may_be_twice: bool = False, **kwargs: Any
    ) -> None:
        self.coordinator = coordinator
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["form_key"].initial = uuid.uuid4()
        if not may_be_twice:
            self.fields["is_somebody_else"].widget = forms.HiddenInput()

    def clean_topics(self) -> Any:
        if len(self.cleaned_data["topics"]) > 3:
            raise forms.ValidationError("Pick three at most")
        return self.cleaned_data["topics"]

    def clean_place(self) -> str:
        outcode = Outcode.find(self.cleaned_data["place"])
        if not outcode:
            raise forms.ValidationError(
                "We do not know that place. Enter the first half of their postcode, like M14"
            )
        return outcode

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        team = self.coordinator.organisation.coordinators.values_list("user__email", flat=True)
        if any(rules.is_same_mailbox(email, one) for one in team):
            raise forms.ValidationError("Use the young person’s own e-mail, not one of your team’s")
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        on = timezone.localdate()
        if data.get("place"):
            data["programme"] = self._programme(data["place"])
            if data["programme"] is None:
                self.add_error("place", "We have no programme near there, and none that meets online now")
        programme, born_on = data.get("programme"), data.get("born_on")
        if programme is None or born_on is None:
            return data
        age = rules.age(born_on, on)
        if not programme.min_age <= age <= programme.max_age:
            self.add_error("born_on", f"This programme is for ages {programme.ages}")
        elif rules.needs_permission(age, programme.permission_under):
            self._check_permission(data)
        return data

    def _programme(self, outcode: str) -> Programme | None:
        on = timezone.localdate()
        own = Programme.objects.filter(organisations=self.coordinator.organisation)
        near, is_near = own.for_place(outcode, on)
        if near is None or not is_near:
            elsewhere, is_nearer = Programme.objects.all().for_place(outcode, on)
            near = elsewhere if is_nearer or near is None else near
        return near

    def _check_permission(self, data: dict[str, Any]) -> None:
        way = data.get("permission")
        if way in {self.LINK, self.PAPER} and not data.get("guardian_name"):
            self.add_error("guardian_name", "Enter their first name")
        if way == self.LINK and not data.get("guardian_email") and "guardian_email" not in self.errors:
            self.add_error("guardian_email", "Enter their e-mail address, like name@example.org")
        if (
            data.get("guardian_email")
            and data.get("email")
            and rules.is_same_mailbox(data["guardian_email"], data["email"])
        ):
            self.add_error("guardian_email", OWN_ADDRESS)
        if way == self.PAPER and "paper_seen_on" not in self.errors:
            _seen(self, data.get("paper_seen_on"))

    @property
    def guardian(self) -> Guardian | None:
        data = self.cleaned_data
        if data["permission"] == self.NONE or not data["guardian_name"]:
            return None
        return Guardian(data["guardian_name"], data["guardian_email"], "parent or carer")

    @property
    def seen_on(self) -> Any:
        return self.cleaned_data["paper_seen_on"] if self.cleaned_data["permission"] == self.PAPER else None


def _seen(form: forms.Form, day: Any) -> None:
    if not day:
        form.add_error("paper_seen_on", "The day you saw it must be a real date, like 3 5 2026")
    elif day > timezone.localdate():
        form.add_error("paper_seen_on", "The day you saw it must be in the past")


class Paper(InOurWords, forms.Form):
    guardian_name = PlainText(
        label="Who signed it? First name",
        max_length=80,
        error_messages={"required": "Enter their first name"},
    )
    guardian_is = PlainText(
        label="Who they are", help_text="For example: mother", max_length=60, required=False
    )
    paper_seen_on = BoxedDateField(
        label="When did you see it?", says="The day you saw it", example="3 5 2026"
    )

    def clean_paper_seen_on(self) -> Any:
        day = self.cleaned_data["paper_seen_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day you saw it must be in the past")
        return day

    @property
    def guardian(self) -> Guardian:
        return Guardian(self.cleaned_data["guardian_name"], "", self.cleaned_data["guardian_is"])


class Reply(InOurWords, forms.Form):
    words = PlainTextarea(
        label="Your answer",
        max_length=1000,
        rows=4,
        error_messages={"required": "Write a sentence or two"},
    )


class Search(InOurWords, forms.Form):
    marks_optional = False
    q = PlainText(label="Name or reference", max_length=80, required=False)


class Filter(InOurWords, forms.Form):
    marks_optional = False
    stage = forms.ChoiceField(choices=[("", "All"), *Request.Stage.choices], required=False)
    by = forms.ModelChoiceField(
        Coordinator.objects.none(), label="Referred by", empty_label="Anyone", required=False
    )
    before = forms.IntegerField(min_value=1, required=False)

    def __init__(self, *args: Any, coordinator: Coordinator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["by"]
        field.queryset = coordinator.organisation.coordinators.select_related("user").order_by(
            "user__first_name"
        )
        field.label_from_instance = lambda one: one.user.first_name
