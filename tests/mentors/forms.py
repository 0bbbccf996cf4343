"""Every form that a mentor, a referee, an employer's guest or staff meet from sign-up to ready: the page, who
is there, and answers that are good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentors import actions
from mentors.models import Mentor
from partners import actions as partners
from partners.models import HelpTopic, Language, Sector
from tests import factories
from tests.mentors.conftest import DBS, check_all, link, name_two
from tests.signing_in import sign_in


class Page(NamedTuple):
    """A form where somebody stands before it."""

    client: Any
    path: str
    good: dict[str, Any]


REFEREE = {
    "name": "Nia Rhys",
    "email": "nia@people.example",
    "knows_as": "club secretary",
    "years_known": "4",
}
REFERENCE = {
    "knows_well": "I was her manager for six years.",
    "words": "Reliable and kind.",
    "is_suitable": "True",
    "has_worries": "False",
    "is_true": "on",
}


def day(name: str, days_ago: int) -> dict[str, str]:
    on = timezone.localdate() - timedelta(days=days_ago)
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def dbs_form() -> dict[str, Any]:
    return {**DBS, "level": str(DBS["level"]), **day("issued_on", 30), "seen": "on", "is_clear": "True"}


class House:
    """A programme and its people; each `…_page` is made when it is asked for."""

    def __init__(self) -> None:
        self.at = timezone.now()
        self.programme = factories.make_programme()

    # --- Before there is an account -------------------------------------------------------------

    def sign_up(self) -> Page:
        good = {
            "first_name": "Amara",
            "last_name": "Okafor",
            "email": "amara@people.example",
            "programme": str(self.programme.pk),
            "years": "6",
            "has_degree": "no",
            "is_adult": "yes",
            "password": "three random words",
        }
        return Page(Client(), reverse("mentors:sign_up"), good)

    def too_young(self) -> Page:
        page = self.sign_up()
        return page._replace(
            good=page.good | {"is_adult": "no", "born_on_0": "", "born_on_1": "", "born_on_2": ""}
        )

    def join(self) -> Page:
        """By an employer's link."""
        employer = factories.make_organisation("Bridge Works", kind="employer")
        employer = partners.renew_invitation(employer, by=self._staff(), at=self.at)
        path = reverse("mentors:join", args=[employer.invitation])
        return Page(Client(), path, self.sign_up().good | {"may_be_named": "no"})

    # --- The mentor -----------------------------------------------------------------------------

    def _new(self) -> Any:
        """Signed up, and nothing else."""
        factories.make_outcode()
        self.mentor = Mentor.objects.create(
            user=factories.make_user("Amara", last_name="Okafor"), signed_up_at=self.at, years_of_work=6
        )
        self.mentor.programmes.add(self.programme)
        return sign_in(Client(), self.mentor.user)

    def _section(self, key: str, good: dict[str, Any]) -> Page:
        return Page(self._new(), reverse(f"mentors:{key}"), good)

    def about(self) -> Page:
        born = {"born_on_0": "14", "born_on_1": "5", "born_on_2": "1988"}
        return self._section("about", born | {"pronouns": "she/her", "gender": "woman", "outcode": "m14"})

    def work(self) -> Page:
        sector = str(factories.make_word(Sector, "Health and care").pk)
        good = {"job_title": "Engineer", "employer": "Bridge Works", "sectors": [sector]}
        return self._section("work", good | {"years_of_work": "9", "has_degree": "False"})

    def help(self) -> Page:
        topic, language = factories.make_word(HelpTopic, "Interviews"), factories.make_word(Language, "Urdu")
        good = {"topics": [str(topic.pk)], "languages": [str(language.pk)], "interests": "Running"}
        return self._section("help", good)

    def when(self) -> Page:
        good = {"free_slots": ["2", "5"], "way": "online", "ages": ["4", "8"], "capacity": "1"}
        return self._section("when", good)

    def conflicts(self) -> Page:
        return self._section("conflicts", {"relatives": "Kayden"})

    def motivation(self) -> Page:
        return self._section("motivation", {"motivation": "I’d like to be the person I needed then."})

    def referees(self) -> Page:
        joan = {
            "name": "Joan Pike",
            "email": "joan@people.example",
            "knows_as": "manager",
            "years_known": "6",
        }
        good = {f"referee{n}-{k}": v for n, one in enumerate((joan, REFEREE)) for k, v in one.items()}
        return self._section("referees", good)

    def disclosure(self) -> Page:
        return self._section("disclosure", {"has_something": "True", "words": "A caution in 2011."})

    def code(self) -> Page:
        return self._section("code", {"agree": "on"})

    def programmes(self) -> Page:
        other = factories.make_programme("Cardiff 2026", place="Cardiff")
        return self._section("programmes", {"programmes": [str(other.pk)]})

    def pause(self) -> Page:
        return self._section("pause", {"months": "3"})

    def _applicant(self, *, sent: bool = True) -> Any:
        self.mentor = factories.make_mentor("Amara", programme=self.programme)
        name_two(self.mentor)
        if sent:
            actions.send_application(self.mentor, by=self.mentor.user, at=self.at)
            self.mentor.refresh_from_db()
        return self.mentor

    def send(self) -> Page:
        self._applicant(sent=False)
        return Page(sign_in(Client(), self.mentor.user), reverse("mentors:check_answers"), {"agree": "on"})

    def replace_referee(self) -> Page:
        reference = self._applicant().references.first()
        path = reverse("mentors:replace_referee", args=[reference.pk])
        return Page(sign_in(Client(), self.mentor.user), path, REFEREE)

    # --- The referee ----------------------------------------------------------------------------

    def reference(self) -> Page:
        self.asked = self._applicant().references.first()
        return Page(Client(), reverse("mentors:reference", args=[link(self.asked)]), REFERENCE)

    # --- Staff at the desk ----------------------------------------------------------------------

    def _staff(self, name: str = "Dele") -> Any:
        return factories.make_staff(name, programmes=[self.programme])

    def _desk(self, name: str, good: dict[str, Any], *more: Any) -> Page:
        path = reverse(f"admin:{name}", args=[self.mentor.pk, *more])
        self.staff = self._staff()
        return Page(sign_in(Client(), self.staff), path, good)

    def identity(self) -> Page:
        self._applicant()
        return self._desk("mentors_record_check", {"seen": "on", "is_clear": "True"}, "identity")

    def heard(self) -> Page:
        check_all(self._applicant(), by=self._staff("Mina"), at=self.at)
        return self._desk("mentors_record_check", {"heard": "on", "is_clear": "True"}, "references")

    def dbs(self) -> Page:
        self._applicant()
        return self._desk("mentors_record_check", dbs_form(), "dbs")

    def correct_dbs(self) -> Page:
        issued = self.at.date() - timedelta(days=30)
        check = actions.record_check(
            self._applicant(), "dbs", by=self._staff("Mina"), at=self.at, issued_on=issued, **DBS
        )
        good = dbs_form() | {"certificate_number": "009876543210", "reason": "Two digits were swapped"}
        return self._desk("mentors_correct_dbs", good, check.pk)

    def staff_replaces(self) -> Page:
        reference = self._applicant().references.first()
        return self._desk("mentors_replace_referee", REFEREE, reference.pk)

    def approve(self) -> Page:
        check_all(self._applicant(), by=self._staff("Mina"), at=self.at)
        return self._desk("mentors_approve", {"sure": "on"})

    def decline(self) -> Page:
        self._applicant()
        return self._desk("mentors_decline", {"reason": "fit", "words": "Another way suits you better."})

    def _ready(self) -> None:
        self.mentor = factories.make_ready_mentor(programme=self.programme, at=self.at)

    def suspend(self) -> Page:
        self._ready()
        return self._desk("mentors_suspend", {"reason": "conduct"})

    def return_(self) -> Page:
        self._ready()
        actions.suspend(self.mentor, by=self._staff("Mina"), reason="conduct", at=self.at)
        return self._desk("mentors_return", {"reason": "cleared"})

    def invite(self) -> Page:
        """The lead of an employer, who then sees how its mentors get on."""
        self.mentor = SimpleNamespace(pk=factories.make_organisation("Bridge Works", kind="employer").pk)
        good = {"first_name": "Dee", "last_name": "Rao", "email": "dee@works.example"}
        return self._desk("partners_invite", good)


FORMS: dict[str, Callable[[House], Page]] = {
    name: make for name, make in vars(House).items() if not name.startswith("_")
}
