"""The verbs of partners: join us, bring their people, and who waits for a programme near them."""

from partners.actions.interest import (
    confirm_interest,
    find_interest,
    forget_interest,
    leave_list,
    note_interest,
    place_interest,
    take_off_list,
    tell_interested,
)
from partners.actions.invitations import close_invitation, renew_invitation
from partners.actions.organisations import KNOWN, apply, decline, invite_coordinator, part, verify
from partners.actions.programmes import lower_capacity

__all__ = [
    "KNOWN",
    "apply",
    "close_invitation",
    "confirm_interest",
    "decline",
    "find_interest",
    "forget_interest",
    "invite_coordinator",
    "leave_list",
    "lower_capacity",
    "note_interest",
    "part",
    "place_interest",
    "renew_invitation",
    "take_off_list",
    "tell_interested",
    "verify",
]
