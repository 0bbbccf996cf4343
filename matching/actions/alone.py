"""Two nights never overlap, and one that was killed stops nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from audit.transitions import NotAllowed
from matching.models import Run

KEY = 0x4F4E454D4D  # of the advisory lock; nothing else in this database takes it
BUSY = "Matches are being looked for right now. Please look again in a minute."
# Where the database cannot tell that a run was killed, one that has said nothing for so long was.
DEAD_AFTER = timedelta(minutes=30)


@contextmanager
def alone() -> Iterator[None]:
    """Hold the night for this process. Raises NotAllowed when another holds it.

    PostgreSQL keeps an advisory lock for a connection of its own, and lets go of it when that ends, however
    it ends: what a killed run left behind is tidied up by the next one at once. SQLite has no such lock, so
    there the run's own row stands guard, for half an hour at most.
    """
    running = Run.objects.filter(is_running=True)
    if connection.vendor != "postgresql":
        running.filter(started_at__lt=timezone.now() - DEAD_AFTER).update(is_running=False)
        yield
        return
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            # A machine that vanishes without a word is noticed in a minute.
            cursor.execute(
                "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"
            )
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            if not cursor.fetchone()[0]:
                raise NotAllowed(BUSY)
        running.update(is_running=False)
        yield
    finally:
        own.close()
