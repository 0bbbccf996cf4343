"""R6: what every answer tells the browser that shows it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.access.walk import ROLES, Visit, Walker

pytestmark = pytest.mark.django_db

# A letter in a frame of the desk: sandboxed, so its own styles harm nobody (R6 leaves the admin's out).
LETTER_IN_A_FRAME = "admin:letter_preview"

POLICY = {
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def faults(visit: Visit) -> list[str]:
    response, found = visit.response, []
    policy = {
        words[0]: words[1:]
        for part in response.get("Content-Security-Policy", "").split(";")
        if (words := part.split())
    }
    framed = visit.name == LETTER_IN_A_FRAME and response.status_code == 200
    if framed:
        if "sandbox" not in policy or policy.get("default-src") != ["'none'"]:
            found.append("a letter must be shut in")
    else:
        found += [f"{kind} {policy.get(kind)}" for kind, only in POLICY.items() if policy.get(kind) != [only]]
    if response.get("X-Content-Type-Options") != "nosniff":
        found.append("no nosniff")
    if response.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        found.append(f"Referrer-Policy {response.get('Referrer-Policy')}")
    if response.get("X-Frame-Options") != ("SAMEORIGIN" if framed else "DENY"):
        found.append(f"X-Frame-Options {response.get('X-Frame-Options')}")
    is_private = visit.role != "anonymous" or "token" in visit.path_args
    if is_private and "no-store" not in response.get("Cache-Control", ""):
        found.append(f"Cache-Control {response.get('Cache-Control')}")
    return found


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"elsewhere"}))
def test_it_says_so_on_every_page(house: SimpleNamespace, role: str) -> None:
    seen = 0
    found = []
    for visit in Walker(house, role).visits(("GET",), takes=lambda v: v.whose in {"", "one", "missing"}):
        seen += 1
        found += [f"{visit}: {fault}" for fault in faults(visit)]
    assert not found, "\n".join(found)
    assert seen > 150


def test_it_would_notice_a_page_without(house: SimpleNamespace) -> None:
    visit = next(v for v in Walker(house, "mentor").visits(methods=("GET",), only="users:account"))
    assert not faults(visit)
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
        kept = visit.response[name]
        del visit.response[name]
        assert faults(visit), name
        visit.response[name] = kept
