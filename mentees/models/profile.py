"""A young person's profile, packed into whole numbers for matching."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from mentees.models.mentee import Mentee
from partners.models import Packed, bit, day, gender
from partners.models.packed import Parcels, fits

PARCELS: Parcels = (
    {"topics": 24, "languages": 31},
    {"sectors": 32, "organisation": 31},
    {"slots": 21, "travel": 17, "experiences": 16, "ways": 2, "required_gender": 2},
    {"easting": 30, "northing": 30},
    {"required_language": 31, "born_on": 27},
)


class Profile(Packed):
    """One young person as whole numbers, written by the same actions that save what they tell us."""

    mentee = models.OneToOneField(Mentee, primary_key=True, on_delete=models.CASCADE, related_name="profile")
    required_language = models.IntegerField(help_text="One bit, or 0.")
    required_gender = models.SmallIntegerField(help_text="1 a woman, 2 a man, 0 anybody.")
    born_on = models.IntegerField(help_text="Like 20090327.")
    organisation = models.BigIntegerField(help_text="Their school, college or group, or 0.")

    PARCELS: ClassVar[Parcels] = PARCELS

    class Meta:
        constraints = [fits(PARCELS, "mentee_profile_fits")]

    def __str__(self) -> str:
        return f"Profile {self.pk}"

    @classmethod
    def numbers(cls) -> dict[str, Any]:
        return {
            **super().numbers(),
            "required_language": Coalesce(
                bit(F("required_language__bit")), Value(0), output_field=models.BigIntegerField()
            ),
            "required_gender": gender("mentor_gender"),
            "born_on": day("born_on"),
            "organisation": Coalesce(F("organisation_id"), Value(0), output_field=models.BigIntegerField()),
        }
