"""The verbs of a mentor's journey."""

from mentors.actions.apply import send_application
from mentors.actions.approve import approve, decline, restore, suspend
from mentors.actions.capacity import keep_within
from mentors.actions.checks import correct_dbs, read_disclosure, record_check
from mentors.actions.pause import pause, unpause
from mentors.actions.profile import (
    agree_to_code,
    choose_programmes,
    declare_conflicts,
    disclose,
    name_referees,
    save_section,
    save_work,
)
from mentors.actions.references import (
    OwnReference,
    ask_again,
    decline_reference,
    find_reference,
    give_reference,
    new_link,
    replace_referee,
)
from mentors.actions.remind import (
    end_pauses,
    nudge_unfinished,
    remind_referees,
    tell_of_lapsed_checks,
    tell_of_lapsed_training,
    warn_of_expiring_checks,
)
from mentors.actions.sign_up import Invitation, allow_naming, become_mentor, sign_up, welcome

__all__ = [
    "Invitation",
    "OwnReference",
    "agree_to_code",
    "allow_naming",
    "approve",
    "ask_again",
    "become_mentor",
    "choose_programmes",
    "correct_dbs",
    "declare_conflicts",
    "decline",
    "decline_reference",
    "disclose",
    "end_pauses",
    "find_reference",
    "give_reference",
    "keep_within",
    "name_referees",
    "new_link",
    "nudge_unfinished",
    "pause",
    "read_disclosure",
    "record_check",
    "remind_referees",
    "replace_referee",
    "restore",
    "save_section",
    "save_work",
    "send_application",
    "sign_up",
    "suspend",
    "tell_of_lapsed_checks",
    "tell_of_lapsed_training",
    "unpause",
    "warn_of_expiring_checks",
    "welcome",
]
