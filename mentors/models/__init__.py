"""Mentors: who they are, what has been checked, and what is still missing."""

from mentors.models.check import Check
from mentors.models.disclosure import Disclosure
from mentors.models.mentor import Mentor
from mentors.models.profile import Profile
from mentors.models.reference import Reference

__all__ = ["Check", "Disclosure", "Mentor", "Profile", "Reference"]
