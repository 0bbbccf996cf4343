"""Versions: a draft is begun, checked, published and never changed again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from training import content, rules
from training.actions.tables import write
from training.content import ReadCourse, ReadModule
from training.models import Certificate, Course, Module, ModulePass, QuizTry, Version
from training.reader import BadCourse, read_files
from training.writer import files_of

BATCH = 5_000


@dataclass
class Difference:
    """What a next version would change, by the modules' titles."""

    added: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    ask: list[str] = field(default_factory=list)
    must: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.gone or self.ask or self.must or self.corrected)


def difference(before: ReadCourse, after: ReadCourse) -> Difference:
    """Compare what is taught, module by module."""
    found = Difference()
    for module in after.modules:
        old, title = before.module(module.slug), str(module.fields["title"])
        must = module.fields["when_changed"] == Module.WhenChanged.MUST
        if old is None:
            found.added.append(title)
            if must:
                found.must.append(title)
        elif old.fingerprint != module.fingerprint:
            corrected = module.fields["when_changed"] == Module.WhenChanged.NOBODY
            (found.corrected if corrected else found.must if must else found.ask).append(title)
    kept = {module.slug for module in after.modules}
    found.gone = [str(m.fields["title"]) for m in before.modules if m.slug not in kept]
    return found


@transaction.atomic
def start_draft(course: Course, *, by: Any, at: datetime) -> Course:
    """Copy a published course for staff to change; the draft that is open already, if there is one."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    if not course.version:
        return course  # it has no version yet, and is its own draft
    if draft := Course.objects.filter(draft_of=course).first():
        return draft
    taught = content.of_course(course)
    draft = Course.objects.create(slug=f"{course.slug}-draft", draft_of=course, **taught.fields)
    write(draft, taught, number=1)
    Entry.objects.record(draft, "draft begun", by=by, at=at, version=course.version + 1)
    return draft


@transaction.atomic
def discard_draft(draft: Course, *, by: Any, at: datetime) -> None:
    """Throw the draft of a next version away. Raises NotAllowed for anything else."""
    if not draft.draft_of_id or draft.version:
        raise NotAllowed("Only the draft of a next version can be thrown away.")
    Entry.objects.record(draft.original, "draft thrown away", by=by, at=at)
    Course.objects.filter(pk=draft.pk).delete()


def checked(draft: Course) -> ReadCourse:
    """The draft as it would be published. Raises NotAllowed with a sentence while something is missing."""
    made = content.of_course(draft, with_pictures=True)
    try:
        # The same questions as of a folder: what we publish can be exported, and read again elsewhere.
        return read_files(made.slug, files_of(made))
    except BadCourse as error:
        raise NotAllowed(str(error)) from error


@transaction.atomic
def publish(
    draft: Course, *, by: Any, at: datetime, note: str = "", grace_until: date | None = None
) -> Version:
    """Make the draft the version that learners see, from this moment on.

    Whoever has passed keeps every pass of a module that stayed as it was. Of a changed module they are asked
    for another look. Nobody's training stops counting today: where the module says that it must be taken
    again, it stops on `grace_until` (28 days from now; never less than 14).
    Raises NotAllowed when the draft is not whole, nothing has changed, or the date is too near.
    """
    draft = Course.objects.select_for_update().get(pk=draft.pk)
    if draft.version:
        raise NotAllowed("This version is published already. Start a draft to change it.")
    taught = checked(draft)
    course = draft.original
    version = put_out(course, taught, by=by, at=at, note=note, grace_until=grace_until)
    if draft.pk != course.pk:
        Course.objects.filter(pk=draft.pk).delete()
    return version


@transaction.atomic
def put_out(
    course: Course,
    taught: ReadCourse,
    *,
    by: Any,
    at: datetime,
    note: str = "",
    grace_until: date | None = None,
) -> Version:
    """Publish this content as the course's next version; `publish` and `load_course` end here."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    today = timezone.localdate(at)
    until = grace_until or today + timedelta(days=rules.GRACE_DAYS)
    if until < today + timedelta(days=rules.LEAST_GRACE_DAYS):
        raise NotAllowed(f"Give people at least {rules.LEAST_GRACE_DAYS} days to take a module again.")
    number = course.version + 1
    before = content.of_course(course) if course.version else None
    if before == taught:
        raise NotAllowed("Nothing has changed since the last version.")
    if before is not None:
        _begin_half_tries_again(course, before, taught)
    write(course, taught, number=number)
    version = Version.objects.create(
        course=course,
        number=number,
        content=content.as_json(taught),
        note=note,
        published_at=at,
        published_by=by,
    )
    Course.objects.filter(pk=course.pk).update(version=number, is_published=True)
    course.version, course.is_published = number, True
    if before is not None:
        _give_time(course, before, taught, at=at, until=until)
    Entry.objects.record(course, "published", by=by, at=at, version=number)
    return version


