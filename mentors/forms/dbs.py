"""What staff copy from a DBS certificate, with the reasons why the law allows to ask for it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from mentors.forms.staff import Outcome
from mentors.models import Check
from users.fields import BoxedDateField, PlainText
from users.widgets import Detailed

NO_SCAN = "Do not upload the certificate"
LEVELS = {
    Check.Level.BASIC: "Anybody may be asked for one. Enough for mentoring adults only.",
    Check.Level.ENHANCED: "For guiding or teaching people under 18, however seldom. Once a month is enough.",
    Check.Level.ENHANCED_BARRED: "Only for regulated activity: see the three reasons below.",
}
# What makes guiding children without somebody else present a regulated activity.
REGULATED = (
    "Alone with under-18s once a week or more",
    "Alone with under-18s on four days or more within 30 days",
    "With under-18s overnight, between 2am and 6am",
)


class DbsCheck(Outcome):
    level = forms.TypedChoiceField(
        label="Level",
        help_text="The law allows no higher level than the role calls for. Decide by what they will do.",
        choices=[(value, Detailed(Check.Level(value).label, why)) for value, why in LEVELS.items()],
        coerce=int,
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose the level on the certificate"},
    )
    workforce = forms.ChoiceField(
        label="Workforce",
        help_text="“Child” for meeting anybody under 18. One for adults only counts as a basic check.",
        choices=Check.Workforce.choices,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose the workforce on the certificate"},
    )
    barred_list_reason = forms.ChoiceField(
        label="Why the barred list was asked for",
        help_text="Only for “Enhanced with barred list”. If none of these is true, it may not be asked for.",
        choices=[(words, words) for words in REGULATED],
        required=False,
        widget=forms.RadioSelect({"class": "choices"}),
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
    field_order: tuple[str, ...] = (
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
        if barred and data.get("workforce") == Check.Workforce.ADULT:
            self.add_error("level", "A mentor does no regulated work with adults, so ask for no barred list")
        if data.get("level") and not barred:
            data["barred_list_reason"] = ""
        return data

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "reason")}


class CorrectDbs(DbsCheck):
    """The same again, as it should have been copied, and what was wrong."""

    reason = PlainText(
        label="What was wrong?",
        help_text="Like “Two digits of the number were swapped”. Nothing of what the certificate says.",
        max_length=200,
        error_messages={"required": "Say what was wrong"},
    )
    field_order = (*DbsCheck.field_order, "reason")
