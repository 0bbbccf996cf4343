"""What a mentor, a referee and staff may type."""

from mentors.forms.profile import (
    About,
    Code,
    Conflicts,
    Disclose,
    Help,
    Motivation,
    Pause,
    Programmes,
    RefereeForm,
    Send,
    TwoReferees,
    When,
    Work,
)
from mentors.forms.reference import Answer
from mentors.forms.sign_up import BecomeMentor, SignUp
from mentors.forms.staff import Approve, DbsCheck, Decline, IdentityCheck, ReferencesHeard, Return, Suspend

__all__ = [
    "About",
    "Answer",
    "Approve",
    "BecomeMentor",
    "Code",
    "Conflicts",
    "DbsCheck",
    "Decline",
    "Disclose",
    "Help",
    "IdentityCheck",
    "Motivation",
    "Pause",
    "Programmes",
    "RefereeForm",
    "ReferencesHeard",
    "Return",
    "Send",
    "SignUp",
    "Suspend",
    "TwoReferees",
    "When",
    "Work",
]
