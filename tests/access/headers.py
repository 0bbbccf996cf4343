"""R6: what every answer tells the browser that shows it."""

from __future__ import annotations

from tests.access.walk import Visit

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
