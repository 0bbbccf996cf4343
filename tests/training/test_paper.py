"""The certificate as a PDF: tagged, with its own letters inside, and only its holder's to fetch."""

from __future__ import annotations

import re
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.signing_in import sign_in
from tests.training.conftest import AT, take_course
from training import actions, paper
from training.models import Certificate, ModulePass

URL = "/training/small-course/certificate.pdf"


def insides(pdf: bytes) -> bytes:
    """Every stream of the file, unpacked."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"".join(found)


@pytest.fixture
def certificate(course: Any, learner: Any) -> Certificate:
    take_course(course, learner)
    return Certificate.objects.get()


def test_it_is_a_tagged_pdf_with_its_letters_inside(client: Any, certificate: Certificate) -> None:
    sign_in(client, certificate.user)
    answer = client.get(URL)
    assert answer["Content-Type"] == "application/pdf"
    assert certificate.number in answer["Content-Disposition"]
    pdf = insides(answer.content)
    assert answer.content.startswith(b"%PDF-")
    for part in (
        b"/StructTreeRoot",
        b"pdfuaid",
        b"/Lang",
        b"/H1",
        b"BricolageGrotesque",
        b"AtkinsonHyperlegible",
    ):
        assert part in pdf, part
    assert b"/FontFile" in pdf
    assert certificate.number.encode() in pdf  # in its title
    assert len(answer.content) < 60_000


@pytest.mark.parametrize(
    "name", ["李小龍", "Ŵyn ap Gruffydd", "أحمد", '#panic("x") *b* $x$ \\', "A" * 170, "O’Brien-Smith"]
)
def test_it_prints_any_name(certificate: Certificate, name: str) -> None:
    certificate.name = name
    made = paper.certificate(certificate, modules=10, check_at="1mm.example/verify/")
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in insides(made)
    assert made.count(b"/Type/Page\n") <= 1 or b"/Count 1" in insides(made)


def test_a_strangers_and_a_revoked_one_are_not_there(
    client: Any, certificate: Certificate, stranger: Any
) -> None:
    sign_in(client, stranger)
    assert client.get(URL).status_code == 404
    actions.revoke(certificate, by=None, reason="A mistake", at=timezone.now())
    sign_in(client, certificate.user)
    assert client.get(URL).status_code == 404


def test_its_number_says_no_more_than_four_things(client: Any, certificate: Certificate) -> None:
    """To anybody: name, course, date and whether it counts. And it does not, once safeguarding lapsed."""
    ModulePass.objects.filter(lapses_on__isnull=False).update(
        lapses_on=timezone.localdate() + timedelta(days=5)
    )
    url = f"/training/verify/{certificate.number}/"
    page = client.get(url).content.decode()
    assert "This certificate counts" in page
    facts = re.search(r'<dl class="summary">.*?</dl>', page, re.DOTALL)[0]
    told = re.findall(r"<dd[^>]*>(.*?)</dd>", facts)
    assert told == ["Amara Okafor", "Small course", "24 November 2026", certificate.number]
    assert certificate.user.email not in page
    ModulePass.objects.filter(lapses_on__isnull=False).update(passed_on=AT.date() - timedelta(days=400))
    ModulePass.objects.filter(lapses_on__isnull=False).update(lapses_on=timezone.localdate())
    assert "doesn’t count today" in client.get(url).content.decode()
