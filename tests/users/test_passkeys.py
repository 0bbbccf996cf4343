"""A passkey, from adding it to signing in with it, in a real browser under our content security policy."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.factories import make_user
from tests.users.conftest import PASSWORD

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="There is no Chromium on this machine."),
]


@pytest.fixture
def _database_from_the_browsers_thread(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_database_from_the_browsers_thread")
def test_it_is_added_and_signs_in(live_server):
    user = make_user("Amara", password=PASSWORD)
    home = live_server.url.replace("127.0.0.1", "localhost")
    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = play.chromium.launch(executable_path=CHROMIUM, args=arguments)
        faults = add_and_use_a_passkey(browser.new_context(), home, user.email)
        browser.close()
    assert not faults


def add_and_use_a_passkey(context, home, email):
    page = context.new_page()
    faults = []
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
