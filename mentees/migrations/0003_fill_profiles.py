"""Everybody who is here already gets the numbers that actions write from now on; some hundreds at a time."""

from collections import defaultdict

from django.db import migrations, transaction

STEP = 500
WAYS = {"online": 1, "in_person": 2, "either": 3}
GENDERS = {"woman": 1, "man": 2}


def fill(apps, schema_editor):
    Mentee = apps.get_model("mentees", "Mentee")
    Profile = apps.get_model("mentees", "Profile")
    bits = dict(apps.get_model("partners", "Language").objects.values_list("pk", "bit"))
    places = {
        code: (east, north)
        for code, east, north in apps.get_model("partners", "Outcode").objects.values_list("code", "easting", "northing")
    }
    last = 0
    while people := list(Mentee.objects.filter(pk__gt=last).order_by("pk")[:STEP]):
        last = people[-1].pk
        masks = {name: _masks(Mentee, name, people) for name in ("topics", "sectors", "languages", "experiences")}
        with transaction.atomic():
            Profile.objects.bulk_create(
                [
                    Profile(
                        mentee_id=who.pk,
                        **{name: mask[who.pk] for name, mask in masks.items()},
                        slots=who.free_slots,
                        ways=WAYS.get(who.way, 0),
                        easting=places.get(who.outcode, (-1, -1))[0],
                        northing=places.get(who.outcode, (-1, -1))[1],
                        travel=3 * who.travel_minutes if who.way in ("in_person", "either") else 0,
                        required_language=1 << bits[who.required_language_id] if who.required_language_id else 0,
                        required_gender=GENDERS.get(who.mentor_gender, 0),
                        born_on=int(who.born_on.strftime("%Y%m%d")),
                        organisation=who.organisation_id or 0,
                    )
                    for who in people
                ],
                ignore_conflicts=True,  # whoever saved their profile meanwhile
            )


def _masks(model, name, people):
    field = model._meta.get_field(name)
    word = field.remote_field.model._meta.model_name
    masks = defaultdict(int)
    chosen = field.remote_field.through.objects.filter(mentee__in=[who.pk for who in people])
    for pk, bit in chosen.values_list("mentee", f"{word}__bit"):
        masks[pk] |= 1 << bit
    return masks


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("mentees", "0002_profile"), ("partners", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
