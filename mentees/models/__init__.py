"""Young people: who asks for a mentor, who referred them, and who gave permission."""

from mentees.models.draft import Draft
from mentees.models.mentee import Mentee
from mentees.models.permission import Permission
from mentees.models.profile import Profile
from mentees.models.referral import Referral
from mentees.models.request import Request

__all__ = ["Draft", "Mentee", "Permission", "Profile", "Referral", "Request"]
