from django.core.management import call_command
from django.db import migrations


def make_room(apps, schema_editor):
    """The cache's table: sign-in limits must hold whatever becomes of Redis. Does nothing where it is there."""
    call_command("createcachetable", "cached", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [
        ('users', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(make_room, migrations.RunPython.noop),
    ]
