"""A real SMTP conversation on localhost: what the server does decides what the letter becomes."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from notifications import actions
from tests.notifications.conftest import NOW


class Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        house: Any = self.server
        self.say("220 here")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.say("354 go on")
                text = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    text += part
                house.texts.append(text)
                if house.mood == "drop":
                    return
                self.say("554 no" if house.mood == "refuse" else "250 taken")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            elif word == b"RCPT" and house.mood == "later":
                self.say("451 later")
            else:
                self.say("250 fine")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def house(settings: Any) -> Iterator[Any]:
    server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
    server.daemon_threads = True
    server.texts, server.mood = [], "kind"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
    settings.EMAIL_TIMEOUT = 3
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("mood", "becomes"),
    [("kind", "sent"), ("refuse", "dead"), ("later", "queued"), ("drop", "unsure")],
)
def test_it_tells_four_ends_apart(write: Any, house: Any, mood: str, becomes: str) -> None:
    house.mood = mood
    letter = write()
    actions.send_due(at=NOW)
    letter.refresh_from_db()
    assert letter.status == becomes


def test_it_puts_the_fixed_id_and_both_forms_on_the_wire(write: Any, house: Any) -> None:
    letter = write()
    actions.send_due(at=NOW)
    text = house.texts[0].decode()
    assert f"Message-ID: {letter.message_id}" in text
    assert "text/plain" in text
    assert "text/html" in text
