"""What staff record about a mentor."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from mentors.models import Check
from users.fields import BoxedDateField, InOurWords, PlainText, PlainTextarea

NO_SCAN = "Do not upload the certificate"


class _Outcome(InOurWords, forms.Form):
    is_clear = forms.TypedChoiceField(
        label="Does anything stand in the way?",
        choices=[("True", "No, nothing"), ("False", "Yes, it needs a decision")],
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Say whether anything stands in the way"},
    )


class IdentityCheck(_Outcome):
    seen = forms.BooleanField(
        label="I have seen an original identity document with a photograph; name and birth date agree",
        error_messages={"required": "Tick the box if you have seen the document yourself"},
    )
    field_order = ("seen", "is_clear")


class ReferencesHeard(_Outcome):
    heard = forms.BooleanField(
        label="I have spoken to both referees by phone and they confirmed who they are and what they wrote",
        error_messages={"required": "Tick the box if you have spoken to both referees"},
    )
    field_order = ("heard", "is_clear")


class DbsCheck(_Outcome):
    level = forms.TypedChoiceField(
        label="Level",
        choices=Check.Level.choices,
        coerce=int,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose the level on the certificate"},
    )
    workforce = forms.ChoiceField(
        label="Workforce",
        choices=Check.Workforce.choices,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose the workforce on the certificate"},
    )
    barred_list_reason = PlainText(
        label="Why the barred list was asked for",
        help_text="Only for “Enhanced with barred list”: the law asks for a reason.",
        required=False,
        max_length=200,
    )
    certificate_number = PlainText(
        label="Certificate number",
        help_text=f"The 12 digits at the top. {NO_SCAN}: we keep the number, never a copy.",
        max_length=20,
        widget=forms.TextInput({"class": "w-10", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Enter the 12 digits of the certificate number"},
    )
    issued_on = BoxedDateField(label="Issue date", says="Issue date", example="3 5 2026")
    has_update_service_consent = forms.BooleanField(
        label="The mentor has agreed that we check with the Update Service", required=False
    )
    seen = forms.BooleanField(
        label="I have seen the original certificate",
        error_messages={"required": "Tick the box if you have seen the original yourself"},
    )
    field_order = (
        "level",
        "workforce",
        "barred_list_reason",
        "certificate_number",
        "issued_on",
        "has_update_service_consent",
        "seen",
        "is_clear",
    )

    def clean_certificate_number(self) -> str:
        number = re.sub(r"[\s-]", "", self.cleaned_data["certificate_number"])
        if not (number.isascii() and number.isdecimal() and len(number) == 12):
            raise forms.ValidationError("Enter the 12 digits of the certificate number")
        return number

    def clean_issued_on(self) -> Any:
        issued_on = self.cleaned_data["issued_on"]
        if issued_on > timezone.localdate():
            raise forms.ValidationError("The issue date is in the future. Copy it from the certificate")
        return issued_on

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.files:
            self.add_error(None, NO_SCAN)
        barred = data.get("level") == Check.Level.ENHANCED_BARRED
        if barred and not data.get("barred_list_reason") and "barred_list_reason" not in self.errors:
            self.add_error("barred_list_reason", "Say why the barred list was asked for")
        if data.get("level") and not barred:
            data["barred_list_reason"] = ""
        return data

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class Approve(InOurWords, forms.Form):
    sure = forms.BooleanField(
        label="I have read replies, checks and disclosure, and would let this person meet a child",
        error_messages={"required": "Tick the box if you have read everything"},
    )


class Decline(InOurWords, forms.Form):
    reason = forms.ChoiceField(
        label="Reason, for our books",
        choices=[
            ("references", "References"),
            ("checks", "Identity or DBS"),
            ("disclosure", "What they told us"),
            ("fit", "Not right for mentoring"),
            ("no_answer", "They stopped answering"),
            ("own_wish", "Their own wish"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose a reason"},
    )
    words = PlainTextarea(
        label="What we say to them",
        help_text="This goes into the letter, word for word. Nothing about anybody else.",
        max_length=1500,
        rows=5,
        error_messages={"required": "Write a few kind and true sentences for the letter"},
    )


class Suspend(InOurWords, forms.Form):
    reason = forms.ChoiceField(
        label="Reason, for our books",
        help_text="No letter goes out. Speak to them first.",
        choices=[
            ("conduct", "How they behaved"),
            ("checks", "A check has to be looked at again"),
            ("told_us", "Something they told us"),
            ("own_wish", "Their own wish"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose a reason"},
    )


class Return(InOurWords, forms.Form):
    reason = forms.ChoiceField(
        label="Why they may return",
        choices=[
            ("cleared", "Looked into, and nothing stands in the way"),
            ("agreed", "We have agreed what changes"),
            ("own_wish", "They stepped back by their own wish"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose why they may return"},
    )
