"""Walking: every address of the resolver, as each role, at rows of their own, of others, and of nobody."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import table
from tests.access.table import ANYBODY, SIGNED_IN, Page
from tests.signing_in import sign_in

# Who walks, and whose rows are theirs.
ROLES: dict[str, str] = {
    "anonymous": "",
    "stranger": "",
    "mentee": "one",
    "mentor": "one",
    "coordinator": "one",
    "staff": "one",
    "elsewhere": "two",
    "lead": "",
    "admin": "",
    # People half-way, whose pages differ.
    "applicant": "one",
    "suggested": "one",
}
OF_STAFF = {"staff", "elsewhere", "lead", "admin"}


def addresses() -> Iterator[tuple[str, str, Any]]:
    """Every view of the site: its name (or, without one, its route), its route, and the view."""

    def inside(resolver: URLResolver, route: str, space: str) -> Iterator[tuple[str, str, Any]]:
        for pattern in resolver.url_patterns:
            here = route + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from inside(
                    pattern, here, space + (f"{pattern.namespace}:" if pattern.namespace else "")
                )
            elif isinstance(pattern, URLPattern):
                yield space + pattern.name if pattern.name else here, here, pattern.callback

    yield from inside(get_resolver(), "", "")


# What differs between any two answers and says nothing.
TOKENS = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|name="form_key" value="[^"]*"|next=[^"&\s]*')


@dataclass
class Visit:
    """One request and what came of it."""

    role: str
    name: str
    page: Page
    whose: str
    method: str
    path: str
    path_args: dict[str, Any]
    response: Any = None
    wrote: list[str] = field(default_factory=list)

    @property
    def is_welcome(self) -> bool:
        """What the table says."""
        page = self.page
        if self.whose in {"missing", "crossed"} and not page.any_row:
            return False
        half = ROLES[self.role]
        if self.method == "POST" and page.posts is not None and self.role not in page.posts.split():
            return False
        if self.role in page.everywhere.split():
            return True
        is_theirs = page.rows is None or half == self.whose or not half
        if ANYBODY in page.who:
            return True
        if page.who == SIGNED_IN:
            # Half two's rows of these pages are not published.
            return self.role != "anonymous" and self.whose in {"", "one"}
        return is_theirs and self.role in page.who.split()

    @cached_property
    def read(self) -> bytes:
        """What a person reads, without tokens and the address itself."""
        response = self.response
        content = b"".join(response.streaming_content) if response.streaming else response.content
        return TOKENS.sub(b"", content.replace(self.path.encode(), b""))

    @cached_property
    def said(self) -> tuple[int, str, bytes]:
        """All that an answer tells: its status, where it leads, and its words."""
        then = TOKENS.sub(b"", self.response.get("Location", "").encode()).decode()
        return self.response.status_code, then.replace(self.path, ""), self.read

    def __str__(self) -> str:
        whose = f" ({self.whose})" if self.whose else ""
        return f"{self.role} {self.method} {self.name}{whose} {self.path}: {self.response.status_code}"


class Walker:
    """One role's browser. Each request is undone afterwards, so that every one meets the same house."""

    def __init__(self, house: SimpleNamespace, role: str) -> None:
        self.house, self.role = house, role
        self.client = Client()
        half = getattr(house, ROLES[role] or "one")
        self.user = None
        if role != "anonymous":
            found = {"lead": house.lead, "admin": house.admin, "stranger": house.stranger}
            self.user = found.get(role) or half.people["staff" if role == "elsewhere" else role]
            sign_in(self.client, self.user)
            session = self.client.session
            # So recently that allauth asks nobody to prove it again.
            session.setdefault("account_authentication_methods", []).append(
                {"method": "password", "at": time.time()}
            )
            session.save()
        self.cookies = self.client.cookies.output(header="", sep=";")
        self.client.raise_request_exception = False

    def ask(self, method: str, path: str, data: Any = None) -> tuple[Any, list[str]]:
        """One request as this person, and the tables it wrote to; nothing of it stays."""
        cache.clear()
        self.client.cookies = SimpleCookie(self.cookies)
        with undone(), writes() as wrote:
            response = self.client.generic(method, path) if data is None else self.client.post(path, data)
        return response, wrote

    def visits(self, methods: tuple[str, ...] = ("GET", "POST"), only: str = "") -> Iterator[Visit]:
        for name, pages in table.all_pages().items():
            if only and not name.startswith(only):
                continue
            for page in pages:
                for whose, args in self.rows_of(page):
                    if name.startswith("admin") and self.role not in OF_STAFF and whose not in {"", "one"}:
                        continue  # the desk's door is shut before any row is looked for
                    for method in methods:
                        visit = Visit(self.role, name, page, whose, method, path_of(name, args), args)
                        visit.response, visit.wrote = self.ask(method, visit.path)
                        yield visit

    def rows_of(self, page: Page) -> Iterator[tuple[str, dict[str, Any]]]:
        if page.rows is None:
            yield "", {}
            return
        one, two = page.rows(self.house.one), page.rows(self.house.two)
        yield "one", one
        if two != one:
            yield "two", two
        if table.missing(one) != one:
            yield "missing", table.missing(one)
        mine, others = (two, one) if ROLES[self.role] == "two" else (one, two)
        if mixed := table.crossed(mine, others):
            yield "crossed", mixed


def path_of(name: str, args: dict[str, Any]) -> str:
    if "/" not in name:
        return reverse(name, kwargs=args)
    if "(?P<url>" in name:
        return "/admin/no/such/page"
    return "/" + name.replace("<path:object_id>", str(args["object_id"]))


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is always rolled back; views may still ask for a commit of their own."""
    block = transaction.atomic()
    with block:
        connection.atomic_blocks[-1]._from_testcase = True
        try:
            yield
        finally:
            transaction.set_rollback(True)


WRITING = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


@contextmanager
def writes() -> Iterator[list[str]]:
    """Every table that was written to, in order."""
    tables: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITING.match(sql):
            tables.append(found[2])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


# A session is not a row of anybody's life; what is read under seal is noted before the page shows (R20).
SESSION = {"django_session", "usersessions_usersession"}
NOTED = {"safeguarding:concern": {"safeguarding_look"}, "admin:mentors_approve": {"audit_entry"}}


def changed(visit: Visit) -> set[str]:
    """The tables that a request changed, what every request may write left out."""
    return set(visit.wrote) - SESSION - (NOTED.get(visit.name, set()) if visit.is_welcome else set())
