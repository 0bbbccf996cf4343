"""What a mentor, a referee and staff may type."""

from mentors.forms.about import About
from mentors.forms.code import Code
from mentors.forms.conflicts import Conflicts
from mentors.forms.dbs import CorrectDbs, DbsCheck
from mentors.forms.disclosure import Disclose
from mentors.forms.help import Help
from mentors.forms.motivation import Motivation
from mentors.forms.pause import Pause
from mentors.forms.programmes import Programmes
from mentors.forms.referees import RefereeForm, TwoReferees
from mentors.forms.reference import Answer
from mentors.forms.send import Send
from mentors.forms.sign_up import BecomeMentor, SignUp
from mentors.forms.staff import Approve, Decline, IdentityCheck, ReferencesHeard, Return, Suspend
from mentors.forms.when import When
from mentors.forms.work import Work

__all__ = [
    "About",
    "Answer",
    "Approve",
    "BecomeMentor",
    "Code",
    "Conflicts",
    "CorrectDbs",
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
