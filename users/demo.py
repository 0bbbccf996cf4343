"""Who can be looked at in the demonstration, and how to sign in as them. Used only where settings.DEMO."""

from __future__ import annotations

import base64
import hashlib
import time

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

PASSWORD = "look-around-the-demo"  # noqa: S105  the demonstration's, shown on its sign-in page

# (who, e-mail address, what they see). The demonstration data makes these accounts.
SIGN_INS = [
    ("Mentor", "mentor@demo.example", "A match under way: meetings, messages, goals"),
    ("Mentor with an offer", "offered@demo.example", "A young person to say yes or no to"),
    ("New mentor", "new-mentor@demo.example", "The list of what is left to do before a first match"),
    ("Young person", "young-person@demo.example", "Their mentor, the next meeting, the year so far"),
    ("Young person with a suggestion", "suggested@demo.example", "A mentor to say yes or no to"),
    ("Young person, waiting", "waiting@demo.example", "Where they stand and what happens next"),
    ("Coordinator", "coordinator@demo.example", "Everyone their organisation referred"),
    ("Staff", "staff@demo.example", "The day’s queues and the suggestions to decide on"),
    ("Second member of staff", "staff2@demo.example", "Approves what the first one proposed"),
    ("Safeguarding lead", "safeguarding@demo.example", "Concerns, and who looked at them"),
    ("Administrator", "admin@demo.example", "Settings and accounts, but no concerns"),
]


def totp_secret(email: str) -> str:
    """The secret of a demonstration account's authenticator: the same each time the data is made."""
    return base64.b32encode(hashlib.sha256(f"demo {email}".encode()).digest()[:20]).decode()


def totp_code(email: str) -> str:
    """The six digits that an authenticator app would show now."""
    return format_hotp_value(hotp_value(totp_secret(email), int(time.time()) // mfa_settings.TOTP_PERIOD))