@transaction.atomic
def close(course: Course, *, by: Any, at: datetime) -> None:
    """Take a course off the learners' pages; what they did, and their certificates, stay."""
    if not Course.objects.filter(pk=course.pk, is_published=True).update(is_published=False):
        raise NotAllowed("This course is closed already.")
    Entry.objects.record(course, "closed", by=by, at=at)


@transaction.atomic
def reopen(course: Course, *, by: Any, at: datetime) -> None:
    """Show a closed course to learners again. Raises NotAllowed when it has never been published."""
    if not Course.objects.filter(pk=course.pk, is_published=False, version__gt=0).update(is_published=True):
        raise NotAllowed("Only a course that was published before can be opened again.")
    Entry.objects.record(course, "opened again", by=by, at=at)


def _changed(before: ReadCourse, taught: ReadCourse) -> list[ReadModule]:
    """The modules of the new version that teach something else under an old name."""
    return [
        module
        for module in taught.modules
        if (old := before.module(module.slug)) and old.fingerprint != module.fingerprint
    ]


def _begin_half_tries_again(course: Course, before: ReadCourse, taught: ReadCourse) -> None:
    """Half a try with questions that changed underneath would be unfair."""
    for module in _changed(before, taught):
        old = before.module(module.slug)
        if old and {q.slug: q for q in old.questions} != {q.slug: q for q in module.questions}:
            QuizTry.objects.open().filter(module__course=course, module__slug=module.slug).delete()
    gone = {m.slug for m in before.modules} - {m.slug for m in taught.modules}
    QuizTry.objects.open().filter(module__course=course, module__slug__in=gone).delete()


def _give_time(course: Course, before: ReadCourse, taught: ReadCourse, *, at: datetime, until: date) -> None:
    """Of modules that must be taken again, every pass goes on counting until that day, and no longer."""
    changed = {module.slug for module in _changed(before, taught)}
    today = timezone.localdate(at)
    for module in course.modules.filter(when_changed=Module.WhenChanged.MUST):
        if module.slug in changed:
            later = Q(lapses_on=None) | Q(lapses_on__gt=until)
            ModulePass.objects.filter(later, module=module).update(lapses_on=until, reminded_at=None)
        elif before.module(module.slug) is None:
            # A module that came later has no passes. Who holds the certificate gets one, spent by then.
            passed = ModulePass.objects.filter(user=OuterRef("user"), module=module)
            holders = Certificate.objects.filter(~Exists(passed), course=course, revoked_at=None)
            ModulePass.objects.bulk_create(
                (
                    ModulePass(user_id=user, module=module, version=0, passed_on=today, lapses_on=until)
                    for user in holders.values_list("user", flat=True).iterator(BATCH)
                ),
                batch_size=BATCH,
            )
    # Of a module that is no longer taught, nothing can lapse.
    kept = course.modules.values("pk")
    ModulePass.objects.filter(module__course=course, lapses_on__isnull=False).exclude(module__in=kept).update(
        lapses_on=None
    )
