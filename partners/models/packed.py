"""People packed into whole numbers, as matching reads them: words and times as bits, places as grid points.

One definition of each number, in SQL: it packs one person on a page and a million at once.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import connections, models, transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractDay, ExtractMonth, ExtractYear

from partners.models.place import Outcode
from partners.models.vocabulary import Gender

ONLINE, IN_PERSON = 1, 2  # bits of `ways`
NOWHERE = -1

# The bits that each number needs, and which of them travel in one word when a million are read: fewer and
# wider columns are quicker.
Parcels = tuple[dict[str, int], ...]
GENDERS = {Gender.UNSAID: 0, Gender.WOMAN: 1, Gender.MAN: 2, Gender.OTHER: 3}
DEFAULT_TRAVEL = 30  # minutes, for who meets in person and did not say
HUNDRED_METRES_A_MINUTE = 3  # door to door, waiting for the bus included: 18 km an hour


class PackedQuerySet(models.QuerySet[Any]):
    """Rows that repeat what their owners told us, and must not differ from it."""

    def repack(self, **which: Any) -> None:
        """Write anew the rows of those whom `which` names, as in `repack(pk=7)`, in two statements.

        Of two sections saved at one moment the later one has to see both, so the owner is held.
        """
        model: Any = self.model
        people = model.owner().objects.using(self.db).filter(**which).order_by("pk")
        numbers = model.numbers()
        with transaction.atomic(using=self.db, savepoint=False), connections[self.db].cursor() as cursor:
            list(people.select_for_update(of=("self",), no_key=True).values_list("pk"))
            select, given = people.values_list("pk", *numbers.values()).query.sql_with_params()
            key, table = model._meta.pk.column, model._meta.db_table
            changes = ", ".join(f"{name} = excluded.{name}" for name in numbers)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join((key, *numbers))}) {select}"  # nosec B608
                f" ON CONFLICT ({key}) DO UPDATE SET {changes}",
                given,
            )

    def stale(self) -> Any:
        """The owners whose row is missing, or says something else than they do."""
        model: Any = self.model
        numbers = model.numbers()
        differs = Q(profile__isnull=True)
        for name in numbers:
            differs |= ~Q(**{f"packed_{name}": F(f"profile__{name}")})
        packed = {f"packed_{name}": number for name, number in numbers.items()}
        return model.owner().objects.using(self.db).alias(**packed).filter(differs)


class Packed(models.Model):
    """One person as whole numbers: what matching reads of a profile, and nothing to read for people."""

    topics = models.IntegerField()
    sectors = models.BigIntegerField()
    languages = models.IntegerField()
    experiences = models.IntegerField()
    slots = models.IntegerField()
    ways = models.SmallIntegerField(help_text="1 online, 2 in person, 3 both.")
    easting = models.IntegerField(help_text="In units of 100 m; -1: unknown.")
    northing = models.IntegerField(help_text="In units of 100 m; -1: unknown.")
    travel = models.IntegerField(help_text="In units of 100 m, as the crow flies.")

    PARCELS: ClassVar[Parcels] = ()

    objects = PackedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def owner(cls) -> Any:
        """The model whose rows are packed."""
        return cls._meta.pk.remote_field.model  # type: ignore[union-attr]

    @classmethod
    def numbers(cls) -> dict[str, Any]:
        """Each column as an expression on the owner's row."""
        owner = cls.owner()
        return {
            **{name: mask(owner, name) for name in ("topics", "sectors", "languages", "experiences")},
            "slots": F("free_slots"),
            "ways": Case(
                When(way="online", then=Value(ONLINE)),
                When(way="in_person", then=Value(IN_PERSON)),
                When(way="either", then=Value(ONLINE | IN_PERSON)),
                default=Value(0),
                output_field=models.SmallIntegerField(),
            ),
            "easting": place("easting"),
            "northing": place("northing"),
            "travel": Case(
                When(
                    way__in=("in_person", "either"),
                    then=reach(Coalesce(F("travel_minutes"), Value(DEFAULT_TRAVEL))),
                ),
                default=Value(0),
                output_field=models.IntegerField(),
            ),
        }


def least(name: str) -> int:
    """The least value of a number; a place may be nowhere."""
    return NOWHERE if name in ("easting", "northing") else 0


def fits(parcels: Parcels, name: str) -> models.CheckConstraint:
    """Every number fits into its bits, so that none spills into its neighbour on the way."""
    allowed = Q()
    for parcel in parcels:
        for column, bits in parcel.items():
            low = least(column)
            allowed &= Q(**{f"{column}__gte": low, f"{column}__lte": low + (1 << bits) - 1})
    return models.CheckConstraint(condition=allowed, name=name)


def reach(minutes: Any) -> Any:
    """How far somebody gets, as the crow flies, in units of 100 m, who travels so many minutes at most."""
    return minutes * HUNDRED_METRES_A_MINUTE


def bit(number: Any) -> Any:
    """The mask with this bit alone, wide enough for 63."""
    return Cast(Value(1), models.BigIntegerField()).bitleftshift(number)


def mask(owner: Any, name: str, pk: str = "pk") -> Any:
    """The words that somebody chose from one list, a bit each; `pk` leads to the id of the owner."""
    field = owner._meta.get_field(name)
    chosen = field.remote_field.through._default_manager
    who, word = field.m2m_field_name(), field.m2m_reverse_field_name()
    # Somebody chooses a word once, so that the sum of bits is the mask.
    masks = (
        chosen.filter(**{who: OuterRef(pk)})
        .order_by()
        .values(who)
        .annotate(mask=Cast(Sum(bit(F(f"{word}__bit"))), models.BigIntegerField()))
    )
    return Coalesce(Subquery(masks.values("mask")), Value(0), output_field=models.BigIntegerField())


def gender(of: str) -> Any:
    """A stated gender as its number; 0: not said."""
    return Case(
        *(When(**{of: key}, then=Value(number)) for key, number in GENDERS.items()),
        default=Value(0),
        output_field=models.SmallIntegerField(),
    )


def digits(day: date) -> int:
    """A date as the number that its digits make, like 20090327: two of them tell a person's age."""
    return day.year * 10_000 + day.month * 100 + day.day


def day(of: str) -> Any:
    """The digits of a date in a column."""
    number = ExtractYear(of) * 10_000 + ExtractMonth(of) * 100 + ExtractDay(of)
    return Cast(number, models.IntegerField())


def place(axis: str, outcode: str = "outcode") -> Any:
    """Where on the national grid the middle of somebody's area lies, on one axis."""
    where = Outcode.objects.filter(code=OuterRef(outcode)).values(axis)
    return Coalesce(Subquery(where), Value(NOWHERE), output_field=models.IntegerField())
