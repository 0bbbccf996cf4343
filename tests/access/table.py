"""Who may open what: every address of the site stands here, and nowhere else.

`PAGES` names each view with the people who may, and, where the address names rows, which. People who may
not are shown the sign-in page, the 404 of a row that is not there, or (behind the desk's door) a 403.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.access.world import NOWHERE, Half

# One reason each, so that nobody opens a page without giving one.
OPEN = {
    "accessibility": "says how the site can be used",
    "account_complete_password_reset": "a new password, after the code from a letter",
    "account_confirm_login_code": "signing in by a code",
    "account_confirm_password_reset_code": "a new password, by a code from a letter",
    "account_email_verification_sent": "where the code of a new account is typed",
    "account_inactive": "says that an account is closed",
    "account_login": "the sign-in page",
    "account_logout": "signing out twice harms nobody",
    "account_password_reset_completed": "says that the password is new",
    "account_request_login_code": "signing in by a code",
    "account_reset_password": "a forgotten password",
    "account_signup": "sends people on to the doors of mentors and young people",
    "contact": "how to reach us",
    "for_partners": "what organisations may expect",
    "home": "the front page",
    "live": "asked by the machine that starts us",
    "mentees:ask": "a young person asks before they have an account",
    "mentees:ask_check": "the same, checking the answers",
    "mentees:ask_clear": "the same, starting again on a shared computer",
    "mentees:ask_done": "the same, after sending",
    "mentees:ask_question": "the same, a question a page",
    "mentees:ask_saved": "the same, to go on later",
    "mentees:confirm": "a signed link from a letter",
    "mentees:permission": "a guardian's signed link; they have no account",
    "mentors:join": "an employer's invitation link",
    "mentors:reference": "a referee's signed link; they have no account",
    "mentors:reference_new_link": "the same, when it has run out",
    "mentors:reference_sent": "thanks the referee",
    "mentors:sign_up": "a mentor's first page",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in by a passkey",
    "partners:applied": "says what happens next",
    "partners:apply": "an organisation has no account yet",
    "privacy": "says what we keep",
    "programmes:all": "where we work",
    "programmes:confirm_interest": "a signed link from a letter",
    "programmes:interest": "whoever lives elsewhere asks to be told",
    "programmes:interest_noted": "says that a letter is under way",
    "programmes:leave_list": "a signed link from a letter: leave the list",
    "programmes:programme": "what one programme asks of a mentor",
    "ready": "asked by the machine that sends people to us",
    "safeguarding:raise_concern": "nothing stands between a worry and the safeguarding lead",
    "safety": "says how we keep people safe",
    "status": "totals for the machine that keeps watch; a 404 without its token",
    "training:verify": "anybody may check a certificate by its number",
    "training:workshop_place": "a signed link from a letter gives a place back",
    "users:demo_sign_in": "the demonstration's sign-ins; a 404 everywhere else",
}

ANYBODY = "anybody"  # signed in or not
SIGNED_IN = "signed in"
NOBODY = ""
# Staff of any programme: what they find there is asked row by row.
ANY_STAFF = "staff elsewhere lead admin"
MENTORS = "mentor applicant beginner"
WORKSHOP_GUESTS = "mentor applicant"
YOUNG = "mentee asker offered suggested refused"
Rows = Callable[[Half], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """One line: who may, at the address of which rows.

    `who` names roles. With `rows` they may at their own half's rows (`mentor`: the mentor of that half);
    roles in `everywhere` may at both halves'.
    """

    who: str
    rows: Rows | None = None
    everywhere: str = ""
    posts_only: bool = False
    # The page looks nothing up, so it says the same of every row and of none.
    any_row: bool = False
    # Who may also send the form, where fewer may than read the page.
    posts: str | None = None


def pk(name: str, *more: tuple[str, str]) -> Rows:
    """The address names one row of a half, `pk`, and perhaps rows that belong to it."""

    def rows(half: Half) -> dict[str, Any]:
        return {"pk": getattr(half, name).pk, **{arg: getattr(half, row).pk for arg, row in more}}

    return rows


def token(name: str) -> Rows:
    return lambda half: {"token": getattr(half, name)}


def oid(name: str) -> Rows:
    return lambda half: {"object_id": str(getattr(half, name).pk)}


def slugs(**fixed: Any) -> Rows:
    return lambda half: {"course": half.course.slug, **fixed}


def missing(args: dict[str, Any]) -> dict[str, Any]:
    """The same address with a row that is not there."""
    first = {"pk": NOWHERE, "object_id": str(NOWHERE), "token": "no:such:token", "course": "no-such-course"}
    return {**args, **{name: first[name] for name in args if name in first}}


def crossed(args: dict[str, Any], other: dict[str, Any]) -> dict[str, Any] | None:
    """One half's first row with the other half's second: the key in the middle of the address."""
    second = {"meeting", "message", "goal", "step", "reference_pk", "check_pk"} & set(args)
    return {**args, **{name: other[name] for name in second}} if second else None


PAIR = "mentor mentee"
everybody = Page(ANYBODY)
signed_in = Page(SIGNED_IN)

PAGES: dict[str, list[Page]] = {
    # The front.
    **{
        name: [everybody]
        for name in ("home", "safety", "privacy", "accessibility", "contact", "for_partners", "live", "ready")
    },
    "status": [Page(ANY_STAFF)],
    # allauth.
    **{name: [everybody] for name in OPEN if name.startswith(("account_", "mfa_"))},
    **{
        name: [signed_in]
        for name in (
            "account_change_password",
            "account_email",
            "account_reauthenticate",
            "account_set_password",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_deactivate_totp",
            "mfa_download_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_index",
            "mfa_list_webauthn",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_view_recovery_codes",
            "usersessions_list",
        )
    },
    "mfa_edit_webauthn": [Page("mentor", pk("passkey"))],
    "mfa_remove_webauthn": [Page("mentor", pk("passkey"))],
    "users:account": [signed_in],
    "users:kept_answers": [signed_in],
    "users:demo_sign_in": [Page(NOBODY, posts_only=True)],
    # Training: courses are for everybody with an account, drafts for who may write them.
    "training:home": [signed_in],
    "training:verify": [everybody, Page(ANYBODY, lambda half: {"number": half.certificate.number})],
    "training:course": [Page(SIGNED_IN, slugs(), everywhere="admin")],
    "training:certificate": [Page("mentor", slugs())],
    "training:certificate_pdf": [Page("mentor", slugs())],
    "training:young_people": [signed_in],
    "training:notes": [Page(SIGNED_IN, slugs(), everywhere="admin")],
    "training:picture": [Page(SIGNED_IN, slugs(name="first-hour.png"), everywhere="admin")],
    "training:module": [Page(SIGNED_IN, slugs(module="begin"), everywhere="admin")],
    "training:quiz": [Page(SIGNED_IN, slugs(module="begin"), everywhere="admin")],
    "training:question": [Page(SIGNED_IN, slugs(module="begin", number=1), everywhere="admin")],
    "training:result": [Page(SIGNED_IN, slugs(module="begin"), everywhere="admin")],
    "training:lesson": [Page(SIGNED_IN, slugs(module="begin", lesson="first"), everywhere="admin")],
    # Workshops: for the mentors of programmes that ask for them; a booking for whoever made it.
    "training:workshops": [signed_in],
    "training:workshop_session": [Page(WORKSHOP_GUESTS, pk("session"))],
    "training:book_workshop": [Page(WORKSHOP_GUESTS, pk("session"), posts_only=True)],
    "training:give_back_workshop": [Page("mentor", pk("session"), posts_only=True)],
    "training:workshop_calendar": [Page("mentor", pk("session"))],
    "training:workshop_place": [Page(ANYBODY, token("place_token"))],
    # Mentors: their own profile; referees by their link.
    "mentors:sign_up": [everybody],
    **{
        f"mentors:{name}": [Page(MENTORS)]
        for name in (
            "about",
            "check_answers",
            "checks",
            "code",
            "conflicts",
            "disclosure",
            "help",
            "motivation",
            "pause",
            "preview",
            "profile",
            "programmes",
            "referees",
            "references",
            "sent",
            "when",
            "work",
        )
    },
    "mentors:replace_referee": [Page("applicant", pk("asked_reference"))],
    "mentors:ask_again": [Page("applicant", pk("asked_reference"), posts_only=True)],
    "mentors:reference_sent": [everybody],
    "mentors:reference": [Page(ANYBODY, token("reference_token"))],
    "mentors:join": [Page(ANYBODY, token("invitation"))],
    "mentors:reference_new_link": [Page(ANYBODY, token("reference_token"), posts_only=True)],
    # Home, and the pages of a pair.
    "mentoring:home": [signed_in],
    "mentoring:first_hour": [signed_in],
    "mentoring:relationship": [Page(PAIR, pk("match")), Page(NOBODY, pk("offered"))],
    "mentoring:offer": [
        Page("mentor", pk("offered")),
        Page("mentor suggested", pk("suggested")),
        Page(PAIR, pk("match")),
        Page(NOBODY, pk("refused")),
    ],
    "mentoring:decline_offer": [Page("mentor", pk("offered")), Page("suggested", pk("suggested"))],
    "mentoring:ask_about_offer": [Page("mentor", pk("offered")), Page("suggested", pk("suggested"))],
    "mentoring:pause_after_no": [Page("mentor", pk("refused")), Page(NOBODY, pk("offered"))],
    "mentoring:plan_meeting": [Page(PAIR, pk("match")), Page(NOBODY, pk("offered"))],
    "mentoring:log_meeting": [Page(PAIR, pk("match")), Page(NOBODY, pk("suggested"))],
    "mentoring:move_meeting": [Page(PAIR, pk("match", ("meeting", "meeting")))],
    "mentoring:cancel_meeting": [Page(PAIR, pk("match", ("meeting", "meeting")))],
    "mentoring:calendar": [Page(PAIR, pk("match", ("meeting", "meeting")))],
    "mentoring:send_message": [Page(PAIR, pk("match"), posts_only=True)],
    "mentoring:edit_message": [
        Page("mentor", pk("match", ("message", "held_by_mentor"))),
        Page("mentee", pk("match", ("message", "held_by_mentee"))),
    ],
    "mentoring:take_back": [
        Page("mentor", pk("match", ("message", "held_by_mentor")), posts_only=True),
        Page("mentee", pk("match", ("message", "held_by_mentee")), posts_only=True),
    ],
    "mentoring:add_goal": [Page(PAIR, pk("match"))],
    "mentoring:add_step": [Page(PAIR, pk("match", ("goal", "goal")))],
    "mentoring:finish_goal": [Page(PAIR, pk("match", ("goal", "goal")), posts_only=True)],
    "mentoring:finish_step": [Page(PAIR, pk("match", ("step", "step")), posts_only=True)],
    # Concerns: anybody tells, the lead and the deputy read.
    "safeguarding:raise_concern": [everybody],
    "safeguarding:concerns": [Page("lead")],
    "safeguarding:concern": [Page(NOBODY, pk("concern"), everywhere="lead")],
    "safeguarding:acknowledge": [Page(NOBODY, pk("concern"), everywhere="lead", posts_only=True)],
    "safeguarding:close": [Page(NOBODY, pk("concern"), everywhere="lead", posts_only=True)],
    "safeguarding:reopen": [Page(NOBODY, pk("concern"), everywhere="lead", posts_only=True)],
    # Young people.
    **{f"mentees:{name}": [everybody] for name in ("ask", "ask_check", "ask_done", "ask_saved")},
    "mentees:ask_clear": [Page(ANYBODY, posts_only=True)],
    "mentees:ask_question": [Page(ANYBODY, lambda half: {"slug": "goals"})],
    "mentees:confirm": [Page(ANYBODY, token("confirm_token"))],
    "mentees:permission": [Page(ANYBODY, token("permission_token"))],
    **{f"mentees:{name}": [Page(YOUNG)] for name in ("answers", "answer_question", "guardian")},
    "mentees:waiting": [Page(YOUNG)],
    "mentees:withdraw": [Page(YOUNG)],
    "mentees:change_answer": [Page(YOUNG, lambda half: {"slug": "goals"}, everywhere=YOUNG)],
    # Partners.
    "mentees:partner_home": [Page("coordinator")],
    "mentees:search": [Page("coordinator", posts_only=True)],
    "mentees:refer": [Page("coordinator")],
    "mentees:referral": [Page("coordinator", pk("referral")), Page("coordinator", pk("second_referral"))],
    "mentees:record_paper": [Page("coordinator", pk("referral"), posts_only=True)],
    "mentees:answer_more": [Page("coordinator", pk("referral"), posts_only=True)],
    "mentees:remind": [Page("coordinator", pk("second_referral"), posts_only=True)],
    **{f"programmes:{name}": [everybody] for name in ("all", "interest", "interest_noted")},
    "programmes:programme": [Page(ANYBODY, lambda half: {"slug": half.programme.slug})],
    "programmes:confirm_interest": [Page(ANYBODY, token("interest_token"))],
    "programmes:leave_list": [Page(ANYBODY, token("leave_token"))],
    "partners:apply": [everybody],
    "partners:applied": [everybody],
}

# --- The desk ----------------------------------------------------------------------------------------

STAFF = "staff elsewhere"  # of the programme that a row belongs to
DESK: dict[str, list[Page]] = {
    "admin:index": [Page(ANY_STAFF)],
    "admin:login": [Page(ANY_STAFF)],
    "admin:logout": [Page(SIGNED_IN, posts_only=True)],
    "admin:password_change": [Page(ANY_STAFF)],
    "admin:password_change_done": [Page(ANY_STAFF)],
    "admin:jsi18n": [Page(ANY_STAFF)],
    "admin:autocomplete": [Page(NOBODY)],
    "admin:view_on_site": [Page(NOBODY, lambda half: {"content_type_id": str(NOWHERE), "object_id": "1"})],
    "admin:app_list": [Page(ANY_STAFF, lambda half: {"app_label": "mentors"}, everywhere=ANY_STAFF)],
    "admin/(?P<url>.*)$": [Page(NOBODY)],
    "admin:letter_preview": [Page(STAFF, pk("letter"), everywhere="admin")],
    "admin:letter_retry": [Page(STAFF, pk("letter"), everywhere="admin")],
    "admin:letter_arrived": [Page(STAFF, pk("letter"), everywhere="admin")],
    **{
        f"admin:partners_{name}": [Page(STAFF, pk("applied"), everywhere=ANY_STAFF)]
        for name in ("verify", "decline", "part", "invite", "link", "close_link")
    },
    "admin:mentors_record_check": [
        Page(STAFF, lambda half: {"pk": half.applicant.pk, "kind": "dbs"}, everywhere="admin")
    ],
    "admin:mentors_correct_dbs": [Page(STAFF, pk("mentor", ("check_pk", "dbs")), everywhere="admin")],
    "admin:mentors_approve": [Page(STAFF, pk("applicant"), everywhere="admin")],
    "admin:mentors_decline": [Page(STAFF, pk("applicant"), everywhere="admin")],
    "admin:mentors_suspend": [Page(STAFF, pk("mentor"), everywhere="admin")],
    "admin:mentors_return": [Page(STAFF, pk("mentor"), everywhere="admin")],
    "admin:mentors_ask_again": [
        Page(STAFF, pk("applicant", ("reference_pk", "asked_reference")), everywhere="admin")
    ],
    "admin:mentors_replace_referee": [
        Page(STAFF, pk("applicant", ("reference_pk", "asked_reference")), everywhere="admin")
    ],
    "admin:mentees_decide": [Page(STAFF, pk("asked_request"), everywhere="admin")],
    "admin:mentees_talked": [Page(STAFF, pk("asked_request"), everywhere="admin")],
    "admin:mentees_paper": [Page(STAFF, pk("asked_request"), everywhere="admin")],
    "admin:training_import": [Page("admin")],
    "admin:training_versions": [Page(NOBODY, pk("course"), everywhere="admin")],
    "admin:training_export": [Page(NOBODY, pk("course"), everywhere="admin")],
    "admin:matching_review": [Page(STAFF, pk("to_review"), everywhere="admin")],
    "admin:matching_others": [Page(STAFF, pk("to_review"), everywhere="admin")],
    "admin:matching_answer_question": [Page(STAFF, pk("question"), everywhere="admin")],
    "admin:matching_run_now": [Page(ANY_STAFF)],
    "admin:matching_shortlist_changelist": [Page(ANY_STAFF)],
    "admin:mentoring_quiet": [Page(ANY_STAFF)],
    "admin:training_edit_session": [Page(STAFF, pk("session"), everywhere="admin")],
    "admin:training_call_off_session": [Page(STAFF, pk("session"), everywhere="admin")],
    "admin:mentoring_meeting_page": [Page(STAFF, pk("two_stories"))],
    "admin:mentoring_meetinglog_page": [Page(STAFF, pk("word_to_staff"))],
    "admin:mentoring_message_page": [Page(STAFF, pk("held_by_mentor"))],
}


@dataclass(frozen=True)
class Desk:
    """Who may open the list of one model, and find, add, change or delete its rows.

    `row` is the one that a half owns; `sees` find their own half's, `everywhere` find every row.
    """

    row: str
    lists: str = "admin"
    sees: str = NOBODY
    everywhere: str = "admin"
    adds: str = NOBODY
    changes: str | None = None  # None: whoever finds it
    deletes: str = NOBODY
    history: str | None = None
    has_history: bool = True


READ_ONLY = {"changes": NOBODY}
OF_PROGRAMME: dict[str, Any] = {"lists": ANY_STAFF, "sees": STAFF}
# What people wrote is for the managers of their programme: an administrator finds nothing here.
OF_MANAGERS: dict[str, Any] = OF_PROGRAMME | {"everywhere": NOBODY}
WORD: dict[str, Any] = {"adds": "admin"}

MODELS: dict[str, Desk] = {
    "audit_entry": Desk("entry", **READ_ONLY),
    "auth_group": Desk("group", adds="admin", deletes="admin"),
    "matching_match": Desk("match", **OF_PROGRAMME),
    "matching_offerquestion": Desk("question", **OF_PROGRAMME, history=NOBODY),
    "matching_proposal": Desk("proposal", **OF_PROGRAMME, **READ_ONLY),
    "matching_run": Desk("run", lists=ANY_STAFF, everywhere=ANY_STAFF, **READ_ONLY),
    "mentees_request": Desk("request", **OF_PROGRAMME, has_history=False),
    "mentoring_meeting": Desk("two_stories", **OF_MANAGERS),
    "mentoring_meetinglog": Desk("word_to_staff", **OF_MANAGERS),
    "mentoring_message": Desk("held_by_mentor", **OF_MANAGERS),
    "mentors_mentor": Desk("mentor", **OF_PROGRAMME, has_history=False),
    "notifications_letter": Desk("letter", **OF_PROGRAMME),
    "partners_coordinator": Desk(
        "coordinator", lists=ANY_STAFF, everywhere=ANY_STAFF, deletes="admin", **READ_ONLY
    ),
    "partners_experience": Desk("experience", **WORD),
    "partners_helptopic": Desk("topic", **WORD),
    "partners_interest": Desk("interest", **OF_PROGRAMME, has_history=False),
    "partners_language": Desk("language", **WORD),
    "partners_network": Desk("network", adds="admin"),
    "partners_organisation": Desk("organisation", lists=ANY_STAFF, everywhere=ANY_STAFF, adds=ANY_STAFF),
    "partners_programme": Desk("programme", **OF_PROGRAMME, adds="admin"),
    "partners_programmemanager": Desk("manager", adds="admin", deletes="admin"),
    "partners_sector": Desk("sector", **WORD),
    "safeguarding_safeguardinglead": Desk("lead", adds="admin", deletes="admin"),
    "training_certificate": Desk("certificate", **READ_ONLY),
    "training_course": Desk("course", adds="admin"),
    "training_enrolment": Desk("enrolment", **READ_ONLY),
    "training_lesson": Desk("lesson", adds="admin", deletes="admin"),
    "training_module": Desk("module", adds="admin", deletes="admin"),
    "training_picture": Desk("picture", adds="admin", deletes="admin"),
    "training_question": Desk("asked", adds="admin", deletes="admin"),
    "training_quiztry": Desk("try", **READ_ONLY),
    "training_workshop": Desk("workshop", adds="admin"),
    "training_workshopsession": Desk("session", **OF_PROGRAMME, adds=ANY_STAFF, has_history=False),
    "users_user": Desk("account"),
}


def _desk_pages() -> dict[str, list[Page]]:
    pages: dict[str, list[Page]] = {}
    for model, desk in MODELS.items():
        app, name = model.split("_", 1)
        rows = oid(desk.row)
        history = desk.everywhere if desk.history is None else desk.history
        pages |= {
            f"admin:{model}_changelist": [Page(desk.lists)],
            f"admin:{model}_add": [Page(desk.adds)],
            f"admin:{model}_change": [Page(desk.sees, rows, everywhere=desk.everywhere, posts=desk.changes)],
            f"admin:{model}_delete": [Page(NOBODY, rows, everywhere=desk.deletes)],
            f"admin:{model}_history": [
                Page(desk.sees, rows, everywhere=history) if desk.has_history else Page(NOBODY, rows)
            ],
            # Django's own way from the number alone to the page above; it looks nothing up.
            f"admin/{app}/{name}/<path:object_id>/": [
                Page(desk.sees, rows, everywhere=desk.everywhere)
                if f"admin:{model}_page" in DESK
                else Page(ANY_STAFF, rows, everywhere=ANY_STAFF, any_row=True)
            ],
        }
    return pages


def all_pages() -> dict[str, list[Page]]:
    return PAGES | DESK | _desk_pages()
