"""Sign up: who, where, and how much experience."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils import timezone

from mentors import rules
from partners.models import Organisation, Programme
from users.fields import BirthDateField, InOurWords, PlainEmail, PlainText
from users.models import User
from users.widgets import Detailed

WHOLE_YEARS = "Enter how many years you have worked, like 6"


class Years(forms.IntegerField):
    """Whole years of work, as people write them: " 6 ", "6 years"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 70)
        kwargs.setdefault("widget", forms.TextInput({"class": "w-4", "inputmode": "numeric"}))
        says = dict.fromkeys(("required", "invalid", "min_value", "max_value"), WHOLE_YEARS)
        super().__init__(error_messages=says, **kwargs)
        self.suffix = "years"

    def to_python(self, value: Any) -> int | None:
        words = unicodedata.normalize("NFKC", str(value or "")).strip().lower()
        for ending in ("years", "year", "yrs"):
            words = words.removesuffix(ending).strip()
        if words and not (words.isascii() and words.isdecimal() and len(words) < 4):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(words)

    def run_validators(self, value: Any) -> None:
        if value is not None and not 0 <= value <= 70:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


def may_be_named(organisation: Organisation) -> forms.TypedChoiceField:
    """Asked of whoever came by an organisation's link, and never assumed."""
    return forms.TypedChoiceField(
        label=f"May {organisation} know that you are one of its mentors?",
        help_text="Only your name. Never whom you meet, or what you talk about. No is completely fine.",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), f"Say whether {organisation} may know"),
    )


class ProgrammeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return Detailed(obj.place, obj.name)


class Experience(InOurWords, forms.Form):
    """The questions that decide whether somebody may mentor."""

    programme = ProgrammeChoice(
        Programme.objects.none(),
        label="Where would you like to mentor?",
        empty_label=None,
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose where you would like to mentor"},
    )
    years = Years(
        label="How many years have you worked?",
        help_text="Add up all your jobs, self-employment and caring for others. Rough is fine.",
    )
    has_degree = forms.TypedChoiceField(
        label="Were these years after a degree?",
        help_text="Years after a degree count for more.",
        choices=[("yes", "Yes, after a degree"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Say whether you worked these years after a degree"},
    )
    is_adult = forms.TypedChoiceField(
        label="Are you 18 or over?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Say whether you are 18 or over"},
    )

    def __init__(self, *args: Any, invited_by: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["programme"]
        field.queryset = Programme.objects.open_to_sign_ups(timezone.localdate())
        if self.data.get("is_adult") == "no":
            self.fields["born_on"] = BirthDateField(
                label="When were you born?",
                required=False,
                help_text="Only to tell you the day from which you could join. We keep nothing of it.",
            )
        if invited_by:
            self.fields["may_be_named"] = may_be_named(invited_by)
        self.order_fields(self.field_order)

    def clean_born_on(self) -> Any:
        born_on = self.cleaned_data.get("born_on")
        if born_on and born_on <= rules.adult_if_born_by(timezone.localdate()):
            raise forms.ValidationError("This date makes you 18 or over. Change it, or your answer above")
        return born_on


class BecomeMentor(Experience):
    """For somebody who has an account."""


class SignUp(Experience):
    """For somebody new."""

    first_name = PlainText(
        label="First name",
        max_length=80,
        help_text="Young people see only your first name.",
        widget=forms.TextInput({"class": "w-20", "autocomplete": "given-name"}),
        error_messages={"required": "Enter your first name"},
    )
    last_name = PlainText(
        label="Last name",
        max_length=80,
        required=False,
        widget=forms.TextInput({"class": "w-20", "autocomplete": "family-name"}),
    )
    email = PlainEmail(
        label="E-mail address",
        help_text="We send a code there to check that it is yours.",
        widget=forms.EmailInput({"class": "w-20", "autocomplete": "email"}),
        error_messages={"required": "Enter your e-mail address"},
    )
    password = forms.CharField(
        label="Password",
        required=False,
        strip=False,
        max_length=128,
        help_text="At least 12 characters. Or leave it empty and we e-mail you a code each time you sign in.",
        widget=forms.PasswordInput({"class": "w-20", "autocomplete": "new-password"}),
    )
    field_order = (
        "first_name",
        "last_name",
        "email",
        "programme",
        "years",
        "has_degree",
        "is_adult",
        "born_on",
        "may_be_named",
        "password",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        password = data.get("password")
        if password:
            # Asked about a person who is not in the database, so the answer is the same for a known address.
            person = User(
                email=data.get("email", ""),
                first_name=data.get("first_name", ""),
                last_name=data.get("last_name", ""),
            )
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
