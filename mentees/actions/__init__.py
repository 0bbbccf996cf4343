"""The verbs of a young person's way to us: asking, permission, referral, our answer, waiting."""

from mentees.actions.asking import (
    ask,
    begin_again,
    change_answers,
    confirm,
    finish,
    forget_drafts,
    keep,
    resend_confirmation,
    withdraw,
)
from mentees.actions.permission import (
    answer_permission,
    change_guardian,
    expire_permissions,
    record_paper,
    remind_guardians,
    resend_permission,
    withdraw_permission,
)
from mentees.actions.referring import MaybeTwice, refer
from mentees.actions.triage import accept, answer_more, ask_for_more, decline, fulfil, talked_to_them
from mentees.actions.waiting import tell_waiting
from mentees.rules import Answers, Guardian

__all__ = [
    "Answers",
    "Guardian",
    "MaybeTwice",
    "accept",
    "answer_more",
    "answer_permission",
    "ask",
    "ask_for_more",
    "begin_again",
    "change_answers",
    "change_guardian",
    "confirm",
    "decline",
    "expire_permissions",
    "finish",
    "forget_drafts",
    "fulfil",
    "keep",
    "record_paper",
    "refer",
    "remind_guardians",
    "resend_confirmation",
    "resend_permission",
    "talked_to_them",
    "tell_waiting",
    "withdraw",
    "withdraw_permission",
]
