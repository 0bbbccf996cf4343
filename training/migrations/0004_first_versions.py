"""What is published already becomes version 1, and the database refuses to change a version."""

import hashlib
import json

from django.db import migrations

FIXED = "course_id, number, content, note, published_at"
POSTGRES = [
    """CREATE FUNCTION training_version_is_final() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'A published version never changes'; END $$""",
    f"""CREATE TRIGGER training_version_is_final BEFORE UPDATE OF {FIXED} ON training_version
    FOR EACH ROW EXECUTE FUNCTION training_version_is_final()""",
]
POSTGRES_BACK = [
    "DROP TRIGGER training_version_is_final ON training_version",
    "DROP FUNCTION training_version_is_final()",
]
SQLITE = [
    f"""CREATE TRIGGER training_version_is_final BEFORE UPDATE OF {FIXED} ON training_version
    BEGIN SELECT RAISE(ABORT, 'A published version never changes'); END""",
]
SQLITE_BACK = ["DROP TRIGGER training_version_is_final"]


def guard(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


def digest(what):
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def plain(text):
    return " ".join(text.split())


def module_of(module, Lesson, Question, Choice):
    """As training.content wrote a module on the day of this migration."""
    lessons = [
        {"order": x.order, "slug": x.slug, "title": x.title, "body": x.body}
        for x in Lesson.objects.filter(module=module).order_by("order")
    ]
    questions = [
        {
            "slug": q.slug,
            "kind": q.kind,
            "story": q.story,
            "text": q.text,
            "choices": [
                {"text": c.text, "is_right": c.is_right, "feedback": c.feedback}
                for c in Choice.objects.filter(question=q).order_by("order", "pk")
            ],
        }
        for q in Question.objects.filter(module=module).order_by("order", "pk")
    ]
    prints = sorted(digest([plain(x["title"]), plain(x["body"])]) for x in lessons)
    return {
        "order": module.order,
        "slug": module.slug,
        "fields": {
            "title": module.title,
            "summary": module.summary,
            "lapses_after_months": module.lapses_after_months,
            "when_changed": module.when_changed,
        },
        "lessons": lessons,
        "questions": questions,
        "fingerprint": digest([prints, sorted(questions, key=lambda q: q["slug"])]),
    }


def first_versions(apps, schema_editor):
    Course, Module, Lesson, Question, Choice, Version = (
        apps.get_model("training", name)
        for name in ("Course", "Module", "Lesson", "Question", "Choice", "Version")
    )
    from django.utils import timezone

    # A module that lapses is about keeping people safe: when it changes, it must be taken again.
    Module.objects.filter(lapses_after_months__isnull=False).update(when_changed="must")
    for course in Course.objects.filter(is_published=True, version=0):
        modules = [
            module_of(module, Lesson, Question, Choice)
            for module in Module.objects.filter(course=course).order_by("order")
        ]
        fields = {
            "title": course.title,
            "summary": course.summary,
            "pass_mark": course.pass_mark,
            "audience": course.audience,
        }
        Version.objects.create(
            course=course,
            number=1,
            content={"format": 1, "slug": course.slug, "fields": fields, "modules": modules},
            note="As it stood when versions began.",
            published_at=timezone.now(),
        )
        Course.objects.filter(pk=course.pk).update(version=1)


class Migration(migrations.Migration):
    dependencies = [("training", "0003_versions")]

    operations = [
        migrations.RunPython(guard, unguard),
        migrations.RunPython(first_versions, migrations.RunPython.noop),
    ]
