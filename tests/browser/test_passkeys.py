"""A passkey, from adding it to signing in with it, in a real browser under our content security policy."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_is_added_and_signs_in(browser: Any, live_server: Any) -> None:
    user = make_user("Amara", password=PASSWORD)
    home = live_server.url.replace("127.0.0.1", "localhost")  # passkeys know a name, not a number
    context = browser.new_context()
    try:
        assert not add_and_use_a_passkey(context, home, user.email)
    finally:
        context.close()


def add_and_use_a_passkey(context: Any, home: str, email: str) -> list[str]:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    keys = context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.set_default_timeout(10_000)
    page.goto(f"{home}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{home}/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.fill("[name=name]", "My phone")
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Add this passkey").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.goto(f"{home}/accounts/2fa/webauthn/")
    assert "My phone" in page.inner_text("main")

    context.clear_cookies()
    page.goto(f"{home}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(f"{home}/account/")
    assert email in page.inner_text("main")
    return faults
