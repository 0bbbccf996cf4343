from django.urls import reverse

from notifications.models import Letter
from safeguarding.models import SafeguardingLead
from tests import factories
from tests.signing_in import sign_in


def test_an_administrator_names_a_deputy_and_the_lead_hears_of_it(cast, client):
    deputy = factories.make_user("Dep", is_staff=True)
    sign_in(client, cast.admin)
    client.post(reverse("admin:safeguarding_safeguardinglead_add"), {"user": deputy.pk, "is_deputy": "on"})
    assert SafeguardingLead.objects.filter(user=deputy, is_deputy=True).exists()
    letter = Letter.objects.get(kind="safeguarding/lead_named")
    assert letter.to_user == cast.lead


def test_nobody_else_can(cast, client):
    for person in (cast.staff, cast.lead):
        sign_in(client, person)
        answer = client.post(
            reverse("admin:safeguarding_safeguardinglead_add"), {"user": cast.staff.pk, "is_deputy": "on"}
        )
        assert answer.status_code == 403
    assert SafeguardingLead.objects.count() == 1
