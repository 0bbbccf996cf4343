"""What stands in the way of the demonstration is said in one sentence, without a traceback."""

from __future__ import annotations

import socket
import urllib.request
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError

from onemm import embedded
from onemm.management.commands import demo


def test_it_says_that_the_port_is_taken() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(embedded.CannotStart, match=f"Port {port} is taken"):
            embedded.port_from({"PORT": str(port)})
    assert embedded.port_from({"PORT": str(port)}) == port  # the control: free again


@pytest.mark.parametrize("port", ["eight", "0", "-1", "65536"])
def test_it_asks_for_a_real_port(port: str) -> None:
    with pytest.raises(embedded.CannotStart, match="PORT must be a number"):
        embedded.port_from({"PORT": port})


def test_it_says_that_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(embedded.CannotStart, match="Cannot write in"):
        embedded.check_room(tmp_path / "var")


def test_it_says_that_the_disk_is_full(tmp_path: Path, monkeypatch: Any) -> None:
    embedded.check_room(tmp_path)
    monkeypatch.setattr(embedded, "LEAST_ROOM", 1 << 60)
    with pytest.raises(embedded.CannotStart, match="are free in"):
        embedded.check_room(tmp_path)


def test_it_runs_once_from_one_folder(tmp_path: Path) -> None:
    key = demo._only_one(tmp_path)
    with pytest.raises(embedded.CannotStart, match="already running"):
        demo._only_one(tmp_path)
    key.close()
    demo._only_one(tmp_path).close()


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("database is locked", "in use by another program"),
        ("database or disk is full", "The disk is full"),
        ("attempt to write a readonly database", "Cannot write in"),
    ],
)
def test_it_turns_database_errors_into_sentences(
    settings: Any, monkeypatch: Any, raised: str, said: str
) -> None:
    settings.DEMO = True

    def run(self: Any) -> None:
        raise OperationalError(raised)

    monkeypatch.setattr(demo.Command, "_run", run)
    monkeypatch.setattr(demo.signal, "signal", lambda *_: None)
    monkeypatch.setattr(demo.connections, "close_all", lambda: None)
    with pytest.raises(CommandError, match=said):
        demo.Command().handle()


def test_it_serves_on_this_machine_alone() -> None:
    def hello(environ: Any, start: StartResponse) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
        return [b"hello"]

    import threading

    server = embedded.open_server(0, hello)
    assert server.server_address[0] == "127.0.0.1"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/") as page:
            assert page.read() == b"hello"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
