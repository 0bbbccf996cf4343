"""R2: a canary in every personal field; each may show only where the list below lets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from types import SimpleNamespace

from tests.access.walk import OF_STAFF, ROLES, Visit

PAIR = "mentor mentee"
MANAGERS = "manager admin"
# (which canary, who, on which pages). "self": whose it is. "manager": staff of its programme. Roles of the
# same half by their name; administrators and the lead for both halves; "anyone": with the right link.
MAY_SHOW = [
    # One's own, on one's own pages.
    ("*", "self", "mentors:*"),
    ("*", "self", "mentees:*"),
    ("* guardian name", "self", "mentoring:home"),
    ("* surname", "self", "mfa_add_webauthn"),
    ("mentor surname", "self", "training:certificate"),
    ("mentor surname", "self", "training:certificate_pdf"),
    ("mentor training note", "self", "training:notes"),
    ("mentor training note", "self", "training:lesson"),
    ("* email", "self", "users:account"),
    ("* email", "self", "account_*"),
    ("* email", "self", "mfa_*"),
    ("* message", "self", "mentoring:*"),
    ("* job", "self", "mentoring:home"),
    ("asked referee *", "applicant", "mentors:*"),
    ("passkey name", "mentor", "mfa_*"),
    ("question about the offer", "mentor", "mentoring:*"),
    # Behind links that only their reader has: a certificate's number, a referee's and a guardian's letter.
    ("mentor surname", "anyone", "training:verify"),
    ("applicant surname", "anyone", "mentors:reference"),
    ("asked referee name", "anyone", "mentors:reference"),
    ("asker guardian name", "anyone", "mentees:permission"),
    # Within a pair that has begun.
    *(
        (canary, PAIR, "mentoring:*")
        for canary in ("goal", "step", "meeting *", "mentor message", "mentee message", "* log shared")
    ),
    ("mentee goals", "mentor", "mentoring:*"),
    ("mentee needs", "mentor", "mentoring:*"),
    ("mentor job", "mentee suggested", "mentoring:*"),
    ("mentor motivation", "mentee suggested", "mentoring:*"),
    # The partner that referred somebody.
    ("mentee surname", "coordinator", "mentees:referral"),
    ("mentee surname", "coordinator", "mentees:partner_home"),
    ("referral note", "coordinator", "mentees:referral"),
    # The desk: people for the managers of their programme, and for administrators.
    ("* surname", MANAGERS, "admin:m*"),
    ("* surname", "admin", "admin:training_*"),
    ("mentor surname", MANAGERS, "admin:training_workshopsession_*"),
    # Where a workshop is held, for who has a place, and for staff who run it.
    ("session *", "mentor", "training:workshop_session"),
    ("session *", "mentor", "training:workshop_calendar"),
    ("session *", MANAGERS, "admin:training_*"),
    ("* surname", "admin", "admin:users_user_*"),
    ("* email", "admin", "admin:users_user_*"),
    *(
        (f"{who} {what}", MANAGERS, "admin:mentors_*")
        for who in ("mentor", "applicant", "free")
        for what in (
            "birth date",
            "check number",
            "email",
            "employer",
            "job",
            "motivation",
            "outcode",
            "pronouns",
            "referee *",
            "relatives",
        )
    ),
    ("asked referee *", MANAGERS, "admin:mentors_*"),
    ("applicant disclosure", MANAGERS, "admin:mentors_approve"),  # and nowhere else
    *(
        (f"{who} {what}", MANAGERS, "admin:mentees_*")
        for who in ("mentee", "asker")
        for what in (
            "birth date",
            "email",
            "goals",
            "guardian *",
            "heard of us",
            "needs",
            "outcode",
            "school",
        )
    ),
    ("referral note", MANAGERS, "admin:mentees_*"),
    ("waiting goals", MANAGERS, "admin:matching_review"),
    ("waiting needs", MANAGERS, "admin:matching_review"),
    ("free job", MANAGERS, "admin:matching_review"),
    ("free relatives", MANAGERS, "admin:matching_review"),  # else nobody could keep a family apart
    ("proposal note", MANAGERS, "admin:matching_*"),
    ("question about the offer", MANAGERS, "admin:matching_*"),
    # What two people write each other: held messages and words to our team only, for managers only.
    ("* held message", "manager", "admin:mentoring_message_*"),
    ("* held message", "manager", "admin/mentoring/message/*"),
    ("* log for staff", "manager", "admin:mentoring_meetinglog_*"),
    ("* log for staff", "manager", "admin/mentoring/meetinglog/*"),
    ("* log *", "manager", "admin:mentoring_meeting_*"),
    ("* log *", "manager", "admin/mentoring/meeting/*"),
    ("interest email", MANAGERS, "admin:partners_interest_*"),
    # Partners' contacts are no secret among staff.
    ("partner *", "staff elsewhere lead admin", "admin:partners_*"),
    # Concerns, and all that hangs on them, for the lead alone.
    ("concern *", "lead", "safeguarding:concern"),
    ("* message", "lead", "safeguarding:concern"),
    ("m* surname", "lead", "safeguarding:concern"),
    ("mentee email", "lead", "safeguarding:concern"),  # who told us, to answer them
]
WORD = re.compile(r"qz[a-z]+zq", re.IGNORECASE)


class Scanner:
    """Finds canaries in a text, whichever half they sing for."""

    def __init__(self, house: SimpleNamespace) -> None:
        self.words: dict[str, tuple[str, str]] = {}
        self.others: dict[str, tuple[str, str]] = {}
        for half in (house.one, house.two):
            for what, forms in half.canaries.items():
                for form in forms:
                    into = self.words if WORD.fullmatch(form) else self.others
                    into[form.lower()] = what, half.name
        forms = "|".join(re.escape(form) for form in self.others)
        self.rest = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)

    def heard(self, text: str) -> set[tuple[str, str]]:
        found = {self.words[w.lower()] for w in WORD.findall(text) if w.lower() in self.words}
        return found | {self.others[form.lower()] for form in self.rest.findall(text)}

    def leaks(self, visit: Visit) -> Iterator[str]:
        """What this answer should not have said. Refused ones are held against what a missing row says."""
        if visit.is_welcome:
            told = (
                visit.read.decode(errors="replace")
                + visit.response.get("Location", "")
                + str(visit.response.headers)
            )
            for what, half in sorted(self.heard(told)):
                if not may_show(visit, what, half):
                    yield f"{what} of half {half}"


def may_show(visit: Visit, what: str, half: str) -> bool:
    is_own = ROLES[visit.role] == half
    who = {"anyone"}
    if is_own or visit.role in OF_STAFF:
        if is_own or visit.role in {"lead", "admin"} or what.startswith("partner "):
            who.add(visit.role)
        if is_own and visit.role in {"staff", "elsewhere"}:
            who.add("manager")
    if is_own and what.split()[0] == visit.role:
        who.add("self")
    return any(
        who & set(roles.split()) and fnmatch(what, canary) and fnmatch(visit.name, page)
        for canary, roles, page in MAY_SHOW
    )
