import pytest
from django.db import connection

from benchmarks.database import reachable, thrown_away


def exists(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone()[0] == 1


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks a PostgreSQL server")
@pytest.mark.django_db
def test_it_makes_a_database_and_drops_it_whatever_happens(monkeypatch):
    given = {"PASSWORD": "", "PORT": 5432} | {k: v for k, v in connection.settings_dict.items() if v}
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/any".format(**given)
    monkeypatch.setenv("DATABASE_URL", address)
    assert reachable() == address
    name = ""

    def break_off():
        nonlocal name
        with thrown_away(address) as url:
            name = url.rpartition("/")[2]
            assert exists(name)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        break_off()
    assert name.startswith("onemm_bench_")
    assert not exists(name)


def test_it_finds_no_server_where_none_is(monkeypatch):
    for url in ("sqlite:///db.sqlite3", "postgres://postgres@127.0.0.1:1/any"):
        monkeypatch.setenv("DATABASE_URL", url)
        assert reachable() is None
