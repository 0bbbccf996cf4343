"""The front pages: open to anyone, light, and true."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import resolve

from onemm import counts
from tests import factories

PAGES = ["/", "/safety/", "/privacy/", "/accessibility/", "/contact/", "/for-partners/"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PAGES)
def test_it_is_open_to_anyone(client: Any, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_it_links_only_to_pages_that_exist(client: Any, path: str) -> None:
    html = client.get(path).content.decode()
    links = {link.split("#")[0] for link in re.findall(r'href="(/[^"]*)"', html)}
    for link in links - {""}:
        if link.startswith(settings.STATIC_URL):
            assert finders.find(link.removeprefix(settings.STATIC_URL)), link
        else:
            resolve(link)
    for anchor in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{anchor}"' in html


def test_it_leads_each_door_to_its_own_room(client: Any) -> None:
    html = client.get("/").content.decode()
    doors = re.findall(r'<h3><a href="([^"]+)">', html)
    assert [resolve(d).view_name for d in doors] == ["mentees:ask", "mentors:sign_up", "for_partners"]


@pytest.mark.parametrize("path", PAGES)
def test_it_weighs_little(client: Any, path: str) -> None:
    html = client.get(path).content
    static = re.findall(rb'(?:href|src)="/static/((?:css|js)/[^"]+)"', html)
    weight = len(gzip.compress(html)) + sum(len(gzip.compress(read(name))) for name in set(static))
    assert weight <= 60_000
    fonts = set(re.findall(rb'href="/static/(fonts/[^"]+)"', html))
    assert len(fonts) == 2
    assert sum(len(read(font)) for font in fonts) <= 115_000


def read(name: bytes) -> bytes:
    return Path(finders.find(name.decode())).read_bytes()


@pytest.mark.parametrize("path", PAGES[1:])
def test_it_asks_the_database_nothing_for_a_stranger(
    client: Any, path: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        client.get(path)


def test_it_asks_four_queries_and_then_none(client: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        client.get("/")
    with django_assert_num_queries(0):
        client.get("/")


def test_it_says_so_when_there_is_nothing_to_count(client: Any) -> None:
    html = client.get("/").content.decode()
    assert "We are at the very start" in html
    assert 'class="num"' not in html


def test_it_counts_the_ready_the_matched_and_whole_hours(cast: SimpleNamespace) -> None:
    from mentoring.models import Meeting

    at = datetime.now(UTC)
    assert counts.now(at).mentors == 1
    assert counts.now(at).matched == 0
    match = factories.make_match(cast.mentor, cast.request)
    starts = at - timedelta(days=3)
    for days, minutes, status in [(0, 60, "held"), (1, 55, "held"), (2, 60, "planned")]:
        begin = starts + timedelta(days=days)
        Meeting.objects.create(
            match=match,
            status=status,
            starts_at=begin,
            ends_at=begin + timedelta(minutes=minutes),
            way="online",
            planned_at=starts,
            changed_at=starts,
        )
    after = counts.now(at)
    assert (after.matched, after.hours) == (1, 1)  # 1 h 55 min is one hour


@pytest.mark.parametrize(
    ("matched", "share"),
    [(3_067, "0.3%"), (9_999, "0.9%"), (999_999, "99.9%"), (230, "0.02%"), (7, "0.0007%"), (0, "")],
)
def test_it_never_rounds_up(matched: int, share: str) -> None:
    assert counts.Counts(datetime.now(UTC), 0, matched, 0).share == share
