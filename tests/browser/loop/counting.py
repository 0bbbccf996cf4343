"""How many questions each page puts to the database, noted while the story goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started
from django.db.backends.utils import CursorWrapper

from tests.browser.loop.stage import Findings

MOST = 15


@contextmanager
def queries_of_pages(findings: Findings) -> Iterator[None]:
    """Note each page that costs more than fifteen queries. Works on any database, thread by thread."""
    here = threading.local()
    execute = CursorWrapper.execute

    def counted(self: Any, sql: Any, *arguments: Any, **more: Any) -> Any:
        # SQLite is told to BEGIN by a statement of its own, which asks nothing.
        here.count = getattr(here, "count", 0) + (not str(sql).startswith("BEGIN"))
        return execute(self, sql, *arguments, **more)

    def begin(environ: Any = None, **_: Any) -> None:
        here.count, here.environ = 0, environ or {}

    def end(**_: Any) -> None:
        count, environ = getattr(here, "count", 0), getattr(here, "environ", {})
        findings.most_queries = max(findings.most_queries, count if is_page(environ) else 0)
        if is_page(environ) and count > MOST:
            findings.note(environ["PATH_INFO"], f"{count} queries")

    def is_page(environ: Any) -> bool:
        return bool(environ.get("REQUEST_METHOD") == "GET")

    CursorWrapper.execute = counted
    request_started.connect(begin)
    request_finished.connect(end)
    try:
        yield
    finally:
        CursorWrapper.execute = execute
        request_started.disconnect(begin)
        request_finished.disconnect(end)
