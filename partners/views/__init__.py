"""Public pages of programmes and partners."""

from partners.views.interest import confirm_interest, interest, interest_noted, leave_list
from partners.views.organisations import applied, apply
from partners.views.programmes import programme, programmes

__all__ = [
    "applied",
    "apply",
    "confirm_interest",
    "interest",
    "interest_noted",
    "leave_list",
    "programme",
    "programmes",
]
