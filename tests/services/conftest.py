"""What real services need beside them: an empty Redis, and a mail server that keeps what it is given."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.conf import settings

from tests.browser.conftest import browser_type_launch_args  # noqa: F401  the same Chromium


class Mailbox(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        house: Any = self.server
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    text += part
                time.sleep(house.slow)
                house.texts.append(text)
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def mailbox() -> Iterator[Any]:
    server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox)
    server.daemon_threads, server.texts, server.slow = True, [], 0.0
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def broker() -> Iterator[str]:
    """The Redis database that REDIS_URL names: empty, or it is not ours; and emptied again."""
    if not settings.REDIS_URL or settings.ON_SQLITE:
        pytest.skip("Set DATABASE_URL to a PostgreSQL and REDIS_URL to an empty Redis database to run this.")
    client = redis.Redis.from_url(settings.REDIS_URL)
    assert client.dbsize() == 0, "Somebody uses this Redis database. Name an empty one."
    yield settings.REDIS_URL
    client.flushdb()
    client.close()
