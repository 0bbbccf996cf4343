"""Every address, as every role, at rows of their own, of others, and of nobody.

One walk asks three things of each answer: whether it should have been given (R1, here), what it tells the
browser (R6, `headers.py`), and whom it names (R2, `canaries.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from matching.models import Match, OfferQuestion, Proposal
from mentees.models import Request
from mentors.models import Mentor
from notifications.models import Letter
from safeguarding.models import Concern
from tests.access import headers, table
from tests.access.canaries import Scanner
from tests.access.walk import OF_STAFF, ROLES, Visit, Walker, addresses, changed
from training.models import Course

pytestmark = pytest.mark.django_db

# allauth's own pages say in many ways what is not possible now (no code is under way, no second factor
# is set up). Of those we ask only that they show nobody anything, change nothing and never break.
ALLAUTH = ("account_", "mfa_", "usersessions_")
FORMS_AND_NEXT = {200, 301, 302, 410, 422}


def fault(visit: Visit) -> str:
    """What is wrong with this answer, or nothing."""
    response, page = visit.response, visit.page
    status, then = response.status_code, response.get("Location", "")
    is_desk = visit.name.startswith("admin")
    is_sent_to_sign_in = status == 302 and then.startswith(("/accounts/login/", "/admin/login/"))
    if status >= 500:
        return "it broke"
    if visit.method == "GET" and (tables := changed(visit)):
        return f"a GET changed {sorted(tables)}"
    if not visit.is_welcome and (tables := changed(visit)):
        return f"a refused request changed {sorted(tables)}"
    if status == 405:
        return "" if page.posts_only or visit.method == "POST" else "this method should be allowed"
    if visit.name.startswith(ALLAUTH):
        return "" if visit.is_welcome or is_sent_to_sign_in or status in {302, 404} else "it let them in"
    if visit.is_welcome:
        return "" if status in FORMS_AND_NEXT and not is_sent_to_sign_in else "it kept them out"
    if visit.role == "anonymous" and visit.name not in table.OPEN:
        return "" if is_sent_to_sign_in else "strangers go to the sign-in page"
    if is_desk and visit.role not in OF_STAFF:
        return "" if is_sent_to_sign_in or status == 403 else "the desk is for staff"
    if is_desk:
        # Django's own pages: a 403 for a whole model, back to the desk for a row that is not there.
        return "" if status in {403, 404} or (status == 302 and then == "/admin/") else "it let them in"
    return "" if status == 404 else "a row that is not theirs is not there"


def faults_of(
    walker: Walker, only: str = "", also: Callable[[Visit], Iterable[str]] = lambda visit: ()
) -> tuple[list[str], int]:
    """All faults that this role meets, and how many requests were made. `also` finds more in a visit."""
    found: list[str] = []
    missing: dict[tuple[int, str], Any] = {}
    refused: list[Visit] = []
    count = 0
    for visit in walker.visits(only=only):
        count += 1
        if wrong := fault(visit):
            found.append(f"{visit}: {wrong}")
        found += [f"{visit}: {wrong}" for wrong in also(visit)]
        if visit.whose == "missing":
            missing[id(visit.page), visit.method] = visit.said
        elif visit.page.rows and not visit.is_welcome:
            refused.append(visit)
    for visit in refused:
        nobodys = missing.get((id(visit.page), visit.method))
        if nobodys is not None and nobodys != visit.said:
            found.append(f"{visit}: not what a missing row says")
    return found, count


@pytest.mark.parametrize("role", ROLES)
def test_it_gives_each_role_what_is_theirs(
    house: SimpleNamespace, caplog: pytest.LogCaptureFixture, role: str
) -> None:
    scanner, seen = Scanner(house), 0

    def told(visit: Visit) -> Iterable[str]:
        nonlocal seen
        if visit.method == "GET":
            seen += 1
            yield from headers.faults(visit)
            yield from scanner.leaks(visit)

    with caplog.at_level(logging.INFO):
        found, count = faults_of(Walker(house, role), also=told)
    assert not found, "\n".join(found)
    assert not scanner.heard("\n".join(f"{line.msg} {line.getMessage()}" for line in caplog.records))
    assert count > 300  # the walk really went round the house
    assert seen > 150


def test_it_lists_every_address() -> None:
    """An address that nobody wrote into the table fails the build, and so does one that is gone."""
    assert {name for name, _, _ in addresses()} == set(table.all_pages())


def test_it_would_notice_an_unlisted_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(table.PAGES, "mentees:partner_home")
    assert {name for name, _, _ in addresses()} != set(table.all_pages())


@pytest.mark.parametrize(
    ("model", "role", "address"),
    [
        (Concern, "admin", "safeguarding:concern"),
        (Course, "stranger", "training:course"),
        (Letter, "staff", "admin:notifications_letter"),
        (Match, "staff", "admin:matching_match"),
        (Mentor, "staff", "admin:mentors_"),
        (OfferQuestion, "staff", "admin:matching_answer_question"),
        (Proposal, "elsewhere", "admin:matching_proposal"),
        (Request, "staff", "admin:mentees_"),
    ],
)
def test_it_notices_a_check_that_is_gone(
    house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, model: Any, role: str, address: str
) -> None:
    """The control: with one `visible_to` that shows everything, the walk above must fail."""
    walker = Walker(house, role)
    assert not faults_of(walker, address)[0]
    for rows in (model.objects, model.objects.all()):
        monkeypatch.setattr(type(rows), "visible_to", lambda rows, user: rows.all())
    found, _ = faults_of(walker, address)
    assert any("let them in" in line or "not theirs" in line or "missing row" in line for line in found)
