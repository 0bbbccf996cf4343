"""A mentor's profile, packed into whole numbers for matching."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from mentors.models.mentor import Mentor
from partners.models import Packed, gender
from partners.models.packed import Parcels, fits

PARCELS: Parcels = (
    {"topics": 24, "languages": 31},
    {"sectors": 32, "employer": 31},
    {"slots": 21, "travel": 17, "experiences": 16, "accepted_ages": 4, "ways": 2, "gender": 2},
    {"easting": 30, "northing": 30, "capacity": 2},
)


class Profile(Packed):
    """One mentor as whole numbers, written by the same actions that save what they tell us."""

    mentor = models.OneToOneField(Mentor, primary_key=True, on_delete=models.CASCADE, related_name="profile")
    gender = models.SmallIntegerField(help_text="1 a woman, 2 a man, 3 another word, 0 not said.")
    accepted_ages = models.SmallIntegerField()
    capacity = models.SmallIntegerField()
    employer = models.BigIntegerField(help_text="An organisation we know, or 0.")

    PARCELS: ClassVar[Parcels] = PARCELS

    class Meta:
        constraints = [fits(PARCELS, "mentor_profile_fits")]

    def __str__(self) -> str:
        return f"Profile {self.pk}"

    @classmethod
    def numbers(cls) -> dict[str, Any]:
        return {
            **super().numbers(),
            "gender": gender("gender"),
            "accepted_ages": F("accepted_ages"),
            "capacity": F("capacity"),
            "employer": Coalesce(F("employed_by_id"), Value(0), output_field=models.BigIntegerField()),
        }
