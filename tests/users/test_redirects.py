"""Where `next` may lead."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.users.conftest import PASSWORD

PAYLOADS = """
https://evil.example
http://evil.example
//evil.example
///evil.example
////evil.example
/\\evil.example
\\\\evil.example
\\/evil.example
/\\/evil.example
//\\evil.example
https:evil.example
https:/evil.example
http:///evil.example
https:\\\\evil.example
javascript:alert(1)
JaVaScRiPt:alert(1)
data:text/html,<script>alert(1)</script>
vbscript:msgbox(1)
file:///etc/passwd
ftp://evil.example
//evil.example/%2e%2e
//evil%2Eexample
/%09/evil.example
/\t/evil.example
\t//evil.example
 //evil.example
/ /evil.example
//evil.example:80
//user@evil.example
https://testserver@evil.example
https://testserver.evil.example
//testserver@evil.example
https://evil.example/testserver
http://[::1]/
//[::ffff:127.0.0.1]
//127.0.0.1
//2130706433
//evil.example#testserver
//evil.example?testserver
//evil。example
/%5cevil.example
/%2f%2fevil.example
.evil.example
evil.example
@evil.example
:evil.example
http://testserver/away
""".strip("\n").split("\n")


def leads_away(location):
    """As a browser reads it: backslashes are slashes; control characters and spaces in front vanish."""
    seen = "".join(c for c in location if c not in "\t\r\n").replace("\\", "/").lstrip()
    parts = urlsplit(seen)
    return bool(parts.scheme or parts.netloc or seen.startswith("//"))


def test_there_are_enough_of_them():
    assert len(PAYLOADS) >= 40


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "how", ["sign in", "sign in, in the address", "sign out", "signed in", "reauthenticate"]
)
def test_it_never_leads_away(client, amara, payload, how):
    if how == "sign in":
        data = {"login": amara.email, "password": PASSWORD, "next": payload}
        answer = client.post("/accounts/login/", data)
    elif how == "sign in, in the address":
        data = {"login": amara.email, "password": PASSWORD}
        answer = client.post("/accounts/login/", data, query_params={"next": payload})
    else:
        client.force_login(amara)
        if how == "sign out":
            answer = client.post("/accounts/logout/", {"next": payload})
        elif how == "signed in":
            answer = client.get("/accounts/login/", query_params={"next": payload})
        else:
            answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": payload})
    assert answer.status_code == 302
    assert not leads_away(answer["Location"]), answer["Location"]


def test_the_judge_sees_what_leads_away():
    """The negative control: without the guard these would pass for a path."""
    assert leads_away("/\\evil.example")
    assert leads_away("//evil.example")
    assert leads_away("/\t/evil.example")
    assert not leads_away("/mentor/?a=b")


def test_it_leads_to_our_own_pages(client, amara):
    data = {"login": amara.email, "password": PASSWORD, "next": "/account/?a=b"}
    assert client.post("/accounts/login/", data)["Location"] == "/account/?a=b"
